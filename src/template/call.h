/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_CALL_H
#define TEMPLATE_CALL_H

/* Binding arguments to parameters, and the methods that values have. */

#include "render.h"

/*
 * Binds to the parameters of a list such as "old,new,count=": "=" is behind those that may be
 * left out, whose value then is VALUE_MISSING; "/" before those that have no name for callers.
 */
typedef struct parameter_t {
    const char *name;
    size_t length;
    bool has_name; /* for callers */
    bool optional;
} parameter_t;

/* Takes the first parameter off such a list; false at its end. */
bool call_next_parameter(const char **at, parameter_t *parameter);
bool call_is_parameter(const parameter_t *parameter, const char *name);

template_error_t *call_bind(call_t *call, const char *parameters, value_t *values);

typedef template_error_t *method_function_t(call_t *call, value_t *values, value_t *result);

enum { METHOD_PARAMETERS = 4 };

typedef struct method_entry_t {
    const char *name;
    method_function_t *function; /* NULL: Python has it, we refuse it */
    const char *parameters;      /* NULL: takes what it likes */
} method_entry_t;

typedef struct method_t {
    const method_entry_t *entry;
    value_t object;
} method_t;

/* The tables; the last entry has no name. */
extern const method_entry_t method_texts[];
extern const method_entry_t method_words[];
extern const method_entry_t method_lists[];
extern const method_entry_t method_tuples[];
extern const method_entry_t method_dicts[];
extern const method_entry_t method_loops[];
extern const method_entry_t method_cyclers[];
extern const method_entry_t method_integers[];
extern const method_entry_t method_floats[];

/* A method bound to its object; VALUE_MISSING if there is none of that name. */
template_error_t *call_method(render_t *render, value_t object, value_t name, value_t *result);
/* The entry of that name in a table, or NULL. */
const method_entry_t *call_find(const method_entry_t *table, value_t name);
template_error_t *call_bound(render_t *render, const method_entry_t *table, value_t object,
                             value_t name, value_t *result);

#endif
