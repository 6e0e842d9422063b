/* SPDX-License-Identifier: Apache-2.0 */
/* When to try again: pauses that double from a seventh of a second, each shortened at random by up
 * to a half so that many visitors do not come back in step, never below what the server asked for,
 * and never past the deadline. One retry_t belongs to one call. */
#ifndef LINODE_RETRY_H
#define LINODE_RETRY_H

#include <apr_time.h>

typedef struct retry_t {
    int left;            /* how often it may still be tried again */
    int made;            /* how often it was */
    apr_time_t deadline; /* no pause ends later; by workers_now, as nobody sets that clock */
} retry_t;

/* Sleeps for the next pause and answers true, or false at once when no try is left or the pause
 * would end at or past the deadline. asked is the server's Retry-After, or 0. */
int retry_wait(retry_t *retry, apr_interval_time_t asked);

/* The time, shortened at random by up to one part of so many. */
apr_interval_time_t retry_spread(apr_interval_time_t time, int parts);

#endif
