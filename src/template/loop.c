/* SPDX-License-Identifier: Apache-2.0 */
/*
 * for, and the loop variable. A loop looks one item ahead at most, and only if somebody asks
 * for loop.last or loop.nextitem: what it goes through may have effects.
 */
#include "loop.h"

#include "call.h"
#include "iterate.h"

struct loop_t {
    iterator_t *iterator;
    value_t iterable; /* for its length; VALUE_MISSING if it has none */
    int64_t index0;
    int64_t length; /* -1: not yet known */
    int64_t depth0;
    bool peeked;
    value_t after;
    value_t current;
    value_t before;
    value_t changed; /* the last arguments of loop.changed() */
    const node_t *node;
    frame_t *outer; /* where a recursive loop was started */
};

/* ---------------------------------------------------------------- the condition */

typedef struct filtered_t {
    iterator_t base;
    iterator_t *source;
    frame_t *frame;
    const for_node_t *loop;
} filtered_t;

/* What the target's variables hold, as the target is written. */
static value_t read_target(render_t *render, frame_t *frame, const node_t *target)
{
    value_t tuple;

    if (target->kind == NODE_NAME) {
        return *render_slot(frame, target->as.name.slot);
    }
    tuple = value_tuple(&render->heap, target->as.list.count);
    for (unsigned int i = 0; i < target->as.list.count; i++) {
        value_append(&render->heap, tuple, read_target(render, frame, target->as.list.items[i]));
    }
    return tuple;
}

