/* SPDX-License-Identifier: Apache-2.0 */
/*
 * map, select, reject and their kin: filters that apply other filters and tests. They do so
 * item by item, when the item is asked for, and only then look at how they were called.
 */
#include "filter.h"

#include "iterate.h"

#include <string.h>

typedef struct selection_t selection_t;

struct selection_t {
    iterator_t base;
    iterator_t *source; /* NULL before the first item */
    template_error_t *(*prepare)(render_t *render, selection_t *selection);
    value_t value;
    filter_path_t path;
    const filter_t *applied; /* a filter, a test or NULL */
    call_t call;             /* its arguments */
    filter_call_t bound;     /* the same, bound to its parameters */
    bool is_bound;
    bool reject;
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

/* A value that is false has no items, whatever it is. */
static template_error_t *begin(render_t *render, selection_t *selection)
{
    TRY(selection->prepare(render, selection));
    if (!value_truth(selection->value)) {
        selection->value = value_undefined(NULL);
    }
    return iterate(render, selection->value, &selection->source);
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
    const filter_t *applied = selection->applied;
    value_t answer = operand;

    if (applied && applied->flags & FILTER_COMPARES && selection->is_bound) { /* most tests do */
        return operate_compare(render, (operator_t)(applied->flags >> FILTER_OPERATOR), operand,
                               selection->bound.arguments[0], verdict);
    }
    if (applied) {
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
    selection->path = filter_path(render, path, otherwise);
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
    selection->path = filter_path(render, path, value_missing());
    return prepare_test(render, selection);
}

static selection_t *create(const filter_call_t *call, iterate_next_t *next,
                           template_error_t *(*prepare)(render_t *, selection_t *), value_t *result)
{
    selection_t *selection = heap_calloc(&call->render->heap, sizeof(*selection));

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
