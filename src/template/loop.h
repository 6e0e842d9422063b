/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_LOOP_H
#define TEMPLATE_LOOP_H

/* Recursive loops, as those see them who print what they give. */

#include "render.h"

typedef struct loop_t loop_t;

/* loop(items): the text goes to where the rendering writes now. */
template_error_t *loop_run(call_t *call, value_t loop);

/* Whether that text is safe where it is a value. */
bool loop_is_safe(value_t loop);

#endif
