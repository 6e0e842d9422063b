/* SPDX-License-Identifier: Apache-2.0 */
#include "web/route.h"

#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>

#include "web/asset.h"
#include "web/deploy.h"
#include "web/page.h"
#include "web/visit.h"

APLOG_USE_MODULE(linode_oauth);

typedef struct route_t {
    int method;          /* M_GET stands for HEAD as well */
    const char *pattern; /* * stands for one segment of the path */
    int (*action)(visit_t *visit);
} route_t;

static const route_t routes[] = {
    {M_GET, "/", deploy_choose},
    {M_POST, "/", deploy_start},
    {M_GET, "/auth_callback", deploy_callback},
    {M_GET, "/deploys/*", deploy_result},
    {M_GET, "/deploys/*/login", deploy_login},
    {M_POST, "/deploys/*/forget", deploy_forget},
    {M_GET, "/assets/*", asset_send},
};

#define ROUTES (sizeof(routes) / sizeof(routes[0]))

/* Whether path has the pattern's form; *segment is what its * stands for. */
static int pattern_matches(const char *pattern, const char *path, const char **segment,
                           apr_pool_t *pool)
{
    while (*pattern) {
        if (*pattern == '*') {
            apr_size_t length = strcspn(path, "/");
            if (length == 0) {
                return 0;
            }
            *segment = apr_pstrmemdup(pool, path, length);
            path += length;
            pattern++;
        }
        else if (*pattern++ != *path++) {
            return 0;
        }
    }
    return *path == '\0';
}

/* The methods that the path takes, as bits of AP_METHOD_BIT; *found is the route of this one. */
static apr_int64_t routes_of(visit_t *visit, const route_t **found)
{
    apr_int64_t allowed = 0;
    for (unsigned i = 0; i < ROUTES; i++) {
        const char *segment = NULL;
        if (!pattern_matches(routes[i].pattern, visit->path, &segment, visit->pool)) {
            continue;
        }
        allowed |= AP_METHOD_BIT << routes[i].method;
        if (routes[i].method == visit->r->method_number) {
            visit->segment = segment;
            *found = &routes[i];
        }
    }
    return allowed;
}

static const char *allow_header(apr_int64_t allowed)
{
    int get = (allowed & (AP_METHOD_BIT << M_GET)) != 0;
    int post = (allowed & (AP_METHOD_BIT << M_POST)) != 0;
    return get && post ? "GET, HEAD, POST, OPTIONS" : get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
}

static int answer_options(visit_t *visit, apr_int64_t allowed)
{
    page_set_headers(visit, "no-store");
    apr_table_setn(visit->r->headers_out, "Allow", allow_header(allowed));
    return page_empty(visit, HTTP_OK);
}

static int dispatch(visit_t *visit)
{
    const route_t *route = NULL;
    apr_int64_t allowed = routes_of(visit, &route);
    if (route) {
        return route->action(visit);
    }
    if (!allowed) {
        return page_problem(visit, problem_make(visit->pool, PROBLEM_NOT_FOUND, "%s %s",
                                                visit->r->method, visit->path));
    }
    if (visit->r->method_number == M_OPTIONS) {
        return answer_options(visit, allowed);
    }
    apr_table_setn(visit->r->headers_out, "Allow", allow_header(allowed));
    return page_problem(visit, problem_make(visit->pool, PROBLEM_METHOD_NOT_ALLOWED, "%s %s",
                                            visit->r->method, visit->path));
}

/* While pages are designed, the ones that the directory holds now. */
static problem_t *find_pages(visit_t *visit)
{
    pages_watch_t *watch = visit->child->watches[visit->config->index];
    template_error_t *error = watch ? pages_watch_get(&visit->pages, watch, visit->pool) : NULL;
    return error ? problem_make(visit->pool, PROBLEM_PAGE_BROKEN, "%s",
                                template_error_text(error, visit->pool))
                 : NULL;
}

int route_handle(request_rec *r)
{
    if (!r->handler || strcmp(r->handler, CONFIG_HANDLER) != 0) {
        return DECLINED;
    }
    visit_t visit = {.r = r,
                     .pool = r->pool,
                     .config = config_of(r),
                     .child = config_child(r->server),
                     .now = apr_time_now()};
    if (!visit.config || !visit.child) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r,
                      "LO0102: SetHandler " CONFIG_HANDLER " works in a plain <Location /path> "
                      "alone; move it there");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    visit.pages = visit.config->pages;
    problem_t *problem = find_pages(&visit);
    if (problem) {
        return page_problem(&visit, problem);
    }
    visit.path = r->uri + strlen(visit.config->mount);
    if (*visit.path == '\0') { /* the mount without its slash */
        if (r->method_number != M_GET) {
            visit.path = "/";
        }
        else {
            return page_redirect(
                &visit, HTTP_MOVED_PERMANENTLY,
                apr_pstrcat(r->pool, visit.config->base, "/", r->args ? "?" : NULL, r->args, NULL));
        }
    }
    return dispatch(&visit);
}
