/* SPDX-License-Identifier: Apache-2.0 */
/* One call of the API.
 *
 * An attempt ends in an answer or in a verdict: the problem, and whether it makes sense to ask
 * again. The verdict depends on the answer alone; whether it may be asked again depends on the
 * call: always if it is idempotent, else only if the request was certainly not read. */
#include <string.h>

#include <apr_strings.h>

#include "linode/api.h"
#include "linode/retry.h"
#include "linode/scope.h"
#include "support/excerpt.h"
#include "support/json.h"
#include "support/secret.h"
#include "support/workers.h"

#define ANSWER_LIMIT   ((apr_size_t)4 * 1024 * 1024)
#define REASONS        16
#define REASON_LENGTH  400
#define MOST_PAGES     50
#define PAGE_SIZE      500
#define SAFE_PAGE_SIZE 100
#define LONGEST_ETAG   200

typedef struct verdict_t {
    problem_t *problem; /* NULL: there is an answer */
    int passing;        /* the same request may well succeed in a moment */
} verdict_t;

/* ---------------------------------------------------------------- refusals */

void api_add_reasons(problem_t *problem, const json_t *body, apr_pool_t *pool)
{
    const json_t *errors = json_member_array(body, "errors");
    size_t i;

    for (i = 0; i < json_array_size(errors) && i < REASONS; i++) {
        const json_t *error = json_array_get(errors, i);
        const char *reason = json_member_string(error, "reason");
        const char *field = json_member_string(error, "field");

        if (reason) {
            problem_add_reason(problem, pool, excerpt_of(reason, REASON_LENGTH, pool),
                               field && *field ? excerpt_of(field, REASON_LENGTH, pool) : NULL);
        }
    }
}

static int has_reason(const json_t *body, const char *text)
{
    const json_t *errors = json_member_array(body, "errors");
    size_t i;

    for (i = 0; i < json_array_size(errors); i++) {
        const char *reason = json_member_string(json_array_get(errors, i), "reason");

        if (reason && strstr(reason, text)) {
            return 1;
        }
    }
    return 0;
}

/* The scopes that the operation wants and the token lacks, or NULL if that is not why it was
 * refused: a token that is unknown or dead has the scopes "unknown". */
static const char *lacking_scopes(const http_response_t *response, const json_t *body,
                                  apr_pool_t *pool)
{
    const char *given = apr_table_get(response->headers, "X-OAuth-Scopes");
    const char *wanted = apr_table_get(response->headers, "X-Accepted-OAuth-Scopes");
    apr_array_header_t *missing;

    if (given && !strcasecmp(given, "unknown")) {
        return NULL;
    }
    if (!given || !wanted) {
        return has_reason(body, "not authorized to use this endpoint") ? "one it does not name"
                                                                       : NULL;
    }
    if (!strcmp(wanted, "*")) {
        return NULL;
    }
    missing = scope_missing(scope_list(given, pool), scope_list(wanted, pool), pool);
    return missing->nelts ? scope_text(missing, pool) : NULL;
}

