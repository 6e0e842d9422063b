/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as Python has them; see number.h. Everything here is pure computing. */
#include "number.h"

#include "text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(LDBL_MANT_DIG >= 64, "a long double must hold every 64-bit integer");

/* The decimal point of the process's locale, which a module cannot choose. */
static char decimal_point(void)
{
    const char *point = localeconv()->decimal_point;
    return point && *point ? *point : '.';
}

enum { MOST_DECIMALS = 6 };

static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

/*
 * How many decimals a number has, if these are few, as with prices; *scaled is the number without
 * its point. The first power of ten that makes an integer of it tells: below 10^15 the integer and
 * the power are exact and their quotient is correctly rounded, so if that is the number, these are
 * its shortest digits. -1 if it is no such number.
 */
static int few_decimals(double number, int64_t *scaled)
{
    if (!(number >= 0.001 && number < 1e9)) {
        return -1;
    }
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
        *scaled = (int64_t)(number * powers[decimals] + 0.5);
        if ((double)*scaled / powers[decimals] == number) {
            return decimals;
        }
    }
    return -1;
}

/* With so many decimals, and zeros behind them to fill up to `least`. */
static size_t print_few(int64_t scaled, int decimals, int least, char *out)
{
    char digits[24];
    char *end = digits + sizeof(digits);
    char *at = end;

    for (int i = decimals; i < least; i++) {
        *--at = '0';
    }
    for (int i = 0; i < decimals; i++) {
        *--at = (char)('0' + scaled % 10);
        scaled /= 10;
    }
    if (decimals > 0 || least > 0) {
        *--at = '.';
    }
    do {
        *--at = (char)('0' + scaled % 10);
        scaled /= 10;
    } while (scaled > 0);
    memcpy(out, at, (size_t)(end - at));
    return (size_t)(end - at);
}

/*
 * Rounds such a number to no more than so many decimals. False where it stands right between two:
 * then the bits behind its digits decide.
 */
static bool round_few(int64_t *scaled, int *decimals, int digits)
{
    int64_t unit = 1;

    while (*decimals > digits) {
        unit *= 10;
        (*decimals)--;
    }
    if (unit > 1 && *scaled % unit * 2 == unit) {
        return false;
    }
    *scaled = (*scaled + unit / 2) / unit;
    return true;
}

/* "%.2f" and the like of such a number; 0 for all else. */
static int format_few(double number, char conversion, int precision, bool alternate, char *out,
                      size_t size)
{
    int64_t scaled;
    int decimals;

    if (conversion != 'f' || alternate || precision > MOST_DECIMALS || size < 24) {
        return 0;
    }
    decimals = few_decimals(number, &scaled);
    if (decimals < 0 || !round_few(&scaled, &decimals, precision)) {
        return 0;
    }
    return (int)print_few(scaled, decimals, precision, out);
}

size_t number_format(double number, char conversion, int precision, bool alternate, char *out,
                     size_t size)
{
    const char format[] = {'%',
                           alternate ? '#' : '.',
                           alternate ? '.' : '*',
                           alternate ? '*' : conversion,
                           alternate ? conversion : '\0',
                           '\0'};
    char point;
    int length;
    char *at;

    length = format_few(number, conversion, precision, alternate, out, size);
    if (length > 0) {
        return (size_t)length;
    }
    point = decimal_point();
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    length = snprintf(out, size, format, precision, number);
#pragma GCC diagnostic pop
    if (point != '.' && (at = strchr(out, point)) != NULL) {
        *at = '.';
    }
    return length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1;
}

/* The text's point becomes the locale's for a while. */
static double read_double(char *text)
{
    char *at = strchr(text, '.');
    double number;

    if (at) {
        *at = decimal_point();
    }
    number = strtod(text, NULL);
    if (at) {
        *at = '.';
    }
    return number;
}

