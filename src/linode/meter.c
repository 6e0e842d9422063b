/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "linode/meter.h"
#include "support/workers.h"

typedef struct meter_t {
    http_t http; /* first, so that one pointer is both */
    http_t *below;
    metric_set_t *metrics;
} meter_t;

/* Of an operation the method, and how its path ends or, with a * at the end, goes on. */
typedef struct operation_t {
    metric_operation_t operation;
    const char *method;
    const char *path;
} operation_t;

static const operation_t operations[] = {
    {METRIC_TOKEN, "POST", "/oauth/token"},    {METRIC_REVOKE, "POST", "/oauth/revoke"},
    {METRIC_PROFILE, "GET", "/profile"},       {METRIC_CREATE, "POST", "/linode/instances"},
    {METRIC_FIND, "GET", "/linode/instances"}, {METRIC_CATALOG, "GET", "/linode/types"},
    {METRIC_CATALOG, "GET", "/regions"},       {METRIC_CATALOG, "GET", "/regions/availability"},
    {METRIC_CATALOG, "GET", "/images"},        {METRIC_CATALOG, "GET", "/linode/stackscripts/*"},
};

/* Whether the part of the URL before a query ends like the path. */
static int ends_like(const char *url, const char *path)
{
    size_t length = strcspn(url, "?");
    size_t end = strlen(path);

    return length >= end && !strncmp(url + length - end, path, end);
}

/* Whether what is before the star stands somewhere in that part. */
static int goes_on_like(const char *url, const char *path)
{
    size_t length = strcspn(url, "?");
    size_t before = strlen(path) - 1;
    size_t at;

    for (at = 0; at + before <= length; at++) {
        if (!strncmp(url + at, path, before)) {
            return 1;
        }
    }
    return 0;
}

static int is_at(const char *url, const char *path)
{
    return path[strlen(path) - 1] == '*' ? goes_on_like(url, path) : ends_like(url, path);
}

static metric_operation_t operation_of(const http_request_t *request)
{
    size_t i;

    for (i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        if (!strcmp(request->method, operations[i].method) &&
            is_at(request->url, operations[i].path)) {
            return operations[i].operation;
        }
    }
    return METRIC_OTHER;
}

static metric_result_t result_of_status(int status)
{
    if ((status >= 200 && status < 300) || status == 304) {
        return METRIC_OK;
    }
    if (status == 429) {
        return METRIC_BUSY;
    }
    return status >= 500 ? METRIC_FAILED : METRIC_REFUSED;
}

static metric_result_t result_of(const problem_t *problem, const http_response_t *response)
{
    if (!problem) {
        return result_of_status(response->status);
    }
    switch (problem->kind) {
    case PROBLEM_LINODE_UNREACHABLE:
        return METRIC_UNREACHABLE;
    case PROBLEM_LINODE_TIMEOUT:
        return METRIC_TIMEOUT;
    case PROBLEM_LINODE_UNREADABLE:
        return METRIC_UNREADABLE;
    default:
        return METRIC_FAILED;
    }
}

static problem_t *perform(http_t *http, http_response_t **response, const http_request_t *request,
                          apr_pool_t *pool)
{
    meter_t *meter = (meter_t *)http;
    metric_operation_t operation = operation_of(request);
    apr_time_t began = workers_now();
    problem_t *problem = meter->below->perform(meter->below, response, request, pool);
    int place = (int)operation * METRIC_RESULTS + (int)result_of(problem, *response);

    metric_add(meter->metrics, METRIC_UPSTREAM_CALLS, place, 1);
    metric_add(meter->metrics, METRIC_UPSTREAM_MICROSECONDS, (int)operation,
               (apr_uint64_t)(workers_now() - began));
    return problem;
}

http_t *meter_create(http_t *http, metric_set_t *metrics, apr_pool_t *pool)
{
    meter_t *meter = http ? apr_pcalloc(pool, sizeof(*meter)) : NULL;

    if (!meter) {
        return NULL;
    }
    meter->http.perform = perform;
    meter->below = http;
    meter->metrics = metrics;
    return &meter->http;
}
