/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that sleep until there is work or until its time has come. POSIX threads and not APR's,
 * whose waits follow the wall clock and whose threads need a pool that nobody else uses. */
#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <apr_allocator.h>

#include "support/workers.h"

#define KEPT_MEMORY ((apr_size_t)64 * 1024) /* from one turn to the next */

struct workers_t {
    workers_turn_t *turn;
    void *baton;
    pthread_t *threads;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t work;
    pthread_cond_t ended;
    unsigned int wakes; /* how often work was announced */
    int most;
    int started;
    int running;
    int idle;
    int stopping;
    apr_time_t stop_at;
};

/* What a thread is given; it stands in the pool. */
typedef struct thread_t {
    workers_t *workers;
    apr_pool_t *pool;
} thread_t;

apr_time_t workers_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return apr_time_from_sec(now.tv_sec) + now.tv_nsec / 1000;
}

static void wait_until(pthread_cond_t *condition, workers_t *workers, apr_time_t time)
{
    struct timespec until = {.tv_sec = (time_t)apr_time_sec(time),
                             .tv_nsec = (long)apr_time_usec(time) * 1000};

    pthread_cond_timedwait(condition, &workers->mutex, &until);
}

/* ---------------------------------------------------------------- one thread */

/* Whether to go on. Work announced since `wakes` was read may have come too late for that turn. */
static int rest(workers_t *workers, unsigned int wakes, apr_time_t next)
{
    apr_time_t now = workers_now();

    if (workers->stopping) {
        return next <= now && now < workers->stop_at;
    }
    if (next > now && workers->wakes == wakes) {
        workers->idle++;
        wait_until(&workers->work, workers, next);
        workers->idle--;
    }
    return 1;
}

/* The mutex is held. */
static void work(workers_t *workers, apr_pool_t *pool)
{
    unsigned int wakes;
    apr_time_t next;

    do {
        wakes = workers->wakes;
        pthread_mutex_unlock(&workers->mutex);
        next = workers->turn(workers->baton, pool);
        apr_pool_clear(pool);
        pthread_mutex_lock(&workers->mutex);
    } while (rest(workers, wakes, next));
}

static void *run(void *data)
{
    apr_pool_t *pool = ((thread_t *)data)->pool;
    workers_t *workers = ((thread_t *)data)->workers;

    apr_pool_clear(pool);
    pthread_mutex_lock(&workers->mutex);
    work(workers, pool);
    workers->running--;
    pthread_cond_broadcast(&workers->ended);
    pthread_mutex_unlock(&workers->mutex);
    apr_pool_destroy(pool);
    return NULL;
}

/* ---------------------------------------------------------------- all of them, the mutex held */

/* Its pool is made before it: a thread without one would end at once, and leave no place for
 * another. */
static void start_one(workers_t *workers)
{
    sigset_t all, before;
    apr_pool_t *pool;
    thread_t *thread;

    if (apr_pool_create_unmanaged_ex(&pool, NULL, NULL) != APR_SUCCESS) {
        return;
    }
    apr_allocator_max_free_set(apr_pool_allocator_get(pool), KEPT_MEMORY);
    thread = apr_palloc(pool, sizeof(*thread));
    *thread = (thread_t){workers, pool};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&workers->threads[workers->started], NULL, run, thread) == 0) {
        workers->started++;
        workers->running++;
    }
    else {
        apr_pool_destroy(pool);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int workers_wake(workers_t *workers)
{
    int served;

    pthread_mutex_lock(&workers->mutex);
    workers->wakes++;
    if (workers->idle == 0 && workers->started < workers->most && !workers->stopping) {
        start_one(workers);
    }
    served = workers->running > 0;
    pthread_cond_signal(&workers->work);
    pthread_mutex_unlock(&workers->mutex);
    return served;
}

int workers_stop(workers_t *workers, apr_interval_time_t time)
{
    apr_time_t stop_at = workers_now() + time;
    int ended, i;

    pthread_mutex_lock(&workers->mutex);
    workers->stopping = 1;
    workers->stop_at = stop_at;
    pthread_cond_broadcast(&workers->work);
    while (workers->running > 0 && workers_now() < stop_at) {
        wait_until(&workers->ended, workers, stop_at);
    }
    ended = workers->running == 0;
    pthread_mutex_unlock(&workers->mutex);
    for (i = 0; ended && i < workers->started; i++) {
        pthread_join(workers->threads[i], NULL);
    }
    if (ended) {
        workers->started = 0;
    }
    return ended;
}

/* ---------------------------------------------------------------- from beginning to end */

static apr_status_t close_workers(void *data)
{
    workers_t *workers = data;

    pthread_cond_destroy(&workers->work);
    pthread_cond_destroy(&workers->ended);
    pthread_mutex_destroy(&workers->mutex);
    return APR_SUCCESS;
}

static int make_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    int made = pthread_condattr_init(&attributes) == 0;

    if (made) {
        made = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
               pthread_cond_init(condition, &attributes) == 0;
        pthread_condattr_destroy(&attributes);
    }
    return made;
}

workers_t *workers_create(int most, workers_turn_t *turn, void *baton, apr_pool_t *pool)
{
    workers_t *workers = apr_pcalloc(pool, sizeof(*workers));

    workers->turn = turn;
    workers->baton = baton;
    workers->most = most;
    workers->threads = apr_pcalloc(pool, sizeof(*workers->threads) * (apr_size_t)most);
    if (pthread_mutex_init(&workers->mutex, NULL) != 0 || !make_condition(&workers->work) ||
        !make_condition(&workers->ended)) {
        return NULL;
    }
    apr_pool_cleanup_register(pool, workers, close_workers, apr_pool_cleanup_null);
    return workers;
}
