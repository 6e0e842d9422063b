/* SPDX-License-Identifier: Apache-2.0 */
/* One flow as the session's value has it; web/flow_book puts them together. */
#ifndef WEB_FLOW_JSON_H
#define WEB_FLOW_JSON_H

#include "web/flow.h"

/* The reference is the caller's. */
json_t *flow_to_json(const flow_t *flow, const visit_t *visit);

/* NULL for anything that flow_to_json would not have written. */
flow_t *flow_from_json(const json_t *kept, const visit_t *visit);

#endif