static template_error_t *next_filtered(render_t *render, iterator_t *iterator, value_t *item)
{
    filtered_t *filtered = (filtered_t *)(void *)iterator;
    const for_node_t *loop = filtered->loop;
    bool chosen;

    do {
        TRY(iterate_next(render, filtered->source, item));
        if (item->kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(execute_assign(render, filtered->frame, loop->filter_target, *item));
        TRY(evaluate_condition(render, filtered->frame, loop->test, &chosen));
    } while (!chosen);
    *item = read_target(render, filtered->frame, loop->filter_target);
    return NULL;
}

static template_error_t *start(render_t *render, frame_t *outer, const for_node_t *node,
                               value_t iterable, iterator_t **iterator)
{
    filtered_t *filtered;

    TRY(iterate(render, iterable, iterator));
    if (!node->test) {
        return NULL;
    }
    filtered = heap_calloc(&render->heap, sizeof(*filtered));
    filtered->base.next = next_filtered;
    filtered->source = *iterator;
    filtered->loop = node;
    filtered->frame =
        render_frame(render, node->filter_size, outer->template, outer, outer->context);
    render_load(filtered->frame, &node->filter_loads);
    *iterator = &filtered->base;
    return NULL;
}

/* ---------------------------------------------------------------- the loop variable */

static template_error_t *peek(render_t *render, loop_t *loop)
{
    if (loop->peeked) {
        return NULL;
    }
    TRY(iterate_next(render, loop->iterator, &loop->after));
    loop->peeked = loop->after.kind != VALUE_MISSING;
    return NULL;
}

static template_error_t *advance(render_t *render, loop_t *loop, value_t *item)
{
    if (loop->peeked) {
        *item = loop->after;
        loop->peeked = false;
    }
    else {
        TRY(iterate_next(render, loop->iterator, item));
    }
    if (item->kind != VALUE_MISSING) {
        loop->index0++;
        loop->before = loop->current;
        loop->current = *item;
    }
    return NULL;
}

/* Goes through the rest, if there is no other way to know. */
static template_error_t *measure(render_t *render, loop_t *loop)
{
    apr_size_t length;
    value_t rest;

    if (loop->length >= 0) {
        return NULL;
    }
    if (value_length(loop->iterable, &length)) {
        loop->length = (int64_t)length;
        return NULL;
    }
    TRY(iterate_list(render, iterate_value(loop->iterator), &rest));
    loop->length = (int64_t)rest.as.list->count + loop->index0 + 1 + loop->peeked;
    return iterate(render, rest, &loop->iterator);
}

static template_error_t *cycle(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    if (call->count == 0 || call->named_count > 0) {
        return render_fail(call->render, "loop.cycle takes one or more items");
    }
    *result = call->positional[(uint64_t)call->object.as.loop->index0 % call->count];
    return NULL;
}

static template_error_t *changed(call_t *call, value_t *values, value_t *result)
{
    loop_t *loop = call->object.as.loop;
    value_t now = value_tuple(&call->render->heap, call->count);
    bool same = false;

    (void)values;
    if (call->named_count > 0) {
        return render_fail(call->render, "loop.changed takes no named arguments");
    }
    for (unsigned int i = 0; i < call->count; i++) {
        value_append(&call->render->heap, now, call->positional[i]);
    }
    TRY(operate_equal(call->render, loop->changed, now, &same));
    loop->changed = now;
    *result = value_bool(!same);
    return NULL;
}

const method_entry_t method_loops[] = {
    {"cycle", cycle, NULL},
    {"changed", changed, NULL},
    {NULL, NULL, NULL},
};

/* Attributes that need the length or the next item. */
static template_error_t *look_ahead(render_t *render, loop_t *loop, value_t name, value_t *result)
{
    if (value_equals_string(name, "last") || value_equals_string(name, "nextitem")) {
        bool wants_item = name.as.text[0] == 'n';
        TRY(peek(render, loop));
        *result = !wants_item    ? value_bool(!loop->peeked)
                  : loop->peeked ? loop->after
                                 : value_undefined_hint(&render->heap, "there is no next item");
        return NULL;
    }
    if (value_equals_string(name, "length") || value_equals_string(name, "revindex") ||
        value_equals_string(name, "revindex0")) {
        int64_t passed = name.as.text[0] == 'l' ? 0 : loop->index0 + (name.length == 9);
        TRY(measure(render, loop));
        *result = value_int(loop->length - passed);
    }
    return NULL;
}

template_error_t *loop_attribute(render_t *render, value_t object, value_t name, value_t *result)
{
    loop_t *loop = object.as.loop;

    if (value_equals_string(name, "index")) {
        *result = value_int(loop->index0 + 1);
    }
    else if (value_equals_string(name, "index0")) {
        *result = value_int(loop->index0);
    }
    else if (value_equals_string(name, "first")) {
        *result = value_bool(loop->index0 == 0);
    }
    else if (value_equals_string(name, "depth")) {
        *result = value_int(loop->depth0 + 1);
    }
    else if (value_equals_string(name, "depth0")) {
        *result = value_int(loop->depth0);
    }
    else if (value_equals_string(name, "previtem")) {
        *result = loop->index0 == 0
                      ? value_undefined_hint(&render->heap, "there is no previous item")
                      : loop->before;
    }
    else {
        TRY(look_ahead(render, loop, name, result));
    }
    return result->kind == VALUE_MISSING ? call_bound(render, method_loops, object, name, result)
                                         : NULL;
}

/* ---------------------------------------------------------------- running */

typedef struct run_t {
    const node_t *node;
    frame_t *frame; /* of the body */
    frame_t *outer; /* of the function that the for stands in */
    value_t iterable;
    int64_t depth0;
    flow_t flow;
} run_t;

static loop_t *make_loop(render_t *render, const run_t *run, iterator_t *iterator)
{
    loop_t *loop = heap_calloc(&render->heap, sizeof(*loop));

    loop->iterator = iterator;
    loop->iterable = run->node->as.loop->test ? value_missing() : run->iterable;
    loop->index0 = -1;
    loop->length = -1;
    loop->depth0 = run->depth0;
    loop->node = run->node;
    loop->outer = run->outer;
    return loop;
}

/* The passes of a loop; *completed if one came to its end. */
static template_error_t *pass(render_t *render, run_t *run, bool *completed)
{
    const for_node_t *node = run->node->as.loop;
    iterator_t *iterator;
    loop_t *loop = NULL;
    value_t item;

    TRY(start(render, run->outer, node, run->iterable, &iterator));
    if (node->has_loop) {
        loop = make_loop(render, run, iterator);
    }
    for (;;) {
        TRY(loop ? advance(render, loop, &item) : iterate_next(render, iterator, &item));
        if (item.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(execute_assign(render, run->frame, node->target, item));
        if (loop) {
            run->frame->slots[node->loop] = (value_t){.kind = VALUE_LOOP, .as.loop = loop};
        }
        render_load(run->frame, &node->loads);
        TRY(execute_all(render, run->frame, &node->body, &run->flow));
        if (run->flow == FLOW_BREAK) {
            return NULL;
        }
        *completed |= run->flow == FLOW_NEXT;
    }
}

static template_error_t *run_loop(render_t *render, run_t *run)
{
    const for_node_t *node = run->node->as.loop;
    bool completed = false;

    if (node->has_loop) {
        run->frame->slots[node->loop] = value_missing();
    }
    TRY(pass(render, run, &completed));
    run->flow = FLOW_NEXT;
    if (!node->recursive) {
        render_unload(run->frame, &node->loads);
    }
    if (completed || node->otherwise.count == 0) {
        return NULL;
    }
    render_load(run->frame, &node->otherwise_loads);
    TRY(execute_all(render, run->frame, &node->otherwise, &run->flow));
    render_unload(run->frame, &node->otherwise_loads);
    return NULL;
}

/* A recursive loop is a function of its own. */
static template_error_t *run_recursive(render_t *render, frame_t *outer, const node_t *node,
                                       value_t iterable, int64_t depth0)
{
    run_t run = {.node = node, .outer = outer, .iterable = iterable, .depth0 = depth0};

    if (++render->recursion > render->limits.recursion) {
        return render_fail(render, "more than %u macros, includes and blocks within each other",
                           render->limits.recursion);
    }
    run.frame = render_frame(render, node->as.loop->size, outer->template, outer, outer->context);
    TRY(run_loop(render, &run));
    render->recursion--;
    return NULL;
}

template_error_t *loop_execute(render_t *render, frame_t *frame, const node_t *node, flow_t *flow)
{
    run_t run = {.node = node, .frame = frame, .outer = frame};

    TRY(evaluate(render, frame, node->as.loop->iterable, &run.iterable));
    if (node->as.loop->recursive) {
        return run_recursive(render, frame, node, run.iterable, 0);
    }
    TRY(run_loop(render, &run));
    *flow = run.flow; /* an else may hold a break of the loop around */
    return NULL;
}

template_error_t *loop_run(call_t *call, value_t value)
{
    const loop_t *loop = value.as.loop;
    value_t iterable;

    if (!loop->node->as.loop->recursive) {
        return render_fail(call->render, "only a loop that is marked recursive can be called");
    }
    call->callee = "loop";
    TRY(call_bind(call, "iterable", &iterable));
    return run_recursive(call->render, loop->outer, loop->node, iterable, loop->depth0 + 1);
}

bool loop_is_safe(value_t loop)
{
    const loop_t *state = loop.as.loop;

    return state->node->escape == ESCAPE_ON ||
           (state->node->escape == ESCAPE_VOLATILE && *state->outer->context->autoescape);
}

template_error_t *loop_call(call_t *call, value_t loop, value_t *result)
{
    render_t *render = call->render;
    output_t *outer = render->output;
    output_t captured;
    template_error_t *error;

    output_to_text(&captured, &render->heap);
    render->output = &captured;
    error = loop_run(call, loop);
    render->output = outer;
    *result = value_built(&captured.captured, loop_is_safe(loop));
    return error;
}
