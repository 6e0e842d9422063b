/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_LOOKUP_H
#define TEMPLATE_LOOKUP_H

/*
 * Looking up names in the objects of the context.
 *
 * A page asks the same objects for the same names over and over: each pass of a loop within a
 * loop does. The last answers are kept for as long as a rendering lasts. Meanwhile the context
 * does not change, and neither does a text that a value points to; so where the object and the
 * name stand in memory tells which question it was. Small pages never come to making the table.
 */

#include "render.h"

/* The item of that name; VALUE_MISSING if there is none. */
value_t lookup(render_t *render, const json_t *object, value_t name);

#endif
