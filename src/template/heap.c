/* SPDX-License-Identifier: Apache-2.0 */
/* A counting allocator over a pool, and texts that grow in it; see heap.h. */
#include "heap.h"

#include "text.h"

#include <apr_strings.h>
#include <string.h>

/* A sanitizer sees the bounds of what has memory of its own: then everything has. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
enum { LARGE = 0 };
#else
enum { LARGE = 4 * 1024 };
#endif
enum { BLOCK = 16 * 1024 };

void heap_init(heap_t *heap, apr_pool_t *pool, apr_size_t limit)
{
    memset(heap, 0, sizeof(*heap));
    heap->pool = pool;
    heap->limit = limit;
    heap->work_limit = UINT64_MAX;
}

void *heap_alloc_anew(heap_t *heap, apr_size_t wanted)
{
    apr_size_t size =
        wanted ? (wanted + HEAP_ALIGN - 1) & ~(apr_size_t)(HEAP_ALIGN - 1) : HEAP_ALIGN;

    heap->blocks++;
    if (size > LARGE) {
        return apr_palloc(heap->pool, wanted);
    }
    heap->free = (char *)apr_palloc(heap->pool, BLOCK) + size;
    heap->left = BLOCK - size;
    return heap->free - size;
}

char *heap_copy(heap_t *heap, const char *text, apr_size_t length)
{
    char *copy = heap_alloc(heap, length + 1);

    if (length) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

bool heap_allows(heap_t *heap, apr_size_t count, apr_size_t size)
{
    apr_size_t left = heap->used < heap->limit ? heap->limit - heap->used : 0;

    if (heap->exhausted || (size && count > left / size)) {
        heap->exhausted = true;
        return false;
    }
    return true;
}

void builder_init(builder_t *builder, heap_t *heap)
{
    builder->heap = heap;
    builder->data = NULL;
    builder->length = 0;
    builder->capacity = 0;
}

/* Makes room for more bytes; false when the heap is exhausted. */
static bool builder_reserve(builder_t *builder, apr_size_t more)
{
    apr_size_t capacity = builder->capacity ? builder->capacity * 2 : 64;
    char *data;

    if (!heap_allows(builder->heap, more, 1)) {
        return false;
    }
    if (capacity < builder->length + more) {
        capacity = builder->length + more;
    }
    data = heap_alloc(builder->heap, capacity);
    if (builder->length) {
        memcpy(data, builder->data, builder->length);
    }
    builder->data = data;
    builder->capacity = capacity;
    return true;
}

void builder_add(builder_t *builder, const char *text, apr_size_t length)
{
    if (length > builder->capacity - builder->length && !builder_reserve(builder, length)) {
        return;
    }
    if (length) {
        memcpy(builder->data + builder->length, text, length);
    }
    builder->length += length;
}

void builder_char(builder_t *builder, char byte)
{
    builder_add(builder, &byte, 1);
}

void builder_fill(builder_t *builder, char byte, apr_size_t count)
{
    if (count > builder->capacity - builder->length && !builder_reserve(builder, count)) {
        return;
    }
    if (count) {
        memset(builder->data + builder->length, byte, count);
    }
    builder->length += count;
}

void builder_point(builder_t *builder, uint32_t point)
{
    char bytes[4];
    builder_add(builder, bytes, text_encode(point, bytes));
}

void builder_string(builder_t *builder, const char *text)
{
    builder_add(builder, text, strlen(text));
}

void builder_integer(builder_t *builder, int64_t integer)
{
    char digits[24];
    builder_add(builder, digits,
                (apr_size_t)apr_snprintf(digits, sizeof(digits), "%" APR_INT64_T_FMT, integer));
}
