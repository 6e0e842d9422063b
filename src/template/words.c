/* SPDX-License-Identifier: Apache-2.0 */
/* Cases, stripping, splitting and replacing; see words.h. */
#include "words.h"

#include "text.h"

enum { CAPITAL_SIGMA = 0x3A3, SMALL_SIGMA = 0x3C3, FINAL_SIGMA = 0x3C2 };

value_t words_part(value_t text, apr_size_t from, apr_size_t length)
{
    value_t part = value_text(text.as.text + from, length);

    part.safe = text.safe;
    return part;
}

value_t words_plain_digits(heap_t *heap, value_t text)
{
    apr_size_t at = 0;
    builder_t out;

    while (at < text.length && (unsigned char)text.as.text[at] < 0x80) {
        at++;
    }
    if (at == text.length) {
        return text;
    }
    builder_init(&out, heap);
    for (at = 0; at < text.length;) {
        size_t size;
        int digit = text_decimal(text_decode(text.as.text + at, text.length - at, &size));
        if (digit < 0) {
            builder_add(&out, text.as.text + at, size);
        }
        else {
            builder_char(&out, (char)('0' + digit));
        }
        at += size;
    }
    return value_built(&out, text.safe);
}

/* ---------------------------------------------------------------- cases */

/* Whether a sigma ends a word: a cased letter before, none behind; marks do not count. */
static bool is_final(value_t text, apr_size_t from, apr_size_t to)
{
    bool cased = false;

    while (from > 0) {
        size_t size = text_last(text.as.text, from);
        uint32_t point = text_decode(text.as.text + from - size, size, &size);
        from -= size;
        if (!text_is_case_ignorable(point)) {
            cased = text_is_cased(point);
            break;
        }
    }
    while (cased && to < text.length) {
        size_t size;
        uint32_t point = text_decode(text.as.text + to, text.length - to, &size);
        to += size;
        if (!text_is_case_ignorable(point)) {
            return !text_is_cased(point);
        }
    }
    return cased;
}

static void add_converted(builder_t *out, uint32_t point, text_case_t to)
{
    char bytes[12];
    builder_add(out, bytes, text_convert(point, to, bytes));
}

void words_add_lower(builder_t *out, value_t whole, apr_size_t from, apr_size_t to)
{
    size_t size;

    for (; from < to; from += size) {
        uint32_t point = (unsigned char)whole.as.text[from];
        if (point < 0x80) {
            builder_char(out, (char)(point >= 'A' && point <= 'Z' ? point + 0x20 : point));
            size = 1;
            continue;
        }
        point = text_decode(whole.as.text + from, whole.length - from, &size);
        if (point == CAPITAL_SIGMA) {
            builder_point(out, is_final(whole, from, from + size) ? FINAL_SIGMA : SMALL_SIGMA);
        }
        else {
            add_converted(out, point, TEXT_LOWER);
        }
    }
}

/* How many bytes at the beginning are ASCII and no capitals. */
static apr_size_t leading_small(value_t text)
{
    apr_size_t at = 0;

    while (at < text.length && (unsigned char)text.as.text[at] < 0x80 &&
           !(text.as.text[at] >= 'A' && text.as.text[at] <= 'Z')) {
        at++;
    }
    return at;
}

value_t words_lower(heap_t *heap, value_t text)
{
    builder_t out;

    if (leading_small(text) == text.length) {
        return text;
    }
    builder_init(&out, heap);
    words_add_lower(&out, text, 0, text.length);
    return value_built(&out, text.safe);
}

value_t words_upper(heap_t *heap, value_t text)
{
    builder_t out;
    size_t size;

    builder_init(&out, heap);
    for (apr_size_t at = 0; at < text.length; at += size) {
        add_converted(&out, text_decode(text.as.text + at, text.length - at, &size), TEXT_UPPER);
    }
    return value_built(&out, text.safe);
}

value_t words_capitalize(heap_t *heap, value_t text)
{
    builder_t out;
    size_t size = 0;

    builder_init(&out, heap);
    if (text.length > 0) {
        add_converted(&out, text_decode(text.as.text, text.length, &size), TEXT_TITLE);
        words_add_lower(&out, text, size, text.length);
    }
    return value_built(&out, text.safe);
}

