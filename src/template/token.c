/* SPDX-License-Identifier: Apache-2.0 */
/* The inner half of the lexer: names, literals and operators within tags. */
#include "token.h"

#include "number.h"
#include "text.h"

#include <apr_strings.h>
#include <string.h>

/* Longer ones before those that they begin with. */
static const struct {
    const char *text;
    token_kind_t kind;
} operators[] = {
    {"//", TOKEN_FLOOR_DIV}, {"**", TOKEN_POW},      {"==", TOKEN_EQ},    {"!=", TOKEN_NE},
    {">=", TOKEN_GE},        {"<=", TOKEN_LE},       {"+", TOKEN_ADD},    {"-", TOKEN_SUB},
    {"/", TOKEN_DIV},        {"*", TOKEN_MUL},       {"%", TOKEN_MOD},    {"~", TOKEN_TILDE},
    {"[", TOKEN_LBRACKET},   {"]", TOKEN_RBRACKET},  {"(", TOKEN_LPAREN}, {")", TOKEN_RPAREN},
    {"{", TOKEN_LBRACE},     {"}", TOKEN_RBRACE},    {">", TOKEN_GT},     {"<", TOKEN_LT},
    {"=", TOKEN_ASSIGN},     {".", TOKEN_DOT},       {":", TOKEN_COLON},  {"|", TOKEN_PIPE},
    {",", TOKEN_COMMA},      {";", TOKEN_SEMICOLON},
};

void lexer_push(lexer_t *lexer, token_kind_t kind, const char *at, value_t value)
{
    if (lexer->count == lexer->capacity) {
        apr_size_t capacity = lexer->capacity ? lexer->capacity * 2 : 64;
        token_t *tokens = apr_palloc(lexer->scratch, capacity * sizeof(*tokens));
        if (lexer->count) {
            memcpy(tokens, lexer->tokens, lexer->count * sizeof(*tokens));
        }
        lexer->tokens = tokens;
        lexer->capacity = capacity;
    }
    lexer->tokens[lexer->count++] = (token_t){kind, (uint32_t)(at - lexer->source->text), value};
}

