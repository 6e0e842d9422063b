/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogs of all mounts, as the threads of one child share them.
 *
 * At most once a second one thread looks whether the copies of the sources have changed
 * (catalog_file), reads those that have, and makes new catalogs for the mounts that they concern;
 * all others go on with the ones there are. Mounts share the data they have in common. Nobody
 * waits, except at a first start: as long as a mount lacks a copy and it is not known yet why, its
 * requests wait for what the refresher's one reading comes to, at most as long as Linode may take.
 */
#ifndef LINODE_CATALOG_CACHE_H
#define LINODE_CATALOG_CACHE_H

#include "linode/catalog.h"

typedef struct catalog_mount_t {
    const api_t *api;
    const catalog_choice_t *choice;
    apr_interval_time_t refresh;
} catalog_mount_t;

typedef struct catalog_cache_options_t {
    const catalog_mount_t *mounts;
    int count;
    const char *directory;
    apr_time_t started;       /* a failure from before the server's start is none */
    apr_interval_time_t look; /* how often to look for changed copies: CATALOG_CACHE_LOOK */
} catalog_cache_options_t;

#define CATALOG_CACHE_LOOK apr_time_from_sec(1)

typedef struct catalog_cache_t catalog_cache_t;

/* Made in the child after the fork; all of it goes with the pool, and what options point to has to
 * last as long. The catalogs are numbered as the mounts are. */
problem_t *catalog_cache_create(catalog_cache_t **cache, const catalog_cache_options_t *options,
                                apr_pool_t *pool);

/* What the mounts need: catalog_source_t *, for a refresher. */
const apr_array_header_t *catalog_cache_sources(const catalog_cache_t *cache);

/* The present catalog, held until the pool of the request goes. CATALOG_UNAVAILABLE or
 * STACKSCRIPT_UNUSABLE, with the time after which it makes sense to ask again. */
problem_t *catalog_cache_get(const catalog_t **catalog, catalog_cache_t *cache, int mount,
                             apr_pool_t *pool);

/* Tells of each source when its copy was read (microseconds since 1970), 0 without one; the
 * source's strings last as long as the cache. */
typedef void catalog_cache_tell_t(void *baton, const catalog_source_t *source, apr_time_t read);
void catalog_cache_tell(catalog_cache_t *cache, catalog_cache_tell_t *tell, void *baton);

#endif
