/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_VALUE_H
#define TEMPLATE_VALUE_H

/*
 * What an expression can be: the values of Python's that a template meets.
 *
 * Sixteen bytes, handed around by value. Scalars are in the value; a string points to UTF-8
 * that somebody else keeps (the template, the context, the heap of the rendering). An array
 * and an object are the caller's JSON, read in place and never changed; a list, a tuple and a
 * dict are made by the template and live in the heap.
 */

#include "heap.h"
#include "template.h"

#include <jansson.h>
#include <string.h>

typedef enum value_kind_t {
    VALUE_MISSING, /* no value at all; templates never see it */
    VALUE_UNDEFINED,
    VALUE_NONE,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_STRING,
    VALUE_ARRAY,  /* JSON */
    VALUE_OBJECT, /* JSON */
    VALUE_LIST,
    VALUE_TUPLE,
    VALUE_DICT,
    VALUE_VIEW, /* of a dict's keys, values or items */
    VALUE_RANGE,
    VALUE_ITERATOR,
    VALUE_METHOD,   /* bound to its object */
    VALUE_FUNCTION, /* a global one */
    VALUE_MACRO,
    VALUE_MODULE,
    VALUE_LOOP,
    VALUE_NAMESPACE,
    VALUE_CYCLER,
    VALUE_JOINER,
    VALUE_SELF,
    VALUE_BLOCK
} value_kind_t;

typedef struct list_t list_t;
typedef struct dict_t dict_t;
typedef struct view_t view_t;
typedef struct range_t range_t;
typedef struct undefined_t undefined_t;

typedef struct value_t {
    uint8_t kind;
    bool safe;       /* of a string: Markup, not to be escaped again */
    uint16_t note;   /* of who keeps it (lookup.h), and nothing to anybody else */
    uint32_t length; /* of a string, in bytes */
    union value_as_t {
        bool boolean;
        int64_t integer;
        double number;
        const char *text;
        const json_t *json;
        list_t *list; /* VALUE_LIST and VALUE_TUPLE */
        dict_t *dict; /* VALUE_DICT and VALUE_NAMESPACE */
        const view_t *view;
        const range_t *range;
        const undefined_t *undefined;
        struct iterator_t *iterator;
        const struct method_t *method;
        const struct function_entry_t *function;
        const struct macro_t *macro;
        struct module_t *module;
        struct loop_t *loop;
        struct cycler_t *cycler;
        struct joiner_t *joiner;
        struct context_t *context; /* VALUE_SELF */
        const struct block_reference_t *block;
    } as;
} value_t;

/* Why a value is undefined; only read when somebody asks too much of it. */
struct undefined_t {
    const char *hint;   /* the whole message, or NULL */
    const char *object; /* what the attribute was asked of, or NULL for a variable */
    value_t name;
};

struct list_t {
    value_t *items;
    apr_size_t count;
    apr_size_t capacity;
    bool grouped; /* a tuple from groupby, whose parts have names */
};

typedef enum view_kind_t { VIEW_KEYS, VIEW_VALUES, VIEW_ITEMS } view_kind_t;

struct view_t {
    view_kind_t kind;
    value_t mapping;
};

struct range_t {
    int64_t start;
    int64_t step;
    int64_t count;
    int64_t stop; /* as it was written */
};

/* Deeper lists in lists than this are refused wherever a value is walked. */
enum { VALUE_DEPTH = 500 };

static inline value_t value_none(void)
{
    return (value_t){.kind = VALUE_NONE};
}

static inline value_t value_missing(void)
{
    return (value_t){.kind = VALUE_MISSING};
}

static inline value_t value_bool(bool boolean)
{
    return (value_t){.kind = VALUE_BOOL, .as.boolean = boolean};
}

static inline value_t value_int(int64_t integer)
{
    return (value_t){.kind = VALUE_INT, .as.integer = integer};
}

static inline value_t value_float(double number)
{
    return (value_t){.kind = VALUE_FLOAT, .as.number = number};
}

static inline value_t value_text(const char *text, apr_size_t length)
{
    return (value_t){.kind = VALUE_STRING, .length = (uint32_t)length, .as.text = text};
}

static inline value_t value_safe(const char *text, apr_size_t length)
{
    value_t value = value_text(text, length);
    value.safe = true;
    return value;
}

/* A bool is one, as in Python. */
static inline bool value_is_number(value_t value)
{
    return value.kind == VALUE_INT || value.kind == VALUE_FLOAT || value.kind == VALUE_BOOL;
}

