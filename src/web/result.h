/* SPDX-License-Identifier: Apache-2.0 */
/* What the result of a flow shows, as long as it may: the Linode, its root password, and the
 * secrets that were made for the script. The guide's names are linode, password and
 * application_name. */
#ifndef WEB_RESULT_H
#define WEB_RESULT_H

#include <jansson.h>
#include "web/flow.h"

/* *context lives in the request's pool; whoever has sent it wipes its password. */
problem_t *result_context(json_t **context, const flow_t *flow, const visit_t *visit);

#endif
