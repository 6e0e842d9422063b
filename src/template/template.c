/* SPDX-License-Identifier: Apache-2.0 */
/* Template sets: compiling all sources, linking them, rendering one. */
#include "compile.h"
#include "render.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

struct template_set_t {
    apr_hash_t *templates; /* by name */
    template_t *all;
    apr_size_t count;
    apr_hash_t *block_ids;
    unsigned int block_count;
    template_limits_t limits;
    heap_t heap;
};

template_limits_t template_limits_default(void)
{
    return (template_limits_t){
        .output = 64 * 1024 * 1024,
        .memory = 256 * 1024 * 1024,
        .steps = 50 * 1000 * 1000,
        .recursion = 200,
    };
}

void template_set_limit(template_set_t *set, const template_limits_t *limits)
{
    set->limits = *limits;
}

const template_t *template_find(const template_set_t *set, value_t name)
{
    return apr_hash_get(set->templates, name.as.text, (apr_ssize_t)name.length);
}

unsigned int template_block_count(const template_set_t *set)
{
    return set->block_count;
}

bool template_block_id(const template_set_t *set, value_t name, unsigned int *id)
{
    uintptr_t known =
        (uintptr_t)apr_hash_get(set->block_ids, name.as.text, (apr_ssize_t)name.length);

    *id = (unsigned int)known - 1;
    return known != 0;
}

/* ---------------------------------------------------------------- compiling */

/* Line ends become plain newlines; most texts have no others and stay where they are. */
static const template_source_t *normalize(const template_source_t *source, apr_pool_t *pool)
{
    template_source_t *copy = apr_pmemdup(pool, source, sizeof(*source));
    char *out;
    char *text;

    if (!source->length || !memchr(source->text, '\r', source->length)) {
        return copy;
    }
    text = out = apr_palloc(pool, source->length);
    for (apr_size_t i = 0; i < source->length; i++) {
        bool pair =
            source->text[i] == '\r' && i + 1 < source->length && source->text[i + 1] == '\n';
        if (!pair) {
            *out++ = source->text[i] == '\r' ? '\n' : source->text[i];
        }
    }
    copy->text = text;
    copy->length = (apr_size_t)(out - text);
    return copy;
}

static template_error_t *fail(const template_t *template, apr_pool_t *pool, const char *message)
{
    template_error_t *error = error_create(pool, "%s", message);

    error->name = template->name;
    error->path = template->source->path;
    return error;
}

static template_error_t *add_sources(template_set_t *set, const template_source_t *sources,
                                     apr_pool_t *pool)
{
    for (apr_size_t i = 0; i < set->count; i++) {
        template_t *template = &set->all[i];
        template->source = normalize(&sources[i], pool);
        template->name = sources[i].name;
        if (apr_hash_get(set->templates, template->name, APR_HASH_KEY_STRING)) {
            return fail(template, pool, "there are two templates of this name");
        }
        apr_hash_set(set->templates, template->name, APR_HASH_KEY_STRING, template);
    }
    return NULL;
}

static template_error_t *compile_all(template_set_t *set, apr_pool_t *scratch, apr_pool_t *pool)
{
    apr_hash_t *names = apr_hash_make(scratch);

    for (apr_size_t i = 0; i < set->count; i++) {
        template_t *template = &set->all[i];
        compile_t compile = {.pool = pool,
                             .scratch = scratch,
                             .heap = &set->heap,
                             .set = set,
                             .template = template,
                             .names = names,
                             .block_ids = set->block_ids,
                             .block_count = &set->block_count};
        TRY(parser_run(template->source, names, &set->heap, scratch, pool, &template->body));
        TRY(compile_template(&compile));
        if (set->heap.exhausted) {
            return fail(template, pool, "the templates are too big");
        }
    }
    return NULL;
}

/* Tokens, names and scopes take more than the tree that is made of them. A set lives as long as
 * the server: they are in a pool with an allocator of its own, which gives all of it back. */
static template_error_t *compile(template_set_t *set, apr_pool_t *pool)
{
    apr_pool_t *scratch;
    template_error_t *error;

    if (apr_pool_create_unmanaged_ex(&scratch, NULL, NULL) != APR_SUCCESS) {
        return error_create(pool, "there is no memory to compile the templates");
    }
    error = compile_all(set, scratch, pool);
    apr_pool_destroy(scratch);
    return error;
}

/* ---------------------------------------------------------------- linking */

