/* SPDX-License-Identifier: Apache-2.0 */
#include "linode/api.h"
#include "scripted_http.h"
#include "sleeping.h"
#include "support/json.h"
#include "support/workers.h"

static const api_t api = {
    .url = "https://api.example/v4",
    .retries = 2,
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 4 * APR_USEC_PER_SEC,
};

#define GET  "GET https://api.example/v4/thing"
#define POST "POST https://api.example/v4/thing"

#define BUSY "{\"errors\":[{\"reason\":\"Linode busy.\"}]}"
#define BAD  "{\"errors\":[{\"reason\":\"region is not valid\",\"field\":\"region\"}]}"

static problem_t *get(const json_t **answer, scripted_t *script)
{
    const api_request_t request = {
        .method = "GET", .path = "/thing", .token = "tok", .idempotent = 1};

    return api_call(answer, &api, &script->http, &request, pool);
}

static problem_t *post(const json_t **answer, scripted_t *script)
{
    const api_request_t request = {
        .method = "POST",
        .path = "/thing",
        .token = "tok",
        .body = json_in_pool(json_pack("{ss}", "root_pass", "pw-1"), pool),
    };

    return api_call(answer, &api, &script->http, &request, pool);
}

START_TEST(a_call_is_composed)
{
    const step_t steps[] = {{.request = "PUT https://api.example/v4/linode/instances/1",
                             .status = 200,
                             .body = "{\"id\":1}"}};
    scripted_t *script = SCRIPT(steps);
    apr_time_t deadline = workers_now() + apr_time_from_sec(2);
    const api_request_t request = {
        .method = "PUT",
        .path = "/linode/instances/1",
        .token = "tok",
        .body = json_in_pool(json_pack("{ss}", "label", "x"), pool),
        .filter = json_in_pool(json_pack("{ss}", "a", "b"), pool),
        .deadline = deadline,
    };
    const json_t *answer;
    const asked_t *asked = &script->asked[0];

    ck_assert_fine(api_call(&answer, &api, &script->http, &request, pool));
    ck_assert_int_eq((int)json_member_integer(answer, "id", 0), 1);
    ck_assert_str_eq(asked->body, "{\"label\":\"x\"}");
    ck_assert_str_eq(asked->filter, "{\"a\":\"b\"}");
    ck_assert_str_eq(asked->bearer, "tok");
    ck_assert_str_eq(asked->accept, "application/json");
    ck_assert_str_eq(asked->content_type, "application/json");
    ck_assert(asked->deadline == deadline);
}
END_TEST

START_TEST(a_public_call_has_no_token)
{
    const step_t steps[] = {{.request = "GET https://api.example/v4/regions",
                             .status = 200,
                             .type = "application/json; charset=utf-8",
                             .body = "[]"}};
    scripted_t *script = SCRIPT(steps);
    const api_request_t request = {.method = "GET", .path = "/regions", .idempotent = 1};
    apr_time_t begin = workers_now();
    const json_t *answer;

    ck_assert_fine(api_call(&answer, &api, &script->http, &request, pool));
    ck_assert(json_is_array(answer));
    ck_assert_ptr_null(script->asked[0].bearer);
    ck_assert_ptr_null(script->asked[0].filter);
    ck_assert_ptr_null(script->asked[0].body);
    ck_assert(script->asked[0].deadline >= begin + api.total_timeout);
    ck_assert(script->asked[0].deadline <= workers_now() + api.total_timeout);
}
END_TEST

