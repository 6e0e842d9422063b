/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens that must not outlive their use (revocation: RFC 7009).
 *
 * Before a token is used for the first time it is held: sealed with the mount's key and written to
 * the journal; so is, before it is sent, the code that the token will come of. When the token's use
 * is over it is handed over, and a thread of this child revokes it at once, away from the visitor's
 * answer; if Linode does not take it, again and again, up to the token's own end. Only then is the
 * entry struck. Whatever a process leaves behind, however it ended, the revoker of another child
 * takes up within seconds, or that of the next start.
 *
 *   revoker_hold --> held (journal) -- revoker_hand_over --> due -- revoked --------> struck
 *                      |                                      ^  |                      ^
 *                      | the process is killed                |  +-- fails: due later   | too late:
 *                      v                                      |  |   (1 s, doubled up   | it ended
 *                   left in its file -- another's sweep ------+--+    to 5 min)  -------+ by itself
 *
 * The threads are the child's own and not mod_watchdog's: they are woken at once, they need no
 * further module, and a Linode that hangs holds up nobody else's callbacks. What is wrong with
 * Linode or with the client's credentials (no answer, 5xx, 429 with Retry-After, 401) makes all of
 * that client's tokens wait; what is wrong with one token, that one alone. Revoking twice does no
 * harm, so that nothing depends on who wins when two processes have the same entry.
 *
 * In memory, too, a token that waits is sealed; it is in clear only while Linode is told. Access
 * and refresh token end together at Linode, so the access token is all that is kept. The revoker
 * and its HTTP client belong to a pool of their own, as a thread may still be waiting for Linode
 * when the child ends (revoker_stop). All functions may be called from any thread. */
#ifndef LINODE_REVOKER_H
#define LINODE_REVOKER_H

#include <apr_pools.h>
#include "linode/journal.h"
#include "linode/oauth.h"
#include "support/http.h"
#include "support/log.h"
#include "support/metric.h"
#include "support/seal.h"

typedef struct revoker_client_t {
    const oauth_client_t *oauth;
    const seal_ring_t *ring; /* the mount's; the revoker derives its own keys from it */
} revoker_client_t;

typedef struct revoker_options_t {
    const char *directory;
    const revoker_client_t *clients;
    int count;
    int threads; /* most at a time; 0: none, and revoker_turn is called by hand */
    const journal_limits_t *limits;
    metric_set_t *metrics; /* or NULL */
    const log_t *log;
} revoker_options_t;

typedef struct revoker_t revoker_t;

/* After the fork; what options point to has to last as long. A journal that cannot be written is
 * logged, and tried again with each token. */
problem_t *revoker_create(revoker_t **revoker, const revoker_options_t *options, http_t *http,
                          apr_pool_t *pool);

typedef struct revoker_hold_t revoker_hold_t;

/* Makes sure that the token will be revoked: at hand-over, or when pool goes. client is an index
 * of the options'. TOKEN_UNLOGGED: the token must not be used; it is being revoked already. */
problem_t *revoker_hold(revoker_hold_t **held, revoker_t *revoker, int client,
                        const oauth_token_t *token, apr_pool_t *pool);

/* The same for an authorization code before it is sent: if the answer gets lost, or this process
 * does, there may be a token that nobody knows (revocable.h). TOKEN_UNLOGGED: it must not be sent,
 * and nothing has to be revoked. verifier may be NULL without PKCE. */
problem_t *revoker_hold_code(revoker_hold_t **held, revoker_t *revoker, int client,
                             const char *code, const char *verifier, apr_pool_t *pool);

/* The token's use is over; the code's answer did not come. */
void revoker_hand_over(revoker_hold_t *held);
/* Nothing is left to be revoked. */
void revoker_let_go(revoker_hold_t *held);

/* Does one thing that is due; answers when there will be another (workers.h). */
apr_time_t revoker_turn(revoker_t *revoker, apr_pool_t *pool);

/* How many tokens are held or wait to be revoked. */
int revoker_count(revoker_t *revoker);

/* What the revoker was made from. */
apr_pool_t *revoker_pool(const revoker_t *revoker);

/* Ends the threads within two or three seconds, finishing what is quick. What is left stays in
 * the journal. False: a thread is still there, and the pool must be left to the process's end. */
int revoker_stop(revoker_t *revoker);

#endif