/* Whether nothing can have asked for a block before the template extends its parent. */
static bool extends_first(const template_t *template)
{
    for (unsigned int i = 0; i < template->body.count; i++) {
        const node_t *node = template->body.items[i];
        if (node->kind == NODE_EXTENDS) {
            return true;
        }
        for (unsigned int j = 0; node->kind == NODE_OUTPUT && j < node->as.output.items.count;
             j++) {
            if (node->as.output.items.items[j]->kind != NODE_DATA) {
                return false;
            }
        }
        if (node->kind != NODE_OUTPUT) {
            return false;
        }
    }
    return false;
}

static bool is_linked(const template_t *template)
{
    for (; template; template = template->parent) {
        if (template->extends && (!template->parent || !extends_first(template))) {
            return false;
        }
    }
    return true;
}

/* A chain is searched from the last ancestor to the template itself. */
static void add_chains(const chain_t **chains, const template_t *template, bool linked,
                       apr_pool_t *pool)
{
    if (linked && template->parent) {
        add_chains(chains, template->parent, true, pool);
    }
    for (unsigned int i = 0; i < template->block_count; i++) {
        chain_t *chain = apr_pcalloc(pool, sizeof(*chain));
        chain->block = template->blocks[i];
        chain->parent = chains[chain->block->id];
        chains[chain->block->id] = chain;
    }
}

static template_error_t *link_template(template_set_t *set, template_t *template, apr_pool_t *pool)
{
    const chain_t **chains =
        apr_pcalloc(pool, ((apr_size_t)set->block_count + 1) * sizeof(*chains));
    const template_t *ancestor = template->parent;
    unsigned int generations = 0;

    for (; ancestor; ancestor = ancestor->parent) {
        if (++generations > set->limits.recursion || ancestor == template) {
            return fail(template, pool, "the templates extend each other in a circle");
        }
    }
    template->linked = is_linked(template);
    add_chains(chains, template, template->linked, pool);
    template->chains = chains;
    return NULL;
}

template_error_t *template_set_create(template_set_t **result, const template_source_t *sources,
                                      apr_size_t count, apr_pool_t *pool)
{
    template_set_t *set = apr_pcalloc(pool, sizeof(*set));

    set->templates = apr_hash_make(pool);
    set->block_ids = apr_hash_make(pool);
    set->count = count;
    set->all = apr_pcalloc(pool, (count + 1) * sizeof(*set->all));
    set->limits = template_limits_default();
    heap_init(&set->heap, pool, set->limits.memory);
    TRY(add_sources(set, sources, pool));
    TRY(compile(set, pool));
    for (apr_size_t i = 0; i < count; i++) {
        TRY(link_template(set, &set->all[i], pool));
    }
    *result = set;
    return NULL;
}

/* ---------------------------------------------------------------- rendering */

static template_error_t *render_into(render_t *render, const template_t *template,
                                     const json_t *context, apr_bucket_brigade *out)
{
    apr_bucket *last = APR_BRIGADE_LAST(out);
    template_error_t *error;
    output_t output;

    output_to_brigade(&output, out);
    render->output = &output;
    error = execute_template(render, template, context_create(render, template, context));
    if (!error && render->heap.exhausted) {
        error = render_exhausted(render);
    }
    output_finish(&output);
    render->copied = output.copied;
    if (error) {
        while (APR_BRIGADE_LAST(out) != last) {
            apr_bucket_delete(APR_BRIGADE_LAST(out));
        }
    }
    return error;
}

template_error_t *template_render(const template_set_t *set, const char *name,
                                  const json_t *context, apr_bucket_brigade *out, apr_pool_t *pool)
{
    return template_render_measured(set, name, context, out, pool, NULL);
}

template_error_t *template_render_measured(const template_set_t *set, const char *name,
                                           const json_t *context, apr_bucket_brigade *out,
                                           apr_pool_t *pool, template_cost_t *cost)
{
    const template_t *template = template_find(set, value_string(name));
    apr_pool_t *scratch;
    template_error_t *error;
    render_t render;

    if (!template) {
        return error_create(pool, "there is no template '%s'", name);
    }
    if (context && !json_is_object(context)) {
        return error_create(pool, "the context of a template has to be a JSON object");
    }
    if (apr_pool_create(&scratch, pool) != APR_SUCCESS) {
        return error_create(pool, "there is no memory to render '%s'", name);
    }
    render_init(&render, set, &set->limits, pool, scratch);
    error = render_into(&render, template, context, out);
    if (cost) {
        *cost = (template_cost_t){.allocations = render.heap.count,
                                  .allocated = render.heap.used,
                                  .blocks = render.heap.blocks,
                                  .copied = render.copied,
                                  .steps = render.heap.work};
    }
    apr_pool_destroy(scratch);
    return error;
}
