/* SPDX-License-Identifier: Apache-2.0 */
#include "web/flow.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/instance.h"
#include "support/json.h"

#define PENDING_SECONDS (2 * 60 * 60)
/* How many earlier rounds of a flow are still known as its own when their state comes back. */
#define ROUNDS_REMEMBERED 8
/* Bytes of the public id, and of the label's suffix. */
#define NAME_LENGTH 5

/* ---------------------------------------------------------------- what comes from the secret */

/* Derives length bytes for a purpose; round is part of it where it is not 0. */
static problem_t *derive(unsigned char *out, apr_size_t length, const flow_t *flow,
                         const char *purpose, int round, const visit_t *visit)
{
    const char *info = round ? apr_psprintf(visit->pool, "%s %d", purpose, round) : purpose;
    return secret_source_derive(out, length, flow->source, info, NULL, visit->pool);
}

static problem_t *derive_base64url(const char **text, const flow_t *flow, apr_size_t length,
                                   const char *purpose, int round, const visit_t *visit)
{
    unsigned char bytes[64];
    problem_t *problem = derive(bytes, length, flow, purpose, round, visit);
    if (!problem) {
        *text = secret_base64url(bytes, length, visit->pool);
        secret_wipe_with_pool(*text, visit->pool);
    }
    secret_wipe(bytes, sizeof(bytes));
    return problem;
}

static problem_t *derive_state(const char **login_state, const flow_t *flow, int round,
                               const visit_t *visit)
{
    return derive_base64url(login_state, flow, 16, "state", round, visit);
}

problem_t *flow_login_state(const char **login_state, const flow_t *flow, const visit_t *visit)
{
    return derive_state(login_state, flow, flow->round, visit);
}

problem_t *flow_verifier(const char **verifier, const flow_t *flow, const visit_t *visit)
{
    return derive_base64url(verifier, flow, 48, "pkce verifier", flow->round, visit);
}

problem_t *flow_round_of(int *round, const flow_t *flow, const char *login_state,
                         const visit_t *visit)
{
    int oldest = flow->round > ROUNDS_REMEMBERED ? flow->round - ROUNDS_REMEMBERED : 1;
    *round = 0;
    for (int i = flow->round; i >= oldest; i--) {
        const char *expected;
        problem_t *problem = derive_state(&expected, flow, i, visit);
        if (problem) {
            return problem;
        }
        if (secret_equal(expected, login_state)) {
            *round = i;
        }
    }
    return NULL;
}

/* What is public of a flow; it is kept beside the secret, and derived no more. */
static problem_t *derive_names(flow_t *flow, const visit_t *visit)
{
    unsigned char bytes[2 * NAME_LENGTH];
    problem_t *problem = derive(bytes, sizeof(bytes), flow, "id and label suffix", 0, visit);
    if (!problem) {
        flow->id = secret_base32(bytes, NAME_LENGTH, visit->pool);
        flow->label_suffix = secret_base32(bytes + NAME_LENGTH, NAME_LENGTH, visit->pool);
    }
    return problem;
}

problem_t *flow_password(const char **password, const flow_t *flow, const char *account,
                         const visit_t *visit)
{
    problem_t *problem =
        secret_password(password, flow->source, "root password", account, visit->pool);
    if (!problem) {
        secret_wipe_with_pool(*password, visit->pool);
    }
    return problem;
}

problem_t *flow_script_secret(const char **secret, const flow_t *flow, const char *name, int length,
                              const char *account, const visit_t *visit)
{
    problem_t *problem =
        secret_word(secret, length, flow->source,
                    apr_pstrcat(visit->pool, "script secret ", name, NULL), account, visit->pool);
    if (!problem) {
        secret_wipe_with_pool(*secret, visit->pool);
    }
    return problem;
}

const char *flow_reference(const flow_t *flow, apr_pool_t *pool)
{
    char *reference = apr_psprintf(pool, "%.4s-%.2s", flow->id, flow->id + 4);
    for (char *c = reference; *c; c++) {
        *c = (char)apr_toupper(*c);
    }
    return reference;
}

