/* SPDX-License-Identifier: Apache-2.0 */
/* The diagram in seal.h, written and read.
 *
 * Nonces are random: a ring may seal some 2^32 values before two of them could share a nonce with
 * a chance worth naming (NIST SP 800-38D, section 8.3). */
#include <limits.h>
#include <string.h>

#include <openssl/evp.h>

#include "support/seal.h"
#include "support/secret.h"

#define VERSION       1
#define KEY_LENGTH    32
#define NONCE_LENGTH  12
#define EXPIRY_LENGTH 8
#define TAG_LENGTH    16
#define OVERHEAD      (1 + NONCE_LENGTH + EXPIRY_LENGTH + TAG_LENGTH)

struct seal_ring_t {
    EVP_CIPHER *algorithm; /* AES-256-GCM, looked up once */
    int count;
    unsigned char (*keys)[KEY_LENGTH];
};

static apr_status_t close_ring(void *data)
{
    seal_ring_t *ring = data;

    EVP_CIPHER_free(ring->algorithm);
    secret_wipe(ring->keys, (apr_size_t)ring->count * KEY_LENGTH);
    return APR_SUCCESS;
}

static seal_ring_t *empty_ring(int count, apr_pool_t *pool)
{
    seal_ring_t *made = apr_pcalloc(pool, sizeof(*made));

    made->algorithm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    made->count = count;
    made->keys = apr_pcalloc(pool, (apr_size_t)count * KEY_LENGTH);
    apr_pool_cleanup_register(pool, made, close_ring, apr_pool_cleanup_null);
    return made;
}

problem_t *seal_ring_create(seal_ring_t **ring, const char *const *secrets, int count,
                            apr_pool_t *pool)
{
    seal_ring_t *made = empty_ring(count, pool);
    int i;

    for (i = 0; i < count; i++) {
        problem_t *problem =
            secret_derive(made->keys[i], KEY_LENGTH, (const unsigned char *)secrets[i],
                          strlen(secrets[i]), "mod_linode_oauth seal", NULL, pool);

        if (problem) {
            return problem;
        }
    }
    *ring = made;
    return NULL;
}

problem_t *seal_ring_derive(seal_ring_t **derived, const seal_ring_t *ring, const char *purpose,
                            apr_pool_t *pool)
{
    seal_ring_t *made = empty_ring(ring->count, pool);
    int i;

    for (i = 0; i < ring->count; i++) {
        problem_t *problem = secret_derive(made->keys[i], KEY_LENGTH, ring->keys[i], KEY_LENGTH,
                                           "mod_linode_oauth seal purpose", purpose, pool);

        if (problem) {
            return problem;
        }
    }
    *derived = made;
    return NULL;
}

/* Takes up the associated data: the version byte, then the context. */
static int authenticate(EVP_CIPHER_CTX *cipher, const char *context)
{
    static const unsigned char version = VERSION;
    size_t length = strlen(context);
    int written;

    return length <= INT_MAX && EVP_CipherUpdate(cipher, NULL, &written, &version, 1) == 1 &&
           EVP_CipherUpdate(cipher, NULL, &written, (const unsigned char *)context, (int)length) ==
               1;
}

static int encrypt(unsigned char *out, const seal_ring_t *ring, const char *context,
                   const unsigned char *expiry, const char *value, apr_size_t length)
{
    unsigned char *nonce = out + 1;
    unsigned char *text = nonce + NONCE_LENGTH;
    unsigned char *tag = text + EXPIRY_LENGTH + length;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int written;
    int sealed = cipher &&
                 EVP_EncryptInit_ex2(cipher, ring->algorithm, ring->keys[0], nonce, NULL) == 1 &&
                 authenticate(cipher, context) &&
                 EVP_EncryptUpdate(cipher, text, &written, expiry, EXPIRY_LENGTH) == 1 &&
                 EVP_EncryptUpdate(cipher, text + EXPIRY_LENGTH, &written,
                                   (const unsigned char *)value, (int)length) == 1 &&
                 EVP_EncryptFinal_ex(cipher, tag, &written) == 1 &&
                 EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, TAG_LENGTH, tag) == 1;

    EVP_CIPHER_CTX_free(cipher);
    return sealed;
}

