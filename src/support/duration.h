/* SPDX-License-Identifier: Apache-2.0 */
/* How long something took or is ago, in words for people. */
#ifndef SUPPORT_DURATION_H
#define SUPPORT_DURATION_H

#include <apr_pools.h>
#include <apr_time.h>

/* In the largest unit of which it is at least two, rounded down: "90 minutes", "3 hours". A pause
 * that the clock was set back in is "0 seconds". */
const char *duration_words(apr_interval_time_t time, apr_pool_t *pool);

#endif
