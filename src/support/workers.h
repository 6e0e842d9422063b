/* SPDX-License-Identifier: Apache-2.0 */
/* A few threads for work that no request waits for.
 *
 * `turn` does one piece of work, or none, and answers when it wants to be called again; how the
 * work is kept and shared out is its own business, as several threads call it at once. The first
 * thread runs from the start, others are added when work is announced and all are busy; an idle
 * thread costs its stack. They take no signals: those are for the thread that httpd waits with.
 *
 * Times are microseconds of workers_now, a clock that is never set: no thread sleeps for an hour
 * because somebody turned the wall clock back. */
#ifndef SUPPORT_WORKERS_H
#define SUPPORT_WORKERS_H

#include <apr_pools.h>
#include <apr_time.h>

/* The pool is the thread's own and cleared after each turn. An answer in the past (0): at once. */
typedef apr_time_t workers_turn_t(void *baton, apr_pool_t *pool);

typedef struct workers_t workers_t;

apr_time_t workers_now(void);

/* most >= 1. NULL when the system gives no mutex. The workers live in the pool, which must not go
 * before workers_stop has answered true. */
workers_t *workers_create(int most, workers_turn_t *turn, void *baton, apr_pool_t *pool);

/* There is something to do. True unless nobody could be found or made to do it. */
int workers_wake(workers_t *workers);

/* Lets the threads do what is due, for at most `time`, and ends them. True when all have ended;
 * otherwise some turn has not come back yet, and one may call again. */
int workers_stop(workers_t *workers, apr_interval_time_t time);

#endif
