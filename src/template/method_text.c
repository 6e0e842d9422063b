/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Methods of strings that make strings. Those of a safe string escape what they are given, and
 * give safe strings, as markupsafe's do.
 */
#include "call.h"

#include "format.h"
#include "iterate.h"
#include "text.h"
#include "words.h"

#include <string.h>

static template_error_t *wants(call_t *call, const char *what)
{
    return render_fail(call->render, "%s wants %s", call->callee, what);
}

/* A string argument, escaped if the object is safe. */
static template_error_t *take_string(call_t *call, value_t *value)
{
    if (value->kind != VALUE_STRING) {
        return wants(call, "a string");
    }
    if (call->object.safe) {
        *value = render_escape_text(call->render, *value);
    }
    return NULL;
}

static template_error_t *take_optional_string(call_t *call, value_t *value)
{
    if (value->kind == VALUE_MISSING || value->kind == VALUE_NONE) {
        *value = value_missing();
        return NULL;
    }
    return take_string(call, value);
}

static template_error_t *take_integer(call_t *call, value_t value, int64_t otherwise,
                                      int64_t *integer)
{
    *integer = otherwise;
    if (value.kind != VALUE_MISSING && !value_is_integer(value, integer)) {
        return wants(call, "an integer");
    }
    return NULL;
}

#define CASE_METHOD(name, function)                                                                \
    static template_error_t *name(call_t *call, value_t *values, value_t *result)                  \
    {                                                                                              \
        (void)values;                                                                              \
        *result = function(&call->render->heap, call->object);                                     \
        return NULL;                                                                               \
    }

CASE_METHOD(upper, words_upper)
CASE_METHOD(lower, words_lower)
CASE_METHOD(title, words_title)
CASE_METHOD(capitalize, words_capitalize)
CASE_METHOD(swapcase, words_swap_case)

static template_error_t *strip_sides(call_t *call, value_t *values, value_t *result, bool left,
                                     bool right)
{
    TRY(take_optional_string(call, &values[0]));
    *result = words_strip(call->object, values[0], left, right);
    return NULL;
}

static template_error_t *strip(call_t *call, value_t *values, value_t *result)
{
    return strip_sides(call, values, result, true, true);
}

static template_error_t *lstrip(call_t *call, value_t *values, value_t *result)
{
    return strip_sides(call, values, result, true, false);
}

static template_error_t *rstrip(call_t *call, value_t *values, value_t *result)
{
    return strip_sides(call, values, result, false, true);
}

static template_error_t *replace(call_t *call, value_t *values, value_t *result)
{
    int64_t count;

    TRY(take_string(call, &values[0]));
    TRY(take_string(call, &values[1]));
    TRY(take_integer(call, values[2], -1, &count));
    *result = words_replace(&call->render->heap, call->object, values[0], values[1], count);
    return NULL;
}

static template_error_t *justify(call_t *call, value_t *values, value_t *result, char align)
{
    int64_t width;
    value_t fill = values[1].kind == VALUE_MISSING ? value_string(" ") : values[1];

    TRY(take_integer(call, values[0], 0, &width));
    TRY(take_string(call, &fill));
    if (text_count(fill.as.text, fill.length) != 1) {
        return wants(call, "one character to fill with");
    }
    *result = words_justify(&call->render->heap, call->object, width, fill, align);
    return NULL;
}

static template_error_t *ljust(call_t *call, value_t *values, value_t *result)
{
    return justify(call, values, result, '<');
}

static template_error_t *rjust(call_t *call, value_t *values, value_t *result)
{
    return justify(call, values, result, '>');
}

static template_error_t *center(call_t *call, value_t *values, value_t *result)
{
    return justify(call, values, result, '^');
}

static template_error_t *zfill(call_t *call, value_t *values, value_t *result)
{
    value_t text = call->object;
    bool sign = text.length > 0 && (text.as.text[0] == '-' || text.as.text[0] == '+');
    int64_t width;
    value_t rest;
    builder_t out;

    TRY(take_integer(call, values[0], 0, &width));
    rest = words_justify(&call->render->heap, words_part(text, sign, text.length - sign),
                         width > INT64_MIN + 1 ? width - sign : width, value_string("0"), '>');
    builder_init(&out, &call->render->heap);
    builder_add(&out, text.as.text, sign);
    builder_add(&out, rest.as.text, rest.length);
    *result = value_built(&out, text.safe);
    return NULL;
}

static template_error_t *join(call_t *call, value_t *values, value_t *result)
{
    render_t *render = call->render;
    iterator_t *iterator;
    builder_t out;
    value_t item;

    builder_init(&out, &render->heap);
    TRY(iterate(render, values[0], &iterator));
    for (bool first = true;; first = false) {
        TRY(iterate_next(render, iterator, &item));
        if (item.kind == VALUE_MISSING) {
            break;
        }
        if (!call->object.safe && item.kind != VALUE_STRING) {
            return wants(call, "strings");
        }
        if (call->object.safe) {
            TRY(render_escape(render, item, &item));
        }
        if (!first) {
            builder_add(&out, call->object.as.text, call->object.length);
        }
        builder_add(&out, item.as.text, item.length);
    }
    *result = value_built(&out, call->object.safe);
    return NULL;
}

