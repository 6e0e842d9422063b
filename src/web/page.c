/* SPDX-License-Identifier: Apache-2.0 */
#include "web/page.h"

#include <apr_strings.h>
#include <apr_uri.h>
#include <http_log.h>
#include <http_protocol.h>
#include <util_filter.h>

#include "linode/scope.h"
#include "support/accept.h"
#include "support/json.h"

APLOG_USE_MODULE(linode_oauth);

/* ---------------------------------------------------------------- headers */

void page_set_headers(visit_t *visit, const char *cache_control)
{
    apr_table_t *headers = visit->r->headers_out;
    apr_table_setn(headers, "Cache-Control", cache_control);
    apr_table_setn(headers, "Content-Security-Policy", visit->config->content_security_policy);
    apr_table_setn(headers, "Cross-Origin-Opener-Policy", "same-origin");
    apr_table_setn(headers, "Cross-Origin-Resource-Policy", "same-origin");
    apr_table_setn(headers, "Permissions-Policy",
                   "camera=(), geolocation=(), microphone=(), payment=()");
    /* With no-referrer, Chromium would send `Origin: null` with our own form; a page whose own
     * address holds a secret has none. */
    apr_table_setn(headers, "Referrer-Policy", visit->secret_url ? "no-referrer" : "same-origin");
    apr_table_setn(headers, "X-Content-Type-Options", "nosniff");
    apr_table_setn(headers, "X-Frame-Options", "DENY");
}

void page_set_drawing_policy(visit_t *visit)
{
    apr_table_setn(visit->r->headers_out, "Content-Security-Policy",
                   "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                   "frame-ancestors 'none'; sandbox");
}

/* ---------------------------------------------------------------- contexts */

static const char *host_of(const char *url, apr_pool_t *pool)
{
    apr_uri_t uri;
    return apr_uri_parse(pool, url, &uri) == APR_SUCCESS && uri.hostinfo ? uri.hostinfo : url;
}

json_t *page_context(const visit_t *visit)
{
    const config_t *config = visit->config;
    json_t *scopes = json_array();
    for (int i = 0; i < config->oauth.scopes->nelts; i++) {
        const char *scope = APR_ARRAY_IDX(config->oauth.scopes, i, const char *);
        json_array_append_new(scopes, json_string(scope_words(scope, visit->pool)));
    }
    json_t *context = json_pack("{s:s, s:s, s:{s:s}, s:O, s:s, s:o}", "application_name",
                                config->application_name, "base", config->base, "urls", "form",
                                apr_pstrcat(visit->pool, config->base, "/", NULL), "assets",
                                visit->pages->asset_urls, "login_host",
                                host_of(config->oauth.login_url, visit->pool), "scopes", scopes);
    return json_in_pool(context, visit->pool);
}

static const char *effect_word(problem_effect_t effect)
{
    switch (effect) {
    case PROBLEM_CREATED:
        return "created";
    case PROBLEM_MAYBE_CREATED:
        return "maybe";
    default:
        return "nothing";
    }
}

static apr_int64_t seconds_up(apr_interval_time_t time)
{
    return apr_time_sec(time + APR_USEC_PER_SEC - 1);
}

/* In how many seconds the page is to ask again by itself; only what has had no effect at all may.
 */
static json_t *again_in(const problem_t *problem)
{
    return problem->kind == PROBLEM_UPSTREAM_FULL ? json_integer(seconds_up(problem->retry_after))
                                                  : json_null();
}

json_t *page_problem_context(const visit_t *visit, const problem_t *problem)
{
    json_t *reasons = json_array();
    for (int i = 0; problem->reasons && i < problem->reasons->nelts; i++) {
        const problem_reason_t *reason = &APR_ARRAY_IDX(problem->reasons, i, problem_reason_t);
        json_array_append_new(
            reasons, json_pack("{s:s, s:s?}", "text", reason->text, "field", reason->field));
    }
    return json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:s?, s:s?, s:o, s:o}", "code",
                     problem_code(problem, visit->pool), "status", problem->status, "title",
                     problem->title, "message", problem->message, "remedy", problem->remedy,
                     "created", effect_word(problem->effect), "field", problem->field, "reference",
                     visit->reference, "reasons", reasons, "again_in", again_in(problem));
}

