/* SPDX-License-Identifier: Apache-2.0 */
/* The answer of a token endpoint (RFC 6749 section 5.1): each value is checked before it is
 * believed.
 *
 * Linode's "scopes" counts before the standard's "scope"; where neither is sent, what was asked for
 * was granted. A refresh token is looked at and not kept: it ends with the access token, and nobody
 * here would use it. What is kept lives in the pool and is wiped with it; the body is the caller's
 * to wipe. */
#ifndef LINODE_TOKEN_ANSWER_H
#define LINODE_TOKEN_ANSWER_H

#include <jansson.h>

#include "linode/oauth.h"

/* It names an error. */
int token_answer_is_error(const json_t *body);

/* NULL, or what is wrong with the answer. What looks like an access token is in the token in any
 * case, with an end. */
const char *token_answer_read(oauth_token_t *token, const json_t *body,
                              const apr_array_header_t *asked, apr_time_t now, apr_pool_t *pool);

#endif
