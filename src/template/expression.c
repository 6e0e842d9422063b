/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Expressions, by recursive descent in Jinja2's order of precedence: inline if, or, and, not,
 * comparisons, + and -, ~, * / // %, **, signs, and what is put behind a primary. Note that ~
 * binds tighter than +, that ** groups to the left, and that a filter binds tighter than a
 * sign only where Jinja2 has it so.
 *
 * How deep a tree may become is counted where nodes are joined: chains of operators grow it as
 * brackets do.
 */
#include "parser.h"

#include <apr_strings.h>

static template_error_t *parse_or(parser_t *parser, node_t **node);
static template_error_t *parse_condition(parser_t *parser, node_t **node);
static template_error_t *parse_unary(parser_t *parser, bool with_filter, node_t **node);
static template_error_t *parse_arguments(parser_t *parser, arguments_t *arguments);

/* A node one deeper than those in it. */
static template_error_t *deepen(parser_t *parser, node_t *node, const node_t *child)
{
    if (child && child->depth >= node->depth) {
        node->depth = (uint16_t)(child->depth + 1);
    }
    if (node->depth > PARSER_DEPTH) {
        return parser_fail(parser, node->offset, "this expression is nested too deeply");
    }
    return NULL;
}

static template_error_t *enter(parser_t *parser)
{
    if (++parser->depth > PARSER_DEPTH) {
        return parser_fail(parser, parser->token->offset, "this expression is nested too deeply");
    }
    return NULL;
}

static template_error_t *join(parser_t *parser, node_kind_t kind, operator_t op, node_t **left,
                              node_t *right)
{
    node_t *node = parser_node(parser, kind);

    node->offset = (*left)->offset;
    node->as.binary.left = *left;
    node->as.binary.right = right;
    node->as.binary.op = op;
    TRY(deepen(parser, node, *left));
    TRY(deepen(parser, node, right));
    *left = node;
    return NULL;
}

template_error_t *expression_parse(parser_t *parser, node_t **node)
{
    TRY(enter(parser));
    TRY(parse_condition(parser, node));
    parser->depth--;
    return NULL;
}

template_error_t *expression_parse_simple(parser_t *parser, node_t **node)
{
    TRY(enter(parser));
    TRY(parse_or(parser, node));
    parser->depth--;
    return NULL;
}

static template_error_t *parse_condition(parser_t *parser, node_t **result)
{
    TRY(parse_or(parser, result));
    while (parser_skip_word(parser, "if")) {
        node_t *node = parser_node(parser, NODE_CONDITION);
        node->offset = (*result)->offset;
        node->as.condition.yes = *result;
        TRY(parse_or(parser, &node->as.condition.test));
        if (parser_skip_word(parser, "else")) {
            TRY(expression_parse(parser, &node->as.condition.no));
        }
        TRY(deepen(parser, node, node->as.condition.yes));
        TRY(deepen(parser, node, node->as.condition.test));
        TRY(deepen(parser, node, node->as.condition.no));
        *result = node;
    }
    return NULL;
}

static template_error_t *parse_not(parser_t *parser, node_t **node);

static template_error_t *parse_and(parser_t *parser, node_t **node)
{
    TRY(parse_not(parser, node));
    while (parser_skip_word(parser, "and")) {
        node_t *right;
        TRY(parse_not(parser, &right));
        TRY(join(parser, NODE_AND, OPERATOR_ADD, node, right));
    }
    return NULL;
}

static template_error_t *parse_or(parser_t *parser, node_t **node)
{
    TRY(parse_and(parser, node));
    while (parser_skip_word(parser, "or")) {
        node_t *right;
        TRY(parse_and(parser, &right));
        TRY(join(parser, NODE_OR, OPERATOR_ADD, node, right));
    }
    return NULL;
}

static template_error_t *parse_sum(parser_t *parser, node_t **node);

