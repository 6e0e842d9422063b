/* SPDX-License-Identifier: Apache-2.0 */
#include "web/script_data.h"

#include "support/json.h"

/* The secrets made for the script: name to value, wiped with the request. */
static problem_t *made_secrets(json_t **secrets, const flow_t *flow, const char *account,
                               const visit_t *visit)
{
    problem_t *problem = NULL;
    *secrets = json_in_pool(json_object(), visit->pool);
    json_wipe_with_pool(*secrets, visit->pool);
    for (size_t i = 0; i < json_array_size(flow->made) && !problem; i++) {
        const json_t *one = json_array_get(flow->made, i);
        const char *name = json_member_string(one, "name");
        const char *secret;
        problem = flow_script_secret(&secret, flow, name,
                                     (int)json_member_integer(one, "length", 0), account, visit);
        if (!problem) {
            json_object_set_new(*secrets, name, json_string(secret));
        }
    }
    return problem;
}

problem_t *script_data_fill(instance_wish_t *wish, const flow_t *flow, const char *account,
                            const visit_t *visit)
{
    json_t *secrets;
    problem_t *problem = made_secrets(&secrets, flow, account, visit);
    if (!problem) {
        json_t *data = json_in_pool(json_object(), visit->pool);
        json_object_update(secrets, (json_t *)flow->secrets);
        json_object_update(data, (json_t *)flow->answers);
        json_object_update(data, secrets);
        wish->stackscript_data = data;
        wish->secrets = secrets;
    }
    return problem;
}

problem_t *script_data_made(json_t **all, const flow_t *flow, const visit_t *visit)
{
    json_t *secrets;
    problem_t *problem = made_secrets(&secrets, flow, flow->account, visit);
    if (problem) {
        return problem;
    }
    *all = json_array();
    for (size_t i = 0; i < json_array_size(flow->made); i++) {
        const json_t *one = json_array_get(flow->made, i);
        const char *name = json_member_string(one, "name");
        json_array_append_new(*all, json_pack("{s:s, s:s?, s:O}", "name", name, "label",
                                              json_member_string(one, "label"), "value",
                                              json_object_get(secrets, name)));
    }
    return NULL;
}
