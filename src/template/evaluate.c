/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions to values. An error gets the place of the innermost expression that failed. */
#include "render.h"

#include "filter.h"
#include "iterate.h"
#include "lookup.h"

#include <string.h>

static template_error_t *name(render_t *render, frame_t *frame, const node_t *node, value_t *result)
{
    *result = *render_slot(frame, node->as.name.slot);
    if (result->kind == VALUE_MISSING) {
        if (node->as.name.parameter && node->as.name.slot.hops > 0) {
            return render_fail(render, "the scope of '%s' has been left", node->as.name.name);
        }
        *result = value_undefined_name(&render->heap, node->as.name.name);
    }
    return NULL;
}

static template_error_t *sequence(render_t *render, frame_t *frame, const node_t *node,
                                  value_t *result)
{
    unsigned int count = node->as.list.count;

    *result = node->kind == NODE_LIST ? value_list(&render->heap, count)
                                      : value_tuple(&render->heap, count);
    for (unsigned int i = 0; i < count; i++) {
        value_t item;
        TRY(evaluate(render, frame, node->as.list.items[i], &item));
        value_append(&render->heap, *result, item);
    }
    return NULL;
}

static template_error_t *dict(render_t *render, frame_t *frame, const node_t *node, value_t *result)
{
    dict_t *made = dict_create(&render->heap);

    for (unsigned int i = 0; i < node->as.dict.keys.count; i++) {
        value_t key;
        value_t item;
        TRY(evaluate(render, frame, node->as.dict.keys.items[i], &key));
        TRY(evaluate(render, frame, node->as.dict.items.items[i], &item));
        if (!dict_hashable(key)) {
            return render_fail(render, "a value of type %s cannot be a key", value_type(key));
        }
        dict_set(&render->heap, made, key, item);
    }
    *result = dict_value(made);
    return NULL;
}

static template_error_t *condition(render_t *render, frame_t *frame, const node_t *node,
                                   value_t *result)
{
    bool truth;

    TRY(evaluate_condition(render, frame, node->as.condition.test, &truth));
    if (truth) {
        return evaluate(render, frame, node->as.condition.yes, result);
    }
    if (node->as.condition.no) {
        return evaluate(render, frame, node->as.condition.no, result);
    }
    *result = value_undefined_hint(&render->heap,
                                   "the condition of this inline if is false, and it has no else");
    return NULL;
}

static template_error_t *logical(render_t *render, frame_t *frame, const node_t *node,
                                 value_t *result)
{
    TRY(evaluate(render, frame, node->as.binary.left, result));
    if (value_truth(*result) == (node->kind == NODE_AND)) {
        return evaluate(render, frame, node->as.binary.right, result);
    }
    return NULL;
}

static inline template_error_t *holds(render_t *render, frame_t *frame, const node_t *node,
                                      bool *truth)
{
    const nodes_t *others = &node->as.compare.others;
    const operator_t *operators = node->as.compare.operators;
    value_t left;
    value_t right;

    TRY(evaluate(render, frame, node->as.compare.first, &left));
    for (unsigned int i = 0;; left = right) {
        TRY(evaluate(render, frame, others->items[i], &right));
        TRY(operate_compare(render, operators[i], left, right, truth));
        if (!*truth || ++i == others->count) {
            return NULL;
        }
    }
}

static template_error_t *compare(render_t *render, frame_t *frame, const node_t *node,
                                 value_t *result)
{
    bool truth;

    TRY(holds(render, frame, node, &truth));
    *result = value_bool(truth);
    return NULL;
}

static template_error_t *concat(render_t *render, frame_t *frame, const node_t *node,
                                value_t *result)
{
    unsigned int count = node->as.list.count;
    value_t *parts = heap_alloc(&render->heap, count * sizeof(*parts));

    for (unsigned int i = 0; i < count; i++) {
        TRY(evaluate(render, frame, node->as.list.items[i], &parts[i]));
    }
    return operate_concat(render, parts, count, node->escape == ESCAPE_ON && !render->folding,
                          result);
}

static template_error_t *item(render_t *render, frame_t *frame, const node_t *node, value_t *result)
{
    const node_t *index = node->as.item.index;
    value_t object;
    value_t bounds[3];

    TRY(evaluate(render, frame, node->as.item.object, &object));
    if (index->kind == NODE_SLICE) {
        const node_t *parts[] = {index->as.slice.start, index->as.slice.stop, index->as.slice.step};
        for (int i = 0; i < 3; i++) {
            bounds[i] = value_none();
            if (parts[i]) {
                TRY(evaluate(render, frame, parts[i], &bounds[i]));
            }
        }
        return attribute_slice(render, object, bounds, result);
    }
    TRY(evaluate(render, frame, index, &bounds[0]));
    return attribute_item(render, object, bounds[0], result);
}

static template_error_t *attribute(render_t *render, frame_t *frame, const node_t *node,
                                   value_t *result)
{
    value_t object;

    TRY(evaluate(render, frame, node->as.attribute.object, &object));
    if (node->as.attribute.item && value_is_mapping(object)) {
        *result = attribute_of_mapping(render, object, node->as.attribute.name);
        return NULL;
    }
    return attribute_get(render, object, node->as.attribute.name, result);
}

