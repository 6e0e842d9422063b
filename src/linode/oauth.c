/* SPDX-License-Identifier: Apache-2.0 */
/* Linode's login, as far as a server talks to it or sends visitors there.
 *
 * Bodies and answers of the token endpoint are secret as a whole: nothing of them gets into a
 * problem but the server's own reasons, with whatever we sent struck out of them, and they are
 * wiped as soon as they were used. */
#include <string.h>

#include <apr_strings.h>

#include "linode/api.h"
#include "linode/oauth.h"
#include "linode/retry.h"
#include "linode/scope.h"
#include "linode/token_answer.h"
#include "support/excerpt.h"
#include "support/json.h"
#include "support/secret.h"
#include "support/workers.h"

#define ANSWER_LIMIT ((apr_size_t)64 * 1024)

/* Of what a server says of its refusal. */
#define LONGEST_ERROR       60
#define LONGEST_DESCRIPTION 200

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* ---------------------------------------------------------------- the visitor's way there */

problem_t *oauth_challenge(const char **challenge, const char *verifier,
                           const secret_extractor_t *extractor, apr_pool_t *pool)
{
    unsigned char digest[SECRET_DIGEST_LENGTH];
    problem_t *problem = secret_digest(digest, extractor, verifier, pool);

    if (!problem) {
        *challenge = secret_base64url(digest, sizeof(digest), pool);
    }
    return problem;
}

const char *oauth_login_page(const oauth_client_t *client, apr_pool_t *pool)
{
    const http_field_t fields[] = {
        {"client_id", client->client_id},
        {"response_type", "code"},
        {"redirect_uri", client->redirect_uri},
        {"scopes", client->scopes->nelts ? scope_text(client->scopes, pool) : NULL},
    };

    return apr_pstrcat(pool, client->login_url, "/oauth/authorize?",
                       http_form(fields, COUNT(fields), pool), NULL);
}

const char *oauth_authorize_url(const oauth_client_t *client, const char *state,
                                const char *challenge, apr_pool_t *pool)
{
    const http_field_t fields[] = {
        {"state", state},
        {"code_challenge", challenge},
        {"code_challenge_method", challenge ? "S256" : NULL},
    };

    return apr_pstrcat(pool, client->login_page, "&", http_form(fields, COUNT(fields), pool), NULL);
}

/* ---------------------------------------------------------------- asking */

/* A form for one endpoint of the login server. */
typedef struct post_t {
    const oauth_client_t *client;
    const char *path;
    const http_field_t *fields;
    int count;
    int idempotent;
    apr_time_t deadline;
} post_t;

static int worth_repeating(const post_t *post, const problem_t *problem,
                           const http_response_t *response)
{
    if (problem) {
        return problem->kind == PROBLEM_LINODE_UNREACHABLE ||
               (post->idempotent && problem->kind == PROBLEM_LINODE_FAILED);
    }
    return post->idempotent &&
           (response->status == 408 || response->status == 429 ||
            (response->status >= 502 && response->status <= 504) || response->status == 520);
}

/* Sends the form until there is an answer, as often as that is safe. */
static problem_t *ask(http_response_t **response, const post_t *post, http_t *http,
                      apr_pool_t *pool)
{
    const oauth_client_t *client = post->client;
    apr_time_t deadline = post->deadline ? post->deadline : workers_now() + client->total_timeout;
    retry_t retry = {.left = client->retries, .deadline = deadline};
    char *body = http_form(post->fields, post->count, pool);
    http_request_t request = {
        .method = "POST",
        .url = apr_pstrcat(pool, client->login_url, post->path, NULL),
        .headers = apr_table_make(pool, 1),
        .content_type = "application/x-www-form-urlencoded",
        .body = body,
        .body_length = strlen(body),
        .limit = ANSWER_LIMIT,
        .connect_timeout = client->connect_timeout,
        .deadline = deadline,
        .authorities = client->authorities,
        .proxy = client->proxy,
        .abandon = client->abandon,
    };
    problem_t *problem;

    apr_table_setn(request.headers, "Accept", "application/json");
    *response = NULL;
    do {
        problem = http->perform(http, response, &request, pool);
        if (!problem && (*response)->length) {
            secret_wipe_with_pool((*response)->body, pool);
        }
    } while (worth_repeating(post, problem, *response) &&
             retry_wait(&retry, problem ? 0 : http_retry_after(*response, apr_time_now())));
    secret_wipe(body, request.body_length);
    if (problem) {
        problem->effect = PROBLEM_NOTHING_CREATED; /* a login makes nothing in the account */
    }
    return problem;
}

