/* SPDX-License-Identifier: Apache-2.0 */
#include "web/check_page.h"

#include <http_log.h>
#include <http_request.h>

#include "mount_check.h"
#include "support/json.h"
#include "web/page.h"

APLOG_USE_MODULE(linode_oauth);

static const char *const levels[] = {[PREFLIGHT_FINE] = "fine",
                                     [PREFLIGHT_NOTE] = "note",
                                     [PREFLIGHT_WARNING] = "warning",
                                     [PREFLIGHT_FAULT] = "fault"};

static preflight_level_t worst_of(const apr_array_header_t *findings)
{
    preflight_level_t worst = PREFLIGHT_FINE;
    for (int i = 0; i < findings->nelts; i++) {
        const preflight_finding_t *finding = &APR_ARRAY_IDX(findings, i, preflight_finding_t);
        worst = finding->level > worst ? finding->level : worst;
    }
    return worst;
}

static json_t *findings_context(const apr_array_header_t *findings)
{
    json_t *all = json_array();
    for (int i = 0; i < findings->nelts; i++) {
        const preflight_finding_t *finding = &APR_ARRAY_IDX(findings, i, preflight_finding_t);
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s?}", "level",
                                             levels[finding->level], "topic", finding->topic,
                                             "text", finding->text, "remedy", finding->remedy));
    }
    return all;
}

static json_t *mount_context(preflight_level_t *worst, const visit_t *visit, const config_t *config,
                             mount_copies_t *copies)
{
    const apr_array_header_t *findings = mount_check(config, copies, visit->pool);
    preflight_level_t state = worst_of(findings);
    *worst = state > *worst ? state : *worst;
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "application_name", config->application_name,
                     "url", mount_url(config, visit->pool), "callback_url",
                     config->oauth.redirect_uri, "state", levels[state], "findings",
                     findings_context(findings));
}

static void add_mounts(json_t *context, const visit_t *visit, const apr_array_header_t *configs)
{
    json_t *mounts = json_array();
    mount_copies_t *copies = mount_copies_open(visit->r->server, visit->pool);
    preflight_level_t worst = PREFLIGHT_FINE;
    for (int i = 0; i < configs->nelts; i++) {
        const config_t *config = APR_ARRAY_IDX(configs, i, const config_t *);
        json_array_append_new(mounts, mount_context(&worst, visit, config, copies));
    }
    json_object_set_new(context, "mounts", mounts);
    json_object_set_new(context, "state", json_string(levels[worst]));
}

/* A page of the first mount's, but not of its application: name and logo stay out. */
static json_t *frame_context(const visit_t *visit)
{
    json_t *context = page_context(visit);
    json_t *assets = json_copy(json_object_get(context, "assets"));
    json_object_del(assets, "logo");
    json_object_set_new(context, "assets", assets);
    json_object_set_new(context, "application_name",
                        json_string(visit->r->server->server_hostname));
    json_object_set_new(context, "urls", json_pack("{s:s}", "form", visit->r->uri));
    return context;
}

static int answer(visit_t *visit, const apr_array_header_t *configs)
{
    json_t *context =
        page_wants_json(visit) ? json_in_pool(json_object(), visit->pool) : frame_context(visit);
    add_mounts(context, visit, configs);
    return page_send(visit, HTTP_OK, "check.html", context);
}

int check_page_handle(request_rec *r)
{
    if (!r->handler || strcmp(r->handler, CHECK_PAGE_HANDLER) != 0) {
        return DECLINED;
    }
    if (r->method_number != M_GET) {
        ap_allow_standard_methods(r, MERGE_ALLOW, M_GET, M_OPTIONS, -1);
        return r->method_number == M_OPTIONS ? DECLINED : HTTP_METHOD_NOT_ALLOWED;
    }
    const apr_array_header_t *configs = config_mounts_of(r->server);
    if (configs->nelts == 0) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r,
                      "LO0102: SetHandler " CHECK_PAGE_HANDLER " shows the mounts of the virtual "
                      "host that it stands in, and this one has none; move it to one that has");
        return HTTP_NOT_FOUND;
    }
    child_t *child = config_child(r->server);
    if (!child) {
        return HTTP_INTERNAL_SERVER_ERROR; /* why stands in the log since the child's start */
    }
    const config_t *first = APR_ARRAY_IDX(configs, 0, const config_t *);
    visit_t visit = {.r = r,
                     .pool = r->pool,
                     .config = first,
                     .child = child,
                     .pages = first->pages,
                     .now = apr_time_now()};
    return answer(&visit, configs);
}
