/* SPDX-License-Identifier: Apache-2.0 */
/* The revoker's place in httpd: its clients are the mounts, its lines go to the error log, its
 * threads begin and end with the child. */
#ifndef REVOCATION_H
#define REVOCATION_H

#include <httpd.h>

#include "linode/revoker.h"
#include "support/metric.h"

/* In child_init. A mount's client has the index of its config_t. */
problem_t *revocation_start(revoker_t **revoker, server_rec *server, const char *user_agent,
                            metric_set_t *metrics, apr_pool_t *pool);

#endif
