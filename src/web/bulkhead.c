/* SPDX-License-Identifier: Apache-2.0 */
#include "web/bulkhead.h"

#include <ap_mpm.h>

#include "linode/retry.h"

/* In a moment; not all at the same. */
#define PAUSE apr_time_from_sec(6)

int bulkhead_default(void)
{
    int threads = 0;
    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    return threads < 2 ? 1 : threads / 2;
}

problem_t *bulkhead_enter(const visit_t *visit)
{
    child_t *child = visit->child;
    int limit =
        visit->config->upstream_limit ? visit->config->upstream_limit : child->upstream_limit;
    int waiting = atomic_fetch_add(&child->upstream, 1);
    if (waiting < limit) {
        metric_gauge(child->metrics, METRIC_UPSTREAM_WAITING, waiting + 1);
        return NULL;
    }
    atomic_fetch_sub(&child->upstream, 1);
    metric_add(child->metrics, METRIC_UPSTREAM_REFUSED, 0, 1);
    problem_t *problem = problem_make(visit->pool, PROBLEM_UPSTREAM_FULL,
                                      "%d threads of this child wait for Linode already", limit);
    problem->retry_after = retry_spread(PAUSE, 2);
    return problem;
}

void bulkhead_leave(const visit_t *visit)
{
    child_t *child = visit->child;
    metric_gauge(child->metrics, METRIC_UPSTREAM_WAITING,
                 atomic_fetch_sub(&child->upstream, 1) - 1);
}