const char *flow_url(const flow_t *flow, const char *action, const visit_t *visit)
{
    return apr_pstrcat(visit->pool, visit->config->base, "/deploys/", flow->id, action, NULL);
}

/* ---------------------------------------------------------------- one flow */

static apr_status_t wipe_flow(void *data)
{
    flow_t *flow = data;
    secret_wipe(flow->secret, sizeof(flow->secret));
    return APR_SUCCESS;
}

flow_t *flow_make(apr_pool_t *pool)
{
    flow_t *flow = apr_pcalloc(pool, sizeof(*flow));
    apr_pool_cleanup_register(pool, flow, wipe_flow, apr_pool_cleanup_null);
    return flow;
}

problem_t *flow_begin(flow_t **begun, const visit_t *visit)
{
    flow_t *flow = flow_make(visit->pool);
    problem_t *problem = secret_random(flow->secret, sizeof(flow->secret), visit->pool);
    if (!problem) {
        problem = secret_source_create(&flow->source, visit->child->extractor, flow->secret,
                                       sizeof(flow->secret), visit->pool);
    }
    if (!problem) {
        problem = derive_names(flow, visit);
    }
    if (problem) {
        return problem;
    }
    flow->state = FLOW_PENDING;
    flow->began = visit->now;
    flow_begin_round(flow, visit);
    *begun = flow;
    return NULL;
}

void flow_spend_state(flow_t *flow)
{
    flow->spent = 1;
    flow->at_hand = 1;
}

void flow_doubt(flow_t *flow)
{
    flow->doubtful = 1;
    flow->at_hand = 1;
}

void flow_tell_doubt(const flow_t *flow, problem_t *problem)
{
    if (flow->doubtful && problem->effect == PROBLEM_NOTHING_CREATED) {
        problem->effect = PROBLEM_MAYBE_CREATED;
    }
}

void flow_begin_round(flow_t *flow, const visit_t *visit)
{
    flow->round++;
    flow->spent = 0;
    flow->login_began = visit->now;
    flow->at_hand = 1;
}

int flow_login_expired(const flow_t *flow, const visit_t *visit)
{
    return visit->now > flow->login_began + apr_time_from_sec(FLOW_LOGIN_SECONDS);
}

apr_time_t flow_earliest(const flow_t *flow, const visit_t *visit)
{
    return flow->began <= visit->now ? flow->began
                                     : visit->now - apr_time_from_sec(FLOW_KEPT_SECONDS);
}

void flow_finish(flow_t *flow, const json_t *linode, const char *account, const visit_t *visit)
{
    static const char *const shown[] = {"id",     "label", "group", "status", "type",
                                        "region", "image", "ipv4",  "ipv6",   "created"};
    json_t *kept = json_in_pool(json_object(), visit->pool);
    for (unsigned i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        json_t *member = json_object_get(linode, shown[i]);
        if (member) {
            json_object_set(kept, shown[i], member);
        }
    }
    json_t *addresses = instance_addresses(json_object_get(linode, "ipv4"));
    if (addresses) {
        json_object_set_new(kept, "ipv4", addresses);
    }
    flow->state = FLOW_CREATED;
    flow->account = account;
    flow->finished = visit->now;
    flow->linode = kept;
    flow->answers = flow->secrets = flow->keys = NULL;
    flow->at_hand = 1;
}

void flow_forget(flow_t *flow)
{
    flow->state = FLOW_FORGOTTEN;
    flow->made = NULL;
    flow->source = NULL;
    wipe_flow(flow);
}

int flow_is_over(flow_t *flow, const visit_t *visit)
{
    if (flow->state == FLOW_PENDING) {
        return visit->now > flow->login_began + apr_time_from_sec(PENDING_SECONDS);
    }
    if (flow->state == FLOW_CREATED &&
        visit->now > flow->finished + visit->config->result_lifetime) {
        flow_forget(flow);
    }
    return visit->now > flow->finished + apr_time_from_sec(FLOW_KEPT_SECONDS);
}