template_error_t *lexer_fail(const lexer_t *lexer, const char *at, const char *format, ...)
{
    template_error_t *error;
    va_list arguments;

    va_start(arguments, format);
    error = error_create_v(lexer->pool, format, arguments);
    va_end(arguments);
    error_locate(error, lexer->source, (apr_size_t)(at - lexer->source->text), lexer->pool);
    return error;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Steps over digits with single underscores between them, or also before the first. */
static const char *skip_digits(const char *at, const char *end, const char *allowed,
                               bool underscore)
{
    for (;;) {
        const char *digit = at + (underscore && at < end && *at == '_');
        if (digit >= end || *digit == '\0' || !strchr(allowed, *digit)) {
            return at;
        }
        at = digit + 1;
        underscore = true;
    }
}

static const char decimal[] = "0123456789";

/* Where a float at this place ends, or NULL if there is none. */
static const char *find_float_end(const lexer_t *lexer)
{
    const char *at = skip_digits(lexer->at, lexer->end, decimal, false);
    bool is_float = false;

    if (lexer->at > lexer->source->text && lexer->at[-1] == '.') {
        return NULL; /* x.1.2 is two steps, no float */
    }
    if (at + 1 < lexer->end && *at == '.' && is_digit(at[1])) {
        at = skip_digits(at + 1, lexer->end, decimal, false);
        is_float = true;
    }
    if (at < lexer->end && (*at | 0x20) == 'e') {
        const char *digits = at + 1;
        if (digits < lexer->end && (*digits == '+' || *digits == '-')) {
            digits++;
        }
        if (digits < lexer->end && is_digit(*digits)) {
            at = skip_digits(digits, lexer->end, decimal, false);
            is_float = true;
        }
    }
    return is_float ? at : NULL;
}

static const char *find_integer_end(const lexer_t *lexer)
{
    const char *at = lexer->at;
    const char *digits = NULL;

    if (*at == '0' && at + 1 < lexer->end) {
        char letter = (char)(at[1] | 0x20);
        digits = letter == 'x'   ? "0123456789abcdefABCDEF"
                 : letter == 'o' ? "01234567"
                 : letter == 'b' ? "01"
                                 : NULL;
        if (digits) {
            const char *end = skip_digits(at + 2, lexer->end, digits, true);
            if (end > at + 2) {
                return end;
            }
        }
    }
    return skip_digits(at, lexer->end, *at == '0' ? "0" : decimal, false);
}

static template_error_t *lex_number(lexer_t *lexer)
{
    const char *start = lexer->at;
    const char *end = find_float_end(lexer);
    int64_t integer;
    double number;

    if (end) {
        if (!number_parse(start, (size_t)(end - start), &number)) {
            return lexer_fail(lexer, start, "this number has too many digits");
        }
        lexer_push(lexer, TOKEN_FLOAT, start, value_float(number));
    }
    else {
        end = find_integer_end(lexer);
        if (number_parse_integer(start, (size_t)(end - start), 0, &integer) != NUMBER_OK) {
            return lexer_fail(lexer, start, "this integer does not fit into 64 bits");
        }
        lexer_push(lexer, TOKEN_INTEGER, start, value_int(integer));
    }
    lexer->at = end;
    return NULL;
}

static void lex_name(lexer_t *lexer)
{
    const char *start = lexer->at;
    size_t size;

    while (lexer->at < lexer->end &&
           text_is_identifier(text_decode(lexer->at, (size_t)(lexer->end - lexer->at), &size))) {
        lexer->at += size;
    }
    lexer_push(lexer, TOKEN_NAME, start, value_text(start, (apr_size_t)(lexer->at - start)));
}

/* \x, \u and \U with so many digits; octal ones have up to three. */
static template_error_t *unescape_number(lexer_t *lexer, builder_t *out, const char **at,
                                         int digits, unsigned int base)
{
    const char *start = *at;
    uint32_t point = 0;
    int taken = 0;

    for (; taken < digits && *at < lexer->end; (*at)++, taken++) {
        char digit = (char)(**at | 0x20);
        uint32_t value = is_digit(**at)                 ? (uint32_t)(**at - '0')
                         : digit >= 'a' && digit <= 'f' ? (uint32_t)(digit - 'a' + 10)
                                                        : 99;
        if (value >= base) {
            break;
        }
        point = point * base + value;
    }
    if (base == 16 && taken < digits) {
        return lexer_fail(lexer, start - 2, "this escape needs %d hexadecimal digits", digits);
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return lexer_fail(lexer, start - 2, "this escape is not a character");
    }
    builder_point(out, point);
    return NULL;
}

/* Python turns what is not ASCII into an escape first, so that "\é" becomes "\xe9". */
static void unescape_unicode(builder_t *out, const char **at, const char *end)
{
    char text[16];
    size_t size;
    uint32_t point = text_decode(*at, (size_t)(end - *at), &size);
    const char *format = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";

    builder_add(out, text, (apr_size_t)apr_snprintf(text, sizeof(text), format, point));
    *at += size;
}

static template_error_t *unescape(lexer_t *lexer, builder_t *out, const char **at)
{
    static const char letters[] = "abfnrtv\\'\"";
    static const char meanings[] = "\a\b\f\n\r\t\v\\'\"";
    char letter = **at;
    const char *known = letter ? strchr(letters, letter) : NULL;

    if (known) {
        builder_char(out, meanings[known - letters]);
        (*at)++;
        return NULL;
    }
    if (letter >= '0' && letter <= '7') {
        return unescape_number(lexer, out, at, 3, 8);
    }
    if ((unsigned char)letter >= 0x80) {
        unescape_unicode(out, at, lexer->end);
        return NULL;
    }
    (*at)++;
    switch (letter) {
    case '\n':
        return NULL;
    case 'x':
        return unescape_number(lexer, out, at, 2, 16);
    case 'u':
        return unescape_number(lexer, out, at, 4, 16);
    case 'U':
        return unescape_number(lexer, out, at, 8, 16);
    case 'N':
        return lexer_fail(lexer, *at - 2, "characters by name (\\N) are not supported");
    default:
        builder_char(out, '\\');
        builder_char(out, letter);
        return NULL;
    }
}

static template_error_t *lex_string(lexer_t *lexer)
{
    const char *start = lexer->at;
    char quote = *start;
    const char *end = start + 1;
    bool escapes = false;
    builder_t out;

    while (end < lexer->end && *end != quote) {
        escapes |= *end == '\\';
        end += *end == '\\' ? 2 : 1;
    }
    if (end >= lexer->end) {
        return lexer_fail(lexer, start, "this string is never closed");
    }
    lexer->at = end + 1;
    if (!escapes) {
        lexer_push(lexer, TOKEN_STRING, start,
                   value_text(start + 1, (apr_size_t)(end - start - 1)));
        return NULL;
    }
    builder_init(&out, lexer->heap);
    for (const char *at = start + 1; at < end;) {
        if (*at != '\\') {
            builder_char(&out, *at++);
            continue;
        }
        at++;
        TRY(unescape(lexer, &out, &at));
    }
    lexer_push(lexer, TOKEN_STRING, start, value_built(&out, false));
    return NULL;
}

static template_error_t *balance(lexer_t *lexer, char bracket, const char *at)
{
    switch (bracket) {
    case '(':
    case '[':
    case '{':
        if (lexer->depth == LEXER_DEPTH) {
            return lexer_fail(lexer, at, "more than %d brackets within each other", LEXER_DEPTH);
        }
        lexer->expected[lexer->depth++] = bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
        return NULL;
    case ')':
    case ']':
    case '}':
        if (lexer->depth == 0) {
            return lexer_fail(lexer, at, "unexpected '%c'", bracket);
        }
        if (lexer->expected[--lexer->depth] != bracket) {
            return lexer_fail(lexer, at, "unexpected '%c' where '%c' should close", bracket,
                              lexer->expected[lexer->depth]);
        }
        return NULL;
    default:
        return NULL;
    }
}

static template_error_t *lex_operator(lexer_t *lexer)
{
    const char *start = lexer->at;
    size_t left = (size_t)(lexer->end - start);
    size_t size;

    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
        size = strlen(operators[i].text);
        if (size <= left && memcmp(start, operators[i].text, size) == 0) {
            lexer->at += size;
            lexer_push(lexer, operators[i].kind, start, value_none());
            return balance(lexer, *start, start);
        }
    }
    text_decode(start, left, &size);
    return lexer_fail(lexer, start, "unexpected character '%s'",
                      apr_pstrmemdup(lexer->pool, start, size));
}

