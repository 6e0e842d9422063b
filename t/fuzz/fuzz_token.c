/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of the token endpoint. What comes out as a token can stand in a header, and lives for a
 * while; what comes out as a problem says nothing of the secrets that were sent, and has a token at
 * most where the rest of the answer was not to be believed. */
#include <apr_lib.h>

#include "upstream.h"

#include "linode/oauth.h"
#include "linode/scope.h"

static oauth_client_t client_of(const upstream_t *upstream, apr_pool_t *pool)
{
    oauth_client_t client = {
        .login_url = "https://login.example",
        .client_id = "id",
        .client_secret = upstream->secrets[0],
        .redirect_uri = "https://site.example/auth_callback",
        .scopes = apr_array_make(pool, 1, sizeof(const char *)),
        .pkce = 1,
        .retries = 2,
        .connect_timeout = APR_USEC_PER_SEC,
        .total_timeout = 3600 * (apr_interval_time_t)APR_USEC_PER_SEC,
    };

    APR_ARRAY_PUSH(client.scopes, const char *) = "linodes:read_write";
    return client;
}

static void promise_sendable(const oauth_token_t *token)
{
    const char *at = token->access_token;

    PROMISE(*at && *at != '=' && strlen(at) <= 4096);
    for (; *at && *at != '='; at++) {
        PROMISE(apr_isalnum(*at) || strchr("-._~+/", *at));
    }
    PROMISE(strspn(at, "=") == strlen(at));
    PROMISE(token->expires > 0 && token->expires <= apr_time_now() + apr_time_from_sec(86400));
}

static void promise_token(const oauth_token_t *token)
{
    int i;

    promise_sendable(token);
    for (i = 0; i < token->scopes->nelts; i++) {
        PROMISE(scope_covers(token->scopes, APR_ARRAY_IDX(token->scopes, i, const char *)));
    }
}

static void judge(const upstream_t *upstream, const problem_t *problem, const oauth_token_t *token,
                  apr_pool_t *pool)
{
    PROMISE(upstream->asked >= 1 && upstream->asked <= 3);
    PROMISE(problem || token);
    if (problem) {
        PROMISE(!token || problem->kind == PROBLEM_TOKEN_MALFORMED);
        if (token) {
            promise_sendable(token);
        }
        PROMISE(problem->effect == PROBLEM_NOTHING_CREATED);
        promise_presentable(upstream, problem, pool);
    }
    else {
        promise_token(token);
    }
}

static void answer(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    upstream_t *upstream = upstream_make(data, size, pool);
    oauth_client_t client = client_of(upstream, pool);
    oauth_token_t *token = NULL;
    problem_t *problem = oauth_exchange(&token, &client, &upstream->http, upstream->secrets[1],
                                        upstream->secrets[2], 0, pool);

    judge(upstream, problem, token, pool);

    upstream = upstream_make(data, size, pool);
    problem = oauth_revoke(&client, &upstream->http, upstream->secrets[4], 0, pool);
    if (problem) {
        promise_presentable(upstream, problem, pool);
    }
}

FUZZ_TARGET(answer)
