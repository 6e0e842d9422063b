/* SPDX-License-Identifier: Apache-2.0 */
/* Filters of lists and other things to go through. */
#include "filter.h"

#include "iterate.h"

#include <apr_general.h>

static template_error_t *length(const filter_call_t *call, value_t *result)
{
    apr_size_t count;

    if (!value_length(call->operand, &count)) {
        return render_fail(call->render, "a value of type %s has no length",
                           value_type(call->operand));
    }
    *result = value_int((int64_t)count);
    return NULL;
}

static template_error_t *or_default(const filter_call_t *call, value_t *result)
{
    bool replaced = call->operand.kind == VALUE_UNDEFINED ||
                    (filter_flag(call, 1) && !value_truth(call->operand));

    *result = !replaced                                  ? call->operand
              : call->arguments[0].kind == VALUE_MISSING ? value_string("")
                                                         : call->arguments[0];
    return NULL;
}

static template_error_t *first(const filter_call_t *call, value_t *result)
{
    iterator_t *iterator;

    TRY(iterate(call->render, call->operand, &iterator));
    TRY(iterate_next(call->render, iterator, result));
    if (result->kind == VALUE_MISSING) {
        *result = value_undefined_hint(&call->render->heap, "there is no first item");
    }
    return NULL;
}

static template_error_t *last(const filter_call_t *call, value_t *result)
{
    value_t list;

    if (call->operand.kind == VALUE_ITERATOR) {
        return render_fail(call->render, "a generator has no last item; make it a list first");
    }
    TRY(iterate_list(call->render, call->operand, &list));
    *result = list.as.list->count
                  ? list.as.list->items[list.as.list->count - 1]
                  : value_undefined_hint(&call->render->heap, "there is no last item");
    /* Python takes this one by its index, which keeps it safe. */
    if (call->operand.kind == VALUE_STRING && call->operand.safe && list.as.list->count) {
        result->safe = true;
    }
    return NULL;
}

static template_error_t *to_list(const filter_call_t *call, value_t *result)
{
    return iterate_list(call->render, call->operand, result);
}

/* All items as strings; *safe if they are to be joined as markup. */
static template_error_t *join_items(const filter_call_t *call, value_t list, bool *safe)
{
    value_t *items = list.as.list->items;
    filter_path_t path = filter_path(&call->render->heap, call->arguments[1], value_missing());

    for (apr_size_t i = 0; i < list.as.list->count; i++) {
        TRY(filter_attribute(call->render, items[i], &path, &items[i]));
        *safe |= call->autoescape && (items[i].kind == VALUE_MODULE ||
                                      (items[i].kind == VALUE_STRING && items[i].safe));
    }
    for (apr_size_t i = 0; i < list.as.list->count; i++) {
        TRY((*safe ? render_escape : render_string)(call->render, items[i], &items[i]));
    }
    return NULL;
}

static template_error_t *join(const filter_call_t *call, value_t *result)
{
    value_t separator = call->arguments[0];
    value_t list;
    builder_t out;
    bool safe;

    if (separator.kind == VALUE_MISSING) {
        separator = value_string("");
    }
    TRY(iterate_list(call->render, call->operand, &list));
    safe = call->autoescape && separator.kind == VALUE_STRING && separator.safe;
    TRY(join_items(call, list, &safe));
    TRY((safe ? render_escape : render_string)(call->render, separator, &separator));
    builder_init(&out, &call->render->heap);
    for (apr_size_t i = 0; i < list.as.list->count; i++) {
        if (i > 0) {
            builder_add(&out, separator.as.text, separator.length);
        }
        builder_add(&out, list.as.list->items[i].as.text, list.as.list->items[i].length);
    }
    *result = value_built(&out, safe);
    return NULL;
}

static value_t reversed_string(render_t *render, value_t list)
{
    builder_t out;

    builder_init(&out, &render->heap);
    for (apr_size_t i = list.as.list->count; i > 0; i--) {
        builder_add(&out, list.as.list->items[i - 1].as.text, list.as.list->items[i - 1].length);
    }
    return value_built(&out, false);
}

/* Python gives an iterator that walks backwards. */
static template_error_t *next_reversed(render_t *render, iterator_t *iterator, value_t *item)
{
    (void)render;
    *item = iterator->index > 0 ? value_at(iterator->source, --iterator->index) : value_missing();
    return NULL;
}

static template_error_t *reverse(const filter_call_t *call, value_t *result)
{
    iterator_t *iterator;
    value_t list;

    TRY(iterate_list(call->render, call->operand, &list));
    if (call->operand.kind == VALUE_STRING) {
        *result = reversed_string(call->render, list);
        result->safe = call->operand.safe;
        return NULL;
    }
    iterator = heap_calloc(&call->render->heap, sizeof(*iterator));
    iterator->next = next_reversed;
    iterator->source = list;
    iterator->index = list.as.list->count;
    *result = iterate_value(iterator);
    if (call->operand.kind == VALUE_ITERATOR) {
        return iterate_list(call->render, *result, result); /* here it is a list */
    }
    return NULL;
}

