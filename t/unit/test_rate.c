/* SPDX-License-Identifier: Apache-2.0 */
/* Token buckets: how many at once, how fast again, counted by all processes and threads. The source
 * itself comes before anything else, for the test that looks into the shared memory. */
#include "support/rate.c" // NOLINT(bugprone-suspicious-include)

#include <sys/wait.h>
#include <unistd.h>

#include <apr_thread_proc.h>

#include "fixture.h"
#include "support/workers.h"

#define NAME "198.51.100.1"

static const rate_limit_t ten_a_minute = {10, 60 * APR_USEC_PER_SEC};

static rate_t *rate_new(void)
{
    rate_t *rate = NULL;

    ck_assert_fine(rate_create(&rate, pool));
    return rate;
}

static apr_interval_time_t take(rate_t *rate, const char *name, apr_time_t now)
{
    return rate_take(rate, &ten_a_minute, name, strlen(name), now);
}

START_TEST(a_full_bucket_holds_its_count)
{
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;
    int i;

    for (i = 0; i < 10; i++) {
        ck_assert_int_eq((int)take(rate, NAME, now), 0);
    }
    ck_assert_int_eq((int)take(rate, NAME, now), 6 * APR_USEC_PER_SEC);
    ck_assert_int_eq((int)take(rate, NAME, now), 6 * APR_USEC_PER_SEC);
}
END_TEST

START_TEST(it_fills_up_evenly)
{
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;
    int i;

    for (i = 0; i < 10; i++) {
        take(rate, NAME, now);
    }
    ck_assert_int_gt((int)take(rate, NAME, now + 5 * APR_USEC_PER_SEC), 0);
    ck_assert_int_eq((int)take(rate, NAME, now + 6 * APR_USEC_PER_SEC), 0);
    ck_assert_int_gt((int)take(rate, NAME, now + 6 * APR_USEC_PER_SEC), 0);
    now += 600 * APR_USEC_PER_SEC;
    for (i = 0; i < 10; i++) {
        ck_assert_int_eq((int)take(rate, NAME, now), 0);
    }
    ck_assert_int_gt((int)take(rate, NAME, now), 0);
}
END_TEST

START_TEST(others_have_buckets_of_their_own)
{
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;
    int i;

    for (i = 0; i < 11; i++) {
        take(rate, NAME, now);
    }
    ck_assert_int_gt((int)take(rate, NAME, now), 0);
    ck_assert_int_eq((int)take(rate, "198.51.100.2", now), 0);
}
END_TEST

START_TEST(no_count_is_no_limit)
{
    const rate_limit_t none = {0, 0};
    rate_t *rate = rate_new();
    int i;

    for (i = 0; i < 1000; i++) {
        ck_assert_int_eq((int)rate_take(rate, &none, NAME, 4, workers_now()), 0);
    }
}
END_TEST

/* A clock that goes back forgives, and never locks anybody out. */
START_TEST(time_may_go_back)
{
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;

    ck_assert_int_eq((int)take(rate, NAME, now), 0);
    ck_assert_int_eq((int)take(rate, NAME, now - 3600 * APR_USEC_PER_SEC), 0);
}
END_TEST

/* More visitors than there is room for: the busiest are not the ones that are forgotten. */
START_TEST(a_crowd_does_not_free_the_busy)
{
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;
    int free_again = 0;
    int i;

    for (i = 0; i < 100; i++) {
        int j;

        for (j = 0; j < 10; j++) {
            take(rate, apr_psprintf(pool, "busy %d", i), now);
        }
    }
    for (i = 0; i < 20000; i++) {
        take(rate, apr_psprintf(pool, "once %d", i), now);
    }
    for (i = 0; i < 100; i++) {
        free_again += take(rate, apr_psprintf(pool, "busy %d", i), now) == 0;
    }
    ck_assert_int_eq(free_again, 0);
}
END_TEST

static int taken(rate_t *rate, apr_time_t now)
{
    int count = 0;
    int i;

    for (i = 0; i < 1000; i++) {
        const rate_limit_t thousand = {1000, 3600 * APR_USEC_PER_SEC};

        count += rate_take(rate, &thousand, NAME, sizeof(NAME), now) == 0;
    }
    return count;
}

START_TEST(processes_count_together)
{
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;
    pid_t children[4];
    int ends[2];
    int sum = 0;
    int i;

    ck_assert_int_eq(pipe(ends), 0);
    for (i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            int count = taken(rate, now);

            _exit(write(ends[1], &count, sizeof(count)) == sizeof(count) ? 0 : 1);
        }
    }
    for (i = 0; i < 4; i++) {
        int count = 0;

        ck_assert_int_eq((int)read(ends[0], &count, sizeof(count)), (int)sizeof(count));
        sum += count;
        waitpid(children[i], NULL, 0);
    }
    ck_assert_int_eq(sum, 1000);
}
END_TEST

typedef struct racer_t {
    rate_t *rate;
    apr_time_t now;
    int count;
} racer_t;

static void *APR_THREAD_FUNC race(apr_thread_t *thread, void *data)
{
    racer_t *racer = data;

    racer->count = taken(racer->rate, racer->now);
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

START_TEST(threads_count_together)
{
    racer_t racers[4];
    apr_thread_t *threads[4];
    rate_t *rate = rate_new();
    apr_time_t now = workers_now() + APR_USEC_PER_SEC;
    int sum = 0;
    int i;

    for (i = 0; i < 4; i++) {
        racers[i] = (racer_t){rate, now, 0};
        ck_assert_int_eq(apr_thread_create(&threads[i], NULL, race, &racers[i], pool), APR_SUCCESS);
    }
    for (i = 0; i < 4; i++) {
        apr_status_t ended;

        apr_thread_join(&ended, threads[i]);
        sum += racers[i].count;
    }
    ck_assert_int_eq(sum, 1000);
}
END_TEST

/* The one bucket that is in use, or -1. */
static int place_of(const rate_t *rate)
{
    const _Atomic uint64_t *words = &rate->segment->bucket[0][0];
    int i;

    for (i = 0; i < SETS * WAYS && !words[i]; i++) {
    }
    return i < SETS * WAYS ? i : -1;
}

/* Who reads the shared memory cannot tell an address by trying all of them. */
START_TEST(a_name_is_hashed_with_a_key)
{
    int seen = -1, differs = 0;
    int i;

    for (i = 0; i < 8; i++) {
        rate_t *rate = rate_new();

        take(rate, NAME, workers_now() + APR_USEC_PER_SEC);
        differs |= i > 0 && place_of(rate) != seen;
        seen = place_of(rate);
        ck_assert_int_ge(seen, 0);
    }
    ck_assert(differs);
}
END_TEST

TESTS("rate", a_full_bucket_holds_its_count, it_fills_up_evenly, others_have_buckets_of_their_own,
      no_count_is_no_limit, time_may_go_back, a_crowd_does_not_free_the_busy,
      processes_count_together, threads_count_together, a_name_is_hashed_with_a_key)
