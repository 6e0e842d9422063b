/* SPDX-License-Identifier: Apache-2.0 */
#include "web/flow_json.h"

#include "support/json.h"
#include "support/secret.h"

/* What is as it is at the beginning is left out: a cookie has little room. */
static void write_number(json_writer_t *writer, const char *key, json_int_t number,
                         json_int_t beginning)
{
    if (number != beginning) {
        json_writer_integer(writer, key, number);
    }
}

static void write_array(json_writer_t *writer, const char *key, const json_t *array)
{
    if (json_array_size(array)) {
        json_writer_value(writer, key, array);
    }
}

static void write_object(json_writer_t *writer, const char *key, const json_t *object)
{
    if (json_object_size(object)) {
        json_writer_value(writer, key, object);
    }
}

static void write_order(json_writer_t *writer, const flow_t *flow)
{
    json_writer_string(writer, "type", flow->type);
    json_writer_string(writer, "region", flow->region);
    json_writer_string(writer, "image", flow->image);
    json_writer_string(writer, "label", flow->label);
    if (flow->state == FLOW_PENDING) {
        json_writer_integer(writer, "script", flow->script);
    }
    if (flow->own_label) {
        json_writer_string(writer, "own", flow->own_label);
    }
    if (flow->backups) {
        json_writer_value(writer, "backups", json_true());
    }
    write_array(writer, "keys", flow->keys);
    write_object(writer, "answers", flow->answers);
    write_object(writer, "secrets", flow->secrets);
    write_array(writer, "made", flow->made);
}

void flow_write(json_writer_t *writer, const flow_t *flow, const visit_t *visit)
{
    json_int_t began = apr_time_sec(flow->began);
    json_writer_open(writer, NULL, '{');
    json_writer_string(writer, "id", flow->id);
    json_writer_integer(writer, "began", began);
    write_number(writer, "state", flow->state, FLOW_PENDING);
    write_number(writer, "login", apr_time_sec(flow->login_began), began);
    write_number(writer, "round", flow->round, 1);
    write_number(writer, "auto", flow->automatic, 0);
    write_number(writer, "spent", flow->spent, 0);
    write_number(writer, "doubt", flow->doubtful, 0);
    write_order(writer, flow);
    if (flow->state != FLOW_FORGOTTEN) {
        const char *secret = secret_base64url(flow->secret, sizeof(flow->secret), visit->pool);
        secret_wipe_with_pool(secret, visit->pool);
        json_writer_string(writer, "secret", secret);
    }
    if (flow->state == FLOW_CREATED) {
        json_writer_string(writer, "account", flow->account);
    }
    if (flow->state != FLOW_PENDING) {
        json_writer_integer(writer, "finished", apr_time_sec(flow->finished));
        json_writer_value(writer, "linode", flow->linode);
    }
    json_writer_close(writer, '}');
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
