/* SPDX-License-Identifier: Apache-2.0 */
/* One thing that a catalog is made of, as Linode's API gives it without a token: the plans (GET
 * /linode/types), regions, images, what is sold out where (GET /regions/availability), or one
 * StackScript. Mounts with the same API share what is the same for them.
 *
 * What is kept of an answer is what can be used at all, before any mount's own patterns: an element
 * without an id and a label, a region without StackScripts, an image for Kubernetes is left out,
 * and a list of which nothing remains is refused. A catalog_copy_t is such a reading and when it
 * was made, or why none could be. Sources are immutable once all have been added; a copy's data
 * live as long as the pool they were read in. */
#ifndef LINODE_CATALOG_SOURCE_H
#define LINODE_CATALOG_SOURCE_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <apr_time.h>
#include <jansson.h>
#include "linode/api.h"

/* In the order in which they are read: what the form can do without comes last. */
typedef enum {
    CATALOG_TYPES,
    CATALOG_REGIONS,
    CATALOG_IMAGES,
    CATALOG_STACKSCRIPT,
    CATALOG_UNAVAILABLE,
    CATALOG_KINDS,
} catalog_kind_t;

typedef struct catalog_source_t {
    catalog_kind_t kind;
    const api_t *api;
    json_int_t id;               /* of the StackScript, else 0 */
    const char *path;            /* below the API's URL */
    const char *url;             /* which tells one source from another */
    const char *name;            /* of its files, without an ending */
    apr_interval_time_t refresh; /* the shortest that any mount wants */
} catalog_source_t;

typedef struct catalog_copy_t {
    /* TYPES, REGIONS, IMAGES: array; STACKSCRIPT: the script less its text; UNAVAILABLE: region ->
     * array of the plans that it has not. NULL: there is a problem instead. */
    json_t *data;
    problem_t *problem; /* CATALOG_UNAVAILABLE or STACKSCRIPT_UNUSABLE */
    const char *etag;   /* or NULL */
    apr_time_t read;
    apr_time_t again; /* with a problem: when Linode is asked again */
} catalog_copy_t;

/* The index of that source in an array of catalog_source_t *, which it joins unless it is there. */
int catalog_source_add(apr_array_header_t *sources, catalog_kind_t kind, const api_t *api,
                       json_int_t stackscript_id, apr_interval_time_t refresh);

/* Asks Linode. old is what there is already, or NULL; its data are the new ones' when Linode says
 * that nothing has changed. The problem is as the API's call had it, or one of a copy's two. */
problem_t *catalog_source_read(catalog_copy_t *copy, const catalog_source_t *source,
                               const catalog_copy_t *old, http_t *http, const atomic_int *abandon,
                               apr_pool_t *pool);

/* Whether data could be what catalog_source_read gave. */
int catalog_source_accepts(const catalog_source_t *source, const json_t *data);

#endif
