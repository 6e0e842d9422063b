/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_TOKEN_H
#define TEMPLATE_TOKEN_H

/* What the two halves of the lexer share. */

#include "lexer.h"

enum { LEXER_DEPTH = 200 }; /* brackets within each other */

typedef struct lexer_t {
    const template_source_t *source;
    const char *at;
    const char *end;
    const char *body; /* where the inside of the current tag begins */
    token_t *tokens;
    apr_size_t count;
    apr_size_t capacity;
    char expected[LEXER_DEPTH]; /* closing brackets, the innermost last */
    unsigned int depth;
    heap_t *heap;
    apr_pool_t *scratch; /* of the tokens */
    apr_pool_t *pool;
} lexer_t;

void lexer_push(lexer_t *lexer, token_kind_t kind, const char *at, value_t value);
template_error_t *lexer_fail(const lexer_t *lexer, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes one token of an expression or statement; there is one, and no white space before. */
template_error_t *token_next(lexer_t *lexer);

#endif
