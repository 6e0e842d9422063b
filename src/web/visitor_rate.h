/* SPDX-License-Identifier: Apache-2.0 */
/* LinodeOAuthVisitorRate: how often one network address may start a login, come back from one or
 * forget a password (the routes that web/route counts, and a result that leads to a login).
 *
 * The address is the client's as httpd sees it, mod_remoteip's work included; of an IPv6 address
 * the network of 64 bits, which one visitor has for himself, and with a larger allowance the ones
 * of 56 and 48 bits around it, which he may have as well. The default limit spares loopback
 * addresses: behind a proxy on this machine that mod_remoteip does not know of, all visitors have
 * one. A limit that the operator wrote counts for everybody. Counting is done by support/rate. */
#ifndef WEB_VISITOR_RATE_H
#define WEB_VISITOR_RATE_H

#include "support/problem.h"
#include "web/visit.h"

/* TOO_MANY with retry_after, or NULL, and the attempt is counted. */
problem_t *visitor_rate_check(const visit_t *visit);

#endif
