/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Methods of lists, tuples, dicts and numbers. What the template made itself can be changed;
 * the lists and dicts of the context belong to others too, and changing them is refused.
 */
#include "call.h"

#include "global.h"
#include "iterate.h"
#include "sort.h"

#include <math.h>
#include <string.h>

static template_error_t *own(call_t *call)
{
    if (call->object.kind == VALUE_LIST || call->object.kind == VALUE_DICT) {
        return NULL;
    }
    return render_fail(call->render, "%s would change a %s of the context, which is not allowed",
                       call->callee, value_type(call->object));
}

static template_error_t *take_index(call_t *call, value_t value, int64_t otherwise, int64_t *index)
{
    *index = otherwise;
    if (value.kind == VALUE_MISSING || value_is_integer(value, index)) {
        return NULL;
    }
    return render_fail(call->render, "%s wants an integer", call->callee);
}

/* ---------------------------------------------------------------- lists */

static template_error_t *append(call_t *call, value_t *values, value_t *result)
{
    TRY(own(call));
    value_append(&call->render->heap, call->object, values[0]);
    *result = value_none();
    return NULL;
}

static template_error_t *extend(call_t *call, value_t *values, value_t *result)
{
    value_t more;

    TRY(own(call));
    TRY(iterate_list(call->render, values[0], &more));
    for (apr_size_t i = 0; i < more.as.list->count; i++) {
        value_append(&call->render->heap, call->object, more.as.list->items[i]);
    }
    *result = value_none();
    return NULL;
}

static template_error_t *insert(call_t *call, value_t *values, value_t *result)
{
    list_t *list = call->object.as.list;
    int64_t index;
    int64_t count;

    TRY(own(call));
    TRY(take_index(call, values[0], 0, &index));
    count = (int64_t)list->count;
    index = index < -count ? 0 : index < 0 ? index + count : index > count ? count : index;
    value_append(&call->render->heap, call->object, values[1]);
    if ((int64_t)list->count > count) {
        memmove(list->items + index + 1, list->items + index,
                (size_t)(count - index) * sizeof(value_t));
        list->items[index] = values[1];
    }
    *result = value_none();
    return NULL;
}

static void remove_at(list_t *list, apr_size_t index)
{
    list->count--;
    memmove(list->items + index, list->items + index + 1, (list->count - index) * sizeof(value_t));
}

static template_error_t *pop(call_t *call, value_t *values, value_t *result)
{
    list_t *list = call->object.as.list;
    int64_t index;

    TRY(own(call));
    TRY(take_index(call, values[0], -1, &index));
    index += index < 0 ? (int64_t)list->count : 0;
    if (index < 0 || index >= (int64_t)list->count) {
        return render_fail(call->render, "pop: there is no such item");
    }
    *result = list->items[index];
    remove_at(list, (apr_size_t)index);
    return NULL;
}

/* The index of the first item that equals a value; -1 if there is none. */
static template_error_t *search(call_t *call, value_t value, int64_t *index)
{
    for (apr_size_t i = 0; i < value_count(call->object); i++) {
        bool equal;
        TRY(operate_equal(call->render, value_at(call->object, i), value, &equal));
        if (equal) {
            *index = (int64_t)i;
            return NULL;
        }
    }
    *index = -1;
    return NULL;
}

static template_error_t *remove_item(call_t *call, value_t *values, value_t *result)
{
    int64_t index;

    TRY(own(call));
    TRY(search(call, values[0], &index));
    if (index < 0) {
        return render_fail(call->render, "remove: the item is not in the list");
    }
    remove_at(call->object.as.list, (apr_size_t)index);
    *result = value_none();
    return NULL;
}

static template_error_t *index_of(call_t *call, value_t *values, value_t *result)
{
    int64_t index;

    TRY(search(call, values[0], &index));
    *result = value_int(index);
    return index >= 0 ? NULL : render_fail(call->render, "index: the item is not in there");
}

static template_error_t *count_of(call_t *call, value_t *values, value_t *result)
{
    int64_t times = 0;

    for (apr_size_t i = 0; i < value_count(call->object); i++) {
        bool equal;
        TRY(operate_equal(call->render, value_at(call->object, i), values[0], &equal));
        times += equal;
    }
    *result = value_int(times);
    return NULL;
}

static template_error_t *clear(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    TRY(own(call));
    call->object.as.list->count = 0;
    *result = value_none();
    return NULL;
}

static template_error_t *reverse(call_t *call, value_t *values, value_t *result)
{
    list_t *list = call->object.as.list;

    (void)values;
    TRY(own(call));
    for (apr_size_t i = 0; i < list->count / 2; i++) {
        value_t item = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = item;
    }
    *result = value_none();
    return NULL;
}

static template_error_t *sort(call_t *call, value_t *values, value_t *result)
{
    list_t *list = call->object.as.list;
    heap_t *heap = &call->render->heap;
    compare_mismatch_t mismatch;
    value_t *keys;

    TRY(own(call));
    *result = value_none();
    if (values[0].kind != VALUE_MISSING && values[0].kind != VALUE_NONE) {
        return render_fail(call->render, "sort: a key is not supported");
    }
    if (!heap_allows(heap, list->count, sizeof(value_t))) {
        return NULL;
    }
    keys = heap_alloc(heap, list->count * sizeof(value_t));
    if (list->count) {
        memcpy(keys, list->items, list->count * sizeof(value_t));
    }
    if (!sort_by_keys(heap, list->items, keys, list->count, value_truth(values[1]), &mismatch)) {
        return render_fail(call->render, "sort: the items have no order");
    }
    return NULL;
}

