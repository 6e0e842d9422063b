/* SPDX-License-Identifier: Apache-2.0 */
#include "web/deploy.h"

#include <apr_strings.h>
#include <http_log.h>

#include "linode/instance.h"
#include "linode/oauth.h"
#include "linode/revoker.h"
#include "linode/scope.h"
#include "support/form.h"
#include "support/json.h"
#include "support/workers.h"
#include "web/bulkhead.h"
#include "web/choices.h"
#include "web/encoding.h"
#include "web/flow_book.h"
#include "web/form_page.h"
#include "web/login_answer.h"
#include "web/order.h"
#include "web/page.h"
#include "web/prefill.h"
#include "web/request.h"
#include "web/result.h"
#include "web/visitor_rate.h"
#include "web/wish.h"

APLOG_USE_MODULE(linode_oauth);

/* ---------------------------------------------------------------- ways on from a page */

static problem_t *get_catalog(const catalog_t **catalog, const visit_t *visit)
{
    return catalog_cache_get(catalog, visit->child->catalogs, visit->config->index, visit->pool);
}

/* The question that a problem is about, or NULL. */
static const question_t *question_of(const visit_t *visit, const problem_t *problem)
{
    const catalog_t *catalog;
    if (!problem->field || strncmp(problem->field, STACKSCRIPT_FIELD, strlen(STACKSCRIPT_FIELD)) ||
        get_catalog(&catalog, visit)) {
        return NULL;
    }
    return stackscript_question(catalog->script, problem->field);
}

/* The problem page, with the ways back that the flow offers. */
static int fail(visit_t *visit, problem_t *problem, const flow_t *flow)
{
    page_links_t links = {.form_url = prefill_url(flow, visit)};
    const question_t *question = question_of(visit, problem);
    if (question) {
        links.form_url = apr_pstrcat(visit->pool, links.form_url, "#", question->id, NULL);
    }
    if (flow) {
        flow_tell_doubt(flow, problem);
        visit->reference = flow_reference(flow, visit->pool);
        links.label = flow->label;
        if (flow->state == FLOW_PENDING) {
            links.again_url = flow_url(flow, "/login", visit);
        }
    }
    return page_problem_with(visit, problem, &links);
}

/* Of PKCE; NULL without it. */
static problem_t *make_challenge(const char **challenge, const flow_t *flow, const visit_t *visit)
{
    const char *verifier;
    *challenge = NULL;
    if (!visit->config->oauth.pkce) {
        return NULL;
    }
    problem_t *problem = flow_verifier(&verifier, flow, visit);
    return problem ? problem
                   : oauth_challenge(challenge, verifier, visit->child->extractor, visit->pool);
}

/* Keeps the flows, and makes the address of Linode's login for this one. */
static problem_t *prepare_login(const char **url, const visit_t *visit, const flow_book_t *book,
                                const flow_t *flow)
{
    const char *login_state = NULL;
    const char *challenge = NULL;
    problem_t *problem = flow_login_state(&login_state, flow, visit);
    if (!problem) {
        problem = make_challenge(&challenge, flow, visit);
    }
    if (!problem) {
        problem = flow_book_save(book, visit);
    }
    if (!problem) {
        metric_add(visit->child->metrics, METRIC_LOGINS, 0, 1);
        *url = oauth_authorize_url(&visit->config->oauth, login_state, challenge, visit->pool);
    }
    return problem;
}

static int go_to_login(visit_t *visit, const flow_book_t *book, const flow_t *flow)
{
    const char *url;
    problem_t *problem = prepare_login(&url, visit, book, flow);
    return problem ? fail(visit, problem, flow) : page_redirect(visit, HTTP_SEE_OTHER, url);
}

/* ---------------------------------------------------------------- GET P/ */

