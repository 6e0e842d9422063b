/* SPDX-License-Identifier: Apache-2.0 */
/* Four public answers made into one catalog.
 *
 * Nothing is believed for having arrived: an element without an id and a label is left out, and a
 * catalog with nothing to choose is no catalog. What is read on the way lives in a scratch pool;
 * only what the catalog keeps is held by its own. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/catalog.h"
#include "support/json.h"
#include "support/excerpt.h"

/* Of what a visitor sent, in a message to him. */
#define LONGEST_SHOWN 60

/* ---------------------------------------------------------------- patterns */

/* The character after the one that begins here; a character of UTF-8 is one character. */
static const char *next(const char *text)
{
    do {
        text++;
    } while (((unsigned char)*text & 0xc0) == 0x80);
    return text;
}

/* Linear in the product of both lengths: only the last star is ever tried again. */
static int matches(const char *pattern, const char *text)
{
    const char *star = NULL;
    const char *retry = NULL;

    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            retry = text;
        }
        else if (*pattern == '?') {
            pattern++;
            text = next(text);
        }
        else if (*pattern && apr_tolower(*pattern) == apr_tolower(*text)) {
            pattern++;
            text++;
        }
        else if (star) {
            pattern = star;
            text = retry = next(retry);
        }
        else {
            return 0;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

int catalog_pattern_allows(const apr_array_header_t *patterns, const char *id, const char *label)
{
    int choosing = 0; /* some pattern says what to take, not only what to leave out */
    int chosen = 0;
    int i;

    for (i = 0; patterns && i < patterns->nelts; i++) {
        const char *pattern = APR_ARRAY_IDX(patterns, i, const char *);
        int excludes = *pattern == '!';
        int match =
            matches(pattern + excludes, id) || (label && matches(pattern + excludes, label));

        if (excludes && match) {
            return 0;
        }
        choosing |= !excludes;
        chosen |= match && !excludes;
    }
    return chosen || !choosing;
}

/* ---------------------------------------------------------------- what can be offered */

static int holds(const json_t *array, const char *text)
{
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        const char *element = json_string_value(json_array_get(array, i));

        if (element && !strcmp(element, text)) {
            return 1;
        }
    }
    return 0;
}

static int contains_word(const char *text, const char *word)
{
    for (; text && *text; text++) {
        if (!strncasecmp(text, word, strlen(word))) {
            return 1;
        }
    }
    return 0;
}

static int usable_region(const json_t *region)
{
    const json_t *capabilities = json_member_array(region, "capabilities");
    const char *site = json_member_string(region, "site_type");

    return holds(capabilities, "Linodes") && holds(capabilities, "StackScripts") &&
           (!site || !strcmp(site, "core"));
}

/* "2024-06-30T00:00:00", UTC without saying so, as days since the year 0 of a calendar whose months
 * all have 31 days: enough to tell half a year. */
#define CALENDAR_DAYS(year, month, day) (((year)*12 + (month)) * 31 + (day))

static int long_past(const char *date, apr_time_t now)
{
    apr_time_exp_t today;
    int year, month, day;

    if (!date || sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 ||
        apr_time_exp_gmt(&today, now) != APR_SUCCESS) {
        return 0;
    }
    return CALENDAR_DAYS(today.tm_year + 1900, today.tm_mon + 1, today.tm_mday) >
           CALENDAR_DAYS(year, month + 6, day);
}

static int usable_image(const json_t *image, apr_time_t now)
{
    const char *id = json_member_string(image, "id");
    const char *status = json_member_string(image, "status");

    return json_member_is_true(image, "is_public") && !contains_word(id, "kube") &&
           !contains_word(id, "nvidia") &&
           !contains_word(json_member_string(image, "label"), "nvidia") &&
           (!status || !strcmp(status, "available")) &&
           !long_past(json_member_string(image, "eol"), now);
}

static int well_formed(const json_t *element)
{
    const char *id = json_member_string(element, "id");
    const char *label = json_member_string(element, "label");

    return id && *id && label && *label;
}

/* ---------------------------------------------------------------- reading */

/* One catalog on its way. */
typedef struct reading_t {
    const api_t *api;
    http_t *http;
    const catalog_choice_t *choice;
    apr_time_t now;
    apr_time_t deadline;
    apr_pool_t *pool;
    apr_pool_t *scratch;
} reading_t;

