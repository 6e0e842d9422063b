/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser may send us: the query and the body as strict forms (support/form), and whether a
 * POST came from our own page.
 *
 * A POST from another site is known by Sec-Fetch-Site, else by Origin; every current browser sends
 * one of them, so one with neither is refused as well. That lets the form page be the same for
 * everybody, without a token in it. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <apr_tables.h>
#include "support/problem.h"
#include "web/visit.h"

/* The most bytes of a form's body. */
#define REQUEST_MAX_BODY 65536

problem_t *request_query(apr_table_t **query, const visit_t *visit);

/* The same for a callback, whose query no log may show (web/log_guard). */
problem_t *request_secret_query(apr_table_t **query, const visit_t *visit);

/* CROSS_SITE, where another site's page has made the visitor's browser send what only he himself
 * should. For every POST, before anything of it is used. */
problem_t *request_check_sender(const visit_t *visit);

/* FORM_WRONG_TYPE, FORM_TOO_LARGE or FORM_MALFORMED. The body is read in any case no further than
 * its limit, and wiped; what was read of it is wiped with the request. */
problem_t *request_form(apr_table_t **form, const visit_t *visit);

#endif