/* ---------------------------------------------------------------- bodies */

int page_wants_json(const visit_t *visit)
{
    static const char *const json_names[] = {"application/json", "application/*", "*/*", NULL};
    static const char *const html_names[] = {"text/html", "text/*", "*/*", NULL};
    const char *accept = apr_table_get(visit->r->headers_in, "Accept");
    int json_rank, html_rank;
    if (!accept) {
        return 0;
    }
    int json = accept_weight(accept, json_names, &json_rank);
    int html = accept_weight(accept, html_names, &html_rank);
    return json > 0 && (json > html || (json == html && json_rank < html_rank));
}

int page_send_brigade(visit_t *visit, int status, const char *media_type, apr_bucket_brigade *out)
{
    request_rec *r = visit->r;
    if (status != HTTP_OK) { /* else what ErrorDocument leads here for goes on */
        r->status = status;
    }
    ap_set_content_type(r, media_type);
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_eos_create(r->connection->bucket_alloc));
    return ap_pass_brigade(r->output_filters, out) == APR_SUCCESS ? OK : AP_FILTER_ERROR;
}

int page_condition(visit_t *visit)
{
    request_rec *r = visit->r;
    int condition = ap_meets_conditions(r);
    if (condition != OK && condition != HTTP_NOT_MODIFIED) {
        /* httpd's own page takes the place of ours, with the headers of every answer. */
        page_set_headers(visit, "no-store");
        apr_table_unset(r->headers_out, "ETag");
        apr_table_unset(r->headers_out, "Content-Encoding");
        apr_table_overlap(r->err_headers_out, r->headers_out, APR_OVERLAP_TABLES_SET);
    }
    return condition;
}

int page_send_content(visit_t *visit, const char *media_type, const content_form_t *form)
{
    apr_bucket_alloc_t *allocator = visit->r->connection->bucket_alloc;
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, allocator);
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_immortal_create(form->bytes, form->length, allocator));
    return page_send_brigade(visit, HTTP_OK, media_type, out);
}

static int send_text(visit_t *visit, int status, const char *media_type, const char *text)
{
    apr_bucket_alloc_t *allocator = visit->r->connection->bucket_alloc;
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, allocator);
    APR_BRIGADE_INSERT_TAIL(out,
                            apr_bucket_pool_create(text, strlen(text), visit->pool, allocator));
    return page_send_brigade(visit, status, media_type, out);
}

static int send_json(visit_t *visit, int status, const char *media_type, const json_t *value)
{
    apr_size_t length;
    const char *text = json_text(value, &length, visit->pool);
    return send_text(visit, status, media_type, text ? text : "{}");
}

int page_broken(visit_t *visit, const template_error_t *error)
{
    problem_t *problem = problem_make(visit->pool, PROBLEM_PAGE_BROKEN, "%s",
                                      template_error_text(error, visit->pool));
    page_log_problem(visit, problem);
    page_set_headers(visit, "no-store");
    return send_text(visit, problem->status, "text/plain; charset=utf-8",
                     apr_psprintf(visit->pool, "%s\n\n%s %s\n", problem->title, problem->message,
                                  problem->remedy));
}

/* Of an answer that is either HTML or JSON. */
static void set_headers_of_both(visit_t *visit)
{
    page_set_headers(visit, "no-store");
    apr_table_mergen(visit->r->headers_out, "Vary", "Accept");
}

static int send_html(visit_t *visit, int status, const char *template_name, json_t *context)
{
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, visit->r->connection->bucket_alloc);
    template_error_t *error =
        template_render(visit->pages->templates, template_name, context, out, visit->pool);
    if (error) {
        apr_brigade_cleanup(out);
        return page_broken(visit, error);
    }
    return page_send_brigade(visit, status, "text/html; charset=utf-8", out);
}

