/* SPDX-License-Identifier: Apache-2.0 */
/* Laying out numbers and text, and the % operator of strings. */
#include "format.h"

#include "number.h"
#include "repr.h"
#include "text.h"
#include "words.h"

#include <math.h>
#include <string.h>

static void fill(builder_t *out, const format_t *format, uint64_t count)
{
    if (format->fill_size == 0) {
        builder_fill(out, ' ', count);
        return;
    }
    if (heap_allows(out->heap, count, format->fill_size)) {
        for (uint64_t i = 0; i < count; i++) {
            builder_add(out, format->fill, format->fill_size);
        }
    }
}

void format_pad(builder_t *out, const format_t *format, const char *text, size_t length,
                size_t sign, char align)
{
    uint64_t taken = text_count(text, length);
    uint64_t width = format->width > 0 ? (uint64_t)format->width : 0;
    uint64_t missing = width > taken ? width - taken : 0;
    uint64_t before = align == '>' ? missing : align == '^' ? missing / 2 : 0;

    fill(out, format, before);
    if (align == '=') {
        builder_add(out, text, sign);
        fill(out, format, missing);
        builder_add(out, text + sign, length - sign);
        return;
    }
    builder_add(out, text, length);
    fill(out, format, missing - before);
}

static char sign_of(const format_t *format, bool negative)
{
    return negative ? '-' : format->sign == '+' || format->sign == ' ' ? format->sign : '\0';
}

template_error_t *format_float(render_t *render, builder_t *out, const format_t *format,
                               double number)
{
    char text[NUMBER_SIZE + FORMAT_PRECISION + 8];
    int precision = format->precision < 0 ? 6 : (int)format->precision;
    bool percent = format->type == '%';
    size_t length = 0;
    size_t sign;
    char mark = sign_of(format, signbit(number) && !isnan(number));

    if (format->precision > FORMAT_PRECISION) {
        return render_fail(render, "more than %d digits behind the point", FORMAT_PRECISION);
    }
    if (mark) {
        text[length++] = mark;
    }
    sign = length;
    number = fabs(number) * (percent ? 100.0 : 1.0);
    length += number_format(number, percent ? 'f' : format->type, precision, format->alternate,
                            text + length, sizeof(text) - 2 - length);
    if (percent) {
        text[length++] = '%';
    }
    format_pad(out, format, text, length, sign, format->align ? format->align : '>');
    return NULL;
}

/* Digits from the back, in groups of three (or four, in other bases) if asked for. */
static size_t write_digits(char *end, uint64_t number, const format_t *format, unsigned int base)
{
    const char *digits = format->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned int size = base == 10 ? 3 : 4;
    unsigned int count = 0;
    char *at = end;

    do {
        if (format->group && count > 0 && count % size == 0) {
            *--at = format->group;
        }
        *--at = digits[number % base];
        number /= base;
        count++;
    } while (number > 0 || (format->precision > count && count < FORMAT_PRECISION));
    return (size_t)(end - at);
}

void format_integer(builder_t *out, const format_t *format, int64_t integer, unsigned int base,
                    char align)
{
    char text[FORMAT_PRECISION + 120];
    char front[4];
    char *end = text + sizeof(text);
    uint64_t number = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    size_t length = write_digits(end, number, format, base);
    size_t sign = 0;
    char mark = sign_of(format, integer < 0);

    if (mark) {
        front[sign++] = mark;
    }
    if (format->alternate && base != 10) {
        front[sign++] = '0';
        front[sign++] = format->type;
    }
    memcpy(end - length - sign, front, sign);
    format_pad(out, format, end - length - sign, length + sign, sign, align);
}

/* ---------------------------------------------------------------- % */

typedef struct percent_t {
    render_t *render;
    const char *at;
    const char *end;
    value_t arguments;
    bool safe;
    apr_size_t taken;
    builder_t out;
} percent_t;

static bool takes_keys(value_t arguments)
{
    return value_is_mapping(arguments) || value_is_list(arguments) ||
           arguments.kind == VALUE_RANGE || arguments.kind == VALUE_UNDEFINED;
}

static template_error_t *next_argument(percent_t *state, value_t *argument)
{
    value_t arguments = state->arguments;
    apr_size_t count = arguments.kind == VALUE_TUPLE ? value_count(arguments) : 1;

    if (state->taken >= count) {
        return render_fail(state->render, "the format wants more than %d value(s)", (int)count);
    }
    *argument = arguments.kind == VALUE_TUPLE ? value_at(arguments, state->taken) : arguments;
    state->taken++;
    return NULL;
}