static template_error_t *binary(render_t *render, frame_t *frame, const node_t *node,
                                value_t *result)
{
    value_t left;
    value_t right;

    TRY(evaluate(render, frame, node->as.binary.left, &left));
    TRY(evaluate(render, frame, node->as.binary.right, &right));
    return operate_binary(render, node->as.binary.op, left, right, result);
}

static template_error_t *negation(render_t *render, frame_t *frame, const node_t *node,
                                  value_t *result)
{
    value_t value;

    TRY(evaluate(render, frame, node->as.binary.left, &value));
    *result = value_bool(!value_truth(value));
    return NULL;
}

static template_error_t *sign(render_t *render, frame_t *frame, const node_t *node, value_t *result)
{
    value_t value;

    TRY(evaluate(render, frame, node->as.binary.left, &value));
    return operate_sign(render, node->kind == NODE_NEGATIVE, value, result);
}

static template_error_t *call(render_t *render, frame_t *frame, const node_t *node, value_t *result)
{
    return evaluate_call(render, frame, node, value_missing(), result);
}

static template_error_t *filter(render_t *render, frame_t *frame, const node_t *node,
                                value_t *result)
{
    return evaluate_filter(render, frame, node, value_missing(), result);
}

typedef template_error_t *evaluate_t(render_t *render, frame_t *frame, const node_t *node,
                                     value_t *result);

/* Constants are never asked for here, and targets and slices are no values. */
static evaluate_t *const functions[] = {
    [NODE_NAME] = name,           [NODE_TUPLE] = sequence, [NODE_LIST] = sequence,
    [NODE_DICT] = dict,           [NODE_OR] = logical,     [NODE_AND] = logical,
    [NODE_CONDITION] = condition, [NODE_NOT] = negation,   [NODE_COMPARE] = compare,
    [NODE_BINARY] = binary,       [NODE_NEGATIVE] = sign,  [NODE_POSITIVE] = sign,
    [NODE_CONCAT] = concat,       [NODE_ITEM] = item,      [NODE_ATTRIBUTE] = attribute,
    [NODE_CALL] = call,           [NODE_FILTER] = filter,  [NODE_TEST] = filter,
};

/* Kept apart: evaluate_node() then has little to save on its short way. */
__attribute__((noinline)) static template_error_t *
evaluate_counted(render_t *render, frame_t *frame, const node_t *node, value_t *result)
{
    template_error_t *error = render_enter(render);

    error = error ? error : render_step(render);
    error = error ? error : functions[node->kind](render, frame, node, result);
    render->nesting--;
    if (error) {
        error_locate(error, frame->template->source, node->offset, render->pool);
    }
    return error;
}

/* object.name, where the variable holds an object of the context. */
static inline bool simple_attribute(render_t *render, frame_t *frame, const node_t *node,
                                    value_t *result)
{
    const node_t *object = node->as.attribute.object;
    const value_t *slot;

    if (!node->as.attribute.item || object->kind != NODE_NAME) {
        return false;
    }
    slot = render_slot(frame, object->as.name.slot);
    if (slot->kind != VALUE_OBJECT) {
        return false;
    }
    if (!lookup_known(render, slot->as.json, node->as.attribute.name, result) ||
        result->kind == VALUE_MISSING) {
        *result = attribute_of_mapping(render, *slot, node->as.attribute.name);
    }
    return true;
}

template_error_t *evaluate_node(render_t *render, frame_t *frame, const node_t *node,
                                value_t *result)
{
    /* The most frequent of all. */
    if (node->kind == NODE_ATTRIBUTE && simple_attribute(render, frame, node, result)) {
        return NULL;
    }
    return evaluate_counted(render, frame, node, result);
}

template_error_t *evaluate_condition(render_t *render, frame_t *frame, const node_t *node,
                                     bool *truth)
{
    template_error_t *error;
    value_t value;

    if (node->kind != NODE_COMPARE) {
        TRY(evaluate(render, frame, node, &value));
        *truth = value_truth(value);
        return NULL;
    }
    error = render_step(render);
    error = error ? error : holds(render, frame, node, truth);
    if (__builtin_expect(error != NULL, 0)) {
        error_locate(error, frame->template->source, node->offset, render->pool);
    }
    return error;
}

/* ---------------------------------------------------------------- calls */

static template_error_t *add_named(call_t *call, unsigned int *capacity, const char *key,
                                   value_t value)
{
    for (unsigned int i = 0; i < call->named_count; i++) {
        if (strcmp(call->names[i], key) == 0) {
            return render_fail(call->render, "the argument '%s' is given twice", key);
        }
    }
    if (call->named_count == *capacity) {
        heap_t *heap = &call->render->heap;
        const char **names = heap_alloc(heap, (*capacity * 2 + 4) * sizeof(*names));
        value_t *values = heap_alloc(heap, (*capacity * 2 + 4) * sizeof(*values));
        if (*capacity) {
            memcpy(names, call->names, *capacity * sizeof(*names));
            memcpy(values, call->named, *capacity * sizeof(*values));
        }
        call->names = names;
        call->named = values;
        *capacity = *capacity * 2 + 4;
    }
    call->names[call->named_count] = key;
    call->named[call->named_count++] = value;
    return NULL;
}

