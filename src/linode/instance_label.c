/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/instance_label.h"

#define SHORTEST_LABEL 3
#define LONGEST_LABEL  64
#define LONGEST_SUFFIX 32

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_alphanumeric(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

static int is_mark(char c)
{
    return c == '-' || c == '_' || c == '.';
}

const char *instance_label_check(const char *text, apr_pool_t *pool)
{
    apr_size_t length = strlen(text);
    apr_size_t i;

    if (length < SHORTEST_LABEL || length > LONGEST_LABEL) {
        return apr_psprintf(pool, "must have between %d and %d characters", SHORTEST_LABEL,
                            LONGEST_LABEL);
    }
    for (i = 0; i < length; i++) {
        if (!is_alphanumeric(text[i]) && !is_mark(text[i])) {
            return "may hold only letters, digits and the characters - _ .";
        }
        if (is_mark(text[i]) && text[i] == text[i + 1]) {
            return "may not hold --, __ or ..";
        }
    }
    if (!is_letter(text[0])) {
        return "must begin with a letter";
    }
    return is_alphanumeric(text[length - 1]) ? NULL : "must end with a letter or a digit";
}

/* Appends what a label may hold of text: lower case, each run of other characters as one mark,
 * none at the beginning or after another. */
static char *append_label(char *out, const char *start, const char *text, const char *end)
{
    for (; *text && out < end; text++) {
        if (is_alphanumeric(*text)) {
            *out++ = (char)apr_tolower(*text);
        }
        else if ((is_mark(*text) || *text == ' ') && out > start && !is_mark(out[-1])) {
            *out++ = *text == ' ' ? '-' : *text;
        }
    }
    return out;
}

const char *instance_label_make(const char *name, const char *suffix, apr_pool_t *pool)
{
    char *label = apr_pcalloc(pool, LONGEST_LABEL + 1);
    apr_size_t tail = suffix ? strnlen(suffix, LONGEST_SUFFIX) : 0;
    char *end = label + LONGEST_LABEL - (tail ? tail + 1 : 0);
    char *out;

    while (*name && !is_letter(*name)) {
        name++;
    }
    out = append_label(label, label, name, end);
    while (out > label && is_mark(out[-1])) {
        out--;
    }
    if (out - label < SHORTEST_LABEL && (!tail || out == label)) {
        out = append_label(label, label, "linode", end);
    }
    if (tail) {
        *out++ = '-';
        memcpy(out, suffix, tail);
        out += tail;
    }
    *out = '\0';
    return label;
}
