/* SPDX-License-Identifier: Apache-2.0 */
/* LinodeOAuthUpstreamLimit: how many threads of a child may wait for Linode at once.
 *
 * Each callback waits for three answers of Linode, and holds a thread of httpd meanwhile. When
 * Linode is slow, the rest of the threads stay free for everything else that this server does; a
 * callback beyond the limit is told to come back in a moment, with its login and its flow as they
 * were. The threads of all mounts are counted together, each mount by its own limit. */
#ifndef WEB_BULKHEAD_H
#define WEB_BULKHEAD_H

#include "support/problem.h"
#include "web/visit.h"

/* The default: half of a child's threads. */
int bulkhead_default(void);

/* NULL: in, and bulkhead_leave has to follow. Or UPSTREAM_FULL, with retry_after. */
problem_t *bulkhead_enter(const visit_t *visit);
void bulkhead_leave(const visit_t *visit);

#endif
