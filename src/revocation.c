/* SPDX-License-Identifier: Apache-2.0 */
#include "revocation.h"

#include <ap_mpm.h>

#include "config.h"
#include "linode/meter.h"
#include "server_log.h"

/* A deploy asks Linode three times and a revocation once, so that a quarter of the threads keeps
 * up with all the others. */
#define SHARE        4
#define MOST_THREADS 16

static int thread_count(void)
{
    int threads = 1;
    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    threads = (threads + SHARE - 1) / SHARE;
    return threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
}

static const revoker_client_t *clients_of(const apr_array_header_t *mounts, apr_pool_t *pool)
{
    revoker_client_t *clients = apr_pcalloc(pool, sizeof(*clients) * (apr_size_t)mounts->nelts);
    for (int i = 0; i < mounts->nelts; i++) {
        const config_t *config = APR_ARRAY_IDX(mounts, i, const config_t *);
        clients[i] = (revoker_client_t){.oauth = &config->oauth, .ring = config->ring};
    }
    return clients;
}

/* A thread that does not come back from Linode is left behind, and its pool with it: the process
 * ends next. */
static apr_status_t stop(void *revoker)
{
    if (revoker_stop(revoker)) {
        apr_pool_destroy(revoker_pool(revoker));
    }
    return APR_SUCCESS;
}

problem_t *revocation_start(revoker_t **revoker, server_rec *server, const char *user_agent,
                            metric_set_t *metrics, apr_pool_t *pool)
{
    apr_pool_t *own;
    if (apr_pool_create_unmanaged_ex(&own, NULL, NULL) != APR_SUCCESS) {
        return problem_make(pool, PROBLEM_INTERNAL, "no memory for the revoker");
    }
    const apr_array_header_t *mounts = config_mounts(server);
    revoker_options_t options = {.directory = config_state_directory(own, server),
                                 .clients = clients_of(mounts, own),
                                 .count = mounts->nelts,
                                 .threads = thread_count(),
                                 .limits = &journal_limits,
                                 .metrics = metrics,
                                 .log = server_log(server, own)};
    http_t *http = meter_create(http_client_create(user_agent, options.threads, own), metrics, own);
    problem_t *problem = http ? revoker_create(revoker, &options, http, own)
                              : problem_make(pool, PROBLEM_INTERNAL, "no client for the revoker");
    if (!problem) {
        apr_pool_cleanup_register(pool, *revoker, stop, apr_pool_cleanup_null);
    }
    return problem;
}
