/* SPDX-License-Identifier: Apache-2.0 */
/* One flow as the session's value has it; web/flow_book puts them together. */
#ifndef WEB_FLOW_JSON_H
#define WEB_FLOW_JSON_H

#include "support/json_writer.h"
#include "web/flow.h"

/* As one element of an array. */
void flow_write(json_writer_t *writer, const flow_t *flow, const visit_t *visit);

/* NULL for anything that flow_write would not have written. */
flow_t *flow_from_json(const json_t *kept, const visit_t *visit);

#endif
