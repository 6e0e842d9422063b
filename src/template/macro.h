/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_MACRO_H
#define TEMPLATE_MACRO_H

/* Macros, and the bodies of call blocks, which are macros without a name. */

#include "render.h"

/* Runs a macro, its text going to where the rendering writes now. */
template_error_t *macro_run(call_t *call, const macro_t *macro);

#endif
