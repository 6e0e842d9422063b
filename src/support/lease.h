/* SPDX-License-Identifier: Apache-2.0 */
/* A pool that several threads use at once and the last one clears away.
 *
 * What is made once and replaced later (a catalog, a rendered page) cannot live in a pool of the
 * child, which never shrinks, nor in a request's, which ends too early. It lives in the pool of a
 * lease: no other pool is its parent and its allocator is its own, so that one thread can fill it
 * while others work, and whichever holder is the last destroys it. A lease begins with one holder,
 * who made it; whoever gets more holders for it has to be one himself, or has to hold the lock
 * under which the lease is found. */
#ifndef SUPPORT_LEASE_H
#define SUPPORT_LEASE_H

#include <apr_pools.h>
#include <stdatomic.h>

typedef struct lease_t {
    apr_pool_t *pool;
    atomic_uint holders;
} lease_t;

/* NULL when there is no memory. */
lease_t *lease_create(void);

/* One more holder, until his pool goes. */
void lease_share(lease_t *lease, apr_pool_t *holder);

/* One more holder, who ends it himself. */
void lease_hold(lease_t *lease);

/* One holder less; the last one destroys the pool. NULL is no lease. */
void lease_end(lease_t *lease);

#endif
