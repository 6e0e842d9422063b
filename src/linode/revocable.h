/* SPDX-License-Identifier: Apache-2.0 */
/* What has to be taken back at Linode: a token, or an authorization code whose answer got lost.
 *
 * A token is revoked (RFC 7009). A code is presented once more: if a token was made from it, Linode
 * is told that it was used twice, and revokes that token (RFC 6749 section 4.1.2); if none was, one
 * is made now and revoked. Either way nothing is left of the login.
 *
 * Sealed, it can wait in a journal; the value inside is lines of text:
 *
 *     end of life in seconds \n "token" \n token
 *     end of life in seconds \n "code"  \n code  \n PKCE verifier, empty without
 *
 * An opened one points into the pool, where it stays until it is wiped. */
#ifndef LINODE_REVOCABLE_H
#define LINODE_REVOCABLE_H

#include <apr_pools.h>
#include "linode/oauth.h"
#include "support/seal.h"

typedef struct revocable_t {
    apr_time_t expires;
    const char *token; /* NULL: the code */
    const char *code;
    const char *verifier; /* NULL without PKCE */
} revocable_t;

problem_t *revocable_seal(const char **sealed, const revocable_t *revocable,
                          const seal_ring_t *ring, const char *context, apr_pool_t *pool);

/* False for whatever was not sealed by this ring in this context. Expired ones open as well. */
int revocable_open(revocable_t *revocable, const char *sealed, const seal_ring_t *ring,
                   const char *context, apr_pool_t *pool);

void revocable_wipe(revocable_t *revocable);

/* Tells Linode. NULL once nothing is left of it. A code of which a token came only now is that
 * token from then on, so that it is the token that has to wait when Linode does not take it. */
problem_t *revocable_revoke(revocable_t *revocable, const oauth_client_t *client, http_t *http,
                            apr_time_t deadline, apr_pool_t *pool);

#endif
