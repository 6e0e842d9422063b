/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outer half of the lexer: data, tags and what is between them. Tokens within tags come
 * from token.c.
 *
 * Where a text has carriage returns, tokens are made from a copy with plain newlines; their
 * offsets then count in that copy, which the caller keeps for its messages.
 */
#include "token.h"

#include "text.h"

#include <string.h>

static bool starts(const lexer_t *lexer, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(lexer->end - lexer->at) >= length && memcmp(lexer->at, word, length) == 0;
}

static void skip_space(lexer_t *lexer)
{
    lexer->at += text_leading_space(lexer->at, (size_t)(lexer->end - lexer->at));
}

static void push_data(lexer_t *lexer, const char *from, const char *to)
{
    if (to > from) {
        lexer_push(lexer, TOKEN_DATA, from, value_text(from, (apr_size_t)(to - from)));
    }
}

/*
 * Steps over "-%}" and the white space behind, "+%}" where it may be, or "%}".
 * False if none of them is here.
 */
static bool take_close(lexer_t *lexer, const char *close, bool plus)
{
    const char *start = lexer->at;
    bool strip = starts(lexer, "-");

    if (strip || (plus && starts(lexer, "+"))) {
        lexer->at++;
    }
    if (!starts(lexer, close)) {
        lexer->at = start;
        return false;
    }
    lexer->at += 2;
    if (strip) {
        skip_space(lexer);
    }
    return true;
}

/* Steps over "raw" or "endraw" and the tag's end; false, without moving, if it is not that. */
static bool take_raw_word(lexer_t *lexer, const char *word, bool plus)
{
    const char *start = lexer->at;

    skip_space(lexer);
    if (starts(lexer, word)) {
        lexer->at += strlen(word);
        skip_space(lexer);
        if (take_close(lexer, "%}", plus)) {
            return true;
        }
    }
    lexer->at = start;
    return false;
}

/* Steps over the sign behind an opening brace pair. */
static bool take_sign(lexer_t *lexer)
{
    bool strip = starts(lexer, "-");

    if (strip || starts(lexer, "+")) {
        lexer->at++;
    }
    return strip;
}

static void push_before_tag(lexer_t *lexer, const char *from, const char *to, bool strip)
{
    if (strip) {
        to -= text_trailing_space(from, (size_t)(to - from));
    }
    push_data(lexer, from, to);
}

static template_error_t *lex_raw(lexer_t *lexer, const char *tag)
{
    const char *from = lexer->at;

    for (;;) {
        const char *found = memmem(lexer->at, (size_t)(lexer->end - lexer->at), "{%", 2);
        bool strip;
        if (found == NULL && from == lexer->end) {
            lexer->at = from; /* nothing follows at all: Jinja2 lets that pass */
            return NULL;
        }
        if (found == NULL) {
            return lexer_fail(lexer, tag, "this raw block is never closed by endraw");
        }
        lexer->at = found + 2;
        strip = take_sign(lexer);
        if (take_raw_word(lexer, "endraw", true)) {
            push_before_tag(lexer, from, found, strip);
            return NULL;
        }
        lexer->at = found + 2;
    }
}

static template_error_t *lex_comment(lexer_t *lexer, const char *tag)
{
    if (lexer->at == lexer->end) {
        return NULL; /* nothing follows at all: Jinja2 lets that pass */
    }
    while (lexer->at < lexer->end) {
        const char *found = memchr(lexer->at, '#', (size_t)(lexer->end - lexer->at));
        if (found == NULL) {
            break;
        }
        lexer->at = found + 1;
        if (lexer->at < lexer->end && *lexer->at == '}') {
            bool strip = found > lexer->body && found[-1] == '-';
            lexer->at++;
            if (strip) {
                skip_space(lexer);
            }
            return NULL;
        }
    }
    return lexer_fail(lexer, tag, "this comment is never closed by #}");
}

static template_error_t *lex_tag(lexer_t *lexer, bool block)
{
    const char *close = block ? "%}" : "}}";

    lexer->depth = 0;
    for (;;) {
        const char *start;
        skip_space(lexer);
        start = lexer->at;
        if (lexer->at == lexer->end) {
            return NULL; /* the parser says what it missed */
        }
        if (lexer->depth == 0 && take_close(lexer, close, block)) {
            lexer_push(lexer, block ? TOKEN_BLOCK_END : TOKEN_VARIABLE_END, start, value_none());
            return NULL;
        }
        TRY(token_next(lexer));
    }
}

/* The next "{{", "{%" or "{#", or NULL. */
static const char *find_tag(const lexer_t *lexer)
{
    for (const char *at = lexer->at; at < lexer->end; at++) {
        at = memchr(at, '{', (size_t)(lexer->end - at));
        if (at == NULL || at + 1 == lexer->end) {
            return NULL;
        }
        if (at[1] == '{' || at[1] == '%' || at[1] == '#') {
            return at;
        }
    }
    return NULL;
}

static template_error_t *lex_from_tag(lexer_t *lexer, const char *data, const char *tag)
{
    bool strip;

    lexer->at = tag + 2;
    strip = take_sign(lexer);
    lexer->body = lexer->at;
    push_before_tag(lexer, data, tag, strip);
    if (tag[1] == '#') {
        return lex_comment(lexer, tag);
    }
    if (tag[1] == '%' && take_raw_word(lexer, "raw", false)) {
        return lex_raw(lexer, tag);
    }
    lexer_push(lexer, tag[1] == '%' ? TOKEN_BLOCK_BEGIN : TOKEN_VARIABLE_BEGIN, tag, value_none());
    return lex_tag(lexer, tag[1] == '%');
}

static template_error_t *lex_all(lexer_t *lexer)
{
    while (lexer->at < lexer->end) {
        const char *data = lexer->at;
        const char *tag = find_tag(lexer);
        if (tag == NULL) {
            push_data(lexer, data, lexer->end);
            break;
        }
        TRY(lex_from_tag(lexer, data, tag));
    }
    lexer_push(lexer, TOKEN_END, lexer->end, value_none());
    return NULL;
}

template_error_t *lexer_run(const template_source_t *source, token_t **tokens, heap_t *heap,
                            apr_pool_t *scratch, apr_pool_t *pool)
{
    lexer_t lexer = {.source = source, .heap = heap, .scratch = scratch, .pool = pool};

    if (source->length >= UINT32_MAX || !text_is_valid(source->text, source->length)) {
        template_error_t *error = error_create(pool, "the template is not valid UTF-8");
        error_locate(error, source, 0, pool);
        return error;
    }
    lexer.at = source->text;
    lexer.end = source->text + source->length;
    if (lexer.end > lexer.at && lexer.end[-1] == '\n') {
        lexer.end--; /* the one trailing newline */
    }
    TRY(lex_all(&lexer));
    *tokens = lexer.tokens;
    return NULL;
}
