/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogs of a child (linode/catalog_cache) and the thread that keeps their copies fresh
 * (linode/catalog_refresher), with what httpd knows put in: mounts, state directory, log, and when
 * a child is to end. */
#ifndef CATALOGS_H
#define CATALOGS_H

#include <httpd.h>

#include "linode/catalog_cache.h"
#include "support/metric.h"

/* In child_init, for all mounts of the server; ends with the pool. The catalogs have the mounts'
 * indices. */
problem_t *catalogs_start(catalog_cache_t **catalogs, server_rec *main_server,
                          const char *user_agent, metric_set_t *metrics, apr_pool_t *child_pool);

/* In post_config: says in the log how the copies are kept fresh. */
void catalogs_announce(server_rec *main_server, const char *directory);

#endif
