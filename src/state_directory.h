/* SPDX-License-Identifier: Apache-2.0 */
/* Where the module keeps files over restarts: made by whoever starts the server for the user that
 * its children run as, and tried out as that user, since a token that cannot be written down is
 * worse than no start.
 *
 * At a graceful restart a server is running that would end with the attempt; there the fault is
 * logged, and whatever needs the directory says so when its time comes. */
#ifndef STATE_DIRECTORY_H
#define STATE_DIRECTORY_H

#include <httpd.h>

/* check_config: what can be seen without making anything. Logs each fault with its remedy; OK or
 * an HTTP error. */
int state_directory_check(apr_pool_t *pool, server_rec *server, const char *path);

/* post_config: makes it if there is none. OK or an HTTP error. */
int state_directory_prepare(apr_pool_t *pool, server_rec *server, const char *path);

#endif
