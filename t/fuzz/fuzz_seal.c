/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed values. The input is a forgery, which never opens; and it is an alteration, of the bytes
 * or of the text of a value that was sealed here, which opens only if it altered nothing. */
#include "fuzz.h"

#include "support/seal.h"
#include "support/secret.h"

#define CONTEXT "/install client-1 flow"

static const apr_time_t now = APR_TIME_C(1795478400) * APR_USEC_PER_SEC;

static const char *opened(const seal_ring_t *ring, const char *context, const char *sealed,
                          apr_time_t when, apr_pool_t *pool)
{
    apr_size_t length = 0;
    const char *value = seal_open(ring, context, sealed, when, &length, pool);

    PROMISE(!value || value[length] == '\0');
    return value;
}

/* Bytes of the input are xored onto those of the value, from a place that the input names. */
static const char *altered_bytes(const char *sealed, const uint8_t *data, size_t size,
                                 apr_pool_t *pool)
{
    apr_size_t length;
    unsigned char *bytes = secret_from_base64url(sealed, &length, pool);
    size_t i;

    for (i = 1; i < size && i <= length; i++) {
        bytes[(data[0] + i) % length] ^= data[i];
    }
    return secret_base64url(bytes, length, pool);
}

/* Part of the text is replaced by the input. */
static const char *altered_text(const char *sealed, const uint8_t *data, size_t size,
                                apr_pool_t *pool)
{
    size_t length = strlen(sealed);
    size_t from = data[0] % (length + 1);
    size_t gone = size > 1 ? data[1] % (length - from + 1) : 0;

    return apr_pstrcat(pool, apr_pstrmemdup(pool, sealed, from),
                       size > 2 ? fuzz_text(data + 2, size - 2, pool) : "", sealed + from + gone,
                       NULL);
}

static void promise_closed(const seal_ring_t *ring, const char *sealed, const char *text,
                           apr_pool_t *pool)
{
    PROMISE(!strcmp(text, sealed) || !opened(ring, CONTEXT, text, now, pool));
}

static void seal(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    char secrets[2][FUZZ_SECRET_LENGTH + 1];
    const char *const keys[] = {secrets[0], secrets[1]};
    seal_ring_t *ring, *older;
    const char *sealed, *value;

    fuzz_secrets(secrets, 2, data, size);
    PROMISE(!seal_ring_create(&ring, keys, 2, pool));
    PROMISE(!seal_ring_create(&older, keys + 1, 1, pool));
    PROMISE(!opened(ring, CONTEXT, fuzz_text(data, size, pool), now, pool));
    PROMISE(!seal_close(&sealed, older, CONTEXT, (const char *)data, size,
                        now + apr_time_from_sec(60), pool));
    value = opened(ring, CONTEXT, sealed, now, pool);
    PROMISE(value && !memcmp(value, data, size));
    PROMISE(!opened(ring, CONTEXT, sealed, now + apr_time_from_sec(60), pool));
    PROMISE(!opened(ring, "/other client-1 flow", sealed, now, pool));
    if (size) {
        promise_closed(ring, sealed, altered_bytes(sealed, data, size, pool), pool);
        promise_closed(ring, sealed, altered_text(sealed, data, size, pool), pool);
    }
}

FUZZ_TARGET(seal)
