/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_LOOKUP_H
#define TEMPLATE_LOOKUP_H

/*
 * Looking up names in the objects of the context, and the items of its arrays.
 *
 * A page asks the same objects for the same names over and over: each pass of a loop within a
 * loop does. The last answers are kept for as long as a rendering lasts. Meanwhile the context
 * does not change, and neither does a text that a value points to; so where the object and the
 * name stand in memory tells which question it was. Small pages never come to making the table.
 */

#include "render.h"

enum { LOOKUP_BITS = 10 };

/* An answer, in the one place of the table that its question has: half a line of a cache. */
typedef struct lookup_t {
    const json_t *object; /* NULL: empty */
    const char *name;
    value_t answer; /* its note is the length of the name */
} lookup_t;

enum { LOOKUP_LINE = 64, LOOKUP_LONGEST = UINT16_MAX };

value_t lookup_anew(render_t *render, const json_t *object, value_t name);

static inline lookup_t *lookup_place(const render_t *render, const json_t *object, value_t name)
{
    uint64_t question = (uint64_t)(uintptr_t)object * 3 + (uint64_t)(uintptr_t)name.as.text;

    return &render->lookups[question * 0x9E3779B97F4A7C15U >> (64 - LOOKUP_BITS)];
}

/* Whether that was asked lately; *answer is the item of that name, or VALUE_MISSING. */
static inline bool lookup_known(const render_t *render, const json_t *object, value_t name,
                                value_t *answer)
{
    const lookup_t *place;

    if (!render->lookups) {
        return false;
    }
    place = lookup_place(render, object, name);
    *answer = place->answer; /* in one piece, whether or not it is wanted */
    return place->object == object && place->name == name.as.text &&
           place->answer.note == name.length;
}

/* The items of an array out of the context: a list if it is short, else the array itself. */
value_t lookup_items(render_t *render, value_t array);

/* The item of that name; VALUE_MISSING if there is none. */
static inline value_t lookup(render_t *render, const json_t *object, value_t name)
{
    value_t answer;

    return lookup_known(render, object, name, &answer) ? answer : lookup_anew(render, object, name);
}

#endif
