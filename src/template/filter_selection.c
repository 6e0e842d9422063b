/* SPDX-License-Identifier: Apache-2.0 */
/*
 * map, select, reject and their kin: filters that apply other filters and tests. They do so
 * item by item, when the item is asked for, and only then look at how they were called.
 */
#include "filter.h"

#include "iterate.h"

#include <stddef.h>
#include <string.h>

typedef struct selection_t selection_t;

struct filter_plan_t {
    filter_path_t path;
    const filter_t *applied;
    unsigned int taken; /* positional arguments that are in the plan */
};

struct selection_t {
    iterator_t base;
    iterator_t *source; /* NULL before the first item */
    template_error_t *(*prepare)(render_t *render, selection_t *selection);
    value_t value;
    filter_path_t path;
    const filter_t *applied; /* a filter, a test or NULL */
    call_t call;             /* its arguments */
    bool compares;           /* the operand with the only argument, as most tests do */
    bool reject;
    bool finds_text; /* see skip_others() */
    bool is_bound;
    filter_call_t bound; /* the arguments, bound to its parameters */
};

/* What takes its arguments as it likes changes them on the way, so each call gets a copy. */
static template_error_t *apply_to_copy(render_t *render, const selection_t *selection,
                                       value_t operand, value_t *result)
{
    call_t call = selection->call;
    apr_size_t names = call.named_count * sizeof(*call.names);
    apr_size_t named = call.named_count * sizeof(*call.named);

    if (call.named_count > 0) {
        call.names = memcpy(heap_alloc(&render->heap, names), call.names, names);
        call.named = memcpy(heap_alloc(&render->heap, named), call.named, named);
    }
    call.object = operand;
    return filter_apply(&call, selection->applied, result);
}

/* All else is bound once, when the first item comes. */
static template_error_t *apply(render_t *render, selection_t *selection, value_t operand,
                               value_t *result)
{
    const filter_t *applied = selection->applied;

    if (!selection->is_bound) {
        if (!applied->parameters || applied->flags & FILTER_LAZY) {
            return apply_to_copy(render, selection, operand, result);
        }
        TRY(filter_bind(&selection->bound, &selection->call, applied));
        selection->is_bound = true;
    }
    render_charge(render, operand);
    selection->bound.operand = operand;
    return applied->function(&selection->bound, result);
}

/* Whether it selects what has a certain text in one attribute, out of a list. */
static bool finds_text(const selection_t *selection)
{
    return selection->compares && !selection->reject &&
           selection->applied->flags >> FILTER_OPERATOR == OPERATOR_EQ &&
           selection->call.positional[0].kind == VALUE_STRING &&
           selection->call.positional[0].length < OPERATE_SHORT && selection->path.count == 1 &&
           selection->path.steps->kind == VALUE_STRING && selection->source->is_sequence &&
           selection->source->source.kind != VALUE_ARRAY;
}

/* Passes over what is known to have another text there. */
static void skip_others(render_t *render, const selection_t *selection)
{
    iterator_t *source = selection->source;
    const list_t *list = source->source.as.list;
    value_t text = selection->call.positional[0];
    value_t name = *selection->path.steps;
    apr_size_t at = source->index;

    for (; at < list->count; at++) {
        value_t item = list->items[at];
        value_t found;
        if (item.kind != VALUE_OBJECT || !lookup_known(render, item.as.json, name, &found) ||
            found.kind != VALUE_STRING || value_same_text(found, text)) {
            break;
        }
    }
    heap_work(&render->heap, at - source->index);
    source->index = at;
}

/* A value that is false has no items, whatever it is. */
static template_error_t *begin(render_t *render, selection_t *selection)
{
    const filter_plan_t *plan = selection->call.plan;

    if (plan) {
        selection->path = plan->path;
        selection->applied = plan->applied;
        selection->call.positional += plan->taken;
        selection->call.count -= plan->taken;
    }
    else {
        TRY(selection->prepare(render, selection));
    }
    selection->compares = selection->applied && selection->applied->flags & FILTER_COMPARES &&
                          selection->call.count == 1 && selection->call.named_count == 0;
    if (!value_truth(selection->value)) {
        selection->value = value_undefined(NULL);
    }
    TRY(iterate(render, selection->value, &selection->source));
    selection->finds_text = finds_text(selection);
    return NULL;
}

