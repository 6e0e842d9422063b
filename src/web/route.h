/* SPDX-License-Identifier: Apache-2.0 */
/* Method and path below the mount lead to one action: a table, from which 404, 405 with Allow, and
 * the answer to OPTIONS follow. An action answers the request whole and returns httpd's OK (or the
 * status of an error that it leaves to httpd). */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <httpd.h>

/* httpd's handler. */
int route_handle(request_rec *r);

/* httpd's fixups, before mod_dir's: a mount is no directory. */
int route_claim(request_rec *r);

/* httpd's translate_name, before the core answers: TRACE would send back cookies. */
int route_refuse_trace(request_rec *r);

#endif
