/* SPDX-License-Identifier: Apache-2.0 */
/* Filters that make markup, and JSON and URLs to be put into it. */
#include "filter.h"

#include "iterate.h"
#include "markup.h"
#include "repr.h"

static template_error_t *safe(const filter_call_t *call, value_t *result)
{
    TRY(render_string(call->render, call->operand, result));
    result->safe = true;
    return NULL;
}

static template_error_t *escape(const filter_call_t *call, value_t *result)
{
    return render_escape(call->render, call->operand, result);
}

static template_error_t *forceescape(const filter_call_t *call, value_t *result)
{
    TRY(render_string(call->render, call->operand, result));
    *result = render_escape_text(call->render, *result);
    return NULL;
}

static template_error_t *striptags(const filter_call_t *call, value_t *result)
{
    TRY(render_string(call->render, call->operand, result));
    *result = markup_strip_tags(&call->render->heap, *result);
    return NULL;
}

static template_error_t *tojson(const filter_call_t *call, value_t *result)
{
    int64_t indent = -1;
    const char *fault;
    builder_t out;

    if (filter_given(call, 0)) {
        TRY(filter_integer(call, 0, -1, &indent));
        indent = indent < 0 ? 0 : indent > 100 ? 100 : indent;
    }
    builder_init(&out, &call->render->heap);
    fault = repr_add_json(&out, call->operand, (int)indent);
    *result = value_built(&out, true);
    return fault ? render_fail(call->render, "cannot write %s", fault) : NULL;
}

/* ---------------------------------------------------------------- xmlattr */

static bool is_attribute_name(value_t name)
{
    for (apr_size_t i = 0; i < name.length; i++) {
        char byte = name.as.text[i];
        if ((byte >= '\t' && byte <= '\r') || byte == ' ' || byte == '/' || byte == '>' ||
            byte == '=') {
            return false;
        }
    }
    return true;
}

static template_error_t *add_attribute(const filter_call_t *call, builder_t *out, value_t name,
                                       value_t value)
{
    render_t *render = call->render;

    if (name.kind != VALUE_STRING || !is_attribute_name(name)) {
        return render_fail(render, "xmlattr: %s cannot be the name of an attribute",
                           repr_text(name, render->pool));
    }
    TRY(render_escape(render, name, &name));
    TRY(render_escape(render, value, &value));
    builder_add(out, name.as.text, name.length);
    builder_string(out, "=\"");
    builder_add(out, value.as.text, value.length);
    builder_char(out, '"');
    return NULL;
}

static template_error_t *xmlattr(const filter_call_t *call, value_t *result)
{
    bool autospace = call->arguments[0].kind == VALUE_MISSING || filter_flag(call, 0);
    value_cursor_t cursor = {0};
    builder_t out;
    value_t name;
    value_t value;

    if (!value_is_mapping(call->operand)) {
        return call->operand.kind == VALUE_UNDEFINED
                   ? operate_undefined(call->render, call->operand)
                   : render_fail(call->render, "xmlattr wants a dict");
    }
    builder_init(&out, &call->render->heap);
    while (value_next(call->operand, &cursor, &name, &value)) {
        if (value.kind == VALUE_NONE || value.kind == VALUE_UNDEFINED) {
            continue;
        }
        if (out.length > 0 || autospace) {
            builder_char(&out, ' ');
        }
        TRY(add_attribute(call, &out, name, value));
    }
    *result = value_built(&out, call->autoescape);
    return NULL;
}

/* ---------------------------------------------------------------- URLs */

static void add_quoted(builder_t *out, value_t text, bool query)
{
    static const char hexadecimal[] = "0123456789ABCDEF";

    for (apr_size_t i = 0; i < text.length; i++) {
        char byte = text.as.text[i];
        bool plain = (byte >= '0' && byte <= '9') ||
                     ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') ||
                     (byte && strchr("_.-~", byte)) || (byte == '/' && !query);
        if (plain) {
            builder_char(out, byte);
        }
        else if (byte == ' ' && query) {
            builder_char(out, '+');
        }
        else {
            builder_char(out, '%');
            builder_char(out, hexadecimal[(unsigned char)byte >> 4]);
            builder_char(out, hexadecimal[byte & 0x0F]);
        }
    }
}

static template_error_t *add_pair(const filter_call_t *call, builder_t *out, value_t key,
                                  value_t value)
{
    TRY(render_string(call->render, key, &key));
    TRY(render_string(call->render, value, &value));
    if (out->length > 0) {
        builder_char(out, '&');
    }
    add_quoted(out, key, true);
    builder_char(out, '=');
    add_quoted(out, value, true);
    return NULL;
}

static template_error_t *add_pairs(const filter_call_t *call, builder_t *out)
{
    render_t *render = call->render;
    iterator_t *iterator;
    value_t pair;
    value_t parts;

    TRY(iterate(render, call->operand, &iterator));
    for (;;) {
        TRY(iterate_next(render, iterator, &pair));
        if (pair.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(iterate_list(render, pair, &parts));
        if (value_count(parts) != 2) {
            return render_fail(render, "urlencode wants pairs of a name and a value");
        }
        TRY(add_pair(call, out, value_at(parts, 0), value_at(parts, 1)));
    }
}

static template_error_t *urlencode(const filter_call_t *call, value_t *result)
{
    value_cursor_t cursor = {0};
    builder_t out;
    value_t key;
    value_t value;

    builder_init(&out, &call->render->heap);
    if (value_is_mapping(call->operand)) {
        while (value_next(call->operand, &cursor, &key, &value)) {
            TRY(add_pair(call, &out, key, value));
        }
    }
    else if (call->operand.kind != VALUE_STRING && iterate_possible(call->operand)) {
        TRY(add_pairs(call, &out));
    }
    else {
        TRY(render_string(call->render, call->operand, &value));
        add_quoted(&out, value, false);
    }
    *result = value_built(&out, false);
    return NULL;
}

const filter_t filter_markups[] = {
    {"safe", safe, "", 0},
    {"escape", escape, "", 0},
    {"e", escape, "", 0},
    {"forceescape", forceescape, "", 0},
    {"striptags", striptags, "", 0},
    {"tojson", tojson, "indent=", 0},
    {"xmlattr", xmlattr, "autospace=", 0},
    {"urlize", filter_urlize, "trim_url_limit=,nofollow=,target=,rel=,extra_schemes=", 0},
    {"urlencode", urlencode, "", 0},
    {NULL, NULL, NULL, 0},
};
