/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements. Each is a function that starts behind the tag's name and ends at the "%}" of its
 * last tag; the table at the end says which belongs to which name.
 */
#include "parser.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

static template_error_t *parse_until(parser_t *parser, const char *const *words, nodes_t *body);

template_error_t *parser_fail(const parser_t *parser, uint32_t offset, const char *format, ...)
{
    template_error_t *error;
    va_list arguments;

    va_start(arguments, format);
    error = error_create_v(parser->pool, format, arguments);
    va_end(arguments);
    error_locate(error, parser->source, offset, parser->pool);
    return error;
}

template_error_t *parser_expect(parser_t *parser, token_kind_t kind)
{
    if (parser->token->kind != kind) {
        return parser_fail(parser, parser->token->offset, "expected %s, got %s",
                           lexer_describe_kind(kind), lexer_describe(parser->token, parser->pool));
    }
    parser->token++;
    return NULL;
}

const char *parser_intern(parser_t *parser, value_t text)
{
    const char *name = apr_hash_get(parser->names, text.as.text, (apr_ssize_t)text.length);

    if (!name) {
        name = apr_pstrmemdup(parser->pool, text.as.text, text.length);
        apr_hash_set(parser->names, name, (apr_ssize_t)text.length, name);
    }
    return name;
}

template_error_t *parser_take_name(parser_t *parser, const char **name)
{
    const token_t *token = parser->token;

    TRY(parser_expect(parser, TOKEN_NAME));
    *name = parser_intern(parser, token->value);
    return NULL;
}

bool parser_at_word(const parser_t *parser, const char *word)
{
    return parser->token->kind == TOKEN_NAME && value_equals_string(parser->token->value, word);
}

bool parser_skip_word(parser_t *parser, const char *word)
{
    bool here = parser_at_word(parser, word);
    parser->token += here;
    return here;
}

bool parser_skip(parser_t *parser, token_kind_t kind)
{
    bool here = parser->token->kind == kind;
    parser->token += here;
    return here;
}

/* What is too big for most nodes stands apart: a rendering goes through small ones faster. */
static void add_part(parser_t *parser, node_t *node)
{
    switch (node->kind) {
    case NODE_CALL:
        node->as.call.arguments = apr_pcalloc(parser->pool, sizeof(arguments_t));
        break;
    case NODE_FILTER:
    case NODE_TEST:
        node->as.filter.arguments = apr_pcalloc(parser->pool, sizeof(arguments_t));
        break;
    case NODE_FOR:
        node->as.loop = apr_pcalloc(parser->pool, sizeof(for_node_t));
        break;
    case NODE_MACRO:
    case NODE_CALL_BLOCK:
        node->as.macro = apr_pcalloc(parser->pool, sizeof(macro_node_t));
        break;
    case NODE_SET:
    case NODE_FILTER_BLOCK:
        node->as.set = apr_pcalloc(parser->pool, sizeof(set_node_t));
        break;
    case NODE_WITH:
        node->as.with = apr_pcalloc(parser->pool, sizeof(with_node_t));
        break;
    case NODE_BLOCK:
        node->as.block = apr_pcalloc(parser->pool, sizeof(block_node_t));
        break;
    case NODE_INCLUDE:
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        node->as.import = apr_pcalloc(parser->pool, sizeof(import_node_t));
        break;
    default:
        break;
    }
}

node_t *parser_node(parser_t *parser, node_kind_t kind)
{
    node_t *node = apr_pcalloc(parser->pool, sizeof(*node));

    node->kind = kind;
    node->offset = parser->token->offset;
    add_part(parser, node);
    return node;
}

/* The list has room up to the next power of two. */
void parser_add(parser_t *parser, nodes_t *nodes, node_t *node)
{
    if ((nodes->count & (nodes->count - 1)) == 0) {
        unsigned int capacity = nodes->count ? nodes->count * 2 : 1;
        node_t **items = apr_palloc(parser->pool, capacity * sizeof(*items));
        if (nodes->count) {
            memcpy(items, nodes->items, nodes->count * sizeof(*items));
        }
        nodes->items = items;
    }
    nodes->items[nodes->count++] = node;
}