int deploy_choose(visit_t *visit)
{
    apr_table_t *query;
    flow_book_t *book;
    const catalog_t *catalog;
    problem_t *problem = request_query(&query, visit);
    if (!problem) {
        problem = flow_book_open(&book, visit);
    }
    if (!problem) {
        problem = get_catalog(&catalog, visit);
    }
    if (problem) {
        return page_problem(visit, problem);
    }
    const flow_t *flow = prefill_flow(book, query);
    if (apr_is_empty_table(query) && !flow) {
        return form_page_send_shared(visit, catalog);
    }
    apr_array_header_t *notes = apr_array_make(visit->pool, 2, sizeof(const char *));
    choices_t choices = prefill_choices(notes, query, flow, catalog, visit);
    const form_page_t page = {.catalog = catalog, .choices = &choices, .notes = notes};
    return form_page_send(visit, &page);
}

/* ---------------------------------------------------------------- POST P/ */

/* The order cannot be kept during the login. Where one of the answers is to blame, the form comes
 * back with the others. */
static int fail_start(visit_t *visit, form_page_t *page, problem_t *problem, const flow_t *flow)
{
    page->problems = order_blame(problem, page->catalog, visit);
    return page->problems ? form_page_send(visit, page) : fail(visit, problem, flow);
}

/* The form once more, on the visitor's wish: with the prices of its region, or with a link to it.
 */
static int show_form(visit_t *visit, form_page_t *page, int with_link)
{
    apr_array_header_t *notes = apr_array_make(visit->pool, 1, sizeof(const char *));
    page->problems = order_check_look(page->choices, visit);
    page->notes = notes;
    if (with_link && !page->problems->nelts) {
        page->link = prefill_link(notes, page->choices, page->catalog, visit);
    }
    return form_page_send(visit, page);
}

int deploy_start(visit_t *visit)
{
    apr_table_t *form;
    flow_book_t *book;
    flow_t *flow;
    order_t order;
    const catalog_t *catalog;
    const char *login_url;
    problem_t *problem = request_form(&form, visit);
    if (!problem) {
        problem = get_catalog(&catalog, visit);
    }
    if (!problem) {
        problem = flow_book_open(&book, visit);
    }
    if (problem) {
        return page_problem(visit, problem);
    }
    choices_t choices = choices_read(form, visit->pool);
    form_page_t page = {.catalog = catalog, .choices = &choices};
    choices.region = offer_region(catalog, choices.region);
    if (form_get(form, "show") || form_get(form, "link")) {
        return show_form(visit, &page, form_get(form, "link") != NULL);
    }
    page.problems = order_check(&order, &choices, catalog, visit);
    if (page.problems->nelts) {
        return form_page_send(visit, &page);
    }
    problem = order_begin(&flow, book, &order, catalog->script, visit);
    if (problem) {
        return page_problem(visit, problem);
    }
    problem = prepare_login(&login_url, visit, book, flow);
    if (problem) {
        return fail_start(visit, &page, problem, flow);
    }
    metric_add(visit->child->metrics, METRIC_DEPLOYS_STARTED, 0, 1);
    return page_redirect(visit, HTTP_SEE_OTHER, login_url);
}

/* ---------------------------------------------------------------- GET P/auth_callback */

/* The guide's sentence, and what is missing in words. */
static problem_t *check_scopes(const visit_t *visit, const oauth_token_t *token)
{
    const config_t *config = visit->config;
    apr_array_header_t *missing = scope_missing(token->scopes, config->oauth.scopes, visit->pool);
    if (missing->nelts == 0) {
        return NULL;
    }
    problem_t *problem = problem_make(visit->pool, PROBLEM_SCOPES_MISSING, "missing: %s",
                                      scope_text(missing, visit->pool));
    problem->message = apr_pstrcat(visit->pool, "Insufficient scopes granted to deploy ",
                                   config->application_name, NULL);
    problem->remedy =
        apr_psprintf(visit->pool, "Log in again and allow \"%s\".",
                     scope_words(APR_ARRAY_IDX(missing, 0, const char *), visit->pool));
    return problem;
}

