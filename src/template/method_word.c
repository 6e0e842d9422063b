/* SPDX-License-Identifier: Apache-2.0 */
/* Methods of strings that tell something about them, and those that only safe strings have. */
#include "call.h"

#include "markup.h"
#include "text.h"
#include "words.h"

#include <string.h>

static template_error_t *wants(call_t *call, const char *what)
{
    return render_fail(call->render, "%s wants %s", call->callee, what);
}

/* The part of the object between two optional bounds, in bytes; false if start lies beyond. */
static template_error_t *take_part(call_t *call, const value_t bounds[2], apr_size_t *from,
                                   apr_size_t *to, bool *valid)
{
    value_t text = call->object;
    int64_t count = (int64_t)text_count(text.as.text, text.length);
    int64_t at[2] = {0, count};

    for (int i = 0; i < 2; i++) {
        if (bounds[i].kind == VALUE_MISSING || bounds[i].kind == VALUE_NONE) {
            continue;
        }
        if (!value_is_integer(bounds[i], &at[i])) {
            return wants(call, "integers for the bounds");
        }
        if (at[i] < 0) {
            at[i] = at[i] < -count ? 0 : at[i] + count;
        }
    }
    at[1] = at[1] > count ? count : at[1];
    *valid = at[0] <= at[1];
    *from = text_skip(text.as.text, text.length, (apr_size_t)at[0]);
    *to = text_skip(text.as.text, text.length, (apr_size_t)at[1]);
    return NULL;
}

static template_error_t *has_affix(call_t *call, value_t affix, const value_t bounds[2],
                                   bool suffix, value_t *result)
{
    apr_size_t from;
    apr_size_t to;
    bool valid;

    *result = value_bool(false);
    if (affix.kind == VALUE_TUPLE) {
        for (apr_size_t i = 0; i < value_count(affix) && !result->as.boolean; i++) {
            if (value_at(affix, i).kind != VALUE_STRING) {
                return wants(call, "a string or a tuple of strings");
            }
            TRY(has_affix(call, value_at(affix, i), bounds, suffix, result));
        }
        return NULL;
    }
    if (affix.kind != VALUE_STRING) {
        return wants(call, "a string or a tuple of strings");
    }
    TRY(take_part(call, bounds, &from, &to, &valid));
    *result = value_bool(valid && affix.length <= to - from &&
                         memcmp(call->object.as.text + (suffix ? to - affix.length : from),
                                affix.as.text, affix.length) == 0);
    return NULL;
}

static template_error_t *startswith(call_t *call, value_t *values, value_t *result)
{
    return has_affix(call, values[0], values + 1, false, result);
}

static template_error_t *endswith(call_t *call, value_t *values, value_t *result)
{
    return has_affix(call, values[0], values + 1, true, result);
}

static template_error_t *find_either(call_t *call, const value_t *values, bool last, bool strict,
                                     value_t *result)
{
    value_t text = call->object;
    const char *found = NULL;
    apr_size_t from;
    apr_size_t to;
    bool valid;

    if (values[0].kind != VALUE_STRING) {
        return wants(call, "a string");
    }
    TRY(take_part(call, values + 1, &from, &to, &valid));
    if (valid) {
        found = (last ? text_find_last : text_find)(text.as.text + from, to - from,
                                                    values[0].as.text, values[0].length);
    }
    if (!found && strict) {
        return render_fail(call->render, "%s: the string is not in there", call->callee);
    }
    *result =
        value_int(found ? (int64_t)text_count(text.as.text, (size_t)(found - text.as.text)) : -1);
    return NULL;
}

static template_error_t *find(call_t *call, value_t *values, value_t *result)
{
    return find_either(call, values, false, false, result);
}

static template_error_t *rfind(call_t *call, value_t *values, value_t *result)
{
    return find_either(call, values, true, false, result);
}

static template_error_t *find_index(call_t *call, value_t *values, value_t *result)
{
    return find_either(call, values, false, true, result);
}

static template_error_t *find_rindex(call_t *call, value_t *values, value_t *result)
{
    return find_either(call, values, true, true, result);
}