value_t words_title(heap_t *heap, value_t text)
{
    builder_t out;
    size_t size;
    bool within = false;

    builder_init(&out, heap);
    for (apr_size_t at = 0; at < text.length; at += size) {
        uint32_t point = text_decode(text.as.text + at, text.length - at, &size);
        if (within) {
            words_add_lower(&out, text, at, at + size);
        }
        else {
            add_converted(&out, point, TEXT_TITLE);
        }
        within = text_is_cased(point);
    }
    return value_built(&out, text.safe);
}

value_t words_swap_case(heap_t *heap, value_t text)
{
    builder_t out;
    size_t size;

    builder_init(&out, heap);
    for (apr_size_t at = 0; at < text.length; at += size) {
        uint32_t point = text_decode(text.as.text + at, text.length - at, &size);
        if (text_is_upper(point)) {
            words_add_lower(&out, text, at, at + size);
        }
        else if (text_is_lower(point)) {
            add_converted(&out, point, TEXT_UPPER);
        }
        else {
            builder_add(&out, text.as.text + at, size);
        }
    }
    return value_built(&out, text.safe);
}

/* ---------------------------------------------------------------- replacing, stripping */

/* An empty text is found before each character and at the end. */
static void replace_nothing(builder_t *out, value_t text, value_t new, int64_t count)
{
    size_t size;

    for (apr_size_t at = 0; at < text.length; at += size) {
        size = text_skip(text.as.text + at, text.length - at, 1);
        if (count != 0) {
            builder_add(out, new.as.text, new.length);
            count--;
        }
        builder_add(out, text.as.text + at, size);
    }
    if (count != 0) {
        builder_add(out, new.as.text, new.length);
    }
}

value_t words_replace(heap_t *heap, value_t text, value_t old, value_t new, int64_t count)
{
    const char *at = text.as.text;
    const char *end = at + text.length;
    builder_t out;

    builder_init(&out, heap);
    if (old.length == 0) {
        replace_nothing(&out, text, new, count);
        return value_built(&out, text.safe);
    }
    for (; count != 0; count--) {
        const char *found = text_find(at, (size_t)(end - at), old.as.text, old.length);
        if (!found) {
            break;
        }
        builder_add(&out, at, (apr_size_t)(found - at));
        builder_add(&out, new.as.text, new.length);
        at = found + old.length;
    }
    builder_add(&out, at, (apr_size_t)(end - at));
    return value_built(&out, text.safe);
}

static bool strips(value_t characters, const char *character, size_t size, uint32_t point)
{
    if (characters.kind == VALUE_MISSING) {
        return text_is_space(point);
    }
    return text_find(characters.as.text, characters.length, character, size) != NULL;
}

value_t words_strip(value_t text, value_t characters, bool left, bool right)
{
    apr_size_t from = 0;
    apr_size_t to = text.length;

    while (left && from < to) {
        size_t size;
        uint32_t point = text_decode(text.as.text + from, to - from, &size);
        if (!strips(characters, text.as.text + from, size, point)) {
            break;
        }
        from += size;
    }
    while (right && from < to) {
        size_t size = text_last(text.as.text + from, to - from);
        uint32_t point = text_decode(text.as.text + to - size, size, &size);
        if (!strips(characters, text.as.text + to - size, size, point)) {
            break;
        }
        to -= size;
    }
    return words_part(text, from, to - from);
}

/* ---------------------------------------------------------------- splitting */

static void split_by_space(heap_t *heap, value_t list, value_t text, int64_t most)
{
    apr_size_t at = 0;

    for (;;) {
        apr_size_t from;
        at += text_leading_space(text.as.text + at, text.length - at);
        if (at == text.length) {
            return;
        }
        if (most-- == 0) {
            value_append(heap, list, words_part(text, at, text.length - at));
            return;
        }
        from = at;
        while (at < text.length) {
            size_t size;
            if (text_is_space(text_decode(text.as.text + at, text.length - at, &size))) {
                break;
            }
            at += size;
        }
        value_append(heap, list, words_part(text, from, at - from));
    }
}

