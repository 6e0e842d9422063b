/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of the API, errors above all: a call ends in an answer or in a problem that can be shown,
 * is repeated as often as allowed, and what may have had an effect says so. */
#include "upstream.h"

#include "linode/api.h"

#define RETRIES 2

static const api_t api = {
    .url = "https://api.example/v4",
    .retries = RETRIES,
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 3600 * (apr_interval_time_t)APR_USEC_PER_SEC,
};

static void call(const uint8_t *data, size_t size, int idempotent, apr_pool_t *pool)
{
    upstream_t *upstream = upstream_make(data, size, pool);
    const json_t *answer = NULL;
    const api_request_t request = {
        .method = idempotent ? "GET" : "POST",
        .path = "/linode/instances",
        .token = upstream->secrets[0],
        .idempotent = idempotent,
    };
    problem_t *problem = api_call(&answer, &api, &upstream->http, &request, pool);

    PROMISE(upstream->asked >= 1 && upstream->asked <= 1 + RETRIES);
    if (problem) {
        promise_presentable(upstream, problem, pool);
        PROMISE(!idempotent || problem->effect == PROBLEM_NOTHING_CREATED);
    }
    else {
        PROMISE(json_is_object(answer) || json_is_array(answer));
    }
}

static void list(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    upstream_t *upstream = upstream_make(data, size, pool);
    const api_request_t request = {
        .method = "GET",
        .path = "/linode/types",
        .token = upstream->secrets[0],
        .idempotent = 1,
    };
    json_t *items = NULL;
    problem_t *problem = api_list(&items, &api, &upstream->http, &request, pool);

    if (problem) {
        promise_presentable(upstream, problem, pool);
    }
    else {
        PROMISE(json_is_array(items));
    }
}

static void answer(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    call(data, size, 0, pool);
    call(data, size, 1, pool);
    list(data, size, pool);
}

FUZZ_TARGET(answer)
