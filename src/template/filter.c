/* SPDX-License-Identifier: Apache-2.0 */
/* Finding and applying filters and tests, and what many of them do with their arguments. */
#include "filter.h"

#include "call.h"
#include "iterate.h"
#include "words.h"

#include <string.h>

static const filter_t *find_in(const filter_t *table, const char *name, apr_size_t length)
{
    for (; table->name && length > 0; table++) {
        if (table->name[0] == name[0] && strlen(table->name) == length &&
            memcmp(table->name, name, length) == 0) {
            return table;
        }
    }
    return NULL;
}

const filter_t *filter_find(const char *name, apr_size_t length)
{
    const filter_t *const tables[] = {filter_texts,      filter_sequences, filter_orders,
                                      filter_selections, filter_numbers,   filter_markups};

    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
        const filter_t *found = find_in(tables[i], name, length);
        if (found) {
            return found;
        }
    }
    return NULL;
}

const filter_t *filter_find_test(const char *name, apr_size_t length)
{
    return find_in(filter_tests, name, length);
}

/* A filter that is a generator in Python: nothing happens before the first item. */
typedef struct lazy_t {
    iterator_t base;
    iterator_t *items;
    filter_function_t *function;
    call_t call;
    filter_call_t state;
} lazy_t;

static template_error_t *next_lazy(render_t *render, iterator_t *iterator, value_t *item)
{
    lazy_t *lazy = (lazy_t *)(void *)iterator;
    value_t items;

    if (!lazy->items) {
        TRY(lazy->function(&lazy->state, &items));
        TRY(iterate(render, items, &lazy->items));
    }
    return iterate_next(render, lazy->items, item);
}

value_t filter_postpone(const filter_call_t *state, const filter_t *filter)
{
    lazy_t *lazy = heap_calloc(&state->render->heap, sizeof(*lazy));

    lazy->base.next = next_lazy;
    lazy->function = filter->function;
    lazy->call = *state->call;
    lazy->state = *state;
    lazy->state.call = &lazy->call;
    return iterate_value(&lazy->base);
}

const uint8_t *filter_places(const filter_t *filter, const arguments_t *arguments, apr_pool_t *pool)
{
    uint8_t *places = apr_palloc(pool, arguments->positional.count + arguments->keywords.count + 1);
    const char *at = filter->parameters;
    unsigned int bound = 0;
    parameter_t parameter;

    if (!at || arguments->rest || arguments->rest_named) {
        return NULL;
    }
    for (uint8_t i = 0; call_next_parameter(&at, &parameter); i++) {
        unsigned int before = bound;
        if (i < arguments->positional.count) {
            places[i] = i;
            bound++;
        }
        for (unsigned int j = 0; j < arguments->keywords.count; j++) {
            if (call_is_parameter(&parameter, arguments->names[j])) {
                places[arguments->positional.count + j] = i;
                bound++;
            }
        }
        if (bound - before > 1 || (bound == before && !parameter.optional)) {
            return NULL;
        }
    }
    return bound == arguments->positional.count + arguments->keywords.count ? places : NULL;
}

template_error_t *filter_bind(filter_call_t *state, call_t *call, const filter_t *filter)
{
    filter_prepare(state, call, filter);
    return filter->parameters ? call_bind(call, filter->parameters, state->arguments) : NULL;
}

template_error_t *filter_apply(call_t *call, const filter_t *filter, value_t *result)
{
    filter_call_t state;

    TRY(filter_bind(&state, call, filter));
    return filter_run(&state, call, filter, result);
}

bool filter_given(const filter_call_t *call, unsigned int index)
{
    return call->arguments[index].kind != VALUE_MISSING &&
           call->arguments[index].kind != VALUE_NONE;
}

bool filter_flag(const filter_call_t *call, unsigned int index)
{
    return value_truth(call->arguments[index]);
}

template_error_t *filter_integer(const filter_call_t *call, unsigned int index, int64_t otherwise,
                                 int64_t *integer)
{
    value_t value = call->arguments[index];

    *integer = otherwise;
    if (value.kind == VALUE_MISSING || value_is_integer(value, integer)) {
        return NULL;
    }
    if (value.kind == VALUE_UNDEFINED) {
        return operate_undefined(call->render, value);
    }
    return render_fail(call->render, "%s wants an integer, not %s", call->call->callee,
                       value_type(value));
}

template_error_t *filter_string(const filter_call_t *call, unsigned int index,
                                const char *otherwise, value_t *string)
{
    value_t value = call->arguments[index];

    if (value.kind == VALUE_MISSING) {
        *string = value_string(otherwise);
        return NULL;
    }
    *string = value;
    if (value.kind == VALUE_STRING) {
        return NULL;
    }
    return render_fail(call->render, "%s wants a string, not %s", call->call->callee,
                       value_type(value));
}

template_error_t *filter_soft_string(const filter_call_t *call, value_t value, value_t *string)
{
    *string = value;
    return value.kind == VALUE_STRING ? NULL : render_string(call->render, value, string);
}

static bool is_index(const char *part, apr_size_t length)
{
    for (apr_size_t i = 0; i < length; i++) {
        if (part[i] < '0' || part[i] > '9') {
            return false;
        }
    }
    return length > 0 && length < 18;
}

static value_t path_step(const char *part, apr_size_t length)
{
    int64_t index = 0;

    if (!is_index(part, length)) {
        return value_text(part, length);
    }
    for (apr_size_t i = 0; i < length; i++) {
        index = index * 10 + (part[i] - '0');
    }
    return value_int(index);
}

filter_path_t filter_path(heap_t *heap, value_t path, value_t otherwise)
{
    filter_path_t made = {.otherwise = otherwise.kind == VALUE_NONE ? value_missing() : otherwise};
    apr_size_t at = 0;
    value_t steps;

    if (path.kind == VALUE_MISSING || path.kind == VALUE_NONE) {
        return made;
    }
    if (path.kind != VALUE_STRING || !memchr(path.as.text, '.', path.length)) {
        made.steps = heap_alloc(heap, sizeof(*made.steps));
        *made.steps = path.kind == VALUE_STRING ? path_step(path.as.text, path.length) : path;
        made.count = 1;
        return made;
    }
    steps = value_list(heap, 2);
    for (bool more = true; more;) {
        const char *part = path.as.text + at;
        const char *dot = memchr(part, '.', path.length - at);
        apr_size_t length = dot ? (apr_size_t)(dot - part) : path.length - at;
        value_append(heap, steps, path_step(part, length));
        more = dot != NULL;
        at += length + 1;
    }
    made.steps = steps.as.list->items;
    made.count = steps.as.list->count;
    return made;
}

template_error_t *filter_attribute_any(render_t *render, value_t item, const filter_path_t *path,
                                       value_t *result)
{
    *result = item;
    for (apr_size_t i = 0; i < path->count; i++) {
        TRY(attribute_item(render, *result, path->steps[i], result));
        if (result->kind == VALUE_UNDEFINED && path->otherwise.kind != VALUE_MISSING) {
            *result = path->otherwise;
        }
    }
    return NULL;
}

value_t filter_fold_case(render_t *render, value_t value)
{
    return value.kind == VALUE_STRING ? words_lower(&render->heap, value) : value;
}
