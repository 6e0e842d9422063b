/* SPDX-License-Identifier: Apache-2.0 */
/* One call of Linode's API v4: URL, bearer token, JSON both ways, the API's errors decoded, and the
 * retry rule.
 *
 * Idempotent calls are repeated after a connection failure, 408, 429 (Retry-After honoured), 502,
 * 503, 504 and 520, and after the proxy's own HTML 400, with jitter, at most `retries` times and
 * never past the deadline. Other calls are repeated only when the request was certainly not read.
 * An answer that is not JSON is never parsed as JSON; an HTML 403 is the filter in front of Linode
 * (LINODE_FILTERED). 401 for want of a scope is told from a dead token by the two scope headers.
 * A call with a validator asks only for what has changed (RFC 9110, 13.1.2), should Linode ever
 * send an ETag. The api_t is immutable and shared by threads; answers live in the caller's pool. */
#ifndef LINODE_API_H
#define LINODE_API_H

#include <apr_pools.h>
#include <apr_time.h>
#include <jansson.h>
#include "support/http.h"
#include "support/problem.h"

typedef struct api_t {
    const char *url;                         /* https://api.linode.com/v4, no slash at the end */
    const struct authorities_t *authorities; /* as in http_request_t */
    const char *proxy;                       /* NULL: none */
    int retries;
    apr_interval_time_t connect_timeout;
    apr_interval_time_t total_timeout;
} api_t;

typedef struct api_validator_t {
    const char *etag; /* of what the caller has, or NULL; afterwards of the answer, or NULL */
    int unchanged;    /* afterwards: what the caller has is still so, and there is no answer */
} api_validator_t;

typedef struct api_request_t {
    const char *method;
    const char *path;     /* below the API's URL, beginning with a slash, already encoded */
    const char *token;    /* NULL for a public call: no Authorization is sent */
    const json_t *body;   /* NULL for none */
    const json_t *filter; /* X-Filter, or NULL */
    int idempotent;
    apr_time_t deadline;         /* by workers_now; 0: total_timeout from now */
    api_validator_t *validator;  /* NULL: without a condition */
    const apr_table_t **headers; /* where those of the last answer are left, or NULL */
    const atomic_int *abandon;   /* as in http_request_t */
} api_request_t;

/* The API on behalf of one visitor. */
typedef struct api_access_t {
    const api_t *api;
    http_t *http;
    const char *token;
    apr_time_t deadline; /* as in api_request_t */
} api_access_t;

/* *answer is the decoded body, borrowed from the pool; NULL only for what is unchanged. */
problem_t *api_call(const json_t **answer, const api_t *api, http_t *http,
                    const api_request_t *request, apr_pool_t *pool);

/* All pages of a collection in one array, or NULL for what is unchanged; only a collection of one
 * page gives an ETag. request->path has no query. */
problem_t *api_list(json_t **items, const api_t *api, http_t *http, const api_request_t *request,
                    apr_pool_t *pool);

/* Adds the errors[].reason and .field of a Linode-style error body to a problem; as many and as
 * long as a page can show. A body without such is left alone. */
void api_add_reasons(problem_t *problem, const json_t *body, apr_pool_t *pool);

#endif
