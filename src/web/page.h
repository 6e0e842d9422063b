/* SPDX-License-Identifier: Apache-2.0 */
/* A context (JSON) and a template's name become a response; a problem becomes the error page and
 * one line in the log.
 *
 * Every response of a mount leaves through here, so that the security headers are on all of them.
 * With `Accept: application/json` the same page answers its context as JSON, a problem as
 * application/problem+json (RFC 9457). Sessions have to be written before: after the first bucket
 * has gone, httpd saves none. Contexts live in the request's pool. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <jansson.h>
#include "support/content.h"
#include "support/problem.h"
#include "web/visit.h"

/* What a problem page offers besides its words; each may be NULL. */
typedef struct page_links_t {
    const char *form_url;  /* the form, with the choices */
    const char *again_url; /* the login once more, for the same flow */
    const char *label;     /* to look for in Cloud Manager, when a Linode may exist */
} page_links_t;

/* A context with what every page has; released with the request. */
json_t *page_context(const visit_t *visit);

int page_send(visit_t *visit, int status, const char *template_name, json_t *context);

/* What page_send does when it is given HTML: sends it whole, with all headers set before. */
int page_send_brigade(visit_t *visit, int status, const char *media_type, apr_bucket_brigade *out);

/* Likewise content that outlives the request, in that form; copies nothing. */
int page_send_content(visit_t *visit, const char *media_type, const content_form_t *form);

/* What the request's conditions say (RFC 9110 section 13) of the ETag that is set: OK, or the
 * status that the handler returns. */
int page_condition(visit_t *visit);

/* What is left when a template itself fails. */
int page_broken(visit_t *visit, const template_error_t *error);

/* Whether the client likes JSON better than HTML, or as well but names it more precisely, while
 * HTML is but one of all types. Who takes neither gets HTML, as RFC 9110 section 12.5.1 allows. */
int page_wants_json(const visit_t *visit);

/* The error page of a problem, without a flow at hand. */
int page_problem(visit_t *visit, const problem_t *problem);
int page_problem_with(visit_t *visit, const problem_t *problem, const page_links_t *links);

/* The problem's one line in the log; pages that show a problem in their own form call it. */
void page_log_problem(const visit_t *visit, const problem_t *problem);

/* What a template may say about a problem. */
json_t *page_problem_context(const visit_t *visit, const problem_t *problem);

int page_redirect(visit_t *visit, int status, const char *url);
int page_empty(visit_t *visit, int status);

/* Security headers, and that Cache-Control. */
void page_set_headers(visit_t *visit, const char *cache_control);

/* Instead, for an SVG: opened by itself that is a document, in which nothing but its own styles is
 * to work. */
void page_set_drawing_policy(visit_t *visit);

#endif
