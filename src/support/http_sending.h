/* SPDX-License-Identifier: Apache-2.0 */
/* What libcurl has to be told to send one request, and to trust nobody but its server.
 *
 * What is sent lives until http_sending_end; then the handle may take the next. */
#ifndef SUPPORT_HTTP_SENDING_H
#define SUPPORT_HTTP_SENDING_H

#include <curl/curl.h>

#include "support/http.h"

typedef struct http_sending_t {
    const http_request_t *request;
    struct curl_slist *lines; /* of its header; one of them may be a visitor's token */
    int begun;                /* a connection stood, perhaps a kept one, and it was begun */
} http_sending_t;

/* False when a header has a control character, or libcurl does not take whom to ask or to trust.
 * left is the time that the request has, in microseconds. */
int http_sending_begin(http_sending_t *sending, CURL *curl, const http_request_t *request,
                       const char *user_agent, apr_interval_time_t left, apr_pool_t *pool);

/* Whether some of the request has left, on any of the connections that it was tried on. */
int http_sending_has_left(const http_sending_t *sending, CURL *curl);

/* Wipes its header; after http_sending_begin in any case. */
void http_sending_end(http_sending_t *sending);

#endif