static template_error_t *take_separator(call_t *call, value_t *separator)
{
    if (separator->kind == VALUE_NONE) {
        *separator = value_missing();
    }
    if (separator->kind != VALUE_MISSING && separator->kind != VALUE_STRING) {
        return wants(call, "a string");
    }
    if (separator->kind == VALUE_STRING && separator->length == 0) {
        return wants(call, "a separator that is not empty");
    }
    return NULL;
}

static template_error_t *split(call_t *call, value_t *values, value_t *result)
{
    int64_t most;

    TRY(take_separator(call, &values[0]));
    TRY(take_integer(call, values[1], -1, &most));
    *result = words_split(&call->render->heap, call->object, values[0], most);
    return NULL;
}

static template_error_t *rsplit(call_t *call, value_t *values, value_t *result)
{
    int64_t most;

    TRY(take_separator(call, &values[0]));
    TRY(take_integer(call, values[1], -1, &most));
    *result = words_split_right(&call->render->heap, call->object, values[0], most);
    return NULL;
}

static template_error_t *splitlines(call_t *call, value_t *values, value_t *result)
{
    int64_t keep;

    TRY(take_integer(call, values[0], 0, &keep));
    *result = words_lines(&call->render->heap, call->object, keep != 0);
    return NULL;
}

static template_error_t *cut_in_three(call_t *call, value_t separator, bool last, value_t *result)
{
    value_t text = call->object;
    const char *found;
    apr_size_t at;

    TRY(take_separator(call, &separator));
    if (separator.kind == VALUE_MISSING) {
        return wants(call, "a string");
    }
    TRY(take_string(call, &separator));
    found = (last ? text_find_last : text_find)(text.as.text, text.length, separator.as.text,
                                                separator.length);
    at = found ? (apr_size_t)(found - text.as.text) : last ? 0 : text.length;
    *result = value_tuple(&call->render->heap, 3);
    value_append(&call->render->heap, *result, words_part(text, 0, at));
    value_append(&call->render->heap, *result, words_part(text, at, found ? separator.length : 0));
    at += found ? separator.length : 0;
    value_append(&call->render->heap, *result, words_part(text, at, text.length - at));
    return NULL;
}

static template_error_t *partition(call_t *call, value_t *values, value_t *result)
{
    return cut_in_three(call, values[0], false, result);
}

static template_error_t *rpartition(call_t *call, value_t *values, value_t *result)
{
    return cut_in_three(call, values[0], true, result);
}

/* These two are not markupsafe's: they give plain strings. */
static template_error_t *removeprefix(call_t *call, value_t *values, value_t *result)
{
    value_t text = call->object;
    bool there;

    if (values[0].kind != VALUE_STRING) {
        return wants(call, "a string");
    }
    there = values[0].length <= text.length &&
            memcmp(text.as.text, values[0].as.text, values[0].length) == 0;
    *result = value_text(text.as.text + (there ? values[0].length : 0),
                         text.length - (there ? values[0].length : 0));
    return NULL;
}

static template_error_t *removesuffix(call_t *call, value_t *values, value_t *result)
{
    value_t text = call->object;
    bool there;

    if (values[0].kind != VALUE_STRING) {
        return wants(call, "a string");
    }
    there = values[0].length <= text.length && memcmp(text.as.text + text.length - values[0].length,
                                                      values[0].as.text, values[0].length) == 0;
    *result = value_text(text.as.text, text.length - (there ? values[0].length : 0));
    return NULL;
}

static template_error_t *format(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    return format_braces(call, call->object, result);
}

const method_entry_t method_texts[] = {
    {"upper", upper, ""},
    {"lower", lower, ""},
    {"title", title, ""},
    {"capitalize", capitalize, ""},
    {"swapcase", swapcase, ""},
    {"strip", strip, "/="},
    {"lstrip", lstrip, "/="},
    {"rstrip", rstrip, "/="},
    {"replace", replace, "/old,/new,/="},
    {"ljust", ljust, "/width,/="},
    {"rjust", rjust, "/width,/="},
    {"center", center, "/width,/="},
    {"zfill", zfill, "/width"},
    {"join", join, "/iterable"},
    {"split", split, "sep=,maxsplit="},
    {"rsplit", rsplit, "sep=,maxsplit="},
    {"splitlines", splitlines, "keepends="},
    {"partition", partition, "/sep"},
    {"rpartition", rpartition, "/sep"},
    {"removeprefix", removeprefix, "/prefix"},
    {"removesuffix", removesuffix, "/suffix"},
    {"format", format, NULL},
    {"casefold", NULL, NULL},
    {"encode", NULL, NULL},
    {"expandtabs", NULL, NULL},
    {"format_map", NULL, NULL},
    {"maketrans", NULL, NULL},
    {"translate", NULL, NULL},
    {NULL, NULL, NULL},
};
