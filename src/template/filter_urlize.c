/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The urlize filter: addresses in a text become links. Jinja2 finds them with regular
 * expressions; what those match is written out here.
 */
#include "filter.h"

#include "iterate.h"
#include "sort.h"
#include "text.h"
#include "words.h"

#include <string.h>
#include <strings.h>

typedef struct part_t {
    const char *text;
    size_t length;
} part_t;

typedef struct urlize_t {
    render_t *render;
    builder_t out;
    value_t rel; /* attributes, with their blank in front */
    value_t target;
    int64_t limit; /* characters of an address that are shown; < 0: all */
    value_t schemes;
} urlize_t;

/* ---------------------------------------------------------------- characters */

static uint32_t decode(part_t *part)
{
    size_t size;
    uint32_t point = text_decode(part->text, part->length, &size);

    part->text += size;
    part->length -= size;
    return point;
}

static bool is_word(uint32_t point)
{
    return point == '_' || text_is_alphanumeric(point);
}

/* \w and some more, in every character of a part. */
static bool consists_of_words(part_t part, const char *more)
{
    while (part.length > 0) {
        uint32_t point = decode(&part);
        if (!is_word(point) && (point == 0 || point >= 0x80 || !strchr(more, (int)point))) {
            return false;
        }
    }
    return true;
}

static bool starts_with(part_t part, const char *word)
{
    size_t length = strlen(word);
    return part.length >= length && strncasecmp(part.text, word, length) == 0;
}

static bool ends_with(part_t part, const char *word)
{
    size_t length = strlen(word);
    return part.length >= length && memcmp(part.text + part.length - length, word, length) == 0;
}

static part_t skip(part_t part, size_t length)
{
    return (part_t){part.text + length, part.length - length};
}

static bool is_letters(part_t part)
{
    for (size_t i = 0; i < part.length; i++) {
        char letter = (char)(part.text[i] | 0x20);
        if (letter < 'a' || letter > 'z') {
            return false;
        }
    }
    return part.length >= 2 && part.length <= 63;
}

/* ---------------------------------------------------------------- addresses */

/* The last label of a name, from behind the last dot; *rest is what is before that dot. */
static part_t last_label(part_t name, part_t *rest)
{
    const char *dot = text_find_last(name.text, name.length, ".", 1);

    *rest = (part_t){name.text, dot ? (size_t)(dot - name.text) : 0};
    return dot ? skip(name, rest->length + 1) : name;
}

/* Labels of word characters with dots between, each so long. */
static bool are_labels(part_t name, size_t least, size_t most)
{
    for (;;) {
        const char *dot = name.length ? memchr(name.text, '.', name.length) : NULL;
        part_t label = {name.text, dot ? (size_t)(dot - name.text) : name.length};
        size_t count = text_count(label.text, label.length);
        if (count < least || count > most || !consists_of_words(label, "%-")) {
            return false;
        }
        if (!dot) {
            return true;
        }
        name = skip(name, label.length + 1);
    }
}

/* A name behind http:// or www. */
static bool is_host(part_t host)
{
    part_t rest;
    part_t last = last_label(host, &rest);
    part_t code = skip(last, starts_with(last, "xn--") ? 4 : 0);
    size_t count = text_count(code.text, code.length);
    bool top = is_letters(last) || (code.length < last.length && count >= 2 && count <= 59 &&
                                    consists_of_words(code, "%"));

    return top && (last.length == host.length || are_labels(rest, 1, SIZE_MAX));
}

/* A name without anything in front, in one of the oldest domains. */
static bool is_known_domain(part_t host)
{
    static const char *const tops[] = {"com", "net", "int", "edu", "gov", "org", "info", "mil"};
    part_t rest;
    part_t last = last_label(host, &rest);

    for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++) {
        if (last.length == strlen(tops[i]) && starts_with(last, tops[i])) {
            return last.length < host.length && are_labels(rest, 2, 63);
        }
    }
    return false;
}

static size_t count_digits(part_t *part, size_t most)
{
    size_t count = 0;

    while (part->length > 0 && count < most) {
        part_t next = *part;
        if (!text_is_decimal(decode(&next))) {
            break;
        }
        *part = next;
        count++;
    }
    return count;
}

