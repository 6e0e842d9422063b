/* SPDX-License-Identifier: Apache-2.0 */
/* How often one visitor may do something, counted by all children together.
 *
 * Each visitor has a token bucket that holds `count` tokens and fills up evenly within `period`
 * (the generic cell rate algorithm: all that is kept of a bucket is the moment when it is full
 * again). Buckets stand in one anonymous shared memory segment that is made before the fork and has
 * room for 8,192; where a bucket is needed and none is free, the one that is fullest makes room. A
 * bucket's name is a keyed hash, so that the memory tells no address and nobody can choose his
 * place. Buckets are changed without a lock, from any thread of any child.
 *
 * Times are microseconds, by workers_now: a clock that is set back would lock out whoever came just
 * before. */
#ifndef SUPPORT_RATE_H
#define SUPPORT_RATE_H

#include <apr_pools.h>
#include <apr_time.h>
#include "support/problem.h"

typedef struct rate_t rate_t;

typedef struct rate_limit_t {
    apr_int64_t count; /* 0: no limit */
    apr_interval_time_t period;
} rate_limit_t;

/* Lives until the pool goes. */
problem_t *rate_create(rate_t **rate, apr_pool_t *pool);

/* Takes a token for the visitor of that name (any bytes). 0, or how long to wait for one. */
apr_interval_time_t rate_take(rate_t *rate, const rate_limit_t *limit, const void *name,
                              apr_size_t length, apr_time_t now);

#endif