/* The value of "(key)", with brackets in brackets as Python counts them. */
static template_error_t *keyed_argument(percent_t *state, value_t *argument)
{
    const char *start = ++state->at;
    int depth = 1;

    for (; state->at < state->end && depth > 0; state->at++) {
        depth += (*state->at == '(') - (*state->at == ')');
    }
    if (depth > 0 || !value_is_mapping(state->arguments)) {
        return render_fail(state->render, depth > 0 ? "the key in the format is not closed"
                                                    : "a format with keys wants a dict");
    }
    *argument =
        value_lookup(state->arguments, value_text(start, (apr_size_t)(state->at - 1 - start)));
    if (argument->kind == VALUE_MISSING) {
        return render_fail(state->render, "the format asks for a key that is not there");
    }
    return NULL;
}

static template_error_t *take_size(percent_t *state, int64_t *size)
{
    value_t argument;

    if (state->at < state->end && *state->at == '*') {
        state->at++;
        TRY(next_argument(state, &argument));
        return value_is_integer(argument, size)
                   ? NULL
                   : render_fail(state->render, "'*' in a format wants an integer");
    }
    *size = 0;
    for (; state->at < state->end && *state->at >= '0' && *state->at <= '9'; state->at++) {
        if (*size > INT32_MAX / 10) {
            return render_fail(state->render, "a width in the format is too big");
        }
        *size = *size * 10 + (*state->at - '0');
    }
    return NULL;
}

static bool take_flag(percent_t *state, format_t *format)
{
    switch (state->at < state->end ? *state->at : '\0') {
    case '-':
        format->align = '<';
        break;
    case '+':
        format->sign = '+';
        break;
    case ' ':
        format->sign = format->sign ? format->sign : ' ';
        break;
    case '#':
        format->alternate = true;
        break;
    case '0':
        format->zero = true;
        break;
    default:
        return false;
    }
    state->at++;
    return true;
}

static template_error_t *take_layout(percent_t *state, format_t *format)
{
    while (take_flag(state, format)) {
    }
    TRY(take_size(state, &format->width));
    if (format->width < 0) {
        format->align = '<';
        format->width = -format->width;
    }
    format->precision = -1;
    if (state->at < state->end && *state->at == '.') {
        state->at++;
        TRY(take_size(state, &format->precision));
        format->precision = format->precision < 0 ? 0 : format->precision;
    }
    while (state->at < state->end && strchr("hlL", *state->at) && *state->at) {
        state->at++;
    }
    if (state->at == state->end) {
        return render_fail(state->render, "the format ends within a conversion");
    }
    format->type = *state->at++;
    return NULL;
}

static template_error_t *put_text(percent_t *state, const format_t *format, value_t argument)
{
    value_t text;
    size_t length;

    if (format->type == 'r') {
        builder_t out;
        const char *fault;
        builder_init(&out, &state->render->heap);
        fault = repr_add(&out, argument);
        text = value_built(&out, false);
        if (fault) {
            return render_fail(state->render, "cannot print %s", fault);
        }
        text = state->safe ? render_escape_text(state->render, text) : text;
    }
    else {
        TRY((state->safe ? render_escape : render_string)(state->render, argument, &text));
    }
    length = text.length;
    if (format->precision >= 0) {
        length = text_skip(text.as.text, length, (size_t)format->precision);
    }
    format_pad(&state->out, format, text.as.text, length, 0, format->align ? '<' : '>');
    return NULL;
}

/* What int() or float() makes of it; a safe format takes numbers out of strings too. */
static template_error_t *to_number(percent_t *state, const format_t *format, value_t argument,
                                   value_t *number)
{
    int64_t integer;
    double parsed;
    bool wants_float = strchr("eEfFgG", format->type) != NULL;

    *number = argument;
    if (state->safe && argument.kind == VALUE_STRING) {
        value_t text = words_plain_digits(&state->render->heap, argument);
        if (wants_float && number_parse(text.as.text, text.length, &parsed)) {
            *number = value_float(parsed);
        }
        else if (!wants_float &&
                 number_parse_integer(text.as.text, text.length, 10, &integer) == NUMBER_OK) {
            *number = value_int(integer);
        }
    }
    if (argument.kind == VALUE_UNDEFINED) {
        return operate_undefined(state->render, argument);
    }
    if (!value_is_number(*number)) {
        return render_fail(state->render, "%%%c wants a number, not %s", format->type,
                           value_type(argument));
    }
    return NULL;
}

