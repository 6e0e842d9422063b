/* SPDX-License-Identifier: Apache-2.0 */
/* Templates that use templates: extends, include, import. */
#include "render.h"

#include "iterate.h"
#include "repr.h"

#include <apr_strings.h>

static template_error_t *find_one(render_t *render, value_t name, const template_t **template)
{
    if (name.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, name);
    }
    if (name.kind != VALUE_STRING) {
        return render_fail(render, "the name of a template is a string, not %s", value_type(name));
    }
    *template = template_find(render->set, name);
    return NULL;
}

/* One name, or several of which the first that exists is taken; *template NULL if none does. */
static template_error_t *find(render_t *render, frame_t *frame, const node_t *node, bool several,
                              const template_t **template)
{
    value_t names;
    iterator_t *iterator;
    value_t name;

    *template = NULL;
    TRY(evaluate(render, frame, node, &names));
    if (names.kind == VALUE_STRING || names.kind == VALUE_UNDEFINED || !several) {
        return find_one(render, names, template);
    }
    TRY(iterate(render, names, &iterator));
    while (!*template) {
        TRY(iterate_next(render, iterator, &name));
        if (name.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(find_one(render, name, template));
    }
    return NULL;
}

static template_error_t *fail_missing(render_t *render, frame_t *frame, const node_t *node)
{
    value_t names;

    TRY(evaluate(render, frame, node, &names));
    return render_fail(render, "there is no template %s", repr_text(names, render->pool));
}

template_error_t *include_extends(render_t *render, frame_t *frame, const node_t *node)
{
    const template_t *parent = node->as.extends.known;

    if (frame->parent_template) {
        return render_fail(render, "a template can extend only one other");
    }
    if (!parent) {
        TRY(find(render, frame, node->as.extends.template, false, &parent));
    }
    if (!parent) {
        return fail_missing(render, frame, node->as.extends.template);
    }
    frame->parent_template = parent;
    context_add_chains(render, frame->context, parent);
    return NULL;
}

/* Renders a template on its own, and keeps what it exports. */
static template_error_t *make_module(render_t *render, const template_t *template,
                                     context_t *context, module_t **result)
{
    module_t *module = heap_calloc(&render->heap, sizeof(*module));
    output_t *outer = render->output;
    output_t captured;
    template_error_t *error;

    output_to_text(&captured, &render->heap);
    render->output = &captured;
    error = execute_template(render, template, context);
    render->output = outer;
    module->template = template;
    module->context = context;
    module->body = value_built(&captured.captured, true);
    *result = module;
    return error;
}

/* Without context a template is rendered once, however often it is used. */
static template_error_t *shared_module(render_t *render, const template_t *template,
                                       module_t **module)
{
    value_t key = {.kind = VALUE_MODULE, .as.text = template->name};
    value_t known;

    if (!render->modules) {
        render->modules = dict_create(&render->heap);
    }
    known = dict_get(render->modules, key);
    if (known.kind != VALUE_MISSING) {
        *module = known.as.module;
        return NULL;
    }
    TRY(make_module(render, template, context_create(render, template, NULL), module));
    known = (value_t){.kind = VALUE_MODULE, .as.module = *module};
    dict_set(&render->heap, render->modules, key, known);
    return NULL;
}

template_error_t *include_execute(render_t *render, frame_t *frame, const node_t *node)
{
    const import_node_t *import = node->as.import;
    const template_t *template = import->known;
    context_t *context;
    module_t *module;

    if (!template) {
        TRY(find(render, frame, import->template, true, &template));
    }
    if (!template) {
        return import->ignore_missing ? NULL : fail_missing(render, frame, import->template);
    }
    if (import->with_context) {
        context = context_derive(render, frame->context, template, frame, &import->exports, false);
        return execute_template(render, template, context);
    }
    TRY(shared_module(render, template, &module));
    output_text(render->output, module->body.as.text, module->body.length);
    return NULL;
}

static value_t exported(render_t *render, const module_t *module, const char *name)
{
    value_t key = value_string(name);

    if (dict_get(module->context->exported, key).kind != VALUE_MISSING) {
        return dict_get(module->context->variables, key);
    }
    return value_undefined_hint(
        &render->heap, apr_psprintf(render->heap.pool, "the template '%s' does not export '%s'",
                                    module->template->name, name));
}

template_error_t *include_import(render_t *render, frame_t *frame, const node_t *node)
{
    const import_node_t *import = node->as.import;
    const template_t *template = import->known;
    module_t *module;

    if (!template) {
        TRY(find(render, frame, import->template, false, &template));
    }
    if (!template) {
        return fail_missing(render, frame, import->template);
    }
    if (import->with_context) {
        TRY(make_module(
            render, template,
            context_derive(render, frame->context, template, frame, &import->exports, false),
            &module));
    }
    else {
        TRY(shared_module(render, template, &module));
    }
    for (unsigned int i = 0; i < import->count; i++) {
        value_t value = node->kind == NODE_IMPORT
                            ? (value_t){.kind = VALUE_MODULE, .as.module = module}
                            : exported(render, module, import->names[i]);
        *render_slot(frame, import->targets[i]) = value;
        if (import->exported) {
            context_set(render, frame->context, import->aliases[i], value, false);
        }
    }
    return NULL;
}
