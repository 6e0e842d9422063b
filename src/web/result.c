/* SPDX-License-Identifier: Apache-2.0 */
#include "web/result.h"

#include "web/page.h"
#include "web/wish.h"

problem_t *result_context(json_t **made, const flow_t *flow, const visit_t *visit)
{
    json_t *context = page_context(visit);
    const char *password = NULL;
    json_t *generated = NULL;
    apr_time_t shown_until = flow->finished + visit->config->result_lifetime;
    apr_time_t minutes = (shown_until - visit->now) / apr_time_from_sec(60) + 1;
    if (flow->state == FLOW_CREATED) {
        problem_t *problem = flow_password(&password, flow, flow->account, visit);
        if (!problem) {
            problem = wish_secrets(&generated, flow, visit);
        }
        if (problem) {
            return problem;
        }
    }
    json_object_set(context, "linode", (json_t *)flow->linode);
    json_object_set_new(context, "password", json_pack("s?", password));
    json_object_set_new(context, "generated", generated ? generated : json_array());
    json_object_set_new(context, "password_minutes", json_integer(password ? minutes : 0));
    json_object_set_new(context, "deploy",
                        json_pack("{s:s, s:s, s:s}", "id", flow->id, "reference", visit->reference,
                                  "forget_url", flow_url(flow, "/forget", visit)));
    *made = context;
    return NULL;
}
