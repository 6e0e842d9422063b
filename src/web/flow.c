/* SPDX-License-Identifier: Apache-2.0 */
#include "web/flow.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/instance.h"
#include "linode/ssh_key.h"
#include "linode/stackscript.h"
#include "support/json.h"
#include "support/secret.h"
#include "web/flow_json.h"
#include "web/session.h"

#define MOST_FLOWS      8
#define PENDING_SECONDS (2 * 60 * 60)
#define RESULT_SECONDS  (24 * 60 * 60)
/* How many earlier rounds of a flow are still known as its own when their state comes back. */
#define ROUNDS_REMEMBERED 8
/* The layout of the session's value; another one is read as no flows. */
#define LAYOUT 1

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

problem_t *flow_login_state(const char **login_state, const flow_t *flow, const visit_t *visit)
{
    return derive_base64url(login_state, flow, 16, "state", flow->round, visit);
}

problem_t *flow_verifier(const char **verifier, const flow_t *flow, const visit_t *visit)
{
    return derive_base64url(verifier, flow, 48, "pkce verifier", flow->round, visit);
}

static problem_t *derive_base32(const char **text, const flow_t *flow, const char *purpose,
                                const visit_t *visit)
{
    unsigned char bytes[5];
    problem_t *problem = derive(bytes, sizeof(bytes), flow, purpose, 0, visit);
    if (!problem) {
        *text = secret_base32(bytes, sizeof(bytes), visit->pool);
    }
    return problem;
}

problem_t *flow_label_suffix(const char **suffix, const flow_t *flow, const visit_t *visit)
{
    return derive_base32(suffix, flow, "label suffix", visit);
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

static void wipe_flow(void *data)
{
    flow_t *flow = data;
    secret_wipe(flow->secret, sizeof(flow->secret));
}

static apr_status_t wipe_flow_cleanup(void *data)
{
    wipe_flow(data);
    return APR_SUCCESS;
}

flow_t *flow_make(apr_pool_t *pool)
{
    flow_t *flow = apr_pcalloc(pool, sizeof(*flow));
    apr_pool_cleanup_register(pool, flow, wipe_flow_cleanup, apr_pool_cleanup_null);
    return flow;
}

problem_t *flow_add(flow_t **added, flow_book_t *book, const visit_t *visit)
{
    flow_t *flow = flow_make(visit->pool);
    problem_t *problem = secret_random(flow->secret, sizeof(flow->secret), visit->pool);
    if (!problem) {
        problem = secret_source_create(&flow->source, visit->child->extractor, flow->secret,
                                       sizeof(flow->secret), visit->pool);
    }
    if (!problem) {
        problem = derive_base32(&flow->id, flow, "id", visit);
    }
    if (problem) {
        return problem;
    }
    flow->state = FLOW_PENDING;
    flow->began = visit->now;
    flow_begin_round(flow, visit);
    APR_ARRAY_PUSH(book->flows, flow_t *) = flow;
    *added = flow;
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
    return flow->began <= visit->now ? flow->began : visit->now - apr_time_from_sec(RESULT_SECONDS);
}

/* Takes the flow at that place out of the book. */
static void take_out(flow_book_t *book, int place)
{
    for (int i = place; i + 1 < book->flows->nelts; i++) {
        APR_ARRAY_IDX(book->flows, i, flow_t *) = APR_ARRAY_IDX(book->flows, i + 1, flow_t *);
    }
    apr_array_pop(book->flows);
}

/* The newest flow is the last that a full session would lose. */
static void make_newest(flow_book_t *book, flow_t *flow)
{
    for (int i = 0; i < book->flows->nelts; i++) {
        if (APR_ARRAY_IDX(book->flows, i, flow_t *) == flow) {
            take_out(book, i);
            APR_ARRAY_PUSH(book->flows, flow_t *) = flow;
            return;
        }
    }
}

void flow_finish(flow_t *flow, flow_book_t *book, const json_t *linode, const char *account,
                 const visit_t *visit)
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
    make_newest(book, flow);
}

void flow_forget(flow_t *flow)
{
    flow->state = FLOW_FORGOTTEN;
    flow->made = NULL;
    flow->source = NULL;
    wipe_flow(flow);
}

/* ---------------------------------------------------------------- the visitor's flows */

