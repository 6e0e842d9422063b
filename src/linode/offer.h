/* SPDX-License-Identifier: Apache-2.0 */
/* What can be chosen together: decided here alone, for the form that is shown and for the one that
 * is posted, whatever the browser made of it.
 *
 * A plan needs its class's capability in the region, and room there; an image with its swap has to
 * fit on the plan's disk. Everything lives in the pool given. */
#ifndef LINODE_OFFER_H
#define LINODE_OFFER_H

#include "linode/catalog.h"

typedef struct offer_choice_t {
    const char *type;
    const char *region;
    const char *image;
    int backups; /* with backups */
} offer_choice_t;

/* Adds to problems (problem_t *) what cannot be: CHOICE_INVALID with field "type", "region",
 * "distribution" or "backups", a message that names the value, and a remedy. */
void offer_check(apr_array_header_t *problems, const catalog_t *catalog,
                 const offer_choice_t *choice, apr_pool_t *pool);

/* NULL when something can be had: a plan in a region that works, with an image that fits. Otherwise
 * STACKSCRIPT_UNUSABLE. */
problem_t *offer_check_possible(const catalog_t *catalog, apr_pool_t *pool);

/* Takes out of choice what cannot be had, for the form that a link fills in, and adds for each a
 * sentence to notes (const char *); what the link does not say is fine. */
void offer_sift(offer_choice_t *choice, apr_array_header_t *notes, const catalog_t *catalog,
                apr_pool_t *pool);

/* The region's present name, for one that may be an old one. */
const char *offer_region(const catalog_t *catalog, const char *region);

/* An object of the plans that some regions have not: plan -> array of the regions. */
json_t *offer_gaps(const catalog_t *catalog);

/* An object of the plans on whose disk some images do not fit: plan -> array of the images. */
json_t *offer_tight(const catalog_t *catalog);

#endif