/* Lays out digits as repr() does: plain from 1e-4 up to 1e16, with an exponent beyond. */
static size_t lay_out(const char *digits, int count, int exponent, char *out)
{
    char *at = out;

    if (exponent < -4 || exponent >= 16) {
        *at++ = digits[0];
        if (count > 1) {
            *at++ = '.';
            memcpy(at, digits + 1, (size_t)count - 1);
            at += count - 1;
        }
        return (size_t)(at - out) +
               (size_t)snprintf(at, 8, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    }
    if (exponent < 0) {
        *at++ = '0';
        *at++ = '.';
        for (int i = exponent + 1; i < 0; i++) {
            *at++ = '0';
        }
        memcpy(at, digits, (size_t)count);
        return (size_t)(at + count - out);
    }
    for (int i = 0; i < count || i <= exponent + 1; i++) {
        if (i == exponent + 1) {
            *at++ = '.';
        }
        *at++ = i < count ? digits[i] : '0';
    }
    return (size_t)(at - out);
}

size_t number_print(double number, char out[NUMBER_SIZE])
{
    char text[40];
    char digits[20];
    int count = 0;
    size_t sign = 0;
    int64_t scaled;
    int decimals = few_decimals(number, &scaled);

    if (decimals >= 0) {
        return print_few(scaled, decimals, 1, out);
    }
    if (isnan(number) || isinf(number)) {
        return (size_t)snprintf(out, NUMBER_SIZE, "%s",
                                isnan(number) ? "nan"
                                : number < 0  ? "-inf"
                                              : "inf");
    }
    /* Fifteen digits always read back when fewer would; else sixteen or seventeen do. Only
       the smallest numbers have not as many to begin with. */
    for (int precision = fabs(number) < DBL_MIN ? 0 : 14; precision <= 16; precision++) {
        number_format(number, 'e', precision, false, text, sizeof(text));
        if (precision == 16 || read_double(text) == number) {
            break;
        }
    }
    if (text[0] == '-') {
        out[0] = '-';
        sign = 1;
    }
    for (const char *at = text + sign; *at != 'e'; at++) {
        if (*at != '.') {
            digits[count++] = *at;
        }
    }
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    return sign + lay_out(digits, count, atoi(strchr(text, 'e') + 1), out + sign);
}

/* Copies digits without the underscores between them; false if one is not between digits. */
static bool take_digits(const char **at, const char *end, char **out)
{
    bool digit = false;

    while (*at < end) {
        bool next_is_digit = *at + 1 < end && (*at)[1] >= '0' && (*at)[1] <= '9';
        if (**at >= '0' && **at <= '9') {
            *(*out)++ = *(*at)++;
            digit = true;
        }
        else if (**at == '_' && digit && next_is_digit) {
            (*at)++;
        }
        else {
            break;
        }
    }
    return digit;
}

static bool parse_special(const char *text, size_t length, double *number)
{
    bool negative = length > 0 && *text == '-';
    char word[10];

    if (length > 0 && (*text == '-' || *text == '+')) {
        text++;
        length--;
    }
    if (length < 3 || length > 8) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        word[i] = (char)(text[i] | 0x20);
    }
    word[length] = '\0';
    if (strcmp(word, "inf") == 0 || strcmp(word, "infinity") == 0) {
        *number = negative ? -INFINITY : INFINITY;
        return true;
    }
    *number = NAN;
    return strcmp(word, "nan") == 0;
}

/* Copies the number without its underscores; false if it is none. */
static bool copy_number(const char *at, const char *end, char *out)
{
    bool digits;

    if (at < end && (*at == '-' || *at == '+')) {
        *out++ = *at++;
    }
    digits = take_digits(&at, end, &out);
    if (at < end && *at == '.') {
        *out++ = *at++;
        digits |= take_digits(&at, end, &out);
    }
    if (digits && at < end && (*at == 'e' || *at == 'E')) {
        *out++ = *at++;
        if (at < end && (*at == '-' || *at == '+')) {
            *out++ = *at++;
        }
        digits = take_digits(&at, end, &out);
    }
    *out = '\0';
    return digits && at == end;
}

bool number_parse(const char *text, size_t length, double *number)
{
    char usual[NUMBER_SIZE];
    char *copy = usual;
    size_t leading = text_leading_space(text, length);
    const char *at = text + leading;
    const char *end = text + length - text_trailing_space(text + leading, length - leading);
    bool good;

    if (parse_special(at, (size_t)(end - at), number)) {
        return true;
    }
    if ((size_t)(end - at) >= sizeof(usual)) {
        copy = malloc((size_t)(end - at) + 1);
    }
    good = copy && copy_number(at, end, copy);
    if (good) {
        *number = read_double(copy);
    }
    if (copy != usual) {
        free(copy);
    }
    return good;
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    digit = (char)(digit | 0x20);
    return digit >= 'a' && digit <= 'z' ? digit - 'a' + 10 : 99;
}

/* Steps over 0x, 0o, 0b where the base allows it; *base becomes what holds from here. */
static bool take_prefix(const char **at, const char *end, int *base)
{
    int named = 0;

    if (end - *at >= 2 && **at == '0') {
        char letter = (char)((*at)[1] | 0x20);
        named = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    }
    if (named && (*base == 0 || *base == named)) {
        *at += 2;
        *base = named;
        if (*at < end && **at == '_') {
            (*at)++;
        }
        return true;
    }
    if (*base == 0) {
        *base = 10;
        for (const char *digit = *at; **at == '0' && digit < end; digit++) {
            if (*digit != '0' && *digit != '_') {
                return false; /* 0755 is no decimal */
            }
        }
    }
    return true;
}

