/* SPDX-License-Identifier: Apache-2.0 */
/*
 * repr() and str() of values. A container that holds itself is written as Python does it, with
 * dots; one that is nested too deeply is refused.
 */
#include "repr.h"

#include "number.h"
#include "render.h"
#include "text.h"

#include <apr_strings.h>
#include <string.h>

/* The containers around the one being written. */
typedef struct around_t {
    const struct around_t *outer;
    const void *container;
    unsigned int depth;
} around_t;

static const char *add(builder_t *out, value_t value, const around_t *around);

static const char *too_deep(void)
{
    return "the text of a value that is nested too deeply";
}

static void add_hex(builder_t *out, const char *prefix, uint32_t point, int digits)
{
    char text[16];
    builder_add(out, text,
                (apr_size_t)apr_snprintf(text, sizeof(text), "%s%0*x", prefix, digits, point));
}

static void add_point(builder_t *out, uint32_t point, char quote)
{
    if (point == (uint32_t)quote || point == '\\') {
        builder_char(out, '\\');
        builder_char(out, (char)point);
    }
    else if (point == '\n' || point == '\r' || point == '\t') {
        builder_string(out, point == '\n' ? "\\n" : point == '\r' ? "\\r" : "\\t");
    }
    else if (text_is_printable(point)) {
        builder_point(out, point);
    }
    else if (point < 0x100) {
        add_hex(out, "\\x", point, 2);
    }
    else if (point < 0x10000) {
        add_hex(out, "\\u", point, 4);
    }
    else {
        add_hex(out, "\\U", point, 8);
    }
}

void repr_add_string(builder_t *out, const char *text, apr_size_t length)
{
    bool has_single = length && memchr(text, '\'', length);
    bool has_double = length && memchr(text, '"', length);
    char quote = has_single && !has_double ? '"' : '\'';
    size_t size;

    builder_char(out, quote);
    for (apr_size_t at = 0; at < length; at += size) {
        add_point(out, text_decode(text + at, length - at, &size), quote);
    }
    builder_char(out, quote);
}

static const char *add_sequence(builder_t *out, value_t value, const around_t *around)
{
    bool tuple = value.kind == VALUE_TUPLE;
    apr_size_t count = value_count(value);

    builder_char(out, tuple ? '(' : '[');
    for (apr_size_t i = 0; i < count && heap_work(out->heap, 1); i++) {
        const char *fault;
        if (i > 0) {
            builder_string(out, ", ");
        }
        fault = add(out, value_at(value, i), around);
        if (fault) {
            return fault;
        }
    }
    builder_string(out, tuple ? count == 1 ? ",)" : ")" : "]");
    return NULL;
}

static const char *add_pairs(builder_t *out, value_t mapping, const around_t *around)
{
    value_cursor_t cursor = {0};
    const char *fault = NULL;
    const char *between = "";
    value_t key;
    value_t item;

    builder_char(out, '{');
    while (!fault && heap_work(out->heap, 1) && value_next(mapping, &cursor, &key, &item)) {
        builder_string(out, between);
        between = ", ";
        fault = add(out, key, around);
        builder_string(out, ": ");
        fault = fault ? fault : add(out, item, around);
    }
    builder_char(out, '}');
    return fault;
}

static const char *add_view(builder_t *out, const view_t *view, const around_t *around)
{
    static const char *const names[] = {"dict_keys([", "dict_values([", "dict_items(["};
    value_cursor_t cursor = {0};
    const char *fault = NULL;
    const char *between = "";
    value_t key;
    value_t item;

    builder_string(out, names[view->kind]);
    while (!fault && heap_work(out->heap, 1) && value_next(view->mapping, &cursor, &key, &item)) {
        builder_string(out, between);
        between = ", ";
        if (view->kind == VIEW_ITEMS) {
            builder_char(out, '(');
        }
        if (view->kind != VIEW_VALUES) {
            fault = add(out, key, around);
        }
        if (view->kind == VIEW_ITEMS) {
            builder_string(out, ", ");
        }
        if (view->kind != VIEW_KEYS) {
            fault = fault ? fault : add(out, item, around);
        }
        if (view->kind == VIEW_ITEMS) {
            builder_char(out, ')');
        }
    }
    builder_string(out, "])");
    return fault;
}

static void add_range(builder_t *out, const range_t *range)
{
    builder_string(out, "range(");
    builder_integer(out, range->start);
    builder_string(out, ", ");
    builder_integer(out, range->stop);
    if (range->step != 1) {
        builder_string(out, ", ");
        builder_integer(out, range->step);
    }
    builder_char(out, ')');
}

