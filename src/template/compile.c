/* SPDX-License-Identifier: Apache-2.0 */
/* The statement half of compiling; see compile.h. */
#include "compile.h"
#include "repr.h"

#include "names.h"
#include "render.h"

#include <apr_strings.h>
#include <string.h>

static template_error_t *compile_all(compile_t *compile, const place_t *place,
                                     const nodes_t *nodes);

template_error_t *compile_fail(const compile_t *compile, const node_t *node, const char *format,
                               ...)
{
    template_error_t *error;
    va_list arguments;

    va_start(arguments, format);
    error = error_create_v(compile->pool, format, arguments);
    va_end(arguments);
    error_locate(error, compile->template->source, node->offset, compile->pool);
    return error;
}

const char *compile_name(const compile_t *compile, const char *name)
{
    const char *interned = apr_hash_get(compile->names, name, APR_HASH_KEY_STRING);

    if (!interned) {
        interned = apr_pstrdup(compile->pool, name);
        apr_hash_set(compile->names, interned, APR_HASH_KEY_STRING, interned);
    }
    return interned;
}

/* A scope within a place, in the same function. */
static place_t inner(const compile_t *compile, const place_t *place)
{
    place_t scope = {0};

    scope.function = place->function;
    scope.symbols = symbols_create(place->symbols, place->function, compile->scratch);
    scope.output_check = place->output_check;
    scope.captured = place->captured;
    return scope;
}

static place_t inner_function(const compile_t *compile, const place_t *place)
{
    place_t scope = {0};

    scope.function = symbols_function(place->function, compile->scratch);
    scope.symbols = symbols_create(place->symbols, scope.function, compile->scratch);
    scope.output_check = place->output_check;
    scope.captured = place->captured;
    return scope;
}

static presence_t presence_of(const compile_t *compile, const place_t *place)
{
    if (!place->output_check) {
        return PRESENT;
    }
    return compile->extends ? ABSENT : PRESENT_WITHOUT_PARENT;
}

static escape_t escape_of(const compile_t *compile)
{
    return compile->is_volatile ? ESCAPE_VOLATILE : compile->autoescape ? ESCAPE_ON : ESCAPE_OFF;
}

/* Top-level assignments are seen by blocks and importers. */
static template_error_t *compile_target(compile_t *compile, const place_t *place, node_t *target)
{
    if (target->kind == NODE_TUPLE) {
        for (unsigned int i = 0; i < target->as.list.count; i++) {
            TRY(compile_target(compile, place, target->as.list.items[i]));
        }
        return NULL;
    }
    target->as.name.exported = place->top && target->kind == NODE_NAME;
    return resolve(compile, place, target);
}

/* ---------------------------------------------------------------- for */

static node_t *copy_target(const compile_t *compile, const node_t *target)
{
    node_t *copy = apr_pmemdup(compile->pool, target, sizeof(*target));

    if (copy->kind == NODE_TUPLE) {
        copy->as.list.items =
            apr_pmemdup(compile->pool, copy->as.list.items, copy->as.list.count * sizeof(node_t *));
        for (unsigned int i = 0; i < copy->as.list.count; i++) {
            copy->as.list.items[i] = copy_target(compile, copy->as.list.items[i]);
        }
    }
    return copy;
}

/* The condition of a for looks at items before the body does, with variables of its own. */
static template_error_t *compile_for_test(compile_t *compile, const place_t *place,
                                          for_node_t *loop)
{
    place_t scope = inner_function(compile, place);

    loop->filter_target = copy_target(compile, loop->target);
    symbols_visit_target(scope.symbols, loop->target);
    symbols_visit(scope.symbols, loop->test);
    TRY(compile_target(compile, &scope, loop->filter_target));
    TRY(resolve(compile, &scope, loop->test));
    loop->filter_loads = symbols_loads(scope.symbols, compile->pool);
    loop->filter_size = scope.function->size;
    return NULL;
}