/* ---------------------------------------------------------------- targets */

static template_error_t *mark_target(parser_t *parser, node_t *target)
{
    if (target->kind == NODE_TUPLE) {
        for (unsigned int i = 0; i < target->as.list.count; i++) {
            TRY(mark_target(parser, target->as.list.items[i]));
        }
        return NULL;
    }
    if (target->kind != NODE_NAME) {
        return parser_fail(parser, target->offset, "this cannot be assigned to");
    }
    if (parser->in_for && strcmp(target->as.name.name, "loop") == 0) {
        return parser_fail(parser, target->offset, "'loop' cannot be assigned to within a for");
    }
    target->as.name.store = true;
    return NULL;
}

/* A name, or several with commas between. */
static template_error_t *parse_target(parser_t *parser, node_t **target)
{
    const tuple_rules_t rules = {expression_parse_primary, false};

    TRY(expression_parse_tuple(parser, &rules, target));
    return mark_target(parser, *target);
}

static template_error_t *parse_name_target(parser_t *parser, node_t **target)
{
    TRY(expression_parse_primary(parser, target));
    if ((*target)->kind != NODE_NAME) {
        return parser_fail(parser, (*target)->offset, "expected a name");
    }
    (*target)->as.name.store = true;
    return NULL;
}

static template_error_t *parse_set_target(parser_t *parser, node_t **target)
{
    if (parser->token->kind != TOKEN_NAME || parser->token[1].kind != TOKEN_DOT) {
        return parse_target(parser, target);
    }
    *target = parser_node(parser, NODE_NAMESPACE_NAME);
    TRY(parser_take_name(parser, &(*target)->as.name.name));
    parser->token++;
    (*target)->as.name.attribute = parser->token->value;
    return parser_expect(parser, TOKEN_NAME);
}

/* ---------------------------------------------------------------- statements */

static const tuple_rules_t values = {expression_parse, false};

static template_error_t *parse_set(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endset", NULL};

    TRY(parse_set_target(parser, &node->as.set->target));
    if (parser_skip(parser, TOKEN_ASSIGN)) {
        return expression_parse_tuple(parser, &values, &node->as.set->value);
    }
    node->kind = NODE_SET_BLOCK;
    TRY(expression_parse_filters(parser, &node->as.set->filter, false));
    TRY(parse_until(parser, end, &node->as.set->body));
    parser->token++;
    return NULL;
}

static template_error_t *parse_for(parser_t *parser, node_t *node)
{
    static const char *const middle[] = {"endfor", "else", NULL};
    static const tuple_rules_t iterable = {expression_parse_simple, false};
    for_node_t *loop = node->as.loop;
    unsigned int loops = parser->loops++;

    parser->in_for++;
    TRY(parse_target(parser, &loop->target));
    if (!parser_skip_word(parser, "in")) {
        return parser_fail(parser, parser->token->offset, "expected 'in', got %s",
                           lexer_describe(parser->token, parser->pool));
    }
    TRY(expression_parse_tuple(parser, &iterable, &loop->iterable));
    if (parser_skip_word(parser, "if")) {
        TRY(expression_parse(parser, &loop->test));
    }
    loop->recursive = parser_skip_word(parser, "recursive");
    TRY(parse_until(parser, middle, &loop->body));
    parser->loops = loops;
    if (value_equals_string((parser->token++)->value, "else")) {
        TRY(parse_until(parser, middle, &loop->otherwise));
        if (!parser_skip_word(parser, "endfor")) {
            return parser_fail(parser, parser->token->offset, "this for has an else already");
        }
    }
    parser->in_for--;
    return NULL;
}

