/* SPDX-License-Identifier: Apache-2.0 */
#include "web/https.h"

#include <apr_strings.h>
#include <http_protocol.h>

#include "support/http.h"
#include "web/page.h"

int https_is_met(const visit_t *visit)
{
    const char *variable = apr_table_get(visit->r->subprocess_env, "HTTPS");
    return !http_is_https(visit->config->oauth.redirect_uri) ||
           strcmp(ap_http_scheme(visit->r), "https") == 0 ||
           (variable && ap_cstr_casecmp(variable, "on") == 0);
}

static const char *https_url(const visit_t *visit)
{
    const char *origin = "";
    const char *args = visit->r->args;
    http_url_check(visit->config->oauth.redirect_uri, &origin, visit->pool);
    return apr_pstrcat(visit->pool, origin, visit->config->base,
                       ap_os_escape_path(visit->pool, visit->path, 1), args ? "?" : NULL, args,
                       NULL);
}

int https_insist(visit_t *visit)
{
    problem_t *problem =
        problem_make(visit->pool, PROBLEM_HTTPS_NEEDED,
                     "%s over plain HTTP; where a proxy ends TLS, say so with `ServerName "
                     "https://...` or HTTPS=on",
                     visit->r->method);
    /* A temporary redirect: browsers would remember a permanent one over the operator's changes.
     * A query that was taken out of the request holds a code, which goes no further. */
    if (visit->r->method_number == M_GET) {
        page_log_problem(visit, problem);
        return page_redirect(visit, HTTP_TEMPORARY_REDIRECT, https_url(visit));
    }
    return page_problem(visit, problem);
}
