/* SPDX-License-Identifier: Apache-2.0 */
/* httpd's error log, for work that knows nothing of httpd (support/log.h). */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include <httpd.h>

#include "support/log.h"

/* Lives in the pool; its lines may come from any thread. */
const log_t *server_log(server_rec *server, apr_pool_t *pool);

#endif
