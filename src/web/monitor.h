/* SPDX-License-Identifier: Apache-2.0 */
/* What support/metric counts, told to the operator: `SetHandler linode-oauth-metrics` answers in
 * Prometheus' text format (version 0.0.4), and mod_status gets a section of the same numbers. They
 * are the whole server's, whichever child answers; the ages of the catalog's copies come from that
 * child, which reads the files that all read. Who may see them is said by the operator's own
 * directives, as with server-status. No label holds anything that a visitor sent: codes,
 * operations and results come from tables, addresses from the configuration. */
#ifndef WEB_MONITOR_H
#define WEB_MONITOR_H

#include <httpd.h>

#define MONITOR_HANDLER "linode-oauth-metrics"

/* httpd's handler. */
int monitor_handle(request_rec *r);

/* mod_status's hook. */
int monitor_status(request_rec *r, int flags);

#endif
