/* SPDX-License-Identifier: Apache-2.0 */
/* mod_linode_oauth: a page at a mounted path where a visitor logs in with Linode (OAuth 2) and gets
 * a running Linode made from a StackScript.
 *
 * This file is the module record and its hooks; README.md tells how the rooms below src/ fit
 * together. */
#include <ap_mpm.h>
#include <httpd.h>
#include <http_config.h>
#include <http_connection.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_status.h>

#include "catalogs.h"
#include "config.h"
#include "directive.h"
#include "linode/meter.h"
#include "revocation.h"
#include "web/bulkhead.h"
#include "web/check_page.h"
#include "web/log_guard.h"
#include "web/monitor.h"
#include "web/route.h"
#include "web/shared_page.h"
#include "web/visit.h"

#define USER_AGENT "mod_linode_oauth/0.1.0"

static void register_hooks(apr_pool_t *pool);

AP_DECLARE_MODULE(linode_oauth) = {
    STANDARD20_MODULE_STUFF,
    config_create_section,
    config_merge_section,
    NULL, /* servers have no directives of their own; config_check makes their records */
    NULL,
    directive_commands,
    register_hooks,
    AP_MODULE_FLAG_NONE,
};

static int post_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *server)
{
    (void)plog;
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG ||
        !config_has_mounts(server)) {
        return OK;
    }
    catalogs_announce(server, config_state_directory(ptemp, server));
    return config_prepare(pconf, server);
}

/* What a child has for one mount. */
static problem_t *prepare_mount(child_t *child, const config_t *config, apr_pool_t *pool)
{
    int i = config->index;
    if (config->reloads_pages) {
        child->watches[i] = pages_watch_create(&config->look, pool);
    }
    child->forms[i] = shared_page_create(pool);
    if (!child->forms[i]) {
        return problem_make(pool, PROBLEM_INTERNAL, "the system gave no mutex for the form");
    }
    return NULL;
}

static int thread_count(void)
{
    int threads = 1;
    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    return threads > 1 ? threads : 1;
}

/* One HTTP client, the catalogs and a revoker for the child, a form and a watch for each mount. */
static problem_t *prepare_child(child_t *child, server_rec *server, apr_pool_t *pool)
{
    const apr_array_header_t *mounts = config_mounts(server);
    apr_size_t room = (apr_size_t)mounts->nelts;
    metric_set_t *metrics = config_metrics(server);
    problem_t *problem = secret_extractor_create(&child->extractor, pool);
    child->metrics = metrics ? metric_set_attach(metrics, pool) : NULL;
    child->connections = http_client_create(USER_AGENT, thread_count(), pool);
    child->http = meter_create(child->connections, child->metrics, pool);
    if (!child->http) {
        return problem_make(pool, PROBLEM_INTERNAL, "no client for visitors' requests");
    }
    child->forms = apr_pcalloc(pool, sizeof(*child->forms) * room);
    child->watches = apr_pcalloc(pool, sizeof(*child->watches) * room);
    child->rate = config_rate(server);
    child->upstream_limit = bulkhead_default();
    metric_gauge(child->metrics, METRIC_UPSTREAM_LIMIT, child->upstream_limit);
    for (int i = 0; i < mounts->nelts && !problem; i++) {
        problem = prepare_mount(child, APR_ARRAY_IDX(mounts, i, const config_t *), pool);
    }
    if (!problem) {
        problem = catalogs_start(&child->catalogs, server, USER_AGENT, child->metrics, pool);
    }
    if (!problem) {
        problem = revocation_start(&child->revoker, server, USER_AGENT, child->metrics, pool);
    }
    return problem;
}

/* A child that lacks something serves the other sites, and answers a mount's requests with 500. */
static void child_init(apr_pool_t *pool, server_rec *server)
{
    if (!config_has_mounts(server)) {
        return;
    }
    child_t *child = apr_pcalloc(pool, sizeof(*child));
    problem_t *problem = prepare_child(child, server, pool);
    if (problem) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, 0, server, "%s", problem_line(problem, pool));
        return;
    }
    config_set_child(server, child);
}

static void register_hooks(apr_pool_t *pool)
{
    static const char *const before_mod_dir[] = {"mod_dir.c", NULL};
    static const char *const before_forensic[] = {"mod_log_forensic.c", NULL};
    (void)pool;
    ap_hook_check_config(config_check, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_config(post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_pre_connection(log_guard_connection, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_pre_read_request(log_guard_reading, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_post_read_request(log_guard_request, NULL, before_forensic, APR_HOOK_REALLY_FIRST);
    ap_hook_insert_error_filter(log_guard_refusal, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_translate_name(route_refuse_trace, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_type_checker(route_claim_type, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_fixups(route_claim, NULL, before_mod_dir, APR_HOOK_MIDDLE);
    ap_hook_handler(route_handle, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(check_page_handle, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(monitor_handle, NULL, NULL, APR_HOOK_MIDDLE);
    APR_OPTIONAL_HOOK(ap, status_hook, monitor_status, NULL, NULL, APR_HOOK_MIDDLE);
}
