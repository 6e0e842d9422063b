/* SPDX-License-Identifier: Apache-2.0 */
/* An upstream that says what it was told to say: a list of steps, each of which expects one request
 * and gives one answer or problem. What was asked is kept for the test to look at. */
#ifndef UNIT_SCRIPTED_HTTP_H
#define UNIT_SCRIPTED_HTTP_H

#include "fixture.h"
#include "support/http.h"
#include "support/workers.h"

#define JSON_TYPE "application/json"
#define HTML_TYPE "text/html; charset=utf-8"

typedef struct step_t {
    const char *request; /* "GET /path?query", the end of the URL */
    int status;          /* 0: the problem below instead of an answer */
    const char *type;    /* media type; NULL: JSON_TYPE; "": none */
    const char *body;    /* NULL: "" */
    const char *header;  /* one more header, "Name: value", or NULL */
    const char *header2;
    problem_kind_t problem;
    int maybe;                 /* the problem's effect is MAYBE_CREATED */
    apr_interval_time_t takes; /* how long the answer takes */
} step_t;

typedef struct asked_t {
    const char *method;
    const char *url;
    const char *body;
    const char *bearer;
    const char *content_type;
    const char *accept;
    const char *filter;
    apr_time_t deadline; /* by workers_now, as is */
    apr_time_t at;
} asked_t;

typedef struct scripted_t {
    http_t http;
    const step_t *steps;
    int count;
    int at;
    asked_t asked[64];
} scripted_t;

static inline void script_header(apr_table_t *headers, const char *line)
{
    const char *colon = line ? strchr(line, ':') : NULL;

    if (colon) {
        apr_table_add(headers, apr_pstrndup(pool, line, (apr_size_t)(colon - line)), colon + 2);
    }
}

static inline void script_note(scripted_t *script, const http_request_t *request)
{
    asked_t *asked = &script->asked[script->at];

    asked->method = apr_pstrdup(pool, request->method);
    asked->url = apr_pstrdup(pool, request->url);
    asked->body = request->body ? apr_pstrmemdup(pool, request->body, request->body_length) : NULL;
    asked->bearer = request->bearer ? apr_pstrdup(pool, request->bearer) : NULL;
    asked->content_type = request->content_type;
    asked->accept = request->headers ? apr_table_get(request->headers, "Accept") : NULL;
    asked->filter = request->headers ? apr_table_get(request->headers, "X-Filter") : NULL;
    asked->deadline = request->deadline;
    asked->at = workers_now();
}

static inline problem_t *script_perform(http_t *http, http_response_t **response,
                                        const http_request_t *request, apr_pool_t *answer_pool)
{
    scripted_t *script = (scripted_t *)http;
    const step_t *step = &script->steps[script->at];
    const char *line = apr_pstrcat(pool, request->method, " ", request->url, NULL);
    const char *path;

    ck_assert_msg(script->at < script->count, "request %d was not expected: %s", script->at, line);
    path = strchr(step->request, ' ') + 1;
    ck_assert_msg(!strncmp(line, step->request, (size_t)(path - step->request)) &&
                      strlen(line) >= strlen(path) &&
                      !strcmp(line + strlen(line) - strlen(path), path),
                  "request %d was %s instead of %s", script->at, line, step->request);
    ck_assert_int_lt(script->at, (int)COUNT(script->asked));
    script_note(script, request);
    script->at++;
    if (step->takes) {
        apr_sleep(step->takes);
    }
    if (!step->status) {
        problem_t *problem = problem_make(answer_pool, step->problem, "scripted");

        problem->effect = step->maybe ? PROBLEM_MAYBE_CREATED : PROBLEM_NOTHING_CREATED;
        return problem;
    }
    *response = apr_pcalloc(answer_pool, sizeof(**response));
    (*response)->status = step->status;
    (*response)->headers = apr_table_make(answer_pool, 4);
    if (!step->type || *step->type) {
        apr_table_set((*response)->headers, "Content-Type", step->type ? step->type : JSON_TYPE);
    }
    script_header((*response)->headers, step->header);
    script_header((*response)->headers, step->header2);
    (*response)->body = apr_pstrdup(answer_pool, step->body ? step->body : "");
    (*response)->length = strlen((*response)->body);
    return NULL;
}

static inline scripted_t *script_make(const step_t *steps, size_t count)
{
    scripted_t *script = apr_pcalloc(pool, sizeof(*script));

    script->http.perform = script_perform;
    script->steps = steps;
    script->count = (int)count;
    return script;
}

#define SCRIPT(steps) script_make(steps, COUNT(steps))

#define ck_assert_script_done(script) ck_assert_int_eq((script)->at, (script)->count)

#endif