/* Where Linode refuses one of the answers, the problem leads back to its question. */
static void blame_answer(problem_t *problem, const visit_t *visit)
{
    const catalog_t *catalog;
    const question_t *question;
    if (problem->kind != PROBLEM_LINODE_REFUSED || get_catalog(&catalog, visit) ||
        !(question = stackscript_blamed(catalog->script, problem))) {
        return;
    }
    problem->field = question->field;
    problem->message =
        apr_psprintf(visit->pool, "Linode did not accept the answer to \"%s\".", question->label);
    problem->remedy = "Go back to the form and change it. Your other answers are kept; only "
                      "secrets have to be typed again.";
}

/* Everything that needs the token. */
static problem_t *create_linode(visit_t *visit, flow_book_t *book, flow_t *flow,
                                const oauth_token_t *token, apr_time_t deadline)
{
    const api_access_t access = {.api = &visit->config->api,
                                 .http = visit->child->http,
                                 .token = token->access_token,
                                 .deadline = deadline};
    owner_t owner;
    const json_t *linode;
    instance_wish_t wish;
    problem_t *problem = check_scopes(visit, token);
    if (!problem) {
        problem = owner_read(&owner, &access, visit->pool);
    }
    if (!problem) {
        problem = wish_make(&wish, flow, &owner, visit);
    }
    if (!problem) {
        problem = instance_ensure(&linode, &access, &wish, visit->pool);
        if (problem) {
            blame_answer(problem, visit);
        }
    }
    if (!problem) {
        flow_book_finish(book, flow, linode, owner.account, visit);
    }
    return problem;
}

/* The code is written down before it is sent and the token before it is used: whatever becomes of
 * the answer or of this process, somebody sees to it that no token is left alive. */
static problem_t *exchange(oauth_token_t **token, revoker_hold_t **held, const visit_t *visit,
                           const flow_t *flow, const char *code, apr_time_t deadline)
{
    const config_t *config = visit->config;
    revoker_t *revoker = visit->child->revoker;
    revoker_hold_t *sent;
    const char *verifier = NULL;
    problem_t *problem = config->oauth.pkce ? flow_verifier(&verifier, flow, visit) : NULL;
    if (!problem) {
        problem = revoker_hold_code(&sent, revoker, config->index, code, verifier, visit->pool);
    }
    if (problem) {
        return problem;
    }
    problem = oauth_exchange(token, &config->oauth, visit->child->http, code, verifier, deadline,
                             visit->pool);
    if (problem && !*token && oauth_may_have_issued(problem)) {
        revoker_hand_over(sent);
        return problem;
    }
    if (*token) {
        problem_t *unkept = revoker_hold(held, revoker, config->index, *token, visit->pool);
        if (problem && !unkept) {
            revoker_hand_over(*held); /* it came with an answer that is not to be believed */
        }
        problem = problem ? problem : unkept;
    }
    revoker_let_go(sent);
    return problem;
}

static problem_t *exchange_and_create(visit_t *visit, flow_book_t *book, flow_t *flow,
                                      const char *code)
{
    apr_time_t deadline = workers_now() + visit->config->oauth.total_timeout;
    oauth_token_t *token = NULL;
    revoker_hold_t *held = NULL;
    problem_t *problem = exchange(&token, &held, visit, flow, code, deadline);
    if (!problem) {
        problem = create_linode(visit, book, flow, token, deadline);
        revoker_hand_over(held);
    }
    return problem;
}

/* A code that was used already, or a token that ended at once: the login is a matter of a moment,
 * and the same flow finds or makes the same Linode. */
static int may_log_in_again(const problem_t *problem, const flow_t *flow)
{
    return (problem->kind == PROBLEM_CODE_REFUSED ||
            problem->kind == PROBLEM_LINODE_UNAUTHORIZED) &&
           flow->automatic < FLOW_AUTOMATIC_ROUNDS;
}

