/* SPDX-License-Identifier: Apache-2.0 */
/* A merge sort of keys that carries their items along. */
#include "sort.h"

#include <string.h>

typedef struct sorter_t {
    heap_t *heap;
    value_t *items;
    value_t *keys;
    value_t *spare_items;
    value_t *spare_keys;
    bool reverse;
    bool failed;
    compare_mismatch_t mismatch;
} sorter_t;

/* Whether b has to come before a, which it follows now. */
static bool comes_first(sorter_t *sorter, value_t b, value_t a)
{
    compare_t order = compare_order(sorter->heap, b, a, &sorter->mismatch);

    if (sorter->mismatch.found || order == COMPARE_IMPOSSIBLE) {
        sorter->failed = true;
        return false;
    }
    return order == (sorter->reverse ? COMPARE_GREATER : COMPARE_LESS);
}

static void merge(sorter_t *sorter, apr_size_t from, apr_size_t middle, apr_size_t to)
{
    apr_size_t left = from;
    apr_size_t right = middle;

    for (apr_size_t at = from; at < to; at++) {
        bool take_right = left == middle || (right < to && comes_first(sorter, sorter->keys[right],
                                                                       sorter->keys[left]));
        apr_size_t taken = take_right ? right++ : left++;
        sorter->spare_items[at] = sorter->items[taken];
        sorter->spare_keys[at] = sorter->keys[taken];
    }
    memcpy(sorter->items + from, sorter->spare_items + from, (to - from) * sizeof(value_t));
    memcpy(sorter->keys + from, sorter->spare_keys + from, (to - from) * sizeof(value_t));
}

bool sort_by_keys(heap_t *heap, value_t *items, value_t *keys, apr_size_t count, bool reverse,
                  compare_mismatch_t *mismatch)
{
    sorter_t sorter = {.heap = heap, .items = items, .keys = keys, .reverse = reverse};

    if (!heap_allows(heap, count, 2 * sizeof(value_t))) {
        return true; /* the next step says what happened */
    }
    sorter.spare_items = heap_alloc(heap, count * sizeof(value_t));
    sorter.spare_keys = heap_alloc(heap, count * sizeof(value_t));
    for (apr_size_t width = 1; width < count && !sorter.failed; width *= 2) {
        for (apr_size_t from = 0; from + width < count && !sorter.failed; from += 2 * width) {
            apr_size_t to = count - from > 2 * width ? from + 2 * width : count;
            merge(&sorter, from, from + width, to);
        }
    }
    *mismatch = sorter.mismatch;
    return !sorter.failed;
}

bool sort_pairs(heap_t *heap, list_t *pairs)
{
    compare_mismatch_t mismatch;
    value_t *keys;

    if (!heap_allows(heap, pairs->count, sizeof(value_t))) {
        return true;
    }
    keys = heap_alloc(heap, pairs->count * sizeof(value_t));
    for (apr_size_t i = 0; i < pairs->count; i++) {
        keys[i] = pairs->items[i].as.list->items[0];
    }
    return sort_by_keys(heap, pairs->items, keys, pairs->count, false, &mismatch);
}
