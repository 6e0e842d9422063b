/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of Linode for a flow, once the account is known: everything that the visitor has
 * chosen, what the operator adds, the root password, and what the script is given, the secrets made
 * for it included. Values live in the request's pool; secrets are wiped with it. */
#ifndef WEB_WISH_H
#define WEB_WISH_H

#include "linode/instance.h"
#include "linode/owner.h"
#include "web/flow.h"

problem_t *wish_make(instance_wish_t *wish, const flow_t *flow, const owner_t *owner,
                     const visit_t *visit);

/* The secrets that were made for the script on the flow's account, for the result: an array of
 * {name, label, value}, whose reference is the caller's. */
problem_t *wish_secrets(json_t **all, const flow_t *flow, const visit_t *visit);

#endif
