/* SPDX-License-Identifier: Apache-2.0 */
/* The deploy, from choosing to the result: what this module is for, one function for each route
 * (web/route), in the order in which a visitor meets them. Each answers its request whole.
 *
 * A token is used within deploy_callback alone: whatever happens after the exchange, it is handed
 * to the revoker before the response. */
#ifndef WEB_DEPLOY_H
#define WEB_DEPLOY_H

#include "web/visit.h"

/* The form. */
int deploy_choose(visit_t *visit);

/* Checks the choices, remembers the flow; 303 to the login. */
int deploy_start(visit_t *visit);

/* Code, token, account, Linode; 303 to the result. */
int deploy_callback(visit_t *visit);

/* Label, group, ssh command, root password. */
int deploy_result(visit_t *visit);

/* Drops the password. */
int deploy_forget(visit_t *visit);

/* The login once more, for the same flow. */
int deploy_login(visit_t *visit);

#endif
