/* SPDX-License-Identifier: Apache-2.0 */
/* libcurl's handles, each with the connection that it used last, kept for the next request.
 *
 * They wait on a stack: the one used last is the one used next, so that a quiet server needs few
 * connections, and the others grow old and are closed. A handle that is out belongs to the thread
 * that has it; the stack is shared by all threads.
 *
 * What a server sends beyond the end of an answer would be taken for the answer to the next
 * request, perhaps another visitor's. libcurl keeps such a connection; here it is closed. */
#ifndef SUPPORT_HTTP_HANDLES_H
#define SUPPORT_HTTP_HANDLES_H

#include <apr_pools.h>
#include <apr_time.h>
#include <curl/curl.h>

/* Servers usually keep a connection for longer: one that turns out to be closed stays rare. */
#define HTTP_HANDLES_IDLE_SECONDS 50L

struct authorities_t;
typedef struct http_handles_t http_handles_t;

/* At most that many wait at a time; those that do are closed with the pool. NULL when the system
 * gives no mutex. */
http_handles_t *http_handles_create(int most, apr_pool_t *pool);

/* One that waits, or a new one; NULL when libcurl has no memory. `trusted` is what servers are
 * verified by: whom others have verified is not who a request is to be sent to, and libcurl does
 * not know it of a connection. */
CURL *http_handles_take(http_handles_t *handles, const struct authorities_t *trusted);

/* Resets its options and keeps its connection, unless something may have come that nobody has read
 * (`unread`, or seen on the connection): then both are closed. Where too many wait, the one that
 * has waited for longest is. */
void http_handles_give_back(http_handles_t *handles, CURL *curl,
                            const struct authorities_t *trusted, int unread);

/* Closes those that have waited for too long; now is of workers_now. Looks no more than every ten
 * seconds. */
void http_handles_tidy(http_handles_t *handles, apr_time_t now);

#endif
