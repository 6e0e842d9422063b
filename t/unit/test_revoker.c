/* SPDX-License-Identifier: Apache-2.0 */
/* No token is forgotten: held before it is used, revoked when it has been, tried again when Linode
 * does not take it, taken over when its process has died. */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "linode/revoker.h"
#include "linode/revoker_client.h"
#include "linode/revoker_queue.h"
#include "scripted_http.h"
#include "state_files.h"
#include "support/seal.h"
#include "support/workers.h"

#define REVOKE "POST /oauth/revoke"
#define TOKEN  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* ---------------------------------------------------------------- a revoker without threads */

static int lines;
static const char *last_line = "";

static void keep_line(void *baton, log_level_t level, const char *text)
{
    (void)baton, (void)level;
    lines++;
    last_line = apr_pstrdup(pool, text);
}

static const log_t test_log = {.line = keep_line};

static revoker_client_t client_of(const char *id, const char *secret, const char *older_secret)
{
    const char *secrets[] = {secret, older_secret};
    oauth_client_t *oauth = apr_pcalloc(pool, sizeof(*oauth));
    seal_ring_t *ring;

    oauth->login_url = "https://login.example";
    oauth->client_id = id;
    oauth->client_secret = apr_pstrcat(pool, "client-secret-of-", id, NULL);
    oauth->scopes = apr_array_make(pool, 1, sizeof(const char *));
    oauth->pkce = 1;
    oauth->retries = 3;
    oauth->connect_timeout = apr_time_from_sec(1);
    oauth->total_timeout = apr_time_from_sec(5);
    ck_assert_fine(seal_ring_create(&ring, secrets, older_secret ? 2 : 1, pool));
    return (revoker_client_t){.oauth = oauth, .ring = ring};
}

static revoker_t *revoker_in(const char *directory, const revoker_client_t *clients, int count,
                             int entries, http_t *http)
{
    journal_limits_t *limits = apr_pmemdup(pool, &journal_limits, sizeof(*limits));
    revoker_t *revoker;
    revoker_options_t options = {.directory = directory,
                                 .clients = clients,
                                 .count = count,
                                 .limits = limits,
                                 .log = &test_log};

    limits->entries = entries;
    ck_assert_fine(revoker_create(&revoker, &options, http, pool));
    return revoker;
}

static revoker_t *usual(const char *directory, scripted_t *script)
{
    revoker_client_t *client = apr_palloc(pool, sizeof(*client));

    *client = client_of("shop", "key", NULL);
    return revoker_in(directory, client, 1, 100, &script->http);
}

static oauth_token_t *token_of(const char *text, int seconds)
{
    oauth_token_t *token = apr_pcalloc(pool, sizeof(*token));

    token->access_token = text;
    token->expires = apr_time_now() + apr_time_from_sec(seconds);
    return token;
}

static revoker_hold_t *hold(revoker_t *revoker, int client, const char *token)
{
    revoker_hold_t *held = NULL;

    ck_assert_fine(revoker_hold(&held, revoker, client, token_of(token, 7200), pool));
    return held;
}

static void hold_and_hand_over(revoker_t *revoker, int client, const char *token)
{
    revoker_hand_over(hold(revoker, client, token));
}

/* Does what is due now. */
static void work(revoker_t *revoker)
{
    while (revoker_turn(revoker, pool) <= workers_now()) {
    }
}

/* Does what is due, and waits for what will be, until nothing is left. */
static void work_off(revoker_t *revoker)
{
    apr_time_t next;

    while (revoker_count(revoker) > 0) {
        next = revoker_turn(revoker, pool);
        if (next > workers_now()) {
            apr_sleep(next - workers_now());
        }
    }
}

#define ck_assert_asked(script, n, text)                                                           \
    ck_assert_msg(strstr((script)->asked[n].body, text) != NULL, "%s is not in: %s", text,         \
                  (script)->asked[n].body)

