/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>

#include "linode/offer.h"
#include "support/excerpt.h"
#include "support/json.h"

/* Of what a visitor sent, in a message to him. */
#define LONGEST_SHOWN 60

/* ---------------------------------------------------------------- what cannot be */

static problem_t *refuse(const char *field, const char *message, const char *remedy,
                         apr_pool_t *pool)
{
    problem_t *problem =
        problem_make(pool, PROBLEM_CHOICE_INVALID, "the %s sent cannot be had", field);

    problem->field = field;
    problem->message = message;
    problem->remedy = remedy;
    return problem;
}

static int is_one_alone(const json_t *array)
{
    return json_array_size(array) == 1;
}

/* The only image is no question of the form, which sends it by itself. */
static const char *remedy_of(const json_t *array, const char *field, const char *noun,
                             apr_pool_t *pool)
{
    if (!strcmp(field, "distribution") && is_one_alone(array)) {
        return apr_psprintf(pool, "There is only %s here: send the form again to take it.",
                            json_member_string(json_array_get(array, 0), "label"));
    }
    return apr_psprintf(pool, "Choose a %s from the list.", noun);
}

/* Of what was found for that value; a problem when it is nothing. */
static problem_t *check_found(const json_t *found, const json_t *array, const char *value,
                              const char *field, const char *noun, apr_pool_t *pool)
{
    const char *message;

    if (found) {
        return NULL;
    }
    message = value && *value ? apr_psprintf(pool, "The %s \"%s\" is not on offer here.", noun,
                                             excerpt_of(value, LONGEST_SHOWN, pool))
                              : apr_psprintf(pool, "No %s was chosen.", noun);
    return refuse(field, message, remedy_of(array, field, noun, pool), pool);
}

/* What was chosen; NULL, and a problem, when it is not on offer. */
static problem_t *find_region(const json_t **region, const catalog_t *catalog, const char *id,
                              apr_pool_t *pool)
{
    *region = catalog_region(catalog, id);
    return check_found(*region, catalog->regions, id, "region", "region", pool);
}

static problem_t *find_type(const json_t **type, const catalog_t *catalog, const char *id,
                            apr_pool_t *pool)
{
    *type = catalog_type(catalog, id);
    return check_found(*type, catalog->types, id, "type", "plan", pool);
}

static problem_t *find_image(const json_t **image, const catalog_t *catalog, const char *id,
                             apr_pool_t *pool)
{
    *image = catalog_image(catalog, id);
    return check_found(*image, catalog->images, id, "distribution", "distribution", pool);
}

static int has_capability(const json_t *region, const char *capability)
{
    return json_array_holds(json_member_array(region, "capabilities"), capability);
}

/* What a region needs for plans of that class, or NULL. */
static const char *capability_for(const char *plan_class)
{
    static const char *const needed[][2] = {
        {"gpu", "GPU Linodes"}, {"premium", "Premium Plans"}, {"accelerated", "NETINT Quadra T1U"}};
    size_t i;

    for (i = 0; plan_class && i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (!strcmp(plan_class, needed[i][0])) {
            return needed[i][1];
        }
    }
    return NULL;
}

static int is_had(const catalog_t *catalog, const json_t *type, const json_t *region)
{
    const char *capability = capability_for(json_member_string(type, "class"));

    return (!capability || has_capability(region, capability)) &&
           catalog_is_available(catalog, json_member_string(type, "id"),
                                json_member_string(region, "id"));
}

static problem_t *check_region(const json_t *region, apr_pool_t *pool)
{
    const char *status = json_member_string(region, "status");

    if (!status || !strcmp(status, "ok")) {
        return NULL;
    }
    return refuse("region",
                  apr_psprintf(pool, "Linode's region %s is out of order just now.",
                               json_member_string(region, "label")),
                  "Choose another region.", pool);
}

static problem_t *check_plan(const catalog_t *catalog, const json_t *type, const json_t *region,
                             apr_pool_t *pool)
{
    if (is_had(catalog, type, region)) {
        return NULL;
    }
    return refuse("type",
                  apr_psprintf(pool, "Linode does not have the plan %s in %s.",
                               json_member_string(type, "label"),
                               json_member_string(region, "label")),
                  is_one_alone(catalog->types)     ? "Choose another region."
                  : is_one_alone(catalog->regions) ? "Choose another plan."
                                                   : "Choose another plan or another region.",
                  pool);
}

static int fits(const catalog_t *catalog, const json_t *type, const json_t *image)
{
    json_int_t disk = json_member_integer(type, "disk", 0);

    return !disk || json_member_integer(image, "size", 0) + catalog->swap <= disk;
}

static problem_t *check_disk(const catalog_t *catalog, const json_t *type, const json_t *image,
                             apr_pool_t *pool)
{
    if (fits(catalog, type, image)) {
        return NULL;
    }
    return refuse("type",
                  apr_psprintf(pool, "%s does not fit on the disk of the plan %s.",
                               json_member_string(image, "label"),
                               json_member_string(type, "label")),
                  is_one_alone(catalog->images) ? "Choose a larger plan."
                                                : "Choose a larger plan or another image.",
                  pool);
}

static problem_t *check_backups(const catalog_t *catalog, const json_t *region, apr_pool_t *pool)
{
    if (has_capability(region, "Backups")) {
        return NULL;
    }
    return refuse(
        "backups",
        apr_psprintf(pool, "Linode makes no backups in %s.", json_member_string(region, "label")),
        is_one_alone(catalog->regions) ? "Leave out the backups."
                                       : "Choose another region, or no backups.",
        pool);
}

