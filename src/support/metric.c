/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <apr_shm.h>

#include "support/metric.h"

#define SLOTS    1024
#define NOBODY   0
#define USERDATA "mod_linode_oauth metrics"

/* Where the places of each counter begin, and where all of them end. */
typedef struct places_t {
#define METRIC(name, places) char name[places];
#define GAUGE(name)
#include "support/metric.def"
#undef METRIC
#undef GAUGE
} places_t;

static const size_t first[] = {
#define METRIC(name, places) offsetof(places_t, name),
#define GAUGE(name)
#include "support/metric.def"
#undef METRIC
#undef GAUGE
    sizeof(places_t)};

struct metric_set_t {
    int index;
    _Atomic pid_t process; /* 0: free */
    _Atomic int64_t gauge[METRIC_GAUGES];
};

typedef struct segment_t {
    uint64_t layout;
    _Atomic uint64_t counter[sizeof(places_t)];
    metric_set_t slot[SLOTS];
} segment_t;

static segment_t *segment_of(const metric_set_t *set)
{
    const metric_set_t *first_slot = set - set->index;

    return (segment_t *)((char *)first_slot - offsetof(segment_t, slot));
}

/* Another one wherever counters or gauges have been added, moved or taken out. */
static uint64_t layout(void)
{
    static const char description[] =
#define METRIC(name, places) #name ":" #places ";"
#define GAUGE(name)          #name ";"
#include "support/metric.def"
#undef METRIC
#undef GAUGE
        ;
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ sizeof(segment_t);
    const char *at;

    for (at = description; *at; at++) {
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static segment_t *make_segment(apr_pool_t *pool)
{
    apr_shm_t *shared;
    segment_t *segment;
    int i;

    if (apr_shm_create(&shared, sizeof(segment_t), NULL, pool) != APR_SUCCESS) {
        return NULL;
    }
    segment = apr_shm_baseaddr_get(shared);
    memset(segment, 0, sizeof(*segment));
    segment->layout = layout();
    for (i = 0; i < SLOTS; i++) {
        segment->slot[i].index = i;
    }
    /* The name is copied: at a restart the module, and with it every literal, is unloaded. */
    apr_pool_userdata_set(segment, USERDATA, NULL, pool);
    return segment;
}

problem_t *metric_set_create(metric_set_t **set, apr_pool_t *pool)
{
    void *found = NULL;
    segment_t *segment;

    apr_pool_userdata_get(&found, USERDATA, pool);
    segment = found;
    if (!segment || segment->layout != layout()) {
        segment = make_segment(pool);
    }
    if (!segment) {
        return problem_make(pool, PROBLEM_INTERNAL,
                            "the system gave no shared memory for the metrics");
    }
    *set = &segment->slot[NOBODY];
    return NULL;
}

/* ---------------------------------------------------------------- slots */

static int is_gone(pid_t process)
{
    return process == 0 || (kill(process, 0) != 0 && errno == ESRCH);
}

static apr_status_t leave(void *data)
{
    metric_set_t *own = data;
    pid_t process = getpid();

    atomic_compare_exchange_strong(&own->process, &process, 0);
    return APR_SUCCESS;
}

metric_set_t *metric_set_attach(metric_set_t *set, apr_pool_t *pool)
{
    segment_t *segment = segment_of(set);
    int i;

    for (i = NOBODY + 1; i < SLOTS; i++) {
        metric_set_t *slot = &segment->slot[i];
        pid_t process = atomic_load(&slot->process);

        if (is_gone(process) &&
            atomic_compare_exchange_strong(&slot->process, &process, getpid())) {
            memset((void *)slot->gauge, 0, sizeof(slot->gauge));
            apr_pool_cleanup_register(pool, slot, leave, apr_pool_cleanup_null);
            return slot;
        }
    }
    return set;
}

/* ---------------------------------------------------------------- counting */

void metric_add(metric_set_t *set, metric_counter_t counter, int place, apr_uint64_t amount)
{
    if (set) {
        atomic_fetch_add_explicit(&segment_of(set)->counter[first[counter] + (size_t)place], amount,
                                  memory_order_relaxed);
    }
}

void metric_gauge(metric_set_t *set, metric_gauge_t gauge, apr_int64_t value)
{
    if (set) {
        atomic_store_explicit(&set->gauge[gauge], value, memory_order_relaxed);
    }
}

apr_uint64_t metric_read(const metric_set_t *set, metric_counter_t counter, int place)
{
    return atomic_load_explicit(&segment_of(set)->counter[first[counter] + (size_t)place],
                                memory_order_relaxed);
}

apr_int64_t metric_read_gauge(const metric_set_t *set, metric_gauge_t gauge)
{
    segment_t *segment = segment_of(set);
    apr_int64_t sum = 0;
    int i;

    for (i = NOBODY + 1; i < SLOTS; i++) {
        metric_set_t *slot = &segment->slot[i];

        if (!is_gone(atomic_load(&slot->process))) {
            sum += atomic_load_explicit(&slot->gauge[gauge], memory_order_relaxed);
        }
    }
    return sum;
}
