/* SPDX-License-Identifier: Apache-2.0 */
/* Making values and asking them simple things; see value.h. */
#include "value.h"

#include "dict.h"
#include "repr.h"
#include "text.h"

#include <apr_strings.h>
#include <string.h>

value_t value_string(const char *text)
{
    return value_text(text, strlen(text));
}

value_t value_built(const builder_t *builder, bool safe)
{
    value_t value = value_text(builder->data ? builder->data : "", builder->length);
    value.safe = safe;
    return value;
}

value_t value_undefined(const undefined_t *why)
{
    return (value_t){.kind = VALUE_UNDEFINED, .as.undefined = why};
}

value_t value_json_any(const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return (value_t){.kind = VALUE_OBJECT, .as.json = json};
    case JSON_ARRAY:
        return (value_t){.kind = VALUE_ARRAY, .as.json = json};
    case JSON_STRING:
        return value_text(json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return value_int(json_integer_value(json));
    case JSON_REAL:
        return value_float(json_real_value(json));
    case JSON_TRUE:
    case JSON_FALSE:
        return value_bool(json_is_true(json));
    default:
        return value_none();
    }
}

static list_t *make_list(heap_t *heap, apr_size_t capacity)
{
    list_t *list = heap_calloc(heap, sizeof(*list));

    if (capacity && heap_allows(heap, capacity, sizeof(value_t))) {
        list->items = heap_alloc(heap, capacity * sizeof(value_t));
        list->capacity = capacity;
    }
    return list;
}

value_t value_list(heap_t *heap, apr_size_t capacity)
{
    return (value_t){.kind = VALUE_LIST, .as.list = make_list(heap, capacity)};
}

value_t value_tuple(heap_t *heap, apr_size_t capacity)
{
    return (value_t){.kind = VALUE_TUPLE, .as.list = make_list(heap, capacity)};
}

value_t value_pair(heap_t *heap, value_t first, value_t second)
{
    value_t pair = value_tuple(heap, 2);

    value_append(heap, pair, first);
    value_append(heap, pair, second);
    return pair;
}

void value_append_grown(heap_t *heap, value_t value, value_t item)
{
    list_t *list = value.as.list;
    apr_size_t capacity = list->capacity ? list->capacity * 2 : 4;
    value_t *items;

    if (!heap_allows(heap, capacity, sizeof(value_t))) {
        return;
    }
    items = heap_alloc(heap, capacity * sizeof(value_t));
    if (list->count) {
        memcpy(items, list->items, list->count * sizeof(value_t));
    }
    list->items = items;
    list->capacity = capacity;
    list->items[list->count++] = item;
}

value_t value_undefined_name(heap_t *heap, const char *name)
{
    undefined_t *why = heap_calloc(heap, sizeof(*why));

    why->name = value_string(name);
    return value_undefined(why);
}

value_t value_undefined_element(heap_t *heap, value_t object, value_t name)
{
    undefined_t *why = heap_calloc(heap, sizeof(*why));

    why->object = value_type(object);
    why->name = name;
    return value_undefined(why);
}

value_t value_undefined_hint(heap_t *heap, const char *hint)
{
    undefined_t *why = heap_calloc(heap, sizeof(*why));

    why->hint = hint;
    return value_undefined(why);
}

const char *value_undefined_message(value_t undefined, apr_pool_t *pool)
{
    const undefined_t *why = undefined.as.undefined;

    if (why == NULL) {
        return "the value is undefined";
    }
    if (why->hint) {
        return why->hint;
    }
    if (why->object) {
        return apr_psprintf(pool, "'%s' object has no %s %s", why->object,
                            why->name.kind == VALUE_STRING ? "attribute" : "element",
                            repr_text(why->name, pool));
    }
    return apr_psprintf(pool, "%s is undefined", repr_text(why->name, pool));
}

static apr_size_t mapping_size(value_t mapping)
{
    return mapping.kind == VALUE_OBJECT ? json_object_size(mapping.as.json)
                                        : dict_count(mapping.as.dict);
}

bool value_length(value_t value, apr_size_t *length)
{
    switch (value.kind) {
    case VALUE_UNDEFINED:
        *length = 0;
        return true;
    case VALUE_STRING:
        *length = text_count(value.as.text, value.length);
        return true;
    case VALUE_ARRAY:
    case VALUE_LIST:
    case VALUE_TUPLE:
        *length = value_count(value);
        return true;
    case VALUE_OBJECT:
    case VALUE_DICT:
        *length = mapping_size(value);
        return true;
    case VALUE_VIEW:
        *length = mapping_size(value.as.view->mapping);
        return true;
    case VALUE_RANGE:
        *length = (apr_size_t)value.as.range->count;
        return true;
    default:
        return false;
    }
}