START_TEST(successes)
{
    const step_t steps[] = {{.request = GET, .status = 204, .type = ""},
                            {.request = GET, .status = 202, .body = "{\"warnings\":[]}"},
                            {.request = GET, .status = 299, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    const json_t *answer = NULL;

    ck_assert_fine(get(&answer, script));
    ck_assert(json_is_object(answer));
    ck_assert_fine(get(&answer, script));
    ck_assert_fine(get(&answer, script));
}
END_TEST

/* One answer to a GET and to a POST, which of them is asked again, and what it means. */
typedef struct refusal_case_t {
    int status;
    const char *type;
    const char *body;
    const char *header;
    problem_kind_t kind;
    int passing; /* a GET is repeated */
    int maybe;   /* a POST may have had its effect */
} refusal_case_t;

#define ERRORS "{\"errors\":[{\"reason\":\"Not found\"}]}"

static const refusal_case_t refusals[] = {
    {400, NULL, BAD, NULL, PROBLEM_LINODE_REFUSED, 0, 0},
    {422, NULL, BAD, NULL, PROBLEM_LINODE_REFUSED, 0, 0},
    {409, NULL, BAD, NULL, PROBLEM_LINODE_REFUSED, 0, 0},
    {400, NULL, BUSY, NULL, PROBLEM_LINODE_BUSY, 1, 0},
    {400, HTML_TYPE, "<h1>400</h1>", NULL, PROBLEM_LINODE_FAILED, 1, 1},
    {400, "", "", NULL, PROBLEM_LINODE_FAILED, 0, 1},
    {413, HTML_TYPE, "", NULL, PROBLEM_LINODE_FAILED, 0, 1},
    {401, NULL, ERRORS, "X-OAuth-Scopes: unknown", PROBLEM_LINODE_UNAUTHORIZED, 0, 0},
    {401, NULL, ERRORS, NULL, PROBLEM_LINODE_UNAUTHORIZED, 0, 0},
    {401, HTML_TYPE, "", NULL, PROBLEM_LINODE_UNAUTHORIZED, 0, 0},
    {403, NULL, ERRORS, NULL, PROBLEM_LINODE_FORBIDDEN, 0, 0},
    {403, HTML_TYPE, "<title>Access Denied</title>", NULL, PROBLEM_LINODE_FILTERED, 0, 0},
    {404, NULL, ERRORS, NULL, PROBLEM_LINODE_NOT_FOUND, 0, 0},
    {404, HTML_TYPE, "", NULL, PROBLEM_LINODE_NOT_FOUND, 0, 0},
    {408, HTML_TYPE, "", NULL, PROBLEM_LINODE_TIMEOUT, 1, 1},
    {429, NULL, ERRORS, NULL, PROBLEM_LINODE_BUSY, 1, 0},
    {429, HTML_TYPE, "", NULL, PROBLEM_LINODE_BUSY, 1, 0},
    {500, NULL, ERRORS, NULL, PROBLEM_LINODE_FAILED, 0, 1},
    {501, NULL, ERRORS, NULL, PROBLEM_LINODE_FAILED, 0, 1},
    {502, HTML_TYPE, "", NULL, PROBLEM_LINODE_FAILED, 1, 1},
    {503, NULL, ERRORS, NULL, PROBLEM_LINODE_FAILED, 1, 1},
    {503, NULL, ERRORS, "X-Maintenance-Mode: all", PROBLEM_LINODE_FAILED, 0, 1},
    {504, HTML_TYPE, "", NULL, PROBLEM_LINODE_FAILED, 1, 1},
    {520, HTML_TYPE, "", NULL, PROBLEM_LINODE_FAILED, 1, 1},
    {302, HTML_TYPE, "", "Location: https://elsewhere/", PROBLEM_LINODE_UNREADABLE, 0, 1},
    {304, "", "", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
    {200, HTML_TYPE, "{}", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
    {200, "", "{}", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
    {200, NULL, "", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
    {200, NULL, "{\"id\":", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
    {200, NULL, "\"text\"", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
    {200, NULL, "{\"a\":1,\"a\":2}", NULL, PROBLEM_LINODE_UNREADABLE, 0, 1},
};

START_TEST(refusals_of_an_idempotent_call)
{
    size_t i;

    for (i = 0; i < COUNT(refusals); i++) {
        const refusal_case_t *c = &refusals[i];
        const step_t steps[] = {
            {.request = GET,
             .status = c->status,
             .type = c->type,
             .body = c->body,
             .header = c->header},
            {.request = GET, .status = 200, .body = "{}"},
        };
        scripted_t *script = script_make(steps, c->passing ? 2 : 1);
        const json_t *answer;
        const problem_t *problem = get(&answer, script);

        ck_assert_script_done(script);
        if (c->passing) {
            ck_assert_fine(problem);
            continue;
        }
        ck_assert_msg(problem && problem->kind == c->kind, "%d %s: %s", c->status, c->body,
                      problem ? problem_line(problem, pool) : "no problem");
        ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
    }
}
END_TEST

START_TEST(refusals_of_a_create)
{
    size_t i;

    for (i = 0; i < COUNT(refusals); i++) {
        const refusal_case_t *c = &refusals[i];
        const step_t steps[] = {{.request = POST,
                                 .status = c->status,
                                 .type = c->type,
                                 .body = c->body,
                                 .header = c->header}};
        const json_t *answer;
        const problem_t *problem = post(&answer, SCRIPT(steps));

        ck_assert_msg(problem && problem->kind == c->kind, "%d %s: %s", c->status, c->body,
                      problem ? problem_line(problem, pool) : "no problem");
        ck_assert_msg((int)problem->effect ==
                          (c->maybe ? PROBLEM_MAYBE_CREATED : PROBLEM_NOTHING_CREATED),
                      "%d %s: effect %d", c->status, c->body, (int)problem->effect);
    }
}
END_TEST

START_TEST(transport_problems)
{
    const step_t get_steps[] = {{.request = GET, .problem = PROBLEM_LINODE_UNREACHABLE},
                                {.request = GET, .problem = PROBLEM_LINODE_FAILED, .maybe = 1},
                                {.request = GET, .status = 200, .body = "{}"}};
    const step_t unread[] = {{.request = POST, .problem = PROBLEM_LINODE_UNREACHABLE},
                             {.request = POST, .status = 200, .body = "{}"}};
    const step_t lost[] = {{.request = POST, .problem = PROBLEM_LINODE_FAILED, .maybe = 1}};
    const step_t slow[] = {{.request = GET, .problem = PROBLEM_LINODE_TIMEOUT, .maybe = 1}};
    scripted_t *script = SCRIPT(get_steps);
    const json_t *answer;
    const problem_t *problem;

    ck_assert_fine(get(&answer, script));
    ck_assert_script_done(script);
    script = SCRIPT(unread);
    ck_assert_fine(post(&answer, script));
    ck_assert_script_done(script);
    ck_assert_str_eq(script->asked[1].body, "{\"root_pass\":\"pw-1\"}");
    problem = post(&answer, SCRIPT(lost));
    ck_assert_problem(problem, LINODE_FAILED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
    ck_assert_str_eq(problem->detail, "POST /thing: scripted");
    problem = get(&answer, SCRIPT(slow));
    ck_assert_problem(problem, LINODE_TIMEOUT);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
}
END_TEST

START_TEST(repeating_has_an_end)
{
    const step_t steps[] = {{.request = GET, .status = 502, .type = HTML_TYPE},
                            {.request = GET, .status = 503, .type = HTML_TYPE},
                            {.request = GET, .status = 504, .type = HTML_TYPE}};
    scripted_t *script = SCRIPT(steps);
    const json_t *answer;

    sleeps_forget();
    ck_assert_problem(get(&answer, script), LINODE_FAILED);
    ck_assert_script_done(script);
    ck_assert_int_eq(sleeps, 2);
    ck_assert(slept[0] >= 75000 && slept[0] <= 150000);
    ck_assert(slept[1] >= 150000 && slept[1] <= 300000);
}
END_TEST

START_TEST(retry_after_is_waited_for)
{
    const step_t steps[] = {
        {.request = GET, .status = 429, .body = ERRORS, .header = "Retry-After: 1"},
        {.request = GET, .status = 200, .body = "{}"}};
    const json_t *answer;

    sleeps_forget();
    ck_assert_fine(get(&answer, SCRIPT(steps)));
    ck_assert_int_eq(sleeps, 1);
    ck_assert_int_eq(slept[0], APR_USEC_PER_SEC);
}
END_TEST

START_TEST(nobody_waits_past_the_deadline)
{
    const step_t steps[] = {
        {.request = GET, .status = 429, .body = ERRORS, .header = "Retry-After: 60"}};
    const json_t *answer;
    const problem_t *problem;

    sleeps_forget();
    problem = get(&answer, SCRIPT(steps));
    ck_assert_problem(problem, LINODE_BUSY);
    ck_assert_int_eq((int)apr_time_sec(problem->retry_after), 60);
    ck_assert_int_eq(sleeps, 0);
}
END_TEST

START_TEST(reasons_are_kept)
{
    const step_t steps[] = {
        {.request = GET,
         .status = 400,
         .body = "{\"errors\":[{\"reason\":\"one\"},{\"reason\":\"two\",\"field\":\"label\"},"
                 "{\"reason\":3},{\"field\":\"x\"},7,{\"reason\":\"four\",\"field\":\"\"}]}"},
    };
    const json_t *answer;
    const problem_t *problem = get(&answer, SCRIPT(steps));

    ck_assert_problem(problem, LINODE_REFUSED);
    ck_assert_int_eq(problem->reasons->nelts, 3);
    ck_assert_str_eq(problem->field, "label");
    ck_assert_str_eq(problem_line(problem, pool),
                     "LO0406 Linode did not accept the request: GET /thing answered 400 "
                     "(one; two [label]; four)");
}
END_TEST

START_TEST(a_token_that_is_quoted_is_struck)
{
    const step_t steps[] = {{.request = GET,
                             .status = 400,
                             .body = "{\"errors\":[{\"reason\":\"s3cret-t0ken is not known\"}]}"}};
    const api_request_t request = {.method = "GET", .path = "/thing", .token = "s3cret-t0ken"};
    const json_t *answer;
    const problem_t *problem = api_call(&answer, &api, &SCRIPT(steps)->http, &request, pool);

    ck_assert_problem(problem, LINODE_REFUSED);
    ck_assert_ptr_null(strstr(problem_line(problem, pool), "s3cret"));
}
END_TEST

START_TEST(reasons_are_bounded)
{
    json_t *body = json_in_pool(json_pack("{s[]}", "errors"), pool);
    problem_t *problem = problem_make(pool, PROBLEM_LINODE_REFUSED, "x");
    char *text = apr_pcalloc(pool, 2001);
    const char *kept;
    int i;

    memset(text, 'a', 2000);
    memcpy(text + 398, "\xe2\x82\xac", 3); /* the cut would fall into this character */
    for (i = 0; i < 100; i++) {
        json_array_append_new(json_object_get(body, "errors"), json_pack("{ss}", "reason", text));
    }
    api_add_reasons(problem, body, pool);
    ck_assert_int_eq(problem->reasons->nelts, 16);
    kept = APR_ARRAY_IDX(problem->reasons, 0, problem_reason_t).text;
    ck_assert_int_eq((int)strlen(kept), 398);
    api_add_reasons(problem, NULL, pool);
    ck_assert_int_eq(problem->reasons->nelts, 16);
}
END_TEST

START_TEST(a_missing_scope_is_told_from_a_dead_token)
{
    static const struct {
        const char *given;
        const char *wanted;
        const char *body;
        problem_kind_t kind;
    } cases[] = {
        {"X-OAuth-Scopes: linodes:read_only", "X-Accepted-OAuth-Scopes: linodes:read_write", ERRORS,
         PROBLEM_SCOPES_MISSING},
        {"X-OAuth-Scopes: unknown", "X-Accepted-OAuth-Scopes: linodes:read_write", ERRORS,
         PROBLEM_LINODE_UNAUTHORIZED},
        {"X-OAuth-Scopes: linodes:read_write", "X-Accepted-OAuth-Scopes: linodes:read_write",
         ERRORS, PROBLEM_LINODE_UNAUTHORIZED},
        {"X-OAuth-Scopes: *", "X-Accepted-OAuth-Scopes: linodes:read_write", ERRORS,
         PROBLEM_LINODE_UNAUTHORIZED},
        {"X-OAuth-Scopes: linodes:read_only", "X-Accepted-OAuth-Scopes: *", ERRORS,
         PROBLEM_LINODE_UNAUTHORIZED},
        {NULL, NULL,
         "{\"errors\":[{\"reason\":\"Your OAuth token is not authorized to use this "
         "endpoint.\"}]}",
         PROBLEM_SCOPES_MISSING},
        {NULL, NULL, "{\"errors\":[{\"reason\":\"Invalid Token\"}]}", PROBLEM_LINODE_UNAUTHORIZED},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const step_t steps[] = {{.request = GET,
                                 .status = 401,
                                 .body = cases[i].body,
                                 .header = cases[i].given,
                                 .header2 = cases[i].wanted}};
        const json_t *answer;
        const problem_t *problem = get(&answer, SCRIPT(steps));

        ck_assert_msg(problem->kind == cases[i].kind, "%d: %s", (int)i,
                      problem_line(problem, pool));
    }
}
END_TEST

#define PAGE(n) "GET https://api.example/v4/things?page=" #n "&page_size=500"

static problem_t *list(json_t **items, scripted_t *script)
{
    const api_request_t request = {.method = "GET", .path = "/things", .idempotent = 1};

    return api_list(items, &api, &script->http, &request, pool);
}

START_TEST(collections_are_read_page_by_page)
{
    const step_t steps[] = {
        {.request = PAGE(1), .status = 200, .body = "{\"data\":[1,2],\"page\":1,\"pages\":3}"},
        {.request = PAGE(2), .status = 502, .type = HTML_TYPE},
        {.request = PAGE(2), .status = 200, .body = "{\"data\":[3],\"page\":2,\"pages\":3}"},
        {.request = PAGE(3), .status = 200, .body = "{\"data\":[4],\"page\":3,\"pages\":3}"},
    };
    scripted_t *script = SCRIPT(steps);
    json_t *items;

    ck_assert_fine(list(&items, script));
    ck_assert_script_done(script);
    ck_assert_str_eq(json_text(items, NULL, pool), "[1,2,3,4]");
    ck_assert(script->asked[0].deadline == script->asked[3].deadline);
}
END_TEST

START_TEST(empty_collections_end_at_once)
{
    static const char *const bodies[] = {
        "{\"data\":[],\"page\":1,\"pages\":1,\"results\":0}",
        "{\"data\":[],\"page\":0,\"pages\":0,\"results\":0}",
        "{\"data\":[],\"page\":1,\"pages\":0,\"results\":0}",
        "{\"data\":[]}",
        "{\"data\":[],\"pages\":\"many\"}",
        "{\"data\":[],\"pages\":-3}",
    };
    size_t i;

    for (i = 0; i < COUNT(bodies); i++) {
        const step_t steps[] = {{.request = PAGE(1), .status = 200, .body = bodies[i]}};
        scripted_t *script = SCRIPT(steps);
        json_t *items;

        ck_assert_fine(list(&items, script));
        ck_assert_script_done(script);
        ck_assert_int_eq((int)json_array_size(items), 0);
    }
}
END_TEST

START_TEST(what_is_no_collection)
{
    static const char *const bodies[] = {"{}", "[]", "{\"data\":{}}", "{\"data\":null}",
                                         "{\"data\":[1],\"pages\":51}"};
    size_t i;

    for (i = 0; i < COUNT(bodies); i++) {
        const step_t steps[] = {{.request = PAGE(1), .status = 200, .body = bodies[i]}};
        json_t *items;

        ck_assert_problem(list(&items, SCRIPT(steps)), LINODE_UNREADABLE);
    }
}
END_TEST

START_TEST(a_smaller_page_is_asked_for_when_500_is_refused)
{
    const step_t steps[] = {
        {.request = PAGE(1),
         .status = 400,
         .body = "{\"errors\":[{\"reason\":\"Must be 25-200\",\"field\":\"page_size\"}]}"},
        {.request = "GET https://api.example/v4/things?page=1&page_size=100",
         .status = 200,
         .body = "{\"data\":[1],\"pages\":1}"},
    };
    scripted_t *script = SCRIPT(steps);
    json_t *items;

    ck_assert_fine(list(&items, script));
    ck_assert_script_done(script);
    ck_assert_int_eq((int)json_array_size(items), 1);
}
END_TEST

TESTS("api", a_call_is_composed, a_public_call_has_no_token, successes,
      refusals_of_an_idempotent_call, refusals_of_a_create, transport_problems,
      repeating_has_an_end, retry_after_is_waited_for, nobody_waits_past_the_deadline,
      reasons_are_kept, a_token_that_is_quoted_is_struck, reasons_are_bounded,
      a_missing_scope_is_told_from_a_dead_token, collections_are_read_page_by_page,
      empty_collections_end_at_once, what_is_no_collection,
      a_smaller_page_is_asked_for_when_500_is_refused)
