/* SPDX-License-Identifier: Apache-2.0 */
/* What Linode offers for one StackScript: plans, regions and the script's images, read from the
 * API's public operations (GET /linode/types, /regions, /images, /linode/stackscripts/{id}) without
 * a token.
 *
 * A catalog_t is immutable and lives in a pool of its own, held by a reference count: whoever gets
 * one from the cache gives it back. The cache is one per child and script; it fetches at first use,
 * while others wait for the same fetch, and after `refresh` lets one thread fetch anew while the
 * rest go on with the old. When a fetch fails the old one stays, and the next try waits. */
#ifndef LINODE_CATALOG_H
#define LINODE_CATALOG_H

#include <apr_pools.h>
#include <apr_time.h>
#include <jansson.h>
#include "linode/api.h"

typedef struct catalog_t {
    const json_t *types;       /* array as the API gives it, filtered by the patterns */
    const json_t *regions;     /* array: those where a StackScript can run */
    const json_t *images;      /* array of images the script allows, live, no Kubernetes ones */
    const json_t *stackscript; /* the script as the API gives it, less its text; `images` is
                                * replaced by [{"id": <image>}], the shape of Linode's client
                                * library, where <image> is the image object */
    apr_time_t fetched;
    apr_uint64_t version; /* another one for each catalog of a cache; never 0 there */
} catalog_t;

/* What to offer: patterns match a whole id or label (case-insensitive, * and ?), ! excludes. NULL
 * or an empty array: everything. */
typedef struct catalog_choice_t {
    json_int_t stackscript_id;
    apr_array_header_t *types; /* const char * */
    apr_array_header_t *regions;
    apr_array_header_t *images;
} catalog_choice_t;

/* Whether a pattern list lets through something of that id and label. */
int catalog_pattern_allows(const apr_array_header_t *patterns, const char *id, const char *label);

/* Reads everything; the catalog lives in pool. */
problem_t *catalog_fetch(catalog_t **catalog, const api_t *api, http_t *http,
                         const catalog_choice_t *choice, apr_pool_t *pool);

/* Checks a choice against the catalog: CHOICE_INVALID with field "type", "region" or
 * "distribution", a message that names the value, and a remedy. */
problem_t *catalog_check(const catalog_t *catalog, const char *type, const char *region,
                         const char *image, apr_pool_t *pool);

/* The element of an array whose "id" is id, or NULL. */
const json_t *catalog_find(const json_t *array, const char *id);

typedef struct catalog_cache_t catalog_cache_t;

/* Made in the child after the fork; all of it goes with the pool. */
problem_t *catalog_cache_create(catalog_cache_t **cache, const api_t *api, http_t *http,
                                const catalog_choice_t *choice, apr_interval_time_t refresh,
                                apr_pool_t *pool);

/* The present catalog, held until the pool of the request goes. */
problem_t *catalog_cache_get(const catalog_t **catalog, catalog_cache_t *cache, apr_pool_t *pool);

/* The same; *stale, when wanted, is the problem of the last refresh if that failed, else NULL. */
problem_t *catalog_cache_get_stale(const catalog_t **catalog, problem_t **stale,
                                   catalog_cache_t *cache, apr_pool_t *pool);

#endif
