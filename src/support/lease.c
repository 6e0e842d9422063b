/* SPDX-License-Identifier: Apache-2.0 */
#include "support/lease.h"

#include <apr_allocator.h>

lease_t *lease_create(void)
{
    apr_allocator_t *allocator;
    apr_pool_t *pool;
    lease_t *lease;

    if (apr_allocator_create(&allocator) != APR_SUCCESS) {
        return NULL;
    }
    if (apr_pool_create_unmanaged_ex(&pool, NULL, allocator) != APR_SUCCESS) {
        apr_allocator_destroy(allocator);
        return NULL;
    }
    apr_allocator_owner_set(allocator, pool);
    apr_allocator_max_free_set(allocator, 1); /* what was scratch goes back at once */
    lease = apr_pcalloc(pool, sizeof(*lease));
    atomic_init(&lease->holders, 1);
    lease->pool = pool;
    return lease;
}

void lease_hold(lease_t *lease)
{
    atomic_fetch_add(&lease->holders, 1);
}

void lease_end(lease_t *lease)
{
    if (lease && atomic_fetch_sub(&lease->holders, 1) == 1) {
        apr_pool_destroy(lease->pool);
    }
}

static apr_status_t end_with_pool(void *lease)
{
    lease_end(lease);
    return APR_SUCCESS;
}

void lease_share(lease_t *lease, apr_pool_t *holder)
{
    lease_hold(lease);
    apr_pool_cleanup_register(holder, lease, end_with_pool, apr_pool_cleanup_null);
}
