/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pprint filter: Python's pprint.pformat(), which breaks what does not fit into 80
 * characters, and sorts dicts.
 */
#include "filter.h"

#include "repr.h"
#include "sort.h"
#include "text.h"
#include "words.h"

enum { WIDTH = 80 };

typedef struct pretty_t {
    render_t *render;
    builder_t out;
} pretty_t;

static template_error_t *add(pretty_t *pretty, value_t value, int64_t indent, int64_t allowance,
                             unsigned int level);
static template_error_t *add_flat(pretty_t *pretty, builder_t *out, value_t value,
                                  unsigned int depth);

static template_error_t *sorted(pretty_t *pretty, value_t mapping, value_t *pairs)
{
    heap_t *heap = &pretty->render->heap;
    value_cursor_t cursor = {0};
    value_t key;
    value_t item;

    *pairs = value_list(heap, 0);
    while (value_next(mapping, &cursor, &key, &item)) {
        value_append(heap, *pairs, value_pair(heap, key, item));
    }
    return sort_pairs(heap, pairs->as.list)
               ? NULL
               : render_fail(pretty->render, "pprint: keys of several types are not supported");
}

static template_error_t *add_plain(pretty_t *pretty, builder_t *out, value_t value)
{
    const char *fault = repr_add(out, value);

    return fault ? render_fail(pretty->render, "cannot print %s", fault) : NULL;
}

static template_error_t *add_flat_dict(pretty_t *pretty, builder_t *out, value_t value,
                                       unsigned int depth)
{
    value_t pairs;

    TRY(sorted(pretty, value, &pairs));
    builder_char(out, '{');
    for (apr_size_t i = 0; i < value_count(pairs); i++) {
        builder_string(out, i > 0 ? ", " : "");
        TRY(add_flat(pretty, out, value_at(value_at(pairs, i), 0), depth));
        builder_string(out, ": ");
        TRY(add_flat(pretty, out, value_at(value_at(pairs, i), 1), depth));
    }
    builder_char(out, '}');
    return NULL;
}

/* repr(), with dicts in order. */
static template_error_t *add_flat(pretty_t *pretty, builder_t *out, value_t value,
                                  unsigned int depth)
{
    bool tuple = value.kind == VALUE_TUPLE;
    apr_size_t count;

    TRY(render_step(pretty->render));
    if (depth > VALUE_DEPTH / 5) {
        return render_fail(pretty->render, "pprint: the value is nested too deeply");
    }
    if (value_is_mapping(value)) {
        return add_flat_dict(pretty, out, value, depth + 1);
    }
    if (!value_is_sequence(value)) {
        return add_plain(pretty, out, value);
    }
    count = value_count(value);
    builder_char(out, tuple ? '(' : '[');
    for (apr_size_t i = 0; i < count; i++) {
        builder_string(out, i > 0 ? ", " : "");
        TRY(add_flat(pretty, out, value_at(value, i), depth + 1));
    }
    builder_string(out, !tuple ? "]" : count == 1 ? ",)" : ")");
    return NULL;
}

static void next_line(pretty_t *pretty, const char *end, int64_t indent)
{
    builder_string(&pretty->out, end);
    builder_char(&pretty->out, '\n');
    builder_fill(&pretty->out, ' ', (apr_size_t)indent);
}

static template_error_t *add_items(pretty_t *pretty, value_t value, int64_t indent,
                                   int64_t allowance, unsigned int level)
{
    apr_size_t count = value_count(value);

    for (apr_size_t i = 0; i < count; i++) {
        if (i > 0) {
            next_line(pretty, ",", indent + 1);
        }
        TRY(add(pretty, value_at(value, i), indent + 1, i + 1 == count ? allowance : 1, level));
    }
    return NULL;
}

static template_error_t *add_dict(pretty_t *pretty, value_t value, int64_t indent,
                                  int64_t allowance, unsigned int level)
{
    value_t pairs;

    TRY(sorted(pretty, value, &pairs));
    builder_char(&pretty->out, '{');
    for (apr_size_t i = 0; i < value_count(pairs); i++) {
        apr_size_t start;
        int64_t width;
        if (i > 0) {
            next_line(pretty, ",", indent + 1);
        }
        start = pretty->out.length;
        TRY(add_flat(pretty, &pretty->out, value_at(value_at(pairs, i), 0), 0));
        width = (int64_t)text_count(pretty->out.data + start, pretty->out.length - start);
        builder_string(&pretty->out, ": ");
        TRY(add(pretty, value_at(value_at(pairs, i), 1), indent + 1 + width + 2,
                i + 1 == value_count(pairs) ? allowance + 1 : 1, level));
    }
    builder_char(&pretty->out, '}');
    return NULL;
}

