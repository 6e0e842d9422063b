/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wordwrap filter: Python's textwrap. A line becomes chunks (words, parts of hyphenated
 * words, dashes, blanks); chunks are put together to lines that are not too long.
 */
#include "filter.h"

#include "text.h"
#include "words.h"

#include <string.h>

typedef struct chunk_t {
    const char *text;
    size_t bytes;
    size_t characters;
} chunk_t;

typedef struct wrap_t {
    render_t *render;
    const uint32_t *points; /* of the line */
    const char **places;    /* in the text, one for each of them and the end */
    size_t count;
    chunk_t *chunks;
    size_t chunk_count;
    int64_t width;
    bool break_words;
    bool break_hyphens;
    value_t lines;
} wrap_t;

/* ---------------------------------------------------------------- chunks */

static uint32_t at(const wrap_t *wrap, size_t index)
{
    return index < wrap->count ? wrap->points[index] : 0;
}

static bool is_blank(uint32_t point)
{
    return (point >= '\t' && point <= '\r') || point == ' ';
}

static bool is_word(uint32_t point)
{
    return point == '_' || (point && text_is_alphanumeric(point));
}

static bool is_letter(uint32_t point)
{
    return is_word(point) && !text_is_decimal(point);
}

static bool before_dash(uint32_t point)
{
    return is_word(point) || (point > 0 && point < 0x80 && strchr("!\"'&.,?", (int)point));
}

/* Where two or more dashes between words end; 0 if there are none here. */
static size_t dashes(const wrap_t *wrap, size_t index)
{
    size_t end = index;

    if (index == 0 || !before_dash(at(wrap, index - 1))) {
        return 0;
    }
    while (at(wrap, end) == '-') {
        end++;
    }
    return end - index >= 2 && is_word(at(wrap, end)) ? end : 0;
}

/* Whether a line may end behind the hyphen here: letters on both sides of it. */
static bool is_hyphen(const wrap_t *wrap, size_t index)
{
    bool before;

    if (at(wrap, index) != '-' || index < 2 || !is_letter(at(wrap, index - 1))) {
        return false;
    }
    before = is_letter(at(wrap, index - 2)) ||
             (index >= 3 && at(wrap, index - 2) == '-' && is_letter(at(wrap, index - 3)));
    return before && is_letter(at(wrap, index + 1)) &&
           (is_letter(at(wrap, index + 2)) ||
            (at(wrap, index + 2) == '-' && is_letter(at(wrap, index + 3))));
}

static size_t word_end(const wrap_t *wrap, size_t index)
{
    for (size_t end = index + 1;; end++) {
        if (end >= wrap->count || is_blank(at(wrap, end))) {
            return end;
        }
        if (wrap->break_hyphens && is_hyphen(wrap, end)) {
            return end + 1;
        }
        if (wrap->break_hyphens && dashes(wrap, end)) {
            return end;
        }
    }
}

static size_t chunk_end(const wrap_t *wrap, size_t index)
{
    size_t end = index;

    while (end < wrap->count && is_blank(at(wrap, end))) {
        end++;
    }
    if (end > index) {
        return end;
    }
    end = wrap->break_hyphens ? dashes(wrap, index) : 0;
    return end ? end : word_end(wrap, index);
}

/* Decodes a line and cuts it up; false if the heap has no room for that. */
static bool cut(wrap_t *wrap, value_t line)
{
    heap_t *heap = &wrap->render->heap;
    size_t count = text_count(line.as.text, line.length);
    uint32_t *points;
    size_t size;

    if (!heap_allows(heap, count + 1, sizeof(*points) + sizeof(char *) + sizeof(chunk_t))) {
        return false;
    }
    points = heap_alloc(heap, count * sizeof(*points));
    wrap->places = heap_alloc(heap, (count + 1) * sizeof(*wrap->places));
    wrap->chunks = heap_alloc(heap, (count + 1) * sizeof(*wrap->chunks));
    wrap->points = points;
    wrap->count = 0;
    wrap->chunk_count = 0;
    for (size_t from = 0; from < line.length; from += size) {
        wrap->places[wrap->count] = line.as.text + from;
        points[wrap->count++] = text_decode(line.as.text + from, line.length - from, &size);
    }
    wrap->places[wrap->count] = line.as.text + line.length;
    for (size_t from = 0; from < count;) {
        size_t to = chunk_end(wrap, from);
        size_t bytes = (size_t)(wrap->places[to] - wrap->places[from]);
        wrap->chunks[wrap->chunk_count++] = (chunk_t){wrap->places[from], bytes, to - from};
        from = to;
    }
    return true;
}

/* ---------------------------------------------------------------- lines */

