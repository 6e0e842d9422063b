/* SPDX-License-Identifier: Apache-2.0 */
#include "web/route.h"

#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>

#include "support/once.h"
#include "support/workers.h"
#include "web/asset.h"
#include "web/badge.h"
#include "web/deploy.h"
#include "web/https.h"
#include "web/log_guard.h"
#include "web/page.h"
#include "web/request.h"
#include "web/visit.h"
#include "web/visitor_rate.h"

APLOG_USE_MODULE(linode_oauth);

enum {
    COUNTED = 1,    /* one of the attempts that LinodeOAuthVisitorRate limits */
    SECRET_URL = 2, /* its address holds a secret */
};

typedef struct route_t {
    int method;          /* M_GET stands for HEAD as well */
    const char *pattern; /* * stands for one segment of the path */
    int (*action)(visit_t *visit);
    int traits;
} route_t;

static const route_t routes[] = {
    {M_GET, "/", deploy_choose, 0},
    {M_POST, "/", deploy_start, COUNTED},
    {M_GET, CONFIG_CALLBACK, deploy_callback, COUNTED | SECRET_URL},
    {M_GET, "/deploys/*", deploy_result, 0},
    {M_GET, "/deploys/*/login", deploy_login, COUNTED},
    {M_POST, "/deploys/*/forget", deploy_forget, COUNTED},
    {M_GET, BADGE_PATH, badge_send, 0},
    {M_GET, "/assets/*", asset_send, 0},
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
    if (!get) {
        return post ? "POST, OPTIONS" : "OPTIONS";
    }
    return post ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS";
}

static int answer_options(visit_t *visit, apr_int64_t allowed)
{
    page_set_headers(visit, "no-store");
    apr_table_setn(visit->r->headers_out, "Allow", allow_header(allowed));
    return page_empty(visit, HTTP_OK);
}

/* A path that exists, but not for this method. */
static int refuse_method(visit_t *visit, apr_int64_t allowed)
{
    apr_table_setn(visit->r->headers_out, "Allow", allow_header(allowed));
    return page_problem(visit, problem_make(visit->pool, PROBLEM_METHOD_NOT_ALLOWED, "%s %s",
                                            visit->r->method, visit->path));
}

static int act(visit_t *visit, const route_t *route)
{
    visit->secret_url = (route->traits & SECRET_URL) != 0;
    problem_t *problem = NULL;
    if (route->method == M_POST || route->traits & COUNTED) {
        problem = request_check_sender(visit);
    }
    if (!problem && route->traits & COUNTED) {
        problem = visitor_rate_check(visit);
    }
    return problem ? page_problem(visit, problem) : route->action(visit);
}

static int dispatch(visit_t *visit)
{
    const route_t *route = NULL;
    apr_int64_t allowed = routes_of(visit, &route);
    if (route) {
        return act(visit, route);
    }
    if (!allowed) {
        return page_problem(visit, problem_make(visit->pool, PROBLEM_NOT_FOUND, "%s %s",
                                                visit->r->method, visit->path));
    }
    return visit->r->method_number == M_OPTIONS ? answer_options(visit, allowed)
                                                : refuse_method(visit, allowed);
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

/* The request as our actions see it; 0 when it belongs to no mount. */
static int begin_visit(visit_t *visit, request_rec *r)
{
    *visit = (visit_t){.r = r,
                       .pool = r->pool,
                       .config = config_of(r),
                       .child = config_child(r->server),
                       .now = apr_time_now()};
    if (!visit->config || !visit->child) {
        return 0;
    }
    visit->pages = visit->config->pages;
    visit->path = r->uri + strlen(visit->config->mount);
    return 1;
}

/* The mount without its slash. */
static int add_slash(visit_t *visit)
{
    const char *args = visit->r->args;
    return page_redirect(
        visit, HTTP_MOVED_PERMANENTLY,
        apr_pstrcat(visit->pool, visit->config->base, args ? "/?" : "/", args, NULL));
}

static int answer(visit_t *visit)
{
    problem_t *problem = find_pages(visit);
    http_client_tidy(visit->child->connections, workers_now());
    if (problem) {
        return page_problem(visit, problem);
    }
    if (!https_is_met(visit)) {
        return https_insist(visit);
    }
    if (*visit->path == '\0') {
        if (visit->r->method_number == M_GET) {
            return add_slash(visit);
        }
        visit->path = "/";
    }
    return dispatch(visit);
}

static int names_mount(const char *handler)
{
    return handler && strcmp(handler, CONFIG_HANDLER) == 0;
}

int route_handle(request_rec *r)
{
    visit_t visit;
    if (!names_mount(r->handler)) {
        return DECLINED;
    }
    if (!begin_visit(&visit, r)) {
        if (!visit.config) { /* else the child's start has said what is wrong */
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r,
                          "LO0102: SetHandler " CONFIG_HANDLER " works in a plain <Location /path> "
                          "alone; move it there");
        }
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return answer(&visit);
}

/* A mount, the check page or the metrics. */
static int names_module(const char *handler)
{
    return handler && strncmp(handler, CONFIG_HANDLER, strlen(CONFIG_HANDLER)) == 0;
}

int route_claim_type(request_rec *r)
{
    return names_module(config_handler(r)) ? OK : DECLINED;
}

/* mod_proxy takes requests before anybody reads SetHandler. Below a mount that may be meant so; the
 * form itself is never meant. */
static void tell_of_proxy(request_rec *r)
{
    if (r->proxyreq != PROXYREQ_REVERSE || !names_mount(config_handler(r)) || !config_of(r)) {
        return;
    }
    const char *mount = config_of(r)->mount;
    const char *path = r->uri + strlen(mount);
    if (*path && strcmp(path, "/") != 0) {
        return;
    }
    const char *line = apr_psprintf(
        r->pool,
        "LO0102: mod_proxy takes the requests of the mount %s; write `ProxyPass !` into "
        "its <Location>, and leave it out of any RewriteRule with [P]",
        *mount ? mount : "/");
    if (once_first(config_said(r->server), line)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "%s", line);
    }
}

/* What stands under our paths in the document root is not what is asked for; mod_dir would look for
 * an index there in spite of our handler, and redirect to the name in `Host`. Where nothing stands,
 * mod_speling would look for a name that is similar. */
int route_claim(request_rec *r)
{
    tell_of_proxy(r);
    if (names_module(r->handler)) {
        r->finfo.filetype = APR_UNKFILE;
    }
    if (names_mount(r->handler) && config_of(r)) {
        log_guard_answer(r);
    }
    return DECLINED;
}

int route_refuse_trace(request_rec *r)
{
    visit_t visit;
    const route_t *route = NULL;
    if (r->method_number != M_TRACE || r->main || !begin_visit(&visit, r)) {
        return DECLINED;
    }
    refuse_method(&visit, routes_of(&visit, &route));
    return DONE;
}
