/* SPDX-License-Identifier: Apache-2.0 */
/* All that is known to be right, risky or wrong about a mount: what preflight finds between it and
 * Linode, and what was found in its configuration.
 *
 * It reads the copies of Linode's answers from the state directory, anew each time, and once for
 * all mounts that are checked together. The log gets what somebody should do something about, once
 * for all children and as soon as all of it has been read since the start; the check page
 * (web/check_page) shows everything. */
#ifndef MOUNT_CHECK_H
#define MOUNT_CHECK_H

#include "config.h"
#include "linode/preflight.h"

typedef struct mount_copies_t mount_copies_t;

/* None yet: each is read, into the pool, when a mount first asks for it. */
mount_copies_t *mount_copies_open(server_rec *server, apr_pool_t *pool);

/* preflight_finding_t, in the pool, which may be shorter-lived than that of the copies. */
apr_array_header_t *mount_check(const config_t *config, mount_copies_t *copies, apr_pool_t *pool);

/* The findings about all mounts go to the log, those that are not there yet. */
void mount_check_log(server_rec *main_server, apr_pool_t *pool);

/* The mount's address, as visitors type it. */
const char *mount_url(const config_t *config, apr_pool_t *pool);

#endif
