/* SPDX-License-Identifier: Apache-2.0 */
/* What Linode offers for one StackScript at one mount: plans, regions and the script's images.
 *
 * The way of the data: catalog_refresher asks Linode, in one process for all (catalog_source); what
 * it gets is kept in files (catalog_file); each child reads those when they change and makes the
 * catalogs of its mounts from them (catalog_cache, and here), under a lease (support/lease) so that
 * a visitor's request can hold one while the next is already there. A catalog_t is immutable and
 * lives in the pool that it was made in. */
#ifndef LINODE_CATALOG_H
#define LINODE_CATALOG_H

#include <apr_pools.h>
#include <apr_time.h>
#include <jansson.h>
#include "linode/catalog_source.h"
#include "linode/stackscript.h"

typedef struct catalog_t {
    const json_t *types;         /* array as the API gives it, filtered by the patterns */
    const json_t *regions;       /* array: those where a StackScript can run */
    const json_t *images;        /* array of images the script allows, live, no Kubernetes ones */
    const json_t *stackscript;   /* the script as the API gives it, less its text; `images` is
                                  * replaced by [{"id": <image>}], the shape of Linode's client
                                  * library, where <image> is the image object */
    const char *const *type_ids; /* of types, in their order; see catalog_note_ids */
    const char *const *region_ids;
    const char *const *image_ids;
    const stackscript_t *script; /* what it asks */
    const json_t *unavailable;   /* object: region -> array of the plans that it has not */
    const json_t *gaps;          /* what comes of it for these plans and regions: see offer_gaps */
    const json_t *tight;         /* likewise with these images: see offer_tight */
    const char *prices;          /* of all: see price_list */
    json_int_t swap;             /* MB that a create makes beside the image */
    apr_time_t fetched;          /* when the oldest part of it was read */
    apr_uint64_t version;        /* another one for each catalog of a cache; never 0 there */
} catalog_t;

/* What to offer: patterns match a whole id or label (case-insensitive, * and ?), ! excludes. NULL
 * or an empty array: everything. */
typedef struct catalog_choice_t {
    json_int_t stackscript_id;
    int backups;               /* whether what they cost is told */
    apr_array_header_t *types; /* const char * */
    apr_array_header_t *regions;
    apr_array_header_t *images;
    apr_array_header_t *rules; /* const stackscript_rule_t *, for the script's questions, or NULL */
    json_int_t swap;           /* as in the catalog */
} catalog_choice_t;

/* Whether a pattern list lets through something of that id and label. */
int catalog_pattern_allows(const apr_array_header_t *patterns, const char *id, const char *label);

/* Makes a catalog of copies by their kind, all with data but the last, which may be NULL. Elements
 * are shared with them. STACKSCRIPT_UNUSABLE when no plan, no region or no image is left. */
problem_t *catalog_make(catalog_t **catalog, const catalog_copy_t *const parts[CATALOG_KINDS],
                        const catalog_choice_t *choice, apr_pool_t *pool);

/* The images that the script names and that exist, in the order of the API; both have to have been
 * read. */
const json_t *catalog_images(const catalog_copy_t *const parts[CATALOG_KINDS], apr_pool_t *pool);

/* The element of an array whose "id" is id, or NULL. */
const json_t *catalog_find(const json_t *array, const char *id);

/* The same among what is on offer, without a look into each element: their ids are noted where the
 * lists are made. NULL is no id. */
void catalog_note_ids(catalog_t *catalog, apr_pool_t *pool);
const json_t *catalog_type(const catalog_t *catalog, const char *id);
const json_t *catalog_region(const catalog_t *catalog, const char *id);
const json_t *catalog_image(const catalog_t *catalog, const char *id);

/* Whether that plan can be had in that region, as far as Linode says. */
int catalog_is_available(const catalog_t *catalog, const char *type, const char *region);

#endif
