/* SPDX-License-Identifier: Apache-2.0 */
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include <apr_shm.h>
#include <openssl/evp.h>

#include "support/once.h"

struct once_t {
    _Atomic uint64_t seen[ONCE_TEXTS]; /* hashes; 0: free */
};

once_t *once_create(apr_pool_t *pool)
{
    apr_shm_t *shared;
    once_t *once;

    if (apr_shm_create(&shared, sizeof(*once), NULL, pool) != APR_SUCCESS) {
        return NULL;
    }
    once = apr_shm_baseaddr_get(shared);
    memset(once, 0, sizeof(*once));
    return once;
}

/* Never 0. */
static uint64_t hash_of(const char *text)
{
    unsigned char digest[EVP_MAX_MD_SIZE] = {0};
    uint64_t hash;

    EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL);
    memcpy(&hash, digest, sizeof(hash));
    return hash | 1;
}

int once_first(once_t *once, const char *text)
{
    uint64_t hash = hash_of(text);
    uint64_t i;

    if (!once) {
        return 1;
    }
    for (i = 0; i < ONCE_TEXTS; i++) {
        uint64_t found = 0;

        if (atomic_compare_exchange_strong(&once->seen[(hash + i) % ONCE_TEXTS], &found, hash)) {
            return 1;
        }
        if (found == hash) {
            return 0;
        }
    }
    return 0;
}
