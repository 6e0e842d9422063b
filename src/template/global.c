/* SPDX-License-Identifier: Apache-2.0 */
/* Global functions and the objects that they make. */
#include "global.h"

#include "call.h"
#include "iterate.h"

#include <string.h>

static template_error_t *range_bounds(call_t *call, int64_t bounds[3])
{
    int64_t given[3] = {0, 0, 1};

    if (call->named_count > 0 || call->count < 1 || call->count > 3) {
        return render_fail(call->render, "range takes one to three integers");
    }
    for (unsigned int i = 0; i < call->count; i++) {
        if (call->positional[i].kind == VALUE_UNDEFINED) {
            return operate_undefined(call->render, call->positional[i]);
        }
        if (!value_is_integer(call->positional[i], &given[i])) {
            return render_fail(call->render, "range takes integers, not %s",
                               value_type(call->positional[i]));
        }
    }
    bounds[0] = call->count > 1 ? given[0] : 0;
    bounds[1] = call->count > 1 ? given[1] : given[0];
    bounds[2] = given[2];
    return NULL;
}

static template_error_t *make_range(call_t *call, value_t *result)
{
    range_t *range = heap_alloc(&call->render->heap, sizeof(*range));
    int64_t bounds[3] = {0};
    __int128 distance;

    TRY(range_bounds(call, bounds));
    if (bounds[2] == 0) {
        return render_fail(call->render, "the step of a range cannot be zero");
    }
    distance = (__int128)bounds[1] - bounds[0];
    if ((distance > 0) != (bounds[2] > 0)) {
        distance = 0;
    }
    range->start = bounds[0];
    range->stop = bounds[1];
    range->step = bounds[2];
    distance = distance == 0 ? 0 : (distance - (bounds[2] > 0 ? 1 : -1)) / bounds[2] + 1;
    if (distance > INT64_MAX) {
        return render_fail(call->render, "this range is too long");
    }
    range->count = (int64_t)distance;
    *result = (value_t){.kind = VALUE_RANGE, .as.range = range};
    return NULL;
}

/* A pair in what dict() takes: something with two items. */
static template_error_t *set_pair(render_t *render, dict_t *dict, value_t pair)
{
    value_t list;

    TRY(iterate_list(render, pair, &list));
    if (list.as.list->count != 2 || !dict_hashable(list.as.list->items[0])) {
        return render_fail(render, "a dict is made of pairs of a key and a value");
    }
    dict_set(&render->heap, dict, list.as.list->items[0], list.as.list->items[1]);
    return NULL;
}

static template_error_t *set_all(render_t *render, dict_t *dict, value_t from)
{
    value_cursor_t cursor = {0};
    iterator_t *iterator;
    value_t key;
    value_t item;

    if (value_is_mapping(from)) {
        while (value_next(from, &cursor, &key, &item)) {
            dict_set(&render->heap, dict, key, item);
        }
        return NULL;
    }
    TRY(iterate(render, from, &iterator));
    for (;;) {
        TRY(iterate_next(render, iterator, &item));
        if (item.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(set_pair(render, dict, item));
    }
}

template_error_t *global_update(call_t *call, dict_t *dict)
{
    if (call->count > 1) {
        return render_fail(call->render, "%s takes at most one argument without a name",
                           call->callee);
    }
    if (call->count == 1) {
        TRY(set_all(call->render, dict, call->positional[0]));
    }
    for (unsigned int i = 0; i < call->named_count; i++) {
        dict_set(&call->render->heap, dict, value_string(call->names[i]), call->named[i]);
    }
    return NULL;
}

static template_error_t *make_dict(call_t *call, value_t *result)
{
    dict_t *dict = dict_create(&call->render->heap);

    *result = dict_value(dict);
    return global_update(call, dict);
}

static template_error_t *make_namespace(call_t *call, value_t *result)
{
    TRY(make_dict(call, result));
    result->kind = VALUE_NAMESPACE;
    return NULL;
}

static template_error_t *make_cycler(call_t *call, value_t *result)
{
    heap_t *heap = &call->render->heap;
    cycler_t *cycler = heap_calloc(heap, sizeof(*cycler));
    value_t items = value_tuple(heap, call->count);

    if (call->count == 0 || call->named_count > 0) {
        return render_fail(call->render, "cycler takes one or more items");
    }
    for (unsigned int i = 0; i < call->count; i++) {
        value_append(heap, items, call->positional[i]);
    }
    cycler->items = items.as.list;
    *result = (value_t){.kind = VALUE_CYCLER, .as.cycler = cycler};
    return NULL;
}

static template_error_t *make_joiner(call_t *call, value_t *result)
{
    joiner_t *joiner = heap_calloc(&call->render->heap, sizeof(*joiner));
    value_t separator;

    TRY(call_bind(call, "sep=", &separator));
    joiner->separator = separator.kind == VALUE_MISSING ? value_string(", ") : separator;
    *result = (value_t){.kind = VALUE_JOINER, .as.joiner = joiner};
    return NULL;
}

static template_error_t *refuse_lipsum(call_t *call, value_t *result)
{
    (void)result;
    return render_fail(call->render, "lipsum is not supported: its text is random");
}

static const function_entry_t functions[] = {
    {"range", make_range},   {"dict", make_dict},       {"cycler", make_cycler},
    {"joiner", make_joiner}, {"lipsum", refuse_lipsum}, {"namespace", make_namespace},
};

value_t global_find(const char *name)
{
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return (value_t){.kind = VALUE_FUNCTION, .as.function = &functions[i]};
        }
    }
    return value_missing();
}

template_error_t *global_call(call_t *call, value_t function, value_t *result)
{
    const function_entry_t *entry = function.as.function;

    call->callee = entry->name;
    return entry->call(call, result);
}

/* ---------------------------------------------------------------- cycler and joiner */

static template_error_t *cycler_next(call_t *call, value_t *values, value_t *result)
{
    cycler_t *cycler = call->object.as.cycler;

    (void)values;
    *result = cycler->items->items[cycler->position];
    cycler->position = (cycler->position + 1) % cycler->items->count;
    return NULL;
}

static template_error_t *cycler_reset(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    call->object.as.cycler->position = 0;
    *result = value_none();
    return NULL;
}

const method_entry_t method_cyclers[] = {
    {"next", cycler_next, ""},
    {"reset", cycler_reset, ""},
    {NULL, NULL, NULL},
};

template_error_t *global_attribute(render_t *render, value_t object, value_t name, value_t *result)
{
    if (object.kind == VALUE_JOINER) {
        *result = value_equals_string(name, "sep")    ? object.as.joiner->separator
                  : value_equals_string(name, "used") ? value_bool(object.as.joiner->used)
                                                      : value_missing();
        return NULL;
    }
    const cycler_t *cycler = object.as.cycler;
    if (value_equals_string(name, "current")) {
        *result = cycler->items->items[cycler->position];
        return NULL;
    }
    if (value_equals_string(name, "pos")) {
        *result = value_int((int64_t)cycler->position);
        return NULL;
    }
    if (value_equals_string(name, "items")) {
        *result = (value_t){.kind = VALUE_TUPLE, .as.list = cycler->items};
        return NULL;
    }
    return call_bound(render, method_cyclers, object, name, result);
}

value_t global_join(joiner_t *joiner)
{
    bool used = joiner->used;

    joiner->used = true;
    return used ? joiner->separator : value_string("");
}
