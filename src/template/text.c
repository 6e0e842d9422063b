/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: counting, skipping, searching, white space. No memory is made here. */
#include "text.h"

#include <string.h>

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The size of the well-formed sequence at text, or 0. */
static size_t sequence_size(const unsigned char *text, size_t length)
{
    unsigned char first = text[0];
    size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4 || size > length) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if ((first == 0xE0 && text[1] < 0xA0) || (first == 0xED && text[1] > 0x9F) ||
        (first == 0xF0 && text[1] < 0x90) || (first == 0xF4 && text[1] > 0x8F)) {
        return 0;
    }
    return size;
}

bool text_is_valid(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t size = sequence_size((const unsigned char *)text + at, length - at);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    return true;
}

size_t text_count(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        count += !is_continuation(text[i]);
    }
    return count;
}

size_t text_skip(const char *text, size_t length, size_t count)
{
    size_t at = 0;

    while (at < length && count > 0) {
        at++;
        while (at < length && is_continuation(text[at])) {
            at++;
        }
        count--;
    }
    return at;
}

size_t text_last(const char *text, size_t length)
{
    size_t size = length > 0;

    while (size < length && is_continuation(text[length - size])) {
        size++;
    }
    return size;
}

uint32_t text_decode(const char *text, size_t length, size_t *size)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t want = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t point;

    if (want > length) {
        want = length;
    }
    *size = want;
    switch (want) {
    case 1:
        return at[0];
    case 2:
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    case 3:
        return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    default:
        point = (at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12;
        return point | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
    }
}

size_t text_encode(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

const char *text_find(const char *text, size_t length, const char *needle, size_t needle_length)
{
    return needle_length ? memmem(text, length, needle, needle_length) : text;
}

const char *text_find_last(const char *text, size_t length, const char *needle,
                           size_t needle_length)
{
    const char *found = NULL;
    const char *at = text;
    size_t left = length;

    if (needle_length == 0) {
        return text + length;
    }
    if (needle_length > length) {
        return NULL;
    }
    for (at = text + length - needle_length; left >= needle_length; at--, left--) {
        if (*at == *needle && memcmp(at, needle, needle_length) == 0) {
            found = at;
            break;
        }
        if (at == text) {
            break;
        }
    }
    return found;
}

size_t text_leading_space(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t size;
        if (!text_is_space(text_decode(text + at, length - at, &size))) {
            break;
        }
        at += size;
    }
    return at;
}

size_t text_trailing_space(const char *text, size_t length)
{
    size_t end = length;

    while (end > 0) {
        size_t size = text_last(text, end);
        size_t ignored;
        if (!text_is_space(text_decode(text + end - size, size, &ignored))) {
            break;
        }
        end -= size;
    }
    return length - end;
}

/* What str.splitlines() takes for an end of line, apart from CR LF. */
static bool is_line_end(uint32_t point)
{
    return (point >= 0x0A && point <= 0x0D) || (point >= 0x1C && point <= 0x1E) || point == 0x85 ||
           point == 0x2028 || point == 0x2029;
}

size_t text_line(const char *text, size_t length, size_t *mark)
{
    for (size_t at = 0; at < length;) {
        size_t size;
        if (is_line_end(text_decode(text + at, length - at, &size))) {
            bool pair = text[at] == '\r' && at + 1 < length && text[at + 1] == '\n';
            *mark = pair ? 2 : size;
            return at;
        }
        at += size;
    }
    *mark = 0;
    return length;
}