static template_error_t *next_mapped(render_t *render, iterator_t *iterator, value_t *item)
{
    selection_t *selection = (selection_t *)(void *)iterator;

    if (!selection->source) {
        TRY(begin(render, selection));
    }
    TRY(iterate_next(render, selection->source, item));
    if (item->kind == VALUE_MISSING) {
        return NULL;
    }
    if (selection->applied) {
        return apply(render, selection, *item, item);
    }
    return filter_attribute(render, *item, &selection->path, item);
}

/* Whether an item, or the attribute of it that is asked for, passes the test. */
static template_error_t *passes(render_t *render, selection_t *selection, value_t operand,
                                bool *verdict)
{
    value_t answer = operand;

    if (selection->compares) {
        return operate_compare(render, (operator_t)(selection->applied->flags >> FILTER_OPERATOR),
                               operand, selection->call.positional[0], verdict);
    }
    if (selection->applied) {
        TRY(apply(render, selection, operand, &answer));
    }
    *verdict = value_truth(answer);
    return NULL;
}

static template_error_t *next_selected(render_t *render, iterator_t *iterator, value_t *item)
{
    selection_t *selection = (selection_t *)(void *)iterator;
    value_t candidate;
    value_t operand;
    bool verdict;

    if (!selection->source) {
        TRY(begin(render, selection));
    }
    do {
        if (selection->finds_text) {
            skip_others(render, selection);
        }
        TRY(iterate_next(render, selection->source, &candidate));
        if (candidate.kind == VALUE_MISSING) {
            break;
        }
        TRY(filter_attribute(render, candidate, &selection->path, &operand));
        TRY(passes(render, selection, operand, &verdict));
    } while (verdict == selection->reject);
    *item = candidate;
    return NULL;
}

/* Takes the first positional argument off. */
static value_t shift(call_t *call)
{
    value_t value = call->count > 0 ? call->positional[0] : value_missing();

    if (call->count > 0) {
        call->positional++;
        call->count--;
    }
    return value;
}

static template_error_t *find_applied(render_t *render, selection_t *selection, value_t name,
                                      bool test)
{
    if (name.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, name);
    }
    if (name.kind == VALUE_STRING) {
        selection->applied = (test ? filter_find_test : filter_find)(name.as.text, name.length);
    }
    if (!selection->applied) {
        return render_fail(render, "%s: there is no %s of that name", selection->call.callee,
                           test ? "test" : "filter");
    }
    return NULL;
}

static template_error_t *prepare_map(render_t *render, selection_t *selection)
{
    const call_t *call = &selection->call;
    value_t path = value_missing();
    value_t otherwise = value_missing();

    if (call->count > 0) {
        return find_applied(render, selection, shift(&selection->call), false);
    }
    for (unsigned int i = 0; i < call->named_count; i++) {
        if (strcmp(call->names[i], "attribute") == 0) {
            path = call->named[i];
        }
        else if (strcmp(call->names[i], "default") == 0) {
            otherwise = call->named[i];
        }
        else {
            return render_fail(render, "map has no argument '%s'", call->names[i]);
        }
    }
    selection->path = filter_path(&render->heap, path, otherwise);
    return path.kind == VALUE_MISSING ? render_fail(render, "map wants a filter or an attribute")
                                      : NULL;
}

static template_error_t *prepare_test(render_t *render, selection_t *selection)
{
    return selection->call.count == 0
               ? NULL
               : find_applied(render, selection, shift(&selection->call), true);
}

static template_error_t *prepare_attribute_test(render_t *render, selection_t *selection)
{
    value_t path = shift(&selection->call);

    if (path.kind == VALUE_MISSING) {
        return render_fail(render, "%s wants the name of an attribute", selection->call.callee);
    }
    selection->path = filter_path(&render->heap, path, value_missing());
    return prepare_test(render, selection);
}

static selection_t *create(const filter_call_t *call, iterate_next_t *next,
                           template_error_t *(*prepare)(render_t *, selection_t *), value_t *result)
{
    selection_t *selection = heap_alloc(&call->render->heap, sizeof(*selection));

    memset(selection, 0, offsetof(selection_t, bound));
    selection->base.next = next;
    selection->value = call->operand;
    selection->call = *call->call;
    selection->prepare = prepare;
    *result = iterate_value(&selection->base);
    return selection;
}

