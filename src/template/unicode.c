/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Classes and cases of characters, out of tables that are written from Python's own knowledge.
 * ASCII is answered without looking anything up.
 */
#include "text.h"

#include <string.h>

/* first, first + stride, ... last */
typedef struct unicode_run_t {
    uint32_t first;
    uint32_t last;
    uint32_t stride;
} unicode_run_t;

typedef struct unicode_shift_t {
    uint32_t first;
    uint32_t last;
    uint32_t stride;
    int32_t distance;
} unicode_shift_t;

typedef struct unicode_expansion_t {
    uint32_t point;
    const char *text;
} unicode_expansion_t;

#include "unicode_tables.h"

#define LENGTH_OF(table) (sizeof(table) / sizeof(*(table)))
#define IN(table, point) find_run(table, LENGTH_OF(table), point)

static bool find_run(const unicode_run_t *runs, size_t count, uint32_t point)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (point > runs[middle].last) {
            low = middle + 1;
        }
        else if (point < runs[middle].first) {
            high = middle;
        }
        else {
            return (point - runs[middle].first) % runs[middle].stride == 0;
        }
    }
    return false;
}

bool text_is_space(uint32_t point)
{
    if (point < 0x80) {
        return (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x20);
    }
    return point == 0x85 || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
           point == 0x202F || point == 0x205F || point == 0x3000;
}

bool text_is_lower(uint32_t point)
{
    return point < 0x80 ? point >= 'a' && point <= 'z' : IN(unicode_lower_case, point);
}

bool text_is_upper(uint32_t point)
{
    return point < 0x80 ? point >= 'A' && point <= 'Z' : IN(unicode_upper_case, point);
}

bool text_is_title(uint32_t point)
{
    return point >= 0x80 && IN(unicode_title_case, point);
}

bool text_is_cased(uint32_t point)
{
    return text_is_lower(point) || text_is_upper(point) || text_is_title(point);
}

bool text_is_case_ignorable(uint32_t point)
{
    if (point < 0x80) {
        return strchr("'.:^`", (int)point) != NULL && point != 0;
    }
    return IN(unicode_case_ignorable, point);
}

bool text_is_alphabetic(uint32_t point)
{
    if (point < 0x80) {
        return text_is_lower(point) || text_is_upper(point);
    }
    return IN(unicode_alphabetic, point);
}

bool text_is_alphanumeric(uint32_t point)
{
    return text_is_alphabetic(point) || text_is_digit(point) ||
           (point >= 0x80 && IN(unicode_numeric, point));
}

bool text_is_digit(uint32_t point)
{
    return point < 0x80 ? point >= '0' && point <= '9' : IN(unicode_digit, point);
}

bool text_is_decimal(uint32_t point)
{
    return point < 0x80 ? point >= '0' && point <= '9' : IN(unicode_decimal, point);
}

/* Each ten of them begin with a zero, also where tens follow upon each other. */
int text_decimal(uint32_t point)
{
    uint32_t first = point;

    if (!text_is_decimal(point)) {
        return -1;
    }
    while (text_is_decimal(first - 1)) {
        first--;
    }
    return (int)((point - first) % 10);
}

bool text_is_printable(uint32_t point)
{
    return point < 0x80 ? point >= 0x20 && point < 0x7F : !IN(unicode_unprintable, point);
}

bool text_is_identifier(uint32_t point)
{
    if (point < 0x80) {
        return text_is_alphanumeric(point) || point == '_';
    }
    return IN(unicode_identifier, point);
}

bool text_is_identifier_start(uint32_t point)
{
    if (point < 0x80) {
        return text_is_alphabetic(point) || point == '_';
    }
    return IN(unicode_identifier_start, point);
}

static uint32_t shift(const unicode_shift_t *shifts, size_t count, uint32_t point)
{
    /* Runs of two strides may overlap, so that halving would miss some. */
    for (size_t i = 0; i < count && shifts[i].first <= point; i++) {
        if (point <= shifts[i].last && (point - shifts[i].first) % shifts[i].stride == 0) {
            return (uint32_t)((int32_t)point + shifts[i].distance);
        }
    }
    return point;
}

static const char *expand(const unicode_expansion_t *table, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count && table[i].point <= point; i++) {
        if (table[i].point == point) {
            return table[i].text;
        }
    }
    return NULL;
}

static size_t convert_ascii(char point, text_case_t to, char *out)
{
    bool lower = point >= 'a' && point <= 'z';
    bool upper = point >= 'A' && point <= 'Z';

    *out =
        to == TEXT_LOWER ? (char)(upper ? point + 32 : point) : (char)(lower ? point - 32 : point);
    return 1;
}

size_t text_convert(uint32_t point, text_case_t to, char out[12])
{
    const char *longer;
    size_t size;

    if (point < 0x80) {
        return convert_ascii((char)point, to, out);
    }
    switch (to) {
    case TEXT_UPPER:
        longer = expand(unicode_to_upper_long, LENGTH_OF(unicode_to_upper_long), point);
        point = shift(unicode_to_upper, LENGTH_OF(unicode_to_upper), point);
        break;
    case TEXT_LOWER:
        longer = expand(unicode_to_lower_long, LENGTH_OF(unicode_to_lower_long), point);
        point = shift(unicode_to_lower, LENGTH_OF(unicode_to_lower), point);
        break;
    default:
        longer = expand(unicode_to_title_long, LENGTH_OF(unicode_to_title_long), point);
        point = shift(unicode_to_title, LENGTH_OF(unicode_to_title), point);
        break;
    }
    if (longer == NULL) {
        return text_encode(point, out);
    }
    size = strlen(longer);
    memcpy(out, longer, size);
    return size;
}
