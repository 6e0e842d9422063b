/* SPDX-License-Identifier: Apache-2.0 */
/* Filters of texts. What is safe stays safe, as far as Jinja2 has it so. */
#include "filter.h"

#include "format.h"
#include "text.h"
#include "words.h"

#include <string.h>

#define CASE_FILTER(name, function)                                                                \
    static template_error_t *name(const filter_call_t *call, value_t *result)                      \
    {                                                                                              \
        TRY(filter_soft_string(call, call->operand, result));                                      \
        *result = function(&call->render->heap, *result);                                          \
        return NULL;                                                                               \
    }

CASE_FILTER(upper, words_upper)
CASE_FILTER(lower, words_lower)
CASE_FILTER(capitalize, words_capitalize)

/* Where the filter sees words begin, other than str.title() does. */
static bool begins_word(uint32_t before)
{
    return text_is_space(before) || (before < 0x80 && before && strchr("-({[<", (int)before));
}

static template_error_t *title(const filter_call_t *call, value_t *result)
{
    builder_t out;
    size_t size;
    value_t text;
    apr_size_t word = 0;

    TRY(filter_soft_string(call, call->operand, &text));
    builder_init(&out, &call->render->heap);
    for (apr_size_t at = 0; at < text.length; at += size) {
        uint32_t point = text_decode(text.as.text + at, text.length - at, &size);
        bool first = at == word;
        char bytes[12];
        if (begins_word(point)) {
            builder_add(&out, text.as.text + at, size);
            word = at + size;
        }
        else if (first) {
            builder_add(&out, bytes, text_convert(point, TEXT_UPPER, bytes));
        }
        else {
            words_add_lower(&out, text, at, at + size);
        }
    }
    *result = value_built(&out, false);
    return NULL;
}

static template_error_t *trim(const filter_call_t *call, value_t *result)
{
    value_t characters = call->arguments[0];

    TRY(filter_soft_string(call, call->operand, result));
    if (!filter_given(call, 0)) {
        characters = value_missing();
    }
    else {
        TRY(filter_string(call, 0, "", &characters));
        characters = result->safe ? render_escape_text(call->render, characters) : characters;
    }
    *result = words_strip(*result, characters, true, true);
    return NULL;
}

static template_error_t *replace(const filter_call_t *call, value_t *result)
{
    value_t text = call->operand;
    value_t old = call->arguments[0];
    value_t new = call->arguments[1];
    bool escaped =
        (old.kind == VALUE_STRING && old.safe) ||
        (new.kind == VALUE_STRING &&new.safe && !(text.kind == VALUE_STRING && text.safe));
    int64_t count = -1;

    if (filter_given(call, 2)) {
        TRY(filter_integer(call, 2, -1, &count));
    }
    if (!call->autoescape) {
        TRY(render_string(call->render, text, &text));
    }
    else if (escaped) {
        TRY(render_escape(call->render, text, &text));
    }
    else {
        TRY(filter_soft_string(call, text, &text));
    }
    TRY(filter_soft_string(call, old, &old));
    TRY(filter_soft_string(call, new, &new));
    if (text.safe) {
        old = render_escape_text(call->render, old);
        new = render_escape_text(call->render, new);
    }
    *result = words_replace(&call->render->heap, text, old, new, count);
    return NULL;
}

static template_error_t *center(const filter_call_t *call, value_t *result)
{
    int64_t width;

    TRY(filter_soft_string(call, call->operand, result));
    TRY(filter_integer(call, 0, 80, &width));
    *result = words_justify(&call->render->heap, *result, width, value_string(" "), '^');
    return NULL;
}

/* How far lines are indented: so many blanks, or a text. */
static template_error_t *take_indention(const filter_call_t *call, bool safe, value_t *indention)
{
    builder_t blanks;
    int64_t width;

    if (call->arguments[0].kind == VALUE_STRING) {
        *indention = call->arguments[0];
    }
    else {
        TRY(filter_integer(call, 0, 4, &width));
        builder_init(&blanks, &call->render->heap);
        builder_fill(&blanks, ' ', width > 0 ? (apr_size_t)width : 0);
        *indention = value_built(&blanks, false);
    }
    indention->safe |= safe; /* Markup() marks, it does not escape */
    return NULL;
}

