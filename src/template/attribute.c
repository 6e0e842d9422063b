/* SPDX-License-Identifier: Apache-2.0 */
/*
 * object.name, object[index] and object[from:to:step]. With a dot an attribute (that is, a
 * method) comes before an item of that name, in brackets the item comes first.
 */
#include "render.h"

#include "call.h"
#include "dict.h"
#include "global.h"
#include "lookup.h"
#include "text.h"

#include <string.h>

static value_t group_part(value_t tuple, value_t name)
{
    if (value_equals_string(name, "grouper")) {
        return value_at(tuple, 0);
    }
    return value_equals_string(name, "list") ? value_at(tuple, 1) : value_missing();
}

static value_t range_part(const range_t *range, value_t name)
{
    if (value_equals_string(name, "start")) {
        return value_int(range->start);
    }
    if (value_equals_string(name, "stop")) {
        return value_int(range->stop);
    }
    return value_equals_string(name, "step") ? value_int(range->step) : value_missing();
}

static template_error_t *self_block(render_t *render, context_t *context, value_t name,
                                    value_t *result)
{
    block_reference_t *reference;
    const chain_t *chain = context_chain(render, context, name);

    if (!chain) {
        *result = value_missing();
        return NULL;
    }
    reference = heap_alloc(&render->heap, sizeof(*reference));
    reference->name = chain->block->name;
    reference->chain = chain;
    reference->context = context;
    *result = (value_t){.kind = VALUE_BLOCK, .as.block = reference};
    return NULL;
}

/* What a macro tells about itself. */
static value_t macro_part(render_t *render, const macro_node_t *macro, value_t name)
{
    value_t arguments;

    if (value_equals_string(name, "name")) {
        return macro->name ? value_string(macro->name) : value_none();
    }
    if (value_equals_string(name, "catch_kwargs")) {
        return value_bool(macro->takes_kwargs);
    }
    if (value_equals_string(name, "catch_varargs")) {
        return value_bool(macro->takes_varargs);
    }
    if (value_equals_string(name, "caller")) {
        return value_bool(macro->takes_caller);
    }
    if (!value_equals_string(name, "arguments")) {
        return value_missing();
    }
    arguments = value_tuple(&render->heap, macro->parameters.count);
    for (unsigned int i = 0; i < macro->parameters.count; i++) {
        value_append(&render->heap, arguments,
                     value_string(macro->parameters.items[i]->as.name.name));
    }
    return arguments;
}

/* "__name__" */
static bool is_dunder(value_t name)
{
    return name.length > 4 && memcmp(name.as.text, "__", 2) == 0 &&
           memcmp(name.as.text + name.length - 2, "__", 2) == 0;
}

/* What Python's getattr() finds; VALUE_MISSING if nothing. */
static template_error_t *attribute(render_t *render, value_t object, value_t name, value_t *result)
{
    *result = value_missing();
    if (is_dunder(name) && object.kind != VALUE_MODULE && object.kind != VALUE_NAMESPACE) {
        return render_fail(render, "the attribute '%s' is not available",
                           value_cstring(name, render->pool));
    }
    switch (object.kind) {
    case VALUE_NAMESPACE:
        *result = dict_get(object.as.dict, name);
        return NULL;
    case VALUE_MODULE:
        if (dict_get(object.as.module->context->exported, name).kind != VALUE_MISSING) {
            *result = dict_get(object.as.module->context->variables, name);
        }
        return NULL;
    case VALUE_LOOP:
        return loop_attribute(render, object, name, result);
    case VALUE_CYCLER:
    case VALUE_JOINER:
        return global_attribute(render, object, name, result);
    case VALUE_SELF:
        return self_block(render, object.as.context, name, result);
    case VALUE_BLOCK:
        if (value_equals_string(name, "super")) {
            *result = context_super(render, object.as.block->context, object.as.block->chain);
        }
        return NULL;
    case VALUE_RANGE:
        *result = range_part(object.as.range, name);
        return NULL;
    case VALUE_MACRO:
        *result = macro_part(render, object.as.macro->node->as.macro, name);
        return NULL;
    default:
        if (object.kind == VALUE_TUPLE && object.as.list->grouped) {
            *result = group_part(object, name);
        }
        return result->kind == VALUE_MISSING ? call_method(render, object, name, result) : NULL;
    }
}

