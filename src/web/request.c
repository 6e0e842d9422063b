/* SPDX-License-Identifier: Apache-2.0 */
#include "web/request.h"

#include <http_protocol.h>

#include "linode/stackscript.h"
#include "support/form.h"
#include "support/http.h"
#include "support/secret.h"
#include "web/log_guard.h"

problem_t *request_query(apr_table_t **query, const visit_t *visit)
{
    const char *args = visit->r->args ? visit->r->args : "";
    return form_parse_lists(query, args, strlen(args), STACKSCRIPT_FIELD, visit->pool);
}

problem_t *request_secret_query(apr_table_t **query, const visit_t *visit)
{
    const char *args = log_guard_query(visit->r);
    return form_parse(query, args ? args : "", args ? strlen(args) : 0, visit->pool);
}

/* The origin that our pages have in browsers: the callback URL's, which only the operator sets. */
static const char *own_origin(const visit_t *visit)
{
    const char *origin = NULL;
    http_url_check(visit->config->oauth.redirect_uri, &origin, visit->pool);
    return origin;
}

/* "none" is the visitor's own doing, a form sent again after the browser was started anew. */
static problem_t *check_same_site(const visit_t *visit)
{
    const char *site = apr_table_get(visit->r->headers_in, "Sec-Fetch-Site");
    const char *origin = apr_table_get(visit->r->headers_in, "Origin");
    if (site) {
        if (strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0) {
            return NULL;
        }
        return problem_make(visit->pool, PROBLEM_CROSS_SITE, "Sec-Fetch-Site is not same-origin");
    }
    if (!origin) {
        problem_t *problem = problem_make(visit->pool, PROBLEM_CROSS_SITE,
                                          "neither Sec-Fetch-Site nor Origin was sent");
        problem->title = "The browser does not say where this form comes from";
        problem->remedy = "Use a current browser; a program sends `Origin:` with this site's "
                          "address.";
        return problem;
    }
    const char *own = own_origin(visit);
    if (own && ap_cstr_casecmp(origin, own) == 0) {
        return NULL;
    }
    return problem_make(visit->pool, PROBLEM_CROSS_SITE, "the Origin is not %s", own);
}

/* A page of another site can send a visitor to a login, but has no reason to load one as a picture,
 * in a frame or by a script. */
static problem_t *check_destination(const visit_t *visit)
{
    const char *site = apr_table_get(visit->r->headers_in, "Sec-Fetch-Site");
    const char *destination = apr_table_get(visit->r->headers_in, "Sec-Fetch-Dest");
    if (!site || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0 || !destination ||
        strcmp(destination, "document") == 0) {
        return NULL;
    }
    return problem_make(visit->pool, PROBLEM_CROSS_SITE, "another site asks, but not for a page");
}

problem_t *request_check_sender(const visit_t *visit)
{
    return visit->r->method_number == M_POST ? check_same_site(visit) : check_destination(visit);
}

/* The media type alone decides; parameters such as charset may follow. */
static int is_urlencoded(const char *content_type)
{
    static const char type[] = "application/x-www-form-urlencoded";
    apr_size_t length = sizeof(type) - 1;
    return content_type && ap_cstr_casecmpn(content_type, type, length) == 0 &&
           (!content_type[length] || strchr("; \t", content_type[length]));
}

static problem_t *body_problem(const visit_t *visit, int status)
{
    return problem_make(visit->pool,
                        status == HTTP_REQUEST_ENTITY_TOO_LARGE ? PROBLEM_FORM_TOO_LARGE
                                                                : PROBLEM_FORM_MALFORMED,
                        "the body could not be read (%d)", status);
}

/* The whole body, at most REQUEST_MAX_BODY bytes of it. */
static problem_t *read_body(char **body, apr_size_t *length, const visit_t *visit)
{
    request_rec *r = visit->r;
    int status = ap_setup_client_block(r, REQUEST_CHUNKED_DECHUNK);
    *body = apr_palloc(visit->pool, REQUEST_MAX_BODY + 1);
    *length = 0;
    if (status != OK) {
        return body_problem(visit, status);
    }
    if (!ap_should_client_block(r)) {
        return NULL;
    }
    for (;;) {
        long got = ap_get_client_block(r, *body + *length, REQUEST_MAX_BODY + 1 - *length);
        if (got == 0) {
            return NULL;
        }
        if (got < 0) {
            return body_problem(visit, HTTP_BAD_REQUEST);
        }
        *length += (apr_size_t)got;
        if (*length > REQUEST_MAX_BODY) {
            return body_problem(visit, HTTP_REQUEST_ENTITY_TOO_LARGE);
        }
    }
}

static int wipe_with_pool(void *pool, const char *name, const char *value)
{
    (void)name;
    secret_wipe_with_pool(value, pool);
    return 1;
}

problem_t *request_form(apr_table_t **form, const visit_t *visit)
{
    char *body;
    apr_size_t length;
    problem_t *problem = read_body(&body, &length, visit);
    if (!problem && length > 0 &&
        !is_urlencoded(apr_table_get(visit->r->headers_in, "Content-Type"))) {
        problem = problem_make(visit->pool, PROBLEM_FORM_WRONG_TYPE,
                               "the body is not application/x-www-form-urlencoded");
    }
    if (!problem) {
        problem = form_parse_lists(form, body, length, STACKSCRIPT_FIELD, visit->pool);
        apr_table_do(wipe_with_pool, visit->pool, *form, NULL);
    }
    secret_wipe(body, length);
    return problem;
}
