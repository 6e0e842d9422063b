/* SPDX-License-Identifier: Apache-2.0 */
/* A table of the last answers, each in the one place that its question has; see lookup.h. */
#include "lookup.h"

enum { BITS = 10, WITHOUT = 64 /* questions, before it pays to keep answers */ };

typedef struct lookup_t {
    const json_t *object; /* NULL: empty */
    const char *name;
    uint32_t length;
    value_t answer;
} lookup_t;

static value_t ask(const json_t *object, value_t name)
{
    const json_t *found = json_object_getn(object, name.as.text, name.length);

    return found ? value_json(found) : value_missing();
}

static lookup_t *place_of(const render_t *render, const json_t *object, value_t name)
{
    uint64_t hash = (uint64_t)(uintptr_t)object * 0x9E3779B97F4A7C15U;

    hash = (hash ^ (uint64_t)(uintptr_t)name.as.text) * 0x9E3779B97F4A7C15U;
    return &render->lookups[hash >> (64 - BITS)];
}

value_t lookup(render_t *render, const json_t *object, value_t name)
{
    lookup_t *known;

    if (!render->lookups) {
        if (++render->lookup_count > WITHOUT) {
            render->lookups = heap_calloc(&render->heap, sizeof(lookup_t) << BITS);
        }
        return ask(object, name);
    }
    known = place_of(render, object, name);
    if (known->object != object || known->name != name.as.text || known->length != name.length) {
        *known = (lookup_t){object, name.as.text, name.length, ask(object, name)};
    }
    return known->answer;
}