static template_error_t *parse_if(parser_t *parser, node_t *node)
{
    static const char *const middle[] = {"elif", "else", "endif", NULL};
    static const char *const end[] = {"endif", NULL};
    static const tuple_rules_t test_rules = {expression_parse_simple, false};
    apr_array_header_t *bodies = apr_array_make(parser->pool, 2, sizeof(nodes_t));
    nodes_t *tests = &node->as.branches.tests;

    do {
        node_t *test;
        TRY(expression_parse_tuple(parser, &test_rules, &test));
        parser_add(parser, tests, test);
        *(nodes_t *)apr_array_push(bodies) = (nodes_t){0};
        TRY(parse_until(parser, middle, &APR_ARRAY_IDX(bodies, bodies->nelts - 1, nodes_t)));
    } while (parser_skip_word(parser, "elif"));
    if (value_equals_string((parser->token++)->value, "else")) {
        *(nodes_t *)apr_array_push(bodies) = (nodes_t){0};
        TRY(parse_until(parser, end, &APR_ARRAY_IDX(bodies, bodies->nelts - 1, nodes_t)));
        parser->token++;
    }
    node->as.branches.bodies = (nodes_t *)(void *)bodies->elts;
    node->as.branches.count = (unsigned int)bodies->nelts;
    return NULL;
}

