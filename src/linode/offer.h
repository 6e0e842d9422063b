/* SPDX-License-Identifier: Apache-2.0 */
/* What can be chosen together, and what it costs: decided here alone, for the form that is shown
 * and for the one that is posted, whatever the browser made of it.
 *
 * A plan needs its class's capability in the region, and room there; an image with its swap has to
 * fit on the plan's disk. A price is the region's own where the plan has one, else the plan's.
 * Everything lives in the pool given. */
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

/* US dollars a month, or -1 when nobody knows. */
double offer_monthly(const json_t *type, const char *region);
double offer_backups_monthly(const json_t *type, const char *region);

/* The prices that a form shows, for it to post back: "plan=5;region=7 plan=12 ...", with backups
 * "plan=5+2;region=7+2.8 plan=12+2.5 ...". */
const char *offer_prices(const catalog_t *catalog, int backups, apr_pool_t *pool);

/* Whether the visitor has seen the prices that hold: adds PRICE_CHANGED, saying both, for the plan
 * and for its backups where they are chosen. Without shown, or where it says nothing of them,
 * nothing can be said. */
void offer_check_price(apr_array_header_t *problems, const catalog_t *catalog,
                       const offer_choice_t *choice, const char *shown, apr_pool_t *pool);

#endif
