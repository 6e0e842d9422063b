/* SPDX-License-Identifier: Apache-2.0 */
/* What every fuzz target needs: a pool that lives as long as one input, and a promise that ends the
 * program when it is broken, so that the fuzzer keeps the input. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_pools.h>
#include <apr_strings.h>
#include <apr_tables.h>

#define PROMISE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            (void)fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);  \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* text with a NUL behind it; length may be cut short by a NUL inside. */
static inline char *fuzz_text(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    return apr_pstrmemdup(pool, (const char *)data, size);
}

#define FUZZ_SECRET_LENGTH 40

/* Secrets that follow from the input, so that the fuzzer cannot learn them from one for another. */
static inline void fuzz_secrets(char (*secrets)[FUZZ_SECRET_LENGTH + 1], int count,
                                const uint8_t *data, size_t size)
{
    uint64_t state = 14695981039346656037u; /* FNV-1a, then run on */
    int secret, at;
    size_t i;

    for (i = 0; i < size; i++) {
        state = (state ^ data[i]) * 1099511628211u;
    }
    for (secret = 0; secret < count; secret++) {
        for (at = 0; at < FUZZ_SECRET_LENGTH; at++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            secrets[secret][at] = "0123456789abcdefghijklmnopqrstuv"[state >> 59];
        }
        secrets[secret][at] = '\0';
    }
}

/* Defines the entry that libFuzzer calls; one is void one(const uint8_t *, size_t, apr_pool_t *).
 */
#define FUZZ_TARGET(one)                                                                           \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);                                  \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                                   \
    {                                                                                              \
        static int initialized;                                                                    \
        apr_pool_t *pool;                                                                          \
                                                                                                   \
        if (!initialized) {                                                                        \
            apr_initialize();                                                                      \
            initialized = 1;                                                                       \
        }                                                                                          \
        apr_pool_create(&pool, NULL);                                                              \
        one(data, size, pool);                                                                     \
        apr_pool_destroy(pool);                                                                    \
        return 0;                                                                                  \
    }

#endif