template_error_t *token_next(lexer_t *lexer)
{
    size_t size;
    uint32_t point = text_decode(lexer->at, (size_t)(lexer->end - lexer->at), &size);

    if (point < 0x80 && is_digit((char)point)) {
        return lex_number(lexer);
    }
    if (text_is_identifier_start(point)) {
        lex_name(lexer);
        return NULL;
    }
    if (point == '"' || point == '\'') {
        return lex_string(lexer);
    }
    return lex_operator(lexer);
}

const char *lexer_describe_kind(token_kind_t kind)
{
    static const char *const others[] = {
        [TOKEN_END] = "the end of the template",
        [TOKEN_DATA] = "text",
        [TOKEN_VARIABLE_BEGIN] = "'{{'",
        [TOKEN_VARIABLE_END] = "'}}'",
        [TOKEN_BLOCK_BEGIN] = "'{%'",
        [TOKEN_BLOCK_END] = "'%}'",
        [TOKEN_NAME] = "a name",
        [TOKEN_STRING] = "a string",
        [TOKEN_INTEGER] = "an integer",
        [TOKEN_FLOAT] = "a float",
        [TOKEN_ASSIGN] = "'='",
        [TOKEN_COLON] = "':'",
        [TOKEN_COMMA] = "','",
        [TOKEN_LPAREN] = "'('",
        [TOKEN_RPAREN] = "')'",
        [TOKEN_LBRACKET] = "'['",
        [TOKEN_RBRACKET] = "']'",
        [TOKEN_LBRACE] = "'{'",
        [TOKEN_RBRACE] = "'}'",
    };
    return (size_t)kind < sizeof(others) / sizeof(*others) && others[kind] ? others[kind]
                                                                           : "an operator";
}

const char *lexer_describe(const token_t *token, apr_pool_t *pool)
{
    if (token->kind == TOKEN_NAME) {
        return apr_psprintf(pool, "'%s'", value_cstring(token->value, pool));
    }
    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
        if (operators[i].kind == token->kind) {
            return apr_psprintf(pool, "'%s'", operators[i].text);
        }
    }
    return lexer_describe_kind(token->kind);
}