number_status_t number_parse_integer(const char *text, size_t length, int base, int64_t *integer)
{
    size_t leading = text_leading_space(text, length);
    const char *at = text + leading;
    const char *end = text + length - text_trailing_space(text + leading, length - leading);
    bool negative = false;
    bool too_big = false;
    int64_t value = 0;

    if (at < end && (*at == '-' || *at == '+')) {
        negative = *at++ == '-';
    }
    if (at == end || !take_prefix(&at, end, &base) || at == end) {
        return NUMBER_INVALID;
    }
    for (bool separated = true; at < end; at++) {
        int digit = digit_value(*at);
        if (*at == '_' && !separated && at + 1 < end) {
            separated = true;
            continue;
        }
        if (digit >= base) {
            return NUMBER_INVALID;
        }
        separated = false;
        /* Counting downwards reaches the smallest integer too. */
        too_big |= __builtin_mul_overflow(value, (int64_t)base, &value);
        too_big |= __builtin_sub_overflow(value, (int64_t)digit, &value);
    }
    if (!negative) {
        too_big |= __builtin_sub_overflow((int64_t)0, value, &value);
    }
    *integer = value;
    return too_big ? NUMBER_TOO_BIG : NUMBER_OK;
}

double number_round(double number, int digits)
{
    char text[NUMBER_SIZE + 330];
    int64_t scaled;
    int decimals;
    int exponent;

    if (!isfinite(number) || number == 0.0 || digits > 323) {
        return number;
    }
    decimals = few_decimals(number, &scaled);
    if (decimals >= 0 && digits >= 0 && round_few(&scaled, &decimals, digits)) {
        return (double)scaled / powers[decimals];
    }
    if (digits >= 0) {
        number_format(number, 'f', digits, false, text, sizeof(text));
        return read_double(text);
    }
    exponent = (int)floor(log10(fabs(number)));
    if (exponent + digits < -1) {
        return copysign(0.0, number);
    }
    if (exponent + digits < 0) {
        double half = 5 * pow(10, -digits - 1);
        return copysign(fabs(number) > half ? pow(10, -digits) : 0.0, number);
    }
    number_format(number, 'e', exponent + digits, false, text, sizeof(text));
    return read_double(text);
}

double number_modulo(double a, double b)
{
    double rest = fmod(a, b);

    if (rest == 0.0) {
        return copysign(0.0, b);
    }
    return (b < 0) != (rest < 0) ? rest + b : rest;
}

double number_floor_divide(double a, double b)
{
    double rest = fmod(a, b);
    double quotient = (a - rest) / b;
    double floored;

    if (rest != 0.0 && (b < 0) != (rest < 0)) {
        quotient -= 1.0;
    }
    if (quotient == 0.0) {
        return copysign(0.0, a / b);
    }
    floored = floor(quotient);
    return quotient - floored > 0.5 ? floored + 1.0 : floored;
}

double number_divide(int64_t a, int64_t b)
{
    unsigned __int128 dividend = a < 0 ? 0 - (unsigned __int128)a : (unsigned __int128)a;
    uint64_t divisor = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;
    double sign = (a < 0) != (b < 0) ? -1.0 : 1.0;
    unsigned __int128 quotient;

    if (dividend <= 1ULL << 53 && divisor <= 1ULL << 53) {
        return (double)a / (double)b;
    }
    /* With 64 more bits and a sticky last one, the conversion below rounds once, correctly. */
    dividend <<= 64;
    quotient = dividend / divisor;
    if (dividend % divisor) {
        quotient |= 1;
    }
    return sign * ldexp((double)quotient, -64);
}

bool number_power(int64_t a, int64_t b, int64_t *result)
{
    int64_t power = 1;

    if (a == 0 || a == 1 || a == -1) {
        *result = b == 0 ? 1 : a == -1 && b % 2 == 0 ? 1 : a;
        return true;
    }
    for (; b > 0; b--) {
        if (__builtin_mul_overflow(power, a, &power)) {
            return false;
        }
    }
    *result = power;
    return true;
}

int number_compare(int64_t integer, double number)
{
    long double left = (long double)integer;
    long double right = (long double)number;

    if (isnan(number)) {
        return 2;
    }
    return (left > right) - (left < right);
}
