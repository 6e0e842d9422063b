/* SPDX-License-Identifier: Apache-2.0 */
/* Five questions, and what of the answers can be used. */
#include <string.h>

#include <apr_strings.h>

#include "linode/catalog_source.h"
#include "support/json.h"
#include "support/mention.h"
#include "support/workers.h"

/* ---------------------------------------------------------------- elements */

static int usable_type(const json_t *type)
{
    const char *id = json_member_string(type, "id");
    const char *label = json_member_string(type, "label");

    return id && *id && label && *label;
}

static int usable_region(const json_t *region)
{
    const json_t *capabilities = json_member_array(region, "capabilities");
    const char *site = json_member_string(region, "site_type");

    return usable_type(region) && json_array_holds(capabilities, "Linodes") &&
           json_array_holds(capabilities, "StackScripts") && (!site || !strcmp(site, "core"));
}

static int usable_image(const json_t *image)
{
    const char *id = json_member_string(image, "id");
    static const char *const unfit[] = {"kube", "nvidia"};
    const char *status = json_member_string(image, "status");

    return usable_type(image) && json_member_is_true(image, "is_public") &&
           !mention_any(id, unfit, 2) &&
           !mention_any(json_member_string(image, "label"), &unfit[1], 1) &&
           (!status || !strcmp(status, "available"));
}

/* ---------------------------------------------------------------- the five kinds */

typedef struct kind_t {
    const char *path;
    const char *name;
    const char *noun;                  /* of an element of a list */
    int (*usable)(const json_t *item); /* NULL: not a list of things to choose from */
} kind_t;

static const kind_t kinds[CATALOG_KINDS] = {
    [CATALOG_TYPES] = {"/linode/types", "types", "plan", usable_type},
    [CATALOG_REGIONS] = {"/regions", "regions", "region", usable_region},
    [CATALOG_IMAGES] = {"/images", "images", "image", usable_image},
    [CATALOG_STACKSCRIPT] = {"/linode/stackscripts/", "stackscript", NULL, NULL},
    [CATALOG_UNAVAILABLE] = {"/regions/availability", "availability", NULL, NULL},
};

/* FNV-1a: two APIs of one machine do not share a file, and people can tell the files apart. */
static apr_uint64_t hash_of(const char *text)
{
    apr_uint64_t hash = APR_UINT64_C(0xcbf29ce484222325);

    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * APR_UINT64_C(0x100000001b3);
    }
    return hash;
}

static catalog_source_t *make(catalog_kind_t kind, const api_t *api, json_int_t id,
                              apr_pool_t *pool)
{
    catalog_source_t *source = apr_pcalloc(pool, sizeof(*source));
    const char *number = id ? apr_psprintf(pool, "%" APR_INT64_T_FMT, (apr_int64_t)id) : "";

    source->kind = kind;
    source->api = api;
    source->id = id;
    source->path = apr_pstrcat(pool, kinds[kind].path, number, NULL);
    source->url = apr_pstrcat(pool, api->url, source->path, NULL);
    source->name = apr_psprintf(pool, "catalog-%s%s%s-%016" APR_UINT64_T_HEX_FMT, kinds[kind].name,
                                id ? "-" : "", number, hash_of(source->url));
    return source;
}

int catalog_source_add(apr_array_header_t *sources, catalog_kind_t kind, const api_t *api,
                       json_int_t stackscript_id, apr_interval_time_t refresh)
{
    catalog_source_t *added =
        make(kind, api, kind == CATALOG_STACKSCRIPT ? stackscript_id : 0, sources->pool);
    catalog_source_t *there;
    int i;

    for (i = 0; i < sources->nelts; i++) {
        there = APR_ARRAY_IDX(sources, i, catalog_source_t *);
        if (!strcmp(there->url, added->url)) {
            there->refresh = refresh < there->refresh ? refresh : there->refresh;
            return i;
        }
    }
    added->refresh = refresh;
    APR_ARRAY_PUSH(sources, catalog_source_t *) = added;
    return i;
}

/* ---------------------------------------------------------------- sound data */

static int all_usable(const json_t *array, int (*usable)(const json_t *item))
{
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        if (!usable(json_array_get(array, i))) {
            return 0;
        }
    }
    return json_is_array(array) && i > 0;
}

static int is_script(const json_t *script, json_int_t id)
{
    return json_member_integer(script, "id", 0) == id && json_member_string(script, "label") &&
           json_member_array(script, "images");
}

static int all_arrays(const json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach ((json_t *)object, key, value) {
        if (!json_is_array(value)) {
            return 0;
        }
    }
    return json_is_object(object);
}

int catalog_source_accepts(const catalog_source_t *source, const json_t *data)
{
    switch (source->kind) {
    case CATALOG_STACKSCRIPT:
        return is_script(data, source->id);
    case CATALOG_UNAVAILABLE:
        return all_arrays(data);
    default:
        return all_usable(data, kinds[source->kind].usable);
    }
}

