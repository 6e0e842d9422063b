/* SPDX-License-Identifier: Apache-2.0 */
/* An http_t that counts what it is asked for: each request to Linode by its operation and by what
 * came of it, and the time that those of an operation took together. What it passes on, and what
 * comes back, is left as it is. It lives in the pool; threads as the http_t below it. */
#ifndef LINODE_METER_H
#define LINODE_METER_H

#include "support/http.h"
#include "support/metric.h"

/* http may be NULL, as the makers of clients give it when they fail; then so is the answer. */
http_t *meter_create(http_t *http, metric_set_t *metrics, apr_pool_t *pool);

#endif
