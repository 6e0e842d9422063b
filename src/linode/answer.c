/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_uri.h>

#include "linode/answer.h"
#include "support/form.h"
#include "support/json.h"
#include "support/secret.h"

/* ---------------------------------------------------------------- types */

#define LONGEST_HOSTNAME 253
#define LONGEST_LABEL    63
#define LONGEST_EMAIL    254
#define HIGHEST_PORT     65535

static int is_label_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* RFC 1123, section 2.1. */
static int is_hostname(const char *text)
{
    if (strlen(text) > LONGEST_HOSTNAME) {
        return 0;
    }
    for (;;) {
        apr_size_t length = 0;

        while (is_label_character(text[length])) {
            length++;
        }
        if (!length || length > LONGEST_LABEL || text[0] == '-' || text[length - 1] == '-') {
            return 0;
        }
        if (text[length] != '.') {
            return !text[length];
        }
        text += length + 1;
    }
}

static int is_email(const char *text)
{
    const char *at = strchr(text, '@');
    const char *c;

    if (!at || at == text || strlen(text) > LONGEST_EMAIL) {
        return 0;
    }
    for (c = text; c < at; c++) {
        if (apr_isspace(*c) || apr_iscntrl(*c) || strchr("\"(),:;<>[\\]", *c)) {
            return 0;
        }
    }
    return is_hostname(at + 1);
}

static int is_url(const char *text, apr_pool_t *pool)
{
    apr_uri_t uri;
    const char *c;

    for (c = text; *c; c++) {
        if (apr_isspace(*c) || apr_iscntrl(*c)) {
            return 0;
        }
    }
    return apr_uri_parse(pool, text, &uri) == APR_SUCCESS && uri.scheme && uri.hostname &&
           *uri.hostname && (!strcasecmp(uri.scheme, "https") || !strcasecmp(uri.scheme, "http"));
}

static int is_port(const char *text)
{
    return strspn(text, "0123456789") == strlen(text) && strlen(text) <= 5 && *text != '0' &&
           apr_atoi64(text) >= 1 && apr_atoi64(text) <= HIGHEST_PORT;
}

const char *answer_type_check(answer_type_t type, const char *answer, apr_pool_t *pool)
{
    switch (type) {
    case ANSWER_EMAIL:
        return is_email(answer) ? NULL : "Write an e-mail address, such as name@example.org.";
    case ANSWER_URL:
        return is_url(answer, pool) ? NULL
                                    : "Write a web address that begins with https:// or http://.";
    case ANSWER_HOSTNAME:
        return is_hostname(answer) ? NULL : "Write a host name, such as www.example.org.";
    case ANSWER_PORT:
        return is_port(answer) ? NULL : "Write a port number from 1 to 65535.";
    case ANSWER_TEXT:
        break;
    }
    return NULL;
}

/* ---------------------------------------------------------------- one answer */

static problem_t *refuse(const question_t *question, const char *message, apr_pool_t *pool)
{
    problem_t *problem =
        problem_make(pool, PROBLEM_ANSWER_INVALID, "the answer to %s", question->name);

    problem->field = question->field;
    problem->message = message;
    problem->remedy = "";
    return problem;
}

static problem_t *missing(const question_t *question, apr_pool_t *pool)
{
    return refuse(question,
                  question->kind == QUESTION_TEXT ? "Please fill this in." : "Please choose.",
                  pool);
}

/* The options chosen, in the script's order, joined as Linode wants them. */
static problem_t *read_choices(const char **answer, const question_t *question,
                               const apr_array_header_t *values, apr_pool_t *pool)
{
    const char *all = apr_array_pstrcat(pool, values, ',');
    apr_array_header_t *sorted = apr_array_make(pool, 4, sizeof(const char *));
    int others;
    apr_array_header_t *chosen = stackscript_chosen(question, all, &others, pool);
    int i, j;

    for (i = 0; i < question->options->nelts; i++) {
        for (j = 0; j < chosen->nelts; j++) {
            if (APR_ARRAY_IDX(chosen, j, const char *) ==
                APR_ARRAY_IDX(question->options, i, const char *)) {
                APR_ARRAY_PUSH(sorted, const char *) = APR_ARRAY_IDX(chosen, j, const char *);
            }
        }
    }
    *answer = apr_array_pstrcat(pool, sorted, ',');
    if (others || (question->kind == QUESTION_ONE && chosen->nelts > 1)) {
        return refuse(question, "Choose from what is on offer.", pool);
    }
    return NULL;
}