/* ---------------------------------------------------------------- long strings */

typedef struct string_t {
    pretty_t *pretty;
    value_t chunks; /* reprs, as strings */
    int64_t width;
    int64_t allowance;
} string_t;

static value_t repr_of(pretty_t *pretty, const char *text, apr_size_t length)
{
    builder_t out;

    builder_init(&out, &pretty->render->heap);
    repr_add_string(&out, text, length);
    return value_built(&out, false);
}

static int64_t repr_width(pretty_t *pretty, const char *text, apr_size_t length)
{
    value_t repr = repr_of(pretty, text, length);
    return (int64_t)text_count(repr.as.text, repr.length);
}

/* The end of a word and the blanks behind it. */
static apr_size_t word_end(value_t line, apr_size_t at)
{
    while (at < line.length) {
        size_t size;
        if (text_is_space(text_decode(line.as.text + at, line.length - at, &size))) {
            break;
        }
        at += size;
    }
    return at + text_leading_space(line.as.text + at, line.length - at);
}

static template_error_t *break_line(string_t *string, value_t line, bool last)
{
    heap_t *heap = &string->pretty->render->heap;
    apr_size_t from = 0;

    for (apr_size_t at = 0; at < line.length;) {
        apr_size_t end = word_end(line, at);
        int64_t width = string->width - (last && end == line.length ? string->allowance : 0);
        TRY(render_step(string->pretty->render));
        if (repr_width(string->pretty, line.as.text + from, end - from) > width && at > from) {
            value_append(heap, string->chunks,
                         repr_of(string->pretty, line.as.text + from, at - from));
            from = at;
        }
        at = end;
    }
    if (from < line.length) {
        value_append(heap, string->chunks,
                     repr_of(string->pretty, line.as.text + from, line.length - from));
    }
    return NULL;
}

static template_error_t *add_string(pretty_t *pretty, value_t value, int64_t indent,
                                    int64_t allowance, unsigned int level)
{
    heap_t *heap = &pretty->render->heap;
    value_t lines = words_lines(heap, value, true);
    string_t string = {pretty, value_list(heap, 4), 0, allowance + (level == 1)};
    bool brackets;

    indent += level == 1;
    string.width = WIDTH - indent;
    for (apr_size_t i = 0; i < value_count(lines); i++) {
        value_t line = value_at(lines, i);
        bool last = i + 1 == value_count(lines);
        if (repr_width(pretty, line.as.text, line.length) <=
            string.width - (last ? string.allowance : 0)) {
            value_append(heap, string.chunks, repr_of(pretty, line.as.text, line.length));
        }
        else {
            TRY(break_line(&string, line, last));
        }
    }
    brackets = level == 1 && value_count(string.chunks) > 1;
    builder_string(&pretty->out, brackets ? "(" : "");
    for (apr_size_t i = 0; i < value_count(string.chunks); i++) {
        value_t chunk = value_at(string.chunks, i);
        if (i > 0) {
            next_line(pretty, "", indent);
        }
        builder_add(&pretty->out, chunk.as.text, chunk.length);
    }
    builder_string(&pretty->out, brackets ? ")" : "");
    return NULL;
}

static template_error_t *add(pretty_t *pretty, value_t value, int64_t indent, int64_t allowance,
                             unsigned int level)
{
    bool tuple = value.kind == VALUE_TUPLE;
    bool breakable = value_is_sequence(value) || value_is_mapping(value) ||
                     (value.kind == VALUE_STRING && !value.safe && value.length > 0);
    bool single = tuple && value_count(value) == 1;
    builder_t flat;

    builder_init(&flat, &pretty->render->heap);
    TRY(add_flat(pretty, &flat, value, level));
    if (!breakable || (int64_t)text_count(flat.data, flat.length) <= WIDTH - indent - allowance) {
        builder_add(&pretty->out, flat.data, flat.length);
        return NULL;
    }
    if (value.kind == VALUE_STRING) {
        return add_string(pretty, value, indent, allowance, level + 1);
    }
    if (value_is_mapping(value)) {
        return add_dict(pretty, value, indent, allowance, level + 1);
    }
    builder_char(&pretty->out, tuple ? '(' : '[');
    TRY(add_items(pretty, value, indent, allowance + (single ? 2 : 1), level + 1));
    builder_string(&pretty->out, !tuple ? "]" : single ? ",)" : ")");
    return NULL;
}

template_error_t *filter_pprint(const filter_call_t *call, value_t *result)
{
    pretty_t pretty = {.render = call->render};

    builder_init(&pretty.out, &call->render->heap);
    TRY(add(&pretty, call->operand, 0, 0, 0));
    *result = value_built(&pretty.out, false);
    return NULL;
}
