/* SPDX-License-Identifier: Apache-2.0 */
/* str.format(): fields in braces, and the little language behind their colon. */
#include "format.h"

#include "number.h"
#include "repr.h"
#include "text.h"

#include <string.h>

typedef struct braces_t {
    call_t *call;
    bool safe;
    int64_t next;   /* the field that "{}" means */
    bool numbered;  /* there was one with a number */
    bool automatic; /* there was one without */
} braces_t;

static template_error_t *fail(const braces_t *state, const char *message)
{
    return render_fail(state->call->render, "format: %s", message);
}

/* ---------------------------------------------------------------- the specification */

static bool is_align(char byte)
{
    return byte == '<' || byte == '>' || byte == '^' || byte == '=';
}

static int64_t take_integer(const char **at, const char *end)
{
    int64_t value = 0;

    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
        value = value > INT32_MAX / 10 ? INT32_MAX : value * 10 + (**at - '0');
    }
    return value;
}

static template_error_t *parse(const braces_t *state, value_t text, format_t *format)
{
    const char *at = text.as.text;
    const char *end = at + text.length;
    size_t size = text_skip(at, text.length, 1);

    memset(format, 0, sizeof(*format));
    if (at + size < end && is_align(at[size])) {
        memcpy(format->fill, at, size);
        format->fill_size = (unsigned int)size;
        format->align = at[size];
        at += size + 1;
    }
    else if (at < end && is_align(*at)) {
        format->align = *at++;
    }
    if (at < end && (*at == '+' || *at == '-' || *at == ' ')) {
        format->sign = *at++;
    }
    if (at < end && *at == '#') {
        format->alternate = true;
        at++;
    }
    if (at < end && *at == '0') {
        format->zero = true;
        at++;
    }
    format->width = take_integer(&at, end);
    if (at < end && (*at == ',' || *at == '_')) {
        format->group = *at++;
    }
    format->precision = -1;
    if (at < end && *at == '.') {
        at++;
        if (at == end || *at < '0' || *at > '9') {
            return fail(state, "a point needs digits behind it");
        }
        format->precision = take_integer(&at, end);
    }
    if (at < end) {
        format->type = *at++;
    }
    return at == end ? NULL : fail(state, "this specification is not understood");
}

static void zeros(format_t *format, char align)
{
    if (format->zero && !format->fill_size) {
        format->fill[0] = '0';
        format->fill_size = 1;
    }
    if (format->zero && !format->align) {
        format->align = align;
    }
}

static template_error_t *put_string(const braces_t *state, builder_t *out, format_t *format,
                                    value_t string)
{
    size_t length = string.length;

    zeros(format, '<');
    if ((format->type && format->type != 's') || format->sign || format->alternate ||
        format->group || format->align == '=') {
        return fail(state, "this specification is not for a string");
    }
    if (format->precision >= 0) {
        length = text_skip(string.as.text, length, (size_t)format->precision);
    }
    format_pad(out, format, string.as.text, length, 0, format->align ? format->align : '<');
    return NULL;
}

static template_error_t *put_float(const braces_t *state, builder_t *out, format_t *format,
                                   double number)
{
    char digits[NUMBER_SIZE + 1];
    size_t length = 0;

    zeros(format, '=');
    if (format->group) {
        return fail(state, "groups of digits are not supported in floats");
    }
    if (format->type) {
        return strchr("eEfFgG%", format->type)
                   ? format_float(state->call->render, out, format, number)
                   : fail(state, "this type is not for a float");
    }
    if (format->precision >= 0 || format->alternate) {
        return fail(state, "the precision of a float needs one of e, f, g and %");
    }
    if (format->sign && format->sign != '-' && !(number < 0)) {
        digits[length++] = format->sign;
    }
    length += number_print(number, digits + length);
    format_pad(out, format, digits, length, digits[0] < '0' && digits[0] != '.',
               format->align ? format->align : '>');
    return NULL;
}

static template_error_t *put_integer(const braces_t *state, builder_t *out, format_t *format,
                                     int64_t integer)
{
    char type = format->type ? format->type : 'd';
    unsigned int base = type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;

    if (strchr("eEfFgG%", type)) {
        return put_float(state, out, format, (double)integer);
    }
    zeros(format, '=');
    if (!strchr("dboxX", type) || format->precision >= 0) {
        return fail(state, "this type is not supported for an integer");
    }
    if (format->group && (format->zero || (base != 10 && format->group == ','))) {
        return fail(state, "these groups of digits are not supported");
    }
    format->type = type;
    format_integer(out, format, integer, base, format->align ? format->align : '>');
    return NULL;
}

static template_error_t *put_formatted(const braces_t *state, builder_t *out, value_t value,
                                       value_t specification)
{
    format_t format;
    int64_t integer;

    TRY(parse(state, specification, &format));
    if (value.kind == VALUE_STRING) {
        return state->safe && value.safe ? fail(state, "safe text takes no specification")
                                         : put_string(state, out, &format, value);
    }
    if (value_is_integer(value, &integer)) {
        return put_integer(state, out, &format, integer);
    }
    if (value.kind == VALUE_FLOAT) {
        return put_float(state, out, &format, value.as.number);
    }
    return fail(state, "a value of this type takes no specification");
}

