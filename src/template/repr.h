/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_REPR_H
#define TEMPLATE_REPR_H

/*
 * Values as text: Python's repr() and str(), and json.dumps() as the tojson filter has it.
 *
 * The functions return NULL, or a phrase for what cannot be written ("the address of a
 * generator ..."), fit for an error message.
 */

#include "value.h"

const char *repr_add(builder_t *out, value_t value);
const char *repr_add_str(builder_t *out, value_t value);

/* indent < 0: on one line, with ", " between. */
const char *repr_add_json(builder_t *out, value_t value, int indent);

void repr_add_string(builder_t *out, const char *text, apr_size_t length);

/* For messages: repr(), shortened, in a pool of the caller's. */
const char *repr_text(value_t value, apr_pool_t *pool);

/* & < > ' " as entities. */
void repr_add_escaped(builder_t *out, const char *text, apr_size_t length);

#endif