static int log_in_again(visit_t *visit, const flow_book_t *book, flow_t *flow)
{
    flow->automatic++;
    flow_begin_round(flow, visit);
    return go_to_login(visit, book, flow);
}

/* The problem page; the state that led here has had its use. */
static int fail_callback(visit_t *visit, const flow_book_t *book, flow_t *flow, problem_t *problem)
{
    metric_add(visit->child->metrics, METRIC_DEPLOYS_FAILED, (int)problem->kind, 1);
    flow_spend_state(flow);
    problem_t *unsaved = flow_book_save(book, visit);
    return fail(visit, unsaved ? unsaved : problem, flow);
}

/* A code that was used already was used by an earlier callback of this flow, which may be creating
 * the Linode still, or have died after it. */
static int leaves_doubt(const problem_t *problem)
{
    return problem->effect != PROBLEM_NOTHING_CREATED || problem->kind == PROBLEM_CODE_REFUSED;
}

/* What the login's answer comes to: NULL when there is a Linode. */
static problem_t *use_login_answer(visit_t *visit, flow_book_t *book, flow_t *flow,
                                   const login_answer_t *answer)
{
    if (answer->error) {
        return login_answer_problem(answer, visit);
    }
    if (flow_login_expired(flow, visit)) {
        return problem_make(visit->pool, PROBLEM_STATE_EXPIRED, "state is too old");
    }
    problem_t *problem = bulkhead_enter(visit);
    if (!problem) {
        problem = exchange_and_create(visit, book, flow, answer->code);
        bulkhead_leave(visit);
    }
    return problem;
}

/* The Linode is there, and no session knows it. As the last one that was kept has it, the flow
 * waits for its login, which finds the Linode. */
static int fail_finish(visit_t *visit, problem_t *problem, flow_t *flow)
{
    flow->state = FLOW_PENDING;
    problem->effect = PROBLEM_CREATED;
    problem->field = NULL;
    problem->message = "Your Linode was created, but this site could not remember it just now, so "
                       "its root password cannot be shown yet.";
    problem->remedy = "Try the login again in a minute: it finds this Linode, shows its password, "
                      "and makes no second one.";
    return fail(visit, problem, flow);
}

static int deploy_pending(visit_t *visit, flow_book_t *book, flow_t *flow,
                          const login_answer_t *answer)
{
    problem_t *problem = use_login_answer(visit, book, flow, answer);
    if (problem && problem->kind == PROBLEM_UPSTREAM_FULL) {
        return fail(visit, problem, flow); /* the same callback may come again */
    }
    if (problem && leaves_doubt(problem)) {
        flow_doubt(flow);
    }
    if (problem && may_log_in_again(problem, flow)) {
        page_log_problem(visit, problem);
        return log_in_again(visit, book, flow);
    }
    if (problem) {
        return fail_callback(visit, book, flow, problem);
    }
    metric_add(visit->child->metrics, METRIC_DEPLOYS_FINISHED, 0, 1);
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, visit->r,
                  "Linode %" APR_INT64_T_FMT " created [flow %s]",
                  (apr_int64_t)json_member_integer(flow->linode, "id", 0), visit->reference);
    problem = flow_book_save(book, visit);
    if (problem) {
        return fail_finish(visit, problem, flow);
    }
    return page_redirect(visit, HTTP_SEE_OTHER, flow_url(flow, "", visit));
}

/* The flow that this answer belongs to. */
static problem_t *match_flow(flow_match_t *match, const flow_book_t *book,
                             const login_answer_t *answer, const visit_t *visit)
{
    problem_t *problem = flow_book_match(match, book, answer->login_state, visit);
    if (!problem && !match->flow) {
        problem = problem_make(visit->pool, PROBLEM_STATE_UNKNOWN, "no flow of that state");
    }
    return problem;
}

