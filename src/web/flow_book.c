/* SPDX-License-Identifier: Apache-2.0 */
#include "web/flow_book.h"

#include <apr_strings.h>

#include "linode/ssh_key.h"
#include "linode/stackscript.h"
#include "support/json.h"
#include "support/json_writer.h"
#include "web/flow_json.h"
#include "web/session.h"

#define MOST_FLOWS 8
/* The layout of the session's value; another one is read as no flows. */
#define LAYOUT 1

/* ---------------------------------------------------------------- opening */

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

/* ---------------------------------------------------------------- what is in it */

problem_t *flow_book_add(flow_t **added, flow_book_t *book, const visit_t *visit)
{
    problem_t *problem = flow_begin(added, visit);
    if (!problem) {
        APR_ARRAY_PUSH(book->flows, flow_t *) = *added;
    }
    return problem;
}

flow_t *flow_book_find(const flow_book_t *book, const char *id)
{
    for (int i = 0; i < book->flows->nelts; i++) {
        flow_t *flow = APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (strcmp(flow->id, id) == 0) {
            return flow;
        }
    }
    return NULL;
}

flow_t *flow_book_newest_pending(const flow_book_t *book)
{
    for (int i = book->flows->nelts - 1; i >= 0; i--) {
        flow_t *flow = APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (flow->state == FLOW_PENDING) {
            return flow;
        }
    }
    return NULL;
}

problem_t *flow_book_match(flow_match_t *match, const flow_book_t *book, const char *login_state,
                           const visit_t *visit)
{
    *match = (flow_match_t){.flow = NULL};
    for (int i = 0; i < book->flows->nelts; i++) {
        int round;
        flow_t *flow = APR_ARRAY_IDX(book->flows, i, flow_t *);
        if (flow->state == FLOW_FORGOTTEN) {
            continue;
        }
        problem_t *problem = flow_round_of(&round, flow, login_state, visit);
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

void flow_book_finish(flow_book_t *book, flow_t *flow, const json_t *linode, const char *account,
                      const visit_t *visit)
{
    flow_finish(flow, linode, account, visit);
    make_newest(book, flow);
}

/* ---------------------------------------------------------------- saving */

static const char *book_text(const flow_book_t *book, const visit_t *visit)
{
    json_writer_t *writer = json_writer_create(visit->pool);
    json_writer_open(writer, NULL, '{');
    json_writer_integer(writer, "v", LAYOUT);
    json_writer_open(writer, "flows", '[');
    for (int i = 0; i < book->flows->nelts; i++) {
        flow_write(writer, APR_ARRAY_IDX(book->flows, i, const flow_t *), visit);
    }
    json_writer_close(writer, ']');
    json_writer_close(writer, '}');
    return json_writer_text(writer);
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

void flow_book_tell_longest(problem_t *problem, const char *name, const visit_t *visit)
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
    flow_book_tell_longest(problem, longest.field, visit);
    return problem;
}

problem_t *flow_book_save(const flow_book_t *given, const visit_t *visit)
{
    flow_book_t book = {.flows = apr_array_copy(visit->pool, given->flows)};
    apr_time_t until = visit->now + apr_time_from_sec(FLOW_KEPT_SECONDS);
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