/* ---------------------------------------------------------------- the usual way */

START_TEST(a_token_is_revoked_once_it_is_handed_over)
{
    const step_t steps[] = {{.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held = hold(revoker, 0, TOKEN);

    work(revoker);
    ck_assert_int_eq(script->at, 0);
    ck_assert_int_eq(revoker_count(revoker), 1);
    revoker_hand_over(held);
    work(revoker);
    ck_assert_script_done(script);
    ck_assert_asked(script, 0, "token=" TOKEN "&");
    ck_assert_asked(script, 0, "token_type_hint=access_token");
    ck_assert_asked(script, 0, "client_id=shop&client_secret=client-secret-of-shop");
    ck_assert_int_eq(revoker_count(revoker), 0);
    ck_assert_int_eq(lines, 0);
    revoker_hand_over(held);
    work(revoker);
    ck_assert_int_eq(revoker_count(revoker), 0);
}
END_TEST

START_TEST(a_pool_that_goes_hands_over)
{
    const step_t steps[] = {{.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);
    apr_pool_t *request;
    revoker_hold_t *held;

    apr_pool_create(&request, pool);
    ck_assert_fine(revoker_hold(&held, revoker, 0, token_of(TOKEN, 7200), request));
    apr_pool_destroy(request);
    work(revoker);
    ck_assert_script_done(script);
}
END_TEST

START_TEST(the_disk_holds_no_secret)
{
    const step_t steps[] = {{.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held = hold(revoker, 0, TOKEN);
    const char *text = content_of(only_file_in(directory));

    ck_assert_int_gt((int)strlen(text), (int)strlen(TOKEN));
    ck_assert_ptr_null(strstr(text, TOKEN));
    ck_assert_ptr_null(strstr(text, "shop"));
    ck_assert_ptr_null(strstr(text, "login.example"));
    revoker_hand_over(held);
    work(revoker);
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), "\n-"));
}
END_TEST

/* Sessions and the journal have keys of their own: what is known of one is no help with the other.
 */
START_TEST(an_entry_is_not_opened_by_the_key_of_sessions)
{
    static const char context[] = "revocation|https://login.example|shop";
    const char *directory = make_directory();
    revoker_client_t client = client_of("shop", "key", NULL);
    revoker_t *revoker = revoker_in(directory, &client, 1, 100, &script_make(NULL, 0)->http);
    apr_size_t length;
    seal_ring_t *ring;
    const char *entry;

    hold(revoker, 0, TOKEN);
    entry = content_of(only_file_in(directory)) + 2;
    entry = apr_pstrmemdup(pool, entry, strcspn(entry, "."));
    ck_assert_ptr_null(seal_open(client.ring, context, entry, -1, &length, pool));
    ck_assert_fine(seal_ring_derive(&ring, client.ring, "revocation", pool));
    ck_assert_ptr_nonnull(strstr(seal_open(ring, context, entry, -1, &length, pool), TOKEN));
}
END_TEST

/* ---------------------------------------------------------------- when Linode does not take it */

START_TEST(what_fails_is_tried_again)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 500, .body = "{}"},
        {.request = REVOKE, .problem = PROBLEM_LINODE_TIMEOUT, .maybe = 1},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);

    hold_and_hand_over(revoker, 0, TOKEN);
    work(revoker);
    ck_assert_int_eq(script->at, 1);
    ck_assert_int_eq(revoker_count(revoker), 1);
    ck_assert_ptr_nonnull(strstr(last_line, "LO0601"));
    ck_assert_ptr_null(strstr(last_line, TOKEN));
    work_off(revoker);
    ck_assert_script_done(script);
    ck_assert_ptr_nonnull(strstr(last_line, "again"));
    ck_assert_int_eq(lines, 3);
}
END_TEST

