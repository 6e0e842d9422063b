/* SPDX-License-Identifier: Apache-2.0 */
/* One request to a mount, as the actions of the web room see it.
 *
 * Made by route for each request, lives in the request's pool, belongs to its thread. child_t is
 * what a child process has for all its threads: made after the fork, gone with the child's pool;
 * its members lock for themselves. */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <httpd.h>
#include <stdatomic.h>

#include "config.h"
#include "linode/catalog_cache.h"
#include "linode/revoker.h"
#include "support/http.h"
#include "support/metric.h"
#include "support/rate.h"
#include "support/secret.h"

typedef struct shared_page_t shared_page_t; /* web/shared_page.h */

typedef struct child_t {
    http_t *http;                  /* counts what it is asked for (linode/meter) */
    http_t *connections;           /* the client below it */
    metric_set_t *metrics;         /* NULL: nothing is counted */
    revoker_t *revoker;            /* its clients are the mounts, by config_t's index */
    catalog_cache_t *catalogs;     /* of all mounts, by config_t's index */
    shared_page_t **forms;         /* one for each mount, likewise */
    pages_watch_t **watches;       /* likewise; NULL where pages are not read again */
    atomic_int upstream;           /* threads that wait for Linode (web/bulkhead) */
    int upstream_limit;            /* of mounts that name none */
    rate_t *rate;                  /* shared with the other children; NULL: nothing is limited */
    secret_extractor_t *extractor; /* for what comes of flows' secrets */
} child_t;

typedef struct visit_t {
    request_rec *r;
    apr_pool_t *pool;
    const config_t *config;
    child_t *child;
    const pages_t *pages;
    apr_time_t now;
    const char *path;      /* below the mount: "/", "/deploys/…" */
    const char *segment;   /* what the route's * stands for, or NULL */
    const char *reference; /* of the flow at hand, for the log; or NULL */
    int secret_url;        /* the URL held a secret: no Referer may repeat it */
} visit_t;

#endif