static template_error_t *random_item(const filter_call_t *call, value_t *result)
{
    apr_uint64_t number = 0;
    apr_size_t count;

    if (!value_length(call->operand, &count) || value_is_mapping(call->operand)) {
        return render_fail(call->render, "random wants a sequence");
    }
    if (count == 0) {
        *result = value_undefined_hint(&call->render->heap, "there is no item to choose");
        return NULL;
    }
    apr_generate_random_bytes((unsigned char *)&number, sizeof(number));
    return attribute_item(call->render, call->operand, value_int((int64_t)(number % count)),
                          result);
}

static template_error_t *items(const filter_call_t *call, value_t *result)
{
    view_t *view = heap_calloc(&call->render->heap, sizeof(*view));
    iterator_t *iterator;

    if (call->operand.kind == VALUE_UNDEFINED) {
        TRY(iterate(call->render, call->operand, &iterator));
        *result = iterate_value(iterator);
        return NULL;
    }
    if (!value_is_mapping(call->operand)) {
        return render_fail(call->render, "items wants a dict, not %s", value_type(call->operand));
    }
    view->kind = VIEW_ITEMS;
    view->mapping = call->operand;
    TRY(iterate(call->render, (value_t){.kind = VALUE_VIEW, .as.view = view}, &iterator));
    *result = iterate_value(iterator);
    return NULL;
}

/* ---------------------------------------------------------------- batch and slice */

typedef struct batches_t {
    iterator_t base;
    iterator_t *source;
    int64_t size;
    value_t fill;
    value_t held; /* the first item of the next batch */
    bool ended;
} batches_t;

static void fill_up(render_t *render, const batches_t *batches, value_t batch)
{
    while (batches->fill.kind != VALUE_MISSING && batches->fill.kind != VALUE_NONE &&
           (int64_t)value_count(batch) < batches->size && !render->heap.exhausted) {
        value_append(&render->heap, batch, batches->fill);
    }
}

static template_error_t *next_batch(render_t *render, iterator_t *iterator, value_t *item)
{
    batches_t *batches = (batches_t *)(void *)iterator;
    value_t batch = value_list(&render->heap, 0);

    if (batches->held.kind != VALUE_MISSING) {
        value_append(&render->heap, batch, batches->held);
        batches->held = value_missing();
    }
    while (!batches->ended) {
        TRY(iterate_next(render, batches->source, item));
        if (item->kind == VALUE_MISSING) {
            batches->ended = true;
            break;
        }
        if ((int64_t)value_count(batch) == batches->size) {
            batches->held = *item;
            *item = batch;
            return NULL;
        }
        value_append(&render->heap, batch, *item);
    }
    *item = value_missing();
    if (value_count(batch) > 0) {
        fill_up(render, batches, batch);
        *item = batch;
    }
    return NULL;
}

static template_error_t *batch_items(const filter_call_t *call, value_t *result)
{
    batches_t *batches = heap_calloc(&call->render->heap, sizeof(*batches));

    TRY(filter_integer(call, 0, 0, &batches->size));
    TRY(iterate(call->render, call->operand, &batches->source));
    batches->base.next = next_batch;
    batches->fill = call->arguments[1];
    *result = iterate_value(&batches->base);
    return NULL;
}

typedef struct slices_t {
    iterator_t base;
    value_t list;
    int64_t slices;
    int64_t number;
    int64_t offset;
    value_t fill;
} slices_t;

static template_error_t *next_slice(render_t *render, iterator_t *iterator, value_t *item)
{
    slices_t *state = (slices_t *)(void *)iterator;
    int64_t count = (int64_t)value_count(state->list);
    int64_t each = count / state->slices;
    int64_t longer = count % state->slices;
    int64_t from = state->offset + state->number * each;

    *item = value_missing();
    if (state->number >= state->slices) {
        return NULL;
    }
    state->offset += state->number < longer;
    *item = value_list(&render->heap, 0);
    for (; from < state->offset + (state->number + 1) * each; from++) {
        value_append(&render->heap, *item, value_at(state->list, (apr_size_t)from));
    }
    if (state->fill.kind != VALUE_MISSING && state->fill.kind != VALUE_NONE &&
        state->number >= longer) {
        value_append(&render->heap, *item, state->fill);
    }
    state->number++;
    return NULL;
}

static template_error_t *slice(const filter_call_t *call, value_t *result)
{
    slices_t *state = heap_calloc(&call->render->heap, sizeof(*state));

    TRY(filter_integer(call, 0, 0, &state->slices));
    if (state->slices == 0) {
        return render_fail(call->render, "slice wants a number of slices that is not zero");
    }
    TRY(iterate_list(call->render, call->operand, &state->list));
    state->base.next = next_slice;
    state->fill = call->arguments[1];
    *result = iterate_value(&state->base);
    return NULL;
}

const filter_t filter_sequences[] = {
    {"length", length, "", 0},
    {"count", length, "", 0},
    {"default", or_default, "default_value=,boolean=", 0},
    {"d", or_default, "default_value=,boolean=", 0},
    {"first", first, "", 0},
    {"last", last, "", 0},
    {"list", to_list, "", 0},
    {"join", join, "d=,attribute=", 0},
    {"reverse", reverse, "", 0},
    {"random", random_item, "", FILTER_IMPURE},
    {"items", items, "", FILTER_LAZY},
    {"batch", batch_items, "linecount,fill_with=", FILTER_LAZY},
    {"slice", slice, "slices,fill_with=", FILTER_LAZY},
    {NULL, NULL, NULL, 0},
};
