/* SPDX-License-Identifier: Apache-2.0 */
#include "field_rule.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <httpd.h>

#include "support/excerpt.h"
#include "support/secret.h"
#include "written_text.h"

/* ---------------------------------------------------------------- one thing each
 *
 * Each takes what follows the thing's name and answers NULL, or what is wrong with it. */

typedef const char *set_t(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                          apr_pool_t *pool);

/* Of a field, in a message. */
#define LONGEST_NAME 60

#define FIRST_VALUE 2 /* behind the field's name and the thing's */

static const char *text_at(const apr_array_header_t *arguments, int i)
{
    return i < arguments->nelts ? APR_ARRAY_IDX(arguments, i, const char *) : NULL;
}

/* The one behind the thing's name, where it takes one. */
static const char *value_in(const apr_array_header_t *arguments)
{
    return APR_ARRAY_IDX(arguments, FIRST_VALUE, const char *);
}

/* Characters of what a page shows. */
#define LONGEST_LABEL 200
#define LONGEST_HELP  1000

/* What a page shows, and at least so much of it; `what` is its name in a message. */
static const char *check_shown(const char *what, const char *text, int least, int most,
                               apr_pool_t *pool)
{
    const char *wrong = written_text_check(text, least, most, pool);
    return wrong ? apr_pstrcat(pool, what, " ", wrong, NULL) : NULL;
}

static const char *set_label(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                             apr_pool_t *pool)
{
    rule->label = value_in(arguments);
    return check_shown("label", rule->label, 1, LONGEST_LABEL, pool);
}

/* An empty one takes away what the script says. */
static const char *set_help(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                            apr_pool_t *pool)
{
    rule->help = value_in(arguments);
    return check_shown("help", rule->help, 0, LONGEST_HELP, pool);
}

/* May be empty, and may be secret. */
static const char *set_hidden(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                              apr_pool_t *pool)
{
    (void)pool;
    rule->hidden = value_in(arguments);
    for (const char *c = rule->hidden; *c; c++) {
        if (apr_iscntrl(*c) && *c != '\t') {
            return "hidden takes no control characters other than tabs";
        }
    }
    return NULL;
}

static const char *set_secret(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                              apr_pool_t *pool)
{
    (void)arguments;
    (void)pool;
    rule->secret = 1;
    return NULL;
}

static const char *set_generate(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                                apr_pool_t *pool)
{
    char *end;
    const char *text = value_in(arguments);
    apr_int64_t length = apr_strtoi64(text, &end, 10);
    if (*end || end == text || length < SECRET_WORD_SHORTEST || length > SECRET_WORD_LONGEST) {
        return apr_psprintf(pool, "generate takes a number of characters from %d to %d, not %s",
                            SECRET_WORD_SHORTEST, SECRET_WORD_LONGEST, excerpt_quoted(text, pool));
    }
    rule->generate = (int)length;
    return NULL;
}

static const char *set_type(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                            apr_pool_t *pool)
{
    static const struct {
        const char *word;
        answer_type_t type;
    } types[] = {{"email", ANSWER_EMAIL},
                 {"url", ANSWER_URL},
                 {"hostname", ANSWER_HOSTNAME},
                 {"port", ANSWER_PORT}};
    const char *word = value_in(arguments);
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (ap_cstr_casecmp(word, types[i].word) == 0) {
            rule->type = types[i].type;
            return NULL;
        }
    }
    return apr_psprintf(pool, "type takes email, url, hostname or port, not %s",
                        excerpt_quoted(word, pool));
}

static int matches(const void *pattern, const char *answer)
{
    return ap_regexec(pattern, answer, 0, NULL, 0) == 0;
}

/* What a pattern may try on one answer. Whoever asks for a form has answers checked as often as he
 * likes, and a pattern such as (\w+ ?)* tries everything before it gives up. */
#define MOST_STEPS "500000"

