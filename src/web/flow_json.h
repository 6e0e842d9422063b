/* SPDX-License-Identifier: Apache-2.0 */
/* One flow as the session's value has it (layout: web/flow.c); for web/flow alone. */
#ifndef WEB_FLOW_JSON_H
#define WEB_FLOW_JSON_H

#include "web/flow.h"

/* The reference is the caller's. */
json_t *flow_to_json(const flow_t *flow, const visit_t *visit);

/* NULL for anything that flow_to_json would not have written. */
flow_t *flow_from_json(const json_t *kept, const visit_t *visit);

/* An empty one, whose secret is wiped with the pool. */
flow_t *flow_make(apr_pool_t *pool);

#endif
