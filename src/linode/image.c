/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "linode/image.h"
#include "support/json.h"

/* ---------------------------------------------------------------- end of life */

/* "2024-06-30T00:00:00", UTC without saying so, as days since the year 0 of a calendar whose months
 * all have 31 days: enough to tell a day from the next, and half a year. */
#define CALENDAR_DAYS(year, month, day) (((year)*12 + (month)) * 31 + (day))
#define HALF_A_YEAR                     (6 * 31)

/* How many of its days the end of life is past; below 1 when it is not, or not known. */
static int days_past(const json_t *image, apr_time_t now)
{
    const char *date = json_member_string(image, "eol");
    apr_time_exp_t today;
    int year, month, day;

    if (!date || sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 ||
        apr_time_exp_gmt(&today, now) != APR_SUCCESS) {
        return 0;
    }
    return CALENDAR_DAYS(today.tm_year + 1900, today.tm_mon + 1, today.tm_mday) -
           CALENDAR_DAYS(year, month, day);
}

const char *image_ended(const json_t *image, apr_time_t now, apr_pool_t *pool)
{
    static const char form[] = "2026-08-31";

    return days_past(image, now) > 0
               ? apr_pstrndup(pool, json_member_string(image, "eol"), sizeof(form) - 1)
               : NULL;
}

int image_is_gone(const json_t *image, apr_time_t now)
{
    return days_past(image, now) > HALF_A_YEAR;
}

/* ---------------------------------------------------------------- groups */

static const char *text_of(const json_t *image, const char *key)
{
    const char *text = json_member_string(image, key);

    return text ? text : "";
}

/* By vendor, then the newest first: by the day it was made, and by its name, in which 12 is more
 * than 9. */
static int compare(const void *a, const void *b)
{
    const json_t *one = *(const json_t *const *)a;
    const json_t *other = *(const json_t *const *)b;
    int order = !*text_of(one, "vendor") - !*text_of(other, "vendor");

    if (!order) {
        order = strcasecmp(text_of(one, "vendor"), text_of(other, "vendor"));
    }
    if (!order) {
        order = strcmp(text_of(other, "created"), text_of(one, "created"));
    }
    return order ? order : apr_strnatcasecmp(text_of(other, "label"), text_of(one, "label"));
}

static const json_t **sorted(const json_t *images, apr_pool_t *pool)
{
    size_t count = json_array_size(images);
    const json_t **all = apr_palloc(pool, (count + 1) * sizeof(*all));
    size_t i;

    for (i = 0; i < count; i++) {
        all[i] = json_array_get(images, i);
    }
    qsort(all, count, sizeof(*all), compare);
    return all;
}

/* The group of that vendor at the end of groups. */
static json_t *last_group(json_t *groups, const char *vendor)
{
    size_t count = json_array_size(groups);
    json_t *group = count ? json_array_get(groups, count - 1) : NULL;

    if (!group || strcasecmp(text_of(group, "vendor"), vendor) != 0) {
        group = json_pack("{s:s?, s:[]}", "vendor", *vendor ? vendor : NULL, "images");
        json_array_append_new(groups, group);
    }
    return group;
}

json_t *image_groups(const json_t *images, apr_time_t now, apr_pool_t *pool)
{
    json_t *groups = json_array();
    const json_t **all = sorted(images, pool);
    size_t i;

    for (i = 0; i < json_array_size(images); i++) {
        json_t *group = last_group(groups, text_of(all[i], "vendor"));

        json_array_append_new(json_object_get(group, "images"),
                              json_pack("{s:s, s:s, s:s?, s:b}", "id", text_of(all[i], "id"),
                                        "label", text_of(all[i], "label"), "ended",
                                        image_ended(all[i], now, pool), "deprecated",
                                        json_member_is_true(all[i], "deprecated")));
    }
    return groups;
}
