/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_FILTER_H
#define TEMPLATE_FILTER_H

/*
 * Filters and tests. A table says how each is called; the functions get their arguments bound
 * to parameters, VALUE_MISSING for those that were not given.
 */

#include "lookup.h"
#include "render.h"

enum { FILTER_PARAMETERS = 6 };

enum {
    FILTER_IMPURE = 1,   /* is not computed when compiling */
    FILTER_LAZY = 2,     /* only works, or fails, when its first item is asked for */
    FILTER_COMPARES = 4, /* a test that is an operator, whose number stands above these bits */
    FILTER_OPERATOR = 3
};

typedef struct filter_plan_t filter_plan_t;

typedef struct filter_call_t {
    call_t *call;
    render_t *render;
    value_t operand;
    value_t arguments[FILTER_PARAMETERS];
    bool autoescape;
} filter_call_t;

typedef template_error_t *filter_function_t(const filter_call_t *call, value_t *result);

typedef struct filter_t {
    const char *name;
    filter_function_t *function;
    const char *parameters; /* "length=,killwords=": "=" behind those that may be left out;
                               NULL: takes what it likes, out of call->call */
    unsigned int flags;
} filter_t;

const filter_t *filter_find(const char *name, apr_size_t length);
const filter_t *filter_find_test(const char *name, apr_size_t length);

/* The parameters that a template's arguments go to, or NULL if only the call can tell or fails. */
const uint8_t *filter_places(const filter_t *filter, const arguments_t *arguments,
                             apr_pool_t *pool);

/* What map, select and their kin know of their arguments beforehand, or NULL: a plan. */
const filter_plan_t *filter_plan(const filter_t *filter, const arguments_t *arguments,
                                 heap_t *heap);

/* Binds the arguments of a filter or test; then it can be run again and again. */
template_error_t *filter_bind(filter_call_t *state, call_t *call, const filter_t *filter);

/* Applies a filter or a test; call->object is the operand. */
template_error_t *filter_apply(call_t *call, const filter_t *filter, value_t *result);

/* The items of a lazy one, when somebody asks for them. */
value_t filter_postpone(const filter_call_t *state, const filter_t *filter);

/* No arguments yet; one by one, as that is faster than to clear so little memory in one go. */
static inline void filter_clear(filter_call_t *state)
{
    value_t *arguments = state->arguments;

    _Static_assert(FILTER_PARAMETERS == 6, "each of them is cleared");
    arguments[0] = arguments[1] = arguments[2] = value_missing();
    arguments[3] = arguments[4] = arguments[5] = value_missing();
}

/* All of the state but the arguments. */
static inline void filter_prepare(filter_call_t *state, call_t *call, const filter_t *filter)
{
    state->call = call;
    state->render = call->render;
    state->operand = call->object;
    state->autoescape = *call->context->autoescape;
    call->callee = filter->name;
    render_charge(call->render, call->object);
}

/* Runs one whose arguments stand in state already; call->object is the operand. */
static inline template_error_t *filter_run(filter_call_t *state, call_t *call,
                                           const filter_t *filter, value_t *result)
{
    filter_prepare(state, call, filter);
    if (filter->flags & FILTER_LAZY) {
        *result = filter_postpone(state, filter);
        return NULL;
    }
    return filter->function(state, result);
}

/* Those that take a file of their own. */
filter_function_t filter_wordwrap;
filter_function_t filter_urlize;
filter_function_t filter_pprint;

/* The tables, by what they are about. The last entry has no name. */
extern const filter_t filter_texts[];
extern const filter_t filter_sequences[];
extern const filter_t filter_orders[];
extern const filter_t filter_selections[];
extern const filter_t filter_numbers[];
extern const filter_t filter_markups[];
extern const filter_t filter_tests[];

/* Arguments of a type; the default if they were not given. */
template_error_t *filter_integer(const filter_call_t *call, unsigned int index, int64_t otherwise,
                                 int64_t *integer);
template_error_t *filter_string(const filter_call_t *call, unsigned int index,
                                const char *otherwise, value_t *string);
bool filter_flag(const filter_call_t *call, unsigned int index);
bool filter_given(const filter_call_t *call, unsigned int index);

/* The operand as a string that keeps its being safe. */
template_error_t *filter_soft_string(const filter_call_t *call, value_t value, value_t *string);

/* A path of attributes: "address.city", 0, or nothing. What is missing becomes `otherwise`. */
typedef struct filter_path_t {
    value_t *steps;
    apr_size_t count;
    value_t otherwise; /* or VALUE_MISSING */
} filter_path_t;

filter_path_t filter_path(heap_t *heap, value_t path, value_t otherwise);
template_error_t *filter_attribute_any(render_t *render, value_t item, const filter_path_t *path,
                                       value_t *result);

/* Most ask objects of the context for one name. */
static inline template_error_t *filter_attribute(render_t *render, value_t item,
                                                 const filter_path_t *path, value_t *result)
{
    if (path->count == 1 && item.kind == VALUE_OBJECT && path->steps->kind == VALUE_STRING) {
        value_t known;
        if (lookup_known(render, item.as.json, *path->steps, &known) &&
            known.kind != VALUE_MISSING) {
            *result = known;
            return NULL;
        }
    }
    return filter_attribute_any(render, item, path, result);
}

/* Lower case, if it is a string. */
value_t filter_fold_case(render_t *render, value_t value);

#endif