static template_error_t *count(call_t *call, value_t *values, value_t *result)
{
    const char *text = call->object.as.text;
    apr_size_t from;
    apr_size_t to;
    bool valid;
    int64_t times = 0;

    if (values[0].kind != VALUE_STRING) {
        return wants(call, "a string");
    }
    TRY(take_part(call, values + 1, &from, &to, &valid));
    if (valid && values[0].length == 0) {
        times = (int64_t)text_count(text + from, to - from) + 1;
    }
    while (valid && values[0].length > 0) {
        const char *found = text_find(text + from, to - from, values[0].as.text, values[0].length);
        if (!found) {
            break;
        }
        times++;
        from = (apr_size_t)(found - text) + values[0].length;
    }
    *result = value_int(times);
    return NULL;
}

/* Whether there are characters and all of them are of a class. */
static template_error_t *all_are(call_t *call, bool (*is)(uint32_t), value_t *result)
{
    value_t text = call->object;
    bool all = text.length > 0;
    size_t size;

    for (apr_size_t at = 0; at < text.length && all; at += size) {
        all = is(text_decode(text.as.text + at, text.length - at, &size));
    }
    *result = value_bool(all);
    return NULL;
}

#define CLASS_METHOD(name, is)                                                                     \
    static template_error_t *name(call_t *call, value_t *values, value_t *result)                  \
    {                                                                                              \
        (void)values;                                                                              \
        return all_are(call, is, result);                                                          \
    }

CLASS_METHOD(is_alpha, text_is_alphabetic)
CLASS_METHOD(is_alnum, text_is_alphanumeric)
CLASS_METHOD(is_digit, text_is_digit)
CLASS_METHOD(is_decimal, text_is_decimal)
CLASS_METHOD(is_space, text_is_space)

static template_error_t *is_lower(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    *result = value_bool(words_is_case(call->object, true));
    return NULL;
}

static template_error_t *is_upper(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    *result = value_bool(words_is_case(call->object, false));
    return NULL;
}

static template_error_t *is_title(call_t *call, value_t *values, value_t *result)
{
    value_t text = call->object;
    bool cased = false;
    bool within = false;
    bool title = true;
    size_t size;

    (void)values;
    for (apr_size_t at = 0; at < text.length && title; at += size) {
        uint32_t point = text_decode(text.as.text + at, text.length - at, &size);
        bool starts = text_is_upper(point) || text_is_title(point);
        title = starts ? !within : !text_is_lower(point) || within;
        within = text_is_cased(point);
        cased |= within;
    }
    *result = value_bool(title && cased);
    return NULL;
}

static template_error_t *only_safe(call_t *call)
{
    return call->object.safe ? NULL : wants(call, "a string that is safe");
}

static template_error_t *striptags(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    TRY(only_safe(call));
    *result = markup_strip_tags(&call->render->heap, call->object);
    return NULL;
}

static template_error_t *unescape(call_t *call, value_t *values, value_t *result)
{
    (void)values;
    TRY(only_safe(call));
    *result = markup_unescape(&call->render->heap, call->object);
    return NULL;
}

const method_entry_t method_words[] = {
    {"startswith", startswith, "/prefix,/=,/="},
    {"endswith", endswith, "/suffix,/=,/="},
    {"find", find, "/sub,/=,/="},
    {"rfind", rfind, "/sub,/=,/="},
    {"index", find_index, "/sub,/=,/="},
    {"rindex", find_rindex, "/sub,/=,/="},
    {"count", count, "/sub,/=,/="},
    {"isalpha", is_alpha, ""},
    {"isalnum", is_alnum, ""},
    {"isdigit", is_digit, ""},
    {"isdecimal", is_decimal, ""},
    {"isspace", is_space, ""},
    {"islower", is_lower, ""},
    {"isupper", is_upper, ""},
    {"istitle", is_title, ""},
    {"striptags", striptags, ""},
    {"unescape", unescape, ""},
    {"isascii", NULL, NULL},
    {"isidentifier", NULL, NULL},
    {"isnumeric", NULL, NULL},
    {"isprintable", NULL, NULL},
    {"escape", NULL, NULL},
    {NULL, NULL, NULL},
};
