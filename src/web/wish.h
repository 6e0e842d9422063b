/* SPDX-License-Identifier: Apache-2.0 */
/* What the script of a flow is given: the visitor's answers, what is sent without asking, and the
 * secrets that are made for it once the account is known. Values live in the request's pool and are
 * wiped with it. */
#ifndef WEB_SCRIPT_DATA_H
#define WEB_SCRIPT_DATA_H

#include "linode/instance.h"
#include "web/flow.h"

/* Fills in stackscript_data and secrets. */
problem_t *script_data_fill(instance_wish_t *wish, const flow_t *flow, const char *account,
                            const visit_t *visit);

/* The secrets made for the flow's account, for the result: an array of {name, label, value}, whose
 * reference is the caller's. */
problem_t *script_data_made(json_t **all, const flow_t *flow, const visit_t *visit);

#endif
