/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing a value that somebody else keeps for us: AES-256-GCM under keys derived by HKDF-SHA256.
 *
 *   sealed value, before base64url:
 *   +---------+-----------+----------------------------------+---------+
 *   | version | nonce     | AES-256-GCM of                   | tag     |
 *   | 1 byte  | 12 bytes  | expiry (8, seconds, big endian)  | 16      |
 *   |  = 1    | random    | + the value                      | bytes   |
 *   +---------+-----------+----------------------------------+---------+
 *   associated data: the version byte and the context string
 *
 * A ring of keys holds one or more; the first seals, all of them open, so that a key can be
 * replaced without throwing away what was sealed with the one before. The context (mount, client
 * ID, purpose) is not secret but must be the same on both sides. What does not open, for whatever
 * reason, is no value: there is one answer for tampered, truncated, foreign and expired. A ring is
 * immutable and may be used by all threads. */
#ifndef SUPPORT_SEAL_H
#define SUPPORT_SEAL_H

#include <apr_pools.h>
#include <apr_time.h>
#include "support/problem.h"

typedef struct seal_ring_t seal_ring_t;

/* Derives one key from each secret (count >= 1). The ring wipes its keys with the pool. */
problem_t *seal_ring_create(seal_ring_t **ring, const char *const *secrets, int count,
                            apr_pool_t *pool);

/* A ring for a purpose of its own: each key is derived from the one at its place in ring. */
problem_t *seal_ring_derive(seal_ring_t **derived, const seal_ring_t *ring, const char *purpose,
                            apr_pool_t *pool);

/* Seals value until expires; the text is base64url. */
problem_t *seal_close(const char **sealed, const seal_ring_t *ring, const char *context,
                      const char *value, apr_size_t length, apr_time_t expires, apr_pool_t *pool);

/* The value (NUL-terminated, *length without it), or NULL. A now below zero opens what has expired
 * as well. */
const char *seal_open(const seal_ring_t *ring, const char *context, const char *sealed,
                      apr_time_t now, apr_size_t *length, apr_pool_t *pool);

#endif
