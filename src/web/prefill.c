/* SPDX-License-Identifier: Apache-2.0 */
#include "web/prefill.h"

#include <apr_strings.h>

#include "linode/answer.h"
#include "support/excerpt.h"
#include "support/form.h"
#include "support/http.h"

/* A longer link would not pass everywhere. */
#define LONGEST_LINK 4000

/* Of what a link says, in a note. */
#define LONGEST_SHOWN 60

#define FLOW_FIELD "flow"

/* ---------------------------------------------------------------- reading */

const flow_t *prefill_flow(const flow_book_t *book, const apr_table_t *query)
{
    const char *id = form_get(query, FLOW_FIELD);
    if (id) {
        return flow_book_find(book, id);
    }
    return apr_is_empty_table(query) ? flow_book_newest_pending(book) : NULL;
}

static void add_note(apr_array_header_t *notes, const char *note)
{
    APR_ARRAY_PUSH(notes, const char *) = note;
}

/* Why the link's answer to that field cannot be filled in, or NULL. */
static const char *refuse_answer(const char *field, const apr_table_t *query,
                                 const stackscript_t *script, apr_pool_t *pool)
{
    const question_t *question = stackscript_question(script, field);
    if (!question) {
        const char *name = field + strlen(STACKSCRIPT_FIELD);
        return apr_psprintf(pool, "The script does not ask for \"%s\".",
                            excerpt_of(name, LONGEST_SHOWN, pool));
    }
    if (question->secret) {
        return apr_psprintf(pool, "\"%s\" is secret: a link cannot fill it in.", question->label);
    }
    const char *wrong = answer_check(question, query, pool);
    return wrong ? apr_psprintf(pool, "The answer to \"%s\": %s", question->label, wrong) : NULL;
}

/* Puts the link's answers over those of before; an empty one says nothing. */
static void take_answers(apr_table_t *answers, apr_array_header_t *notes, const apr_table_t *query,
                         const stackscript_t *script, apr_pool_t *pool)
{
    const apr_array_header_t *fields = apr_table_elts(query);
    apr_table_t *seen = apr_table_make(pool, 8);
    for (int i = 0; i < fields->nelts; i++) {
        const char *name = APR_ARRAY_IDX(fields, i, apr_table_entry_t).key;
        if (strncmp(name, STACKSCRIPT_FIELD, strlen(STACKSCRIPT_FIELD)) != 0 ||
            apr_table_get(seen, name)) {
            continue;
        }
        apr_table_setn(seen, name, "");
        const char *value = apr_array_pstrcat(pool, form_values(query, name, pool), ',');
        if (!*value) {
            continue;
        }
        const char *wrong = refuse_answer(name, query, script, pool);
        if (wrong) {
            add_note(notes, wrong);
        }
        else {
            apr_table_setn(answers, name, value);
        }
    }
}

/* What the link says goes over what was chosen before; it cannot bring SSH keys. */
static choices_t lay_over(choices_t before, const choices_t *link)
{
    before.type = link->type ? link->type : before.type;
    before.region = link->region ? link->region : before.region;
    before.image = link->image ? link->image : before.image;
    before.label = link->label ? link->label : before.label;
    before.backups |= link->backups;
    return before;
}

static void sift(choices_t *choices, apr_array_header_t *notes, const catalog_t *catalog,
                 const visit_t *visit)
{
    offer_choice_t offer = choices_offer(choices, visit->config);
    const char *wrong = choices_label_wrong(choices, visit->pool);
    offer_sift(&offer, notes, catalog, visit->pool);
    choices->type = offer.type;
    choices->region = offer.region;
    choices->image = offer.image;
    choices->backups &= offer.backups;
    if (wrong) {
        add_note(notes, wrong);
        choices->label = NULL;
    }
}

choices_t prefill_choices(apr_array_header_t *notes, const apr_table_t *query, const flow_t *flow,
                          const catalog_t *catalog, const visit_t *visit)
{
    choices_t link = choices_read(query, visit->pool);
    choices_t choices = {.type = NULL};
    apr_table_t *answers = apr_table_make(visit->pool, 8);
    if (flow) {
        choices = choices_of_flow(flow, visit->pool);
        answers = apr_table_copy(visit->pool, choices.answers);
    }
    choices = lay_over(choices, &link);
    choices.answers = answers;
    sift(&choices, notes, catalog, visit);
    take_answers(answers, notes, query, catalog->script, visit->pool);
    return choices;
}

/* ---------------------------------------------------------------- writing */

static const char *append(const char *query, const char *name, const char *value, apr_pool_t *pool)
{
    return value && *value ? http_form_append(query, name, value, pool) : query;
}

static const char *append_choices(const choices_t *choices, apr_pool_t *pool)
{
    const char *query = append(NULL, "region", choices->region, pool);
    query = append(query, "type", choices->type, pool);
    query = append(query, "image", choices->image, pool);
    return append(query, "label", choices->label, pool);
}

const char *prefill_url(const flow_t *flow, const visit_t *visit)
{
    const char *base = visit->config->base;
    if (!flow) {
        return apr_pstrcat(visit->pool, base, "/", NULL);
    }
    choices_t choices = choices_of_flow(flow, visit->pool);
    const char *query =
        append(append_choices(&choices, visit->pool), FLOW_FIELD, flow->id, visit->pool);
    return apr_pstrcat(visit->pool, base, "/?", query, NULL);
}

static const char *append_answers(const char *query, const choices_t *choices,
                                  const stackscript_t *script, apr_pool_t *pool)
{
    for (int i = 0; i < script->questions->nelts; i++) {
        const question_t *question = &APR_ARRAY_IDX(script->questions, i, question_t);
        const char *answer =
            apr_array_pstrcat(pool, form_values(choices->answers, question->field, pool), ',');
        answer += strspn(answer, ","); /* the empty field before checkboxes */
        if (!question->secret && strcmp(answer, question->initial) != 0) {
            query = append(query, question->field, answer, pool);
        }
    }
    return query;
}

const char *prefill_link(apr_array_header_t *notes, const choices_t *choices,
                         const catalog_t *catalog, const visit_t *visit)
{
    const char *origin = "";
    const char *query = append_choices(choices, visit->pool);
    query = append(query, "backups", choices->backups ? "on" : NULL, visit->pool);
    query = append_answers(query, choices, catalog->script, visit->pool);
    http_url_check(visit->config->oauth.redirect_uri, &origin, visit->pool);
    const char *link =
        apr_pstrcat(visit->pool, origin, visit->config->base, query ? "/?" : "/", query, NULL);
    if (strlen(link) > LONGEST_LINK) {
        add_note(notes, "Your answers are too long for a link.");
        return NULL;
    }
    return link;
}
