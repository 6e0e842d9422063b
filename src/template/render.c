/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a rendering: limits, failures, frames, and values as text. */
#include "render.h"

#include "repr.h"

#include <string.h>

void render_init(render_t *render, const template_set_t *set, const template_limits_t *limits,
                 apr_pool_t *pool, apr_pool_t *scratch)
{
    memset(render, 0, sizeof(*render));
    render->pool = pool;
    render->set = set;
    render->limits = *limits;
    heap_init(&render->heap, scratch, limits->memory);
    render->heap.work_limit = limits->steps;
}

template_error_t *render_fail(render_t *render, const char *format, ...)
{
    template_error_t *error;
    va_list arguments;

    va_start(arguments, format);
    error = error_create_v(render->pool, format, arguments);
    va_end(arguments);
    return error;
}

template_error_t *render_exhausted(render_t *render)
{
    if (render->heap.work > render->heap.work_limit) {
        return render_fail(render, "the limit of %" APR_UINT64_T_FMT " steps is reached",
                           render->limits.steps);
    }
    return render_fail(render, "the limit of %" APR_SIZE_T_FMT " bytes for values is reached",
                       render->heap.limit);
}

template_error_t *render_too_deep(render_t *render)
{
    return render_fail(render, "calls are nested too deeply");
}

frame_t *render_frame(render_t *render, unsigned int size, const template_t *template,
                      frame_t *parent, context_t *context)
{
    frame_t *frame = heap_calloc(&render->heap, sizeof(*frame) + size * sizeof(value_t));

    /* Zero is VALUE_MISSING. */
    frame->slots = (value_t *)(void *)(frame + 1);
    frame->parent = parent;
    frame->context = context;
    frame->template = template;
    return frame;
}

void render_load_all(frame_t *frame, const loads_t *loads)
{
    for (unsigned int i = 0; i < loads->count; i++) {
        const load_t *load = &loads->items[i];
        value_t *slot = &frame->slots[load->index];
        switch (load->kind) {
        case LOAD_PARAMETER:
            break;
        case LOAD_RESOLVE:
            *slot = context_resolve(frame->context, load->name);
            break;
        case LOAD_ALIAS:
            *slot = *render_slot(frame, load->from);
            break;
        default:
            *slot = value_missing();
            break;
        }
    }
}

void render_unload_all(frame_t *frame, const loads_t *loads)
{
    for (unsigned int i = 0; i < loads->count; i++) {
        frame->slots[loads->items[i].index] = value_missing();
    }
}

template_error_t *render_string(render_t *render, value_t value, value_t *string)
{
    builder_t out;
    const char *fault;

    if (value.kind == VALUE_STRING) {
        *string = value;
        string->safe = false;
        return NULL;
    }
    builder_init(&out, &render->heap);
    fault = repr_add_str(&out, value);
    *string = value_built(&out, false);
    return fault ? render_fail(render, "cannot print %s", fault) : NULL;
}

value_t render_escape_text(render_t *render, value_t string)
{
    builder_t out;

    if (string.safe) {
        return string;
    }
    builder_init(&out, &render->heap);
    repr_add_escaped(&out, string.as.text, string.length);
    return value_built(&out, true);
}

template_error_t *render_escape(render_t *render, value_t value, value_t *string)
{
    if (value.kind == VALUE_STRING && value.safe) {
        *string = value;
        return NULL;
    }
    TRY(render_string(render, value, string));
    string->safe = value.kind == VALUE_MODULE;
    *string = render_escape_text(render, *string);
    return NULL;
}
