/* SPDX-License-Identifier: Apache-2.0 */
/* Iterators over the values that Python can iterate over; see iterate.h. */
#include "iterate.h"

#include "lookup.h"
#include "text.h"

static template_error_t *next_of_nothing(render_t *render, iterator_t *iterator, value_t *item)
{
    (void)render;
    (void)iterator;
    *item = value_missing();
    return NULL;
}

static template_error_t *next_character(render_t *render, iterator_t *iterator, value_t *item)
{
    const value_t *source = &iterator->source;
    size_t size;

    (void)render;
    if (iterator->index >= source->length) {
        *item = value_missing();
        return NULL;
    }
    text_decode(source->as.text + iterator->index, source->length - iterator->index, &size);
    *item = value_text(source->as.text + iterator->index, size);
    iterator->index += size;
    return NULL;
}

static template_error_t *next_in_range(render_t *render, iterator_t *iterator, value_t *item)
{
    const range_t *range = iterator->source.as.range;

    (void)render;
    *item = iterator->index < (apr_size_t)range->count
                ? value_int(value_range_at(range, (int64_t)iterator->index++))
                : value_missing();
    return NULL;
}

static template_error_t *next_in_mapping(render_t *render, iterator_t *iterator, value_t *item)
{
    bool is_view = iterator->source.kind == VALUE_VIEW;
    value_t mapping = is_view ? iterator->source.as.view->mapping : iterator->source;
    view_kind_t kind = is_view ? iterator->source.as.view->kind : VIEW_KEYS;
    apr_size_t count = 0;
    value_t key;
    value_t value;

    value_length(mapping, &count);
    if (count != iterator->count) {
        return render_fail(render, "the dict has changed while it was gone through");
    }
    if (!value_next(mapping, &iterator->cursor, &key, &value)) {
        *item = value_missing();
        return NULL;
    }
    *item = kind == VIEW_KEYS     ? key
            : kind == VIEW_VALUES ? value
                                  : value_pair(&render->heap, key, value);
    return NULL;
}

static iterate_next_t *next_function(value_t value)
{
    switch (value.kind) {
    case VALUE_UNDEFINED:
        return next_of_nothing;
    case VALUE_STRING:
        return next_character;
    case VALUE_OBJECT:
    case VALUE_DICT:
    case VALUE_VIEW:
        return next_in_mapping;
    case VALUE_RANGE:
        return next_in_range;
    default:
        return NULL;
    }
}

bool iterate_possible(value_t value)
{
    return value.kind == VALUE_ITERATOR || value_is_sequence(value) || next_function(value) != NULL;
}

template_error_t *iterate(render_t *render, value_t value, iterator_t **iterator)
{
    iterate_next_t *next = next_function(value);

    if (value.kind == VALUE_ITERATOR) {
        *iterator = value.as.iterator;
        return NULL;
    }
    if (!next && !value_is_sequence(value)) {
        return render_fail(render, "a value of type %s cannot be gone through", value_type(value));
    }
    render_charge(render, value);
    *iterator = heap_calloc(&render->heap, sizeof(**iterator));
    (*iterator)->next = next;
    (*iterator)->is_sequence = next == NULL;
    (*iterator)->source = value.kind == VALUE_ARRAY ? lookup_items(render, value) : value;
    if (next) {
        value_length(value, &(*iterator)->count);
    }
    return NULL;
}

template_error_t *iterate_next_any(render_t *render, iterator_t *iterator, value_t *item)
{
    template_error_t *error;

    TRY(render_step(render));
    TRY(render_enter(render));
    error = iterator->next(render, iterator, item);
    render->nesting--;
    return error;
}

template_error_t *iterate_list(render_t *render, value_t value, value_t *list)
{
    iterator_t *iterator;
    value_t item;
    apr_size_t count = 0;

    TRY(iterate(render, value, &iterator));
    if (value_is_sequence(value)) {
        count = value_count(value);
    }
    *list = value_list(&render->heap, count);
    for (;;) {
        TRY(iterate_next(render, iterator, &item));
        if (item.kind == VALUE_MISSING) {
            return NULL;
        }
        value_append(&render->heap, *list, item);
    }
}

value_t iterate_value(iterator_t *iterator)
{
    return (value_t){.kind = VALUE_ITERATOR, .as.iterator = iterator};
}
