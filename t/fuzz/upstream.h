/* SPDX-License-Identifier: Apache-2.0 */
/* An upstream that answers with the fuzzer's input, which reads like a conversation of HTTP:
 *
 *     200
 *     Content-Type: application/json
 *
 *     {"access_token": "..."}
 *     ----
 *     503
 *
 * Statuses 0 to 3 are problems instead of answers, and so is whatever is asked after the end. In a
 * body, the control characters 1 to 8 stand for secrets of the client, as a server would quote
 * them. Nobody waits between tries. */
#ifndef FUZZ_UPSTREAM_H
#define FUZZ_UPSTREAM_H

#include <jansson.h>

#include "fuzz.h"
#include "support/http.h"
#include "support/problem.h"

#define SECRETS 8

typedef struct upstream_t {
    http_t http;
    char *rest; /* of the script */
    int asked;
    char secrets[SECRETS][FUZZ_SECRET_LENGTH + 1];
    int sent[SECRETS]; /* whether the client sent that secret */
} upstream_t;

/* Pauses between tries would be time lost. */
apr_time_t fuzz_slept;
void apr_sleep(apr_interval_time_t time)
{
    fuzz_slept += time;
}

static inline char *upstream_line(char **rest)
{
    char *line = *rest;
    char *end = strchr(line, '\n');

    *rest = end ? end + 1 : line + strlen(line);
    if (end) {
        *end = '\0';
    }
    return line;
}

static inline void upstream_headers(apr_table_t *headers, char **rest)
{
    char *line;

    while (*(line = upstream_line(rest))) {
        char *colon = strchr(line, ':');

        if (colon) {
            *colon = '\0';
            apr_table_add(headers, line, colon + 1 + strspn(colon + 1, " "));
        }
    }
}

/* Up to the line that separates answers, with secrets for control characters. */
static inline const char *upstream_body(upstream_t *upstream, apr_size_t limit, apr_pool_t *pool)
{
    char *text = upstream->rest;
    char *end = strstr(text, "\n----\n");
    char *body = apr_palloc(pool, strlen(text) * FUZZ_SECRET_LENGTH + 1);
    char *out = body;

    upstream->rest = end ? end + 6 : text + strlen(text);
    if (end) {
        *end = '\0';
    }
    for (; *text; text++) {
        if (*text >= 1 && *text <= SECRETS) {
            out = apr_cpystrn(out, upstream->secrets[*text - 1], FUZZ_SECRET_LENGTH + 1);
        }
        else {
            *out++ = *text;
        }
    }
    *out = '\0';
    PROMISE(limit > 0);
    return apr_pstrmemdup(pool, body,
                          (apr_size_t)(out - body) < limit ? (apr_size_t)(out - body) : limit);
}

static inline void upstream_note(upstream_t *upstream, const http_request_t *request)
{
    int i;

    for (i = 0; i < SECRETS; i++) {
        upstream->sent[i] |= (request->body && strstr(request->body, upstream->secrets[i])) ||
                             (request->bearer && strstr(request->bearer, upstream->secrets[i]));
    }
}

static inline problem_t *upstream_perform(http_t *http, http_response_t **response,
                                          const http_request_t *request, apr_pool_t *pool)
{
    static const problem_kind_t kinds[] = {PROBLEM_LINODE_UNREACHABLE, PROBLEM_LINODE_TIMEOUT,
                                           PROBLEM_LINODE_FAILED, PROBLEM_LINODE_UNREADABLE};
    upstream_t *upstream = (upstream_t *)http;
    int status = abs(atoi(upstream_line(&upstream->rest)) % 1000);

    upstream->asked++;
    upstream_note(upstream, request);
    PROMISE(request->deadline > 0 && request->connect_timeout > 0);
    if (status < 4) {
        problem_t *problem = problem_make(pool, kinds[status], "no answer");

        problem->effect = status ? PROBLEM_MAYBE_CREATED : PROBLEM_NOTHING_CREATED;
        return problem;
    }
    *response = apr_pcalloc(pool, sizeof(**response));
    (*response)->status = status;
    (*response)->headers = apr_table_make(pool, 4);
    upstream_headers((*response)->headers, &upstream->rest);
    (*response)->body = upstream_body(upstream, request->limit, pool);
    (*response)->length = strlen((*response)->body);
    return NULL;
}

static inline upstream_t *upstream_make(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    upstream_t *upstream = apr_pcalloc(pool, sizeof(*upstream));

    upstream->http.perform = upstream_perform;
    upstream->rest = fuzz_text(data, size, pool);
    fuzz_secrets(upstream->secrets, SECRETS, data, size);
    return upstream;
}

/* ---------------------------------------------------------------- what came out */

/* Neither a secret that was sent nor much of it. */
static inline void promise_no_secret(const upstream_t *upstream, const char *text)
{
    char part[9];
    int secret, at;

    for (secret = 0; text && secret < SECRETS; secret++) {
        for (at = 0; upstream->sent[secret] && at + 8 <= FUZZ_SECRET_LENGTH; at += 4) {
            apr_cpystrn(part, upstream->secrets[secret] + at, sizeof(part));
            PROMISE(!strstr(text, part));
        }
    }
}

static inline void promise_utf8(const char *text)
{
    json_t *string = json_string(text);

    PROMISE(string);
    json_decref(string);
}

/* A problem can be shown and logged: short, of whole characters, on one line, without secrets. */
static inline void promise_presentable(const upstream_t *upstream, const problem_t *problem,
                                       apr_pool_t *pool)
{
    const char *line = problem_line(problem, pool);
    const char *at;
    int i;

    PROMISE(problem->title && problem->message && problem->remedy && problem->detail);
    PROMISE(problem->status >= 400 && problem->status <= 599);
    PROMISE(problem->retry_after >= 0 && problem->retry_after <= apr_time_from_sec(86400));
    promise_no_secret(upstream, line);
    for (at = line; *at; at++) {
        PROMISE((unsigned char)*at >= 0x20 && *at != 0x7f);
    }
    promise_no_secret(upstream, problem->field);
    for (i = 0; problem->reasons && i < problem->reasons->nelts; i++) {
        const problem_reason_t *reason = &APR_ARRAY_IDX(problem->reasons, i, problem_reason_t);

        PROMISE(i < 32 && strlen(reason->text) <= 400);
        promise_utf8(reason->text);
        if (reason->field) {
            promise_utf8(reason->field);
        }
    }
}

#endif
