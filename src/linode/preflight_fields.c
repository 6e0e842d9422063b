/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>

#include "linode/answer.h"
#include "linode/preflight_fields.h"
#include "support/json.h"

#define TOPIC "questions"

/* One field, as the script has it, and what the operator says of it. */
typedef struct looking_t {
    apr_array_header_t *findings;
    const question_t *question;
    const stackscript_rule_t *rule; /* or NULL */
    const char *initial;            /* the script's default as it stands there, or NULL */
    apr_pool_t *pool;
} looking_t;

static int is_choice(const question_t *question)
{
    return question->kind != QUESTION_TEXT;
}

/* Whether a text is what Linode takes for that choice. */
static int is_chosen(const question_t *question, const char *text, apr_pool_t *pool)
{
    int others = 0;
    const apr_array_header_t *chosen = stackscript_chosen(question, text, &others, pool);

    return !others && (question->kind == QUESTION_MANY || chosen->nelts == 1);
}

static const char *options_of(const looking_t *looking)
{
    return apr_pstrcat(looking->pool, "Its options are: ",
                       preflight_names(looking->question->options, looking->pool), ".", NULL);
}

/* Whether a text passes what the rule says of answers. */
static int passes(const stackscript_rule_t *rule, const char *text, apr_pool_t *pool)
{
    return !answer_type_check(rule->type, text, pool) &&
           (!rule->matches || rule->matches(rule->pattern, text));
}

static int has_check(const stackscript_rule_t *rule)
{
    return rule->type != ANSWER_TEXT || rule->matches;
}

/* ---------------------------------------------------------------- defaults */

/* A secret's default is not in the form, and what is not in the form is not checked. */
static int shows_default(const looking_t *looking)
{
    const stackscript_rule_t *rule = looking->rule;

    return !looking->question->secret &&
           !(rule && (rule->secret || rule->hidden || rule->generate));
}

static void check_default(const looking_t *looking)
{
    const question_t *question = looking->question;

    if (!looking->initial || !*looking->initial) {
        return;
    }
    if (is_choice(question) && !is_chosen(question, looking->initial, looking->pool)) {
        preflight_add(looking->findings, PREFLIGHT_WARNING, TOPIC,
                      apr_pstrcat(looking->pool, "Correct the script. ", options_of(looking), NULL),
                      "The default of the script's field %s is none of its options, so that the "
                      "form chooses nothing beforehand.",
                      question->name);
    }
    else if (!is_choice(question) && looking->rule && shows_default(looking) &&
             !passes(looking->rule, looking->initial, looking->pool)) {
        preflight_add(
            looking->findings, PREFLIGHT_WARNING, TOPIC,
            "Correct the script's default, or the line.",
            "The default of the script's field %s is not what LinodeOAuthField asks of an "
            "answer, so that a form left as it is comes back.",
            question->name);
    }
}

/* ---------------------------------------------------------------- the operator's lines */

static void check_hidden(const looking_t *looking)
{
    const question_t *question = looking->question;
    const char *value = looking->rule->hidden;
    const char *name = question->name;

    if (!*value && question->required) {
        preflight_add(
            looking->findings, PREFLIGHT_FAULT, TOPIC, "Write a value that is not empty.",
            "LinodeOAuthField %s hidden is empty, and the script requires a value: Linode "
            "would refuse every Linode.",
            name);
    }
    else if (*value && is_choice(question) && !is_chosen(question, value, looking->pool)) {
        preflight_add(
            looking->findings, PREFLIGHT_FAULT, TOPIC, options_of(looking),
            "LinodeOAuthField %s hidden has a value that is none of the script's options: "
            "Linode would refuse every Linode.",
            name);
    }
    else if (*value && !is_choice(question) && !passes(looking->rule, value, looking->pool)) {
        preflight_add(looking->findings, PREFLIGHT_WARNING, TOPIC, "Correct one of the lines.",
                      "LinodeOAuthField %s hidden has a value that is not what its other lines ask "
                      "of an answer.",
                      name);
    }
}