START_TEST(retry_after_is_waited_for)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 429, .body = "{}", .header = "Retry-After: 2"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);

    hold_and_hand_over(revoker, 0, TOKEN);
    work_off(revoker);
    ck_assert_script_done(script);
    ck_assert(script->asked[1].at - script->asked[0].at >= apr_time_from_sec(2));
}
END_TEST

START_TEST(a_retry_after_beyond_reason_is_not_believed)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 429, .body = "{}", .header = "Retry-After: 99999999"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);
    apr_time_t next;

    hold_and_hand_over(revoker, 0, TOKEN);
    work(revoker);
    next = revoker_turn(revoker, pool);
    ck_assert(next < workers_now() + apr_time_from_sec(1801));
    ck_assert_script_done(script);
}
END_TEST

START_TEST(pauses_double_up_to_five_minutes)
{
    problem_t *problem = problem_make(pool, PROBLEM_LINODE_FAILED, "x");
    int failures;

    for (failures = 1; failures < 200; failures++) {
        apr_interval_time_t longest = failures < 10 ? 1 << (failures - 1) : 300;
        apr_interval_time_t pause = revoker_client_pause(failures, problem);

        longest = apr_time_from_sec(longest < 300 ? longest : 300);
        ck_assert(pause >= longest / 2 && pause <= longest);
    }
    problem->retry_after = apr_time_from_sec(86400);
    ck_assert_int_eq(revoker_client_pause(1, problem), apr_time_from_sec(1800));
}
END_TEST

START_TEST(while_linode_is_busy_all_tokens_of_the_client_wait)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 503, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);

    hold_and_hand_over(revoker, 0, "one");
    work(revoker);
    hold_and_hand_over(revoker, 0, "two");
    work(revoker);
    ck_assert_int_eq(script->at, 1);
    work_off(revoker);
    ck_assert_script_done(script);
}
END_TEST

/* One thread is all that a child of prefork has for them. */
START_TEST(a_token_that_always_fails_does_not_keep_another_waiting)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 401, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
        {.request = REVOKE, .status = 401, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);

    hold_and_hand_over(revoker, 0, "one");
    work(revoker);
    hold_and_hand_over(revoker, 0, "two");
    work_off(revoker);
    ck_assert_script_done(script);
    ck_assert_asked(script, 1, "token=two&");
    ck_assert_asked(script, 2, "token=one&");
}
END_TEST

START_TEST(a_token_that_is_refused_waits_alone)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 400, .body = "{\"errors\":[{\"reason\":\"no\"}]}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);

    lines = 0;
    hold_and_hand_over(revoker, 0, "one");
    work(revoker);
    hold_and_hand_over(revoker, 0, "two");
    work(revoker);
    ck_assert_int_eq(script->at, 2);
    ck_assert_asked(script, 1, "token=two&");
    work_off(revoker);
    ck_assert_asked(script, 2, "token=one&");
    ck_assert_int_eq(lines, 1);
}
END_TEST

START_TEST(clients_do_not_wait_for_each_other)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 401, .body = "{\"errors\":[{\"reason\":\"no\"}]}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_client_t clients[] = {client_of("first", "key", NULL), client_of("other", "key", NULL)};
    revoker_t *revoker = revoker_in(make_directory(), clients, 2, 100, &script->http);

    hold_and_hand_over(revoker, 0, "one");
    work(revoker);
    hold_and_hand_over(revoker, 1, "two");
    work(revoker);
    ck_assert_int_eq(script->at, 2);
    ck_assert_asked(script, 1, "client_id=other");
    work_off(revoker);
    ck_assert_asked(script, 2, "client_id=first");
}
END_TEST

START_TEST(a_token_that_has_ended_is_given_up)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 500, .body = "{}"},
        {.request = REVOKE, .status = 500, .body = "{}"},
        {.request = REVOKE, .status = 500, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held;

    ck_assert_fine(revoker_hold(&held, revoker, 0, token_of(TOKEN, 1), pool));
    revoker_hand_over(held);
    work_off(revoker);
    ck_assert_int_ge(script->at, 1);
    ck_assert_ptr_nonnull(strstr(last_line, "LO0602"));
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), "\n-"));
}
END_TEST