static bool has_scoped_block(const compile_t *compile, const nodes_t *nodes)
{
    apr_array_header_t *blocks = apr_array_make(compile->scratch, 2, sizeof(const node_t *));

    names_blocks(nodes, blocks);
    for (int i = 0; i < blocks->nelts; i++) {
        if (APR_ARRAY_IDX(blocks, i, const node_t *)->as.block->scoped) {
            return true;
        }
    }
    return false;
}

static template_error_t *compile_for(compile_t *compile, const place_t *place, node_t *node)
{
    for_node_t *loop = node->as.loop;
    place_t scope = loop->recursive ? inner_function(compile, place) : inner(compile, place);
    place_t otherwise;

    scope.captured |= loop->recursive;
    otherwise = scope;
    otherwise.symbols = symbols_create(place->symbols, scope.function, compile->scratch);
    TRY(resolve(compile, place, loop->iterable));
    if (loop->test) {
        TRY(compile_for_test(compile, place, loop));
    }
    loop->has_loop = loop->recursive || symbols_undeclared(&loop->body, "loop") ||
                     has_scoped_block(compile, &loop->body) ||
                     has_scoped_block(compile, &loop->otherwise);
    if (loop->has_loop) {
        loop->loop = symbols_declare(scope.symbols, compile_name(compile, "loop"));
    }
    symbols_visit_target(scope.symbols, loop->target);
    symbols_visit_all(scope.symbols, &loop->body);
    symbols_visit_all(otherwise.symbols, &loop->otherwise);
    TRY(compile_target(compile, &scope, loop->target));
    TRY(compile_all(compile, &scope, &loop->body));
    TRY(compile_all(compile, &otherwise, &loop->otherwise));
    loop->loads = symbols_loads(scope.symbols, compile->pool);
    loop->otherwise_loads = symbols_loads(otherwise.symbols, compile->pool);
    loop->size = scope.function->size;
    node->escape = (uint8_t)escape_of(compile);
    return NULL;
}

static template_error_t *compile_if(compile_t *compile, const place_t *place, node_t *node)
{
    place_t soft = *place;

    soft.root = false;
    soft.soft = true;
    TRY(resolve_all(compile, &soft, &node->as.branches.tests));
    for (unsigned int i = 0; i < node->as.branches.count; i++) {
        TRY(compile_all(compile, &soft, &node->as.branches.bodies[i]));
    }
    return NULL;
}

/* ---------------------------------------------------------------- macros */

