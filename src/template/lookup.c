/* SPDX-License-Identifier: Apache-2.0 */
/* Questions that have no answer yet; see lookup.h. */
#include "lookup.h"

enum { WITHOUT = 64 }; /* questions, before it pays to keep answers */

value_t lookup_anew(render_t *render, const json_t *object, value_t name)
{
    const json_t *found = json_object_getn(object, name.as.text, name.length);
    value_t answer = found ? value_json(found) : value_missing();

    if (render->lookups) {
        *lookup_place(render, object, name) = (lookup_t){object, name.as.text, name.length, answer};
    }
    else if (++render->lookup_count > WITHOUT) {
        render->lookups = heap_calloc(&render->heap, sizeof(lookup_t) << LOOKUP_BITS);
    }
    return answer;
}
