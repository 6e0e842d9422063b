/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_MACRO_H
#define TEMPLATE_MACRO_H

/* Macros, and the bodies of call blocks, which are macros without a name. */

#include "render.h"

/* Runs a macro, its text going to where the rendering writes now. */
template_error_t *macro_run(call_t *call, const macro_t *macro);

/* Whether these arguments are the macro's parameters one by one, which most are. */
static inline bool macro_is_simple(const macro_t *macro, const arguments_t *arguments)
{
    const macro_node_t *node = macro->node->as.macro;

    return arguments->positional.count <= node->parameters.count &&
           arguments->keywords.count == 0 && !arguments->rest && !arguments->rest_named &&
           !node->takes_caller && !node->takes_kwargs && !node->takes_varargs;
}

/* The same as macro_run() for such ones, without a call being made first. */
template_error_t *macro_run_simple(render_t *render, frame_t *caller, const macro_t *macro,
                                   const arguments_t *arguments);

#endif
