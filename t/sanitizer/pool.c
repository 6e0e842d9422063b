/* SPDX-License-Identifier: Apache-2.0 */
/* APR's apr_palloc for programs under AddressSanitizer: each allocation is a block of malloc, so
 * that reading past its end, or after its pool was cleared, is seen as it would be without pools.
 *
 * It stands before libapr in the search order of the linker, and so serves APR's own functions too
 * (apr_pstrdup, tables, arrays). The blocks of a pool are freed by the first cleanup that is
 * registered with it, which therefore runs last; what that needs itself comes from the real one. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include <apr_pools.h>

/* Programs without APR, which httpd or a shell may start, load this too when it is preloaded; it
 * does not bring libapr along, and with it an order of loading that httpd does not have. */
#pragma weak apr_pool_cleanup_register
#pragma weak apr_pool_cleanup_null

typedef struct owner_t owner_t;
struct owner_t {
    owner_t *next; /* of the same bucket */
    apr_pool_t *pool;
    void **blocks;
    size_t count;
    size_t room;
};

#define BUCKETS 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static owner_t *owners[BUCKETS];
static __thread int registering;

static owner_t **find(const apr_pool_t *pool)
{
    owner_t **at = &owners[(uintptr_t)pool / 64 % BUCKETS];

    while (*at && (*at)->pool != pool) {
        at = &(*at)->next;
    }
    return at;
}

static apr_status_t free_blocks(void *data)
{
    owner_t *owner = data;
    owner_t **at;

    pthread_mutex_lock(&lock);
    at = find(owner->pool);
    *at = owner->next;
    pthread_mutex_unlock(&lock);
    while (owner->count) {
        free(owner->blocks[--owner->count]);
    }
    free(owner->blocks);
    free(owner);
    return APR_SUCCESS;
}

/* Called without the lock: a pool belongs to one thread at a time. */
static owner_t *owner_of(apr_pool_t *pool)
{
    owner_t **at;
    owner_t *owner;

    pthread_mutex_lock(&lock);
    at = find(pool);
    owner = *at;
    if (!owner && (owner = calloc(1, sizeof(*owner)))) {
        owner->pool = pool;
        *at = owner;
        pthread_mutex_unlock(&lock);
        registering = 1;
        apr_pool_cleanup_register(pool, owner, free_blocks, apr_pool_cleanup_null);
        registering = 0;
        return owner;
    }
    pthread_mutex_unlock(&lock);
    return owner;
}

static void keep(owner_t *owner, void *block)
{
    if (owner->count == owner->room) {
        owner->room = owner->room ? owner->room * 2 : 16;
        owner->blocks = realloc(owner->blocks, owner->room * sizeof(*owner->blocks));
        if (!owner->blocks) {
            abort();
        }
    }
    owner->blocks[owner->count++] = block;
}

__attribute__((visibility("default"))) void *apr_palloc(apr_pool_t *pool, apr_size_t size)
{
    void *(*real)(apr_pool_t *, apr_size_t);
    owner_t *owner;
    void *block;

    if (registering) {
        *(void **)&real = dlsym(RTLD_NEXT, "apr_palloc");
        return real(pool, size);
    }
    owner = owner_of(pool);
    block = owner ? malloc(size ? size : 1) : NULL;
    if (!block) {
        abort();
    }
    keep(owner, block);
    return block;
}