static problem_t *check_text(const question_t *question, const char *answer, apr_pool_t *pool)
{
    const stackscript_rule_t *rule = question->rule;
    const char *wrong = answer_type_check(question->type, answer, pool);

    if (!wrong && rule && rule->matches && !rule->matches(rule->pattern, answer)) {
        wrong = rule->pattern_message ? rule->pattern_message
                                      : "This is not in the form that the script needs.";
    }
    return wrong ? refuse(question, wrong, pool) : NULL;
}

/* *answer stays NULL when there is nothing to be sent. */
static problem_t *read_answer(const char **answer, const question_t *question,
                              const apr_table_t *form, apr_pool_t *pool)
{
    apr_array_header_t *values = form_values(form, question->field, pool);
    const char *text = NULL;
    problem_t *problem = NULL;
    int i;

    for (i = 0; question->secret && i < values->nelts; i++) {
        secret_wipe_with_pool(APR_ARRAY_IDX(values, i, const char *), pool);
    }
    if (values->nelts && question->kind != QUESTION_TEXT) {
        problem = read_choices(&text, question, values, pool);
    }
    else if (values->nelts > 1) {
        problem = refuse(question, "This was answered more than once.", pool);
    }
    else if (values->nelts) {
        text = APR_ARRAY_IDX(values, 0, const char *);
    }
    if (!problem && (!text || !*text)) {
        int keeps_default =
            !text || question->secret || question->kind == QUESTION_ONE || !*question->initial;

        *answer = keeps_default ? NULL : "";
        return question->required && (text || !*question->initial) ? missing(question, pool) : NULL;
    }
    *answer = text;
    return !problem && question->kind == QUESTION_TEXT ? check_text(question, text, pool) : problem;
}

const char *answer_check(const question_t *question, const apr_table_t *form, apr_pool_t *pool)
{
    const char *answer;
    problem_t *problem = read_answer(&answer, question, form, pool);

    return problem ? problem->message : NULL;
}

/* ---------------------------------------------------------------- all answers */

/* As JSON. */
static size_t length_of(const json_t *answers)
{
    return json_object_size(answers) ? json_dumpb(answers, NULL, 0, JSON_COMPACT) : strlen("{}");
}

static void check_length(const answers_t *answers, apr_array_header_t *problems,
                         const stackscript_t *script, apr_pool_t *pool)
{
    const question_t *longest = NULL;
    size_t most = 0, all = length_of(answers->open) + length_of(answers->secret);
    int i;

    for (i = 0; all > ANSWERS_LONGEST && i < script->questions->nelts; i++) {
        const question_t *question = &APR_ARRAY_IDX(script->questions, i, question_t);
        const char *answer =
            json_member_string(question->secret ? answers->secret : answers->open, question->name);

        if (answer && strlen(answer) > most) {
            most = strlen(answer);
            longest = question;
        }
    }
    if (longest) {
        APR_ARRAY_PUSH(problems, problem_t *) =
            refuse(longest, "Your answers together are too long, and this is the longest.", pool);
    }
}

/* What is sent without asking; with strings of its own, as those of answers are wiped. */
static json_t *copy_given(const stackscript_t *script)
{
    json_t *copy = json_object();
    const char *name;
    json_t *text;

    json_object_foreach ((json_t *)script->given, name, text) {
        json_object_set_new(copy, name, json_copy(text));
    }
    return copy;
}

void answers_read(answers_t *answers, apr_array_header_t *problems, const stackscript_t *script,
                  const apr_table_t *form, apr_pool_t *pool)
{
    int i;

    answers->open = json_in_pool(json_object(), pool);
    answers->secret = json_in_pool(copy_given(script), pool);
    json_wipe_with_pool(answers->open, pool);
    json_wipe_with_pool(answers->secret, pool);
    for (i = 0; i < script->questions->nelts; i++) {
        const question_t *question = &APR_ARRAY_IDX(script->questions, i, question_t);
        const char *answer = NULL;
        problem_t *problem = read_answer(&answer, question, form, pool);

        if (problem) {
            APR_ARRAY_PUSH(problems, problem_t *) = problem;
        }
        else if (answer) {
            json_object_set_new(question->secret ? answers->secret : answers->open, question->name,
                                json_string(answer));
        }
    }
    check_length(answers, problems, script, pool);
}
