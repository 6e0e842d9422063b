/* SPDX-License-Identifier: Apache-2.0 */
/* Making, deriving, comparing and forgetting secrets.
 *
 * Random bytes are the kernel's: it takes less time than the generator that OpenSSL keeps for each
 * thread. Derivation is HKDF-SHA256 (RFC 5869). Strings live in the pool given and are not wiped by
 * it: whoever holds a secret longer than a request registers secret_wipe_with_pool. All functions
 * may be called from any thread. */
#ifndef SUPPORT_SECRET_H
#define SUPPORT_SECRET_H

#include <apr_pools.h>
#include "support/problem.h"

/* The root password's length, in characters. */
#define SECRET_PASSWORD_LENGTH 32

/* Fills bytes from the kernel's generator. */
problem_t *secret_random(unsigned char *bytes, apr_size_t length, apr_pool_t *pool);

/* HKDF-SHA256 of key, no salt, into out. info is what the derived secret is for, context (may be
 * NULL) whom it is for; the two are told apart by a NUL byte. length is at most 8160. */
problem_t *secret_derive(unsigned char *out, apr_size_t length, const unsigned char *key,
                         apr_size_t key_length, const char *info, const char *context,
                         apr_pool_t *pool);

/* The same for several secrets of one key, whose first half (extract) is done once; what OpenSSL
 * has to look up for it is in the extractor, which all threads may use. A source is of one thread;
 * both are freed and wiped with their pools. */
typedef struct secret_extractor_t secret_extractor_t;
typedef struct secret_source_t secret_source_t;
problem_t *secret_extractor_create(secret_extractor_t **extractor, apr_pool_t *pool);
problem_t *secret_source_create(secret_source_t **source, const secret_extractor_t *extractor,
                                const unsigned char *key, apr_size_t key_length, apr_pool_t *pool);
problem_t *secret_source_derive(unsigned char *out, apr_size_t length,
                                const secret_source_t *source, const char *info,
                                const char *context, apr_pool_t *pool);

/* The text's SHA-256, of SECRET_DIGEST_LENGTH bytes, with what is looked up already. */
#define SECRET_DIGEST_LENGTH 32
problem_t *secret_digest(unsigned char *digest, const secret_extractor_t *extractor,
                         const char *text, apr_pool_t *pool);

/* A password of SECRET_PASSWORD_LENGTH characters in four classes (upper case, lower case, digits,
 * symbols), at least two of each, no character that looks like another, none that a shell or a URL
 * reads in a special way at the start of a word. The same for the same source, info and context, in
 * every version: who comes back after an update, or to another server, is shown what the Linode
 * got. One of sixty has a character three times in a row, which is no weakness at that length
 * (zxcvbn gives each of them its best score). */
problem_t *secret_password(const char **password, const secret_source_t *source, const char *info,
                           const char *context, apr_pool_t *pool);

/* The least and most characters of secret_word. */
#define SECRET_WORD_SHORTEST 8
#define SECRET_WORD_LONGEST  128

/* A secret of that many letters and digits, some of each (upper case, lower case, digits), none
 * that looks like another: 5 bits a character. The same for the same length, source, info and
 * context. */
problem_t *secret_word(const char **word, int length, const secret_source_t *source,
                       const char *info, const char *context, apr_pool_t *pool);

/* base64url without padding (RFC 4648 section 5). */
const char *secret_base64url(const unsigned char *bytes, apr_size_t length, apr_pool_t *pool);
/* The other way; NULL for anything that secret_base64url would not have written. */
unsigned char *secret_from_base64url(const char *text, apr_size_t *length, apr_pool_t *pool);
/* Crockford's base32 in lower case: 0-9 a-z without i l o u; five bits a character, the highest
 * bits first, no padding. */
const char *secret_base32(const unsigned char *bytes, apr_size_t length, apr_pool_t *pool);
/* The first bytes of the text's SHA-256 in base32: a name for what it says. */
const char *secret_fingerprint(const char *text, apr_size_t length, apr_size_t kept,
                               apr_pool_t *pool);
#define SECRET_FINGERPRINT 10 /* bytes that no two texts have in common by accident */

/* Equality of two strings in time that does not depend on where they differ. NULL equals nothing.
 */
int secret_equal(const char *a, const char *b);

void secret_wipe(void *bytes, apr_size_t length);
/* Wipes the string when the pool goes. */
void secret_wipe_with_pool(const char *text, apr_pool_t *pool);

#endif