/* ---------------------------------------------------------------- refusals */

/* Strikes out what a server quotes of the form we sent. */
static void strike_secrets(problem_t *problem, const post_t *post)
{
    int i;

    for (i = 0; i < post->count; i++) {
        const http_field_t *field = &post->fields[i];

        if (strcmp(field->name, "grant_type") && strcmp(field->name, "token_type_hint")) {
            problem_strike(problem, field->value);
        }
    }
}

/* Linode's errors[], or RFC 6749's error and error_description. */
static void add_reasons(problem_t *problem, const json_t *body, const char *error,
                        const post_t *post, apr_pool_t *pool)
{
    const char *description = json_member_string(body, "error_description");

    api_add_reasons(problem, body, pool);
    if (error) {
        problem_add_reason(problem, pool, excerpt_of(error, LONGEST_ERROR, pool), NULL);
    }
    if (description) {
        problem_add_reason(problem, pool, excerpt_of(description, LONGEST_DESCRIPTION, pool), NULL);
    }
    strike_secrets(problem, post);
    problem->field = NULL; /* the fields of this form are ours, not the visitor's */
}

static int is_sent(const post_t *post, const char *name)
{
    int i;

    for (i = 0; i < post->count; i++) {
        if (post->fields[i].value && !strcmp(post->fields[i].name, name)) {
            return 1;
        }
    }
    return 0;
}

/* Whether one of Linode's errors[] is about that field of the form. */
static int blames(const json_t *body, const post_t *post, const char *name)
{
    const json_t *errors = json_member_array(body, "errors");
    size_t i;

    for (i = 0; i < json_array_size(errors) && is_sent(post, name); i++) {
        const char *field = json_member_string(json_array_get(errors, i), "field");

        if (field && !strcmp(field, name)) {
            return 1;
        }
    }
    return 0;
}

/* What a refusal says is to blame counts more than its status. */
static problem_kind_t refusal_kind(int status, const char *error, const json_t *body,
                                   const post_t *post)
{
    int json = body != NULL;

    if (error && (!strcmp(error, "invalid_client") || !strcmp(error, "unauthorized_client"))) {
        return PROBLEM_CLIENT_REFUSED;
    }
    if (error && !strcmp(error, "invalid_grant")) {
        return PROBLEM_CODE_REFUSED;
    }
    if (status < 500 && (blames(body, post, "client_id") || blames(body, post, "client_secret"))) {
        return PROBLEM_CLIENT_REFUSED;
    }
    if (status < 500 && blames(body, post, "code")) {
        return PROBLEM_CODE_REFUSED;
    }
    switch (status) {
    case 401:
        return PROBLEM_CLIENT_REFUSED;
    case 403:
        return json ? PROBLEM_CODE_REFUSED : PROBLEM_LINODE_FILTERED;
    case 408:
        return PROBLEM_LINODE_TIMEOUT;
    case 429:
        return PROBLEM_LINODE_BUSY;
    default:
        break;
    }
    if (status >= 500) {
        return PROBLEM_LINODE_FAILED;
    }
    if (status < 300 || (status >= 400 && json)) {
        return error || status >= 400 ? PROBLEM_CODE_REFUSED : PROBLEM_TOKEN_MALFORMED;
    }
    return PROBLEM_LOGIN_FAILED;
}

