/* SPDX-License-Identifier: Apache-2.0 */
/* The heap: each job comes no later than the two at twice its place. */
#include "linode/revoker_queue.h"

void revoker_queue_init(revoker_queue_t *queue, int room, apr_pool_t *pool)
{
    queue->jobs = apr_palloc(pool, sizeof(*queue->jobs) * (apr_size_t)room);
    queue->count = 0;
    queue->room = room;
}

static int comes_before(const revoker_job_t *one, const revoker_job_t *other)
{
    return one->due != other->due ? one->due < other->due : one->tries < other->tries;
}

void revoker_queue_add(revoker_queue_t *queue, revoker_job_t *job)
{
    int at = queue->count++;

    while (at > 0 && comes_before(job, queue->jobs[(at - 1) / 2])) {
        queue->jobs[at] = queue->jobs[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    queue->jobs[at] = job;
}

revoker_job_t *revoker_queue_first(const revoker_queue_t *queue)
{
    return queue->count > 0 ? queue->jobs[0] : NULL;
}

/* The earlier of the jobs below `at`, or 0. */
static int earlier_below(const revoker_queue_t *queue, int at)
{
    int left = 2 * at + 1;
    int right = left + 1;

    if (left >= queue->count) {
        return 0;
    }
    return right < queue->count && comes_before(queue->jobs[right], queue->jobs[left]) ? right
                                                                                       : left;
}

revoker_job_t *revoker_queue_take(revoker_queue_t *queue)
{
    revoker_job_t *first = revoker_queue_first(queue);
    revoker_job_t *last;
    int at = 0;
    int below;

    if (!first) {
        return NULL;
    }
    last = queue->jobs[--queue->count];
    while ((below = earlier_below(queue, at)) && comes_before(queue->jobs[below], last)) {
        queue->jobs[at] = queue->jobs[below];
        at = below;
    }
    queue->jobs[at] = last;
    return first;
}
