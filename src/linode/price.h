/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan and its backups cost a month, and whether a visitor has seen that: decided here
 * alone, for the form that shows prices and for the one that posts them back.
 *
 * A price is the region's own where the plan has one, else the plan's. Everything lives in the pool
 * given. */
#ifndef LINODE_PRICE_H
#define LINODE_PRICE_H

#include "linode/offer.h"

/* US dollars a month, or -1 when nobody knows. */
double price_monthly(const json_t *type, const char *region);
double price_backups_monthly(const json_t *type, const char *region);

/* The prices that a form shows, for it to post back: "plan=5;region=7 plan=12 ...", with backups
 * "plan=5+2;region=7+2.8 plan=12+2.5 ...". */
const char *price_list(const catalog_t *catalog, int backups, apr_pool_t *pool);

/* Whether the visitor has seen the prices that hold: adds PRICE_CHANGED, saying both, for the plan
 * and for its backups where they are chosen. Without shown, or where it says nothing of them,
 * nothing can be said. */
void price_check(apr_array_header_t *problems, const catalog_t *catalog,
                 const offer_choice_t *choice, const char *shown, apr_pool_t *pool);

#endif