/* ---------------------------------------------------------------- codes whose answer got lost */

#define EXCHANGE "POST /oauth/token"

static revoker_hold_t *hold_code(revoker_t *revoker)
{
    revoker_hold_t *held = NULL;

    ck_assert_fine(revoker_hold_code(&held, revoker, 0, "the code", "the-verifier", pool));
    return held;
}

START_TEST(a_code_is_presented_again_so_that_its_token_ends)
{
    const step_t steps[] = {
        {.request = EXCHANGE, .status = 503, .body = "{}"},
        {.request = EXCHANGE, .status = 400, .body = "{\"error\":\"invalid_grant\"}"},
    };
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held = hold_code(revoker);

    ck_assert_ptr_null(strstr(content_of(only_file_in(directory)), "code"));
    work(revoker);
    ck_assert_int_eq(script->at, 0);
    revoker_hand_over(held);
    work_off(revoker);
    ck_assert_script_done(script);
    ck_assert_asked(script, 1, "grant_type=authorization_code");
    ck_assert_asked(script, 1, "code=the%20code");
    ck_assert_asked(script, 1, "code_verifier=the-verifier");
}
END_TEST

START_TEST(a_token_that_only_now_comes_of_a_code_is_revoked)
{
    const step_t steps[] = {
        {.request = EXCHANGE,
         .status = 200,
         .body = "{\"access_token\":\"" TOKEN "\",\"token_type\":\"bearer\"}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_t *revoker = usual(make_directory(), script);

    revoker_hand_over(hold_code(revoker));
    work(revoker);
    ck_assert_script_done(script);
    ck_assert_asked(script, 1, "token=" TOKEN "&");
    ck_assert_int_eq(revoker_count(revoker), 0);
}
END_TEST

/* That Linode would end it when the code is presented again is only what it should do. */
START_TEST(a_token_that_came_of_a_code_waits_itself)
{
    const step_t steps[] = {
        {.request = EXCHANGE,
         .status = 200,
         .body = "{\"access_token\":\"" TOKEN "\",\"token_type\":\"bearer\"}"},
        {.request = REVOKE, .status = 503, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    const char *text;

    revoker_hand_over(hold_code(revoker));
    work(revoker);
    ck_assert_int_eq(script->at, 2);
    ck_assert_int_eq(revoker_count(revoker), 1);
    text = content_of(only_file_in(directory));
    ck_assert_ptr_null(strstr(text, TOKEN));
    text = strstr(strstr(text, "\n+") + 1, "\n+");
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(strstr(text, "\n-"));
    work_off(revoker);
    ck_assert_script_done(script);
    ck_assert_asked(script, 2, "token=" TOKEN "&");
}
END_TEST

START_TEST(a_code_that_is_done_with_is_let_go)
{
    scripted_t *script = script_make(NULL, 0);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held = hold_code(revoker);

    revoker_let_go(held);
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), "\n-"));
    revoker_let_go(held);
    revoker_hand_over(held);
    work(revoker);
    ck_assert_int_eq(revoker_count(revoker), 0);
}
END_TEST

START_TEST(a_code_that_cannot_be_logged_has_nothing_to_be_revoked)
{
    scripted_t *script = script_make(NULL, 0);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held = NULL;

    unlink(only_file_in(directory));
    rmdir(directory);
    ck_assert_problem(revoker_hold_code(&held, revoker, 0, "the code", NULL, pool), TOKEN_UNLOGGED);
    ck_assert_ptr_null(held);
    ck_assert_int_eq(revoker_count(revoker), 0);
}
END_TEST

/* ---------------------------------------------------------------- when the disk does not */

START_TEST(a_token_that_cannot_be_logged_is_revoked_unused)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 500, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_t *revoker = usual(directory, script);
    revoker_hold_t *held = NULL;

    unlink(only_file_in(directory));
    rmdir(directory);
    ck_assert_problem(revoker_hold(&held, revoker, 0, token_of(TOKEN, 7200), pool), TOKEN_UNLOGGED);
    ck_assert_ptr_null(held);
    ck_assert_int_eq(mkdir(directory, 0700), 0);
    work(revoker);
    ck_assert_int_eq(script->at, 1);
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), "\n+"));
    work_off(revoker);
    ck_assert_script_done(script);
}
END_TEST

