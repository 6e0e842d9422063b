/* SPDX-License-Identifier: Apache-2.0 */
#include "web/flow_json.h"

#include "support/json.h"
#include "support/secret.h"

/* What is as it is at the beginning is left out: a cookie has little room. */
static void keep_number(json_t *kept, const char *key, json_int_t number, json_int_t beginning)
{
    if (number != beginning) {
        json_object_set_new(kept, key, json_integer(number));
    }
}

json_t *flow_to_json(const flow_t *flow, const visit_t *visit)
{
    json_int_t began = apr_time_sec(flow->began);
    json_t *kept =
        json_pack("{s:s, s:I, s:s, s:s, s:s, s:s}", "id", flow->id, "began", began, "type",
                  flow->type, "region", flow->region, "image", flow->image, "label", flow->label);
    keep_number(kept, "state", flow->state, FLOW_PENDING);
    keep_number(kept, "login", apr_time_sec(flow->login_began), began);
    keep_number(kept, "round", flow->round, 1);
    keep_number(kept, "auto", flow->automatic, 0);
    keep_number(kept, "spent", flow->spent, 0);
    keep_number(kept, "doubt", flow->doubtful, 0);
    if (flow->state == FLOW_PENDING) {
        json_object_set_new(kept, "script", json_integer(flow->script));
    }
    if (flow->own_label) {
        json_object_set_new(kept, "own", json_string(flow->own_label));
    }
    if (flow->backups) {
        json_object_set_new(kept, "backups", json_true());
    }
    if (json_array_size(flow->keys)) {
        json_object_set(kept, "keys", (json_t *)flow->keys);
    }
    if (json_object_size(flow->answers)) {
        json_object_set(kept, "answers", (json_t *)flow->answers);
    }
    if (json_object_size(flow->secrets)) {
        json_object_set(kept, "secrets", (json_t *)flow->secrets);
    }
    if (json_array_size(flow->made)) {
        json_object_set(kept, "made", (json_t *)flow->made);
    }
    if (flow->state != FLOW_FORGOTTEN) {
        const char *secret = secret_base64url(flow->secret, sizeof(flow->secret), visit->pool);
        secret_wipe_with_pool(secret, visit->pool);
        json_object_set_new(kept, "secret", json_string(secret));
    }
    if (flow->state == FLOW_CREATED) {
        json_object_set_new(kept, "account", json_string(flow->account));
    }
    if (flow->state != FLOW_PENDING) {
        json_object_set_new(kept, "finished", json_integer(apr_time_sec(flow->finished)));
        json_object_set(kept, "linode", (json_t *)flow->linode);
    }
    return kept;
}

static apr_time_t time_member(const json_t *object, const char *key, apr_time_t otherwise)
{
    return apr_time_from_sec(json_member_integer(object, key, apr_time_sec(otherwise)));
}

static int read_secret(flow_t *flow, const json_t *kept, const visit_t *visit)
{
    apr_size_t length = 0;
    const char *text = json_member_string(kept, "secret");
    unsigned char *bytes = text ? secret_from_base64url(text, &length, visit->pool) : NULL;
    json_member_wipe(kept, "secret");
    if (!bytes || length != sizeof(flow->secret)) {
        return 0;
    }
    memcpy(flow->secret, bytes, length);
    secret_wipe(bytes, length);
    return !secret_source_create(&flow->source, visit->child->extractor, flow->secret,
                                 sizeof(flow->secret), visit->pool);
}

flow_t *flow_from_json(const json_t *kept, const visit_t *visit)
{
    flow_t *flow = flow_make(visit->pool);
    json_int_t state = json_member_integer(kept, "state", FLOW_PENDING);
    flow->state = (flow_state_t)state;
    flow->id = json_member_string(kept, "id");
    flow->began = time_member(kept, "began", 0);
    flow->login_began = time_member(kept, "login", flow->began);
    flow->round = (int)json_member_integer(kept, "round", 1);
    flow->automatic = (int)json_member_integer(kept, "auto", 0);
    flow->spent = (int)json_member_integer(kept, "spent", 0);
    flow->doubtful = (int)json_member_integer(kept, "doubt", 0);
    flow->type = json_member_string(kept, "type");
    flow->region = json_member_string(kept, "region");
    flow->image = json_member_string(kept, "image");
    flow->script = json_member_integer(kept, "script", 0);
    flow->label = json_member_string(kept, "label");
    flow->own_label = json_member_string(kept, "own");
    flow->backups = json_member_is_true(kept, "backups");
    flow->keys = json_member_array(kept, "keys");
    flow->answers = json_member_object(kept, "answers");
    flow->secrets = json_member_object(kept, "secrets");
    flow->made = json_member_array(kept, "made");
    json_wipe_with_pool(flow->answers, visit->pool);
    json_wipe_with_pool(flow->secrets, visit->pool);
    flow->account = json_member_string(kept, "account");
    flow->finished = time_member(kept, "finished", 0);
    flow->linode = json_member_object(kept, "linode");
    int whole = state >= FLOW_PENDING && state <= FLOW_FORGOTTEN && flow->id &&
                strlen(flow->id) >= 6 && flow->type && flow->region && flow->image && flow->label &&
                (flow->script || state != FLOW_PENDING);
    if (whole && state != FLOW_FORGOTTEN) {
        whole = read_secret(flow, kept, visit);
    }
    if (whole && state != FLOW_PENDING) {
        whole = flow->linode && (state == FLOW_FORGOTTEN || flow->account);
    }
    return whole ? flow : NULL;
}