static template_error_t *parse_with(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endwith", NULL};

    while (parser->token->kind != TOKEN_BLOCK_END) {
        node_t *target;
        node_t *value;
        unsigned int in_for = parser->in_for;
        if (node->as.with->targets.count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        parser->in_for = 0; /* here a variable may be called loop */
        TRY(parse_target(parser, &target));
        parser->in_for = in_for;
        TRY(parser_expect(parser, TOKEN_ASSIGN));
        TRY(expression_parse(parser, &value));
        parser_add(parser, &node->as.with->targets, target);
        parser_add(parser, &node->as.with->values, value);
    }
    TRY(parse_until(parser, end, &node->as.with->body));
    parser->token++;
    return NULL;
}

static template_error_t *parse_autoescape(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endautoescape", NULL};

    TRY(expression_parse(parser, &node->as.autoescape.value));
    TRY(parse_until(parser, end, &node->as.autoescape.body));
    parser->token++;
    return NULL;
}

static template_error_t *check_required(parser_t *parser, const block_node_t *block)
{
    for (unsigned int i = 0; i < block->body.count; i++) {
        const node_t *node = block->body.items[i];
        bool blank = node->kind == NODE_OUTPUT;
        for (unsigned int j = 0; blank && j < node->as.output.items.count; j++) {
            const node_t *item = node->as.output.items.items[j];
            blank = item->kind == NODE_DATA &&
                    strspn(item->as.value.as.text, " \t\n\v\f\r") >= item->as.value.length;
        }
        if (!blank) {
            return parser_fail(parser, node->offset,
                               "a required block can only hold comments and white space");
        }
    }
    return NULL;
}

static template_error_t *parse_block(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endblock", NULL};
    block_node_t *block = node->as.block;
    unsigned int loops = parser->loops;

    TRY(parser_take_name(parser, &block->name));
    block->scoped = parser_skip_word(parser, "scoped");
    block->required = parser_skip_word(parser, "required");
    if (parser->token->kind == TOKEN_SUB) {
        return parser_fail(parser, parser->token->offset,
                           "the name of a block has no hyphens; use an underscore");
    }
    parser->loops = 0;
    TRY(parse_until(parser, end, &block->body));
    parser->loops = loops;
    parser->token++;
    parser_skip_word(parser, block->name);
    return block->required ? check_required(parser, block) : NULL;
}

static template_error_t *parse_extends(parser_t *parser, node_t *node)
{
    return expression_parse(parser, &node->as.extends.template);
}

/* "with context" or "without context"; false if neither is here. */
static bool take_context(parser_t *parser, bool *with_context)
{
    bool with = parser_at_word(parser, "with");

    if ((!with && !parser_at_word(parser, "without")) || parser->token[1].kind != TOKEN_NAME ||
        !value_equals_string(parser->token[1].value, "context")) {
        return false;
    }
    *with_context = with;
    parser->token += 2;
    return true;
}

static template_error_t *parse_include(parser_t *parser, node_t *node)
{
    import_node_t *import = node->as.import;

    TRY(expression_parse(parser, &import->template));
    if (parser_at_word(parser, "ignore") && parser->token[1].kind == TOKEN_NAME &&
        value_equals_string(parser->token[1].value, "missing")) {
        import->ignore_missing = true;
        parser->token += 2;
    }
    import->with_context = true;
    take_context(parser, &import->with_context);
    return NULL;
}

static void add_import(parser_t *parser, import_node_t *import, const char *name, const char *alias)
{
    const char **names = apr_palloc(parser->pool, (import->count + 1) * sizeof(*names));
    const char **aliases = apr_palloc(parser->pool, (import->count + 1) * sizeof(*aliases));

    for (unsigned int i = 0; i < import->count; i++) {
        names[i] = import->names[i];
        aliases[i] = import->aliases[i];
    }
    names[import->count] = name;
    aliases[import->count++] = alias;
    import->names = names;
    import->aliases = aliases;
}

static template_error_t *parse_import(parser_t *parser, node_t *node)
{
    import_node_t *import = node->as.import;
    node_t *target;

    TRY(expression_parse(parser, &import->template));
    if (!parser_skip_word(parser, "as")) {
        return parser_fail(parser, parser->token->offset, "expected 'as', got %s",
                           lexer_describe(parser->token, parser->pool));
    }
    TRY(parse_name_target(parser, &target));
    add_import(parser, import, target->as.name.name, target->as.name.name);
    take_context(parser, &import->with_context);
    return NULL;
}

static template_error_t *parse_import_name(parser_t *parser, import_node_t *import)
{
    node_t *name;
    node_t *alias;

    TRY(parse_name_target(parser, &name));
    alias = name;
    if (name->as.name.name[0] == '_') {
        return parser_fail(parser, name->offset,
                           "names that begin with an underscore cannot be imported");
    }
    if (parser_skip_word(parser, "as")) {
        TRY(parse_name_target(parser, &alias));
    }
    if (import->count == 1000) {
        return parser_fail(parser, name->offset, "too many names are imported");
    }
    add_import(parser, import, name->as.name.name, alias->as.name.name);
    return NULL;
}

static template_error_t *parse_from(parser_t *parser, node_t *node)
{
    import_node_t *import = node->as.import;

    TRY(expression_parse(parser, &import->template));
    if (!parser_skip_word(parser, "import")) {
        return parser_fail(parser, parser->token->offset, "expected 'import', got %s",
                           lexer_describe(parser->token, parser->pool));
    }
    for (;;) {
        if (import->count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        if (parser->token->kind != TOKEN_NAME) {
            return parser_expect(parser, TOKEN_NAME);
        }
        if (take_context(parser, &import->with_context)) {
            return NULL;
        }
        TRY(parse_import_name(parser, import));
        if (take_context(parser, &import->with_context) || parser->token->kind != TOKEN_COMMA) {
            return NULL;
        }
    }
}

static template_error_t *parse_signature(parser_t *parser, macro_node_t *macro)
{
    TRY(parser_expect(parser, TOKEN_LPAREN));
    while (parser->token->kind != TOKEN_RPAREN) {
        node_t *parameter;
        if (macro->parameters.count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        TRY(parse_name_target(parser, &parameter));
        for (unsigned int i = 0; i < macro->parameters.count; i++) {
            if (macro->parameters.items[i]->as.name.name == parameter->as.name.name) {
                return parser_fail(parser, parameter->offset, "this parameter is there already");
            }
        }
        if (parser_skip(parser, TOKEN_ASSIGN)) {
            node_t *value;
            TRY(expression_parse(parser, &value));
            parser_add(parser, &macro->defaults, value);
        }
        else if (macro->defaults.count > 0) {
            return parser_fail(parser, parameter->offset,
                               "a parameter without a default follows one that has one");
        }
        parser_add(parser, &macro->parameters, parameter);
        if (macro->parameters.count > 200) {
            return parser_fail(parser, parameter->offset, "too many parameters");
        }
    }
    return parser_expect(parser, TOKEN_RPAREN);
}

static template_error_t *parse_macro_body(parser_t *parser, macro_node_t *macro,
                                          const char *const *end)
{
    unsigned int loops = parser->loops;

    parser->loops = 0;
    TRY(parse_until(parser, end, &macro->body));
    parser->loops = loops;
    parser->token++;
    return NULL;
}

static template_error_t *parse_macro(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endmacro", NULL};
    node_t *name;

    TRY(parse_name_target(parser, &name));
    node->as.macro->name = name->as.name.name;
    TRY(parse_signature(parser, node->as.macro));
    return parse_macro_body(parser, node->as.macro, end);
}

static template_error_t *parse_call_block(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endcall", NULL};
    macro_node_t *macro = node->as.macro;

    if (parser->token->kind == TOKEN_LPAREN) {
        TRY(parse_signature(parser, macro));
    }
    TRY(expression_parse(parser, &macro->call));
    if (macro->call->kind != NODE_CALL) {
        return parser_fail(parser, macro->call->offset, "expected a call");
    }
    return parse_macro_body(parser, macro, end);
}

static template_error_t *parse_filter_block(parser_t *parser, node_t *node)
{
    static const char *const end[] = {"endfilter", NULL};

    TRY(expression_parse_filters(parser, &node->as.set->filter, true));
    TRY(parse_until(parser, end, &node->as.set->body));
    parser->token++;
    return NULL;
}

static template_error_t *parse_print(parser_t *parser, node_t *node)
{
    while (parser->token->kind != TOKEN_BLOCK_END) {
        node_t *item;
        if (node->as.output.items.count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        TRY(expression_parse(parser, &item));
        parser_add(parser, &node->as.output.items, item);
    }
    return NULL;
}

static template_error_t *parse_do(parser_t *parser, node_t *node)
{
    node_t *value;

    TRY(expression_parse_tuple(parser, &values, &value));
    parser_add(parser, &node->as.list, value);
    return NULL;
}

static template_error_t *parse_loop_control(parser_t *parser, node_t *node)
{
    if (parser->loops == 0) {
        return parser_fail(parser, node->offset, "there is no loop around this");
    }
    return NULL;
}

static const struct {
    const char *name;
    node_kind_t kind;
    template_error_t *(*parse)(parser_t *parser, node_t *node);
} statements[] = {
    {"set", NODE_SET, parse_set},
    {"for", NODE_FOR, parse_for},
    {"if", NODE_IF, parse_if},
    {"with", NODE_WITH, parse_with},
    {"autoescape", NODE_AUTOESCAPE, parse_autoescape},
    {"block", NODE_BLOCK, parse_block},
    {"extends", NODE_EXTENDS, parse_extends},
    {"include", NODE_INCLUDE, parse_include},
    {"import", NODE_IMPORT, parse_import},
    {"from", NODE_FROM_IMPORT, parse_from},
    {"macro", NODE_MACRO, parse_macro},
    {"call", NODE_CALL_BLOCK, parse_call_block},
    {"filter", NODE_FILTER_BLOCK, parse_filter_block},
    {"print", NODE_OUTPUT, parse_print},
    {"do", NODE_DO, parse_do},
    {"break", NODE_BREAK, parse_loop_control},
    {"continue", NODE_CONTINUE, parse_loop_control},
};

/* ---------------------------------------------------------------- bodies */

/* Behind those that only begin another branch. */
static const char *closing_word(const char *const *words)
{
    while (words[1]) {
        words++;
    }
    return words[0];
}

static template_error_t *fail_unknown_tag(const parser_t *parser)
{
    const char *name = value_cstring(parser->token->value, parser->pool);

    if (parser->open_tag) {
        return parser_fail(parser, parser->token->offset,
                           "unknown tag '%s'; the innermost tag to be closed is '%s', by '%s'",
                           name, parser->open_tag, closing_word(parser->awaited));
    }
    return parser_fail(parser, parser->token->offset, "unknown tag '%s'", name);
}

static template_error_t *parse_statement(parser_t *parser, nodes_t *body)
{
    const char *open_tag = parser->open_tag;
    const node_t *open = parser->open;
    const char *const *awaited = parser->awaited;

    if (parser->token->kind != TOKEN_NAME) {
        return parser_fail(parser, parser->token->offset, "expected the name of a tag, got %s",
                           lexer_describe(parser->token, parser->pool));
    }
    for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++) {
        if (parser_at_word(parser, statements[i].name)) {
            node_t *node = parser_node(parser, statements[i].kind);
            parser->token++;
            parser->open = node;
            parser->open_tag = statements[i].name;
            TRY(statements[i].parse(parser, node));
            parser->open = open;
            parser->open_tag = open_tag;
            parser->awaited = awaited;
            parser_add(parser, body, node);
            return parser_expect(parser, TOKEN_BLOCK_END);
        }
    }
    return fail_unknown_tag(parser);
}

/* Adds data or a value to the output node at the end of the body. */
static void add_output(parser_t *parser, nodes_t *body, node_t *item)
{
    node_t *last = body->count ? body->items[body->count - 1] : NULL;

    if (!last || last->kind != NODE_OUTPUT) {
        last = parser_node(parser, NODE_OUTPUT);
        last->offset = item->offset;
        parser_add(parser, body, last);
    }
    parser_add(parser, &last->as.output.items, item);
}

static bool at_awaited(const parser_t *parser)
{
    for (const char *const *word = parser->awaited; word && *word; word++) {
        if (parser_at_word(parser, *word)) {
            return true;
        }
    }
    return false;
}

/* Up to the end of the template, or to behind the "{%" of an awaited word. */
static template_error_t *parse_body(parser_t *parser, nodes_t *body)
{
    while (parser->token->kind != TOKEN_END) {
        node_t *item;
        switch (parser->token->kind) {
        case TOKEN_DATA:
            item = parser_node(parser, NODE_DATA);
            item->as.value = (parser->token++)->value;
            add_output(parser, body, item);
            break;
        case TOKEN_VARIABLE_BEGIN:
            parser->token++;
            TRY(expression_parse_tuple(parser, &values, &item));
            add_output(parser, body, item);
            TRY(parser_expect(parser, TOKEN_VARIABLE_END));
            break;
        default:
            TRY(parser_expect(parser, TOKEN_BLOCK_BEGIN));
            if (at_awaited(parser)) {
                return NULL;
            }
            TRY(parse_statement(parser, body));
            break;
        }
    }
    return NULL;
}

/* A body that one of some words ends; that word is the current token then. */
static template_error_t *parse_until(parser_t *parser, const char *const *words, nodes_t *body)
{
    const node_t *open = parser->open;
    const char *open_tag = parser->open_tag;

    parser_skip(parser, TOKEN_COLON);
    TRY(parser_expect(parser, TOKEN_BLOCK_END));
    parser->awaited = words;
    if (++parser->blocks > PARSER_BLOCKS) {
        return parser_fail(parser, open->offset, "more than %d statements within each other",
                           PARSER_BLOCKS);
    }
    TRY(parse_body(parser, body));
    if (parser->token->kind == TOKEN_END) {
        return parser_fail(parser, open->offset, "this '%s' is never closed by '%s'", open_tag,
                           closing_word(words));
    }
    parser->blocks--;
    return NULL;
}

template_error_t *parser_run(const template_source_t *source, apr_hash_t *names, heap_t *heap,
                             apr_pool_t *scratch, apr_pool_t *pool, nodes_t *body)
{
    parser_t parser = {.source = source, .heap = heap, .names = names, .pool = pool};
    token_t *tokens;

    TRY(lexer_run(source, &tokens, heap, scratch, pool));
    parser.token = tokens;
    return parse_body(&parser, body);
}
