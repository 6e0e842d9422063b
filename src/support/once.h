/* SPDX-License-Identifier: Apache-2.0 */
/* Things that several processes know and one of them is to say, once.
 *
 * A table in shared memory, made before the fork; each text leaves a hash in it. Any thread of any
 * process asks it without a lock. Where the table is full, nothing is first any more. */
#ifndef SUPPORT_ONCE_H
#define SUPPORT_ONCE_H

#include <apr_pools.h>

#define ONCE_TEXTS 1024

typedef struct once_t once_t;

/* NULL when the system gives no shared memory. */
once_t *once_create(apr_pool_t *pool);

/* True for the first that asks about this text. Without a table everybody is. */
int once_first(once_t *once, const char *text);

#endif
