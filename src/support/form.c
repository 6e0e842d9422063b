/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar is that of the WHATWG URL standard, section 5.1: pairs between &, + for a space,
 * percent escapes of UTF-8. A table of APR compares names without case, so names that differ in
 * case alone count as the same one. */
#include "support/form.h"

#include <string.h>

#include "support/secret.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The decoded text, or NULL at a broken escape. */
static char *decode(const char *text, apr_size_t length, apr_size_t *decoded, apr_pool_t *pool)
{
    char *out = apr_palloc(pool, length + 1);
    char *end = out;
    for (apr_size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '+') {
            c = ' ';
        }
        else if (c == '%') {
            int high = i + 2 < length ? hex_digit(text[i + 1]) : -1;
            int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
            if (low < 0) {
                secret_wipe(out, (apr_size_t)(end - out));
                return NULL;
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        *end++ = c;
    }
    *end = '\0';
    *decoded = (apr_size_t)(end - out);
    return out;
}

/* The bytes of a well-formed UTF-8 character at text (Unicode 3.9, table 3-7), 0 if there is none.
 */
static apr_size_t utf8_length(const unsigned char *text, apr_size_t left)
{
    unsigned char first = text[0];
    apr_size_t length;
    unsigned char low = 0x80, high = 0xBF;
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : low;
    high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : high;
    if (length > left || text[1] < low || text[1] > high) {
        return 0;
    }
    for (apr_size_t i = 2; i < length; i++) {
        if (text[i] < 0x80 || text[i] > 0xBF) {
            return 0;
        }
    }
    return length;
}

/* Whether the text could have been typed into a form. */
static int is_typed_text(const char *text, apr_size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;
    for (apr_size_t i = 0; i < length;) {
        apr_size_t step = utf8_length(byte + i, length - i);
        int control = byte[i] < 0x20 || byte[i] == 0x7F;
        if (!step || (control && !strchr("\t\r\n", byte[i])) || !byte[i]) {
            return 0;
        }
        i += step;
    }
    return 1;
}

/* A form on its way. */
typedef struct reading_t {
    apr_table_t *form;
    const char *lists; /* what the names begin with that may come several times, or NULL */
    int fields;        /* names that came */
    int listed;        /* values of lists */
    apr_pool_t *pool;
} reading_t;

static problem_t *malformed(const reading_t *reading, const char *why)
{
    return problem_make(reading->pool, PROBLEM_FORM_MALFORMED, "field %d %s",
                        apr_table_elts(reading->form)->nelts + 1, why);
}

static int is_listed(const reading_t *reading, const char *name)
{
    return reading->lists && strncmp(name, reading->lists, strlen(reading->lists)) == 0;
}

/* Whether a field of that name came before: 1, or -1 when it was another one but for the case. */
static int came_before(const apr_table_t *form, const char *name)
{
    const apr_array_header_t *fields = apr_table_elts(form);
    int found = 0;
    if (!apr_table_get(form, name)) {
        return 0;
    }
    for (int i = 0; i < fields->nelts && !found; i++) {
        found = strcmp(APR_ARRAY_IDX(fields, i, apr_table_entry_t).key, name) == 0;
    }
    return found ? 1 : -1;
}

static problem_t *add_field(reading_t *reading, const char *name, const char *value)
{
    int before = came_before(reading->form, name);
    int listed = is_listed(reading, name);
    if (before && !(listed && before > 0)) {
        return malformed(reading, "repeats an earlier one");
    }
    reading->fields += !before;
    reading->listed += listed;
    if (reading->fields > FORM_MAX_FIELDS || reading->listed > FORM_MAX_LISTED) {
        return problem_make(reading->pool, PROBLEM_FORM_TOO_LARGE, "there are too many fields");
    }
    apr_table_addn(reading->form, name, value);
    return NULL;
}

/* What of the form stands on either side of a pair's equals sign. */
typedef struct part_t {
    char *text; /* NULL: it has a broken escape */
    apr_size_t length;
} part_t;

static part_t decode_part(const char *text, apr_size_t length, apr_pool_t *pool)
{
    part_t part = {NULL, 0};
    part.text = decode(text, length, &part.length, pool);
    return part;
}

static problem_t *check_pair(const reading_t *reading, part_t name, part_t value)
{
    if (!name.text || !value.text) {
        return malformed(reading, "has a broken percent escape");
    }
    if (name.length > FORM_MAX_NAME || value.length > FORM_MAX_VALUE) {
        return problem_make(reading->pool, PROBLEM_FORM_TOO_LARGE, "field %d is over a limit",
                            apr_table_elts(reading->form)->nelts + 1);
    }
    return name.length && is_typed_text(name.text, name.length) &&
                   is_typed_text(value.text, value.length)
               ? NULL
               : malformed(reading, "has no name, or bytes that are not UTF-8 text");
}

/* A value that is not taken up is nobody's, and may be a secret. */
static problem_t *add_pair(reading_t *reading, const char *pair, apr_size_t length)
{
    const char *equals = memchr(pair, '=', length);
    apr_size_t before = equals ? (apr_size_t)(equals - pair) : length;
    part_t name = decode_part(pair, before, reading->pool);
    part_t value = equals ? decode_part(equals + 1, length - before - 1, reading->pool)
                          : decode_part("", 0, reading->pool);
    problem_t *problem = check_pair(reading, name, value);
    if (!problem) {
        problem = add_field(reading, name.text, value.text);
    }
    if (problem && value.text) {
        secret_wipe(value.text, value.length);
    }
    return problem;
}

problem_t *form_parse_lists(apr_table_t **form, const char *text, apr_size_t length,
                            const char *lists, apr_pool_t *pool)
{
    reading_t reading = {.form = apr_table_make(pool, 16), .lists = lists, .pool = pool};
    problem_t *problem = NULL;
    *form = reading.form;
    while (length > 0 && !problem) {
        const char *ampersand = memchr(text, '&', length);
        apr_size_t pair = ampersand ? (apr_size_t)(ampersand - text) : length;
        if (pair > 0) {
            problem = add_pair(&reading, text, pair);
        }
        text += pair + (ampersand ? 1 : 0);
        length -= pair + (ampersand ? 1 : 0);
    }
    return problem;
}

problem_t *form_parse(apr_table_t **form, const char *text, apr_size_t length, apr_pool_t *pool)
{
    return form_parse_lists(form, text, length, NULL, pool);
}

apr_array_header_t *form_values(const apr_table_t *form, const char *name, apr_pool_t *pool)
{
    const apr_array_header_t *fields = apr_table_elts(form);
    apr_array_header_t *values = apr_array_make(pool, 2, sizeof(const char *));
    for (int i = 0; i < fields->nelts; i++) {
        const apr_table_entry_t *field = &APR_ARRAY_IDX(fields, i, apr_table_entry_t);
        if (strcmp(field->key, name) == 0) {
            APR_ARRAY_PUSH(values, const char *) = field->val;
        }
    }
    return values;
}

const char *form_get(const apr_table_t *form, const char *name)
{
    const char *value = apr_table_get(form, name);
    return value && *value ? value : NULL;
}