START_TEST(beyond_the_limit_a_token_is_revoked_unused)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 500, .body = "{}"}, /* for which no place is left */
        {.request = REVOKE, .status = 200, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    revoker_client_t client = client_of("shop", "key", NULL);
    revoker_t *revoker = revoker_in(make_directory(), &client, 1, 1, &script->http);
    revoker_hold_t *held = hold(revoker, 0, "one");
    revoker_hold_t *other = NULL;

    ck_assert_problem(revoker_hold(&other, revoker, 0, token_of("two", 7200), pool),
                      TOKEN_UNLOGGED);
    ck_assert_int_eq(revoker_count(revoker), 2);
    ck_assert_problem(revoker_hold(&other, revoker, 0, token_of("three", 7200), pool),
                      TOKEN_UNLOGGED);
    ck_assert_asked(script, 0, "token=three&");
    ck_assert_ptr_nonnull(strstr(last_line, "LO0602"));
    work(revoker);
    ck_assert_asked(script, 1, "token=two&");
    revoker_hand_over(held);
    work_off(revoker);
    ck_assert_asked(script, 2, "token=one&");
}
END_TEST

/* ---------------------------------------------------------------- when the process does not */

/* A process that dies while it holds these tokens. */
static void die_holding_for(const char *directory, const revoker_client_t *clients, int count,
                            int seconds)
{
    revoker_hold_t *held;
    pid_t process = fork();
    int status;
    int i;

    if (process == 0) {
        revoker_t *revoker =
            revoker_in(directory, clients, count, 100, &script_make(NULL, 0)->http);

        for (i = 0; i < count; i++) {
            const char *token = apr_pstrcat(pool, "token-of-", clients[i].oauth->client_id, NULL);

            ck_assert_fine(revoker_hold(&held, revoker, i, token_of(token, seconds), pool));
        }
        kill(getpid(), SIGKILL);
    }
    ck_assert_int_eq(waitpid(process, &status, 0), process);
    ck_assert(WIFSIGNALED(status));
}

static void die_holding(const char *directory, const revoker_client_t *clients, int count)
{
    die_holding_for(directory, clients, count, 7200);
}

START_TEST(tokens_of_the_dead_are_revoked_with_their_own_client)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 200, .body = "{}"},
        {.request = REVOKE, .status = 200, .body = "{}"},
    };
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_client_t clients[] = {client_of("first", "key1", NULL),
                                  client_of("other", "key2", NULL)};
    int i;

    die_holding(directory, clients, 2);
    ck_assert_int_eq(files_in(directory)->nelts, 1);
    work(revoker_in(directory, clients, 2, 100, &script->http));
    ck_assert_script_done(script);
    for (i = 0; i < 2; i++) {
        const char *id = strstr(script->asked[i].body, "client_id=first") ? "first" : "other";

        ck_assert_asked(script, i, apr_pstrcat(pool, "token=token-of-", id, "&", NULL));
        ck_assert_asked(script, i, apr_pstrcat(pool, "client-secret-of-", id, NULL));
    }
}
END_TEST