int page_send(visit_t *visit, int status, const char *template_name, json_t *context)
{
    set_headers_of_both(visit);
    return page_wants_json(visit) ? send_json(visit, status, "application/json", context)
                                  : send_html(visit, status, template_name, context);
}

/* ---------------------------------------------------------------- problems */

/* A visitor's own mistakes are not the operator's alarm. */
static int log_level(const problem_t *problem)
{
    if (problem->status >= 500) {
        return APLOG_ERR;
    }
    return problem->code >= 400 ? APLOG_WARNING : APLOG_INFO;
}

void page_log_problem(const visit_t *visit, const problem_t *problem)
{
    metric_add(visit->child->metrics, METRIC_PROBLEMS, (int)problem->kind, 1);
    ap_log_rerror(APLOG_MARK, log_level(problem), 0, visit->r, "%s%s%s%s",
                  problem_line(problem, visit->pool), visit->reference ? " [flow " : "",
                  visit->reference ? visit->reference : "", visit->reference ? "]" : "");
}

/* What is only busy is worth another try; when Linode does not say when, soon. */
static void set_retry_after(visit_t *visit, const problem_t *problem)
{
    apr_interval_time_t wait = problem->retry_after;
    if (!wait && problem->status == HTTP_SERVICE_UNAVAILABLE) {
        wait = apr_time_from_sec(10);
    }
    if (wait) {
        apr_table_setn(visit->r->headers_out, "Retry-After",
                       apr_psprintf(visit->pool, "%" APR_INT64_T_FMT, seconds_up(wait)));
    }
}

/* RFC 9457. */
static int send_problem_json(visit_t *visit, const problem_t *problem, const page_links_t *links)
{
    json_t *body = json_in_pool(page_problem_context(visit, problem), visit->pool);
    json_object_set_new(body, "detail", json_string(problem->message));
    json_object_set_new(body, "form_url", json_string(links->form_url));
    if (links->again_url) {
        json_object_set_new(body, "again_url", json_string(links->again_url));
    }
    return send_json(visit, problem->status, "application/problem+json", body);
}

static int send_problem_html(visit_t *visit, const problem_t *problem, const page_links_t *links)
{
    json_t *context = page_context(visit);
    json_object_set_new(context, "error", json_string(problem->message));
    json_object_set_new(context, "problem", page_problem_context(visit, problem));
    json_object_set_new(context, "form_url", json_string(links->form_url));
    json_object_set_new(context, "again_url", json_pack("s?", links->again_url));
    json_object_set_new(context, "label", json_pack("s?", links->label));
    return send_html(visit, problem->status, "error.html", context);
}

int page_problem_with(visit_t *visit, const problem_t *problem, const page_links_t *links)
{
    page_links_t filled = *links;
    page_log_problem(visit, problem);
    if (!filled.form_url) {
        filled.form_url = apr_pstrcat(visit->pool, visit->config->base, "/", NULL);
    }
    set_headers_of_both(visit);
    set_retry_after(visit, problem);
    return page_wants_json(visit) ? send_problem_json(visit, problem, &filled)
                                  : send_problem_html(visit, problem, &filled);
}

int page_problem(visit_t *visit, const problem_t *problem)
{
    static const page_links_t none = {NULL, NULL, NULL};
    return page_problem_with(visit, problem, &none);
}

/* ---------------------------------------------------------------- redirects */

int page_empty(visit_t *visit, int status)
{
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, visit->r->connection->bucket_alloc);
    return page_send_brigade(visit, status, "text/plain; charset=utf-8", out);
}

/* An own short body: httpd's would repeat the URL, and with it the state, in a page. */
int page_redirect(visit_t *visit, int status, const char *url)
{
    page_set_headers(visit, "no-store");
    apr_table_setn(visit->r->headers_out, "Location", url);
    return send_text(visit, status, "text/plain; charset=utf-8", "Please go on.\n");
}