static bool is_ipv4(part_t host)
{
    for (int i = 0; i < 4; i++) {
        if (count_digits(&host, 3) == 0) {
            return false;
        }
        if (i < 3) {
            if (host.length == 0 || *host.text != '.') {
                return false;
            }
            host = skip(host, 1);
        }
    }
    return host.length == 0;
}

static part_t skip_hexadecimal(part_t part)
{
    for (int i = 0; i < 4 && part.length > 0; i++) {
        part_t next = part;
        uint32_t point = decode(&next);
        uint32_t letter = point | 0x20;
        if (!text_is_decimal(point) && (point >= 0x80 || letter < 'a' || letter > 'f')) {
            break;
        }
        part = next;
    }
    return part;
}

/* "[...]" with groups of four: two that end in a colon, and one to six more. */
static bool take_ipv6(part_t *part)
{
    part_t at = skip(*part, 1);

    for (int group = 0; group < 8; group++) {
        at = skip_hexadecimal(at);
        if (at.length > 0 && *at.text == ':') {
            at = skip(at, 1);
        }
        else if (group < 2) {
            return false;
        }
        if (group >= 2 && at.length > 0 && *at.text == ']') {
            *part = skip(at, 1);
            return true;
        }
    }
    return false;
}

/* A port and a path, or nothing. */
static bool is_tail(part_t rest)
{
    if (rest.length > 0 && *rest.text == ':') {
        rest = skip(rest, 1);
        if (count_digits(&rest, 5) == 0) {
            return false;
        }
    }
    return rest.length == 0 || (*rest.text && strchr("/?#", *rest.text));
}

static size_t host_length(part_t part)
{
    size_t length = 0;

    while (length < part.length && !(part.text[length] && strchr(":/?#", part.text[length]))) {
        length++;
    }
    return length;
}

static bool is_address(part_t part)
{
    bool scheme = starts_with(part, "http://") || starts_with(part, "https://");
    size_t prefix = starts_with(part, "http://")    ? 7
                    : starts_with(part, "https://") ? 8
                    : starts_with(part, "www.")     ? 4
                                                    : 0;
    part_t behind = skip(part, prefix);
    part_t host = {behind.text, host_length(behind)};
    part_t whole = {part.text, host_length(part)};

    if (prefix && is_host(host) && is_tail(skip(behind, host.length))) {
        return true;
    }
    if (is_known_domain(whole) && is_tail(skip(part, whole.length))) {
        return true;
    }
    if (scheme && is_ipv4(host)) {
        return is_tail(skip(behind, host.length));
    }
    return scheme && behind.length > 0 && *behind.text == '[' && take_ipv6(&behind) &&
           is_tail(behind);
}

static bool is_mail(part_t part)
{
    const char *at = text_find_last(part.text, part.length, "@", 1);
    part_t domain;
    part_t first;
    part_t rest;
    part_t last;

    if (!at || at == part.text || at + 1 == part.text + part.length) {
        return false;
    }
    domain = skip(part, (size_t)(at + 1 - part.text));
    first = domain;
    last = last_label(domain, &rest);
    return is_word(decode(&first)) && rest.length > 0 && last.length > 0 &&
           consists_of_words(rest, ".-") && consists_of_words(last, "");
}

/* ---------------------------------------------------------------- words */

static void add_part(urlize_t *state, part_t part)
{
    builder_add(&state->out, part.text, part.length);
}

static void add_link(urlize_t *state, const char *scheme, part_t address, part_t shown,
                     bool attributes, bool limited)
{
    builder_string(&state->out, "<a href=\"");
    builder_string(&state->out, scheme);
    add_part(state, address);
    builder_char(&state->out, '"');
    if (attributes) {
        builder_add(&state->out, state->rel.as.text, state->rel.length);
        builder_add(&state->out, state->target.as.text, state->target.length);
    }
    builder_char(&state->out, '>');
    if (limited && state->limit >= 0 &&
        text_count(shown.text, shown.length) > (size_t)state->limit) {
        shown.length = text_skip(shown.text, shown.length, (size_t)state->limit);
        add_part(state, shown);
        builder_string(&state->out, "...");
    }
    else {
        add_part(state, shown);
    }
    builder_string(&state->out, "</a>");
}