/* So it seems where the clock was wrong, or is. */
START_TEST(a_token_that_ended_days_ago_is_revoked_all_the_same)
{
    const step_t steps[] = {{.request = REVOKE, .status = 500, .body = "{}"},
                            {.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_client_t client = client_of("shop", "key", NULL);
    revoker_t *revoker;

    die_holding_for(directory, &client, 1, -3 * 86400);
    revoker = revoker_in(directory, &client, 1, 100, &script->http);
    work(revoker);
    work_off(revoker);
    ck_assert_script_done(script);
}
END_TEST

START_TEST(an_older_key_still_opens)
{
    const step_t steps[] = {{.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_client_t before = client_of("shop", "old", NULL);
    revoker_client_t after = client_of("shop", "new", "old");

    die_holding(directory, &before, 1);
    work(revoker_in(directory, &after, 1, 100, &script->http));
    ck_assert_script_done(script);
}
END_TEST

START_TEST(tokens_of_another_client_or_key_stay)
{
    const char *directory = make_directory();
    revoker_client_t owner = client_of("shop", "key", NULL);
    oauth_client_t elsewhere = *owner.oauth;
    revoker_client_t strangers[] = {client_of("other", "key", NULL),
                                    client_of("shop", "other key", NULL),
                                    {.oauth = &elsewhere, .ring = owner.ring}};
    const step_t steps[] = {{.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    int i;

    elsewhere.login_url = "https://login.elsewhere.example";
    die_holding(directory, &owner, 1);
    lines = 0;
    for (i = 0; i < 3; i++) {
        revoker_t *stranger =
            revoker_in(directory, &strangers[i], 1, 100, &script_make(NULL, 0)->http);

        work(stranger);
        ck_assert_int_eq(lines, 1); /* by the first of them */
        ck_assert_ptr_nonnull(strstr(last_line, "LO0604"));
    }
    work(revoker_in(directory, &owner, 1, 100, &script->http));
    ck_assert_script_done(script);
}
END_TEST

START_TEST(what_is_taken_over_is_safe_before_it_is_struck)
{
    const step_t steps[] = {{.request = REVOKE, .status = 500, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    const char *directory = make_directory();
    revoker_client_t client = client_of("shop", "key", NULL);
    revoker_t *revoker;

    die_holding(directory, &client, 1);
    revoker = revoker_in(directory, &client, 1, 100, &script->http);
    revoker_turn(revoker, pool);
    ck_assert_int_eq(script->at, 0); /* taken over, and not tried yet */
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), "\n+"));
    work(revoker);
    ck_assert_script_done(script);
    ck_assert_int_eq(revoker_count(revoker), 1);
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), "\n+"));
    ck_assert_ptr_null(strstr(content_of(only_file_in(directory)), "\n-"));
}
END_TEST

/* ---------------------------------------------------------------- threads */

/* An upstream that never answers, but lets itself be abandoned. */
typedef struct silent_t {
    http_t http;
    atomic_int asked;
} silent_t;

static problem_t *stay_silent(http_t *http, http_response_t **response,
                              const http_request_t *request, apr_pool_t *request_pool)
{
    (void)response;
    atomic_fetch_add(&((silent_t *)http)->asked, 1);
    while (!atomic_load(request->abandon)) {
        apr_sleep(1000);
    }
    return problem_make(request_pool, PROBLEM_LINODE_FAILED, "abandoned");
}

static revoker_t *threaded(const char *directory, http_t *http)
{
    revoker_client_t *client = apr_palloc(pool, sizeof(*client));
    revoker_options_t options = {.directory = directory,
                                 .clients = client,
                                 .count = 1,
                                 .threads = 4,
                                 .limits = &journal_limits,
                                 .log = &test_log};
    revoker_t *revoker;

    *client = client_of("shop", "key", NULL);
    ck_assert_fine(revoker_create(&revoker, &options, http, pool));
    return revoker;
}

START_TEST(a_silent_linode_does_not_delay_the_end)
{
    silent_t silent = {.http = {.perform = stay_silent}};
    const char *directory = make_directory();
    revoker_t *revoker = threaded(directory, &silent.http);

    hold_and_hand_over(revoker, 0, "one");
    hold_and_hand_over(revoker, 0, "two");
    while (atomic_load(&silent.asked) < 2) {
        apr_sleep(1000);
    }
    ck_assert(revoker_stop(revoker));
    ck_assert_int_eq(revoker_count(revoker), 2);
    ck_assert_ptr_null(strstr(content_of(only_file_in(directory)), "\n-"));
}
END_TEST

static problem_t *answer_ok(http_t *http, http_response_t **response, const http_request_t *request,
                            apr_pool_t *request_pool)
{
    (void)request;
    atomic_fetch_add(&((silent_t *)http)->asked, 1);
    *response = apr_pcalloc(request_pool, sizeof(**response));
    (*response)->status = 200;
    (*response)->headers = apr_table_make(request_pool, 1);
    (*response)->body = "";
    return NULL;
}

START_TEST(what_is_quick_is_finished_at_the_end)
{
    silent_t quick = {.http = {.perform = answer_ok}};
    const char *directory = make_directory();
    revoker_t *revoker = threaded(directory, &quick.http);
    int i;

    for (i = 0; i < 1000; i++) {
        hold_and_hand_over(revoker, 0, apr_psprintf(pool, "token%d", i));
    }
    ck_assert(revoker_stop(revoker));
    ck_assert_int_eq(atomic_load(&quick.asked) + revoker_count(revoker), 1000);
}
END_TEST

/* ---------------------------------------------------------------- the queue */

START_TEST(the_queue_is_in_order)
{
    revoker_queue_t queue;
    revoker_job_t *jobs = apr_pcalloc(pool, 500 * sizeof(*jobs));
    apr_time_t last = 0;
    unsigned int seed = 7;
    int i;

    revoker_queue_init(&queue, 500, pool);
    ck_assert_ptr_null(revoker_queue_take(&queue));
    for (i = 0; i < 500; i++) {
        seed = seed * 1103515245 + 12345;
        jobs[i].due = (seed >> 16) % 100;
        jobs[i].tries = (int)(seed >> 24) % 3;
        revoker_queue_add(&queue, &jobs[i]);
    }
    for (i = 0; i < 500; i++) {
        revoker_job_t *job = revoker_queue_take(&queue);

        ck_assert_ptr_nonnull(job);
        ck_assert(job->due * 3 + job->tries >= last);
        last = job->due * 3 + job->tries;
    }
    ck_assert_ptr_null(revoker_queue_first(&queue));
}
END_TEST

TESTS("revoker", a_token_is_revoked_once_it_is_handed_over, a_pool_that_goes_hands_over,
      the_disk_holds_no_secret, an_entry_is_not_opened_by_the_key_of_sessions,
      what_fails_is_tried_again, retry_after_is_waited_for,
      a_retry_after_beyond_reason_is_not_believed, pauses_double_up_to_five_minutes,
      while_linode_is_busy_all_tokens_of_the_client_wait,
      a_token_that_always_fails_does_not_keep_another_waiting, a_token_that_is_refused_waits_alone,
      clients_do_not_wait_for_each_other, a_token_that_has_ended_is_given_up,
      a_code_is_presented_again_so_that_its_token_ends,
      a_token_that_only_now_comes_of_a_code_is_revoked, a_token_that_came_of_a_code_waits_itself,
      a_code_that_is_done_with_is_let_go, a_code_that_cannot_be_logged_has_nothing_to_be_revoked,
      a_token_that_cannot_be_logged_is_revoked_unused, beyond_the_limit_a_token_is_revoked_unused,
      tokens_of_the_dead_are_revoked_with_their_own_client,
      a_token_that_ended_days_ago_is_revoked_all_the_same, an_older_key_still_opens,
      tokens_of_another_client_or_key_stay, what_is_taken_over_is_safe_before_it_is_struck,
      a_silent_linode_does_not_delay_the_end, what_is_quick_is_finished_at_the_end,
      the_queue_is_in_order)
