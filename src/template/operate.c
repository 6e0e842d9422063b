/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operators, by Python's rules, with integers of 64 bits: what leaves them is an error. A bool
 * counts as an integer. Strings that are safe stay so, and make what is joined to them safe.
 */
#include "render.h"

#include "compare.h"
#include "format.h"
#include "iterate.h"
#include "number.h"
#include "text.h"

#include <math.h>
#include <string.h>

template_error_t *operate_undefined(render_t *render, value_t undefined)
{
    return render_fail(render, "%s", value_undefined_message(undefined, render->pool));
}

static const char *symbol(operator_t op)
{
    static const char *const symbols[] = {
        "+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "in", "not in"};
    return symbols[op];
}

static template_error_t *unsupported(render_t *render, operator_t op, value_t left, value_t right)
{
    if (left.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, left);
    }
    if (right.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, right);
    }
    return render_fail(render, "'%s' cannot take %s and %s", symbol(op), value_type(left),
                       value_type(right));
}

static template_error_t *too_big(render_t *render, operator_t op)
{
    return render_fail(render, "the result of '%s' does not fit into 64 bits", symbol(op));
}

static template_error_t *by_zero(render_t *render)
{
    return render_fail(render, "division by zero");
}

/* ---------------------------------------------------------------- numbers */

static template_error_t *divide_integers(render_t *render, operator_t op, int64_t a, int64_t b,
                                         value_t *result)
{
    if (b == 0) {
        return by_zero(render);
    }
    if (op == OPERATOR_DIV) {
        *result = value_float(number_divide(a, b));
        return NULL;
    }
    if (b == -1) {
        if (op == OPERATOR_FLOOR_DIV && a == INT64_MIN) {
            return too_big(render, op);
        }
        *result = value_int(op == OPERATOR_MOD ? 0 : -a);
        return NULL;
    }
    /* C rounds towards zero, Python downwards. */
    *result = value_int(op == OPERATOR_MOD ? a % b : a / b);
    if (a % b != 0 && (a < 0) != (b < 0)) {
        result->as.integer += op == OPERATOR_MOD ? b : -1;
    }
    return NULL;
}

static template_error_t *power_floats(render_t *render, double a, double b, value_t *result)
{
    double power;

    if (a == 0.0 && b < 0.0) {
        return by_zero(render);
    }
    if (a < 0.0 && isfinite(a) && isfinite(b) && b != floor(b)) {
        return render_fail(render, "complex numbers are not supported");
    }
    power = pow(a, b);
    if (isinf(power) && isfinite(a) && isfinite(b)) {
        return render_fail(render, "the result of '**' is too big for a float");
    }
    *result = value_float(power);
    return NULL;
}

static template_error_t *operate_integers(render_t *render, operator_t op, int64_t a, int64_t b,
                                          value_t *result)
{
    int64_t integer = 0;
    bool overflow;

    switch (op) {
    case OPERATOR_ADD:
        overflow = __builtin_add_overflow(a, b, &integer);
        break;
    case OPERATOR_SUB:
        overflow = __builtin_sub_overflow(a, b, &integer);
        break;
    case OPERATOR_MUL:
        overflow = __builtin_mul_overflow(a, b, &integer);
        break;
    case OPERATOR_POW:
        if (b < 0) {
            return power_floats(render, (double)a, (double)b, result);
        }
        overflow = !number_power(a, b, &integer);
        break;
    default:
        return divide_integers(render, op, a, b, result);
    }
    *result = value_int(integer);
    return overflow ? too_big(render, op) : NULL;
}

static template_error_t *operate_floats(render_t *render, operator_t op, double a, double b,
                                        value_t *result)
{
    switch (op) {
    case OPERATOR_ADD:
        *result = value_float(a + b);
        return NULL;
    case OPERATOR_SUB:
        *result = value_float(a - b);
        return NULL;
    case OPERATOR_MUL:
        *result = value_float(a * b);
        return NULL;
    case OPERATOR_POW:
        return power_floats(render, a, b, result);
    default:
        if (b == 0.0) {
            return by_zero(render);
        }
        *result = value_float(op == OPERATOR_DIV         ? a / b
                              : op == OPERATOR_FLOOR_DIV ? number_floor_divide(a, b)
                                                         : number_modulo(a, b));
        return NULL;
    }
}

static template_error_t *operate_numbers(render_t *render, operator_t op, value_t left,
                                         value_t right, value_t *result)
{
    int64_t a;
    int64_t b;

    if (value_is_integer(left, &a) && value_is_integer(right, &b)) {
        return operate_integers(render, op, a, b, result);
    }
    return operate_floats(render, op, value_number(left), value_number(right), result);
}

