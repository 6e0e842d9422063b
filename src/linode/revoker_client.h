/* SPDX-License-Identifier: Apache-2.0 */
/* A mount's client in the revoker's eyes: the key that seals what waits for it, and how revoking
 * fares with it.
 *
 * What is wrong with Linode or with the client's credentials makes all of its tokens wait: a second
 * at first, twice as long after each failure up to five minutes, and never shorter than Linode
 * asked for. A success ends that. The pauses have no lock of their own: failed and succeeded are
 * called under the revoker's mutex, and so is `resume` read. Times are workers_now's. */
#ifndef LINODE_REVOKER_CLIENT_H
#define LINODE_REVOKER_CLIENT_H

#include "linode/revoker.h"

typedef struct revoker_client_state_t {
    oauth_client_t oauth; /* tries once: the pauses are ours */
    seal_ring_t *ring;
    const char *context;
    int failures;      /* since the last success */
    apr_time_t resume; /* no token of the client is tried before */
    apr_time_t paused; /* when that was decided */
} revoker_client_state_t;

problem_t *revoker_client_make(revoker_client_state_t *client, const revoker_client_t *given,
                               const atomic_int *abandon, apr_pool_t *pool);

/* Which of the clients such a sealed text is of, and when its token ends; -1 for none. */
int revoker_client_of(apr_time_t *expires, const revoker_client_state_t *clients, int count,
                      const char *text, apr_pool_t *pool);

/* How long to wait after so many failures, the last one of which was that problem. */
apr_interval_time_t revoker_client_pause(int failures, const problem_t *problem);

/* True if this failure is the one that decides the pause, and not one of a call that was under way
 * already. */
int revoker_client_failed(revoker_client_state_t *client, apr_time_t began,
                          const problem_t *problem);
/* True after failures. */
int revoker_client_succeeded(revoker_client_state_t *client);

#endif
