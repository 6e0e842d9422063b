/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Computing constants when compiling, with the evaluator itself.
 *
 * What fails is left as it is, to fail with a good message if it is ever executed. Results
 * that can be changed (lists and dicts) are computed anew each time. Jinja2 joins constants
 * with ~ without a look at whether they are safe; so does an evaluation that is a folding.
 */
#include "compile.h"

#include "render.h"

#include <string.h>

enum { LIMIT = 1024 * 1024, STEPS = 10000 };

/* Evaluates in a pool of its own; what is kept of the result has to be copied. */
static bool compute(compile_t *compile, const node_t *node, apr_pool_t *scratch, bool text,
                    value_t *result)
{
    template_limits_t limits = {LIMIT, LIMIT, STEPS, 10};
    render_t render;
    bool autoescape = compile->autoescape;
    context_t context = {.template = compile->template, .autoescape = &autoescape};
    frame_t frame = {.context = &context, .template = compile->template};

    render_init(&render, compile->set, &limits, scratch, scratch);
    render.folding = true;
    if (evaluate(&render, &frame, node, result) || render.heap.exhausted) {
        return false;
    }
    if (!text) {
        return true;
    }
    return !(autoescape ? render_escape : render_string)(&render, *result, result) &&
           !render.heap.exhausted;
}

static bool is_scalar(value_t value)
{
    return value.kind >= VALUE_NONE && value.kind <= VALUE_STRING;
}

static void keep(compile_t *compile, node_t *node, value_t value)
{
    if (value.kind == VALUE_STRING) {
        value.as.text = heap_copy(compile->heap, value.as.text, value.length);
    }
    memset(&node->as, 0, sizeof(node->as));
    node->kind = NODE_CONST;
    node->as.value = value;
}

void fold(compile_t *compile, node_t *node)
{
    apr_pool_t *scratch;
    value_t value;

    if (node->kind == NODE_CONST || node->kind == NODE_TUPLE || node->kind == NODE_LIST ||
        node->kind == NODE_DICT || node->kind == NODE_SLICE) {
        return;
    }
    if (apr_pool_create(&scratch, compile->scratch) != APR_SUCCESS) {
        node->constant = false;
        return;
    }
    if (!compute(compile, node, scratch, false, &value)) {
        node->constant = false;
    }
    else if (is_scalar(value)) {
        keep(compile, node, value);
    }
    apr_pool_destroy(scratch);
}

bool fold_output(compile_t *compile, node_t *node)
{
    apr_pool_t *scratch;
    value_t value;
    bool computed;

    if (apr_pool_create(&scratch, compile->scratch) != APR_SUCCESS) {
        return false;
    }
    computed = compute(compile, node, scratch, true, &value);
    if (computed) {
        keep(compile, node, value);
    }
    apr_pool_destroy(scratch);
    return computed;
}
