/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSSH public keys as people paste them: one a line, type, base64 and comment, without options
 * (sshd(8), AUTHORIZED_KEYS FILE FORMAT), for authorized_keys of POST /linode/instances.
 *
 * The base64 holds the type once more and then the numbers of the key, each with its length in four
 * bytes before it (RFC 4253 section 6.6, RFC 5656, RFC 8709; PROTOCOL.u2f of OpenSSH): a key that
 * was cut off, or put together from two, does not add up. Whoever pastes a private key has to be
 * told, and no copy of it may stay: problems never repeat what was pasted. Results live in the
 * pool. */
#ifndef LINODE_SSH_KEY_H
#define LINODE_SSH_KEY_H

#include <apr_pools.h>
#include <jansson.h>
#include "support/problem.h"

#define SSH_KEY_FIELD "authorized_keys" /* of the form, and of the create */
#define SSH_KEY_MOST  16

/* An array of the lines that hold a key, held by the pool; NULL for a text without any.
 * PRIVATE_KEY, or ANSWER_INVALID with a message that stands beside the field. */
problem_t *ssh_key_read(json_t **keys, const char *text, apr_pool_t *pool);

/* The lines as a text, as they would be pasted. */
const char *ssh_key_text(const json_t *keys, apr_pool_t *pool);

/* NULL, or what is wrong with one line, as a sentence. */
const char *ssh_key_check(const char *line, apr_pool_t *pool);

/* PRIVATE_KEY. */
problem_t *ssh_key_refuse_private(apr_pool_t *pool);

/* Whether there is a private key in it, in any of the usual formats. */
int ssh_key_is_private(const char *text);

/* Whether each line begins as public keys do; anything else might be a private key in a format that
 * nobody has told us, and is never sent back. */
int ssh_key_may_be_shown(const char *text, apr_pool_t *pool);

#endif
