/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_HEAP_H
#define TEMPLATE_HEAP_H

/*
 * Memory for values that a rendering makes, and texts that are built in it.
 *
 * A heap takes blocks from a pool and counts. Past its limit it still gives what is asked for,
 * so that nobody has to look at each allocation, but says so in `exhausted`; the renderer looks
 * at that between any two steps. One step cannot ask for much: a builder stops growing, and a
 * list refuses to, once the heap is exhausted.
 *
 * It counts work in the same way, in steps of a rendering: what goes through long or nested values
 * within one step says so, and stops when the heap is exhausted.
 */

#include <stddef.h>

#include <apr_pools.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct heap_t {
    apr_pool_t *pool;
    char *free;
    apr_size_t left;
    apr_size_t used;
    apr_size_t limit;
    apr_size_t count;  /* of allocations */
    apr_size_t blocks; /* that the pool gave for them */
    uint64_t work;
    uint64_t work_limit;
    bool exhausted;
} heap_t;

/* So much has been done; false when it was too much. */
static inline bool heap_work(heap_t *heap, uint64_t steps)
{
    heap->work += steps;
    if (heap->work > heap->work_limit) {
        heap->exhausted = true;
    }
    return !heap->exhausted;
}

void heap_init(heap_t *heap, apr_pool_t *pool, apr_size_t limit);

enum { HEAP_ALIGN = 8 };

/* From a block that the pool gives now. */
void *heap_alloc_anew(heap_t *heap, apr_size_t size);

/* Never NULL; aligned for anything; not cleared. */
static inline void *heap_alloc(heap_t *heap, apr_size_t wanted)
{
    apr_size_t size =
        wanted ? (wanted + HEAP_ALIGN - 1) & ~(apr_size_t)(HEAP_ALIGN - 1) : HEAP_ALIGN;
    char *memory = heap->free;

    heap->used += size;
    heap->count++;
    heap->exhausted |= heap->used > heap->limit;
    if (size > heap->left) {
        return heap_alloc_anew(heap, wanted);
    }
    heap->free += size;
    heap->left -= size;
    return memory;
}

static inline void *heap_calloc(heap_t *heap, apr_size_t size)
{
    return memset(heap_alloc(heap, size), 0, size);
}

char *heap_copy(heap_t *heap, const char *text, apr_size_t length);

/* Whether so many things of a size can still be had; if not, the heap is exhausted. */
bool heap_allows(heap_t *heap, apr_size_t count, apr_size_t size);

/* A text that grows. */
typedef struct builder_t {
    heap_t *heap;
    char *data;
    apr_size_t length;
    apr_size_t capacity;
} builder_t;

void builder_init(builder_t *builder, heap_t *heap);
void builder_add(builder_t *builder, const char *text, apr_size_t length);
void builder_char(builder_t *builder, char byte);
void builder_fill(builder_t *builder, char byte, apr_size_t count);
void builder_point(builder_t *builder, uint32_t point);
void builder_string(builder_t *builder, const char *text);
void builder_integer(builder_t *builder, int64_t integer);

#endif
