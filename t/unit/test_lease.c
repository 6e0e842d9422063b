/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever lets go last clears away, and nobody before. */
#include <apr_thread_proc.h>

#include "fixture.h"
#include "support/lease.h"

static atomic_int cleared;

static apr_status_t count(void *data)
{
    (void)data;
    atomic_fetch_add(&cleared, 1);
    return APR_SUCCESS;
}

static lease_t *lease_new(void)
{
    lease_t *lease = lease_create();

    ck_assert_ptr_nonnull(lease);
    apr_pool_cleanup_register(lease->pool, NULL, count, apr_pool_cleanup_null);
    atomic_store(&cleared, 0);
    return lease;
}

START_TEST(the_maker_is_a_holder)
{
    lease_end(lease_new());
    ck_assert_int_eq(atomic_load(&cleared), 1);
    lease_end(NULL);
}
END_TEST

START_TEST(a_pool_holds_until_it_goes)
{
    apr_pool_t *first, *second;
    lease_t *lease = lease_new();

    apr_pool_create(&first, pool);
    apr_pool_create(&second, pool);
    lease_share(lease, first);
    lease_share(lease, second);
    lease_end(lease);
    apr_pool_destroy(first);
    ck_assert_int_eq(atomic_load(&cleared), 0);
    apr_pool_destroy(second);
    ck_assert_int_eq(atomic_load(&cleared), 1);
}
END_TEST

START_TEST(who_holds_ends_it_himself)
{
    lease_t *lease = lease_new();

    lease_hold(lease);
    lease_end(lease);
    ck_assert_int_eq(atomic_load(&cleared), 0);
    lease_end(lease);
    ck_assert_int_eq(atomic_load(&cleared), 1);
}
END_TEST

static void *APR_THREAD_FUNC hold_often(apr_thread_t *thread, void *data)
{
    int i;

    for (i = 0; i < 10000; i++) {
        lease_hold(data);
        lease_end(data);
    }
    lease_end(data);
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

START_TEST(threads_clear_it_once)
{
    apr_thread_t *threads[4];
    lease_t *lease = lease_new();
    int i;

    for (i = 0; i < 4; i++) {
        lease_hold(lease);
        ck_assert_int_eq(apr_thread_create(&threads[i], NULL, hold_often, lease, pool),
                         APR_SUCCESS);
    }
    lease_end(lease);
    for (i = 0; i < 4; i++) {
        apr_status_t ended;

        apr_thread_join(&ended, threads[i]);
    }
    ck_assert_int_eq(atomic_load(&cleared), 1);
}
END_TEST

TESTS("lease", the_maker_is_a_holder, a_pool_holds_until_it_goes, who_holds_ends_it_himself,
      threads_clear_it_once)
