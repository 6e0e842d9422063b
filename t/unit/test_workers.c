/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that do what is due, sleep until there is more, and end when they are told. */
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>

#include "fixture.h"
#include "support/workers.h"

#define LONG apr_time_from_sec(600)

/* While set, there is no memory for another pool of its own. */
static atomic_int no_pools;

typedef apr_status_t make_pool_t(apr_pool_t **, apr_abortfunc_t, apr_allocator_t *);

#undef apr_pool_create_unmanaged_ex
apr_status_t apr_pool_create_unmanaged_ex(apr_pool_t **made, apr_abortfunc_t abort_fn,
                                          apr_allocator_t *allocator)
{
    make_pool_t *make = (make_pool_t *)dlsym(RTLD_NEXT, "apr_pool_create_unmanaged_ex");

    return atomic_load(&no_pools) ? APR_ENOMEM : make(made, abort_fn, allocator);
}

/* Work that a test lays down and takes away. */
typedef struct desk_t {
    atomic_int papers;
    atomic_int done;
    atomic_int turns;
    atomic_int busy;
    atomic_int blocked; /* while set, whoever has a paper keeps it */
} desk_t;

static apr_time_t turn(void *baton, apr_pool_t *thread_pool)
{
    desk_t *desk = baton;

    atomic_fetch_add(&desk->turns, 1);
    ck_assert_ptr_nonnull(apr_palloc(thread_pool, 10000));
    if (atomic_fetch_sub(&desk->papers, 1) <= 0) {
        atomic_fetch_add(&desk->papers, 1);
        return workers_now() + LONG;
    }
    atomic_fetch_add(&desk->busy, 1);
    while (atomic_load(&desk->blocked)) {
        apr_sleep(1000);
    }
    atomic_fetch_sub(&desk->busy, 1);
    atomic_fetch_add(&desk->done, 1);
    return 0;
}

/* Waits for something that will come about; the test's own time limit ends it otherwise. */
#define ck_await(condition)                                                                        \
    do {                                                                                           \
        apr_sleep(1000);                                                                           \
    } while (!(condition))

static void lay_down(desk_t *desk, workers_t *workers, int papers)
{
    int i;

    for (i = 0; i < papers; i++) {
        atomic_fetch_add(&desk->papers, 1);
        ck_assert(workers_wake(workers));
    }
}

START_TEST(announced_work_is_done)
{
    desk_t desk = {0};
    workers_t *workers = workers_create(3, turn, &desk, pool);

    lay_down(&desk, workers, 100);
    ck_await(atomic_load(&desk.done) == 100);
    lay_down(&desk, workers, 1);
    ck_await(atomic_load(&desk.done) == 101);
    ck_assert(workers_stop(workers, LONG));
}
END_TEST

START_TEST(idle_threads_sleep)
{
    desk_t desk = {0};
    workers_t *workers = workers_create(3, turn, &desk, pool);
    int turns;

    lay_down(&desk, workers, 1);
    ck_await(atomic_load(&desk.done) == 1);
    apr_sleep(20000);
    turns = atomic_load(&desk.turns);
    apr_sleep(50000);
    ck_assert_int_le(atomic_load(&desk.turns), turns + 1);
    ck_assert(workers_stop(workers, LONG));
}
END_TEST

START_TEST(busy_threads_get_help_up_to_the_limit)
{
    desk_t desk = {.blocked = 1};
    workers_t *workers = workers_create(3, turn, &desk, pool);

    lay_down(&desk, workers, 10);
    ck_await(atomic_load(&desk.busy) == 3);
    apr_sleep(20000);
    ck_assert_int_eq(atomic_load(&desk.busy), 3);
    atomic_store(&desk.blocked, 0);
    ck_await(atomic_load(&desk.done) == 10);
    ck_assert(workers_stop(workers, LONG));
}
END_TEST

START_TEST(what_is_due_is_finished_at_the_end)
{
    desk_t desk = {.blocked = 1};
    workers_t *workers = workers_create(1, turn, &desk, pool);

    lay_down(&desk, workers, 5);
    ck_await(atomic_load(&desk.busy) == 1);
    atomic_store(&desk.blocked, 0);
    ck_assert(workers_stop(workers, LONG));
    ck_assert_int_eq(atomic_load(&desk.done), 5);
}
END_TEST

START_TEST(a_turn_that_does_not_come_back_is_told_of)
{
    desk_t desk = {.blocked = 1};
    workers_t *workers = workers_create(2, turn, &desk, pool);

    lay_down(&desk, workers, 1);
    ck_await(atomic_load(&desk.busy) == 1);
    ck_assert(!workers_stop(workers, 1000));
    atomic_store(&desk.blocked, 0);
    ck_assert(workers_stop(workers, LONG));
}
END_TEST

START_TEST(nobody_is_made_after_the_end)
{
    desk_t desk = {0};
    workers_t *workers = workers_create(2, turn, &desk, pool);

    ck_assert(workers_stop(workers, LONG));
    atomic_fetch_add(&desk.papers, 1);
    ck_assert(!workers_wake(workers));
    ck_assert_int_eq(atomic_load(&desk.turns), 0);
}
END_TEST

static apr_time_t note_signals(void *baton, apr_pool_t *thread_pool)
{
    sigset_t blocked;

    (void)thread_pool;
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    atomic_store((atomic_int *)baton, 1 + sigismember(&blocked, SIGTERM));
    return workers_now() + LONG;
}

START_TEST(signals_are_for_others)
{
    atomic_int seen = 0;
    workers_t *workers = workers_create(1, note_signals, &seen, pool);
    sigset_t blocked;

    ck_assert(workers_wake(workers));
    ck_await(atomic_load(&seen));
    ck_assert_int_eq(atomic_load(&seen), 2);
    ck_assert(workers_stop(workers, LONG));
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    ck_assert(!sigismember(&blocked, SIGTERM));
}
END_TEST

/* Want of memory takes no thread's place for ever. */
START_TEST(work_goes_on_when_there_is_memory_again)
{
    desk_t desk = {0};
    workers_t *workers = workers_create(1, turn, &desk, pool);

    atomic_store(&no_pools, 1);
    ck_assert(!workers_wake(workers));
    apr_sleep(100000);
    atomic_store(&no_pools, 0);
    lay_down(&desk, workers, 1);
    ck_await(atomic_load(&desk.done) == 1);
    ck_assert(workers_stop(workers, LONG));
}
END_TEST

TESTS("workers", announced_work_is_done, idle_threads_sleep, busy_threads_get_help_up_to_the_limit,
      what_is_due_is_finished_at_the_end, a_turn_that_does_not_come_back_is_told_of,
      nobody_is_made_after_the_end, signals_are_for_others, work_goes_on_when_there_is_memory_again)