template_error_t *operate_sign(render_t *render, bool negative, value_t value, value_t *result)
{
    int64_t integer;

    if (value_is_integer(value, &integer)) {
        if (negative && integer == INT64_MIN) {
            return too_big(render, OPERATOR_SUB);
        }
        *result = value_int(negative ? -integer : integer);
        return NULL;
    }
    if (value.kind == VALUE_FLOAT) {
        *result = value_float(negative ? -value.as.number : value.as.number);
        return NULL;
    }
    if (value.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, value);
    }
    return render_fail(render, "a sign cannot stand before %s", value_type(value));
}

/* ---------------------------------------------------------------- strings and lists */

static value_t join_strings(render_t *render, value_t left, value_t right)
{
    builder_t out;
    bool safe = left.safe || right.safe;

    if (safe) {
        left = render_escape_text(render, left);
        right = render_escape_text(render, right);
    }
    builder_init(&out, &render->heap);
    builder_add(&out, left.as.text, left.length);
    builder_add(&out, right.as.text, right.length);
    return value_built(&out, safe);
}

static void append_all(render_t *render, value_t to, value_t from)
{
    list_t *list = to.as.list;

    if (from.kind != VALUE_ARRAY && list->capacity - list->count >= from.as.list->count) {
        if (from.as.list->count) {
            memcpy(list->items + list->count, from.as.list->items,
                   from.as.list->count * sizeof(value_t));
        }
        list->count += from.as.list->count;
        return;
    }
    for (apr_size_t i = 0; i < value_count(from) && !render->heap.exhausted; i++) {
        value_append(&render->heap, to, value_at(from, i));
    }
}

static value_t empty_like(render_t *render, value_t sequence, apr_size_t capacity)
{
    return sequence.kind == VALUE_TUPLE ? value_tuple(&render->heap, capacity)
                                        : value_list(&render->heap, capacity);
}

static template_error_t *add(render_t *render, value_t left, value_t right, value_t *result)
{
    if (left.kind == VALUE_STRING && right.kind == VALUE_STRING) {
        *result = join_strings(render, left, right);
        return NULL;
    }
    if ((value_is_list(left) && value_is_list(right)) ||
        (left.kind == VALUE_TUPLE && right.kind == VALUE_TUPLE)) {
        *result = empty_like(render, left, value_count(left) + value_count(right));
        append_all(render, *result, left);
        append_all(render, *result, right);
        return NULL;
    }
    return unsupported(render, OPERATOR_ADD, left, right);
}

static template_error_t *repeat(render_t *render, value_t value, int64_t count, value_t *result)
{
    apr_size_t times = count > 0 ? (apr_size_t)count : 0;
    builder_t out;

    if (value.kind != VALUE_STRING) {
        apr_size_t length = value_count(value);
        *result = empty_like(render, value, 0);
        if (length == 0 || !heap_allows(&render->heap, times, length * sizeof(value_t))) {
            return NULL; /* nothing, or the next step says why */
        }
        for (apr_size_t i = 0; i < times; i++) {
            append_all(render, *result, value);
        }
        return NULL;
    }
    builder_init(&out, &render->heap);
    if (value.length > 0 && heap_allows(&render->heap, times, value.length)) {
        for (apr_size_t i = 0; i < times; i++) {
            builder_add(&out, value.as.text, value.length);
        }
    }
    *result = value_built(&out, value.safe);
    return NULL;
}

static bool is_repeatable(value_t value)
{
    return value.kind == VALUE_STRING || value_is_sequence(value);
}

static template_error_t *multiply(render_t *render, value_t left, value_t right, value_t *result)
{
    int64_t count;

    if (is_repeatable(left) && value_is_integer(right, &count)) {
        return repeat(render, left, count, result);
    }
    if (is_repeatable(right) && value_is_integer(left, &count)) {
        return repeat(render, right, count, result);
    }
    return unsupported(render, OPERATOR_MUL, left, right);
}

template_error_t *operate_binary(render_t *render, operator_t op, value_t left, value_t right,
                                 value_t *result)
{
    if (value_is_number(left) && value_is_number(right)) {
        return operate_numbers(render, op, left, right, result);
    }
    if (op == OPERATOR_MOD && left.kind == VALUE_STRING) {
        return format_percent(render, left, right, result);
    }
    if (op == OPERATOR_ADD) {
        return add(render, left, right, result);
    }
    if (op == OPERATOR_MUL) {
        return multiply(render, left, right, result);
    }
    return unsupported(render, op, left, right);
}