/* The comparison at hand, if any; steps over it. */
static bool take_comparison(parser_t *parser, operator_t *op)
{
    static const operator_t by_token[] = {
        [TOKEN_EQ] = OPERATOR_EQ, [TOKEN_NE] = OPERATOR_NE, [TOKEN_GT] = OPERATOR_GT,
        [TOKEN_GE] = OPERATOR_GE, [TOKEN_LT] = OPERATOR_LT, [TOKEN_LE] = OPERATOR_LE,
    };

    if (parser->token->kind >= TOKEN_EQ && parser->token->kind <= TOKEN_LE) {
        *op = by_token[parser->token->kind];
        parser->token++;
        return true;
    }
    if (parser_skip_word(parser, "in")) {
        *op = OPERATOR_IN;
        return true;
    }
    if (parser_at_word(parser, "not") && parser->token[1].kind == TOKEN_NAME &&
        value_equals_string(parser->token[1].value, "in")) {
        *op = OPERATOR_NOT_IN;
        parser->token += 2;
        return true;
    }
    return false;
}

static template_error_t *parse_compare(parser_t *parser, node_t **result)
{
    operator_t op;
    operator_t operators[64];
    node_t *node = NULL;
    unsigned int count = 0;

    TRY(parse_sum(parser, result));
    while (take_comparison(parser, &op)) {
        node_t *right;
        if (count == sizeof(operators) / sizeof(*operators)) {
            return parser_fail(parser, parser->token->offset, "this comparison is too long");
        }
        if (!node) {
            node = parser_node(parser, NODE_COMPARE);
            node->offset = (*result)->offset;
            node->as.compare.first = *result;
            TRY(deepen(parser, node, *result));
        }
        TRY(parse_sum(parser, &right));
        TRY(deepen(parser, node, right));
        parser_add(parser, &node->as.compare.others, right);
        operators[count++] = op;
    }
    if (node) {
        node->as.compare.operators =
            apr_pmemdup(parser->pool, operators, count * sizeof(*operators));
        *result = node;
    }
    return NULL;
}

static template_error_t *parse_not(parser_t *parser, node_t **result)
{
    node_t *node;

    if (!parser_at_word(parser, "not")) {
        return parse_compare(parser, result);
    }
    node = parser_node(parser, NODE_NOT);
    parser->token++;
    TRY(enter(parser));
    TRY(parse_not(parser, &node->as.binary.left));
    parser->depth--;
    *result = node;
    return deepen(parser, node, node->as.binary.left);
}

static template_error_t *parse_power(parser_t *parser, node_t **node)
{
    TRY(parse_unary(parser, true, node));
    while (parser_skip(parser, TOKEN_POW)) {
        node_t *right;
        TRY(parse_unary(parser, true, &right));
        TRY(join(parser, NODE_BINARY, OPERATOR_POW, node, right));
    }
    return NULL;
}

static template_error_t *parse_product(parser_t *parser, node_t **node)
{
    TRY(parse_power(parser, node));
    while (parser->token->kind >= TOKEN_MUL && parser->token->kind <= TOKEN_MOD) {
        operator_t op = (operator_t)(parser->token->kind - TOKEN_MUL + OPERATOR_MUL);
        node_t *right;
        parser->token++;
        TRY(parse_power(parser, &right));
        TRY(join(parser, NODE_BINARY, op, node, right));
    }
    return NULL;
}

static template_error_t *parse_concat(parser_t *parser, node_t **result)
{
    node_t *node = NULL;

    TRY(parse_product(parser, result));
    while (parser_skip(parser, TOKEN_TILDE)) {
        node_t *right;
        if (!node) {
            node = parser_node(parser, NODE_CONCAT);
            node->offset = (*result)->offset;
            parser_add(parser, &node->as.list, *result);
            TRY(deepen(parser, node, *result));
        }
        TRY(parse_product(parser, &right));
        TRY(deepen(parser, node, right));
        parser_add(parser, &node->as.list, right);
    }
    *result = node ? node : *result;
    return NULL;
}

static template_error_t *parse_sum(parser_t *parser, node_t **node)
{
    TRY(parse_concat(parser, node));
    while (parser->token->kind == TOKEN_ADD || parser->token->kind == TOKEN_SUB) {
        bool plus = parser->token->kind == TOKEN_ADD;
        node_t *right;
        parser->token++;
        TRY(parse_concat(parser, &right));
        TRY(join(parser, NODE_BINARY, plus ? OPERATOR_ADD : OPERATOR_SUB, node, right));
    }
    return NULL;
}