static template_error_t *to_integer(percent_t *state, const format_t *format, value_t number,
                                    int64_t *integer)
{
    bool decimal = strchr("diu", format->type) != NULL;

    if (value_is_integer(number, integer) && (decimal || !state->safe)) {
        return NULL;
    }
    if (!decimal) {
        return render_fail(state->render, "%%%c wants an integer", format->type);
    }
    if (!(fabs(number.as.number) < 9.2e18)) {
        return render_fail(state->render, "%%%c: the number does not fit into 64 bits",
                           format->type);
    }
    *integer = (int64_t)number.as.number;
    return NULL;
}

static template_error_t *put_number(percent_t *state, format_t *format, value_t argument)
{
    char type = format->type;
    unsigned int base = type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
    int64_t integer = 0;
    value_t number;

    TRY(to_number(state, format, argument, &number));
    if (!format->align) {
        format->align = format->zero ? '=' : '>';
        format->fill[0] = '0';
        format->fill_size = format->zero;
    }
    if (strchr("eEfFgG", type)) {
        return format_float(state->render, &state->out, format, value_number(number));
    }
    if (format->precision > FORMAT_PRECISION) {
        return render_fail(state->render, "more than %d digits", FORMAT_PRECISION);
    }
    TRY(to_integer(state, format, number, &integer));
    format_integer(&state->out, format, integer, base, format->align);
    return NULL;
}

static template_error_t *put_character(percent_t *state, const format_t *format, value_t argument)
{
    char bytes[4];
    int64_t point;

    if (!state->safe && argument.kind == VALUE_STRING &&
        text_count(argument.as.text, argument.length) == 1) {
        format_pad(&state->out, format, argument.as.text, argument.length, 0,
                   format->align ? '<' : '>');
        return NULL;
    }
    if (state->safe || !value_is_integer(argument, &point) || point < 0 || point > 0x10FFFF ||
        (point >= 0xD800 && point < 0xE000)) {
        return render_fail(state->render, "%%c wants a character");
    }
    format_pad(&state->out, format, bytes, text_encode((uint32_t)point, bytes), 0,
               format->align ? '<' : '>');
    return NULL;
}

static template_error_t *convert(percent_t *state)
{
    format_t format = {0};
    value_t argument = value_missing();

    if (state->at < state->end && *state->at == '%') {
        builder_char(&state->out, *state->at++);
        return NULL;
    }
    if (state->at < state->end && *state->at == '(') {
        TRY(keyed_argument(state, &argument));
        state->taken = 1; /* behind a key the dict is no value itself any more */
    }
    TRY(take_layout(state, &format));
    if (argument.kind == VALUE_MISSING) {
        TRY(next_argument(state, &argument));
    }
    switch (format.type) {
    case 's':
    case 'r':
        return put_text(state, &format, argument);
    case 'c':
        return put_character(state, &format, argument);
    default:
        if (format.type && strchr("diuoxXeEfFgG", format.type)) {
            return put_number(state, &format, argument);
        }
        return render_fail(state->render, "a conversion in the format is not supported");
    }
}

template_error_t *format_percent(render_t *render, value_t format, value_t arguments,
                                 value_t *result)
{
    percent_t state = {.render = render,
                       .at = format.as.text,
                       .end = format.as.text + format.length,
                       .arguments = arguments,
                       .safe = format.safe};

    builder_init(&state.out, &render->heap);
    while (state.at < state.end) {
        const char *percent = memchr(state.at, '%', (size_t)(state.end - state.at));
        const char *stop = percent ? percent : state.end;
        builder_add(&state.out, state.at, (apr_size_t)(stop - state.at));
        state.at = stop;
        if (percent) {
            state.at++;
            TRY(convert(&state));
        }
    }
    if (!takes_keys(arguments) &&
        state.taken < (arguments.kind == VALUE_TUPLE ? value_count(arguments) : 1)) {
        return render_fail(render, "the format does not use all values");
    }
    *result = value_built(&state.out, format.safe);
    return NULL;
}
