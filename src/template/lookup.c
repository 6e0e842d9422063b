/* SPDX-License-Identifier: Apache-2.0 */
/* Questions that have no answer yet; see lookup.h. */
#include "lookup.h"

enum {
    WITHOUT = 64, /* questions, before it pays to keep answers */
    SHORT = 100   /* items that can be taken out of an array in one step of a rendering */
};

static void make_table(render_t *render)
{
    char *memory = heap_calloc(&render->heap, (sizeof(lookup_t) << LOOKUP_BITS) + LOOKUP_LINE);
    apr_size_t past = (uintptr_t)memory % LOOKUP_LINE;

    render->lookups = (lookup_t *)(void *)(memory + (past ? LOOKUP_LINE - past : 0));
}

static void keep(render_t *render, const json_t *json, value_t name, value_t answer)
{
    if (name.length <= LOOKUP_LONGEST) {
        answer.note = (uint16_t)name.length;
        *lookup_place(render, json, name) =
            (lookup_t){.object = json, .name = name.as.text, .answer = answer};
    }
}

value_t lookup_anew(render_t *render, const json_t *object, value_t name)
{
    const json_t *found = json_object_getn(object, name.as.text, name.length);
    value_t answer = found ? value_json(found) : value_missing();

    if (render->lookups) {
        keep(render, object, name, answer);
    }
    else if (++render->lookup_count > WITHOUT) {
        make_table(render);
    }
    return answer;
}

value_t lookup_items(render_t *render, value_t array)
{
    apr_size_t count = value_count(array);
    value_t list;

    if (!render->lookups || count > SHORT) {
        return array;
    }
    if (lookup_known(render, array.as.json, value_missing(), &list)) {
        return list;
    }
    list = value_list(&render->heap, count);
    for (apr_size_t i = 0; i < count; i++) {
        value_append(&render->heap, list, value_at(array, i));
    }
    keep(render, array.as.json, value_missing(), list);
    return list;
}