bool value_truth_of(value_t value)
{
    apr_size_t length;

    switch (value.kind) {
    case VALUE_INT:
        return value.as.integer != 0;
    case VALUE_FLOAT:
        return value.as.number != 0.0;
    case VALUE_LIST:
    case VALUE_TUPLE:
        return value.as.list->count != 0;
    default:
        return !value_length(value, &length) || length != 0;
    }
}

value_t value_lookup(value_t mapping, value_t key)
{
    const json_t *found;

    if (mapping.kind == VALUE_DICT) {
        return dict_get(mapping.as.dict, key);
    }
    if (key.kind != VALUE_STRING) {
        return value_missing();
    }
    found = json_object_getn(mapping.as.json, key.as.text, key.length);
    return found ? value_json(found) : value_missing();
}

bool value_next(value_t mapping, value_cursor_t *cursor, value_t *key, value_t *item)
{
    /* jansson has no iterators for const objects; these only read. */
    json_t *object = (json_t *)(uintptr_t)mapping.as.json;

    if (mapping.kind == VALUE_DICT) {
        return dict_next(mapping.as.dict, &cursor->index, key, item);
    }
    cursor->json =
        cursor->started ? json_object_iter_next(object, cursor->json) : json_object_iter(object);
    cursor->started = true;
    if (cursor->json == NULL) {
        return false;
    }
    *key = value_text(json_object_iter_key(cursor->json), json_object_iter_key_len(cursor->json));
    *item = value_json(json_object_iter_value(cursor->json));
    return true;
}

int64_t value_range_at(const range_t *range, int64_t index)
{
    /* In range by construction, even where the product alone is not. */
    return (int64_t)((uint64_t)range->start + (uint64_t)index * (uint64_t)range->step);
}

bool value_same(value_t a, value_t b, bool *known)
{
    *known = true;
    if (a.kind != b.kind) {
        return false;
    }
    switch (a.kind) {
    case VALUE_NONE:
        return true;
    case VALUE_BOOL:
        return a.as.boolean == b.as.boolean;
    case VALUE_INT:
        /* Python keeps one object for each of the small ones. */
        *known = a.as.integer != b.as.integer || (a.as.integer >= -5 && a.as.integer <= 256);
        return a.as.integer == b.as.integer;
    case VALUE_FLOAT:
        *known = a.as.number != b.as.number;
        return false;
    case VALUE_STRING:
        *known = a.length != b.length || a.as.text == b.as.text || a.safe != b.safe ||
                 memcmp(a.as.text, b.as.text, a.length) != 0;
        return a.length == b.length && a.as.text == b.as.text && a.safe == b.safe;
    default:
        return a.as.text == b.as.text;
    }
}

const char *value_type(value_t value)
{
    static const char *const names[] = {
        [VALUE_MISSING] = "missing",
        [VALUE_UNDEFINED] = "Undefined",
        [VALUE_NONE] = "NoneType",
        [VALUE_BOOL] = "bool",
        [VALUE_INT] = "int",
        [VALUE_FLOAT] = "float",
        [VALUE_STRING] = "str",
        [VALUE_ARRAY] = "list",
        [VALUE_OBJECT] = "dict",
        [VALUE_LIST] = "list",
        [VALUE_TUPLE] = "tuple",
        [VALUE_DICT] = "dict",
        [VALUE_VIEW] = "dict view",
        [VALUE_RANGE] = "range",
        [VALUE_ITERATOR] = "generator",
        [VALUE_METHOD] = "method",
        [VALUE_FUNCTION] = "function",
        [VALUE_MACRO] = "macro",
        [VALUE_MODULE] = "template module",
        [VALUE_LOOP] = "loop",
        [VALUE_NAMESPACE] = "namespace",
        [VALUE_CYCLER] = "cycler",
        [VALUE_JOINER] = "joiner",
        [VALUE_SELF] = "template reference",
        [VALUE_BLOCK] = "block reference",
    };
    return value.safe && value.kind == VALUE_STRING ? "Markup" : names[value.kind];
}

char *value_cstring(value_t string, apr_pool_t *pool)
{
    return apr_pstrmemdup(pool, string.as.text, string.length);
}