static bool is_empty(const chunk_t *chunk)
{
    return text_leading_space(chunk->text, chunk->bytes) == chunk->bytes;
}

/* Puts as much of a chunk that no line can hold as fits; returns how much that was. */
static chunk_t split_long(const wrap_t *wrap, chunk_t *chunk, size_t room)
{
    size_t taken = room < chunk->characters ? room : chunk->characters;
    chunk_t part = {chunk->text, text_skip(chunk->text, chunk->bytes, taken), taken};

    if (wrap->break_hyphens && chunk->characters > room) {
        const char *hyphen = text_find_last(part.text, part.bytes, "-", 1);
        size_t before = hyphen ? (size_t)(hyphen - part.text) : 0;
        if (before > 0 && strspn(part.text, "-") < before) {
            part.bytes = before + 1;
            part.characters = text_count(part.text, part.bytes);
        }
    }
    chunk->text += part.bytes;
    chunk->bytes -= part.bytes;
    chunk->characters -= part.characters;
    return part;
}

/* One line, from the next chunk on. */
static size_t fill_line(wrap_t *wrap, size_t next, builder_t *out, chunk_t *last)
{
    size_t width = (size_t)wrap->width;
    size_t taken = 0;

    *last = (chunk_t){0};
    while (next < wrap->chunk_count && taken + wrap->chunks[next].characters <= width) {
        *last = wrap->chunks[next++];
        builder_add(out, last->text, last->bytes);
        taken += last->characters;
    }
    if (next < wrap->chunk_count && wrap->chunks[next].characters > width) {
        if (wrap->break_words) {
            *last = split_long(wrap, &wrap->chunks[next], width - taken);
            builder_add(out, last->text, last->bytes);
        }
        else if (taken == 0 && !last->text) {
            *last = wrap->chunks[next++];
            builder_add(out, last->text, last->bytes);
        }
    }
    return next;
}

static template_error_t *wrap_line(wrap_t *wrap, value_t line)
{
    heap_t *heap = &wrap->render->heap;
    size_t next = 0;
    bool started = false;

    if (!cut(wrap, line)) {
        return render_exhausted(wrap->render);
    }
    while (next < wrap->chunk_count) {
        builder_t out;
        chunk_t last;
        TRY(render_step(wrap->render));
        if (started && is_empty(&wrap->chunks[next])) {
            next++;
        }
        builder_init(&out, heap);
        next = fill_line(wrap, next, &out, &last);
        if (last.text && is_empty(&last)) {
            out.length -= last.bytes;
        }
        if (out.length > 0 || (last.text && !is_empty(&last))) {
            value_append(heap, wrap->lines, value_built(&out, false));
            started = true;
        }
    }
    return NULL;
}

static template_error_t *wrap_text(wrap_t *wrap, value_t text, value_t separator, value_t *result)
{
    heap_t *heap = &wrap->render->heap;
    value_t paragraphs = words_lines(heap, text, false);
    builder_t out;

    builder_init(&out, heap);
    for (apr_size_t i = 0; i < value_count(paragraphs); i++) {
        wrap->lines = value_list(heap, 0);
        TRY(wrap_line(wrap, value_at(paragraphs, i)));
        if (i > 0) {
            builder_add(&out, separator.as.text, separator.length);
        }
        for (apr_size_t j = 0; j < value_count(wrap->lines); j++) {
            value_t line = value_at(wrap->lines, j);
            if (j > 0) {
                builder_add(&out, separator.as.text, separator.length);
            }
            line = separator.safe ? render_escape_text(wrap->render, line) : line;
            builder_add(&out, line.as.text, line.length);
        }
    }
    *result = value_built(&out, separator.safe);
    return NULL;
}

template_error_t *filter_wordwrap(const filter_call_t *call, value_t *result)
{
    wrap_t wrap = {.render = call->render};
    value_t separator = value_string("\n");

    if (call->operand.kind != VALUE_STRING) {
        return call->operand.kind == VALUE_UNDEFINED
                   ? operate_undefined(call->render, call->operand)
                   : render_fail(call->render, "wordwrap wants a string");
    }
    TRY(filter_integer(call, 0, 79, &wrap.width));
    wrap.break_words = call->arguments[1].kind == VALUE_MISSING || filter_flag(call, 1);
    wrap.break_hyphens = call->arguments[3].kind == VALUE_MISSING || filter_flag(call, 3);
    if (filter_given(call, 2)) {
        TRY(filter_string(call, 2, "\n", &separator));
    }
    if (wrap.width <= 0) {
        return render_fail(call->render, "wordwrap wants a width above zero");
    }
    return wrap_text(&wrap, call->operand, separator, result);
}
