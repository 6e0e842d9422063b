/* SPDX-License-Identifier: Apache-2.0 */
/* The deploy, from choosing to the result: what this module is for, one function for each route, in
 * the order in which a visitor meets them.
 *
 *   GET  P/                    deploy_choose    the form
 *   POST P/                    deploy_start     checks the choices, remembers the flow, 303 to
 * login GET  P/auth_callback       deploy_callback  code -> token -> account -> Linode; 303 to the
 * result GET  P/deploys/<flow>      deploy_result    label, group, ssh command, root password POST
 * P/deploys/<flow>/forget                deploy_forget: drops the password GET
 * P/deploys/<flow>/login                 deploy_login: the login once more, for the same flow
 *
 * Each answers its request whole. A token lives within deploy_callback alone: whatever happens
 * after the exchange, it is revoked before the response. */
#ifndef WEB_DEPLOY_H
#define WEB_DEPLOY_H

#include "web/visit.h"

int deploy_choose(visit_t *visit);
int deploy_start(visit_t *visit);
int deploy_callback(visit_t *visit);
int deploy_result(visit_t *visit);
int deploy_forget(visit_t *visit);
int deploy_login(visit_t *visit);

#endif