/* ---------------------------------------------------------------- reading */

/* Once each: what is new in a list while its pages are read moves others to the next page. */
static problem_t *keep_usable(json_t **kept, const json_t *items, const catalog_source_t *source,
                              apr_pool_t *pool)
{
    const kind_t *kind = &kinds[source->kind];
    json_t *seen = json_object();
    size_t i;

    *kept = json_in_pool(json_array(), pool);
    for (i = 0; i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);
        const char *id = json_member_string(item, "id");

        if (kind->usable(item) && !json_object_get(seen, id)) {
            json_object_set(seen, id, item);
            json_array_append(*kept, item);
        }
    }
    json_decref(seen);
    return json_array_size(*kept)
               ? NULL
               : problem_make(pool, PROBLEM_CATALOG_UNAVAILABLE,
                              "GET %s gave no %s that could be offered", source->path, kind->noun);
}

static int is_row(const json_t *item)
{
    return json_member_string(item, "region") && json_member_string(item, "plan") &&
           json_is_boolean(json_object_get(item, "available"));
}

/* Most plans are to be had in most regions: the exceptions by region. There may be none, but not
 * for want of a row that could be read. */
static problem_t *keep_exceptions(json_t **kept, const json_t *items,
                                  const catalog_source_t *source, apr_pool_t *pool)
{
    json_t *found = json_in_pool(json_object(), pool);
    size_t rows = 0;
    size_t i;

    for (i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        const char *region = json_member_string(item, "region");

        if (!is_row(item)) {
            continue;
        }
        rows++;
        if (!json_member_is_true(item, "available")) {
            if (!json_object_get(found, region)) {
                json_object_set_new(found, region, json_array());
            }
            json_array_append(json_object_get(found, region), json_object_get(item, "plan"));
        }
    }
    *kept = found;
    return rows || !i ? NULL
                      : problem_make(pool, PROBLEM_CATALOG_UNAVAILABLE,
                                     "GET %s gave no row that could be read", source->path);
}

/* What Linode's answers to a public question mean when the thing asked for is not public. */
static int is_hidden(const problem_t *problem)
{
    return problem->kind == PROBLEM_LINODE_NOT_FOUND ||
           problem->kind == PROBLEM_LINODE_UNAUTHORIZED ||
           problem->kind == PROBLEM_SCOPES_MISSING || problem->kind == PROBLEM_LINODE_FORBIDDEN;
}

static problem_t *keep_script(json_t **kept, const json_t *answer, const catalog_source_t *source,
                              apr_pool_t *pool)
{
    if (!is_script(answer, source->id)) {
        return problem_make(pool, PROBLEM_CATALOG_UNAVAILABLE,
                            "GET %s answered with something that is not that script", source->path);
    }
    *kept = json_in_pool(json_copy((json_t *)answer), pool);
    json_object_del(*kept, "script");
    return NULL;
}

static problem_t *read_script(json_t **data, const catalog_source_t *source, http_t *http,
                              const api_request_t *request, apr_pool_t *pool)
{
    const json_t *answer = NULL;
    problem_t *problem = api_call(&answer, source->api, http, request, pool);

    if (problem && is_hidden(problem)) {
        return problem_make(pool, PROBLEM_STACKSCRIPT_UNUSABLE,
                            "the StackScript %" APR_INT64_T_FMT
                            " does not exist or is not public: %s",
                            (apr_int64_t)source->id, problem_line(problem, pool));
    }
    return problem || !answer ? problem : keep_script(data, answer, source, pool);
}

static problem_t *read_list(json_t **data, const catalog_source_t *source, http_t *http,
                            const api_request_t *request, apr_pool_t *pool)
{
    json_t *items = NULL;
    problem_t *problem = api_list(&items, source->api, http, request, pool);

    if (problem || !items) {
        return problem;
    }
    return kinds[source->kind].usable ? keep_usable(data, items, source, pool)
                                      : keep_exceptions(data, items, source, pool);
}

problem_t *catalog_source_read(catalog_copy_t *copy, const catalog_source_t *source,
                               const catalog_copy_t *old, http_t *http, const atomic_int *abandon,
                               apr_pool_t *pool)
{
    api_validator_t validator = {.etag = old && old->data ? old->etag : NULL};
    api_request_t request = {.method = "GET",
                             .path = source->path,
                             .idempotent = 1,
                             .deadline = workers_now() + source->api->total_timeout,
                             .validator = &validator,
                             .abandon = abandon};
    json_t *data = NULL;
    problem_t *problem = source->kind == CATALOG_STACKSCRIPT
                             ? read_script(&data, source, http, &request, pool)
                             : read_list(&data, source, http, &request, pool);

    if (!problem) {
        *copy = (catalog_copy_t){.data = old && validator.unchanged ? old->data : data,
                                 .etag = validator.etag,
                                 .read = apr_time_now()};
    }
    return problem;
}
