/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: what they write goes to render->output. */
#include "render.h"

#include "iterate.h"
#include "loop.h"
#include "macro.h"
#include "number.h"

static template_error_t *execute(render_t *render, frame_t *frame, const node_t *node,
                                 flow_t *flow);

template_error_t *execute_all(render_t *render, frame_t *frame, const nodes_t *nodes, flow_t *flow)
{
    *flow = FLOW_NEXT;
    for (unsigned int i = 0; i < nodes->count && *flow == FLOW_NEXT; i++) {
        const node_t *node = nodes->items[i];
        template_error_t *error = render_step(render);
        error = error ? error : execute(render, frame, node, flow);
        if (error) {
            error_locate(error, frame->template->source, node->offset, render->pool);
            return error;
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- output */

static bool is_escaped(const frame_t *frame, uint8_t escape)
{
    return escape == ESCAPE_ON || (escape == ESCAPE_VOLATILE && *frame->context->autoescape);
}

static void print_integer(output_t *output, int64_t integer)
{
    char digits[24];
    char *at = digits + sizeof(digits);
    uint64_t left = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;

    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (integer < 0) {
        *--at = '-';
    }
    output_text(output, at, (apr_size_t)(digits + sizeof(digits) - at));
}

static template_error_t *print(render_t *render, value_t value, bool escaped)
{
    char digits[NUMBER_SIZE];

    switch (value.kind) {
    case VALUE_UNDEFINED:
        return NULL;
    case VALUE_INT:
        print_integer(render->output, value.as.integer);
        return NULL;
    case VALUE_FLOAT:
        output_text(render->output, digits, number_print(value.as.number, digits));
        return NULL;
    case VALUE_STRING:
        break;
    case VALUE_MODULE:
        output_text(render->output, value.as.module->body.as.text, value.as.module->body.length);
        return NULL;
    default:
        TRY(render_string(render, value, &value));
        break;
    }
    if (escaped && !value.safe) {
        output_escaped(render->output, value.as.text, value.length);
    }
    else {
        output_text(render->output, value.as.text, value.length);
    }
    return NULL;
}

/*
 * Printing a call: what a macro, a block or a recursive loop writes goes straight to the
 * output, unless it would have to be escaped on the way.
 */
static template_error_t *print_call(render_t *render, frame_t *frame, const node_t *node,
                                    bool escaped)
{
    call_t call = {.render = render, .context = frame->context};
    bool safe;
    value_t callee;
    value_t value;

    TRY(evaluate(render, frame, node->as.call.callee, &callee));
    safe = !escaped || *frame->context->autoescape;
    if (safe && callee.kind == VALUE_MACRO &&
        macro_is_simple(callee.as.macro, node->as.call.arguments)) {
        return macro_run_simple(render, frame, callee.as.macro, node->as.call.arguments);
    }
    TRY(evaluate_arguments(render, frame, node->as.call.arguments, value_missing(), &call));
    safe = !escaped || *frame->context->autoescape; /* the arguments may have changed it */
    if (safe && callee.kind == VALUE_MACRO) {
        return macro_run(&call, callee.as.macro);
    }
    if (callee.kind == VALUE_LOOP && (!escaped || loop_is_safe(callee))) {
        return loop_run(&call, callee);
    }
    if (callee.kind == VALUE_BLOCK && call.count == 0 && call.named_count == 0 &&
        (!escaped || *callee.as.block->context->autoescape)) {
        return execute_block(render, callee.as.block->chain, callee.as.block->context);
    }
    TRY(call_value(&call, callee, &value));
    return print(render, value, escaped);
}

static template_error_t *print_later(render_t *render, frame_t *frame, const node_t *node,
                                     bool escaped);

/* Printing an inline if: what it chooses is printed as if it stood there alone. */
static template_error_t *print_chosen(render_t *render, frame_t *frame, const node_t *node,
                                      bool escaped)
{
    const node_t *chosen;
    value_t value;
    bool truth;

    TRY(evaluate_condition(render, frame, node->as.condition.test, &truth));
    chosen = truth ? node->as.condition.yes : node->as.condition.no;
    if (!chosen) {
        return NULL;
    }
    if (chosen->kind == NODE_CALL || chosen->kind == NODE_CONDITION) {
        return print_later(render, frame, chosen, escaped);
    }
    TRY(evaluate(render, frame, chosen, &value));
    return print(render, value, escaped);
}

/* Printing what can write to the output before it is a value. */
static template_error_t *print_later(render_t *render, frame_t *frame, const node_t *node,
                                     bool escaped)
{
    template_error_t *error = render_enter(render);

    error = error ? error : render_step(render);
    if (!error) {
        error = (node->kind == NODE_CALL ? print_call : print_chosen)(render, frame, node, escaped);
    }
    render->nesting--;
    if (error) {
        error_locate(error, frame->template->source, node->offset, render->pool);
    }
    return error;
}

/* Whether the template itself, not a block or macro of it, has extended another by now. */
static bool has_parent(const frame_t *frame)
{
    while (frame->parent) {
        frame = frame->parent;
    }
    return frame->parent_template != NULL;
}

static template_error_t *execute_output(render_t *render, frame_t *frame, const node_t *node)
{
    bool escaped = is_escaped(frame, node->escape);
    value_t value;

    if (node->as.output.presence == ABSENT ||
        (node->as.output.presence == PRESENT_WITHOUT_PARENT && has_parent(frame))) {
        return NULL;
    }
    for (unsigned int i = 0; i < node->as.output.items.count; i++) {
        const node_t *item = node->as.output.items.items[i];
        if (item->kind == NODE_DATA) {
            output_literal(render->output, item->as.value.as.text, item->as.value.length);
        }
        else if (item->kind == NODE_CALL || item->kind == NODE_CONDITION) {
            TRY(print_later(render, frame, item, escaped));
        }
        else {
            TRY(evaluate(render, frame, item, &value));
            TRY(print(render, value, escaped));
        }
    }
    if (render->heap.exhausted) { /* what has been printed is cut short */
        return render_exhausted(render);
    }
    if (render->output->total > render->limits.output) {
        return render_fail(render, "the limit of %" APR_SIZE_T_FMT " bytes for a page is reached",
                           render->limits.output);
    }
    return NULL;
}

/* What a call block or filter block gives is written as it is; only a string can be. */
static template_error_t *write_raw(render_t *render, value_t value)
{
    if (value.kind != VALUE_STRING) {
        return render_fail(render, "only text can stand here, not a value of type %s",
                           value_type(value));
    }
    output_text(render->output, value.as.text, value.length);
    return NULL;
}

/* ---------------------------------------------------------------- assignments */

static template_error_t *unpack(render_t *render, frame_t *frame, const node_t *target,
                                value_t value)
{
    unsigned int count = target->as.list.count;
    iterator_t *iterator;
    value_t item;

    if (value.kind == VALUE_TUPLE && value.as.list->count == count) {
        for (unsigned int i = 0; i < count; i++) {
            TRY(execute_assign(render, frame, target->as.list.items[i], value.as.list->items[i]));
        }
        return NULL;
    }
    TRY(iterate(render, value, &iterator));
    for (unsigned int i = 0; i <= count; i++) {
        TRY(iterate_next(render, iterator, &item));
        if ((item.kind == VALUE_MISSING) != (i == count)) {
            return render_fail(render, "too %s values for the %u names",
                               i == count ? "many" : "few", count);
        }
        if (i < count) {
            TRY(execute_assign(render, frame, target->as.list.items[i], item));
        }
    }
    return NULL;
}

template_error_t *execute_assign_any(render_t *render, frame_t *frame, const node_t *target,
                                     value_t value)
{
    value_t *slot;

    if (target->kind == NODE_TUPLE) {
        return unpack(render, frame, target, value);
    }
    slot = render_slot(frame, target->as.name.slot);
    if (target->kind == NODE_NAMESPACE_NAME) {
        if (slot->kind != VALUE_NAMESPACE) {
            return render_fail(render, "'%s' is not a namespace, it has no names to assign",
                               target->as.name.name);
        }
        dict_set(&render->heap, slot->as.dict, target->as.name.attribute, value);
        return NULL;
    }
    *slot = value;
    if (target->as.name.exported) {
        context_set(render, frame->context, target->as.name.name, value, true);
    }
    return NULL;
}

/* Executes with the text captured; *captured is safe where autoescape says so. */
static template_error_t *capture(render_t *render, frame_t *frame, const node_t *node,
                                 value_t *captured, flow_t *flow)
{
    output_t *outer = render->output;
    output_t output;
    template_error_t *error;

    render_load(frame, &node->as.set->loads);
    output_to_text(&output, &render->heap);
    render->output = &output;
    error = execute_all(render, frame, &node->as.set->body, flow);
    render->output = outer;
    *captured = value_built(&output.captured, is_escaped(frame, node->escape));
    return error;
}

static template_error_t *execute_set_block(render_t *render, frame_t *frame, const node_t *node,
                                           flow_t *flow)
{
    value_t value;

    TRY(capture(render, frame, node, &value, flow));
    if (*flow != FLOW_NEXT) {
        return NULL;
    }
    if (node->as.set->filter) {
        TRY(evaluate_filter(render, frame, node->as.set->filter, value, &value));
    }
    if (*frame->context->autoescape) {
        if (value.kind != VALUE_STRING) {
            TRY(render_string(render, value, &value));
        }
        value.safe = true;
    }
    else if (!node->as.set->filter) {
        value.safe = false;
    }
    TRY(execute_assign(render, frame, node->as.set->target, value));
    render_unload(frame, &node->as.set->loads);
    return NULL;
}

static template_error_t *execute_filter_block(render_t *render, frame_t *frame, const node_t *node,
                                              flow_t *flow)
{
    value_t value;

    TRY(capture(render, frame, node, &value, flow));
    if (*flow != FLOW_NEXT) {
        return NULL;
    }
    TRY(evaluate_filter(render, frame, node->as.set->filter, value, &value));
    TRY(write_raw(render, value));
    render_unload(frame, &node->as.set->loads);
    return NULL;
}

static template_error_t *execute_with(render_t *render, frame_t *frame, const node_t *node,
                                      flow_t *flow)
{
    value_t value;

    render_load(frame, &node->as.with->loads);
    for (unsigned int i = 0; i < node->as.with->targets.count; i++) {
        TRY(evaluate(render, frame, node->as.with->values.items[i], &value));
        TRY(execute_assign(render, frame, node->as.with->targets.items[i], value));
    }
    TRY(execute_all(render, frame, &node->as.with->body, flow));
    render_unload(frame, &node->as.with->loads);
    return NULL;
}

static template_error_t *execute_autoescape(render_t *render, frame_t *frame, const node_t *node,
                                            flow_t *flow)
{
    bool *autoescape = frame->context->autoescape;
    bool before = *autoescape;
    value_t value;

    render_load(frame, &node->as.autoescape.loads);
    TRY(evaluate(render, frame, node->as.autoescape.value, &value));
    *autoescape = value_truth(value);
    TRY(execute_all(render, frame, &node->as.autoescape.body, flow));
    if (*flow == FLOW_NEXT) { /* a break leaves it as it is, in Jinja2 too */
        *autoescape = before;
        render_unload(frame, &node->as.autoescape.loads);
    }
    return NULL;
}

/* ---------------------------------------------------------------- the rest */

static template_error_t *execute_if(render_t *render, frame_t *frame, const node_t *node,
                                    flow_t *flow)
{
    for (unsigned int i = 0; i < node->as.branches.count; i++) {
        bool chosen = i == node->as.branches.tests.count; /* the else */
        if (!chosen) {
            TRY(evaluate_condition(render, frame, node->as.branches.tests.items[i], &chosen));
        }
        if (chosen) {
            return execute_all(render, frame, &node->as.branches.bodies[i], flow);
        }
    }
    return NULL;
}

static template_error_t *execute_macro(render_t *render, frame_t *frame, const node_t *node)
{
    value_t macro;

    TRY(macro_define(render, frame, node, &macro));
    *render_slot(frame, node->as.macro->target) = macro;
    if (node->as.macro->exported) {
        context_set(render, frame->context, node->as.macro->name, macro, true);
    }
    return NULL;
}

static template_error_t *execute_call_block(render_t *render, frame_t *frame, const node_t *node)
{
    value_t caller;
    value_t value;

    TRY(macro_define(render, frame, node, &caller));
    TRY(evaluate_call(render, frame, node->as.macro->call, caller, &value));
    return write_raw(render, value);
}

static template_error_t *execute_block_statement(render_t *render, frame_t *frame,
                                                 const node_t *node)
{
    const block_node_t *block = node->as.block;
    context_t *context = frame->context;
    const chain_t *chain = context->chains[block->id];

    if (block->presence == ABSENT ||
        (block->presence == PRESENT_WITHOUT_PARENT && has_parent(frame))) {
        return NULL;
    }
    if (block->required && !chain->parent) {
        return render_fail(render, "the block '%s' is required, but nobody has filled it",
                           block->name);
    }
    if (block->scoped) {
        context = context_derive(render, context, context->template, frame, &block->exports, true);
    }
    return execute_block(render, chain, context);
}

template_error_t *execute_block(render_t *render, const chain_t *chain, context_t *context)
{
    const block_node_t *block = chain->block;
    frame_t *frame = render_frame(render, block->size, block->template, NULL, context);
    flow_t flow;

    if (++render->recursion > render->limits.recursion) {
        return render_fail(render, "more than %u macros, includes and blocks within each other",
                           render->limits.recursion);
    }
    if (block->has_self) {
        frame->slots[block->self] = (value_t){.kind = VALUE_SELF, .as.context = context};
    }
    if (block->has_super) {
        frame->slots[block->super] = context_super(render, context, chain);
    }
    render_load(frame, &block->loads);
    TRY(execute_all(render, frame, &block->body, &flow));
    render->recursion--;
    return NULL;
}

template_error_t *execute_template(render_t *render, const template_t *template, context_t *context)
{
    frame_t *frame = render_frame(render, template->size, template, NULL, context);
    flow_t flow;

    if (++render->recursion > render->limits.recursion) {
        return render_fail(render, "more than %u macros, includes and blocks within each other",
                           render->limits.recursion);
    }
    if (template->has_self) {
        frame->slots[template->self] = (value_t){.kind = VALUE_SELF, .as.context = context};
    }
    render_load(frame, &template->loads);
    TRY(execute_all(render, frame, &template->body, &flow));
    if (frame->parent_template) {
        TRY(execute_template(render, frame->parent_template, context));
    }
    render->recursion--;
    return NULL;
}

static template_error_t *execute_statement(render_t *render, frame_t *frame, const node_t *node,
                                           flow_t *flow)
{
    value_t value;

    switch (node->kind) {
    case NODE_FOR:
        return loop_execute(render, frame, node, flow);
    case NODE_IF:
        return execute_if(render, frame, node, flow);
    case NODE_MACRO:
        return execute_macro(render, frame, node);
    case NODE_CALL_BLOCK:
        return execute_call_block(render, frame, node);
    case NODE_FILTER_BLOCK:
        return execute_filter_block(render, frame, node, flow);
    case NODE_SET:
        TRY(evaluate(render, frame, node->as.set->value, &value));
        return execute_assign(render, frame, node->as.set->target, value);
    case NODE_SET_BLOCK:
        return execute_set_block(render, frame, node, flow);
    case NODE_WITH:
        return execute_with(render, frame, node, flow);
    case NODE_BLOCK:
        return execute_block_statement(render, frame, node);
    case NODE_EXTENDS:
        return include_extends(render, frame, node);
    case NODE_INCLUDE:
        return include_execute(render, frame, node);
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        return include_import(render, frame, node);
    case NODE_AUTOESCAPE:
        return execute_autoescape(render, frame, node, flow);
    case NODE_DO:
        return evaluate(render, frame, node->as.list.items[0], &value);
    case NODE_BREAK:
        *flow = FLOW_BREAK;
        return NULL;
    default:
        *flow = FLOW_CONTINUE;
        return NULL;
    }
}

static template_error_t *execute(render_t *render, frame_t *frame, const node_t *node, flow_t *flow)
{
    template_error_t *error;

    if (node->kind == NODE_OUTPUT) {
        return execute_output(render, frame, node);
    }
    TRY(render_enter(render));
    error = execute_statement(render, frame, node, flow);
    render->nesting--;
    return error;
}