/* Decrypts expiry and value into out with that key of the ring; true only if the tag, which follows
 * them, is right. */
static int decrypt(unsigned char *text, int length, const seal_ring_t *ring, int which,
                   const unsigned char *nonce, const char *context, unsigned char *out)
{
    unsigned char *tag = text + length;
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int written;
    int opened =
        cipher &&
        EVP_DecryptInit_ex2(cipher, ring->algorithm, ring->keys[which], nonce, NULL) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, TAG_LENGTH, tag) == 1 &&
        authenticate(cipher, context) &&
        EVP_DecryptUpdate(cipher, out, &written, text, length) == 1 &&
        EVP_DecryptFinal_ex(cipher, out + length, &written) == 1;

    EVP_CIPHER_CTX_free(cipher);
    return opened;
}

problem_t *seal_close(const char **sealed, const seal_ring_t *ring, const char *context,
                      const char *value, apr_size_t length, apr_time_t expires, apr_pool_t *pool)
{
    apr_size_t size = length + OVERHEAD;
    apr_uint64_t seconds = expires > 0 ? (apr_uint64_t)apr_time_sec(expires + 999999) : 0;
    unsigned char expiry[EXPIRY_LENGTH];
    unsigned char *bytes;
    problem_t *problem;
    int i;

    if (length > INT_MAX - OVERHEAD) {
        return problem_make(pool, PROBLEM_INTERNAL, "a value is too long to be sealed");
    }
    bytes = apr_palloc(pool, size);
    bytes[0] = VERSION;
    problem = secret_random(bytes + 1, NONCE_LENGTH, pool);
    if (problem) {
        return problem;
    }
    for (i = 0; i < EXPIRY_LENGTH; i++) {
        expiry[i] = (unsigned char)(seconds >> (8 * (EXPIRY_LENGTH - 1 - i)));
    }
    if (!encrypt(bytes, ring, context, expiry, value, length)) {
        return problem_make(pool, PROBLEM_INTERNAL, "OpenSSL could not seal a value");
    }
    *sealed = secret_base64url(bytes, size, pool);
    return NULL;
}

static int alive(const unsigned char *expiry, apr_time_t now)
{
    apr_uint64_t seconds = 0;
    int i;

    for (i = 0; i < EXPIRY_LENGTH; i++) {
        seconds = (seconds << 8) | expiry[i];
    }
    return now < 0 || (apr_uint64_t)apr_time_sec(now) < seconds;
}

const char *seal_open(const seal_ring_t *ring, const char *context, const char *sealed,
                      apr_time_t now, apr_size_t *length, apr_pool_t *pool)
{
    apr_size_t size;
    unsigned char *bytes = sealed ? secret_from_base64url(sealed, &size, pool) : NULL;
    unsigned char *text;
    int text_length;
    int i;

    if (!bytes || size < OVERHEAD || size > INT_MAX || bytes[0] != VERSION) {
        return NULL;
    }
    text_length = (int)size - 1 - NONCE_LENGTH - TAG_LENGTH;
    text = apr_palloc(pool, (apr_size_t)text_length + 1);
    for (i = 0; i < ring->count; i++) {
        if (decrypt(bytes + 1 + NONCE_LENGTH, text_length, ring, i, bytes + 1, context, text)) {
            text[text_length] = '\0';
            if (!alive(text, now)) {
                secret_wipe(text, (apr_size_t)text_length);
                return NULL;
            }
            *length = (apr_size_t)text_length - EXPIRY_LENGTH;
            return (const char *)text + EXPIRY_LENGTH;
        }
    }
    secret_wipe(text, (apr_size_t)text_length); /* decrypted before the tag was found to be wrong */
    return NULL;
}