/* An index from either end; false if there is nothing there. */
static bool find_index(int64_t index, apr_size_t count, apr_size_t *found)
{
    if (index < 0) {
        index += (int64_t)count;
    }
    *found = (apr_size_t)index;
    return index >= 0 && (apr_size_t)index < count;
}

static value_t character(value_t string, int64_t index)
{
    apr_size_t at;
    apr_size_t from;
    apr_size_t size;

    if (!find_index(index, text_count(string.as.text, string.length), &at)) {
        return value_missing();
    }
    from = text_skip(string.as.text, string.length, at);
    size = text_skip(string.as.text + from, string.length - from, 1);
    return string.safe ? value_safe(string.as.text + from, size)
                       : value_text(string.as.text + from, size);
}

/* What object[index] gives in Python; VALUE_MISSING if it would raise what Jinja2 catches. */
static value_t element(render_t *render, value_t object, value_t index)
{
    int64_t integer;
    apr_size_t at;

    if (object.kind == VALUE_OBJECT && index.kind == VALUE_STRING) {
        return lookup(render, object.as.json, index);
    }
    if (value_is_mapping(object)) {
        return value_lookup(object, index);
    }
    if (!value_is_integer(index, &integer)) {
        return value_missing();
    }
    if (object.kind == VALUE_STRING) {
        return character(object, integer);
    }
    if (value_is_sequence(object)) {
        return find_index(integer, value_count(object), &at) ? value_at(object, at)
                                                             : value_missing();
    }
    if (object.kind == VALUE_RANGE) {
        const range_t *range = object.as.range;
        return find_index(integer, (apr_size_t)range->count, &at)
                   ? value_int(value_range_at(range, (int64_t)at))
                   : value_missing();
    }
    return value_missing();
}

template_error_t *attribute_get(render_t *render, value_t object, value_t name, value_t *result)
{
    if (object.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, object);
    }
    TRY(attribute(render, object, name, result));
    if (result->kind == VALUE_MISSING) {
        *result = element(render, object, name);
    }
    if (result->kind == VALUE_MISSING) {
        *result = value_undefined_element(&render->heap, object, name);
    }
    return NULL;
}

bool attribute_is_item(value_t name)
{
    return !is_dunder(name) && !call_find(method_dicts, name);
}

value_t attribute_of_mapping(render_t *render, value_t mapping, value_t name)
{
    value_t found = mapping.kind == VALUE_OBJECT ? lookup(render, mapping.as.json, name)
                                                 : dict_get(mapping.as.dict, name);

    return found.kind != VALUE_MISSING ? found
                                       : value_undefined_element(&render->heap, mapping, name);
}

template_error_t *attribute_item(render_t *render, value_t object, value_t index, value_t *result)
{
    if (object.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, object);
    }
    render_charge(render, object.kind == VALUE_STRING ? object : index);
    *result = element(render, object, index);
    if (result->kind == VALUE_MISSING && index.kind == VALUE_STRING) {
        TRY(attribute(render, object, index, result));
    }
    if (result->kind == VALUE_MISSING) {
        *result = value_undefined_element(&render->heap, object, index);
    }
    return NULL;
}

/* ---------------------------------------------------------------- slices */

typedef struct slice_t {
    int64_t start;
    int64_t stop;
    int64_t step;
    int64_t count;
} slice_t;

static int64_t clamp(int64_t bound, int64_t length, int64_t low, int64_t high)
{
    if (bound < 0) {
        bound = bound < -length ? -1 : bound + length;
        return bound < low ? low : bound;
    }
    return bound > high ? high : bound;
}

