/* SPDX-License-Identifier: Apache-2.0 */
/* Calling macros: parameters, defaults, caller, kwargs and varargs. */
#include "macro.h"

#include <apr_strings.h>
#include <string.h>

template_error_t *macro_define(render_t *render, frame_t *frame, const node_t *node, value_t *value)
{
    macro_t *macro = heap_alloc(&render->heap, sizeof(*macro));

    macro->node = node;
    macro->frame = frame;
    *value = (value_t){.kind = VALUE_MACRO, .as.macro = macro};
    return NULL;
}

/* Takes a named argument by its name; VALUE_MISSING if it is not there. */
static value_t take_named(call_t *call, const char *name)
{
    for (unsigned int i = 0; i < call->named_count; i++) {
        if (strcmp(call->names[i], name) == 0) {
            value_t value = call->named[i];
            call->named_count--;
            /* What is left keeps its order: it may become kwargs. */
            memmove(call->names + i, call->names + i + 1,
                    (call->named_count - i) * sizeof(*call->names));
            memmove(call->named + i, call->named + i + 1,
                    (call->named_count - i) * sizeof(*call->named));
            return value;
        }
    }
    return value_missing();
}

static void bind_parameters(call_t *call, const macro_node_t *macro, frame_t *frame)
{
    for (unsigned int i = 0; i < macro->parameters.count; i++) {
        const node_t *parameter = macro->parameters.items[i];
        *render_slot(frame, parameter->as.name.slot) =
            i < call->count ? call->positional[i] : take_named(call, parameter->as.name.name);
    }
}

static template_error_t *bind_kwargs(call_t *call, const macro_node_t *macro, frame_t *frame)
{
    heap_t *heap = &call->render->heap;
    dict_t *kwargs;

    if (!macro->takes_kwargs) {
        return call->named_count == 0
                   ? NULL
                   : render_fail(call->render, "the macro '%s' has no parameter '%s'",
                                 macro->name ? macro->name : "caller", call->names[0]);
    }
    kwargs = dict_create(heap);
    for (unsigned int i = 0; i < call->named_count; i++) {
        dict_set(heap, kwargs, value_string(call->names[i]), call->named[i]);
    }
    frame->slots[macro->kwargs] = dict_value(kwargs);
    return NULL;
}

static template_error_t *bind_varargs(call_t *call, const macro_node_t *macro, frame_t *frame)
{
    heap_t *heap = &call->render->heap;
    value_t varargs;

    if (!macro->takes_varargs) {
        return call->count <= macro->parameters.count
                   ? NULL
                   : render_fail(call->render, "the macro '%s' takes no more than %u argument(s)",
                                 macro->name ? macro->name : "caller", macro->parameters.count);
    }
    varargs = value_tuple(heap, 0);
    for (unsigned int i = macro->parameters.count; i < call->count; i++) {
        value_append(heap, varargs, call->positional[i]);
    }
    frame->slots[macro->varargs] = varargs;
    return NULL;
}

static template_error_t *bind_all(call_t *call, const macro_node_t *macro, frame_t *frame)
{
    bind_parameters(call, macro, frame);
    if (macro->takes_caller && !macro->names_caller) {
        value_t caller = take_named(call, "caller");
        if (caller.kind == VALUE_MISSING || caller.kind == VALUE_NONE) {
            caller = value_undefined_hint(&call->render->heap,
                                          "there is no caller: this is not within a call block");
        }
        frame->slots[macro->caller] = caller;
    }
    TRY(bind_kwargs(call, macro, frame));
    return bind_varargs(call, macro, frame);
}

/* Parameters that were not given: their defaults see the parameters before them. */
static template_error_t *fill_defaults(render_t *render, const macro_node_t *macro, frame_t *frame)
{
    unsigned int required = macro->parameters.count - macro->defaults.count;

    for (unsigned int i = 0; i < macro->parameters.count; i++) {
        value_t *slot = render_slot(frame, macro->parameters.items[i]->as.name.slot);
        if (slot->kind != VALUE_MISSING) {
            continue;
        }
        if (i < required) {
            *slot = value_undefined_hint(
                &render->heap, apr_psprintf(render->heap.pool, "the parameter '%s' was not given",
                                            macro->parameters.items[i]->as.name.name));
        }
        else {
            TRY(evaluate(render, frame, macro->defaults.items[i - required], slot));
        }
    }
    return NULL;
}

static frame_t *make_frame(render_t *render, const macro_t *macro)
{
    return render_frame(render, macro->node->as.macro->size, macro->frame->template, macro->frame,
                        macro->frame->context);
}

/* The arguments are in the frame. */
static template_error_t *run(render_t *render, const macro_node_t *node, frame_t *frame)
{
    flow_t flow;

    render_load(frame, &node->loads);
    TRY(fill_defaults(render, node, frame));
    TRY(execute_all(render, frame, &node->body, &flow));
    render->recursion--;
    return NULL;
}

static template_error_t *enter(render_t *render)
{
    return ++render->recursion <= render->limits.recursion
               ? NULL
               : render_fail(render, "more than %u macros, includes and blocks within each other",
                             render->limits.recursion);
}

template_error_t *macro_run(call_t *call, const macro_t *macro)
{
    const macro_node_t *node = macro->node->as.macro;
    frame_t *frame = make_frame(call->render, macro);

    TRY(enter(call->render));
    TRY(bind_all(call, node, frame));
    return run(call->render, node, frame);
}

template_error_t *macro_run_simple(render_t *render, frame_t *caller, const macro_t *macro,
                                   const arguments_t *arguments)
{
    const macro_node_t *node = macro->node->as.macro;
    frame_t *frame = make_frame(render, macro);

    for (unsigned int i = 0; i < arguments->positional.count; i++) {
        TRY(evaluate(render, caller, arguments->positional.items[i],
                     render_slot(frame, node->parameters.items[i]->as.name.slot)));
    }
    TRY(enter(render));
    return run(render, node, frame);
}

template_error_t *macro_call(call_t *call, const macro_t *macro, value_t *result)
{
    render_t *render = call->render;
    output_t *outer = render->output;
    output_t captured;
    template_error_t *error;

    output_to_text(&captured, &render->heap);
    render->output = &captured;
    error = macro_run(call, macro);
    render->output = outer;
    *result = value_built(&captured.captured, *call->context->autoescape);
    return error;
}
