/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Contexts: what a template sees by name. A context that is derived from another gets a copy of
 * its variables, so that neither sees what the other sets later.
 */
#include "render.h"

#include "global.h"

#include <string.h>

static context_t *make(render_t *render, const template_t *template)
{
    context_t *context = heap_calloc(&render->heap, sizeof(*context));

    context->template = template;
    context->variables = dict_create(&render->heap);
    context->exported = dict_create(&render->heap);
    context->autoescape = heap_alloc(&render->heap, sizeof(bool));
    *context->autoescape = true;
    return context;
}

/* A template that stands on its own knows all its ancestors' blocks when their names are. */
static void use_chains(context_t *context, const template_t *template)
{
    context->chains = template->chains;
    context->linked = template->linked;
}

context_t *context_create(render_t *render, const template_t *template, const json_t *json)
{
    context_t *context = make(render, template);

    context->json = json;
    use_chains(context, template);
    return context;
}

/* Adds names to those that a new context is given. */
static const scope_t *push_scope(render_t *render, const scope_t *outer, const dict_t *names)
{
    scope_t *scope;

    if (dict_count(names) == 0) {
        return outer;
    }
    scope = heap_alloc(&render->heap, sizeof(*scope));
    scope->names = names;
    scope->outer = outer;
    return scope;
}

static dict_t *copy_names(render_t *render, const dict_t *from)
{
    dict_t *copy = dict_create(&render->heap);
    apr_size_t index = 0;
    value_t key;
    value_t item;

    while (dict_next(from, &index, &key, &item)) {
        dict_set(&render->heap, copy, key, item);
    }
    return copy;
}

context_t *context_derive(render_t *render, context_t *context, const template_t *template,
                          frame_t *frame, const exports_t *exports, bool same)
{
    context_t *derived = make(render, template);
    dict_t *locals = dict_create(&render->heap);

    for (unsigned int i = 0; i < exports->count; i++) {
        value_t value = *render_slot(frame, exports->items[i].slot);
        if (value.kind != VALUE_MISSING) {
            dict_set(&render->heap, locals, value_string(exports->items[i].name), value);
        }
    }
    derived->json = context->json;
    derived->given = push_scope(render, context->given, copy_names(render, context->variables));
    derived->given = push_scope(render, derived->given, locals);
    if (same) { /* a block's, which extends nothing: nobody asks it whether chains are linked */
        derived->chains = context->chains;
        derived->autoescape = context->autoescape;
    }
    else {
        use_chains(derived, template);
    }
    return derived;
}

value_t context_resolve(const context_t *context, const char *name)
{
    value_t key = value_string(name);
    value_t found = dict_get(context->variables, key);
    const json_t *json;

    for (const scope_t *scope = context->given; scope && found.kind == VALUE_MISSING;
         scope = scope->outer) {
        found = dict_get(scope->names, key);
    }
    if (found.kind != VALUE_MISSING) {
        return found;
    }
    json = context->json ? json_object_getn(context->json, name, key.length) : NULL;
    return json ? value_json(json) : global_find(name);
}

void context_set(render_t *render, context_t *context, const char *name, value_t value,
                 bool exported)
{
    value_t key = value_string(name);

    dict_set(&render->heap, context->variables, key, value);
    if (exported && name[0] != '_') {
        dict_set(&render->heap, context->exported, key, value_none());
    }
    else {
        dict_remove(context->exported, key);
    }
}

/* At the end of the chain, which is copied on the way: others may share it. */
static const chain_t *append(render_t *render, const chain_t *chain, const block_node_t *block)
{
    chain_t *first = NULL;
    chain_t **last = &first;

    for (;; chain = chain->parent) {
        chain_t *copy = heap_calloc(&render->heap, sizeof(*copy));
        copy->block = chain ? chain->block : block;
        *last = copy;
        last = (chain_t **)(uintptr_t)&copy->parent;
        if (!chain) {
            return first;
        }
    }
}

void context_add_chains(render_t *render, context_t *context, const template_t *template)
{
    const chain_t **chains;

    if (context->linked || template->block_count == 0) {
        return;
    }
    chains = heap_alloc(&render->heap, template_block_count(render->set) * sizeof(*chains));
    memcpy(chains, context->chains, template_block_count(render->set) * sizeof(*chains));
    for (unsigned int i = 0; i < template->block_count; i++) {
        const block_node_t *block = template->blocks[i];
        chains[block->id] = append(render, chains[block->id], block);
    }
    context->chains = chains;
}

const chain_t *context_chain(const render_t *render, const context_t *context, value_t name)
{
    unsigned int id;
    return template_block_id(render->set, name, &id) ? context->chains[id] : NULL;
}

value_t context_super(render_t *render, context_t *context, const chain_t *chain)
{
    block_reference_t *reference;

    if (!chain->parent) {
        return value_undefined_hint(&render->heap, "there is no block of that name to be super");
    }
    reference = heap_alloc(&render->heap, sizeof(*reference));
    reference->name = chain->block->name;
    reference->chain = chain->parent;
    reference->context = context;
    return (value_t){.kind = VALUE_BLOCK, .as.block = reference};
}