static template_error_t *map(const filter_call_t *call, value_t *result)
{
    create(call, next_mapped, prepare_map, result);
    return NULL;
}

static template_error_t *select_items(const filter_call_t *call, value_t *result)
{
    create(call, next_selected, prepare_test, result);
    return NULL;
}

static template_error_t *reject(const filter_call_t *call, value_t *result)
{
    create(call, next_selected, prepare_test, result)->reject = true;
    return NULL;
}

static template_error_t *selectattr(const filter_call_t *call, value_t *result)
{
    create(call, next_selected, prepare_attribute_test, result);
    return NULL;
}

static template_error_t *rejectattr(const filter_call_t *call, value_t *result)
{
    create(call, next_selected, prepare_attribute_test, result)->reject = true;
    return NULL;
}

/* A constant among the arguments; VALUE_MISSING if it is not there or not known. */
static value_t constant_at(const nodes_t *nodes, unsigned int index)
{
    return index < nodes->count && nodes->items[index]->kind == NODE_CONST
               ? nodes->items[index]->as.value
               : value_missing();
}

/* Takes the name of what is applied into a plan; false if it is not known. */
static bool plan_applied(filter_plan_t *plan, value_t name, bool test)
{
    plan->taken++;
    if (name.kind == VALUE_STRING) {
        plan->applied = (test ? filter_find_test : filter_find)(name.as.text, name.length);
    }
    return plan->applied != NULL;
}

static bool plan_map(filter_plan_t *plan, const arguments_t *arguments, heap_t *heap)
{
    value_t path = constant_at(&arguments->keywords, 0);

    if (arguments->positional.count > 0) {
        return plan_applied(plan, constant_at(&arguments->positional, 0), false);
    }
    if (arguments->keywords.count != 1 || strcmp(arguments->names[0], "attribute") != 0) {
        return false;
    }
    plan->path = filter_path(heap, path, value_missing());
    return path.kind != VALUE_MISSING;
}

static bool plan_selection(filter_plan_t *plan, const arguments_t *arguments, bool attribute,
                           heap_t *heap)
{
    const nodes_t *given = &arguments->positional;

    if (attribute) {
        value_t path = constant_at(given, plan->taken++);
        plan->path = filter_path(heap, path, value_missing());
        if (path.kind == VALUE_MISSING) {
            return false;
        }
    }
    return given->count == plan->taken || plan_applied(plan, constant_at(given, plan->taken), true);
}

const filter_plan_t *filter_plan(const filter_t *filter, const arguments_t *arguments, heap_t *heap)
{
    filter_function_t *function = filter->function;
    bool attribute = function == selectattr || function == rejectattr;
    filter_plan_t *plan;
    bool known = false;

    if (arguments->rest || arguments->rest_named) {
        return NULL;
    }
    plan = heap_calloc(heap, sizeof(*plan));
    if (function == map) {
        known = plan_map(plan, arguments, heap);
    }
    else if (attribute || function == select_items || function == reject) {
        known = plan_selection(plan, arguments, attribute, heap);
    }
    return known ? plan : NULL;
}

/* An attribute in Python's sense alone: what a dict holds is none. */
static template_error_t *attr(const filter_call_t *call, value_t *result)
{
    value_t name;

    TRY(filter_string(call, 0, "", &name));
    if (value_is_mapping(call->operand)) {
        value_t empty = dict_value(dict_create(&call->render->heap));
        TRY(attribute_get(call->render, empty, name, result));
        if (result->kind == VALUE_UNDEFINED) {
            return NULL;
        }
    }
    return attribute_get(call->render, call->operand, name, result);
}

const filter_t filter_selections[] = {
    {"map", map, NULL, FILTER_IMPURE},
    {"select", select_items, NULL, FILTER_IMPURE},
    {"reject", reject, NULL, FILTER_IMPURE},
    {"selectattr", selectattr, NULL, FILTER_IMPURE},
    {"rejectattr", rejectattr, NULL, FILTER_IMPURE},
    {"attr", attr, "name", 0},
    {NULL, NULL, NULL, 0},
};
