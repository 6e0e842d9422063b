/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns, what they let through, and whether a visitor's choice is among it. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/catalog.h"
#include "linode/image.h"
#include "linode/offer.h"
#include "linode/price.h"
#include "support/json.h"

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

/* ---------------------------------------------------------------- making a catalog */

/* One catalog on its way. */
typedef struct making_t {
    const catalog_copy_t *const *parts;
    const catalog_choice_t *choice;
    catalog_t *catalog;
    apr_pool_t *pool;
} making_t;

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

static problem_t *nothing_left(const making_t *making, const json_t *kept, const char *what)
{
    if (json_array_size(kept)) {
        return NULL;
    }
    return problem_make(making->pool, PROBLEM_STACKSCRIPT_UNUSABLE,
                        "Linode offers no %s that the configured patterns and the StackScript "
                        "%" APR_INT64_T_FMT " allow",
                        what, (apr_int64_t)making->choice->stackscript_id);
}

const json_t *catalog_images(const catalog_copy_t *const parts[CATALOG_KINDS], apr_pool_t *pool)
{
    const json_t *named = json_member_array(parts[CATALOG_STACKSCRIPT]->data, "images");
    const json_t *images = parts[CATALOG_IMAGES]->data;
    json_t *usable = json_in_pool(json_array(), pool);
    int any = json_array_holds(named, "any/all");
    apr_time_t now = apr_time_now();
    size_t i;

    for (i = 0; i < json_array_size(images); i++) {
        json_t *image = json_array_get(images, i);

        if ((any || json_array_holds(named, json_member_string(image, "id"))) &&
            !image_is_gone(image, now)) {
            json_array_append(usable, image);
        }
    }
    return usable;
}

static problem_t *script_images(const json_t **usable, const making_t *making)
{
    *usable = catalog_images(making->parts, making->pool);
    return json_array_size(*usable)
               ? NULL
               : problem_make(making->pool, PROBLEM_STACKSCRIPT_UNUSABLE,
                              "Linode has none of the images any more that the StackScript "
                              "%" APR_INT64_T_FMT " names",
                              (apr_int64_t)making->choice->stackscript_id);
}

/* The script with its images as objects. */
static json_t *wrap_script(const making_t *making)
{
    json_t *script =
        json_in_pool(json_copy(making->parts[CATALOG_STACKSCRIPT]->data), making->pool);
    json_t *wrapped = json_array();
    size_t i;

    for (i = 0; i < json_array_size(making->catalog->images); i++) {
        json_array_append_new(wrapped,
                              json_pack("{sO}", "id", json_array_get(making->catalog->images, i)));
    }
    json_object_set_new(script, "images", wrapped);
    return script;
}

static problem_t *choose(const making_t *making)
{
    catalog_t *catalog = making->catalog;
    const catalog_choice_t *choice = making->choice;
    const json_t *images;
    problem_t *problem;

    catalog->types = allowed(making->parts[CATALOG_TYPES]->data, choice->types, making->pool);
    problem = nothing_left(making, catalog->types, "plan");
    if (!problem) {
        catalog->regions =
            allowed(making->parts[CATALOG_REGIONS]->data, choice->regions, making->pool);
        problem = nothing_left(making, catalog->regions, "region");
    }
    if (!problem) {
        problem = script_images(&images, making);
    }
    if (!problem) {
        catalog->images = allowed(images, choice->images, making->pool);
        catalog->stackscript = wrap_script(making);
        catalog->script =
            stackscript_read(json_member_array(catalog->stackscript, "user_defined_fields"),
                             making->choice->rules, making->pool);
        problem = nothing_left(making, catalog->images, "image");
    }
    if (!problem) {
        catalog_note_ids(catalog, making->pool);
    }
    return problem;
}

/* Without the pieces that it is put together of. */
static const char *prices_of(const catalog_t *catalog, const catalog_choice_t *choice,
                             apr_pool_t *pool)
{
    apr_pool_t *scratch;
    const char *prices;

    if (apr_pool_create(&scratch, pool) != APR_SUCCESS) {
        return price_list(catalog, choice->backups, pool);
    }
    prices = apr_pstrdup(pool, price_list(catalog, choice->backups, scratch));
    apr_pool_destroy(scratch);
    return prices;
}

problem_t *catalog_make(catalog_t **catalog, const catalog_copy_t *const parts[CATALOG_KINDS],
                        const catalog_choice_t *choice, apr_pool_t *pool)
{
    const catalog_copy_t *last = parts[CATALOG_UNAVAILABLE];
    making_t making = {parts, choice, apr_pcalloc(pool, sizeof(catalog_t)), pool};
    problem_t *problem = choose(&making);
    int i;

    if (problem) {
        return problem;
    }
    making.catalog->unavailable =
        json_in_pool(last && last->data ? json_incref(last->data) : json_object(), pool);
    making.catalog->swap = choice->swap;
    making.catalog->gaps = json_in_pool(offer_gaps(making.catalog), pool);
    making.catalog->tight = json_in_pool(offer_tight(making.catalog), pool);
    making.catalog->prices = prices_of(making.catalog, choice, pool);
    making.catalog->fetched = parts[0]->read;
    for (i = 1; i < CATALOG_UNAVAILABLE; i++) {
        if (parts[i]->read < making.catalog->fetched) {
            making.catalog->fetched = parts[i]->read;
        }
    }
    *catalog = making.catalog;
    return NULL;
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

static const char *const *ids_of(const json_t *array, apr_pool_t *pool)
{
    const char **ids = apr_palloc(pool, json_array_size(array) * sizeof(*ids));
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        ids[i] = json_member_string(json_array_get(array, i), "id");
    }
    return ids;
}

void catalog_note_ids(catalog_t *catalog, apr_pool_t *pool)
{
    catalog->type_ids = ids_of(catalog->types, pool);
    catalog->region_ids = ids_of(catalog->regions, pool);
    catalog->image_ids = ids_of(catalog->images, pool);
}

static const json_t *find_noted(const json_t *array, const char *const *ids, const char *id)
{
    size_t count = id ? json_array_size(array) : 0;
    size_t i;

    for (i = 0; i < count; i++) {
        if (ids[i] && !strcmp(ids[i], id)) {
            return json_array_get(array, i);
        }
    }
    return NULL;
}

const json_t *catalog_type(const catalog_t *catalog, const char *id)
{
    return find_noted(catalog->types, catalog->type_ids, id);
}

const json_t *catalog_region(const catalog_t *catalog, const char *id)
{
    return find_noted(catalog->regions, catalog->region_ids, id);
}

const json_t *catalog_image(const catalog_t *catalog, const char *id)
{
    return find_noted(catalog->images, catalog->image_ids, id);
}

int catalog_is_available(const catalog_t *catalog, const char *type, const char *region)
{
    return !json_array_holds(json_member_array(catalog->unavailable, region), type);
}
