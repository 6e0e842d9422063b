/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_COMPARE_H
#define TEMPLATE_COMPARE_H

/* Equality and order of values, by Python's rules. */

#include "value.h"

typedef enum compare_t {
    COMPARE_LESS,
    COMPARE_EQUAL,
    COMPARE_GREATER,
    COMPARE_UNORDERED, /* not equal, and neither comes first: nan, or different in kind */
    COMPARE_IMPOSSIBLE /* nested too deeply, or views of dicts */
} compare_t;

/* COMPARE_EQUAL, COMPARE_UNORDERED or COMPARE_IMPOSSIBLE. */
compare_t compare_equal(heap_t *heap, value_t a, value_t b);

/*
 * The order of two values. *mismatch tells whether their kinds have none (a TypeError in
 * Python); left and right then are the two that did not fit, maybe from within lists.
 */
typedef struct compare_mismatch_t {
    bool found;
    value_t left;
    value_t right;
} compare_mismatch_t;
compare_t compare_order(heap_t *heap, value_t a, value_t b, compare_mismatch_t *mismatch);

#endif
