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

/* Adds to problems (problem_t *) what cannot be: CHOICE_INVALID with field "type", "region" or
 * "distribution", a message that names the value, and a remedy. */
void offer_check(apr_array_header_t *problems, const catalog_t *catalog, const char *type,
                 const char *region, const char *image, apr_pool_t *pool);

/* NULL when something can be had: a plan in a region that works, with an image that fits. Otherwise
 * STACKSCRIPT_UNUSABLE. */
problem_t *offer_check_possible(const catalog_t *catalog, apr_pool_t *pool);

/* An object of the plans that some regions have not: plan -> array of the regions. */
json_t *offer_gaps(const catalog_t *catalog);

/* US dollars a month, or -1 when nobody knows. */
double offer_monthly(const json_t *type, const char *region);

/* The prices that a form shows, for it to post back: "plan=5;region=7 plan=12 ...". */
const char *offer_prices(const catalog_t *catalog, apr_pool_t *pool);

/* Whether the visitor has seen the price that holds: NULL, or PRICE_CHANGED, saying both. Without
 * shown, or where it says nothing of the plan, nothing can be said. */
problem_t *offer_check_price(const catalog_t *catalog, const char *type, const char *region,
                             const char *shown, apr_pool_t *pool);

#endif
