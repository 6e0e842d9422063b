/* SPDX-License-Identifier: Apache-2.0 */
/* What httpd's own logs would show of a login, kept out of them at every log level.
 *
 * The query of a callback holds the authorization code, and httpd shows request lines in many
 * places: access logs (%r, %q), the scoreboard that mod_status prints, other modules' messages; all
 * of them also for a request that never reaches its handler. So that query is taken out of the
 * request as soon as the request is known, in post_read_request, and kept beside it for the one
 * action that needs it. Before that moment only httpd's core logs the line, from trace5 on: while a
 * request is being read its log level stays below that, and the line is logged here afterwards.
 *
 * What httpd refuses while it is being read never comes there: cookies too large, headers that do
 * not come in time. Its query is taken out before the answer goes, which is before it is logged;
 * where an ErrorDocument answers, in the post_read_request of that.
 *
 * From trace7 on mod_dumpio prints whatever goes over a connection, passwords in pages as well;
 * from trace1 on mod_http2 prints the addresses and headers of its streams. On a server with a
 * mount they stay below that; a line at start says so. What mod_ssl prints at trace7 is encrypted.
 *
 * A session's cookie shows the result to whoever has it. From debug on httpd's core prints each
 * cookie that is set: in a mount it stays at info. From trace4 on mod_http prints the headers that
 * come and go, with the cookies, which browsers send to all of a host: on a server with a mount it
 * stays at trace3.
 *
 * mod_log_forensic writes the request line in our hook's own place, and has to come after it.
 *
 * What is kept lives in the request's pool and is wiped with it. */
#ifndef WEB_LOG_GUARD_H
#define WEB_LOG_GUARD_H

#include <httpd.h>

/* check_config: whether some server's log level asks for dumps of connections; says so once. */
int log_guard_finds_dumps(server_rec *main_server);

/* httpd's hooks, each before any other module's. */
int log_guard_connection(conn_rec *connection, void *socket);
void log_guard_reading(request_rec *r, conn_rec *connection);
int log_guard_request(request_rec *r);
void log_guard_refusal(request_rec *r);

/* From now on, what is answered to this request of a mount: after the sections were merged, whose
 * LogLevel would replace it. */
void log_guard_answer(request_rec *r);

/* The query of this request, taken out or not; NULL when it has none. */
const char *log_guard_query(request_rec *r);

#endif
