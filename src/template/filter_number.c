/* SPDX-License-Identifier: Apache-2.0 */
/* Filters of numbers. */
#include "filter.h"

#include "number.h"
#include "words.h"

#include <math.h>
#include <stdio.h>

static template_error_t *no_number(const filter_call_t *call)
{
    if (call->operand.kind == VALUE_UNDEFINED) {
        return operate_undefined(call->render, call->operand);
    }
    return render_fail(call->render, "%s wants a number, not %s", call->call->callee,
                       value_type(call->operand));
}

static template_error_t *absolute(const filter_call_t *call, value_t *result)
{
    int64_t integer;

    if (call->operand.kind == VALUE_FLOAT) {
        *result = value_float(fabs(call->operand.as.number));
        return NULL;
    }
    if (!value_is_integer(call->operand, &integer)) {
        return no_number(call);
    }
    return operate_sign(call->render, integer < 0, value_int(integer), result);
}

/* Rounds an integer to tens, hundreds, ...; to the even one where both are as near. */
static template_error_t *round_integer(const filter_call_t *call, int64_t integer, int64_t digits,
                                       value_t *result)
{
    __int128 unit = 1;
    __int128 rest;
    __int128 rounded;

    *result = value_int(integer);
    if (digits >= 0) {
        return NULL;
    }
    for (; digits < 0 && unit < ((__int128)1 << 70); digits++) {
        unit *= 10;
    }
    rest = integer % unit;
    rest += rest < 0 ? unit : 0;
    rounded = integer - rest;
    if (rest * 2 > unit || (rest * 2 == unit && rounded / unit % 2 != 0)) {
        rounded += unit;
    }
    *result = value_int((int64_t)rounded);
    return rounded > INT64_MAX || rounded < INT64_MIN
               ? render_fail(call->render, "the result does not fit into 64 bits")
               : NULL;
}

static template_error_t *round_up_or_down(const filter_call_t *call, int64_t digits, bool up,
                                          value_t *result)
{
    double scale = pow(10, (double)digits);
    double number = value_number(call->operand) * scale;

    number = up ? ceil(number) : floor(number);
    if (!(fabs(number) < 9.2e18) || (digits > 0 && scale > 1e18)) {
        return render_fail(call->render, "this number is too big to be rounded");
    }
    *result =
        value_float(digits < 0 ? number / scale : number_divide((int64_t)number, (int64_t)scale));
    return NULL;
}

static template_error_t *round_number(const filter_call_t *call, value_t *result)
{
    value_t method = call->arguments[1];
    int64_t digits;
    int64_t integer;

    TRY(filter_integer(call, 0, 0, &digits));
    if (!value_is_number(call->operand)) {
        return no_number(call);
    }
    if (value_equals_string(method, "ceil") || value_equals_string(method, "floor")) {
        return round_up_or_down(call, digits, method.as.text[0] == 'c', result);
    }
    if (method.kind != VALUE_MISSING && !value_equals_string(method, "common")) {
        return render_fail(call->render, "round is 'common', 'ceil' or 'floor'");
    }
    if (value_is_integer(call->operand, &integer)) {
        return round_integer(call, integer, digits, result);
    }
    digits = digits > 1000 ? 1000 : digits < -1000 ? -1000 : digits;
    *result = value_float(number_round(call->operand.as.number, (int)digits));
    return NULL;
}

static template_error_t *truncated(const filter_call_t *call, double number, value_t otherwise,
                                   value_t *result)
{
    if (isnan(number)) {
        *result = otherwise;
        return NULL;
    }
    if (!(fabs(number) < 9.2e18)) {
        return render_fail(call->render, "the number does not fit into 64 bits");
    }
    *result = value_int((int64_t)number);
    return NULL;
}

static template_error_t *to_int(const filter_call_t *call, value_t *result)
{
    value_t otherwise =
        call->arguments[0].kind == VALUE_MISSING ? value_int(0) : call->arguments[0];
    value_t text = call->operand;
    int64_t base;
    int64_t integer;
    double number;

    TRY(filter_integer(call, 1, 10, &base));
    if (value_is_integer(text, &integer)) {
        *result = value_int(integer);
        return NULL;
    }
    if (text.kind == VALUE_FLOAT) {
        return truncated(call, text.as.number, otherwise, result);
    }
    if (text.kind == VALUE_UNDEFINED) {
        return operate_undefined(call->render, text);
    }
    *result = otherwise;
    if (text.kind != VALUE_STRING) {
        return NULL;
    }
    text = words_plain_digits(&call->render->heap, text);
    if (base == 0 || (base >= 2 && base <= 36)) {
        number_status_t status =
            number_parse_integer(text.as.text, text.length, (int)base, &integer);
        if (status == NUMBER_TOO_BIG) {
            return render_fail(call->render, "the integer does not fit into 64 bits");
        }
        if (status == NUMBER_OK) {
            *result = value_int(integer);
            return NULL;
        }
    }
    return number_parse(text.as.text, text.length, &number)
               ? truncated(call, number, otherwise, result)
               : NULL;
}

static template_error_t *float_or(const filter_call_t *call, value_t otherwise, value_t *result)
{
    value_t text = call->operand;
    double number;

    if (value_is_number(call->operand)) {
        *result = value_float(value_number(call->operand));
        return NULL;
    }
    if (call->operand.kind == VALUE_UNDEFINED) {
        return operate_undefined(call->render, call->operand);
    }
    if (text.kind == VALUE_STRING) {
        text = words_plain_digits(&call->render->heap, text);
        if (number_parse(text.as.text, text.length, &number)) {
            *result = value_float(number);
            return NULL;
        }
    }
    *result = otherwise;
    return NULL;
}

static template_error_t *to_float(const filter_call_t *call, value_t *result)
{
    value_t otherwise = call->arguments[0];

    return float_or(call, otherwise.kind == VALUE_MISSING ? value_float(0.0) : otherwise, result);
}

static template_error_t *filesizeformat(const filter_call_t *call, value_t *result)
{
    static const char *const units[2][8] = {
        {"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"},
        {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"},
    };
    bool binary = filter_flag(call, 0);
    double base = binary ? 1024 : 1000;
    double unit = base;
    char text[NUMBER_SIZE + 8];
    size_t length;
    int index = 0;
    value_t size;

    TRY(float_or(call, value_none(), &size));
    if (size.kind != VALUE_FLOAT || isnan(size.as.number) || isinf(size.as.number)) {
        return no_number(call);
    }
    if (size.as.number < base) {
        length = size.as.number == 1.0 ? (size_t)snprintf(text, sizeof(text), "1 Byte")
                                       : (size_t)snprintf(text, sizeof(text), "%.0f Bytes",
                                                          trunc(size.as.number) + 0.0);
    }
    else {
        for (unit *= base; size.as.number >= unit && index < 7; index++) {
            unit *= base;
        }
        length = number_format(base * size.as.number / unit, 'f', 1, false, text, NUMBER_SIZE);
        length += (size_t)snprintf(text + length, 8, " %s", units[binary][index]);
    }
    *result = value_text(heap_copy(&call->render->heap, text, length), length);
    return NULL;
}

const filter_t filter_numbers[] = {
    {"abs", absolute, "", 0},
    {"round", round_number, "precision=,method=", 0},
    {"int", to_int, "default=,base=", 0},
    {"float", to_float, "default=", 0},
    {"filesizeformat", filesizeformat, "binary=", 0},
    {NULL, NULL, NULL, 0},
};
