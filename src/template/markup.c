/* SPDX-License-Identifier: Apache-2.0 */
/* Entities and tags; see markup.h. */
#include "markup.h"

#include "text.h"
#include "words.h"

#include <string.h>

#include "entities.h"

enum { REPLACEMENT = 0xFFFD, LONGEST_NAME = 32 };

/* The name has its semicolon, if it is one of those that need one. */
static const char *find_entity(const char *name, size_t length)
{
    size_t low = 0;
    size_t high = sizeof(entity_offsets) / sizeof(*entity_offsets);

    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *entity = entities + entity_offsets[middle];
        int order = strncmp(entity, name, length);
        if (order == 0 && entity[length] != '\0') {
            order = 1;
        }
        if (order == 0) {
            return entity + length + 1;
        }
        if (order < 0) {
            low = middle + 1;
        }
        else {
            high = middle;
        }
    }
    return NULL;
}

/* What HTML leaves out of a document although it has a number. */
static bool is_invalid(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n' && point != '\f' && point != '\r') ||
           (point >= 0x7F && point < 0xA0) || (point >= 0xFDD0 && point <= 0xFDEF) ||
           (point & 0xFFFE) == 0xFFFE;
}

static void add_number(builder_t *out, uint32_t point)
{
    if (point == 0 || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) {
        builder_point(out, REPLACEMENT);
    }
    else if (point >= 0x80 && point < 0xA0) {
        builder_point(out, windows_1252[point - 0x80]);
    }
    else if (!is_invalid(point)) {
        builder_point(out, point);
    }
}

/* "#65;" or "#x41;" behind an ampersand; the bytes that it takes, 0 if it is none. */
static size_t take_number(builder_t *out, const char *at, size_t length)
{
    bool hexadecimal = length > 1 && (at[1] == 'x' || at[1] == 'X');
    size_t first = hexadecimal ? 2 : 1;
    size_t used = first;
    uint32_t point = 0;

    for (; used < length; used++) {
        char digit = at[used];
        char letter = (char)(digit | 0x20);
        uint32_t value;
        if (digit >= '0' && digit <= '9') {
            value = (uint32_t)(digit - '0');
        }
        else if (hexadecimal && letter >= 'a' && letter <= 'f') {
            value = (uint32_t)(letter - 'a' + 10);
        }
        else {
            break;
        }
        point = point > 0x10FFFF ? point : point * (hexadecimal ? 16 : 10) + value;
    }
    if (used == first) {
        return 0;
    }
    add_number(out, point);
    return used + (used < length && at[used] == ';');
}

static size_t name_length(const char *at, size_t length)
{
    size_t characters = 0;
    size_t used = 0;

    while (used < length && characters < LONGEST_NAME && !strchr("\t\n\f <&#;", at[used])) {
        used += text_skip(at + used, length - used, 1);
        characters++;
    }
    return used + (used > 0 && used < length && at[used] == ';');
}

/* A name behind an ampersand: the longest beginning of it that is known. */
static size_t take_name(builder_t *out, const char *at, size_t length)
{
    size_t whole = name_length(at, length);

    for (size_t used = whole; used > 1; used--) {
        const char *text = find_entity(at, used);
        if (text) {
            builder_string(out, text);
            builder_add(out, at + used, whole - used);
            return whole;
        }
    }
    return 0;
}

value_t markup_unescape(heap_t *heap, value_t text)
{
    const char *at = text.as.text;
    const char *end = at + text.length;
    builder_t out;

    builder_init(&out, heap);
    while (at < end) {
        const char *ampersand = memchr(at, '&', (size_t)(end - at));
        size_t used;
        if (!ampersand) {
            break;
        }
        builder_add(&out, at, (apr_size_t)(ampersand - at));
        at = ampersand + 1;
        used = at < end && *at == '#' ? take_number(&out, at, (size_t)(end - at))
                                      : take_name(&out, at, (size_t)(end - at));
        if (used == 0) {
            builder_char(&out, '&');
        }
        at += used;
    }
    builder_add(&out, at, (apr_size_t)(end - at));
    return value_built(&out, false);
}

/* Leaves out what stands between two marks. */
static value_t remove_between(heap_t *heap, value_t text, const char *open, const char *close)
{
    const char *at = text.as.text;
    const char *end = at + text.length;
    builder_t out;

    builder_init(&out, heap);
    while (at < end) {
        const char *from = memmem(at, (size_t)(end - at), open, strlen(open));
        const char *inside = from ? from + strlen(open) : NULL;
        const char *to =
            inside ? memmem(inside, (size_t)(end - inside), close, strlen(close)) : NULL;
        if (!to) {
            break;
        }
        builder_add(&out, at, (apr_size_t)(from - at));
        at = to + strlen(close);
    }
    builder_add(&out, at, (apr_size_t)(end - at));
    return value_built(&out, false);
}

value_t markup_strip_tags(heap_t *heap, value_t text)
{
    value_t words;
    builder_t out;

    text = remove_between(heap, text, "<!--", "-->");
    text = remove_between(heap, text, "<", ">");
    words = words_split(heap, text, value_missing(), -1);
    builder_init(&out, heap);
    for (apr_size_t i = 0; i < value_count(words); i++) {
        if (i > 0) {
            builder_char(&out, ' ');
        }
        builder_add(&out, value_at(words, i).as.text, value_at(words, i).length);
    }
    return markup_unescape(heap, value_built(&out, false));
}