/* A pattern is for the whole answer: a $ would let a line end follow. */
static const char *set_pattern(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                               apr_pool_t *pool)
{
    const char *pattern = value_in(arguments);
    const char *whole =
        apr_pstrcat(pool, "(*LIMIT_MATCH=" MOST_STEPS ")\\A(?:", pattern, ")\\z", NULL);
    rule->pattern = *pattern ? ap_pregcomp(pool, whole, AP_REG_EXTENDED) : NULL;
    rule->matches = matches;
    rule->pattern_message = text_at(arguments, FIRST_VALUE + 1);
    if (!rule->pattern) {
        return apr_psprintf(pool, "pattern takes a regular expression, not %s",
                            excerpt_quoted(pattern, pool));
    }
    return rule->pattern_message
               ? check_shown("the pattern's message", rule->pattern_message, 0, LONGEST_LABEL, pool)
               : NULL;
}

static const struct {
    const char *word;
    int least, most; /* arguments */
    set_t *set;
} things[] = {
    {"generate", 1, 1, set_generate}, {"hidden", 1, 1, set_hidden}, {"pattern", 1, 2, set_pattern},
    {"type", 1, 1, set_type},         {"label", 1, 1, set_label},   {"help", 1, 1, set_help},
    {"secret", 0, 0, set_secret},
};

/* ---------------------------------------------------------------- rules */

static const char *set_thing(stackscript_rule_t *rule, const apr_array_header_t *arguments,
                             apr_pool_t *pool)
{
    const char *word = text_at(arguments, 1);
    int count = arguments->nelts - FIRST_VALUE;
    for (unsigned i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
        if (ap_cstr_casecmp(word, things[i].word) == 0) {
            return count < things[i].least || count > things[i].most
                       ? apr_psprintf(pool,
                                      "%s takes another number of values; put quotes around a "
                                      "value with spaces",
                                      things[i].word)
                       : things[i].set(rule, arguments, pool);
        }
    }
    return apr_psprintf(pool, "%s is none of generate, hidden, pattern, type, label, help, secret",
                        excerpt_quoted(word, pool));
}

/* What a wins of b where it says nothing itself. */
static void inherit(stackscript_rule_t *a, const stackscript_rule_t *b)
{
    a->label = a->label ? a->label : b->label;
    a->help = a->help ? a->help : b->help;
    a->secret |= b->secret;
    a->type = a->type ? a->type : b->type;
    if (!a->pattern) {
        a->pattern = b->pattern;
        a->matches = b->matches;
        a->pattern_message = b->pattern_message;
    }
    if (!a->hidden && !a->generate) {
        a->hidden = b->hidden;
        a->generate = b->generate;
    }
}

static void lay_over(apr_array_header_t *rules, const stackscript_rule_t *rule, apr_pool_t *pool)
{
    stackscript_rule_t *whole = apr_pmemdup(pool, rule, sizeof(*rule));
    for (int i = 0; i < rules->nelts; i++) {
        const stackscript_rule_t **known = &APR_ARRAY_IDX(rules, i, const stackscript_rule_t *);
        if (strcmp((*known)->name, rule->name) == 0) {
            inherit(whole, *known);
            *known = whole;
            return;
        }
    }
    APR_ARRAY_PUSH(rules, const stackscript_rule_t *) = whole;
}

const char *field_rule_add(apr_array_header_t **rules, const apr_array_header_t *arguments,
                           apr_pool_t *pool)
{
    stackscript_rule_t rule = {.name = text_at(arguments, 0)};
    if (arguments->nelts < FIRST_VALUE || !rule.name[strspn(rule.name, " ")]) {
        return "takes the name of a field and what to do with it";
    }
    const char *wrong = check_shown("the name", rule.name, 1, LONGEST_HELP, pool);
    if (!wrong) {
        wrong = set_thing(&rule, arguments, pool);
    }
    if (wrong) {
        return apr_psprintf(pool, "%s: %s", excerpt_of(rule.name, LONGEST_NAME, pool), wrong);
    }
    if (!*rules) {
        *rules = apr_array_make(pool, 4, sizeof(const stackscript_rule_t *));
    }
    lay_over(*rules, &rule, pool);
    return NULL;
}

apr_array_header_t *field_rules_merge(const apr_array_header_t *base,
                                      const apr_array_header_t *over, apr_pool_t *pool)
{
    apr_array_header_t *merged = apr_array_copy(pool, base);
    for (int i = 0; i < over->nelts; i++) {
        lay_over(merged, APR_ARRAY_IDX(over, i, const stackscript_rule_t *), pool);
    }
    return merged;
}