int deploy_callback(visit_t *visit)
{
    login_answer_t answer = {.code = NULL};
    flow_match_t match = {.flow = NULL};
    flow_book_t *book;
    problem_t *problem = flow_book_open(&book, visit);
    if (problem) {
        return page_problem(visit, problem);
    }
    problem = login_answer_read(&answer, visit);
    if (!problem) {
        problem = match_flow(&match, book, &answer, visit);
    }
    if (problem) {
        return fail(visit, problem, flow_book_newest_pending(book));
    }
    visit->reference = flow_reference(match.flow, visit->pool);
    if (match.flow->state != FLOW_PENDING) {
        return page_redirect(visit, HTTP_SEE_OTHER, flow_url(match.flow, "", visit));
    }
    if (match.used) {
        return fail(visit, problem_make(visit->pool, PROBLEM_STATE_USED, "state came back before"),
                    match.flow);
    }
    return deploy_pending(visit, book, match.flow, &answer);
}

/* ---------------------------------------------------------------- P/deploys/<flow> */

/* The flow that the path names: NULL and a response, or the flow. */
static int open_flow(flow_t **flow, flow_book_t **book, visit_t *visit)
{
    problem_t *problem = flow_book_open(book, visit);
    *flow = NULL;
    if (problem) {
        return page_problem(visit, problem);
    }
    *flow = flow_book_find(*book, visit->segment);
    if (!*flow) {
        return page_problem(visit, problem_make(visit->pool, PROBLEM_DEPLOY_UNKNOWN,
                                                "no flow of that id in the session"));
    }
    visit->reference = flow_reference(*flow, visit->pool);
    return OK;
}

/* A result that the session does not hold: two callbacks may have answered at once, and the cookie
 * of the later answer won. The Linode is there, and one more login finds it. An older session may
 * be sent as often as one likes, so that this start of a login counts as any. */
static int resume(visit_t *visit, const flow_book_t *book, flow_t *flow)
{
    if (flow->automatic >= FLOW_AUTOMATIC_ROUNDS) {
        return page_redirect(visit, HTTP_SEE_OTHER, prefill_url(flow, visit));
    }
    problem_t *problem = visitor_rate_check(visit);
    return problem ? fail(visit, problem, flow) : log_in_again(visit, book, flow);
}

int deploy_result(visit_t *visit)
{
    flow_book_t *book;
    flow_t *flow;
    json_t *context;
    int status = open_flow(&flow, &book, visit);
    if (!flow) {
        return status;
    }
    if (flow->state == FLOW_PENDING) {
        return resume(visit, book, flow);
    }
    problem_t *problem = result_context(&context, flow, visit);
    if (problem) {
        return fail(visit, problem, flow);
    }
    encoding_forbid(visit->r); /* a compressed page that holds a secret tells its length (BREACH) */
    status = page_send(visit, HTTP_OK, "success.html", context);
    json_member_wipe(context, "password");
    return status;
}

int deploy_forget(visit_t *visit)
{
    apr_table_t *form;
    flow_book_t *book;
    flow_t *flow;
    problem_t *problem = request_form(&form, visit);
    if (problem) {
        return page_problem(visit, problem);
    }
    int status = open_flow(&flow, &book, visit);
    if (!flow) {
        return status;
    }
    if (flow->state == FLOW_CREATED) {
        flow_forget(flow);
        problem = flow_book_save(book, visit);
    }
    if (problem) {
        return fail(visit, problem, flow);
    }
    return page_redirect(visit, HTTP_SEE_OTHER, flow_url(flow, "", visit));
}

int deploy_login(visit_t *visit)
{
    flow_book_t *book;
    flow_t *flow;
    int status = open_flow(&flow, &book, visit);
    if (!flow) {
        return status;
    }
    if (flow->state != FLOW_PENDING) {
        return page_redirect(visit, HTTP_SEE_OTHER, flow_url(flow, "", visit));
    }
    flow_begin_round(flow, visit);
    return go_to_login(visit, book, flow);
}