/* Python's rules for what a slice of something so long means. */
static template_error_t *measure(render_t *render, const value_t bounds[3], int64_t length,
                                 slice_t *slice)
{
    int64_t given[3] = {0, 0, 1};
    int64_t low;
    int64_t high;

    for (int i = 0; i < 3; i++) {
        if (bounds[i].kind != VALUE_NONE && !value_is_integer(bounds[i], &given[i])) {
            return render_fail(render, "a slice has integers, not %s", value_type(bounds[i]));
        }
    }
    if (given[2] == 0) {
        return render_fail(render, "the step of a slice cannot be zero");
    }
    slice->step = given[2] == INT64_MIN ? -INT64_MAX : given[2];
    low = slice->step < 0 ? -1 : 0;
    high = slice->step < 0 ? length - 1 : length;
    slice->start = bounds[0].kind != VALUE_NONE ? clamp(given[0], length, low, high)
                   : slice->step < 0            ? high
                                                : low;
    slice->stop = bounds[1].kind != VALUE_NONE ? clamp(given[1], length, low, high)
                  : slice->step < 0            ? low
                                               : high;
    slice->count = 0;
    if (slice->step < 0 ? slice->stop < slice->start : slice->stop > slice->start) {
        int64_t distance =
            slice->step < 0 ? slice->start - slice->stop : slice->stop - slice->start;
        int64_t width = slice->step < 0 ? -slice->step : slice->step;
        slice->count = (distance - 1) / width + 1;
    }
    return NULL;
}

static value_t slice_string(render_t *render, value_t string, const slice_t *slice)
{
    const char *text = string.as.text;
    apr_size_t *offsets;
    apr_size_t count = 0;
    builder_t out;

    if (slice->step == 1) {
        apr_size_t from = text_skip(text, string.length, (apr_size_t)slice->start);
        apr_size_t size = text_skip(text + from, string.length - from, (apr_size_t)slice->count);
        value_t part = value_text(text + from, size);
        part.safe = string.safe;
        return part;
    }
    offsets = heap_alloc(&render->heap, (string.length + 1) * sizeof(*offsets));
    for (apr_size_t at = 0; at < string.length;) {
        offsets[count++] = at;
        at += text_skip(text + at, string.length - at, 1);
    }
    offsets[count] = string.length;
    builder_init(&out, &render->heap);
    for (int64_t i = 0; i < slice->count; i++) {
        apr_size_t at = (apr_size_t)(slice->start + i * slice->step);
        builder_add(&out, text + offsets[at], offsets[at + 1] - offsets[at]);
    }
    return value_built(&out, string.safe);
}

static template_error_t *slice_range(render_t *render, const range_t *range, const slice_t *slice,
                                     value_t *result)
{
    range_t *part = heap_alloc(&render->heap, sizeof(*part));
    __int128 stop = range->start + (__int128)slice->stop * range->step;
    __int128 step = (__int128)range->step * slice->step;

    if (stop > INT64_MAX || stop < INT64_MIN || step > INT64_MAX || step < INT64_MIN) {
        return render_fail(render, "this range does not fit into 64 bits");
    }
    part->start = value_range_at(range, slice->start);
    part->stop = (int64_t)stop;
    part->step = (int64_t)step;
    part->count = slice->count;
    *result = (value_t){.kind = VALUE_RANGE, .as.range = part};
    return NULL;
}

template_error_t *attribute_slice(render_t *render, value_t object, const value_t bounds[3],
                                  value_t *result)
{
    apr_size_t length;
    slice_t slice = {0};

    if (object.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, object);
    }
    if (object.kind != VALUE_STRING && object.kind != VALUE_RANGE && !value_is_sequence(object)) {
        return render_fail(render, "a value of type %s cannot be sliced", value_type(object));
    }
    render_charge(render, object);
    value_length(object, &length);
    TRY(measure(render, bounds, (int64_t)length, &slice));
    if (object.kind == VALUE_STRING) {
        *result = slice_string(render, object, &slice);
        return NULL;
    }
    if (object.kind == VALUE_RANGE) {
        return slice_range(render, object.as.range, &slice, result);
    }
    *result = object.kind == VALUE_TUPLE ? value_tuple(&render->heap, (apr_size_t)slice.count)
                                         : value_list(&render->heap, (apr_size_t)slice.count);
    for (int64_t i = 0; i < slice.count && !render->heap.exhausted; i++) {
        apr_size_t at = (apr_size_t)(slice.start + i * slice.step);
        value_append(&render->heap, *result, value_at(object, at));
    }
    return NULL;
}
