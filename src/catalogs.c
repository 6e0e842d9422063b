/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogs.h"

#include <ap_mpm.h>
#include <http_log.h>

#include "config.h"
#include "linode/catalog_refresher.h"
#include "linode/meter.h"
#include "mount_check.h"
#include "server_log.h"

APLOG_USE_MODULE(linode_oauth);

#define CONNECTIONS 1

static void check_mounts(void *server, apr_pool_t *pool)
{
    mount_check_log(server, pool);
}

/* Asked by the thread: httpd runs its hook for this in a signal's handler, where nothing of ours
 * may be touched. */
static int is_leaving(void)
{
    int state = AP_MPMQ_RUNNING;
    return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) == APR_SUCCESS && state == AP_MPMQ_STOPPING;
}

/* A thread that does not come back from Linode is left behind, and its pool with it: the process
 * ends next. */
static apr_status_t stop(void *refresher)
{
    if (catalog_refresher_stop(refresher)) {
        apr_pool_destroy(catalog_refresher_pool(refresher));
    }
    return APR_SUCCESS;
}

static catalog_mount_t *mounts_of(server_rec *server, apr_pool_t *pool)
{
    const apr_array_header_t *configs = config_mounts(server);
    catalog_mount_t *mounts = apr_pcalloc(pool, sizeof(*mounts) * (apr_size_t)configs->nelts);
    for (int i = 0; i < configs->nelts; i++) {
        const config_t *config = APR_ARRAY_IDX(configs, i, const config_t *);
        mounts[i] = (catalog_mount_t){
            .api = &config->api, .choice = &config->choice, .refresh = config->catalog_refresh};
    }
    return mounts;
}

static problem_t *start_refresher(catalog_refresher_t **refresher,
                                  const apr_array_header_t *sources, http_t *http,
                                  server_rec *server, apr_pool_t *pool)
{
    catalog_refresher_options_t options = {.directory = config_state_directory(pool, server),
                                           .sources = sources,
                                           .started = config_started(server),
                                           .threads = 1,
                                           .is_leaving = is_leaving,
                                           .settled = check_mounts,
                                           .baton = server,
                                           .log = server_log(server, pool)};
    return http ? catalog_refresher_create(refresher, &options, http, pool)
                : problem_make(pool, PROBLEM_INTERNAL, "no client for the catalog");
}

/* All in a pool of its own, which may have to outlive the child's. */
problem_t *catalogs_start(catalog_cache_t **catalogs, server_rec *server, const char *user_agent,
                          metric_set_t *metrics, apr_pool_t *child_pool)
{
    apr_pool_t *own;
    if (apr_pool_create_unmanaged_ex(&own, NULL, NULL) != APR_SUCCESS) {
        return problem_make(child_pool, PROBLEM_INTERNAL, "no memory for the catalog");
    }
    http_t *http = meter_create(http_client_create(user_agent, CONNECTIONS, own), metrics, own);
    catalog_refresher_t *refresher = NULL;
    catalog_cache_options_t options = {.mounts = mounts_of(server, own),
                                       .count = config_mounts(server)->nelts,
                                       .directory = config_state_directory(own, server),
                                       .started = config_started(server),
                                       .look = CATALOG_CACHE_LOOK};
    problem_t *problem = catalog_cache_create(catalogs, &options, own);
    if (!problem) {
        problem = start_refresher(&refresher, catalog_cache_sources(*catalogs), http, server, own);
    }
    if (!problem) {
        apr_pool_cleanup_register(child_pool, refresher, stop, apr_pool_cleanup_null);
    }
    return problem;
}

void catalogs_announce(server_rec *server, const char *directory)
{
    ap_log_error(APLOG_MARK, APLOG_INFO, 0, server,
                 "LO0420: what Linode offers is kept in %s; one child at a time, whichever holds "
                 "the lock there, asks Linode, at the start and then as LinodeOAuthCatalogRefresh "
                 "says; all children read what it has written",
                 directory);
}
