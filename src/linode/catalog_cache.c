/* SPDX-License-Identifier: Apache-2.0 */
/* The catalog that all threads of a child share.
 *
 * Each catalog is an entry under a lease (support/lease). The cache itself is one holder; every
 * reader becomes another under the mutex.
 *
 *   nothing yet ---- one fetches, the others wait ----> fresh --(refresh)--> due: one fetches,
 *        |                                                ^                  the others take the
 * old
 *        +-- failed: the failure is the answer until      |                       |        |
 *            the pause is over, then one fetches again    +------- fetched -------+     failed: the
 *                                                                        old stays, the pause grows
 */
#include <apr_strings.h>
#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

#include "linode/catalog.h"
#include "support/lease.h"

/* With an old catalog to show there is no hurry; without one the page is out of order. */
#define FIRST_PAUSE_WITH_CATALOG    apr_time_from_sec(30)
#define FIRST_PAUSE_WITHOUT_CATALOG apr_time_from_sec(1)
#define LONGEST_PAUSE_WITHOUT       apr_time_from_sec(30)

/* The outcome of one fetch: a catalog or a problem. */
typedef struct entry_t {
    lease_t *lease;
    catalog_t *catalog;
    problem_t *problem;
} entry_t;

struct catalog_cache_t {
    const api_t *api;
    http_t *http;
    const catalog_choice_t *choice;
    apr_interval_time_t refresh;
    apr_thread_mutex_t *mutex; /* guards what follows */
    apr_thread_cond_t *changed;
    int fetching;
    int failures; /* since the last success */
    apr_uint64_t versions;
    apr_time_t next; /* when to fetch again */
    entry_t *good;   /* the last catalog, or NULL */
    entry_t *failed; /* the last failure if it is younger than the catalog, or NULL */
};

/* ---------------------------------------------------------------- entries */

static void release(entry_t *entry)
{
    lease_end(entry ? entry->lease : NULL);
}

static entry_t *fetch(const catalog_cache_t *cache)
{
    lease_t *lease = lease_create();
    entry_t *entry;

    if (!lease) {
        return NULL;
    }
    entry = apr_pcalloc(lease->pool, sizeof(*entry));
    entry->lease = lease;
    entry->problem =
        catalog_fetch(&entry->catalog, cache->api, cache->http, cache->choice, lease->pool);
    return entry;
}

/* ---------------------------------------------------------------- the cache, its mutex held */

static apr_interval_time_t pause_after_failure(const catalog_cache_t *cache)
{
    apr_interval_time_t pause =
        cache->good ? FIRST_PAUSE_WITH_CATALOG : FIRST_PAUSE_WITHOUT_CATALOG;
    apr_interval_time_t longest = cache->refresh;
    int i;

    if (!cache->good && longest > LONGEST_PAUSE_WITHOUT) {
        longest = LONGEST_PAUSE_WITHOUT;
    }
    for (i = 1; i < cache->failures && pause < longest; i++) {
        pause *= 2;
    }
    if (cache->failed && cache->failed->problem->retry_after > pause) {
        pause = cache->failed->problem->retry_after;
    }
    return pause < longest ? pause : longest;
}

/* Takes the outcome in and answers what it replaced, to be let go of without the mutex. */
static void publish(catalog_cache_t *cache, entry_t *entry, entry_t *replaced[2])
{
    replaced[0] = cache->failed;
    replaced[1] = NULL;
    cache->failed = NULL;
    cache->fetching = 0;
    if (entry && entry->catalog) {
        entry->catalog->version = ++cache->versions;
        replaced[1] = cache->good;
        cache->good = entry;
        cache->failures = 0;
        cache->next = apr_time_now() + cache->refresh;
    }
    else {
        cache->failed = entry;
        cache->failures++;
        cache->next = apr_time_now() + pause_after_failure(cache);
    }
    apr_thread_cond_broadcast(cache->changed);
}

static void fetch_and_publish(catalog_cache_t *cache)
{
    entry_t *replaced[2];
    entry_t *entry;

    cache->fetching = 1;
    apr_thread_mutex_unlock(cache->mutex);
    entry = fetch(cache);
    apr_thread_mutex_lock(cache->mutex);
    publish(cache, entry, replaced);
    apr_thread_mutex_unlock(cache->mutex);
    release(replaced[0]);
    release(replaced[1]);
    apr_thread_mutex_lock(cache->mutex);
}

/* Nothing to show yet and somebody is fetching: waits for the outcome, but not for ever. */
static void await_first(catalog_cache_t *cache)
{
    apr_time_t deadline = apr_time_now() + cache->api->total_timeout;
    apr_interval_time_t left;

    while (cache->fetching && !cache->good && (left = deadline - apr_time_now()) > 0) {
        apr_thread_cond_timedwait(cache->changed, cache->mutex, left);
    }
}

/* Why there is nothing to show, and when it makes sense to ask again. */
static problem_t *explain_nothing(const catalog_cache_t *cache, apr_pool_t *pool)
{
    problem_t *problem = cache->failed ? problem_copy(cache->failed->problem, pool)
                                       : problem_make(pool, PROBLEM_CATALOG_UNAVAILABLE,
                                                      "the first catalog is still being fetched");
    apr_interval_time_t left = cache->next - apr_time_now();

    if (problem->retry_after < left) {
        problem->retry_after = left;
    }
    return problem;
}

static problem_t *take(const catalog_t **catalog, problem_t **stale, catalog_cache_t *cache,
                       apr_pool_t *pool)
{
    if (!cache->good) {
        return explain_nothing(cache, pool);
    }
    lease_share(cache->good->lease, pool);
    *catalog = cache->good->catalog;
    if (stale) {
        *stale = cache->failed ? problem_copy(cache->failed->problem, pool) : NULL;
    }
    return NULL;
}

/* ---------------------------------------------------------------- the outside */

problem_t *catalog_cache_get_stale(const catalog_t **catalog, problem_t **stale,
                                   catalog_cache_t *cache, apr_pool_t *pool)
{
    problem_t *problem;

    apr_thread_mutex_lock(cache->mutex);
    if (!cache->fetching && apr_time_now() >= cache->next) {
        fetch_and_publish(cache);
    }
    else {
        await_first(cache);
    }
    problem = take(catalog, stale, cache, pool);
    apr_thread_mutex_unlock(cache->mutex);
    return problem;
}

problem_t *catalog_cache_get(const catalog_t **catalog, catalog_cache_t *cache, apr_pool_t *pool)
{
    return catalog_cache_get_stale(catalog, NULL, cache, pool);
}

static apr_status_t close_cache(void *data)
{
    catalog_cache_t *cache = data;

    release(cache->good);
    release(cache->failed);
    return APR_SUCCESS;
}

problem_t *catalog_cache_create(catalog_cache_t **cache, const api_t *api, http_t *http,
                                const catalog_choice_t *choice, apr_interval_time_t refresh,
                                apr_pool_t *pool)
{
    catalog_cache_t *made = apr_pcalloc(pool, sizeof(*made));

    made->api = api;
    made->http = http;
    made->choice = choice;
    made->refresh = refresh;
    if (apr_thread_mutex_create(&made->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS ||
        apr_thread_cond_create(&made->changed, pool) != APR_SUCCESS) {
        return problem_make(pool, PROBLEM_INTERNAL, "the system gave no mutex for the catalog");
    }
    apr_pool_cleanup_register(pool, made, close_cache, apr_pool_cleanup_null);
    *cache = made;
    return NULL;
}