static problem_kind_t kind_of(int status, int json)
{
    switch (status) {
    case 401:
        return PROBLEM_LINODE_UNAUTHORIZED;
    case 403:
        return json ? PROBLEM_LINODE_FORBIDDEN : PROBLEM_LINODE_FILTERED;
    case 404:
        return PROBLEM_LINODE_NOT_FOUND;
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
    if (status >= 400) {
        return json ? PROBLEM_LINODE_REFUSED : PROBLEM_LINODE_FAILED;
    }
    return PROBLEM_LINODE_UNREADABLE; /* a redirect */
}

static int passing_status(const http_response_t *response, int json)
{
    const char *maintenance = apr_table_get(response->headers, "X-Maintenance-Mode");

    switch (response->status) {
    case 400: /* a proxy's own, not the API's */
        return !json && http_response_is(response, "text/html");
    case 503:
        return !maintenance || !*maintenance;
    case 408:
    case 429:
    case 502:
    case 504:
    case 520:
        return 1;
    default:
        return 0;
    }
}

/* Whether the request may have had its effect although the answer says nothing of the kind. */
static int unclear(problem_kind_t kind)
{
    return kind == PROBLEM_LINODE_FAILED || kind == PROBLEM_LINODE_TIMEOUT ||
           kind == PROBLEM_LINODE_UNREADABLE;
}

static verdict_t refuse(const http_response_t *response, const json_t *body,
                        const api_request_t *request, apr_pool_t *pool)
{
    const char *type = apr_table_get(response->headers, "Content-Type");
    problem_kind_t kind = kind_of(response->status, body != NULL);
    const char *lacking = response->status == 401 ? lacking_scopes(response, body, pool) : NULL;
    int busy = kind == PROBLEM_LINODE_REFUSED && has_reason(body, "Linode busy");
    verdict_t verdict = {.passing = busy || passing_status(response, body != NULL)};

    kind = busy ? PROBLEM_LINODE_BUSY : lacking ? PROBLEM_SCOPES_MISSING : kind;
    verdict.problem =
        problem_make(pool, kind, "%s %s answered %d%s%s%s%s", request->method, request->path,
                     response->status, body ? "" : " without JSON, but with ",
                     body   ? ""
                     : type ? excerpt_of(type, 60, pool)
                            : "nothing",
                     lacking ? ", for want of the scope " : "", lacking ? lacking : "");
    verdict.problem->retry_after = http_retry_after(response, apr_time_now());
    if (unclear(kind)) {
        verdict.problem->effect = PROBLEM_MAYBE_CREATED;
    }
    api_add_reasons(verdict.problem, body, pool);
    problem_strike(verdict.problem, request->token);
    return verdict;
}

/* ---------------------------------------------------------------- one attempt */

static const json_t *body_of(const http_response_t *response, apr_pool_t *pool)
{
    const json_t *body = http_response_is(response, "application/json")
                             ? json_parse(response->body, response->length, pool)
                             : NULL;

    return json_is_object(body) || json_is_array(body) ? body : NULL;
}

static void note_etag(api_validator_t *validator, const http_response_t *response, apr_pool_t *pool)
{
    const char *etag = apr_table_get(response->headers, "ETag");

    validator->etag = etag && strlen(etag) <= LONGEST_ETAG ? apr_pstrdup(pool, etag) : NULL;
}

static verdict_t judge(const json_t **answer, const http_response_t *response,
                       const api_request_t *request, apr_pool_t *pool)
{
    const json_t *body = body_of(response, pool);
    const char *type = apr_table_get(response->headers, "Content-Type");
    verdict_t verdict = {NULL, 0};

    if (response->status == 304 && request->validator && request->validator->etag) {
        request->validator->unchanged = 1;
        *answer = NULL;
        return verdict;
    }
    if (response->status < 200 || response->status > 299) {
        return refuse(response, body, request, pool);
    }
    if (!body && response->status == 204) {
        body = json_in_pool(json_object(), pool);
    }
    if (!body) {
        verdict.problem =
            problem_make(pool, PROBLEM_LINODE_UNREADABLE,
                         "%s %s answered %d with %lu bytes of %s that are no JSON", request->method,
                         request->path, response->status, (unsigned long)response->length,
                         type ? excerpt_of(type, 60, pool) : "no media type");
        verdict.problem->effect = PROBLEM_MAYBE_CREATED;
    }
    if (request->validator) {
        note_etag(request->validator, response, pool);
    }
    *answer = body;
    return verdict;
}

static verdict_t attempt(const json_t **answer, http_t *http, const http_request_t *sent,
                         const api_request_t *request, apr_pool_t *pool)
{
    http_response_t *response = NULL;
    verdict_t verdict = {.problem = http->perform(http, &response, sent, pool)};

    if (!verdict.problem) {
        if (request->headers) {
            *request->headers = response->headers;
        }
        return judge(answer, response, request, pool);
    }
    verdict.problem->detail =
        apr_psprintf(pool, "%s %s: %s", request->method, request->path, verdict.problem->detail);
    verdict.passing = verdict.problem->kind == PROBLEM_LINODE_UNREACHABLE ||
                      verdict.problem->kind == PROBLEM_LINODE_FAILED;
    return verdict;
}

/* ---------------------------------------------------------------- a call */

static int may_repeat(const verdict_t *verdict, const api_request_t *request)
{
    int abandoned = request->abandon && atomic_load(request->abandon);

    return verdict->problem && verdict->passing && !abandoned &&
           (request->idempotent || verdict->problem->kind == PROBLEM_LINODE_UNREACHABLE);
}

static http_request_t compose(const api_t *api, const api_request_t *request, apr_pool_t *pool)
{
    http_request_t sent = {
        .method = request->method,
        .url = apr_pstrcat(pool, api->url, request->path, NULL),
        .headers = apr_table_make(pool, 3),
        .bearer = request->token,
        .limit = ANSWER_LIMIT,
        .connect_timeout = api->connect_timeout,
        .deadline = request->deadline ? request->deadline : workers_now() + api->total_timeout,
        .authorities = api->authorities,
        .proxy = api->proxy,
        .abandon = request->abandon,
    };

    apr_table_setn(sent.headers, "Accept", "application/json");
    if (request->validator && request->validator->etag) {
        apr_table_setn(sent.headers, "If-None-Match", request->validator->etag);
    }
    if (request->filter) {
        apr_table_setn(sent.headers, "X-Filter", json_text(request->filter, NULL, pool));
    }
    if (request->body) {
        sent.content_type = "application/json";
        sent.body = json_text(request->body, &sent.body_length, pool);
    }
    return sent;
}

problem_t *api_call(const json_t **answer, const api_t *api, http_t *http,
                    const api_request_t *request, apr_pool_t *pool)
{
    http_request_t sent = compose(api, request, pool);
    retry_t retry = {.left = api->retries, .deadline = sent.deadline};
    verdict_t verdict;

    if (request->body && !sent.body) {
        return problem_make(pool, PROBLEM_INTERNAL, "%s %s: the body cannot be written as JSON",
                            request->method, request->path);
    }
    do {
        verdict = attempt(answer, http, &sent, request, pool);
    } while (may_repeat(&verdict, request) && retry_wait(&retry, verdict.problem->retry_after));
    if (sent.body) {
        secret_wipe((char *)sent.body, sent.body_length); /* a create carries the password */
    }
    /* Done twice is done once: such a call leaves nothing behind that could be in doubt. */
    if (verdict.problem && request->idempotent) {
        verdict.problem->effect = PROBLEM_NOTHING_CREATED;
    }
    return verdict.problem;
}

/* ---------------------------------------------------------------- a collection */

static problem_t *no_collection(const api_request_t *request, const char *what, apr_pool_t *pool)
{
    return problem_make(pool, PROBLEM_LINODE_UNREADABLE, "%s %s answered %s", request->method,
                        request->path, what);
}

/* Some collections say that they have 0 pages, or that this is page 0, when they are empty. */
static problem_t *take_page(json_t *items, json_int_t *pages, const json_t *answer,
                            const api_request_t *request, apr_pool_t *pool)
{
    const json_t *data = json_member_array(answer, "data");

    if (!data) {
        return no_collection(request, "without an array of data", pool);
    }
    if (json_array_extend(items, (json_t *)data)) {
        return problem_make(pool, PROBLEM_INTERNAL, "out of memory");
    }
    *pages = json_member_integer(answer, "pages", 1);
    return *pages > MOST_PAGES ? no_collection(request, "more pages than any account has", pool)
                               : NULL;
}

static problem_t *read_pages(json_t *items, const api_t *api, http_t *http,
                             const api_request_t *request, int page_size, apr_pool_t *pool)
{
    api_validator_t *validator = request->validator;
    problem_t *problem = NULL;
    json_int_t pages = 1;
    json_int_t page;

    for (page = 1; page <= pages && !problem; page++) {
        api_request_t one = *request;
        const json_t *answer = NULL;

        one.validator = page == 1 ? validator : NULL;
        one.path =
            apr_psprintf(pool, "%s?page=%d&page_size=%d", request->path, (int)page, page_size);
        problem = api_call(&answer, api, http, &one, pool);
        if (!problem && validator && validator->unchanged) {
            return NULL;
        }
        if (!problem) {
            problem = take_page(items, &pages, answer, request, pool);
        }
    }
    if (validator && pages > 1) {
        validator->etag = NULL;
    }
    return problem;
}

problem_t *api_list(json_t **items, const api_t *api, http_t *http, const api_request_t *request,
                    apr_pool_t *pool)
{
    api_request_t bounded = *request;
    json_t *all = json_in_pool(json_array(), pool);
    problem_t *problem;

    if (!bounded.deadline) {
        bounded.deadline = workers_now() + api->total_timeout;
    }
    problem = read_pages(all, api, http, &bounded, PAGE_SIZE, pool);
    if (problem && problem->kind == PROBLEM_LINODE_REFUSED && problem->field &&
        !strcmp(problem->field, "page_size")) {
        json_array_clear(all);
        problem = read_pages(all, api, http, &bounded, SAFE_PAGE_SIZE, pool);
    }
    if (!problem) {
        *items = request->validator && request->validator->unchanged ? NULL : all;
    }
    return problem;
}
