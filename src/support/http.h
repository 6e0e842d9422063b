/* SPDX-License-Identifier: Apache-2.0 */
/* Asking another server: a documented seam with libcurl behind it (http_client) or, in unit tests,
 * a script.
 *
 * An http_t is used by all threads of a child at once; each request borrows a libcurl handle, which
 * keeps its connection for the next. Servers are verified by certificate and name, TLS 1.2 or
 * newer, always; no redirect is followed, no proxy used but the one a request names, no
 * compression asked for, no more than `limit` bytes of body accepted. Only https is spoken, and
 * http to a loopback address. Times are microseconds. Answers live in the pool of the request. */
#ifndef SUPPORT_HTTP_H
#define SUPPORT_HTTP_H

#include <stdatomic.h>

#include <apr_pools.h>
#include <apr_tables.h>
#include <apr_time.h>
#include "support/problem.h"

typedef struct http_request_t {
    const char *method;
    const char *url;
    apr_table_t *headers;     /* sent as they are; may be NULL */
    const char *bearer;       /* access token for Authorization, or NULL */
    const char *content_type; /* of body */
    const char *body;         /* NULL for none */
    apr_size_t body_length;
    apr_size_t limit; /* most bytes of answer to accept */
    apr_interval_time_t connect_timeout;
    apr_time_t deadline; /* when the whole request must have ended, by workers_now */
    const struct authorities_t *authorities; /* NULL: the system's, read by libcurl */
    const char *proxy; /* http(s)://host:port to ask https servers through, or NULL */
    /* Another thread sets it to end the request within about a second; NULL: nobody does. */
    const atomic_int *abandon;
} http_request_t;

typedef struct http_response_t {
    int status;
    apr_table_t *headers; /* repeated lines are repeated */
    const char *body;     /* NUL-terminated; length without it */
    apr_size_t length;
} http_response_t;

typedef struct http_t http_t;
struct http_t {
    /* Carries out one request. A problem means that no whole answer arrived: LINODE_UNREACHABLE
     * (the request was certainly not read), LINODE_TIMEOUT or LINODE_FAILED with effect
     * MAYBE_CREATED once anything may have been read, LINODE_UNREADABLE (more than limit). Any
     * status, 500 as well, is an answer and no problem. */
    problem_t *(*perform)(http_t *http, http_response_t **response, const http_request_t *request,
                          apr_pool_t *pool);
};

/* A client over libcurl, made in the child after the fork; handles are closed with the pool. At
 * most idle handles are kept between requests. NULL only when libcurl or memory fails. */
http_t *http_client_create(const char *user_agent, int idle, apr_pool_t *pool);

/* Closes the connections that nobody has needed for a minute or so; cheap enough for each request.
 * now is of workers_now. */
void http_client_tidy(http_t *http, apr_time_t now);

/* How many connections such a client has opened so far: tests tell by it whether one was kept. */
unsigned int http_client_connections(const http_t *http);

/* The media type of the answer equals type, parameters aside. */
int http_response_is(const http_response_t *response, const char *type);

/* Retry-After in microseconds (seconds or HTTP date), 0 without one. */
apr_interval_time_t http_retry_after(const http_response_t *response, apr_time_t now);

/* Appends name=value to a form body or query, both percent-encoded (RFC 3986 unreserved stays). */
const char *http_form_append(const char *form, const char *name, const char *value,
                             apr_pool_t *pool);

typedef struct http_field_t {
    const char *name;
    const char *value; /* NULL: the field is left out */
} http_field_t;

/* A whole form body in one allocation: one with a secret in it leaves no other copy to wipe. */
char *http_form(const http_field_t *fields, int count, apr_pool_t *pool);

/* Whether what is asked for by that URL goes over TLS. */
int http_is_https(const char *url);

/* https, or http with a loopback host; no user info, no fragment, a host. *origin, when wanted,
 * is scheme://host[:port]. NULL when fine, else what is wrong, as the end of a sentence about the
 * URL. */
const char *http_url_check(const char *url, const char **origin, apr_pool_t *pool);

/* Whether a host, as a URL has it or without the brackets of IPv6, is this machine alone. */
int http_is_loopback(const char *host);

#endif
