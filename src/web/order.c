/* SPDX-License-Identifier: Apache-2.0 */
#include "web/order.h"

#include "linode/instance_label.h"
#include "linode/offer.h"
#include "linode/price.h"
#include "linode/ssh_key.h"
#include "support/json.h"

static problem_t *check_label(const visit_t *visit, const choices_t *choices)
{
    const char *wrong = choices_label_wrong(choices, visit->pool);
    if (!wrong) {
        return NULL;
    }
    problem_t *problem = problem_make(visit->pool, PROBLEM_CHOICE_INVALID, "label");
    problem->field = "label";
    problem->message = wrong;
    problem->remedy = "Choose another label, or leave it empty.";
    return problem;
}

static void add_problem(apr_array_header_t *problems, problem_t *problem)
{
    if (problem) {
        APR_ARRAY_PUSH(problems, problem_t *) = problem;
    }
}

/* Answers to questions that are not asked any more are no answers. A simple client sends no
 * signature, and is judged by its answers alone. */
static problem_t *check_questions(const visit_t *visit, const stackscript_t *script,
                                  const choices_t *choices)
{
    if (!choices->signature || strcmp(choices->signature, script->signature) == 0) {
        return NULL;
    }
    return problem_make(visit->pool, PROBLEM_QUESTIONS_CHANGED,
                        "the script's fields are not those that the form was made for");
}

/* Told before anything else. */
apr_array_header_t *order_check_look(const choices_t *choices, const visit_t *visit)
{
    apr_array_header_t *problems = apr_array_make(visit->pool, 2, sizeof(problem_t *));
    if (choices->has_private_key) {
        add_problem(problems, ssh_key_refuse_private(visit->pool));
    }
    return problems;
}

static problem_t *read_keys(order_t *order, const choices_t *choices, apr_pool_t *pool)
{
    order->keys = NULL;
    return choices->keys ? ssh_key_read(&order->keys, choices->keys, pool) : NULL;
}

/* What the form calls a field, or NULL. */
static const char *name_of_field(const char *field, const stackscript_t *script)
{
    const question_t *question = stackscript_question(script, field);
    if (question) {
        return question->label;
    }
    return field && strcmp(field, SSH_KEY_FIELD) == 0 ? "Your public SSH key" : NULL;
}

apr_array_header_t *order_blame(problem_t *problem, const catalog_t *catalog, const visit_t *visit)
{
    const char *name = name_of_field(problem->field, catalog->script);
    if (!name) {
        return NULL;
    }
    apr_array_header_t *problems = apr_array_make(visit->pool, 1, sizeof(problem_t *));
    flow_book_tell_longest(problem, name, visit);
    add_problem(problems, problem);
    return problems;
}

apr_array_header_t *order_check(order_t *order, const choices_t *choices, const catalog_t *catalog,
                                const visit_t *visit)
{
    apr_array_header_t *problems = order_check_look(choices, visit);
    problem_t *changed = check_questions(visit, catalog->script, choices);
    const offer_choice_t choice = choices_offer(choices, visit->config);
    order->choices = choices;
    add_problem(problems, changed);
    offer_check(problems, catalog, &choice, visit->pool);
    price_check(problems, catalog, &choice, choices->prices, visit->pool);
    add_problem(problems, check_label(visit, choices));
    add_problem(problems, read_keys(order, choices, visit->pool));
    if (!changed) {
        answers_read(&order->answers, problems, catalog->script, choices->answers, visit->pool);
    }
    return problems;
}

/* The secrets that are made for the script's fields once the account is known. */
static const json_t *secrets_to_make(const stackscript_t *script, apr_pool_t *pool)
{
    json_t *all = json_in_pool(json_array(), pool);
    for (int i = 0; i < script->generated->nelts; i++) {
        const stackscript_generated_t *one =
            &APR_ARRAY_IDX(script->generated, i, stackscript_generated_t);
        json_array_append_new(all, json_pack("{s:s, s:s, s:i}", "name", one->name, "label",
                                             one->label, "length", one->length));
    }
    return all;
}

problem_t *order_begin(flow_t **begun, flow_book_t *book, const order_t *order,
                       const stackscript_t *script, const visit_t *visit)
{
    const choices_t *choices = order->choices;
    flow_t *flow;
    problem_t *problem = flow_book_add(&flow, book, visit);
    if (problem) {
        return problem;
    }
    flow->type = choices->type;
    flow->region = choices->region;
    flow->image = choices->image;
    flow->script = visit->config->choice.stackscript_id;
    flow->own_label = choices->label;
    flow->backups = choices->backups;
    flow->keys = order->keys;
    flow->answers = order->answers.open;
    flow->secrets = order->answers.secret;
    flow->made = secrets_to_make(script, visit->pool);
    /* The suffix in any case: it is how this flow's Linode is told from any other. */
    flow->label =
        instance_label_make(choices->label ? choices->label : visit->config->application_name,
                            flow->label_suffix, visit->pool);
    *begun = flow;
    return NULL;
}
