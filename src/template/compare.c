/* SPDX-License-Identifier: Apache-2.0 */
/* Equality and order of values; recursion goes no deeper than VALUE_DEPTH. */
#include "compare.h"

#include "number.h"

#include <string.h>

static compare_t of(bool equal)
{
    return equal ? COMPARE_EQUAL : COMPARE_UNORDERED;
}

static compare_t order_of(int sign)
{
    return sign < 0 ? COMPARE_LESS : sign > 0 ? COMPARE_GREATER : COMPARE_EQUAL;
}

static compare_t compare_numbers(value_t a, value_t b)
{
    int64_t left;
    int64_t right;
    int sign;

    if (value_is_integer(a, &left) && value_is_integer(b, &right)) {
        return order_of((left > right) - (left < right));
    }
    if (value_is_integer(a, &left)) {
        sign = number_compare(left, b.as.number);
    }
    else if (value_is_integer(b, &right)) {
        sign = number_compare(right, a.as.number);
        sign = sign == 2 ? 2 : -sign;
    }
    else if (a.as.number != a.as.number || b.as.number != b.as.number) {
        sign = 2;
    }
    else {
        sign = (a.as.number > b.as.number) - (a.as.number < b.as.number);
    }
    return sign == 2 ? COMPARE_UNORDERED : order_of(sign);
}

static compare_t compare_strings(heap_t *heap, value_t a, value_t b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int sign = shorter ? memcmp(a.as.text, b.as.text, shorter) : 0;

    heap_work(heap, shorter / 16);
    /* The order of UTF-8 is the order of the code points. */
    return order_of(sign ? sign : (a.length > b.length) - (a.length < b.length));
}

static compare_t equal_within(heap_t *heap, value_t a, value_t b, unsigned int depth);

static compare_t equal_sequences(heap_t *heap, value_t a, value_t b, unsigned int depth)
{
    apr_size_t count = value_count(a);

    if (count != value_count(b)) {
        return COMPARE_UNORDERED;
    }
    heap_work(heap, count / 4);
    for (apr_size_t i = 0; i < count; i++) {
        compare_t result = equal_within(heap, value_at(a, i), value_at(b, i), depth);
        if (result != COMPARE_EQUAL) {
            return result;
        }
    }
    return COMPARE_EQUAL;
}

static compare_t equal_mappings(heap_t *heap, value_t a, value_t b, unsigned int depth)
{
    value_cursor_t cursor = {0};
    apr_size_t left;
    apr_size_t right;
    value_t key;
    value_t item;

    if (!value_length(a, &left) || !value_length(b, &right) || left != right) {
        return COMPARE_UNORDERED;
    }
    while (value_next(a, &cursor, &key, &item)) {
        value_t other = value_lookup(b, key);
        compare_t result = other.kind == VALUE_MISSING ? COMPARE_UNORDERED
                                                       : equal_within(heap, item, other, depth);
        if (result != COMPARE_EQUAL) {
            return result;
        }
    }
    return COMPARE_EQUAL;
}

static compare_t equal_ranges(const range_t *a, const range_t *b)
{
    return of(a->count == b->count && (a->count == 0 || a->start == b->start) &&
              (a->count <= 1 || a->step == b->step));
}

static compare_t equal_within(heap_t *heap, value_t a, value_t b, unsigned int depth)
{
    bool known;

    if (value_is_number(a) && value_is_number(b)) {
        return of(compare_numbers(a, b) == COMPARE_EQUAL);
    }
    if (a.kind == VALUE_STRING && b.kind == VALUE_STRING) {
        return of(compare_strings(heap, a, b) == COMPARE_EQUAL);
    }
    if (depth == 0 || !heap_work(heap, 1)) {
        return COMPARE_IMPOSSIBLE;
    }
    if ((value_is_list(a) && value_is_list(b)) ||
        (a.kind == VALUE_TUPLE && b.kind == VALUE_TUPLE)) {
        return equal_sequences(heap, a, b, depth - 1);
    }
    if (value_is_mapping(a) && value_is_mapping(b)) {
        return equal_mappings(heap, a, b, depth - 1);
    }
    if (a.kind != b.kind) {
        return COMPARE_UNORDERED;
    }
    switch (a.kind) {
    case VALUE_UNDEFINED:
        return COMPARE_EQUAL;
    case VALUE_RANGE:
        return equal_ranges(a.as.range, b.as.range);
    case VALUE_VIEW:
        return COMPARE_IMPOSSIBLE;
    default:
        return of(value_same(a, b, &known));
    }
}

compare_t compare_equal(heap_t *heap, value_t a, value_t b)
{
    return equal_within(heap, a, b, VALUE_DEPTH);
}

static compare_t order_within(heap_t *heap, value_t a, value_t b, compare_mismatch_t *mismatch,
                              unsigned int depth)
{
    apr_size_t left;
    apr_size_t right;

    if (value_is_number(a) && value_is_number(b)) {
        return compare_numbers(a, b);
    }
    if (a.kind == VALUE_STRING && b.kind == VALUE_STRING) {
        return compare_strings(heap, a, b);
    }
    if (!(value_is_list(a) && value_is_list(b)) &&
        !(a.kind == VALUE_TUPLE && b.kind == VALUE_TUPLE)) {
        *mismatch = (compare_mismatch_t){true, a, b};
        return COMPARE_UNORDERED;
    }
    if (depth == 0 || !heap_work(heap, 1)) {
        return COMPARE_IMPOSSIBLE;
    }
    left = value_count(a);
    right = value_count(b);
    for (apr_size_t i = 0; i < left && i < right; i++) {
        compare_t result = compare_equal(heap, value_at(a, i), value_at(b, i));
        if (result == COMPARE_IMPOSSIBLE) {
            return result;
        }
        if (result != COMPARE_EQUAL) {
            return order_within(heap, value_at(a, i), value_at(b, i), mismatch, depth - 1);
        }
    }
    return order_of((left > right) - (left < right));
}

compare_t compare_order(heap_t *heap, value_t a, value_t b, compare_mismatch_t *mismatch)
{
    mismatch->found = false;
    return order_within(heap, a, b, mismatch, VALUE_DEPTH);
}
