/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"
#include "linode/meter.h"
#include "support/metric.h"

static metric_set_t *metrics;

static void make(void)
{
    ck_assert_fine(metric_set_create(&metrics, pool));
}

START_TEST(places_are_counted_apart)
{
    make();
    metric_add(metrics, METRIC_DEPLOYS_STARTED, 0, 1);
    metric_add(metrics, METRIC_FORMS_SENT, METRIC_FORM_RENDERED, 2);
    metric_add(metrics, METRIC_FORMS_SENT, METRIC_FORM_RENDERED, 3);
    metric_add(NULL, METRIC_FORMS_SENT, METRIC_FORM_RENDERED, 4);
    ck_assert_uint_eq(metric_read(metrics, METRIC_DEPLOYS_STARTED, 0), 1);
    ck_assert_uint_eq(metric_read(metrics, METRIC_DEPLOYS_FINISHED, 0), 0);
    ck_assert_uint_eq(metric_read(metrics, METRIC_FORMS_SENT, METRIC_FORM_RENDERED), 5);
    ck_assert_uint_eq(metric_read(metrics, METRIC_FORMS_SENT, METRIC_FORM_SHARED), 0);
}
END_TEST

START_TEST(a_pool_has_one_segment)
{
    metric_set_t *again;

    make();
    metric_add(metrics, METRIC_LOGINS, 0, 7);
    ck_assert_fine(metric_set_create(&again, pool));
    ck_assert_uint_eq(metric_read(again, METRIC_LOGINS, 0), 7);
}
END_TEST

/* What a child does that ends as it likes. */
static void in_child(void (*end)(apr_pool_t *childs))
{
    pid_t child = fork();

    if (child == 0) {
        apr_pool_t *childs;

        apr_pool_create(&childs, pool);
        metric_gauge(metric_set_attach(metrics, childs), METRIC_TOKENS_WAITING, 5);
        metric_add(metrics, METRIC_LOGINS, 0, 1);
        end(childs);
    }
    waitpid(child, NULL, 0);
}

static void end_orderly(apr_pool_t *childs)
{
    apr_pool_destroy(childs);
    _exit(0);
}

static void end_killed(apr_pool_t *childs)
{
    (void)childs;
    kill(getpid(), SIGKILL);
}

START_TEST(counters_outlive_children_and_gauges_do_not)
{
    make();
    in_child(end_orderly);
    in_child(end_killed);
    ck_assert_uint_eq(metric_read(metrics, METRIC_LOGINS, 0), 2);
    ck_assert_int_eq(metric_read_gauge(metrics, METRIC_TOKENS_WAITING), 0);
    metric_gauge(metric_set_attach(metrics, pool), METRIC_TOKENS_WAITING, 3);
    ck_assert_int_eq(metric_read_gauge(metrics, METRIC_TOKENS_WAITING), 3);
}
END_TEST

/* ---------------------------------------------------------------- the meter */

typedef struct answering_t {
    http_t http;
    int status;
    problem_kind_t kind;
} answering_t;

static problem_t *answer_as_told(http_t *http, http_response_t **response,
                                 const http_request_t *request, apr_pool_t *its)
{
    const answering_t *answering = (const answering_t *)http;

    (void)request;
    if (!answering->status) {
        return problem_make(its, answering->kind, "as told");
    }
    *response = apr_pcalloc(its, sizeof(**response));
    (*response)->status = answering->status;
    return NULL;
}

static void call(const char *method, const char *url, int status, problem_kind_t kind)
{
    answering_t answering = {{answer_as_told}, status, kind};
    http_t *http = meter_create(&answering.http, metrics, pool);
    http_request_t request = {.method = method, .url = url};
    http_response_t *response = NULL;

    http->perform(http, &response, &request, pool);
}

static apr_uint64_t calls(metric_operation_t operation, metric_result_t result)
{
    return metric_read(metrics, METRIC_UPSTREAM_CALLS,
                       (int)operation * METRIC_RESULTS + (int)result);
}

#define API "https://api.linode.com/v4"

START_TEST(requests_are_told_by_operation)
{
    make();
    call("POST", "https://login.linode.com/oauth/token", 200, 0);
    call("POST", "https://login.linode.com/oauth/revoke", 200, 0);
    call("GET", API "/profile", 200, 0);
    call("POST", API "/linode/instances", 200, 0);
    call("GET", API "/linode/instances?page=1&page_size=100", 200, 0);
    call("GET", API "/linode/stackscripts/7", 200, 0);
    call("GET", API "/regions/availability?page=1", 200, 0);
    call("GET", API "/elsewhere?q=/profile", 200, 0);
    ck_assert_uint_eq(calls(METRIC_TOKEN, METRIC_OK), 1);
    ck_assert_uint_eq(calls(METRIC_REVOKE, METRIC_OK), 1);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_OK), 1);
    ck_assert_uint_eq(calls(METRIC_CREATE, METRIC_OK), 1);
    ck_assert_uint_eq(calls(METRIC_FIND, METRIC_OK), 1);
    ck_assert_uint_eq(calls(METRIC_CATALOG, METRIC_OK), 2);
    ck_assert_uint_eq(calls(METRIC_OTHER, METRIC_OK), 1);
}
END_TEST

START_TEST(requests_are_told_by_result)
{
    make();
    call("GET", API "/profile", 304, 0);
    call("GET", API "/profile", 401, 0);
    call("GET", API "/profile", 429, 0);
    call("GET", API "/profile", 502, 0);
    call("GET", API "/profile", 0, PROBLEM_LINODE_FAILED);
    call("GET", API "/profile", 0, PROBLEM_LINODE_TIMEOUT);
    call("GET", API "/profile", 0, PROBLEM_LINODE_UNREACHABLE);
    call("GET", API "/profile", 0, PROBLEM_LINODE_UNREADABLE);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_OK), 1);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_REFUSED), 1);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_BUSY), 1);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_FAILED), 2);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_TIMEOUT), 1);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_UNREACHABLE), 1);
    ck_assert_uint_eq(calls(METRIC_PROFILE, METRIC_UNREADABLE), 1);
}
END_TEST

TESTS("metric", places_are_counted_apart, a_pool_has_one_segment,
      counters_outlive_children_and_gauges_do_not, requests_are_told_by_operation,
      requests_are_told_by_result)