static void check_rule(const looking_t *looking)
{
    const stackscript_rule_t *rule = looking->rule;
    const char *name = looking->question->name;

    if (rule->hidden) {
        check_hidden(looking);
    }
    else if (rule->generate && is_choice(looking->question)) {
        preflight_add(looking->findings, PREFLIGHT_FAULT, TOPIC,
                      "Take the line out, or hide the field with one of its options.",
                      "LinodeOAuthField %s generate makes a secret for a field that wants one of "
                      "its options: Linode would refuse every Linode.",
                      name);
    }
    else if (has_check(rule) && is_choice(looking->question)) {
        preflight_add(looking->findings, PREFLIGHT_WARNING, TOPIC, "Take the line out.",
                      "LinodeOAuthField %s checks an answer that can only be one of the script's "
                      "options; the line has no effect.",
                      name);
    }
}

/* ---------------------------------------------------------------- all fields */

static apr_array_header_t *names_of(const json_t *fields, apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, 8, sizeof(const char *));
    size_t i;

    for (i = 0; i < json_array_size(fields); i++) {
        const char *name = json_member_string(json_array_get(fields, i), "name");

        if (name) {
            APR_ARRAY_PUSH(names, const char *) = name;
        }
    }
    return names;
}

static int is_among(const apr_array_header_t *names, const char *name)
{
    int i;

    for (i = 0; i < names->nelts; i++) {
        if (!strcmp(APR_ARRAY_IDX(names, i, const char *), name)) {
            return 1;
        }
    }
    return 0;
}

static void check_strangers(apr_array_header_t *findings, const apr_array_header_t *names,
                            const apr_array_header_t *rules, apr_pool_t *pool)
{
    const char *there =
        names->nelts
            ? apr_pstrcat(pool, "Its fields are: ", preflight_names(names, pool), ".", NULL)
            : "It has no fields. Take the line out.";
    int i;

    for (i = 0; rules && i < rules->nelts; i++) {
        const char *name = APR_ARRAY_IDX(rules, i, const stackscript_rule_t *)->name;

        if (!is_among(names, name)) {
            preflight_add(findings, PREFLIGHT_WARNING, TOPIC, there,
                          "LinodeOAuthField %s: the script has no field of that name, so that the "
                          "line has no effect.",
                          name);
        }
    }
}

static void tell_number(apr_array_header_t *findings, const stackscript_t *script,
                        const json_t *fields, const apr_array_header_t *rules, apr_pool_t *pool)
{
    int asked = stackscript_read(fields, rules, pool)->questions->nelts;
    int all = script->questions->nelts;

    if (all == 0) {
        preflight_add(findings, PREFLIGHT_FINE, TOPIC, NULL, "The script asks nothing.");
    }
    else {
        preflight_add(findings, PREFLIGHT_FINE, TOPIC, NULL,
                      "The script has %d question%s; the form asks %d of them.", all,
                      all == 1 ? "" : "s", asked);
    }
}

void preflight_check_fields(apr_array_header_t *findings, const json_t *fields,
                            const apr_array_header_t *rules, apr_pool_t *pool)
{
    const stackscript_t *script = stackscript_read(fields, NULL, pool);
    int before = findings->nelts;
    int i;

    check_strangers(findings, names_of(fields, pool), rules, pool);
    for (i = 0; i < script->questions->nelts; i++) {
        const question_t *question = &APR_ARRAY_IDX(script->questions, i, question_t);
        looking_t looking = {findings, question, stackscript_rule(rules, question->name),
                             stackscript_default(fields, question->name), pool};

        check_default(&looking);
        if (looking.rule) {
            check_rule(&looking);
        }
    }
    if (findings->nelts == before) {
        tell_number(findings, script, fields, rules, pool);
    }
}