static bool has_parameter(const macro_node_t *macro, const char *name)
{
    for (unsigned int i = 0; i < macro->parameters.count; i++) {
        if (strcmp(macro->parameters.items[i]->as.name.name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* caller, kwargs and varargs are there for those who use them. */
static template_error_t *declare_specials(compile_t *compile, const place_t *scope, node_t *node)
{
    macro_node_t *macro = node->as.macro;
    unsigned int required = macro->parameters.count - macro->defaults.count;

    macro->names_caller = has_parameter(macro, "caller");
    if (symbols_undeclared(&macro->body, "caller")) {
        for (unsigned int i = 0; i < required; i++) {
            if (strcmp(macro->parameters.items[i]->as.name.name, "caller") == 0) {
                return compile_fail(compile, node, "the parameter 'caller' needs a default");
            }
        }
        macro->takes_caller = true;
        if (!macro->names_caller) {
            macro->caller = symbols_declare(scope->symbols, compile_name(compile, "caller"));
        }
    }
    if (symbols_undeclared(&macro->body, "kwargs") && !has_parameter(macro, "kwargs")) {
        macro->takes_kwargs = true;
        macro->kwargs = symbols_declare(scope->symbols, compile_name(compile, "kwargs"));
    }
    if (symbols_undeclared(&macro->body, "varargs") && !has_parameter(macro, "varargs")) {
        macro->takes_varargs = true;
        macro->varargs = symbols_declare(scope->symbols, compile_name(compile, "varargs"));
    }
    return NULL;
}

static template_error_t *compile_macro(compile_t *compile, const place_t *place, node_t *node)
{
    macro_node_t *macro = node->as.macro;
    place_t scope = inner_function(compile, place);

    scope.output_check = false;
    scope.captured = true;
    for (unsigned int i = 0; i < macro->parameters.count; i++) {
        symbols_declare(scope.symbols, macro->parameters.items[i]->as.name.name);
    }
    TRY(declare_specials(compile, &scope, node));
    symbols_visit_all(scope.symbols, &macro->defaults);
    symbols_visit_all(scope.symbols, &macro->body);
    TRY(resolve_all(compile, &scope, &macro->parameters));
    TRY(resolve_all(compile, &scope, &macro->defaults));
    TRY(compile_all(compile, &scope, &macro->body));
    macro->loads = symbols_loads(scope.symbols, compile->pool);
    macro->size = scope.function->size;
    if (node->kind == NODE_CALL_BLOCK) {
        return resolve(compile, place, macro->call);
    }
    macro->target = symbols_slot(place->symbols, place->function, macro->name);
    macro->exported = place->top;
    return NULL;
}

/* ---------------------------------------------------------------- scopes */

static template_error_t *compile_filter_block(compile_t *compile, const place_t *place,
                                              node_t *node)
{
    place_t scope = inner(compile, place);

    scope.captured = true;
    symbols_visit_all(scope.symbols, &node->as.set->body);
    symbols_visit(scope.symbols, node->as.set->filter);
    TRY(compile_all(compile, &scope, &node->as.set->body));
    TRY(resolve(compile, &scope, node->as.set->filter));
    node->as.set->loads = symbols_loads(scope.symbols, compile->pool);
    node->escape = (uint8_t)escape_of(compile);
    return NULL;
}

static template_error_t *compile_set_block(compile_t *compile, const place_t *place, node_t *node)
{
    place_t scope = inner(compile, place);

    scope.output_check = false;
    scope.captured = true;
    symbols_visit_all(scope.symbols, &node->as.set->body);
    if (node->as.set->filter) {
        symbols_visit(scope.symbols, node->as.set->filter);
        TRY(resolve(compile, &scope, node->as.set->filter));
    }
    TRY(compile_all(compile, &scope, &node->as.set->body));
    node->as.set->loads = symbols_loads(scope.symbols, compile->pool);
    node->escape = (uint8_t)escape_of(compile);
    return compile_target(compile, place, node->as.set->target);
}

static template_error_t *compile_with(compile_t *compile, const place_t *place, node_t *node)
{
    place_t scope = inner(compile, place);

    for (unsigned int i = 0; i < node->as.with->targets.count; i++) {
        symbols_visit_target(scope.symbols, node->as.with->targets.items[i]);
    }
    symbols_visit_all(scope.symbols, &node->as.with->body);
    TRY(resolve_all(compile, place, &node->as.with->values));
    for (unsigned int i = 0; i < node->as.with->targets.count; i++) {
        TRY(compile_target(compile, &scope, node->as.with->targets.items[i]));
    }
    TRY(compile_all(compile, &scope, &node->as.with->body));
    node->as.with->loads = symbols_loads(scope.symbols, compile->pool);
    return NULL;
}

static template_error_t *compile_autoescape(compile_t *compile, const place_t *place, node_t *node)
{
    place_t scope = inner(compile, place);
    bool autoescape = compile->autoescape;
    bool is_volatile = compile->is_volatile;

    symbols_visit(scope.symbols, node->as.autoescape.value);
    symbols_visit_all(scope.symbols, &node->as.autoescape.body);
    TRY(resolve(compile, &scope, node->as.autoescape.value));
    if (node->as.autoescape.value->kind == NODE_CONST) {
        compile->autoescape = value_truth(node->as.autoescape.value->as.value);
    }
    else {
        compile->is_volatile = true;
    }
    TRY(compile_all(compile, &scope, &node->as.autoescape.body));
    compile->autoescape = autoescape;
    compile->is_volatile = is_volatile;
    node->as.autoescape.loads = symbols_loads(scope.symbols, compile->pool);
    return NULL;
}

/* ---------------------------------------------------------------- templates and blocks */

static template_error_t *compile_block_statement(compile_t *compile, const place_t *place,
                                                 node_t *node)
{
    block_node_t *block = node->as.block;

    block->presence = PRESENT;
    if (place->top && compile->extends_count > 0) {
        block->presence = compile->extends ? ABSENT : PRESENT_WITHOUT_PARENT;
    }
    if (block->scoped) {
        block->exports = symbols_exports(place->symbols, place->function, compile->pool);
    }
    return NULL;
}

static template_error_t *compile_extends(compile_t *compile, const place_t *place, node_t *node)
{
    node_t *name = node->as.extends.template;

    if (!place->top) {
        return compile_fail(compile, node, "extends stands at the top level of a template");
    }
    TRY(resolve(compile, place, name));
    node->as.extends.certain = place->root;
    if (name->kind == NODE_CONST && name->as.value.kind == VALUE_STRING) {
        node->as.extends.known = template_find(compile->set, name->as.value);
        if (!node->as.extends.known && place->root) {
            return compile_fail(compile, node, "there is no template %s to extend",
                                repr_text(name->as.value, compile->pool));
        }
    }
    if (place->root && !compile->extends && compile->extends_count == 0) {
        compile->template->parent = node->as.extends.known;
    }
    compile->extends |= place->root;
    compile->extends_count++;
    return NULL;
}

static template_error_t *compile_import(compile_t *compile, const place_t *place, node_t *node)
{
    import_node_t *import = node->as.import;

    TRY(resolve(compile, place, import->template));
    if (node->kind == NODE_INCLUDE && !import->with_context && place->captured) {
        /* Jinja2 writes it to the page at once, or breaks the macro. */
        return compile_fail(compile, node,
                            "an include without context is not supported in macros and blocks "
                            "whose text is captured");
    }
    if (import->template->kind == NODE_CONST && import->template->as.value.kind == VALUE_STRING) {
        import->known = template_find(compile->set, import->template->as.value);
    }
    if (import->with_context) {
        import->exports = symbols_exports(place->symbols, place->function, compile->pool);
    }
    import->targets = apr_palloc(compile->pool, (import->count + 1) * sizeof(slot_t));
    for (unsigned int i = 0; i < import->count; i++) {
        import->targets[i] = symbols_slot(place->symbols, place->function, import->aliases[i]);
    }
    import->exported = place->top;
    return NULL;
}

static template_error_t *compile_output(compile_t *compile, const place_t *place, node_t *node)
{
    node->as.output.presence = presence_of(compile, place);
    node->escape = (uint8_t)escape_of(compile);
    return resolve_output(compile, place, &node->as.output.items);
}

static template_error_t *compile_node(compile_t *compile, const place_t *place, node_t *node)
{
    switch (node->kind) {
    case NODE_OUTPUT:
        return compile_output(compile, place, node);
    case NODE_FOR:
        return compile_for(compile, place, node);
    case NODE_IF:
        return compile_if(compile, place, node);
    case NODE_MACRO:
    case NODE_CALL_BLOCK:
        return compile_macro(compile, place, node);
    case NODE_FILTER_BLOCK:
        return compile_filter_block(compile, place, node);
    case NODE_SET:
        TRY(resolve(compile, place, node->as.set->value));
        return compile_target(compile, place, node->as.set->target);
    case NODE_SET_BLOCK:
        return compile_set_block(compile, place, node);
    case NODE_WITH:
        return compile_with(compile, place, node);
    case NODE_BLOCK:
        return compile_block_statement(compile, place, node);
    case NODE_EXTENDS:
        return compile_extends(compile, place, node);
    case NODE_INCLUDE:
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        return compile_import(compile, place, node);
    case NODE_AUTOESCAPE:
        return compile_autoescape(compile, place, node);
    case NODE_DO:
        return resolve(compile, place, node->as.list.items[0]);
    default:
        return NULL;
    }
}

static template_error_t *compile_all(compile_t *compile, const place_t *place, const nodes_t *nodes)
{
    for (unsigned int i = 0; i < nodes->count; i++) {
        TRY(compile_node(compile, place, nodes->items[i]));
    }
    return NULL;
}

static unsigned int block_id(compile_t *compile, const char *name)
{
    uintptr_t id = (uintptr_t)apr_hash_get(compile->block_ids, name, APR_HASH_KEY_STRING);

    if (id == 0) {
        id = ++*compile->block_count;
        apr_hash_set(compile->block_ids, name, APR_HASH_KEY_STRING, (void *)id);
    }
    return (unsigned int)id - 1;
}

/* Each block is a function on its own, which only knows what the context tells it. */
static template_error_t *compile_block(compile_t *compile, node_t *node)
{
    block_node_t *block = node->as.block;
    place_t place = {0};

    place.function = symbols_function(NULL, compile->scratch);
    place.symbols = symbols_create(NULL, place.function, compile->scratch);
    block->has_self = symbols_undeclared(&block->body, "self");
    if (block->has_self) {
        block->self = symbols_declare(place.symbols, compile_name(compile, "self"));
    }
    block->has_super = symbols_undeclared(&block->body, "super");
    if (block->has_super) {
        block->super = symbols_declare(place.symbols, compile_name(compile, "super"));
    }
    symbols_visit_all(place.symbols, &block->body);
    TRY(compile_all(compile, &place, &block->body));
    block->loads = symbols_loads(place.symbols, compile->pool);
    block->size = place.function->size;
    return NULL;
}

/* Numbers the blocks, and refuses two of one name. */
static template_error_t *collect_blocks(compile_t *compile, apr_array_header_t *blocks)
{
    template_t *template = compile->template;
    apr_hash_t *seen = apr_hash_make(compile->scratch);

    names_blocks(&template->body, blocks);
    template->blocks =
        apr_palloc(compile->pool, ((apr_size_t)blocks->nelts + 1) * sizeof(*template->blocks));
    template->block_count = (unsigned int)blocks->nelts;
    for (int i = 0; i < blocks->nelts; i++) {
        node_t *node = APR_ARRAY_IDX(blocks, i, node_t *);
        block_node_t *block = node->as.block;
        if (apr_hash_get(seen, block->name, APR_HASH_KEY_STRING)) {
            return compile_fail(compile, node, "the block '%s' is defined twice", block->name);
        }
        apr_hash_set(seen, block->name, APR_HASH_KEY_STRING, block);
        block->id = block_id(compile, block->name);
        block->template = template;
        template->blocks[i] = block;
    }
    return NULL;
}

template_error_t *compile_template(compile_t *compile)
{
    template_t *template = compile->template;
    apr_array_header_t *blocks = apr_array_make(compile->scratch, 8, sizeof(node_t *));
    place_t place = {.top = true, .root = true};

    compile->autoescape = true;
    TRY(collect_blocks(compile, blocks));
    place.function = symbols_function(NULL, compile->scratch);
    place.symbols = symbols_create(NULL, place.function, compile->scratch);
    template->extends = names_has_extends(&template->body);
    place.output_check = template->extends;
    template->has_self = symbols_undeclared(&template->body, "self");
    if (template->has_self) {
        template->self = symbols_declare(place.symbols, compile_name(compile, "self"));
    }
    symbols_visit_all(place.symbols, &template->body);
    TRY(compile_all(compile, &place, &template->body));
    template->loads = symbols_loads(place.symbols, compile->pool);
    template->size = place.function->size;
    for (int i = 0; i < blocks->nelts; i++) {
        TRY(compile_block(compile, APR_ARRAY_IDX(blocks, i, node_t *)));
    }
    return NULL;
}
