/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_ITERATE_H
#define TEMPLATE_ITERATE_H

/*
 * Going through values, one item at a time. Filters such as map and select give iterators
 * instead of lists, as Python's generators do: they work when somebody asks for an item, and
 * can be gone through once.
 */

#include "render.h"

typedef struct iterator_t iterator_t;

/* Puts the next item into *item, or VALUE_MISSING when there is none. */
typedef template_error_t *iterate_next_t(render_t *render, iterator_t *iterator, value_t *item);

struct iterator_t {
    iterate_next_t *next; /* not of a sequence */
    bool is_sequence;
    value_t source;
    apr_size_t index;
    apr_size_t count; /* of a mapping, when it began */
    value_cursor_t cursor;
};

/* Fails if the value cannot be gone through. */
template_error_t *iterate(render_t *render, value_t value, iterator_t **iterator);
bool iterate_possible(value_t value);

template_error_t *iterate_next_any(render_t *render, iterator_t *iterator, value_t *item);

/* Most that is gone through is a sequence; it may grow meanwhile. */
static inline template_error_t *iterate_next(render_t *render, iterator_t *iterator, value_t *item)
{
    if (!iterator->is_sequence) {
        return iterate_next_any(render, iterator, item);
    }
    *item = iterator->index < value_count(iterator->source)
                ? value_at(iterator->source, iterator->index++)
                : value_missing();
    return render_step(render);
}

/* All items (that are left) as a new list. */
template_error_t *iterate_list(render_t *render, value_t value, value_t *list);

/* A value that goes through something of its own; the state begins with an iterator_t. */
value_t iterate_value(iterator_t *iterator);

#endif