/* What holds other values: guards against loops and depth, then writes the inside. */
static const char *add_container(builder_t *out, value_t value, const around_t *around)
{
    around_t here = {around, value.as.list, around ? around->depth + 1 : 1};

    if (here.depth > VALUE_DEPTH) {
        return too_deep();
    }
    for (const around_t *outer = around; outer; outer = outer->outer) {
        if (outer->container == here.container) {
            builder_string(out, value_is_mapping(value) ? "{...}"
                                : value_is_list(value)  ? "[...]"
                                                        : "(...)");
            return NULL;
        }
    }
    if (value.kind == VALUE_NAMESPACE) {
        const char *fault;
        value.kind = VALUE_DICT;
        builder_string(out, "<Namespace ");
        fault = add_pairs(out, value, &here);
        builder_char(out, '>');
        return fault;
    }
    if (value.kind == VALUE_VIEW) {
        return add_view(out, value.as.view, &here);
    }
    return value_is_mapping(value) ? add_pairs(out, value, &here) : add_sequence(out, value, &here);
}

static const char *add_object(builder_t *out, value_t value)
{
    switch (value.kind) {
    case VALUE_MACRO:
        builder_string(out, "<Macro ");
        if (value.as.macro->node->as.macro->name) {
            const char *name = value.as.macro->node->as.macro->name;
            repr_add_string(out, name, strlen(name));
        }
        else {
            builder_string(out, "anonymous");
        }
        builder_char(out, '>');
        return NULL;
    case VALUE_SELF:
        builder_string(out, "<TemplateReference ");
        repr_add_string(out, value.as.context->template->name,
                        strlen(value.as.context->template->name));
        builder_char(out, '>');
        return NULL;
    case VALUE_ITERATOR:
        return "the text of a generator; pipe it through list or join";
    case VALUE_METHOD:
        return "the text of a method; it lacks its parentheses";
    default:
        return apr_psprintf(out->heap->pool, "the text of a %s", value_type(value));
    }
}

static const char *add(builder_t *out, value_t value, const around_t *around)
{
    char digits[NUMBER_SIZE];

    switch (value.kind) {
    case VALUE_UNDEFINED:
        builder_string(out, "Undefined");
        return NULL;
    case VALUE_NONE:
        builder_string(out, "None");
        return NULL;
    case VALUE_BOOL:
        builder_string(out, value.as.boolean ? "True" : "False");
        return NULL;
    case VALUE_INT:
        builder_integer(out, value.as.integer);
        return NULL;
    case VALUE_FLOAT:
        builder_add(out, digits, number_print(value.as.number, digits));
        return NULL;
    case VALUE_STRING:
        builder_string(out, value.safe ? "Markup(" : "");
        repr_add_string(out, value.as.text, value.length);
        builder_string(out, value.safe ? ")" : "");
        return NULL;
    case VALUE_RANGE:
        add_range(out, value.as.range);
        return NULL;
    case VALUE_ARRAY:
    case VALUE_OBJECT:
    case VALUE_LIST:
    case VALUE_TUPLE:
    case VALUE_DICT:
    case VALUE_VIEW:
    case VALUE_NAMESPACE:
        return add_container(out, value, around);
    default:
        return add_object(out, value);
    }
}

const char *repr_add(builder_t *out, value_t value)
{
    return add(out, value, NULL);
}

const char *repr_add_str(builder_t *out, value_t value)
{
    switch (value.kind) {
    case VALUE_STRING:
        builder_add(out, value.as.text, value.length);
        return NULL;
    case VALUE_UNDEFINED:
        return NULL;
    case VALUE_MODULE:
        builder_add(out, value.as.module->body.as.text, value.as.module->body.length);
        return NULL;
    default:
        return add(out, value, NULL);
    }
}

const char *repr_text(value_t value, apr_pool_t *pool)
{
    enum { LONGEST = 80 };
    heap_t heap;
    builder_t out;
    bool cut;

    heap_init(&heap, pool, 64 * 1024);
    builder_init(&out, &heap);
    if (value.kind == VALUE_STRING && value.length > LONGEST) {
        value.length = (uint32_t)text_skip(value.as.text, value.length, LONGEST);
    }
    if (repr_add(&out, value) != NULL) {
        return apr_psprintf(pool, "a %s", value_type(value));
    }
    cut = out.length > LONGEST;
    return apr_psprintf(
        pool, "%s%s",
        apr_pstrmemdup(pool, out.data, cut ? text_skip(out.data, out.length, LONGEST) : out.length),
        cut ? "..." : "");
}

void repr_add_escaped(builder_t *out, const char *text, apr_size_t length)
{
    apr_size_t from = 0;

    for (apr_size_t at = 0; at < length; at++) {
        apr_size_t size;
        const char *entity = output_entity(text[at], &size);
        if (entity) {
            builder_add(out, text + from, at - from);
            builder_add(out, entity, size);
            from = at + 1;
        }
    }
    builder_add(out, text + from, length - from);
}
