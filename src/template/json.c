/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.dumps(value, sort_keys=True), and < > & ' written as \u003c and so on, which makes it
 * fit for a <script> element.
 */
#include "repr.h"

#include "number.h"
#include "sort.h"
#include "text.h"

#include <apr_strings.h>

typedef struct writer_t {
    builder_t *out;
    int indent; /* < 0: none */
} writer_t;

static const char *add(const writer_t *writer, value_t value, int depth);

static void add_unit(builder_t *out, uint32_t unit)
{
    char text[8];
    builder_add(out, text, (apr_size_t)apr_snprintf(text, sizeof(text), "\\u%04x", unit));
}

static void add_point(builder_t *out, uint32_t point)
{
    static const char escapes[] = {'b', 't', 'n', 0, 'f', 'r'};

    if (point == '"' || point == '\\') {
        builder_char(out, '\\');
        builder_char(out, (char)point);
    }
    else if (point >= '\b' && point <= '\r' && point != '\v') {
        builder_char(out, '\\');
        builder_char(out, escapes[point - '\b']);
    }
    else if (point >= 0x10000) {
        add_unit(out, 0xD800 + ((point - 0x10000) >> 10));
        add_unit(out, 0xDC00 + ((point - 0x10000) & 0x3FF));
    }
    else if (point < 0x20 || point > 0x7E || point == '<' || point == '>' || point == '&' ||
             point == '\'') {
        add_unit(out, point);
    }
    else {
        builder_char(out, (char)point);
    }
}

static void add_string(builder_t *out, value_t string)
{
    size_t size;

    builder_char(out, '"');
    for (apr_size_t at = 0; at < string.length; at += size) {
        add_point(out, text_decode(string.as.text + at, string.length - at, &size));
    }
    builder_char(out, '"');
}

static void add_float(builder_t *out, double number)
{
    char digits[NUMBER_SIZE];

    if (number != number) {
        builder_string(out, "NaN");
    }
    else if (number - number != 0) {
        builder_string(out, number < 0 ? "-Infinity" : "Infinity");
    }
    else {
        builder_add(out, digits, number_print(number, digits));
    }
}

static void add_break(const writer_t *writer, int depth)
{
    if (writer->indent >= 0) {
        builder_char(writer->out, '\n');
        builder_fill(writer->out, ' ', (apr_size_t)writer->indent * (apr_size_t)depth);
    }
}

static void add_comma(const writer_t *writer, bool first)
{
    if (!first) {
        builder_string(writer->out, writer->indent >= 0 ? "," : ", ");
    }
}

static const char *add_array(const writer_t *writer, value_t value, int depth)
{
    apr_size_t count = value_count(value);

    if (count == 0) {
        builder_string(writer->out, "[]");
        return NULL;
    }
    builder_char(writer->out, '[');
    for (apr_size_t i = 0; i < count; i++) {
        const char *fault;
        add_comma(writer, i == 0);
        add_break(writer, depth + 1);
        fault = add(writer, value_at(value, i), depth + 1);
        if (fault) {
            return fault;
        }
    }
    add_break(writer, depth);
    builder_char(writer->out, ']');
    return NULL;
}

static const char *add_key(const writer_t *writer, value_t key)
{
    if (key.kind == VALUE_STRING) {
        add_string(writer->out, key);
        return NULL;
    }
    if (!value_is_number(key) && key.kind != VALUE_NONE) {
        return apr_psprintf(writer->out->heap->pool, "the JSON of a key of type %s",
                            value_type(key));
    }
    builder_char(writer->out, '"');
    add(writer, key, 0);
    builder_char(writer->out, '"');
    return NULL;
}

static const char *add_object(const writer_t *writer, value_t value, int depth)
{
    heap_t *heap = writer->out->heap;
    value_t pairs = value_list(heap, 0);
    value_cursor_t cursor = {0};
    value_t key;
    value_t item;

    while (value_next(value, &cursor, &key, &item)) {
        value_append(heap, pairs, value_pair(heap, key, item));
    }
    if (pairs.as.list->count == 0) {
        builder_string(writer->out, "{}");
        return NULL;
    }
    if (!sort_pairs(heap, pairs.as.list)) {
        return "the JSON of a dict whose keys have no order";
    }
    builder_char(writer->out, '{');
    for (apr_size_t i = 0; i < pairs.as.list->count; i++) {
        const value_t *pair = pairs.as.list->items[i].as.list->items;
        const char *fault;
        add_comma(writer, i == 0);
        add_break(writer, depth + 1);
        fault = add_key(writer, pair[0]);
        builder_string(writer->out, ": ");
        fault = fault ? fault : add(writer, pair[1], depth + 1);
        if (fault) {
            return fault;
        }
    }
    add_break(writer, depth);
    builder_char(writer->out, '}');
    return NULL;
}

static const char *add(const writer_t *writer, value_t value, int depth)
{
    if (!heap_work(writer->out->heap, 1)) {
        return NULL; /* the next step says why */
    }
    if (depth > VALUE_DEPTH) {
        return "the JSON of a value that is nested too deeply";
    }
    switch (value.kind) {
    case VALUE_NONE:
        builder_string(writer->out, "null");
        return NULL;
    case VALUE_BOOL:
        builder_string(writer->out, value.as.boolean ? "true" : "false");
        return NULL;
    case VALUE_INT:
        builder_integer(writer->out, value.as.integer);
        return NULL;
    case VALUE_FLOAT:
        add_float(writer->out, value.as.number);
        return NULL;
    case VALUE_STRING:
        add_string(writer->out, value);
        return NULL;
    case VALUE_ARRAY:
    case VALUE_LIST:
    case VALUE_TUPLE:
        return add_array(writer, value, depth);
    case VALUE_OBJECT:
    case VALUE_DICT:
        return add_object(writer, value, depth);
    default:
        return apr_psprintf(writer->out->heap->pool, "the JSON of a value of type %s",
                            value_type(value));
    }
}

const char *repr_add_json(builder_t *out, value_t value, int indent)
{
    writer_t writer = {out, indent};
    return add(&writer, value, 0);
}