template_error_t *operate_concat(render_t *render, const value_t *parts, unsigned int count,
                                 bool markup, value_t *result)
{
    builder_t out;
    bool safe = false;

    for (unsigned int i = 0; i < count; i++) {
        safe |= markup && parts[i].kind == VALUE_STRING && parts[i].safe;
    }
    builder_init(&out, &render->heap);
    for (unsigned int i = 0; i < count; i++) {
        value_t part = parts[i];
        if (part.kind != VALUE_STRING) {
            TRY(render_string(render, part, &part));
        }
        part = safe ? render_escape_text(render, part) : part;
        builder_add(&out, part.as.text, part.length);
    }
    *result = value_built(&out, safe);
    return NULL;
}

/* ---------------------------------------------------------------- comparisons */

template_error_t *operate_equal_values(render_t *render, value_t left, value_t right, bool *result)
{
    compare_t equal = compare_equal(&render->heap, left, right);

    if (equal == COMPARE_IMPOSSIBLE) {
        TRY(render_step(render));
        return render_fail(render, "values of type %s and %s cannot be compared here",
                           value_type(left), value_type(right));
    }
    *result = equal == COMPARE_EQUAL;
    return NULL;
}

static bool has_text(const list_t *list, value_t text)
{
    for (apr_size_t i = 0; i < list->count; i++) {
        const value_t *item = &list->items[i];
        if (item->kind == VALUE_STRING && value_same_text(*item, text)) {
            return true;
        }
    }
    return false;
}

static template_error_t *contained_in_list(render_t *render, const list_t *list, value_t item,
                                           bool *found)
{
    if (item.kind == VALUE_STRING && item.length < OPERATE_SHORT) {
        *found = has_text(list, item);
        return render_step(render);
    }
    for (apr_size_t i = 0; i < list->count && !*found; i++) {
        TRY(operate_equal(render, list->items[i], item, found));
    }
    return render_step(render);
}

static template_error_t *contains_item(render_t *render, value_t container, value_t item,
                                       bool *found)
{
    iterator_t *iterator;
    value_t candidate;

    *found = false;
    if (container.kind == VALUE_LIST || container.kind == VALUE_TUPLE) {
        return contained_in_list(render, container.as.list, item, found);
    }
    TRY(iterate(render, container, &iterator));
    do {
        TRY(iterate_next(render, iterator, &candidate));
        if (candidate.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(operate_equal(render, candidate, item, found));
    } while (!*found);
    return NULL;
}

static bool range_contains(const range_t *range, int64_t integer)
{
    __int128 distance = (__int128)integer - range->start;

    return distance % range->step == 0 && distance / range->step >= 0 &&
           distance / range->step < range->count;
}

static template_error_t *contains(render_t *render, value_t container, value_t item, bool *found)
{
    int64_t integer;

    render_charge(render, container);
    if (container.kind == VALUE_STRING) {
        if (item.kind != VALUE_STRING) {
            return unsupported(render, OPERATOR_IN, item, container);
        }
        *found = text_find(container.as.text, container.length, item.as.text, item.length);
        return NULL;
    }
    if (container.kind == VALUE_VIEW && container.as.view->kind == VIEW_KEYS) {
        container = container.as.view->mapping;
    }
    if (value_is_mapping(container)) {
        if (!dict_hashable(item)) {
            return unsupported(render, OPERATOR_IN, item, container);
        }
        *found = value_lookup(container, item).kind != VALUE_MISSING;
        return NULL;
    }
    if (container.kind == VALUE_RANGE && value_is_integer(item, &integer)) {
        *found = range_contains(container.as.range, integer);
        return NULL;
    }
    return contains_item(render, container, item, found);
}

static template_error_t *in_order(render_t *render, operator_t op, value_t left, value_t right,
                                  bool *result)
{
    compare_mismatch_t mismatch;
    compare_t order = compare_order(&render->heap, left, right, &mismatch);

    if (mismatch.found) {
        return unsupported(render, op, mismatch.left, mismatch.right);
    }
    if (order == COMPARE_IMPOSSIBLE) {
        TRY(render_step(render));
        return render_fail(render, "these values are nested too deeply to be compared");
    }
    *result = (order == COMPARE_LESS && (op == OPERATOR_LT || op == OPERATOR_LE)) ||
              (order == COMPARE_GREATER && (op == OPERATOR_GT || op == OPERATOR_GE)) ||
              (order == COMPARE_EQUAL && (op == OPERATOR_LE || op == OPERATOR_GE));
    return NULL;
}

template_error_t *operate_compare_values(render_t *render, operator_t op, value_t left,
                                         value_t right, bool *result)
{
    switch (op) {
    case OPERATOR_EQ:
        return operate_equal(render, left, right, result);
    case OPERATOR_NE:
        TRY(operate_equal(render, left, right, result));
        *result = !*result;
        return NULL;
    case OPERATOR_IN:
        return contains(render, right, left, result);
    case OPERATOR_NOT_IN:
        TRY(contains(render, right, left, result));
        *result = !*result;
        return NULL;
    default:
        return in_order(render, op, left, right, result);
    }
}
