/* SPDX-License-Identifier: Apache-2.0 */
/* Linode's OAuth 2.0 server seen from a confidential client: authorization URL (RFC 6749 section
 * 4.1.1) with PKCE S256 (RFC 7636), token (4.1.3), revocation (RFC 7009).
 *
 * The client is immutable and shared by all threads; tokens live in the caller's pool and are wiped
 * with it. Linode reads its credentials from the body. Every value of an answer is checked before
 * it is believed: media type and size here, the rest in token_answer. */
#ifndef LINODE_OAUTH_H
#define LINODE_OAUTH_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <apr_time.h>
#include "support/http.h"
#include "support/problem.h"
#include "support/secret.h"

/* No token is believed to live longer than this, whatever a server says. */
#define OAUTH_LONGEST_LIFETIME apr_time_from_sec(86400)

typedef struct oauth_client_t {
    const char *login_url; /* without a slash at the end */
    const char *client_id;
    const char *client_secret;
    const char *redirect_uri;
    apr_array_header_t *scopes; /* const char *; see scope.h */
    const char *login_page;     /* see oauth_login_page */
    int pkce;
    int retries;
    apr_interval_time_t connect_timeout;
    apr_interval_time_t total_timeout;
    const struct authorities_t *authorities; /* as in http_request_t */
    const char *proxy;                       /* NULL: none */
    const atomic_int *abandon;               /* as in http_request_t */
} oauth_client_t;

typedef struct oauth_token_t {
    const char *access_token;
    apr_array_header_t *scopes; /* granted */
    apr_time_t expires;
} oauth_token_t;

/* The verifier's S256 challenge. */
problem_t *oauth_challenge(const char **challenge, const char *verifier,
                           const secret_extractor_t *extractor, apr_pool_t *pool);

/* The login's address as far as it is the same for all visitors; the client has to have the rest.
 */
const char *oauth_login_page(const oauth_client_t *client, apr_pool_t *pool);

/* Where to send the visitor: client_id, response_type, redirect_uri, scopes, state and, unless
 * challenge is NULL, code_challenge and code_challenge_method, each once. */
const char *oauth_authorize_url(const oauth_client_t *client, const char *state,
                                const char *challenge, apr_pool_t *pool);

/* Turns the authorization code into a token. CODE_REFUSED: used, expired or foreign code (the
 * server's reasons are kept); CLIENT_REFUSED: the client's own credentials; TOKEN_MALFORMED. A code
 * is sent again only if the first request was certainly not read. verifier may be NULL without
 * PKCE. With TOKEN_MALFORMED there may be a token in spite of the problem, to be revoked and
 * nothing else; otherwise a problem leaves *token NULL. */
problem_t *oauth_exchange(oauth_token_t **token, const oauth_client_t *client, http_t *http,
                          const char *code, const char *verifier, apr_time_t deadline,
                          apr_pool_t *pool);

/* Whether such a failure of an exchange leaves it open that there is a token. */
int oauth_may_have_issued(const problem_t *problem);

/* Ends the access token, and with it its refresh token. */
problem_t *oauth_revoke(const oauth_client_t *client, http_t *http, const char *access_token,
                        apr_time_t deadline, apr_pool_t *pool);

#endif
