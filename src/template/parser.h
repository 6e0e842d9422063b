/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_PARSER_H
#define TEMPLATE_PARSER_H

/* Tokens to a tree. parser.c has the statements, expression.c the expressions. */

#include "lexer.h"
#include "tree.h"

#include <apr_hash.h>

enum {
    PARSER_DEPTH = 180, /* operators and brackets within each other */
    PARSER_BLOCKS = 90  /* statements within each other */
};

typedef struct parser_t {
    const template_source_t *source;
    const token_t *token; /* the current one */
    heap_t *heap;
    apr_hash_t *names; /* so that equal names are one pointer in a set */
    apr_pool_t *pool;
    unsigned int depth;
    unsigned int blocks;
    unsigned int loops;         /* that break and continue could mean */
    unsigned int in_for;        /* loops around, also beyond macros and blocks */
    const char *const *awaited; /* the words that end the block being parsed */
    const node_t *open;         /* the statement around, */
    const char *open_tag;       /* and its tag */
} parser_t;

/* The scratch pool is for what only the parser looks at. */
template_error_t *parser_run(const template_source_t *source, apr_hash_t *names, heap_t *heap,
                             apr_pool_t *scratch, apr_pool_t *pool, nodes_t *body);

/* Shared by the two halves. */
template_error_t *parser_fail(const parser_t *parser, uint32_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
template_error_t *parser_expect(parser_t *parser, token_kind_t kind);
template_error_t *parser_take_name(parser_t *parser, const char **name);
bool parser_at_word(const parser_t *parser, const char *word);
bool parser_skip_word(parser_t *parser, const char *word);
bool parser_skip(parser_t *parser, token_kind_t kind);
node_t *parser_node(parser_t *parser, node_kind_t kind);
const char *parser_intern(parser_t *parser, value_t text);
void parser_add(parser_t *parser, nodes_t *nodes, node_t *node);

/* Expressions. */
template_error_t *expression_parse(parser_t *parser, node_t **node);
template_error_t *expression_parse_simple(parser_t *parser, node_t **node); /* no inline if */
template_error_t *expression_parse_primary(parser_t *parser, node_t **node);
template_error_t *expression_parse_filters(parser_t *parser, node_t **node, bool first);

/* One, or several with commas between: a tuple. */
typedef struct tuple_rules_t {
    template_error_t *(*item)(parser_t *parser, node_t **node);
    bool may_be_empty;
} tuple_rules_t;
template_error_t *expression_parse_tuple(parser_t *parser, const tuple_rules_t *rules,
                                         node_t **node);

#endif
