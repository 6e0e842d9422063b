/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_SORT_H
#define TEMPLATE_SORT_H

/* Sorting as Python's sorted() does it: stable, also in reverse. */

#include "compare.h"

/*
 * Sorts items by their keys, both of count. False if two keys have no order; mismatch, or
 * COMPARE_IMPOSSIBLE in *why, says which.
 */
bool sort_by_keys(heap_t *heap, value_t *items, value_t *keys, apr_size_t count, bool reverse,
                  compare_mismatch_t *mismatch);

/* Sorts a list of pairs by the first of each. */
bool sort_pairs(heap_t *heap, list_t *pairs);

#endif