static bool add_with_scheme(urlize_t *state, part_t middle)
{
    for (apr_size_t i = 0; i < value_count(state->schemes); i++) {
        value_t scheme = value_at(state->schemes, i);
        if (middle.length > scheme.length &&
            memcmp(middle.text, scheme.as.text, scheme.length) == 0) {
            add_link(state, "", middle, middle, true, false);
            return true;
        }
    }
    return false;
}

static void add_middle(urlize_t *state, part_t middle)
{
    bool mailto = middle.length >= 7 && memcmp(middle.text, "mailto:", 7) == 0;
    bool has_scheme =
        middle.length >= 7 && (memcmp(middle.text, "http://", 7) == 0 ||
                               (middle.length >= 8 && memcmp(middle.text, "https://", 8) == 0));

    if (is_address(middle)) {
        add_link(state, has_scheme ? "" : "https://", middle, middle, true, true);
    }
    else if (mailto && is_mail(skip(middle, 7))) {
        add_link(state, "", middle, skip(middle, 7), false, false);
    }
    else if (middle.length > 0 && !memchr(middle.text, ':', middle.length) &&
             !(middle.length >= 4 && memcmp(middle.text, "www.", 4) == 0) && is_mail(middle)) {
        add_link(state, "mailto:", middle, middle, false, false);
    }
    else if (!add_with_scheme(state, middle)) {
        add_part(state, middle);
    }
}

static part_t take_head(part_t word)
{
    part_t rest = word;

    while (rest.length > 0) {
        if (*rest.text == '(' || *rest.text == '<') {
            rest = skip(rest, 1);
        }
        else if (rest.length >= 4 && memcmp(rest.text, "&lt;", 4) == 0) {
            rest = skip(rest, 4);
        }
        else {
            break;
        }
    }
    return rest;
}

static size_t tail_length(part_t middle)
{
    size_t before = middle.length;

    while (middle.length > 0) {
        if (strchr(")>.,", middle.text[middle.length - 1]) && middle.text[middle.length - 1]) {
            middle.length--;
        }
        else if (ends_with(middle, "&gt;")) {
            middle.length -= 4;
        }
        else {
            break;
        }
    }
    return before - middle.length;
}

static size_t count_of(part_t part, const char *word)
{
    size_t count = 0;
    const char *found;

    while ((found = text_find(part.text, part.length, word, strlen(word)))) {
        part = skip(part, (size_t)(found - part.text) + strlen(word));
        count++;
    }
    return count;
}

/* Gives brackets back to the middle that were opened there. */
static void balance(part_t *middle, part_t *tail)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}};

    for (int i = 0; i < 3; i++) {
        size_t opened = count_of(*middle, pairs[i][0]);
        size_t closed = count_of(*tail, pairs[i][1]);
        if (opened <= count_of(*middle, pairs[i][1])) {
            continue;
        }
        for (size_t j = 0; j < opened && j < closed; j++) {
            const char *found =
                text_find(tail->text, tail->length, pairs[i][1], strlen(pairs[i][1]));
            size_t moved = (size_t)(found - tail->text) + strlen(pairs[i][1]);
            middle->length += moved;
            *tail = skip(*tail, moved);
        }
    }
}

static void add_word(urlize_t *state, part_t word)
{
    part_t middle = take_head(word);
    part_t tail;

    add_part(state, (part_t){word.text, word.length - middle.length});
    tail.length = tail_length(middle);
    middle.length -= tail.length;
    tail.text = middle.text + middle.length;
    balance(&middle, &tail);
    add_middle(state, middle);
    add_part(state, tail);
}

static void add_words(urlize_t *state, part_t text)
{
    while (text.length > 0) {
        size_t blank = text_leading_space(text.text, text.length);
        part_t word;
        add_part(state, (part_t){text.text, blank});
        text = word = skip(text, blank);
        while (text.length > 0) {
            part_t next = text;
            if (text_is_space(decode(&next))) {
                break;
            }
            text = next;
        }
        word.length -= text.length;
        add_word(state, word);
    }
}