static template_error_t *indent(const filter_call_t *call, value_t *result)
{
    value_t text = call->operand;
    bool blank = filter_flag(call, 2);
    value_t indention;
    value_t lines;
    builder_t out;

    if (text.kind != VALUE_STRING) {
        return text.kind == VALUE_UNDEFINED ? operate_undefined(call->render, text)
                                            : render_fail(call->render, "indent wants a string");
    }
    TRY(take_indention(call, text.safe, &indention));
    if (indention.safe && !text.safe) {
        return render_fail(call->render, "indent cannot mix safe blanks with other text");
    }
    /* Jinja2 adds a newline, so that a last empty line counts as one. */
    builder_init(&out, &call->render->heap);
    builder_add(&out, text.as.text, text.length);
    builder_char(&out, '\n');
    lines = words_lines(&call->render->heap, value_built(&out, text.safe), false);
    builder_init(&out, &call->render->heap);
    for (apr_size_t i = 0; i < value_count(lines); i++) {
        value_t line = value_at(lines, i);
        if (i > 0) {
            builder_char(&out, '\n');
        }
        if (i == 0 ? filter_flag(call, 1) : blank || line.length > 0) {
            builder_add(&out, indention.as.text, indention.length);
        }
        builder_add(&out, line.as.text, line.length);
    }
    *result = value_built(&out, text.safe);
    return NULL;
}

/* Up to the last blank, if there is one. */
static value_t without_last_word(value_t text)
{
    const char *blank = text_find_last(text.as.text, text.length, " ", 1);

    return blank ? words_part(text, 0, (apr_size_t)(blank - text.as.text)) : text;
}

static template_error_t *shorten(const filter_call_t *call, value_t *result)
{
    value_t text = call->operand;
    int64_t length;
    int64_t leeway = 5;
    int64_t end_length;
    value_t end;

    TRY(filter_integer(call, 0, 255, &length));
    TRY(filter_string(call, 2, "...", &end));
    if (filter_given(call, 3)) {
        TRY(filter_integer(call, 3, 5, &leeway));
    }
    end_length = (int64_t)text_count(end.as.text, end.length);
    if (length < end_length || leeway < 0) {
        return render_fail(call->render, "truncate: the length or the leeway is too small");
    }
    if (text.kind == VALUE_UNDEFINED) {
        *result = text;
        return NULL;
    }
    if (text.kind != VALUE_STRING) {
        return render_fail(call->render, "truncate wants a string");
    }
    if ((int64_t)text_count(text.as.text, text.length) - leeway <= length) {
        *result = text;
        return NULL;
    }
    text = words_part(text, 0, text_skip(text.as.text, text.length, (size_t)(length - end_length)));
    if (!filter_flag(call, 1)) {
        text = without_last_word(text);
    }
    return operate_binary(call->render, OPERATOR_ADD, text, end, result);
}

static template_error_t *wordcount(const filter_call_t *call, value_t *result)
{
    value_t text;
    int64_t count = 0;
    bool within = false;
    size_t size;

    TRY(filter_soft_string(call, call->operand, &text));
    for (apr_size_t at = 0; at < text.length; at += size) {
        uint32_t point = text_decode(text.as.text + at, text.length - at, &size);
        bool word = text_is_alphanumeric(point) || point == '_';
        count += word && !within;
        within = word;
    }
    *result = value_int(count);
    return NULL;
}

static template_error_t *string(const filter_call_t *call, value_t *result)
{
    return filter_soft_string(call, call->operand, result);
}

static template_error_t *format(const filter_call_t *call, value_t *result)
{
    render_t *render = call->render;
    const call_t *given = call->call;
    value_t arguments = value_tuple(&render->heap, given->count);
    value_t text;

    if (given->count > 0 && given->named_count > 0) {
        return render_fail(render, "format takes values with names or without, not both");
    }
    TRY(filter_soft_string(call, call->operand, &text));
    for (unsigned int i = 0; i < given->count; i++) {
        value_append(&render->heap, arguments, given->positional[i]);
    }
    if (given->named_count > 0) {
        dict_t *dict = dict_create(&render->heap);
        for (unsigned int i = 0; i < given->named_count; i++) {
            dict_set(&render->heap, dict, value_string(given->names[i]), given->named[i]);
        }
        arguments = dict_value(dict);
    }
    return format_percent(render, text, arguments, result);
}

const filter_t filter_texts[] = {
    {"upper", upper, "", 0},
    {"lower", lower, "", 0},
    {"capitalize", capitalize, "", 0},
    {"title", title, "", 0},
    {"trim", trim, "chars=", 0},
    {"replace", replace, "old,new,count=", 0},
    {"center", center, "width=", 0},
    {"indent", indent, "width=,first=,blank=", 0},
    {"truncate", shorten, "length=,killwords=,end=,leeway=", 0},
    {"wordwrap", filter_wordwrap, "width=,break_long_words=,wrapstring=,break_on_hyphens=", 0},
    {"wordcount", wordcount, "", 0},
    {"string", string, "", 0},
    {"format", format, NULL, 0},
    {"pprint", filter_pprint, "", 0},
    {NULL, NULL, NULL, 0},
};