static template_error_t *add_rest(call_t *call, value_t rest)
{
    heap_t *heap = &call->render->heap;
    value_t all = value_list(heap, call->count + 4);
    iterator_t *iterator;
    value_t value;

    for (unsigned int i = 0; i < call->count; i++) {
        value_append(heap, all, call->positional[i]);
    }
    TRY(iterate(call->render, rest, &iterator));
    for (;;) {
        TRY(iterate_next(call->render, iterator, &value));
        if (value.kind == VALUE_MISSING) {
            break;
        }
        value_append(heap, all, value);
    }
    call->positional = all.as.list->items;
    call->count = (unsigned int)all.as.list->count;
    return NULL;
}

static template_error_t *add_rest_named(call_t *call, unsigned int *capacity, value_t mapping)
{
    value_cursor_t cursor = {0};
    value_t key;
    value_t item_value;

    if (!value_is_mapping(mapping)) {
        return render_fail(call->render, "what follows ** has to be a dict, not %s",
                           value_type(mapping));
    }
    while (value_next(mapping, &cursor, &key, &item_value)) {
        TRY(render_step(call->render));
        if (key.kind != VALUE_STRING || memchr(key.as.text, 0, key.length) ||
            call->named_count > 1000) {
            return render_fail(call->render, "these cannot be the names of arguments");
        }
        TRY(add_named(call, capacity, heap_copy(&call->render->heap, key.as.text, key.length),
                      item_value));
    }
    return NULL;
}

template_error_t *evaluate_arguments(render_t *render, frame_t *frame, const arguments_t *arguments,
                                     value_t caller, call_t *call)
{
    unsigned int capacity = 0;
    value_t value;

    call->count = arguments->positional.count;
    call->positional = heap_alloc(&render->heap, call->count * sizeof(value_t));
    for (unsigned int i = 0; i < call->count; i++) {
        TRY(evaluate(render, frame, arguments->positional.items[i], &call->positional[i]));
    }
    for (unsigned int i = 0; i < arguments->keywords.count; i++) {
        TRY(evaluate(render, frame, arguments->keywords.items[i], &value));
        TRY(add_named(call, &capacity, arguments->names[i], value));
    }
    if (arguments->rest) {
        TRY(evaluate(render, frame, arguments->rest, &value));
        TRY(add_rest(call, value));
    }
    if (arguments->rest_named) {
        TRY(evaluate(render, frame, arguments->rest_named, &value));
        TRY(add_rest_named(call, &capacity, value));
    }
    if (caller.kind != VALUE_MISSING) {
        TRY(add_named(call, &capacity, "caller", caller));
    }
    return NULL;
}

template_error_t *evaluate_call(render_t *render, frame_t *frame, const node_t *node,
                                value_t caller, value_t *result)
{
    call_t call = {.render = render, .context = frame->context};
    value_t callee;

    TRY(evaluate(render, frame, node->as.call.callee, &callee));
    TRY(evaluate_arguments(render, frame, node->as.call.arguments, caller, &call));
    return call_value(&call, callee, result);
}

/* The arguments of a filter or test, right into their places. */
static template_error_t *place_arguments(render_t *render, frame_t *frame,
                                         const arguments_t *arguments, value_t *places)
{
    const uint8_t *place = arguments->places;

    for (unsigned int i = 0; i < arguments->positional.count; i++) {
        TRY(evaluate(render, frame, arguments->positional.items[i], &places[*place++]));
    }
    for (unsigned int i = 0; i < arguments->keywords.count; i++) {
        TRY(evaluate(render, frame, arguments->keywords.items[i], &places[*place++]));
    }
    return NULL;
}

template_error_t *evaluate_filter(render_t *render, frame_t *frame, const node_t *node,
                                  value_t captured, value_t *result)
{
    call_t call = {.render = render, .context = frame->context, .callee = node->as.filter.name};
    const node_t *operand = node->as.filter.operand;

    if (!operand) {
        call.object = captured;
    }
    else if (captured.kind != VALUE_MISSING) {
        TRY(render_enter(render));
        TRY(evaluate_filter(render, frame, operand, captured, &call.object));
        render->nesting--;
    }
    else {
        TRY(evaluate(render, frame, operand, &call.object));
    }
    if (!node->as.filter.filter) {
        return render_fail(render, "there is no %s named '%s'",
                           node->kind == NODE_TEST ? "test" : "filter", node->as.filter.name);
    }
    if (node->as.filter.arguments->places) {
        filter_call_t state;
        filter_clear(&state);
        TRY(place_arguments(render, frame, node->as.filter.arguments, state.arguments));
        return filter_run(&state, &call, node->as.filter.filter, result);
    }
    call.plan = node->as.filter.arguments->plan;
    TRY(evaluate_arguments(render, frame, node->as.filter.arguments, value_missing(), &call));
    return filter_apply(&call, node->as.filter.filter, result);
}
