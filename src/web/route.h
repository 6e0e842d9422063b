/* SPDX-License-Identifier: Apache-2.0 */
/* Method and path below the mount lead to one action: a table, from which 404, 405 with Allow, and
 * the answer to OPTIONS follow. An action answers the request whole and returns httpd's OK (or the
 * status of an error that it leaves to httpd). */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <httpd.h>

/* httpd's handler. */
int route_handle(request_rec *r);

/* httpd's type_checker, before mod_negotiation's and mod_mime's: neither another file of the name
 * nor an extension in it says anything about a mount, the check page or the metrics. */
int route_claim_type(request_rec *r);

/* httpd's fixups, before mod_dir's: what is ours is no directory. */
int route_claim(request_rec *r);

/* httpd's translate_name, before the core answers: TRACE would send back cookies. */
int route_refuse_trace(request_rec *r);

#endif
