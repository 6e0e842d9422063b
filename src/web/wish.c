/* SPDX-License-Identifier: Apache-2.0 */
#include "web/wish.h"

#include "linode/ssh_key.h"
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

/* What the script is given. */
static problem_t *fill_script_data(instance_wish_t *wish, const flow_t *flow, const char *account,
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

/* What goes into the create beside what every Linode has. */
static const json_t *extra_of(const flow_t *flow, const visit_t *visit)
{
    json_t *extra = json_in_pool(json_copy((json_t *)visit->config->extra), visit->pool);
    if (flow->backups) {
        json_object_set_new(extra, "backups_enabled", json_true());
    }
    if (json_array_size(flow->keys)) {
        json_object_set(extra, SSH_KEY_FIELD, (json_t *)flow->keys);
    }
    return extra;
}

problem_t *wish_make(instance_wish_t *wish, const flow_t *flow, const owner_t *owner,
                     const visit_t *visit)
{
    const config_t *config = visit->config;
    *wish = (instance_wish_t){.label = flow->label,
                              .type = flow->type,
                              .region = flow->region,
                              .image = flow->image,
                              .stackscript_id = flow->script,
                              .group = APR_ARRAY_IDX(config->tags, 0, const char *),
                              .tags = config->tags,
                              .untagged = owner->restricted,
                              .extra = extra_of(flow, visit),
                              .began = flow_earliest(flow, visit)};
    problem_t *problem = flow_password(&wish->root_pass, flow, owner->account, visit);
    return problem ? problem : fill_script_data(wish, flow, owner->account, visit);
}

problem_t *wish_secrets(json_t **all, const flow_t *flow, const visit_t *visit)
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
