/* SPDX-License-Identifier: Apache-2.0 */
#include "web/form_page.h"

#include <apr_strings.h>

#include "linode/image.h"
#include "linode/ssh_key.h"
#include "support/duration.h"
#include "support/json.h"
#include "web/page.h"
#include "web/questions.h"
#include "web/shared_page.h"

#define FORM_TEMPLATE "configure.html"

/* How old what the form shows is, in whole hours: the page is another one with each. */
static apr_int64_t hours_old(const visit_t *visit, const catalog_t *catalog)
{
    apr_int64_t seconds = apr_time_sec(visit->now - catalog->fetched);
    return seconds > 0 ? seconds / 3600 : 0;
}

static json_t *age_words(const visit_t *visit, const catalog_t *catalog)
{
    apr_int64_t hours = hours_old(visit, catalog);
    return hours ? json_string(duration_words(apr_time_from_sec(hours * 3600), visit->pool))
                 : json_null();
}

static json_t *problems_context(const visit_t *visit, const apr_array_header_t *problems)
{
    json_t *all = json_array();
    for (int i = 0; problems && i < problems->nelts; i++) {
        json_array_append_new(
            all, page_problem_context(visit, APR_ARRAY_IDX(problems, i, const problem_t *)));
    }
    return all;
}

/* What may be a private key in a format that nobody has told us is not sent back. */
static json_t *chosen_context(const visit_t *visit, const choices_t *choices)
{
    int shows_keys = choices->keys && ssh_key_may_be_shown(choices->keys, visit->pool);
    return json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:b}", "type", choices->type, "region",
                     choices->region, "image", choices->image, "label", choices->label, "ssh_keys",
                     shows_keys ? choices->keys : NULL, "backups", choices->backups);
}

static json_t *asks_context(const config_t *config)
{
    return json_pack("{s:b, s:b, s:b}", "label", config->asks & CONFIG_ASKS_LABEL, "ssh_key",
                     config->asks & CONFIG_ASKS_SSH_KEY, "backups",
                     config->asks & CONFIG_ASKS_BACKUPS);
}

/* What the operator adds and the visitor should know: it costs, or lets others in. */
static json_t *preset_context(const config_t *config)
{
    int lets_in = json_object_get(config->extra, "authorized_keys") ||
                  json_object_get(config->extra, "authorized_users");
    return json_pack("{s:b, s:b}", "backups", json_member_is_true(config->extra, "backups_enabled"),
                     "ssh_keys", lets_in);
}

static json_t *notes_context(const apr_array_header_t *notes)
{
    json_t *all = json_array();
    for (int i = 0; notes && i < notes->nelts; i++) {
        json_array_append_new(all, json_string(APR_ARRAY_IDX(notes, i, const char *)));
    }
    return all;
}

static json_t *form_context(const visit_t *visit, const form_page_t *page)
{
    const catalog_t *catalog = page->catalog;
    const choices_t *choices = page->choices;
    json_t *context = page_context(visit);
    json_t *wrong = problems_context(visit, page->problems);
    json_object_set(context, "types", (json_t *)catalog->types);
    json_object_set(context, "regions", (json_t *)catalog->regions);
    json_object_set(context, "stackscript", (json_t *)catalog->stackscript);
    json_object_set_new(context, "catalog_age", age_words(visit, catalog));
    json_object_set_new(context, "chosen", chosen_context(visit, choices));
    json_object_set_new(context, "asks", asks_context(visit->config));
    json_object_set_new(context, "preset", preset_context(visit->config));
    json_object_set_new(context, "image_groups",
                        image_groups(catalog->images, visit->now, visit->pool));
    json_object_set(context, "gaps", (json_t *)catalog->gaps);
    json_object_set(context, "tight", (json_t *)catalog->tight);
    json_object_set_new(context, "prices", json_string(catalog->prices));
    json_object_set_new(
        context, "questions",
        questions_context(catalog->script, choices->answers, page->problems, visit->pool));
    json_object_set_new(context, "questions_signature", json_string(catalog->script->signature));
    json_object_set_new(context, "problems", wrong);
    json_object_set_new(context, "problem",
                        json_array_size(wrong) ? json_incref(json_array_get(wrong, 0))
                                               : json_null());
    json_object_set_new(context, "notes", notes_context(page->notes));
    json_object_set_new(context, "link", json_pack("s?", page->link));
    return context;
}

/* The first problem in words that do not need the form around them. */
static int send_alone(visit_t *visit, const catalog_t *catalog, const problem_t *problem)
{
    problem_t *alone = problem_copy(problem, visit->pool);
    const question_t *question = stackscript_question(catalog->script, problem->field);
    if (question) {
        alone->message = apr_psprintf(visit->pool, "The script asks for \"%s\". %s",
                                      question->label, problem->message);
        alone->remedy = "If the form does not ask it, the operator of this site has to add it.";
    }
    return page_problem(visit, alone);
}

int form_page_send(visit_t *visit, const form_page_t *page)
{
    const apr_array_header_t *problems = page->problems;
    int status = HTTP_OK;
    if (problems && problems->nelts && !visit->pages->form_tells && !page_wants_json(visit)) {
        return send_alone(visit, page->catalog, APR_ARRAY_IDX(problems, 0, const problem_t *));
    }
    for (int i = problems ? problems->nelts - 1 : -1; i >= 0; i--) {
        const problem_t *problem = APR_ARRAY_IDX(problems, i, const problem_t *);
        page_log_problem(visit, problem);
        status = problem->status;
    }
    metric_add(visit->child->metrics, METRIC_FORMS_SENT, METRIC_FORM_RENDERED, 1);
    return page_send(visit, status, FORM_TEMPLATE, form_context(visit, page));
}

/* ---------------------------------------------------------------- for everybody */

static const choices_t no_choices = {.type = NULL};

typedef struct rendering_t {
    const visit_t *visit;
    const form_page_t *page;
} rendering_t;

static template_error_t *render(apr_bucket_brigade *out, const void *data, apr_pool_t *pool)
{
    const rendering_t *rendering = data;
    visit_t visit = *rendering->visit;
    visit.pool = pool;
    return template_render(visit.pages->templates, FORM_TEMPLATE,
                           form_context(&visit, rendering->page), out, pool);
}

#define HOUR_BITS 20 /* a hundred years */

static apr_uint64_t page_version(const visit_t *visit, const catalog_t *catalog)
{
    return catalog->version << HOUR_BITS | (apr_uint64_t)hours_old(visit, catalog);
}

/* Programs get JSON, and designers the templates as they are just now. */
static int is_shared(const visit_t *visit)
{
    return !page_wants_json(visit) && visit->pages == visit->config->pages;
}

int form_page_send_shared(visit_t *visit, const catalog_t *catalog)
{
    const form_page_t page = {.catalog = catalog, .choices = &no_choices};
    const rendering_t rendering = {visit, &page};
    if (!is_shared(visit)) {
        return form_page_send(visit, &page);
    }
    return shared_page_send(visit, visit->child->forms[visit->config->index],
                            page_version(visit, catalog), render, &rendering);
}