static template_error_t *put(const braces_t *state, builder_t *out, value_t value,
                             value_t specification)
{
    render_t *render = state->call->render;
    builder_t plain;
    value_t text;

    if (specification.length == 0) {
        TRY((state->safe ? render_escape : render_string)(render, value, &text));
        builder_add(out, text.as.text, text.length);
        return NULL;
    }
    builder_init(&plain, &render->heap);
    TRY(put_formatted(state, &plain, value, specification));
    text = value_built(&plain, false);
    text = state->safe ? render_escape_text(render, text) : text;
    builder_add(out, text.as.text, text.length);
    return NULL;
}

/* ---------------------------------------------------------------- fields */

static template_error_t *positional(braces_t *state, int64_t index, value_t *value)
{
    if (index >= state->call->count) {
        return fail(state, "there are not so many values");
    }
    *value = state->call->positional[index];
    return NULL;
}

static template_error_t *first_part(braces_t *state, const char *name, size_t length,
                                    value_t *value)
{
    const char *at = name;
    int64_t index = take_integer(&at, name + length);

    if (length == 0 || at == name + length) {
        (length == 0 ? &state->automatic : &state->numbered)[0] = true;
        if (state->automatic && state->numbered) {
            return fail(state, "fields with and without numbers cannot be mixed");
        }
        return positional(state, length == 0 ? state->next++ : index, value);
    }
    for (unsigned int i = 0; i < state->call->named_count; i++) {
        if (strlen(state->call->names[i]) == length &&
            memcmp(state->call->names[i], name, length) == 0) {
            *value = state->call->named[i];
            return NULL;
        }
    }
    return fail(state, "there is no value of that name");
}

/* "name[key][0]": only items; attributes of Python's objects have no meaning here. */
static template_error_t *find(braces_t *state, const char *name, size_t length, value_t *value)
{
    const char *end = name + length;
    size_t first = 0;

    while (first < length && name[first] != '[' && name[first] != '.') {
        first++;
    }
    TRY(first_part(state, name, first, value));
    for (const char *at = name + first; at < end;) {
        const char *close = *at == '[' ? memchr(at, ']', (size_t)(end - at)) : NULL;
        const char *digits = at + 1;
        int64_t index;
        value_t key;
        if (!close || close == at + 1) {
            return fail(state, "a field has a name and items in brackets, nothing else");
        }
        index = take_integer(&digits, close);
        key = digits == close ? value_int(index) : value_text(at + 1, (apr_size_t)(close - at - 1));
        TRY(attribute_item(state->call->render, *value, key, value));
        if (value->kind == VALUE_UNDEFINED) {
            return operate_undefined(state->call->render, *value);
        }
        at = close + 1;
    }
    return NULL;
}

static template_error_t *expand(braces_t *state, const char *text, size_t length, builder_t *out,
                                unsigned int depth);

/* One field, without its braces. */
static template_error_t *put_field(braces_t *state, const char *field, size_t length,
                                   builder_t *out, unsigned int depth)
{
    size_t name = 0;
    size_t rest;
    builder_t specification;
    value_t value;

    while (name < length && field[name] != '!' && field[name] != ':') {
        name +=
            field[name] == '[' && memchr(field + name, ']', length - name)
                ? (size_t)((const char *)memchr(field + name, ']', length - name) - (field + name))
                : 1;
    }
    TRY(find(state, field, name, &value));
    rest = name;
    if (rest < length && field[rest] == '!') {
        builder_t text;
        builder_init(&text, &state->call->render->heap);
        if (rest + 1 >= length || (field[rest + 1] != 's' && field[rest + 1] != 'r') ||
            (rest + 2 < length && field[rest + 2] != ':')) {
            return fail(state, "a conversion is !s or !r");
        }
        if ((field[rest + 1] == 's' ? repr_add_str : repr_add)(&text, value)) {
            return fail(state, "a value cannot be printed");
        }
        value = value_built(&text, false);
        rest += 2;
    }
    builder_init(&specification, &state->call->render->heap);
    if (rest < length) {
        rest++;
        TRY(expand(state, field + rest, length - rest, &specification, depth + 1));
    }
    return put(state, out, value, value_built(&specification, false));
}

/* Where the field that starts here is closed; NULL if it is not. */
static const char *find_close(const char *at, const char *end)
{
    int depth = 1;

    for (; at < end; at++) {
        depth += (*at == '{') - (*at == '}');
        if (depth == 0) {
            return at;
        }
    }
    return NULL;
}

static template_error_t *expand(braces_t *state, const char *text, size_t length, builder_t *out,
                                unsigned int depth)
{
    const char *end = text + length;

    if (depth > 1) {
        return memchr(text, '{', length) ? fail(state, "braces are nested too deeply")
                                         : (builder_add(out, text, length), NULL);
    }
    for (const char *at = text; at < end; at++) {
        const char *close;
        if (*at != '{' && *at != '}') {
            builder_char(out, *at);
            continue;
        }
        if (depth == 0 && at + 1 < end && at[1] == *at) {
            builder_char(out, *at++);
            continue;
        }
        close = *at == '{' ? find_close(at + 1, end) : NULL;
        if (!close) {
            return fail(state, "a brace stands alone");
        }
        TRY(put_field(state, at + 1, (size_t)(close - at - 1), out, depth));
        at = close;
    }
    return NULL;
}

template_error_t *format_braces(call_t *call, value_t format, value_t *result)
{
    braces_t state = {.call = call, .safe = format.safe};
    builder_t out;

    builder_init(&out, &call->render->heap);
    TRY(expand(&state, format.as.text, format.length, &out, 0));
    *result = value_built(&out, format.safe);
    return NULL;
}
