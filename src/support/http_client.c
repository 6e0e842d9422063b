/* SPDX-License-Identifier: Apache-2.0 */
/* The http_t over libcurl.
 *
 * Each request takes a handle (http_handles), tells it what to send (http_sending), and takes what
 * comes back (http_answer).
 *
 * What counts for a caller is whether the other side can have acted on a request. libcurl counts
 * the bytes of request it has sent: none sent means certainly not read (LINODE_UNREACHABLE), any
 * sent means perhaps. A kept connection that turns out closed before a byte of answer came is
 * libcurl's to replace: it sends the request again on a new one. */
#include <stdatomic.h>

#include <apr_strings.h>
#include <curl/curl.h>

#include "support/http.h"
#include "support/http_answer.h"
#include "support/http_handles.h"
#include "support/http_sending.h"
#include "support/workers.h"

typedef struct client_t {
    http_t http; /* first, so that one pointer is both */
    const char *user_agent;
    http_handles_t *handles;
    atomic_uint connections;
} client_t;

/* One request under way. */
typedef struct transfer_t {
    const char *origin;
    apr_pool_t *pool;
    CURL *curl;
    http_sending_t sending;
    http_answer_t answer;
    char error[CURL_ERROR_SIZE];
} transfer_t;

/* ---------------------------------------------------------------- what went wrong */

static int tls_failed(CURLcode code)
{
    switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ENGINE_INITFAILED:
        return 1;
    default:
        return 0;
    }
}

/* libcurl's own words, which name a host and a port and never the rest of a URL. */
static const char *words(const transfer_t *transfer, CURLcode code)
{
    return transfer->error[0] ? transfer->error : curl_easy_strerror(code);
}

/* Nothing of the request was read. */
static problem_t *unreachable(const transfer_t *transfer, CURLcode code)
{
    return problem_make(transfer->pool, PROBLEM_LINODE_UNREACHABLE, "%s: %s: %s", transfer->origin,
                        tls_failed(code)                   ? "TLS failed"
                        : code == CURLE_OPERATION_TIMEDOUT ? "no connection in time"
                                                           : "no connection",
                        words(transfer, code));
}

static problem_t *explain(const transfer_t *transfer, CURLcode code)
{
    problem_t *problem = http_answer_over_limit(&transfer->answer, transfer->origin);

    if (!problem && !http_sending_has_left(&transfer->sending, transfer->curl)) {
        return unreachable(transfer, code);
    }
    if (!problem && code == CURLE_OPERATION_TIMEDOUT) {
        problem = problem_make(transfer->pool, PROBLEM_LINODE_TIMEOUT, "%s: no answer in time: %s",
                               transfer->origin, words(transfer, code));
    }
    if (!problem) {
        problem = problem_make(transfer->pool, PROBLEM_LINODE_FAILED,
                               "%s: connection lost after the request was sent: %s",
                               transfer->origin, words(transfer, code));
    }
    problem->effect = PROBLEM_MAYBE_CREATED;
    return problem;
}

/* ---------------------------------------------------------------- one request */

static void count_connections(client_t *client, CURL *curl)
{
    long opened = 0;

    if (curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &opened) == CURLE_OK && opened > 0) {
        atomic_fetch_add(&client->connections, (unsigned int)opened);
    }
}

static problem_t *run(client_t *client, transfer_t *transfer, http_response_t **response)
{
    CURLcode code = curl_easy_perform(transfer->curl);

    count_connections(client, transfer->curl);
    return code == CURLE_OK ? http_answer_take(response, &transfer->answer, transfer->origin)
                            : explain(transfer, code);
}

/* With the handle that it has for the moment. */
static problem_t *transmit(client_t *client, transfer_t *transfer, http_response_t **response,
                           const http_request_t *request, apr_interval_time_t left)
{
    problem_t *problem;

    http_answer_await(&transfer->answer, transfer->curl, request->limit, transfer->pool);
    curl_easy_setopt(transfer->curl, CURLOPT_ERRORBUFFER, transfer->error);
    if (http_sending_begin(&transfer->sending, transfer->curl, request, client->user_agent, left,
                           transfer->pool)) {
        problem = run(client, transfer, response);
    }
    else {
        problem = problem_make(transfer->pool, PROBLEM_INTERNAL,
                               "%s: a request header has a control character, or libcurl has no "
                               "memory for the request",
                               transfer->origin);
    }
    http_sending_end(&transfer->sending);
    if (problem) {
        http_answer_wipe(&transfer->answer);
    }
    return problem;
}

static problem_t *perform(http_t *http, http_response_t **response, const http_request_t *request,
                          apr_pool_t *pool)
{
    client_t *client = (client_t *)http;
    apr_interval_time_t left = request->deadline - workers_now();
    transfer_t transfer = {.pool = pool};
    const char *wrong = http_url_check(request->url, &transfer.origin, pool);
    problem_t *problem;

    if (wrong) {
        return problem_make(pool, PROBLEM_INTERNAL, "a URL to be asked %s", wrong);
    }
    if (left <= 0) {
        return problem_make(pool, PROBLEM_LINODE_TIMEOUT, "%s: no time was left to ask",
                            transfer.origin);
    }
    transfer.curl = http_handles_take(client->handles, request->authorities);
    if (!transfer.curl) {
        return problem_make(pool, PROBLEM_INTERNAL, "libcurl gave no handle");
    }
    problem = transmit(client, &transfer, response, request, left);
    http_handles_give_back(client->handles, transfer.curl, request->authorities,
                           transfer.answer.undecided);
    return problem;
}

/* ---------------------------------------------------------------- the client */

void http_client_tidy(http_t *http, apr_time_t now)
{
    http_handles_tidy(((client_t *)http)->handles, now);
}

unsigned int http_client_connections(const http_t *http)
{
    return atomic_load(&((const client_t *)http)->connections);
}

static apr_status_t end_libcurl(void *nothing)
{
    (void)nothing;
    curl_global_cleanup();
    return APR_SUCCESS;
}

http_t *http_client_create(const char *user_agent, int idle, apr_pool_t *pool)
{
    client_t *client = apr_pcalloc(pool, sizeof(*client));

    client->http.perform = perform;
    client->user_agent = apr_pstrdup(pool, user_agent);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return NULL;
    }
    apr_pool_cleanup_register(pool, NULL, end_libcurl, apr_pool_cleanup_null);
    client->handles = http_handles_create(idle, pool); /* closed before libcurl ends */
    return client->handles ? &client->http : NULL;
}