static template_error_t *copy_list(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    return iterate_list(call->render, call->object, result);
}

const method_entry_t method_lists[] = {
    {"append", append, "/object"},
    {"extend", extend, "/iterable"},
    {"insert", insert, "/index,/object"},
    {"pop", pop, "/="},
    {"remove", remove_item, "/value"},
    {"index", index_of, "/value"},
    {"count", count_of, "/value"},
    {"clear", clear, ""},
    {"reverse", reverse, ""},
    {"sort", sort, "key=,reverse="},
    {"copy", copy_list, ""},
    {NULL, NULL, NULL},
};

const method_entry_t method_tuples[] = {
    {"index", index_of, "/value"},
    {"count", count_of, "/value"},
    {NULL, NULL, NULL},
};

/* ---------------------------------------------------------------- dicts */

static template_error_t *view(call_t *call, view_kind_t kind, value_t *result)
{
    view_t *made = heap_alloc(&call->render->heap, sizeof(*made));

    made->kind = kind;
    made->mapping = call->object;
    *result = (value_t){.kind = VALUE_VIEW, .as.view = made};
    return NULL;
}

static template_error_t *keys(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    return view(call, VIEW_KEYS, result);
}

static template_error_t *values_of(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    return view(call, VIEW_VALUES, result);
}

static template_error_t *items(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    return view(call, VIEW_ITEMS, result);
}

static template_error_t *check_key(call_t *call, value_t key)
{
    return dict_hashable(key)
               ? NULL
               : render_fail(call->render, "a value of type %s cannot be a key", value_type(key));
}

static template_error_t *get(call_t *call, value_t *values, value_t *result)
{
    TRY(check_key(call, values[0]));
    *result = value_lookup(call->object, values[0]);
    if (result->kind == VALUE_MISSING) {
        *result = values[1].kind == VALUE_MISSING ? value_none() : values[1];
    }
    return NULL;
}

static template_error_t *pop_key(call_t *call, value_t *values, value_t *result)
{
    TRY(own(call));
    TRY(check_key(call, values[0]));
    *result = value_lookup(call->object, values[0]);
    if (result->kind == VALUE_MISSING) {
        *result = values[1];
    }
    if (result->kind == VALUE_MISSING) {
        return render_fail(call->render, "pop: there is no such key");
    }
    dict_remove(call->object.as.dict, values[0]);
    return NULL;
}

static template_error_t *setdefault(call_t *call, value_t *values, value_t *result)
{
    TRY(check_key(call, values[0]));
    *result = value_lookup(call->object, values[0]);
    if (result->kind == VALUE_MISSING) {
        TRY(own(call));
        *result = values[1].kind == VALUE_MISSING ? value_none() : values[1];
        dict_set(&call->render->heap, call->object.as.dict, values[0], *result);
    }
    return NULL;
}

static template_error_t *update(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    TRY(own(call));
    *result = value_none();
    return global_update(call, call->object.as.dict);
}

static template_error_t *clear_dict(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    TRY(own(call));
    dict_clear(call->object.as.dict);
    *result = value_none();
    return NULL;
}

static template_error_t *copy_dict(call_t *call, value_t *values, value_t *result)
{
    dict_t *copy = dict_create(&call->render->heap);
    value_cursor_t cursor = {0};
    value_t key;
    value_t item;

    (void)values;
    while (value_next(call->object, &cursor, &key, &item)) {
        dict_set(&call->render->heap, copy, key, item);
    }
    *result = dict_value(copy);
    return NULL;
}

const method_entry_t method_dicts[] = {
    {"keys", keys, ""},       {"values", values_of, ""},   {"items", items, ""},
    {"get", get, "/key,/="},  {"pop", pop_key, "/key,/="}, {"setdefault", setdefault, "/key,/="},
    {"update", update, NULL}, {"clear", clear_dict, ""},   {"copy", copy_dict, ""},
    {"popitem", NULL, NULL},  {"fromkeys", NULL, NULL},    {NULL, NULL, NULL},
};

/* ---------------------------------------------------------------- numbers */

static template_error_t *is_integer(call_t *call, value_t *values, value_t *result)
{
    double number = call->object.as.number;

    (void)values;
    *result = value_bool(isfinite(number) && number == floor(number));
    return NULL;
}

const method_entry_t method_integers[] = {
    {"real", NULL, NULL},      {"imag", NULL, NULL},
    {"numerator", NULL, NULL}, {"denominator", NULL, NULL},
    {"conjugate", NULL, NULL}, {"bit_length", NULL, NULL},
    {"bit_count", NULL, NULL}, {"as_integer_ratio", NULL, NULL},
    {"to_bytes", NULL, NULL},  {"from_bytes", NULL, NULL},
    {NULL, NULL, NULL},
};

const method_entry_t method_floats[] = {
    {"is_integer", is_integer, ""},   {"real", NULL, NULL}, {"imag", NULL, NULL},
    {"conjugate", NULL, NULL},        {"hex", NULL, NULL},  {"fromhex", NULL, NULL},
    {"as_integer_ratio", NULL, NULL}, {NULL, NULL, NULL},
};
