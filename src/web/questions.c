/* SPDX-License-Identifier: Apache-2.0 */
#include "web/questions.h"

#include <apr_strings.h>

#include "support/form.h"
#include "support/problem.h"

static const char *kind_word(question_kind_t kind)
{
    switch (kind) {
    case QUESTION_ONE:
        return "one";
    case QUESTION_MANY:
        return "many";
    default:
        return "text";
    }
}

static const char *type_word(answer_type_t type)
{
    switch (type) {
    case ANSWER_EMAIL:
        return "email";
    case ANSWER_URL:
        return "url";
    case ANSWER_HOSTNAME:
        return "hostname";
    case ANSWER_PORT:
        return "port";
    default:
        return "text";
    }
}

/* What stands in the field: the answer so far, else the script's default. */
static const char *shown_answer(const question_t *question, const apr_table_t *answers,
                                apr_pool_t *pool)
{
    if (question->secret) {
        return "";
    }
    if (!answers || !apr_table_get(answers, question->field)) {
        return question->initial;
    }
    return apr_array_pstrcat(pool, form_values(answers, question->field, pool), ',');
}

static int is_chosen(const apr_array_header_t *chosen, const char *option)
{
    for (int i = 0; i < chosen->nelts; i++) {
        if (APR_ARRAY_IDX(chosen, i, const char *) == option) {
            return 1;
        }
    }
    return 0;
}

static json_t *options_context(const question_t *question, const char *answer, apr_pool_t *pool)
{
    json_t *options = json_array();
    const apr_array_header_t *chosen = stackscript_chosen(question, answer, NULL, pool);
    for (int i = 0; i < question->options->nelts; i++) {
        const char *option = APR_ARRAY_IDX(question->options, i, const char *);
        json_array_append_new(options, json_pack("{s:s, s:s, s:b}", "value", option, "label",
                                                 stackscript_trimmed(option, pool), "chosen",
                                                 is_chosen(chosen, option)));
    }
    return options;
}

static const char *error_at(const question_t *question, const apr_array_header_t *problems)
{
    for (int i = 0; problems && i < problems->nelts; i++) {
        const problem_t *problem = APR_ARRAY_IDX(problems, i, const problem_t *);
        if (problem->field && strcmp(problem->field, question->field) == 0) {
            return problem->message;
        }
    }
    return NULL;
}

/* Whether the answer is another one than what the script takes where nobody says anything. */
static int is_changed(const question_t *question, const char *answer, apr_pool_t *pool)
{
    if (question->secret) {
        return 0;
    }
    if (question->kind != QUESTION_TEXT) {
        answer = apr_array_pstrcat(pool, stackscript_chosen(question, answer, NULL, pool), ',');
    }
    return strcmp(answer, question->initial) != 0;
}

/* Whether to choose nothing is an answer of its own, rather than the script's default. */
static int may_be_blank(const question_t *question)
{
    return question->kind == QUESTION_ONE && !question->required && !*question->initial;
}

static json_t *question_context(const question_t *question, const apr_table_t *answers,
                                const apr_array_header_t *problems, apr_pool_t *pool)
{
    const char *answer = shown_answer(question, answers, pool);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:b, s:b, s:b, s:s, s:s, s:b, s:o, s:s?}", "id",
        question->id, "name", question->name, "field", question->field, "kind",
        kind_word(question->kind), "label", question->label, "help", question->help, "section",
        question->section, "required", question->required, "blank", may_be_blank(question),
        "secret", question->secret, "type", type_word(question->type), "value", answer, "changed",
        is_changed(question, answer, pool), "options", options_context(question, answer, pool),
        "error", error_at(question, problems));
}

json_t *questions_context(const stackscript_t *script, const apr_table_t *answers,
                          const apr_array_header_t *problems, apr_pool_t *pool)
{
    json_t *questions = json_array();
    for (int i = 0; i < script->questions->nelts; i++) {
        json_array_append_new(questions,
                              question_context(&APR_ARRAY_IDX(script->questions, i, question_t),
                                               answers, problems, pool));
    }
    return questions;
}

apr_table_t *questions_form(const json_t *answers, apr_pool_t *pool)
{
    apr_table_t *form = apr_table_make(pool, 8);
    const char *name;
    json_t *answer;
    json_object_foreach ((json_t *)answers, name, answer) {
        apr_table_addn(form, apr_pstrcat(pool, STACKSCRIPT_FIELD, name, NULL),
                       json_string_value(answer));
    }
    return form;
}
