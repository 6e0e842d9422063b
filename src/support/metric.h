/* SPDX-License-Identifier: Apache-2.0 */
/* Counters that all children share, and gauges that each child has.
 *
 *   +---------+---------------------------+--------+------------------+-----------+----
 *   | layout  | counters, 64 bits each    | slot 0:| slot: process id,| slot: ... |
 *   |         | in the order of metric.def| nobody | gauges           |           |
 *   +---------+---------------------------+--------+------------------+-----------+----
 *
 * They stand in one anonymous shared memory segment that is made before the fork. It belongs to a
 * pool that lives as long as the server, so that a graceful restart goes on counting, and old
 * children count with the new ones; a module of another layout begins anew. Everything is changed
 * without a lock, from any thread of any child. A child that was killed leaves its slot behind:
 * slots of processes that are gone count for nothing, and are taken by the next ones. Nothing in it
 * is secret or comes from a visitor. */
#ifndef SUPPORT_METRIC_H
#define SUPPORT_METRIC_H

#include <apr_pools.h>
#include "support/problem.h"

/* Places of the counters that count several things apart. */
typedef enum {
    METRIC_FORM_SHARED,       /* from memory */
    METRIC_FORM_NOT_MODIFIED, /* 304 */
    METRIC_FORM_RENDERED,     /* for one visitor */
    METRIC_FORMS
} metric_form_t;

typedef enum {
    METRIC_TOKEN,
    METRIC_REVOKE,
    METRIC_PROFILE,
    METRIC_CREATE,
    METRIC_FIND,
    METRIC_CATALOG,
    METRIC_OTHER,
    METRIC_OPERATIONS
} metric_operation_t;

typedef enum {
    METRIC_OK,          /* 2xx, 304 */
    METRIC_REFUSED,     /* another 3xx or 4xx */
    METRIC_BUSY,        /* 429 */
    METRIC_FAILED,      /* 5xx, or a connection that was lost */
    METRIC_TIMEOUT,     /* no answer in time */
    METRIC_UNREACHABLE, /* no connection */
    METRIC_UNREADABLE,  /* an answer that is none */
    METRIC_RESULTS
} metric_result_t;

typedef enum {
#define METRIC(name, places) METRIC_##name,
#define GAUGE(name)
#include "support/metric.def"
#undef METRIC
#undef GAUGE
    METRIC_COUNTERS
} metric_counter_t;

typedef enum {
#define METRIC(name, places)
#define GAUGE(name) METRIC_##name,
#include "support/metric.def"
#undef METRIC
#undef GAUGE
    METRIC_GAUGES
} metric_gauge_t;

/* All of it, seen from a slot. */
typedef struct metric_set_t metric_set_t;

/* Nobody's slot in the segment of that pool, which is made at the first call. */
problem_t *metric_set_create(metric_set_t **set, apr_pool_t *pool);

/* Takes a slot for this process until the pool goes, or nobody's if there is none left; then its
 * gauges are not seen. What is returned can be used as long as the process lives. */
metric_set_t *metric_set_attach(metric_set_t *set, apr_pool_t *pool);

/* A set may be NULL where nothing is counted. */
void metric_add(metric_set_t *set, metric_counter_t counter, int place, apr_uint64_t amount);
void metric_gauge(metric_set_t *set, metric_gauge_t gauge, apr_int64_t value);

/* Of all children together. */
apr_uint64_t metric_read(const metric_set_t *set, metric_counter_t counter, int place);
apr_int64_t metric_read_gauge(const metric_set_t *set, metric_gauge_t gauge);

#endif
