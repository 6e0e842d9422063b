/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FUZZ_POOL_BOUNDS_H
#define FUZZ_POOL_BOUNDS_H

/*
 * APR's pools for a sanitizer: each apr_palloc() becomes a malloc() that is freed with its pool, so
 * that a step over the end of a value, or a look at one whose pool is gone, is seen. This program's
 * apr_palloc() takes the place of the library's, also for calls within the library. It begins once
 * APR has been set up: what lasts until the end would pass for a leak.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <apr_pools.h>
#include <dlfcn.h>
#include <stdlib.h>

static int pool_bounds_on;

static apr_status_t pool_bounds_release(void *memory)
{
    free(memory);
    return APR_SUCCESS;
}

void *apr_palloc(apr_pool_t *pool, apr_size_t size)
{
    static void *(*library)(apr_pool_t *, apr_size_t);
    void *memory;

    if (!library) {
        *(void **)&library = dlsym(RTLD_NEXT, "apr_palloc");
    }
    if (!pool_bounds_on) {
        return library(pool, size);
    }
    memory = malloc(size ? size : 1);
    if (!memory) {
        abort();
    }
    pool_bounds_on = 0; /* the record of the cleanup itself comes from the pool */
    apr_pool_cleanup_register(pool, memory, pool_bounds_release, apr_pool_cleanup_null);
    pool_bounds_on = 1;
    return memory;
}

#endif
