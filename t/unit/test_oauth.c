/* SPDX-License-Identifier: Apache-2.0 */
#include "linode/oauth.h"
#include "linode/scope.h"
#include "scripted_http.h"
#include "sleeping.h"
#include "support/secret.h"
#include "support/workers.h"

#define TOKEN "POST https://login.example/oauth/token"

static oauth_client_t client = {
    .login_url = "https://login.example",
    .client_id = "id-1",
    .client_secret = "s3cr3t&=+",
    .redirect_uri = "https://site.example/install/auth_callback",
    .pkce = 1,
    .retries = 2,
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 5 * APR_USEC_PER_SEC,
};

static problem_t *exchange(oauth_token_t **token, scripted_t *script)
{
    client.scopes = strings("linodes:read_write", NULL);
    return oauth_exchange(token, &client, &script->http, "the-code", "the-verifier", 0, pool);
}

/* Exchanges the code with a server that answers so, once. */
static problem_t *exchanged(oauth_token_t **token, int status, const char *type, const char *body)
{
    const step_t steps[] = {{.request = TOKEN, .status = status, .type = type, .body = body}};
    scripted_t *script = SCRIPT(steps);
    problem_t *problem = exchange(token, script);

    ck_assert_script_done(script);
    return problem;
}

START_TEST(challenge_is_rfc_7636)
{
    secret_extractor_t *extractor;
    const char *challenge;

    ck_assert_fine(secret_extractor_create(&extractor, pool));
    ck_assert_fine(oauth_challenge(&challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                                   extractor, pool));
    ck_assert_str_eq(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}
END_TEST

START_TEST(authorize_url_holds_each_parameter_once)
{
    client.scopes = strings("linodes:read_write", "events:read_only", NULL);
    client.login_page = oauth_login_page(&client, pool);
    ck_assert_str_eq(
        oauth_authorize_url(&client, "st", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", pool),
        "https://login.example/oauth/authorize?client_id=id-1&response_type=code"
        "&redirect_uri=https%3A%2F%2Fsite.example%2Finstall%2Fauth_callback"
        "&scopes=linodes%3Aread_write%2Cevents%3Aread_only&state=st"
        "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
}
END_TEST

START_TEST(authorize_url_without_pkce_or_scopes)
{
    oauth_client_t plain = client;

    plain.scopes = strings(NULL);
    plain.login_page = oauth_login_page(&plain, pool);
    ck_assert_str_eq(oauth_authorize_url(&plain, "st", NULL, pool),
                     "https://login.example/oauth/authorize?client_id=id-1&response_type=code"
                     "&redirect_uri=https%3A%2F%2Fsite.example%2Finstall%2Fauth_callback&state=st");
}
END_TEST

START_TEST(a_code_becomes_a_token)
{
    const step_t steps[] = {
        {.request = TOKEN,
         .status = 200,
         .body = "{\"access_token\":\"abc123\",\"token_type\":\"bearer\",\"expires_in\":7200,"
                 "\"refresh_token\":\"def456\",\"scope\":\"x:read_only\","
                 "\"scopes\":\"linodes:read_write events:read_only\"}"}};
    scripted_t *script = SCRIPT(steps);
    apr_time_t before = apr_time_now();
    oauth_token_t *token = NULL;
    const asked_t *asked = &script->asked[0];

    ck_assert_fine(exchange(&token, script));
    ck_assert_str_eq(token->access_token, "abc123");
    ck_assert_str_eq(scope_text(token->scopes, pool), "linodes:read_write,events:read_only");
    ck_assert(token->expires >= before + apr_time_from_sec(7200));
    ck_assert(token->expires <= apr_time_now() + apr_time_from_sec(7200));
    ck_assert_str_eq(asked->body,
                     "client_id=id-1&client_secret=s3cr3t%26%3D%2B&grant_type=authorization_code"
                     "&code=the-code"
                     "&redirect_uri=https%3A%2F%2Fsite.example%2Finstall%2Fauth_callback"
                     "&code_verifier=the-verifier");
    ck_assert_str_eq(asked->content_type, "application/x-www-form-urlencoded");
    ck_assert_str_eq(asked->accept, "application/json");
    ck_assert_ptr_null(asked->bearer);
}
END_TEST

START_TEST(the_verifier_is_sent_with_pkce_only)
{
    const step_t steps[] = {{.request = TOKEN, .status = 400, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);
    oauth_client_t plain = client;
    oauth_token_t *token;

    plain.pkce = 0;
    plain.scopes = strings(NULL);
    ck_assert_problem(oauth_exchange(&token, &plain, &script->http, "c", NULL, 0, pool),
                      CODE_REFUSED);
    ck_assert_ptr_null(strstr(script->asked[0].body, "verifier"));
}
END_TEST

START_TEST(scopes_of_an_answer)
{
    static const char *const cases[][2] = {
        {"\"scope\":\"domains:read_only\"", "domains:read_only"},
        {"\"scope\":null,\"scopes\":\"a:*,b:*\"", "a:*,b:*"},
        {"\"scope\":\"a:*\",\"scopes\":\"b:*\"", "b:*"},
        {"\"scope\":\"a:*\",\"scopes\":null", "a:*"},
        {"\"scopes\":\"\"", ""},
        {"\"x\":1", "linodes:read_write"},
        {"\"scopes\":\"*\"", "*"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        oauth_token_t *token = NULL;

        ck_assert_fine(exchanged(&token, 200, NULL,
                                 apr_pstrcat(pool,
                                             "{\"access_token\":\"a\",\"token_type\":"
                                             "\"Bearer\",",
                                             cases[i][0], "}", NULL)));
        ck_assert_str_eq(scope_text(token->scopes, pool), cases[i][1]);
    }
}
END_TEST

START_TEST(lifetimes_are_bounded)
{
    static const struct {
        const char *member;
        int seconds;
    } cases[] = {
        {"\"expires_in\":60", 60},
        {"\"expires_in\":null", 7200},
        {"\"other\":1", 7200},
        {"\"expires_in\":999999999999", 86400},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        oauth_token_t *token = NULL;
        apr_interval_time_t left;

        ck_assert_fine(exchanged(&token, 200, NULL,
                                 apr_pstrcat(pool,
                                             "{\"access_token\":\"a\",\"token_type\":"
                                             "\"bearer\",",
                                             cases[i].member, "}", NULL)));
        left = token->expires - apr_time_now();
        ck_assert(left <= apr_time_from_sec(cases[i].seconds));
        ck_assert(left > apr_time_from_sec(cases[i].seconds - 5));
    }
}
END_TEST

START_TEST(what_is_no_token_is_not_believed)
{
    static const char *const cases[] = {
        "",
        "{",
        "[]",
        "\"abc\"",
        "{}",
        "{\"access_token\":null,\"token_type\":\"bearer\"}",
        "{\"access_token\":7,\"token_type\":\"bearer\"}",
        "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"a b\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"a=b\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"\\u00e9\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"bearer\"}",
    };
    /* A token came, which is alive, but not as it should. */
    static const char *const not_believed[] = {
        "{\"access_token\":\"a\"}",
        "{\"access_token\":\"a\",\"token_type\":\"mac\"}",
        "{\"access_token\":\"a\",\"token_type\":1}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":\"7200\"}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":0}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":-1}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"refresh_token\":5}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"refresh_token\":\"\"}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"refresh_token\":\"\\u0007\"}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"scopes\":[\"linodes\"]}",
        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"scope\":1}",
    };
    size_t i;
    oauth_token_t *token = NULL;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_problem(exchanged(&token, 200, NULL, cases[i]), TOKEN_MALFORMED);
        ck_assert_ptr_null(token);
    }
    for (i = 0; i < COUNT(not_believed); i++) {
        ck_assert_problem(exchanged(&token, 200, NULL, not_believed[i]), TOKEN_MALFORMED);
        ck_assert_str_eq(token->access_token, "a");
    }
    ck_assert_problem(
        exchanged(&token, 200, HTML_TYPE, "{\"access_token\":\"a\",\"token_type\":\"bearer\"}"),
        TOKEN_MALFORMED);
    ck_assert_problem(
        exchanged(&token, 200, "", "{\"access_token\":\"a\",\"token_type\":\"bearer\"}"),
        TOKEN_MALFORMED);
}
END_TEST

START_TEST(tokens_of_every_allowed_character)
{
    oauth_token_t *token = NULL;

    ck_assert_fine(exchanged(&token, 200, "Application/JSON; charset=utf-8",
                             "{\"access_token\":\"aZ09-._~+/==\",\"token_type\":\"BEARER\","
                             "\"refresh_token\":\"! ~\"}"));
    ck_assert_str_eq(token->access_token, "aZ09-._~+/==");
}
END_TEST

START_TEST(an_error_that_is_null_is_none)
{
    oauth_token_t *token = NULL;

    ck_assert_fine(exchanged(&token, 200, NULL,
                             "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"error\":null,"
                             "\"error_description\":null,\"errors\":[]}"));
    ck_assert_str_eq(token->access_token, "a");
    ck_assert_problem(exchanged(&token, 200, NULL,
                                "{\"access_token\":\"a\",\"token_type\":\"bearer\","
                                "\"error\":\"invalid_grant\"}"),
                      CODE_REFUSED);
}
END_TEST

#define LINODE_ERROR "{\"errors\":[{\"reason\":\"Invalid or expired code\",\"field\":\"code\"}]}"

START_TEST(refusals_are_told_apart)
{
    static const struct {
        int status;
        const char *type;
        const char *body;
        problem_kind_t kind;
        const char *reason;
    } cases[] = {
        {400, NULL, LINODE_ERROR, PROBLEM_CODE_REFUSED, "Invalid or expired code"},
        {401, NULL, LINODE_ERROR, PROBLEM_CODE_REFUSED, "Invalid or expired code"},
        {401, NULL, "{\"errors\":[{\"reason\":\"Unauthorized\"}]}", PROBLEM_CLIENT_REFUSED,
         "Unauthorized"},
        {400, NULL, "{\"errors\":[{\"reason\":\"Not valid\",\"field\":\"client_secret\"}]}",
         PROBLEM_CLIENT_REFUSED, "Not valid"},
        {401, NULL, "{\"errors\":[{\"reason\":\"a\"},{\"reason\":\"b\",\"field\":\"client_id\"}]}",
         PROBLEM_CLIENT_REFUSED, "a"},
        {400, NULL, "{\"error\":\"invalid_grant\"}", PROBLEM_CODE_REFUSED, "invalid_grant"},
        {401, NULL, "{\"error\":\"invalid_grant\"}", PROBLEM_CODE_REFUSED, "invalid_grant"},
        {400, NULL, "{\"error\":\"invalid_client\"}", PROBLEM_CLIENT_REFUSED, "invalid_client"},
        {401, NULL, "{\"error\":\"invalid_client\"}", PROBLEM_CLIENT_REFUSED, "invalid_client"},
        {400, NULL, "{\"error\":\"unauthorized_client\"}", PROBLEM_CLIENT_REFUSED,
         "unauthorized_client"},
        {400, NULL, "{\"error\":\"invalid_request\",\"error_description\":\"no\"}",
         PROBLEM_CODE_REFUSED, "invalid_request"},
        {200, NULL, "{\"error\":\"bad_verification_code\"}", PROBLEM_CODE_REFUSED,
         "bad_verification_code"},
        {403, HTML_TYPE, "<title>Access Denied</title>", PROBLEM_LINODE_FILTERED, NULL},
        {403, NULL, LINODE_ERROR, PROBLEM_CODE_REFUSED, "Invalid or expired code"},
        {400, HTML_TYPE, "<h1>400</h1>", PROBLEM_LOGIN_FAILED, NULL},
        {404, HTML_TYPE, "<h1>404</h1>", PROBLEM_LOGIN_FAILED, NULL},
        {404, NULL, "{\"errors\":[{\"reason\":\"Not found\"}]}", PROBLEM_CODE_REFUSED, "Not found"},
        {302, HTML_TYPE, "", PROBLEM_LOGIN_FAILED, NULL},
        {408, HTML_TYPE, "", PROBLEM_LINODE_TIMEOUT, NULL},
        {429, NULL, "{\"errors\":[{\"reason\":\"Too many requests\"}]}", PROBLEM_LINODE_BUSY,
         "Too many requests"},
        {500, HTML_TYPE, "", PROBLEM_LINODE_FAILED, NULL},
        {502, HTML_TYPE, "", PROBLEM_LINODE_FAILED, NULL},
        {520, HTML_TYPE, "", PROBLEM_LINODE_FAILED, NULL},
        {204, "", "", PROBLEM_TOKEN_MALFORMED, NULL},
        {201, NULL, "{\"access_token\":\"a\",\"token_type\":\"bearer\"}", PROBLEM_TOKEN_MALFORMED,
         NULL},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        oauth_token_t *token = NULL;
        const problem_t *problem = exchanged(&token, cases[i].status, cases[i].type, cases[i].body);

        ck_assert_ptr_nonnull(problem);
        ck_assert_msg(problem->kind == cases[i].kind, "%d %s: %s", cases[i].status, cases[i].body,
                      problem_line(problem, pool));
        ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
        ck_assert_ptr_null(problem->field);
        if (cases[i].reason) {
            ck_assert_str_eq(APR_ARRAY_IDX(problem->reasons, 0, problem_reason_t).text,
                             cases[i].reason);
        }
    }
}
END_TEST

START_TEST(nothing_secret_is_told)
{
    static const char *const secrets[] = {"the-code", "the-verifier", "s3cr3t&=+"};
    size_t i;

    for (i = 0; i < COUNT(secrets); i++) {
        oauth_token_t *token = NULL;
        const problem_t *problem =
            exchanged(&token, 400, NULL,
                      apr_psprintf(pool,
                                   "{\"errors\":[{\"reason\":\"%s is used\"}],"
                                   "\"error\":\"%s\",\"error_description\":\"bad %s\"}",
                                   secrets[i], secrets[i], secrets[i]));

        ck_assert_ptr_null(strstr(problem_line(problem, pool), secrets[i]));
        ck_assert_int_eq(problem->reasons->nelts, 3);
    }
}
END_TEST

START_TEST(what_may_have_issued_a_token)
{
    static const problem_kind_t may[] = {PROBLEM_LINODE_TIMEOUT, PROBLEM_LINODE_FAILED,
                                         PROBLEM_LINODE_UNREADABLE, PROBLEM_TOKEN_MALFORMED,
                                         PROBLEM_LOGIN_FAILED};
    static const problem_kind_t cannot[] = {PROBLEM_LINODE_UNREACHABLE, PROBLEM_CODE_REFUSED,
                                            PROBLEM_CLIENT_REFUSED, PROBLEM_LINODE_BUSY,
                                            PROBLEM_LINODE_FILTERED};
    size_t i;

    for (i = 0; i < COUNT(may); i++) {
        ck_assert(oauth_may_have_issued(problem_make(pool, may[i], "x")));
        ck_assert(!oauth_may_have_issued(problem_make(pool, cannot[i], "x")));
    }
}
END_TEST

START_TEST(reasons_are_cut)
{
    char text[1001];
    oauth_token_t *token = NULL;
    const problem_t *problem;
    int i;

    memset(text, 'e', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    problem = exchanged(
        &token, 400, NULL,
        apr_psprintf(pool, "{\"error\":\"%s\",\"error_description\":\"%s\"}", text, text));
    ck_assert_int_eq(problem->reasons->nelts, 2);
    for (i = 0; i < 2; i++) {
        ck_assert_uint_le(strlen(APR_ARRAY_IDX(problem->reasons, i, problem_reason_t).text), 200);
    }
}
END_TEST

START_TEST(a_code_is_sent_again_only_if_it_was_not_read)
{
    const step_t unread[] = {{.request = TOKEN, .problem = PROBLEM_LINODE_UNREACHABLE},
                             {.request = TOKEN, .problem = PROBLEM_LINODE_UNREACHABLE},
                             {.request = TOKEN, .status = 400, .body = "{}"}};
    const step_t lost[] = {{.request = TOKEN, .problem = PROBLEM_LINODE_FAILED, .maybe = 1}};
    const step_t slow[] = {{.request = TOKEN, .problem = PROBLEM_LINODE_TIMEOUT, .maybe = 1}};
    const step_t never[] = {{.request = TOKEN, .problem = PROBLEM_LINODE_UNREACHABLE},
                            {.request = TOKEN, .problem = PROBLEM_LINODE_UNREACHABLE},
                            {.request = TOKEN, .problem = PROBLEM_LINODE_UNREACHABLE}};
    scripted_t *scripts[] = {SCRIPT(unread), SCRIPT(lost), SCRIPT(slow), SCRIPT(never)};
    static const problem_kind_t kinds[] = {PROBLEM_CODE_REFUSED, PROBLEM_LINODE_FAILED,
                                           PROBLEM_LINODE_TIMEOUT, PROBLEM_LINODE_UNREACHABLE};
    size_t i;

    for (i = 0; i < COUNT(scripts); i++) {
        oauth_token_t *token;
        const problem_t *problem = exchange(&token, scripts[i]);

        ck_assert_int_eq((int)problem->kind, (int)kinds[i]);
        ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
        ck_assert_script_done(scripts[i]);
    }
    ck_assert_str_eq(scripts[0]->asked[2].body, scripts[0]->asked[0].body);
}
END_TEST

#define REVOKE "POST https://login.example/oauth/revoke"

START_TEST(revoking)
{
    const step_t steps[] = {{.request = REVOKE, .status = 200, .body = "{}"}};
    scripted_t *script = SCRIPT(steps);

    ck_assert_fine(oauth_revoke(&client, &script->http, "abc", 0, pool));
    ck_assert_str_eq(script->asked[0].body, "token=abc&token_type_hint=access_token"
                                            "&client_id=id-1&client_secret=s3cr3t%26%3D%2B");
}
END_TEST

START_TEST(revoking_is_tried_again)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 503, .type = HTML_TYPE},
        {.request = REVOKE, .problem = PROBLEM_LINODE_FAILED, .maybe = 1},
        {.request = REVOKE, .status = 204, .type = ""},
    };
    const step_t refused[] = {{.request = REVOKE, .status = 400, .body = LINODE_ERROR}};
    const step_t client_refused[] = {{.request = REVOKE, .status = 401, .body = LINODE_ERROR}};
    const step_t filtered[] = {{.request = REVOKE, .status = 403, .type = HTML_TYPE}};
    scripted_t *script = SCRIPT(steps);

    ck_assert_fine(oauth_revoke(&client, &script->http, "abc", 0, pool));
    ck_assert_script_done(script);
    ck_assert_problem(oauth_revoke(&client, &SCRIPT(refused)->http, "abc", 0, pool),
                      LINODE_REFUSED);
    ck_assert_problem(oauth_revoke(&client, &SCRIPT(client_refused)->http, "abc", 0, pool),
                      CLIENT_REFUSED);
    ck_assert_problem(oauth_revoke(&client, &SCRIPT(filtered)->http, "abc", 0, pool),
                      LINODE_FILTERED);
}
END_TEST

START_TEST(retry_after_is_kept_and_the_deadline_too)
{
    const step_t steps[] = {
        {.request = REVOKE, .status = 429, .body = "{}", .header = "Retry-After: 30"}};
    scripted_t *script = SCRIPT(steps);
    apr_time_t begin = workers_now();
    const problem_t *problem;

    sleeps_forget();
    problem = oauth_revoke(&client, &script->http, "abc", 0, pool);
    ck_assert_problem(problem, LINODE_BUSY);
    ck_assert_int_eq((int)apr_time_sec(problem->retry_after), 30);
    ck_assert_int_eq(sleeps, 0);
    ck_assert(script->asked[0].deadline <= begin + 6 * APR_USEC_PER_SEC);
}
END_TEST

TESTS("oauth", challenge_is_rfc_7636, authorize_url_holds_each_parameter_once,
      authorize_url_without_pkce_or_scopes, a_code_becomes_a_token,
      the_verifier_is_sent_with_pkce_only, scopes_of_an_answer, lifetimes_are_bounded,
      what_is_no_token_is_not_believed, tokens_of_every_allowed_character,
      an_error_that_is_null_is_none, refusals_are_told_apart, nothing_secret_is_told,
      reasons_are_cut, what_may_have_issued_a_token, a_code_is_sent_again_only_if_it_was_not_read,
      revoking, revoking_is_tried_again, retry_after_is_kept_and_the_deadline_too)