/* Time does to a flow what the visitor could do. */
static int flow_is_over(flow_t *flow, const visit_t *visit)
{
    if (flow->state == FLOW_PENDING) {
        return visit->now > flow->login_began + apr_time_from_sec(PENDING_SECONDS);
    }
    if (flow->state == FLOW_CREATED &&
        visit->now > flow->finished + visit->config->result_lifetime) {
        flow_forget(flow);
    }
    return visit->now > flow->finished + apr_time_from_sec(RESULT_SECONDS);
}

/* Of two copies of a flow the one that has come further counts. */
static int is_further(const flow_t *flow, const flow_t *other)
{
    if (flow->state != other->state) {
        return flow->state > other->state;
    }
    return flow->round != other->round
               ? flow->round > other->round
               : flow->spent + flow->doubtful > other->spent + other->doubtful;
}

static void add_kept(flow_book_t *book, flow_t *flow)
{
    for (int i = 0; i < book->flows->nelts; i++) {
        flow_t **known = &APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (strcmp((*known)->id, flow->id) == 0) {
            *known = is_further(flow, *known) ? flow : *known;
            return;
        }
    }
    APR_ARRAY_PUSH(book->flows, flow_t *) = flow;
}

static void read_flows(flow_book_t *book, const char *text, const visit_t *visit)
{
    const json_t *kept = json_parse(text, strlen(text), visit->pool);
    if (json_member_integer(kept, "v", 0) != LAYOUT) {
        return;
    }
    const json_t *flows = json_member_array(kept, "flows");
    for (size_t i = 0; i < json_array_size(flows); i++) {
        flow_t *flow = flow_from_json(json_array_get(flows, i), visit);
        if (flow && !flow_is_over(flow, visit)) {
            add_kept(book, flow);
        }
    }
}

problem_t *flow_book_open(flow_book_t **opened, const visit_t *visit)
{
    const apr_array_header_t *texts;
    flow_book_t *book = apr_pcalloc(visit->pool, sizeof(*book));
    book->flows = apr_array_make(visit->pool, MOST_FLOWS + 1, sizeof(flow_t *));
    *opened = book;
    problem_t *problem = session_read(&texts, visit);
    for (int i = 0; i < texts->nelts; i++) {
        read_flows(book, APR_ARRAY_IDX(texts, i, const char *), visit);
    }
    return problem;
}

static const char *book_text(const flow_book_t *book, const visit_t *visit)
{
    json_t *flows = json_array();
    json_t *kept = json_in_pool(json_pack("{s:i, s:o}", "v", LAYOUT, "flows", flows), visit->pool);
    for (int i = 0; i < book->flows->nelts; i++) {
        json_array_append_new(flows,
                              flow_to_json(APR_ARRAY_IDX(book->flows, i, const flow_t *), visit));
    }
    apr_size_t length;
    const char *text = json_text(kept, &length, visit->pool);
    secret_wipe_with_pool(text, visit->pool);
    return text;
}

/* The place of the oldest flow that waits for its login, or is done, and is not at hand; or -1. */
static int oldest(const flow_book_t *book, int is_pending)
{
    for (int i = 0; i < book->flows->nelts; i++) {
        const flow_t *flow = APR_ARRAY_IDX(book->flows, i, const flow_t *);
        if (!flow->at_hand && (flow->state == FLOW_PENDING) == is_pending) {
            return i;
        }
    }
    return -1;
}

/* 0 when there is none that may go. */
static int drop_one(flow_book_t *book)
{
    int victim = oldest(book, 0);
    if (victim < 0) {
        victim = oldest(book, 1);
    }
    if (victim >= 0) {
        take_out(book, victim);
    }
    return victim >= 0;
}

/* What the visitor has written or chosen, by the name of its form field. */
typedef struct answer_t {
    const char *field;
    const char *text;
} answer_t;

static void add_answer(apr_array_header_t *answers, const char *field, const char *text)
{
    APR_ARRAY_PUSH(answers, answer_t) = (answer_t){field, text};
}

static void add_script_answers(apr_array_header_t *answers, const json_t *given, apr_pool_t *pool)
{
    const char *name;
    json_t *answer;
    json_object_foreach ((json_t *)given, name, answer) {
        const char *text = json_string_value(answer);
        add_answer(answers, apr_pstrcat(pool, STACKSCRIPT_FIELD, name, NULL), text ? text : "");
    }
}