/* Whatever went wrong at Linode, to a visitor it means that there is nothing to choose from. */
static problem_t *unavailable(const reading_t *reading, const problem_t *cause)
{
    problem_t *problem = problem_make(reading->pool, PROBLEM_CATALOG_UNAVAILABLE, "%s",
                                      problem_line(cause, reading->scratch));

    problem->retry_after = cause->retry_after;
    return problem;
}

static problem_t *read_list(json_t **items, const reading_t *reading, const char *path)
{
    api_request_t request = {
        .method = "GET", .path = path, .idempotent = 1, .deadline = reading->deadline};
    json_t *all;
    problem_t *problem = api_list(&all, reading->api, reading->http, &request, reading->scratch);
    size_t i;

    if (problem) {
        return unavailable(reading, problem);
    }
    *items = json_in_pool(json_array(), reading->scratch);
    for (i = 0; i < json_array_size(all); i++) {
        json_t *element = json_array_get(all, i);

        if (well_formed(element)) {
            json_array_append(*items, element);
        }
    }
    return NULL;
}

/* Those of the items that the patterns let through, held by the catalog's pool. */
static json_t *allowed(const json_t *items, const apr_array_header_t *patterns, apr_pool_t *pool)
{
    json_t *kept = json_in_pool(json_array(), pool);
    size_t i;

    for (i = 0; i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);

        if (catalog_pattern_allows(patterns, json_member_string(item, "id"),
                                   json_member_string(item, "label"))) {
            json_array_append(kept, item);
        }
    }
    return kept;
}

static problem_t *nothing_left(const reading_t *reading, const json_t *kept, const char *what)
{
    if (json_array_size(kept)) {
        return NULL;
    }
    return problem_make(reading->pool, PROBLEM_CATALOG_UNAVAILABLE,
                        "Linode offers no %s that the configured patterns and the StackScript "
                        "%" APR_INT64_T_FMT " allow",
                        what, (apr_int64_t)reading->choice->stackscript_id);
}

static problem_t *read_types(catalog_t *catalog, const reading_t *reading)
{
    json_t *types;
    problem_t *problem = read_list(&types, reading, "/linode/types");

    if (problem) {
        return problem;
    }
    catalog->types = allowed(types, reading->choice->types, reading->pool);
    return nothing_left(reading, catalog->types, "plan");
}

static problem_t *read_regions(catalog_t *catalog, const reading_t *reading)
{
    json_t *regions;
    problem_t *problem = read_list(&regions, reading, "/regions");
    size_t i;

    if (problem) {
        return problem;
    }
    for (i = json_array_size(regions); i > 0; i--) {
        if (!usable_region(json_array_get(regions, i - 1))) {
            json_array_remove(regions, i - 1);
        }
    }
    catalog->regions = allowed(regions, reading->choice->regions, reading->pool);
    return nothing_left(reading, catalog->regions, "region");
}

/* The script as the API gives it, a copy of our own without its text. */
static problem_t *read_stackscript(json_t **stackscript, const reading_t *reading)
{
    apr_int64_t id = reading->choice->stackscript_id;
    api_request_t request = {.method = "GET", .idempotent = 1, .deadline = reading->deadline};
    const json_t *answer;
    problem_t *problem;

    request.path = apr_psprintf(reading->scratch, "/linode/stackscripts/%" APR_INT64_T_FMT, id);
    problem = api_call(&answer, reading->api, reading->http, &request, reading->scratch);
    if (problem &&
        (problem->kind == PROBLEM_LINODE_NOT_FOUND ||
         problem->kind == PROBLEM_LINODE_UNAUTHORIZED || problem->kind == PROBLEM_SCOPES_MISSING ||
         problem->kind == PROBLEM_LINODE_FORBIDDEN)) {
        return problem_make(reading->pool, PROBLEM_STACKSCRIPT_UNUSABLE,
                            "the StackScript %" APR_INT64_T_FMT
                            " does not exist or is not public: %s",
                            id, problem_line(problem, reading->scratch));
    }
    if (problem) {
        return unavailable(reading, problem);
    }
    if (json_member_integer(answer, "id", 0) != id || !json_member_string(answer, "label") ||
        !json_member_array(answer, "images")) {
        return problem_make(reading->pool, PROBLEM_CATALOG_UNAVAILABLE,
                            "%s answered with something that is not that script", request.path);
    }
    *stackscript = json_in_pool(json_copy((json_t *)answer), reading->pool);
    json_object_del(*stackscript, "script");
    return NULL;
}

