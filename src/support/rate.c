/* SPDX-License-Identifier: Apache-2.0 */
/*   a bucket, one 64-bit word:
 *   +-----------------------------+------------------------------------------+
 *   | 24 bits: tag                | 40 bits: full again, in milliseconds     |
 *   | (part of the name's hash)   | since the segment was made               |
 *   +-----------------------------+------------------------------------------+
 *
 * The rest of the hash says in which set of eight a bucket stands. A word of 0 is a free one. Two
 * names share a bucket only if 34 bits of their hashes agree. */
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include <apr_shm.h>
#include <openssl/evp.h>

#include "support/rate.h"
#include "support/secret.h"
#include "support/workers.h"

#define SETS       1024
#define WAYS       8
#define TIME_BITS  40
#define TIME_MASK  ((UINT64_C(1) << TIME_BITS) - 1)
#define KEY_LENGTH 32

typedef struct segment_t {
    _Atomic uint64_t bucket[SETS][WAYS];
} segment_t;

struct rate_t {
    segment_t *segment;
    apr_time_t made;
    unsigned char key[KEY_LENGTH];
};

problem_t *rate_create(rate_t **rate, apr_pool_t *pool)
{
    rate_t *made = apr_pcalloc(pool, sizeof(*made));
    apr_shm_t *shared;
    problem_t *problem = secret_random(made->key, sizeof(made->key), pool);

    if (problem) {
        return problem;
    }
    if (apr_shm_create(&shared, sizeof(segment_t), NULL, pool) != APR_SUCCESS) {
        return problem_make(pool, PROBLEM_INTERNAL,
                            "the system gave no shared memory for LinodeOAuthVisitorRate");
    }
    made->segment = apr_shm_baseaddr_get(shared);
    memset(made->segment, 0, sizeof(*made->segment));
    made->made = workers_now();
    *rate = made;
    return NULL;
}

/* A keyed hash of the name; 64 bits of it. */
static uint64_t hash_of(const rate_t *rate, const void *name, apr_size_t length)
{
    unsigned char digest[EVP_MAX_MD_SIZE] = {0};
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint64_t hash;

    if (context && EVP_DigestInit_ex2(context, EVP_sha256(), NULL) == 1) {
        EVP_DigestUpdate(context, rate->key, sizeof(rate->key));
        EVP_DigestUpdate(context, name, length);
        EVP_DigestFinal_ex(context, digest, NULL);
    }
    EVP_MD_CTX_free(context);
    memcpy(&hash, digest, sizeof(hash));
    return hash;
}

/* The bucket of that tag, else a free one, else the one that has been full the longest. */
static _Atomic uint64_t *bucket_of(_Atomic uint64_t *set, uint64_t tag)
{
    _Atomic uint64_t *fullest = &set[0];
    uint64_t least = TIME_MASK;
    int i;

    for (i = 0; i < WAYS; i++) {
        uint64_t word = atomic_load(&set[i]);

        if (word >> TIME_BITS == tag && word) {
            return &set[i];
        }
        if ((word & TIME_MASK) < least) {
            least = word & TIME_MASK;
            fullest = &set[i];
        }
    }
    return fullest;
}

apr_interval_time_t rate_take(rate_t *rate, const rate_limit_t *limit, const void *name,
                              apr_size_t length, apr_time_t now)
{
    uint64_t hash = hash_of(rate, name, length);
    _Atomic uint64_t *set = rate->segment->bucket[hash % SETS];
    uint64_t tag = hash >> TIME_BITS;
    apr_int64_t clock = apr_time_as_msec(now - rate->made);
    apr_int64_t period = apr_time_as_msec(limit->period);
    apr_int64_t step = period / (limit->count > 0 ? limit->count : 1);

    if (limit->count <= 0 || clock < 0) {
        return 0;
    }
    step = step > 0 ? step : 1;
    for (;;) {
        _Atomic uint64_t *bucket = bucket_of(set, tag);
        uint64_t word = atomic_load(bucket);
        apr_int64_t full = word >> TIME_BITS == tag ? (apr_int64_t)(word & TIME_MASK) : 0;
        apr_int64_t next = (full > clock ? full : clock) + step;

        if (next - clock > step * limit->count) {
            return apr_time_from_msec(next - clock - step * limit->count);
        }
        if (atomic_compare_exchange_weak(bucket, &word,
                                         (tag << TIME_BITS) | ((uint64_t)next & TIME_MASK))) {
            return 0;
        }
    }
}