static apr_array_header_t *answers_of(const flow_t *flow, apr_pool_t *pool)
{
    apr_array_header_t *answers = apr_array_make(pool, 8, sizeof(answer_t));
    add_answer(answers, "type", flow->type);
    add_answer(answers, "region", flow->region);
    add_answer(answers, "distribution", flow->image);
    add_answer(answers, "label", flow->label);
    add_answer(answers, SSH_KEY_FIELD, flow->keys ? ssh_key_text(flow->keys, pool) : "");
    add_script_answers(answers, flow->answers, pool);
    add_script_answers(answers, flow->secrets, pool);
    return answers;
}

static answer_t longest_answer(const flow_book_t *book, apr_pool_t *pool)
{
    answer_t longest = {.field = "label", .text = ""};
    for (int i = 0; i < book->flows->nelts; i++) {
        const apr_array_header_t *answers =
            answers_of(APR_ARRAY_IDX(book->flows, i, const flow_t *), pool);
        for (int j = 0; j < answers->nelts; j++) {
            answer_t answer = APR_ARRAY_IDX(answers, j, answer_t);
            if (strlen(answer.text) > strlen(longest.text)) {
                longest = answer;
            }
        }
    }
    return longest;
}

void flow_tell_longest(problem_t *problem, const char *name, const visit_t *visit)
{
    problem->message = apr_psprintf(visit->pool,
                                    "Your answers together are more than this site can remember "
                                    "during the login. The longest is \"%s\".",
                                    name);
}

/* The flow at hand does not fit, even alone. */
static problem_t *too_large(const flow_book_t *book, const visit_t *visit)
{
    answer_t longest = longest_answer(book, visit->pool);
    problem_t *problem = problem_make(
        visit->pool, PROBLEM_FORM_TOO_LARGE,
        "the answers do not fit into the session's cookie, the longest is %s with %" APR_SIZE_T_FMT
        " bytes; mod_session_dbd as the session's store lifts the limit",
        longest.field, strlen(longest.text));
    problem->field = longest.field;
    flow_tell_longest(problem, longest.field, visit);
    return problem;
}

problem_t *flow_book_save(const flow_book_t *given, const visit_t *visit)
{
    flow_book_t book = {.flows = apr_array_copy(visit->pool, given->flows)};
    apr_time_t until = visit->now + apr_time_from_sec(RESULT_SECONDS);
    problem_t *problem = NULL;
    int fits = 0;

    while (book.flows->nelts > MOST_FLOWS && drop_one(&book)) {
    }
    if (book.flows->nelts == 0) {
        return session_write(&fits, visit, NULL, until);
    }
    do {
        problem = session_write(&fits, visit, book_text(&book, visit), until);
    } while (!problem && !fits && drop_one(&book));
    if (!problem && !fits) {
        problem = session_write_over_others(&fits, visit, book_text(&book, visit), until);
    }
    return problem || fits ? problem : too_large(&book, visit);
}

flow_t *flow_by_id(const flow_book_t *book, const char *id)
{
    for (int i = 0; i < book->flows->nelts; i++) {
        flow_t *flow = APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (strcmp(flow->id, id) == 0) {
            return flow;
        }
    }
    return NULL;
}

flow_t *flow_newest_pending(const flow_book_t *book)
{
    for (int i = book->flows->nelts - 1; i >= 0; i--) {
        flow_t *flow = APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (flow->state == FLOW_PENDING) {
            return flow;
        }
    }
    return NULL;
}

/* The round of the flow whose state that is, 0 for none. Every state is derived and compared,
 * whether or not one matched already. */
static problem_t *round_of_state(int *round, const flow_t *flow, const char *login_state,
                                 const visit_t *visit)
{
    int oldest = flow->round > ROUNDS_REMEMBERED ? flow->round - ROUNDS_REMEMBERED : 1;
    *round = 0;
    for (int i = flow->round; i >= oldest; i--) {
        const char *expected;
        problem_t *problem = derive_base64url(&expected, flow, 16, "state", i, visit);
        if (problem) {
            return problem;
        }
        if (secret_equal(expected, login_state)) {
            *round = i;
        }
    }
    return NULL;
}

problem_t *flow_by_login_state(flow_match_t *match, const flow_book_t *book,
                               const char *login_state, const visit_t *visit)
{
    *match = (flow_match_t){.flow = NULL};
    for (int i = 0; i < book->flows->nelts; i++) {
        int round;
        flow_t *flow = APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (flow->state == FLOW_FORGOTTEN) {
            continue;
        }
        problem_t *problem = round_of_state(&round, flow, login_state, visit);
        if (problem) {
            return problem;
        }
        if (round) {
            match->flow = flow;
            match->used = round < flow->round || flow->spent;
        }
    }
    return NULL;
}
