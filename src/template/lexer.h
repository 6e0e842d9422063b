/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_LEXER_H
#define TEMPLATE_LEXER_H

/*
 * Template text to tokens. White space control, comments, raw blocks and the one trailing
 * newline are dealt with here: the parser sees data that is output as it stands, and the
 * tokens of statements and expressions.
 */

#include "error.h"
#include "value.h"

typedef enum token_kind_t {
    TOKEN_END,
    TOKEN_DATA,
    TOKEN_VARIABLE_BEGIN,
    TOKEN_VARIABLE_END,
    TOKEN_BLOCK_BEGIN,
    TOKEN_BLOCK_END,
    TOKEN_NAME,
    TOKEN_STRING,
    TOKEN_INTEGER,
    TOKEN_FLOAT,
    /* operators */
    TOKEN_ADD,
    TOKEN_SUB,
    TOKEN_MUL,
    TOKEN_DIV,
    TOKEN_FLOOR_DIV,
    TOKEN_MOD,
    TOKEN_POW,
    TOKEN_TILDE,
    TOKEN_LBRACKET,
    TOKEN_RBRACKET,
    TOKEN_LPAREN,
    TOKEN_RPAREN,
    TOKEN_LBRACE,
    TOKEN_RBRACE,
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_ASSIGN,
    TOKEN_DOT,
    TOKEN_COLON,
    TOKEN_PIPE,
    TOKEN_COMMA,
    TOKEN_SEMICOLON
} token_kind_t;

typedef struct token_t {
    token_kind_t kind;
    uint32_t offset; /* in the source */
    value_t value;   /* of data, names and literals */
} token_t;

/*
 * All tokens of a source, the last of them TOKEN_END, in the scratch pool. A text without carriage
 * returns is pointed into, otherwise *source gets a copy with plain newlines; what a literal with
 * escapes says is in the heap.
 */
template_error_t *lexer_run(const template_source_t *source, token_t **tokens, heap_t *heap,
                            apr_pool_t *scratch, apr_pool_t *pool);

/* For messages: "'+'", "the end of the statement", ... */
const char *lexer_describe_kind(token_kind_t kind);
const char *lexer_describe(const token_t *token, apr_pool_t *pool);

#endif