static template_error_t *parse_list(parser_t *parser, node_t **result)
{
    node_t *node = parser_node(parser, NODE_LIST);

    parser->token++;
    while (parser->token->kind != TOKEN_RBRACKET) {
        node_t *item;
        if (node->as.list.count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        if (parser->token->kind == TOKEN_RBRACKET) {
            break;
        }
        TRY(expression_parse(parser, &item));
        TRY(deepen(parser, node, item));
        parser_add(parser, &node->as.list, item);
    }
    *result = node;
    return parser_expect(parser, TOKEN_RBRACKET);
}

static template_error_t *parse_dict(parser_t *parser, node_t **result)
{
    node_t *node = parser_node(parser, NODE_DICT);

    parser->token++;
    while (parser->token->kind != TOKEN_RBRACE) {
        node_t *key;
        node_t *item;
        if (node->as.dict.keys.count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        if (parser->token->kind == TOKEN_RBRACE) {
            break;
        }
        TRY(expression_parse(parser, &key));
        TRY(parser_expect(parser, TOKEN_COLON));
        TRY(expression_parse(parser, &item));
        TRY(deepen(parser, node, key));
        TRY(deepen(parser, node, item));
        parser_add(parser, &node->as.dict.keys, key);
        parser_add(parser, &node->as.dict.items, item);
    }
    *result = node;
    return parser_expect(parser, TOKEN_RBRACE);
}

template_error_t *expression_parse_tuple(parser_t *parser, const tuple_rules_t *rules,
                                         node_t **result)
{
    node_t *tuple = parser_node(parser, NODE_TUPLE);
    bool comma = false;

    for (;;) {
        node_t *item;
        token_kind_t kind = parser->token->kind;
        if (kind == TOKEN_VARIABLE_END || kind == TOKEN_BLOCK_END || kind == TOKEN_RPAREN) {
            break;
        }
        TRY(rules->item(parser, &item));
        TRY(deepen(parser, tuple, item));
        parser_add(parser, &tuple->as.list, item);
        if (!parser_skip(parser, TOKEN_COMMA)) {
            break;
        }
        comma = true;
    }
    if (!comma && tuple->as.list.count == 1) {
        *result = tuple->as.list.items[0];
        return NULL;
    }
    if (!comma && !rules->may_be_empty) {
        return parser_fail(parser, parser->token->offset, "expected an expression before %s",
                           lexer_describe(parser->token, parser->pool));
    }
    *result = tuple;
    return NULL;
}

static template_error_t *parse_parenthesized(parser_t *parser, node_t **node)
{
    static const tuple_rules_t rules = {expression_parse, true};

    parser->token++;
    TRY(expression_parse_tuple(parser, &rules, node));
    return parser_expect(parser, TOKEN_RPAREN);
}

enum { LONGEST_NAME = 32 };

/* Strings that follow each other are one. A short one may be a name: all names are alike. */
static node_t *take_strings(parser_t *parser)
{
    node_t *node = parser_node(parser, NODE_CONST);
    builder_t text;

    node->as.value = (parser->token++)->value;
    if (parser->token->kind != TOKEN_STRING) {
        if (node->as.value.length <= LONGEST_NAME) {
            node->as.value.as.text = parser_intern(parser, node->as.value);
        }
        return node;
    }
    builder_init(&text, parser->heap);
    builder_add(&text, node->as.value.as.text, node->as.value.length);
    for (; parser->token->kind == TOKEN_STRING; parser->token++) {
        builder_add(&text, parser->token->value.as.text, parser->token->value.length);
    }
    node->as.value = value_built(&text, false);
    return node;
}

static node_t *take_word(parser_t *parser)
{
    static const struct {
        const char *word;
        value_t value;
    } constants[] = {
        {"true", {.kind = VALUE_BOOL, .as.boolean = true}},
        {"True", {.kind = VALUE_BOOL, .as.boolean = true}},
        {"false", {.kind = VALUE_BOOL}},
        {"False", {.kind = VALUE_BOOL}},
        {"none", {.kind = VALUE_NONE}},
        {"None", {.kind = VALUE_NONE}},
    };
    value_t word = parser->token->value;
    node_t *node = parser_node(parser, NODE_NAME);

    parser->token++;
    for (size_t i = 0; i < sizeof(constants) / sizeof(*constants); i++) {
        if (value_equals_string(word, constants[i].word)) {
            node->kind = NODE_CONST;
            node->as.value = constants[i].value;
            return node;
        }
    }
    node->as.name.name = parser_intern(parser, word);
    return node;
}

template_error_t *expression_parse_primary(parser_t *parser, node_t **node)
{
    switch (parser->token->kind) {
    case TOKEN_NAME:
        *node = take_word(parser);
        return NULL;
    case TOKEN_STRING:
        *node = take_strings(parser);
        return NULL;
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
        *node = parser_node(parser, NODE_CONST);
        (*node)->as.value = (parser->token++)->value;
        return NULL;
    case TOKEN_LPAREN:
        return parse_parenthesized(parser, node);
    case TOKEN_LBRACKET:
        return parse_list(parser, node);
    case TOKEN_LBRACE:
        return parse_dict(parser, node);
    default:
        return parser_fail(parser, parser->token->offset, "expected an expression before %s",
                           lexer_describe(parser->token, parser->pool));
    }
}

/* Part of a slice: left out before ":", "]" and ",". */
static template_error_t *parse_bound(parser_t *parser, node_t *slice, node_t **bound)
{
    token_kind_t kind = parser->token->kind;

    if (kind == TOKEN_COLON || kind == TOKEN_RBRACKET || kind == TOKEN_COMMA) {
        return NULL;
    }
    TRY(expression_parse(parser, bound));
    return deepen(parser, slice, *bound);
}

static template_error_t *parse_subscript(parser_t *parser, node_t **result)
{
    node_t *slice = parser_node(parser, NODE_SLICE);

    if (parser->token->kind != TOKEN_COLON) {
        TRY(expression_parse(parser, result));
        if (parser->token->kind != TOKEN_COLON) {
            return NULL;
        }
        slice->as.slice.start = *result;
        TRY(deepen(parser, slice, *result));
    }
    parser->token++;
    TRY(parse_bound(parser, slice, &slice->as.slice.stop));
    if (parser_skip(parser, TOKEN_COLON)) {
        TRY(parse_bound(parser, slice, &slice->as.slice.step));
    }
    *result = slice;
    return NULL;
}

static template_error_t *parse_brackets(parser_t *parser, node_t **result)
{
    node_t *node = parser_node(parser, NODE_ITEM);
    node_t *tuple = parser_node(parser, NODE_TUPLE);

    parser->token++;
    while (parser->token->kind != TOKEN_RBRACKET) {
        node_t *index;
        if (tuple->as.list.count > 0) {
            TRY(parser_expect(parser, TOKEN_COMMA));
        }
        TRY(parse_subscript(parser, &index));
        TRY(deepen(parser, tuple, index));
        parser_add(parser, &tuple->as.list, index);
    }
    TRY(parser_expect(parser, TOKEN_RBRACKET));
    if (tuple->as.list.count != 1) {
        for (unsigned int i = 0; i < tuple->as.list.count; i++) {
            if (tuple->as.list.items[i]->kind == NODE_SLICE) {
                return parser_fail(parser, node->offset, "a slice stands alone in its brackets");
            }
        }
    }
    node->as.item.object = *result;
    node->as.item.index = tuple->as.list.count == 1 ? tuple->as.list.items[0] : tuple;
    TRY(deepen(parser, node, *result));
    TRY(deepen(parser, node, tuple));
    *result = node;
    return NULL;
}

static template_error_t *parse_dot(parser_t *parser, node_t **result)
{
    node_t *node = parser_node(parser, NODE_ATTRIBUTE);

    parser->token++;
    if (parser->token->kind == TOKEN_NAME) {
        const char *name = parser_intern(parser, parser->token->value);
        node->as.attribute.object = *result;
        node->as.attribute.name = value_text(name, parser->token->value.length);
    }
    else if (parser->token->kind == TOKEN_INTEGER) {
        node->kind = NODE_ITEM;
        node->as.item.object = *result;
        node->as.item.index = parser_node(parser, NODE_CONST);
        node->as.item.index->as.value = parser->token->value;
    }
    else {
        return parser_fail(parser, parser->token->offset, "expected a name or a number after '.'");
    }
    parser->token++;
    TRY(deepen(parser, node, *result));
    *result = node;
    return NULL;
}

static template_error_t *deepen_by_arguments(parser_t *parser, node_t *node,
                                             const arguments_t *arguments)
{
    for (unsigned int i = 0; i < arguments->positional.count; i++) {
        TRY(deepen(parser, node, arguments->positional.items[i]));
    }
    for (unsigned int i = 0; i < arguments->keywords.count; i++) {
        TRY(deepen(parser, node, arguments->keywords.items[i]));
    }
    TRY(deepen(parser, node, arguments->rest));
    return deepen(parser, node, arguments->rest_named);
}

static template_error_t *parse_call(parser_t *parser, node_t **result)
{
    node_t *node = parser_node(parser, NODE_CALL);

    node->as.call.callee = *result;
    TRY(parse_arguments(parser, node->as.call.arguments));
    TRY(deepen(parser, node, *result));
    TRY(deepen_by_arguments(parser, node, node->as.call.arguments));
    *result = node;
    return NULL;
}

static template_error_t *parse_postfix(parser_t *parser, node_t **node)
{
    for (;;) {
        if (parser->token->kind == TOKEN_DOT) {
            TRY(parse_dot(parser, node));
        }
        else if (parser->token->kind == TOKEN_LBRACKET) {
            TRY(parse_brackets(parser, node));
        }
        else if (parser->token->kind == TOKEN_LPAREN) {
            TRY(parse_call(parser, node));
        }
        else {
            return NULL;
        }
    }
}

static template_error_t *parse_keyword(parser_t *parser, arguments_t *arguments)
{
    const char **names = apr_palloc(parser->pool, (arguments->keywords.count + 1) * sizeof(*names));
    node_t *value;

    for (unsigned int i = 0; i < arguments->keywords.count; i++) {
        names[i] = arguments->names[i];
    }
    TRY(parser_take_name(parser, &names[arguments->keywords.count]));
    for (unsigned int i = 0; i < arguments->keywords.count; i++) {
        if (names[i] == names[arguments->keywords.count]) {
            return parser_fail(parser, parser->token->offset, "'%s' is given twice", names[i]);
        }
    }
    parser->token++; /* = */
    TRY(expression_parse(parser, &value));
    parser_add(parser, &arguments->keywords, value);
    arguments->names = names;
    return NULL;
}

static template_error_t *parse_argument(parser_t *parser, arguments_t *arguments)
{
    uint32_t offset = parser->token->offset;
    bool ordered = !arguments->rest_named;
    node_t *value;

    if (parser_skip(parser, TOKEN_MUL)) {
        ordered = ordered && !arguments->rest;
        TRY(expression_parse(parser, &arguments->rest));
    }
    else if (parser_skip(parser, TOKEN_POW)) {
        TRY(expression_parse(parser, &arguments->rest_named));
    }
    else if (parser->token->kind == TOKEN_NAME && parser->token[1].kind == TOKEN_ASSIGN) {
        TRY(parse_keyword(parser, arguments));
    }
    else {
        ordered = ordered && !arguments->rest && arguments->keywords.count == 0;
        TRY(expression_parse(parser, &value));
        parser_add(parser, &arguments->positional, value);
    }
    if (arguments->keywords.count > 100) {
        return parser_fail(parser, offset, "too many keyword arguments");
    }
    return ordered ? NULL : parser_fail(parser, offset, "these arguments are in the wrong order");
}

static template_error_t *parse_arguments(parser_t *parser, arguments_t *arguments)
{
    bool first = true;

    TRY(parser_expect(parser, TOKEN_LPAREN));
    while (parser->token->kind != TOKEN_RPAREN) {
        if (!first) {
            TRY(parser_expect(parser, TOKEN_COMMA));
            if (parser->token->kind == TOKEN_RPAREN) {
                break;
            }
        }
        first = false;
        TRY(parse_argument(parser, arguments));
    }
    return parser_expect(parser, TOKEN_RPAREN);
}

/* A name that may have dots in it, as filters' and tests' names may. */
static template_error_t *take_dotted_name(parser_t *parser, const char **name)
{
    TRY(parser_take_name(parser, name));
    while (parser_skip(parser, TOKEN_DOT)) {
        const char *part;
        TRY(parser_take_name(parser, &part));
        *name = apr_pstrcat(parser->pool, *name, ".", part, NULL);
    }
    return NULL;
}

template_error_t *expression_parse_filters(parser_t *parser, node_t **result, bool first)
{
    while (first || parser_skip(parser, TOKEN_PIPE)) {
        node_t *node = parser_node(parser, NODE_FILTER);
        first = false;
        node->as.filter.operand = *result;
        TRY(take_dotted_name(parser, &node->as.filter.name));
        if (parser->token->kind == TOKEN_LPAREN) {
            TRY(parse_arguments(parser, node->as.filter.arguments));
        }
        TRY(deepen(parser, node, *result));
        TRY(deepen_by_arguments(parser, node, node->as.filter.arguments));
        *result = node;
    }
    return NULL;
}

/* Whether a test's argument follows without brackets: x is divisibleby 3 */
static bool at_bare_argument(const parser_t *parser)
{
    switch (parser->token->kind) {
    case TOKEN_NAME:
        return !parser_at_word(parser, "else") && !parser_at_word(parser, "or") &&
               !parser_at_word(parser, "and");
    case TOKEN_STRING:
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
    case TOKEN_LBRACKET:
    case TOKEN_LBRACE:
        return true;
    default:
        return false;
    }
}

static template_error_t *parse_test(parser_t *parser, node_t **result)
{
    node_t *node = parser_node(parser, NODE_TEST);
    bool negated;

    parser->token++; /* is */
    negated = parser_skip_word(parser, "not");
    node->as.filter.operand = *result;
    TRY(take_dotted_name(parser, &node->as.filter.name));
    if (parser->token->kind == TOKEN_LPAREN) {
        TRY(parse_arguments(parser, node->as.filter.arguments));
    }
    else if (at_bare_argument(parser)) {
        node_t *argument;
        if (parser_at_word(parser, "is")) {
            return parser_fail(parser, parser->token->offset, "tests cannot be chained with 'is'");
        }
        TRY(expression_parse_primary(parser, &argument));
        TRY(parse_postfix(parser, &argument));
        parser_add(parser, &node->as.filter.arguments->positional, argument);
    }
    TRY(deepen(parser, node, *result));
    TRY(deepen_by_arguments(parser, node, node->as.filter.arguments));
    *result = node;
    if (negated) {
        *result = parser_node(parser, NODE_NOT);
        (*result)->offset = node->offset;
        (*result)->as.binary.left = node;
        return deepen(parser, *result, node);
    }
    return NULL;
}

static template_error_t *parse_unary(parser_t *parser, bool with_filter, node_t **node)
{
    token_kind_t kind = parser->token->kind;

    if (kind == TOKEN_SUB || kind == TOKEN_ADD) {
        node_t *sign = parser_node(parser, kind == TOKEN_SUB ? NODE_NEGATIVE : NODE_POSITIVE);
        parser->token++;
        TRY(enter(parser));
        TRY(parse_unary(parser, false, &sign->as.binary.left));
        parser->depth--;
        TRY(deepen(parser, sign, sign->as.binary.left));
        *node = sign;
    }
    else {
        TRY(expression_parse_primary(parser, node));
    }
    TRY(parse_postfix(parser, node));
    while (with_filter) {
        if (parser->token->kind == TOKEN_PIPE) {
            TRY(expression_parse_filters(parser, node, false));
        }
        else if (parser_at_word(parser, "is")) {
            TRY(parse_test(parser, node));
        }
        else if (parser->token->kind == TOKEN_LPAREN) {
            TRY(parse_call(parser, node));
        }
        else {
            break;
        }
    }
    return NULL;
}