value_t words_split(heap_t *heap, value_t text, value_t separator, int64_t most)
{
    value_t list = value_list(heap, 0);
    apr_size_t at = 0;

    if (separator.kind == VALUE_MISSING) {
        split_by_space(heap, list, text, most);
        return list;
    }
    while (most-- != 0 && !heap->exhausted) {
        const char *found =
            text_find(text.as.text + at, text.length - at, separator.as.text, separator.length);
        if (!found) {
            break;
        }
        value_append(heap, list, words_part(text, at, (apr_size_t)(found - text.as.text) - at));
        at = (apr_size_t)(found - text.as.text) + separator.length;
    }
    value_append(heap, list, words_part(text, at, text.length - at));
    return list;
}

static void reverse(list_t *list)
{
    for (apr_size_t i = 0; i < list->count / 2; i++) {
        value_t item = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = item;
    }
}

static apr_size_t before_space(value_t text, apr_size_t end)
{
    while (end > 0) {
        size_t size = text_last(text.as.text, end);
        size_t ignored;
        if (text_is_space(text_decode(text.as.text + end - size, size, &ignored))) {
            break;
        }
        end -= size;
    }
    return end;
}

value_t words_split_right(heap_t *heap, value_t text, value_t separator, int64_t most)
{
    value_t list = value_list(heap, 0);
    apr_size_t end = text.length;

    while (separator.kind == VALUE_MISSING) {
        apr_size_t from;
        end -= text_trailing_space(text.as.text, end);
        if (end == 0) {
            reverse(list.as.list);
            return list;
        }
        from = most-- == 0 ? 0 : before_space(text, end);
        value_append(heap, list, words_part(text, from, end - from));
        end = from;
    }
    while (most-- != 0 && !heap->exhausted) {
        const char *found = text_find_last(text.as.text, end, separator.as.text, separator.length);
        apr_size_t from;
        if (!found) {
            break;
        }
        from = (apr_size_t)(found - text.as.text) + separator.length;
        value_append(heap, list, words_part(text, from, end - from));
        end = from - separator.length;
    }
    value_append(heap, list, words_part(text, 0, end));
    reverse(list.as.list);
    return list;
}

value_t words_lines(heap_t *heap, value_t text, bool keep_ends)
{
    value_t list = value_list(heap, 0);

    for (apr_size_t at = 0; at < text.length;) {
        size_t mark;
        apr_size_t length = text_line(text.as.text + at, text.length - at, &mark);
        value_append(heap, list, words_part(text, at, length + (keep_ends ? mark : 0)));
        at += length + mark;
    }
    return list;
}

value_t words_justify(heap_t *heap, value_t text, int64_t width, value_t fill, char align)
{
    apr_size_t taken = text_count(text.as.text, text.length);
    apr_size_t missing = width > 0 && (apr_size_t)width > taken ? (apr_size_t)width - taken : 0;
    apr_size_t before = align == '>' ? missing : 0;
    builder_t out;

    if (missing == 0 || !heap_allows(heap, missing, fill.length)) {
        return text;
    }
    if (align == '^') {
        /* The odd blank goes to the left if the width is odd. */
        before = missing / 2 + (missing & (apr_size_t)width & 1);
    }
    builder_init(&out, heap);
    for (apr_size_t i = 0; i < before; i++) {
        builder_add(&out, fill.as.text, fill.length);
    }
    builder_add(&out, text.as.text, text.length);
    for (apr_size_t i = before; i < missing; i++) {
        builder_add(&out, fill.as.text, fill.length);
    }
    return value_built(&out, text.safe);
}

bool words_is_case(value_t text, bool lower)
{
    bool cased = false;
    size_t size;

    for (apr_size_t at = 0; at < text.length; at += size) {
        uint32_t point = text_decode(text.as.text + at, text.length - at, &size);
        if ((lower ? text_is_upper : text_is_lower)(point) || text_is_title(point)) {
            return false;
        }
        cased |= text_is_cased(point);
    }
    return cased;
}