/* ---------------------------------------------------------------- arguments */

/* ' name="value"' with the value escaped, or nothing. */
static template_error_t *make_attribute(urlize_t *state, const char *name, value_t value,
                                        value_t *attribute)
{
    builder_t out;

    *attribute = value_string("");
    if (!value_truth(value)) {
        return NULL;
    }
    TRY(render_escape(state->render, value, &value));
    builder_init(&out, &state->render->heap);
    builder_char(&out, ' ');
    builder_string(&out, name);
    builder_string(&out, "=\"");
    builder_add(&out, value.as.text, value.length);
    builder_char(&out, '"');
    *attribute = value_built(&out, true);
    return NULL;
}

/* The words of rel, noopener and perhaps nofollow: each once, in order. */
static template_error_t *make_rel(urlize_t *state, const filter_call_t *call)
{
    heap_t *heap = &state->render->heap;
    value_t list;
    value_t rel = value_string("");
    value_t *keys;
    compare_mismatch_t mismatch;
    builder_t out;

    if (filter_given(call, 3)) {
        TRY(filter_string(call, 3, "", &rel));
    }
    list = words_split(heap, rel, value_missing(), -1);
    if (filter_flag(call, 1)) {
        value_append(heap, list, value_string("nofollow"));
    }
    value_append(heap, list, value_string("noopener"));
    keys = heap_alloc(heap, value_count(list) * sizeof(*keys));
    memcpy(keys, list.as.list->items, value_count(list) * sizeof(*keys));
    sort_by_keys(heap, list.as.list->items, keys, value_count(list), false, &mismatch);
    builder_init(&out, heap);
    for (apr_size_t i = 0; i < value_count(list); i++) {
        value_t word = value_at(list, i);
        if (i > 0 && value_same_text(word, value_at(list, i - 1))) {
            continue;
        }
        builder_add(&out, " ", out.length > 0);
        builder_add(&out, word.as.text, word.length);
    }
    return make_attribute(state, "rel", value_built(&out, false), &state->rel);
}

/* At least two word characters (or . + -), a colon, and up to two slashes. */
static bool is_scheme(value_t scheme)
{
    part_t part = {scheme.as.text, scheme.length};

    if (scheme.kind != VALUE_STRING) {
        return false;
    }
    for (int i = 0; i < 2 && part.length > 0 && part.text[part.length - 1] == '/'; i++) {
        part.length--;
    }
    if (part.length == 0 || part.text[part.length - 1] != ':') {
        return false;
    }
    part.length--;
    return text_count(part.text, part.length) >= 2 && consists_of_words(part, ".+-");
}

static template_error_t *take_schemes(urlize_t *state, const filter_call_t *call)
{
    state->schemes = value_list(&state->render->heap, 0);
    if (!filter_given(call, 4)) {
        return NULL;
    }
    TRY(iterate_list(state->render, call->arguments[4], &state->schemes));
    for (apr_size_t i = 0; i < value_count(state->schemes); i++) {
        if (!is_scheme(value_at(state->schemes, i))) {
            return render_fail(state->render, "urlize: this is no scheme of URLs");
        }
    }
    return NULL;
}

template_error_t *filter_urlize(const filter_call_t *call, value_t *result)
{
    urlize_t state = {.render = call->render, .limit = -1};
    value_t text;

    if (filter_given(call, 0)) {
        TRY(filter_integer(call, 0, -1, &state.limit));
        if (state.limit < 0) {
            return render_fail(call->render, "urlize wants a limit that is not below zero");
        }
    }
    TRY(make_rel(&state, call));
    TRY(make_attribute(&state, "target", filter_given(call, 2) ? call->arguments[2] : value_none(),
                       &state.target));
    TRY(take_schemes(&state, call));
    TRY(render_escape(call->render, call->operand, &text));
    builder_init(&state.out, &call->render->heap);
    add_words(&state, (part_t){text.as.text, text.length});
    *result = value_built(&state.out, call->autoescape);
    return NULL;
}