/* The images that the script names and that exist, in the order of the API. */
static problem_t *script_images(json_t **usable, const json_t *stackscript,
                                const reading_t *reading)
{
    const json_t *named = json_member_array(stackscript, "images");
    int any = holds(named, "any/all");
    json_t *images;
    problem_t *problem = read_list(&images, reading, "/images");
    size_t i;

    if (problem) {
        return problem;
    }
    for (i = json_array_size(images); i > 0; i--) {
        const json_t *image = json_array_get(images, i - 1);

        if (!usable_image(image, reading->now) ||
            !(any || holds(named, json_member_string(image, "id")))) {
            json_array_remove(images, i - 1);
        }
    }
    if (!json_array_size(images)) {
        return problem_make(reading->pool, PROBLEM_STACKSCRIPT_UNUSABLE,
                            "Linode has none of the images any more that the StackScript "
                            "%" APR_INT64_T_FMT " names",
                            (apr_int64_t)reading->choice->stackscript_id);
    }
    *usable = images;
    return NULL;
}

static problem_t *read_script_and_images(catalog_t *catalog, const reading_t *reading)
{
    json_t *stackscript = NULL;
    json_t *images = NULL;
    json_t *wrapped;
    problem_t *problem = read_stackscript(&stackscript, reading);
    size_t i;

    if (!problem) {
        problem = script_images(&images, stackscript, reading);
    }
    if (problem) {
        return problem;
    }
    catalog->images = allowed(images, reading->choice->images, reading->pool);
    wrapped = json_array();
    for (i = 0; i < json_array_size(catalog->images); i++) {
        json_array_append_new(wrapped, json_pack("{sO}", "id", json_array_get(catalog->images, i)));
    }
    json_object_set_new(stackscript, "images", wrapped);
    catalog->stackscript = stackscript;
    return nothing_left(reading, catalog->images, "image");
}

problem_t *catalog_fetch(catalog_t **catalog, const api_t *api, http_t *http,
                         const catalog_choice_t *choice, apr_pool_t *pool)
{
    catalog_t *made = apr_pcalloc(pool, sizeof(*made));
    reading_t reading = {
        .api = api, .http = http, .choice = choice, .now = apr_time_now(), .pool = pool};
    problem_t *problem;

    reading.deadline = reading.now + api->total_timeout;
    apr_pool_create(&reading.scratch, pool);
    problem = read_types(made, &reading);
    if (!problem) {
        problem = read_regions(made, &reading);
    }
    if (!problem) {
        problem = read_script_and_images(made, &reading);
    }
    apr_pool_destroy(reading.scratch);
    if (!problem) {
        made->fetched = apr_time_now();
        *catalog = made;
    }
    return problem;
}

/* ---------------------------------------------------------------- choosing */

const json_t *catalog_find(const json_t *array, const char *id)
{
    size_t i;

    for (i = 0; id && i < json_array_size(array); i++) {
        const json_t *element = json_array_get(array, i);
        const char *found = json_member_string(element, "id");

        if (found && !strcmp(found, id)) {
            return element;
        }
    }
    return NULL;
}

static problem_t *check_one(const json_t *array, const char *value, const char *field,
                            const char *noun, apr_pool_t *pool)
{
    problem_t *problem;

    if (catalog_find(array, value)) {
        return NULL;
    }
    problem = problem_make(pool, PROBLEM_CHOICE_INVALID, "the %s sent is not on offer", noun);
    problem->field = field;
    problem->remedy = apr_psprintf(pool, "Choose a %s from the list.", noun);
    problem->message = value && *value ? apr_psprintf(pool, "The %s \"%s\" is not on offer here.",
                                                      noun, excerpt_of(value, LONGEST_SHOWN, pool))
                                       : apr_psprintf(pool, "No %s was chosen.", noun);
    return problem;
}

problem_t *catalog_check(const catalog_t *catalog, const char *type, const char *region,
                         const char *image, apr_pool_t *pool)
{
    problem_t *problem = check_one(catalog->types, type, "type", "plan", pool);

    if (!problem) {
        problem = check_one(catalog->regions, region, "region", "region", pool);
    }
    if (!problem) {
        problem = check_one(catalog->images, image, "distribution", "distribution", pool);
    }
    return problem;
}
