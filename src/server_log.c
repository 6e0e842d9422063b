/* SPDX-License-Identifier: Apache-2.0 */
#include "server_log.h"

#include <http_log.h>

APLOG_USE_MODULE(linode_oauth);

static void write_line(void *server, log_level_t level, const char *text)
{
    static const int levels[] = {[LOG_LINE_INFO] = APLOG_INFO,
                                 [LOG_LINE_WARNING] = APLOG_WARNING,
                                 [LOG_LINE_ERROR] = APLOG_ERR};
    ap_log_error(APLOG_MARK, levels[level], 0, (server_rec *)server, "%s", text);
}

const log_t *server_log(server_rec *server, apr_pool_t *pool)
{
    log_t *log = apr_palloc(pool, sizeof(*log));
    *log = (log_t){.line = write_line, .baton = server};
    return log;
}