static inline bool value_is_integer(value_t value, int64_t *integer)
{
    if (value.kind != VALUE_INT && value.kind != VALUE_BOOL) {
        return false;
    }
    *integer = value.kind == VALUE_INT ? value.as.integer : value.as.boolean;
    return true;
}

static inline double value_number(value_t number)
{
    switch (number.kind) {
    case VALUE_INT:
        return (double)number.as.integer;
    case VALUE_BOOL:
        return number.as.boolean;
    default:
        return number.as.number;
    }
}

/* array or list */
static inline bool value_is_list(value_t value)
{
    return value.kind == VALUE_ARRAY || value.kind == VALUE_LIST;
}

/* array, list or tuple */
static inline bool value_is_sequence(value_t value)
{
    return value_is_list(value) || value.kind == VALUE_TUPLE;
}

/* object or dict */
static inline bool value_is_mapping(value_t value)
{
    return value.kind == VALUE_OBJECT || value.kind == VALUE_DICT;
}

/* Of two strings; mostly the first byte tells. */
static inline bool value_same_text(value_t a, value_t b)
{
    return a.length == b.length && (a.length == 0 || (*a.as.text == *b.as.text &&
                                                      memcmp(a.as.text, b.as.text, a.length) == 0));
}

value_t value_string(const char *text); /* NUL-terminated */
value_t value_json_any(const json_t *json);

static inline value_t value_json(const json_t *json)
{
    return json_is_object(json) ? (value_t){.kind = VALUE_OBJECT, .as.json = json}
                                : value_json_any(json);
}

value_t value_undefined(const undefined_t *why);
value_t value_built(const builder_t *builder, bool safe);

value_t value_list(heap_t *heap, apr_size_t capacity);
value_t value_tuple(heap_t *heap, apr_size_t capacity);
value_t value_pair(heap_t *heap, value_t first, value_t second);
void value_append_grown(heap_t *heap, value_t list, value_t item);

static inline void value_append(heap_t *heap, value_t value, value_t item)
{
    list_t *list = value.as.list;

    if (list->count == list->capacity) {
        value_append_grown(heap, value, item);
        return;
    }
    list->items[list->count++] = item;
}

/* An undefined variable, attribute or element, and one with a message of its own. */
value_t value_undefined_name(heap_t *heap, const char *name);
value_t value_undefined_element(heap_t *heap, value_t object, value_t name);
value_t value_undefined_hint(heap_t *heap, const char *hint);
const char *value_undefined_message(value_t undefined, apr_pool_t *pool);

/* Of what is not so simple. */
bool value_truth_of(value_t value);

static inline bool value_truth(value_t value)
{
    switch (value.kind) {
    case VALUE_MISSING:
    case VALUE_UNDEFINED:
    case VALUE_NONE:
        return false;
    case VALUE_BOOL:
        return value.as.boolean;
    case VALUE_STRING:
        return value.length != 0;
    default:
        return value_truth_of(value);
    }
}

/* Of a sequence. */
static inline apr_size_t value_count(value_t sequence)
{
    return sequence.kind == VALUE_ARRAY ? json_array_size(sequence.as.json)
                                        : sequence.as.list->count;
}

static inline value_t value_at(value_t sequence, apr_size_t index)
{
    return sequence.kind == VALUE_ARRAY ? value_json(json_array_get(sequence.as.json, index))
                                        : sequence.as.list->items[index];
}

/* Of anything that len() takes; false for the rest. */
bool value_length(value_t value, apr_size_t *length);

/* Of a mapping; VALUE_MISSING if the key is not there (or can be none). */
value_t value_lookup(value_t mapping, value_t key);

/* Goes through a mapping in its order; start with a zeroed cursor. */
typedef struct value_cursor_t {
    void *json;
    apr_size_t index;
    bool started;
} value_cursor_t;
bool value_next(value_t mapping, value_cursor_t *cursor, value_t *key, value_t *item);

/* The text of range number index. */
int64_t value_range_at(const range_t *range, int64_t index);

/* Whether two values are one object; false in *known when Python itself would not say. */
bool value_same(value_t a, value_t b, bool *known);

const char *value_type(value_t value); /* "int", "dict", ... as Python calls it */
char *value_cstring(value_t string, apr_pool_t *pool);

static inline bool value_equals_string(value_t value, const char *text)
{
    return value.kind == VALUE_STRING && value.length == strlen(text) &&
           memcmp(value.as.text, text, value.length) == 0;
}

#endif