static void add(apr_array_header_t *problems, problem_t *problem)
{
    if (problem) {
        APR_ARRAY_PUSH(problems, problem_t *) = problem;
    }
}

void offer_check(apr_array_header_t *problems, const catalog_t *catalog,
                 const offer_choice_t *choice, apr_pool_t *pool)
{
    const json_t *type, *region, *image;

    add(problems, find_region(&region, catalog, choice->region, pool));
    add(problems, find_type(&type, catalog, choice->type, pool));
    add(problems, find_image(&image, catalog, choice->image, pool));
    if (region) {
        add(problems, check_region(region, pool));
    }
    if (region && choice->backups) {
        add(problems, check_backups(catalog, region, pool));
    }
    if (region && type) {
        add(problems, check_plan(catalog, type, region, pool));
    }
    if (type && image) {
        add(problems, check_disk(catalog, type, image, pool));
    }
}

static int has_region(const catalog_t *catalog, const json_t *type, apr_pool_t *pool)
{
    size_t i;

    for (i = 0; i < json_array_size(catalog->regions); i++) {
        const json_t *region = json_array_get(catalog->regions, i);

        if (is_had(catalog, type, region) && !check_region(region, pool)) {
            return 1;
        }
    }
    return 0;
}

static int has_image(const catalog_t *catalog, const json_t *type)
{
    size_t i;

    for (i = 0; i < json_array_size(catalog->images); i++) {
        if (fits(catalog, type, json_array_get(catalog->images, i))) {
            return 1;
        }
    }
    return 0;
}

problem_t *offer_check_possible(const catalog_t *catalog, apr_pool_t *pool)
{
    size_t i;

    for (i = 0; i < json_array_size(catalog->types); i++) {
        const json_t *type = json_array_get(catalog->types, i);

        if (has_region(catalog, type, pool) && has_image(catalog, type)) {
            return NULL;
        }
    }
    return problem_make(
        pool, PROBLEM_STACKSCRIPT_UNUSABLE,
        "none of the plans on offer can be had in any of the regions on offer, with "
        "an image that fits on its disk");
}

/* What problem there was is a note; NULL or "" what the choice was. */
static void drop(const char **choice, apr_array_header_t *notes, const problem_t *problem)
{
    if (problem && *choice) {
        APR_ARRAY_PUSH(notes, const char *) = problem->message;
    }
    if (problem) {
        *choice = NULL;
    }
}

void offer_sift(offer_choice_t *choice, apr_array_header_t *notes, const catalog_t *catalog,
                apr_pool_t *pool)
{
    const json_t *type, *region, *image;

    choice->region = offer_region(catalog, choice->region);
    drop(&choice->region, notes, find_region(&region, catalog, choice->region, pool));
    drop(&choice->type, notes, find_type(&type, catalog, choice->type, pool));
    drop(&choice->image, notes, find_image(&image, catalog, choice->image, pool));
    if (choice->region) {
        drop(&choice->region, notes, check_region(region, pool));
    }
    if (choice->region && choice->type) {
        drop(&choice->type, notes, check_plan(catalog, type, region, pool));
    }
    if (choice->type && choice->image) {
        drop(&choice->image, notes, check_disk(catalog, type, image, pool));
    }
    if (choice->region && choice->backups) {
        const problem_t *problem = check_backups(catalog, region, pool);

        choice->backups = !problem;
        if (problem) {
            APR_ARRAY_PUSH(notes, const char *) = problem->message;
        }
    }
}

/* Linode takes old names and answers with the new ones; links may still have them. */
const char *offer_region(const catalog_t *catalog, const char *region)
{
    static const char *const renamed[][2] = {{"us-south", "us-central"}};
    size_t i;

    for (i = 0; region && i < sizeof(renamed) / sizeof(renamed[0]); i++) {
        if (!strcmp(region, renamed[i][0]) && !catalog_region(catalog, region) &&
            catalog_region(catalog, renamed[i][1])) {
            return renamed[i][1];
        }
    }
    return region;
}

/* Keeps the plan's list of what it cannot be together with, if there is any. */
static void set_list(json_t *lists, const json_t *type, json_t *list)
{
    if (json_array_size(list)) {
        json_object_set(lists, json_member_string(type, "id"), list);
    }
    json_decref(list);
}

json_t *offer_gaps(const catalog_t *catalog)
{
    json_t *gaps = json_object();
    size_t i, j;

    for (i = 0; i < json_array_size(catalog->types); i++) {
        const json_t *type = json_array_get(catalog->types, i);
        json_t *regions = json_array();

        for (j = 0; j < json_array_size(catalog->regions); j++) {
            const json_t *region = json_array_get(catalog->regions, j);

            if (!is_had(catalog, type, region)) {
                json_array_append(regions, json_object_get(region, "id"));
            }
        }
        set_list(gaps, type, regions);
    }
    return gaps;
}

json_t *offer_tight(const catalog_t *catalog)
{
    json_t *tight = json_object();
    size_t i, j;

    for (i = 0; i < json_array_size(catalog->types); i++) {
        const json_t *type = json_array_get(catalog->types, i);
        json_t *images = json_array();

        for (j = 0; j < json_array_size(catalog->images); j++) {
            const json_t *image = json_array_get(catalog->images, j);

            if (!fits(catalog, type, image)) {
                json_array_append(images, json_object_get(image, "id"));
            }
        }
        set_list(tight, type, images);
    }
    return tight;
}