static problem_t *refusal(const http_response_t *response, const json_t *body, const post_t *post,
                          apr_pool_t *pool)
{
    const char *error = json_member_string(body, "error");
    const char *type = apr_table_get(response->headers, "Content-Type");
    problem_t *problem = problem_make(pool, refusal_kind(response->status, error, body, post),
                                      "%s%s answered %d (%.60s)", post->client->login_url,
                                      post->path, response->status, type ? type : "no media type");

    problem->retry_after = http_retry_after(response, apr_time_now());
    if (body) {
        add_reasons(problem, body, error, post, pool);
    }
    return problem;
}

/* The answer's body if it is a JSON object, else NULL. */
static const json_t *object_of(const http_response_t *response, apr_pool_t *pool)
{
    const json_t *body = http_response_is(response, "application/json")
                             ? json_parse(response->body, response->length, pool)
                             : NULL;

    return json_is_object(body) ? body : NULL;
}

/* ---------------------------------------------------------------- tokens */

static problem_t *obtain(oauth_token_t **token, const post_t *post, http_t *http, apr_pool_t *pool)
{
    apr_time_t now = apr_time_now();
    http_response_t *response;
    oauth_token_t *made = apr_pcalloc(pool, sizeof(*made));
    problem_t *problem = ask(&response, post, http, pool);
    const json_t *body;
    const char *wrong;

    *token = NULL;
    if (problem) {
        return problem;
    }
    body = object_of(response, pool);
    if (response->status != 200 || !body || token_answer_is_error(body)) {
        problem = refusal(response, body, post, pool);
    }
    else if ((wrong = token_answer_read(made, body, post->client->scopes, now, pool))) {
        problem = problem_make(pool, PROBLEM_TOKEN_MALFORMED, "%s%s: %s", post->client->login_url,
                               post->path, wrong);
    }
    if (made->access_token) {
        *token = made;
    }
    json_member_wipe(body, "access_token");
    json_member_wipe(body, "refresh_token");
    return problem;
}

problem_t *oauth_exchange(oauth_token_t **token, const oauth_client_t *client, http_t *http,
                          const char *code, const char *verifier, apr_time_t deadline,
                          apr_pool_t *pool)
{
    const http_field_t fields[] = {
        {"client_id", client->client_id},       {"client_secret", client->client_secret},
        {"grant_type", "authorization_code"},   {"code", code},
        {"redirect_uri", client->redirect_uri}, {"code_verifier", client->pkce ? verifier : NULL},
    };
    const post_t post = {client, "/oauth/token", fields, COUNT(fields), 0, deadline};

    return obtain(token, &post, http, pool);
}

int oauth_may_have_issued(const problem_t *problem)
{
    switch (problem->kind) {
    case PROBLEM_LINODE_TIMEOUT:
    case PROBLEM_LINODE_FAILED:
    case PROBLEM_LINODE_UNREADABLE:
    case PROBLEM_TOKEN_MALFORMED:
    case PROBLEM_LOGIN_FAILED:
        return 1;
    default:
        return 0;
    }
}

problem_t *oauth_revoke(const oauth_client_t *client, http_t *http, const char *access_token,
                        apr_time_t deadline, apr_pool_t *pool)
{
    const http_field_t fields[] = {
        {"token", access_token},
        {"token_type_hint", "access_token"},
        {"client_id", client->client_id},
        {"client_secret", client->client_secret},
    };
    const post_t post = {client, "/oauth/revoke", fields, COUNT(fields), 1, deadline};
    http_response_t *response;
    problem_t *problem = ask(&response, &post, http, pool);

    if (problem || (response->status >= 200 && response->status < 300)) {
        return problem;
    }
    problem = refusal(response, object_of(response, pool), &post, pool);
    if (problem->kind == PROBLEM_CODE_REFUSED) {
        problem = problem_make(pool, PROBLEM_LINODE_REFUSED, "%s", problem->detail);
    }
    return problem;
}
