/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_GLOBAL_H
#define TEMPLATE_GLOBAL_H

/* The functions that every template has: range, dict, cycler, joiner, namespace. */

#include "render.h"

typedef struct function_entry_t {
    const char *name;
    template_error_t *(*call)(call_t *call, value_t *result);
} function_entry_t;

/* VALUE_MISSING if there is none of that name. */
value_t global_find(const char *name);

template_error_t *global_call(call_t *call, value_t function, value_t *result);

/* What is known of cyclers and joiners by name; VALUE_MISSING for other names. */
template_error_t *global_attribute(render_t *render, value_t object, value_t name, value_t *result);
value_t global_join(joiner_t *joiner);

/* dict.update(): from a mapping or pairs, and from named arguments. */
template_error_t *global_update(call_t *call, dict_t *dict);

#endif
