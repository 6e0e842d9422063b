/* SPDX-License-Identifier: Apache-2.0 */
/* What comes back of one request, taken from libcurl as it arrives.
 *
 * Headers and body have limits; what goes over one ends the transfer. Everything lives in the
 * request's pool and belongs to its thread. */
#ifndef SUPPORT_HTTP_ANSWER_H
#define SUPPORT_HTTP_ANSWER_H

#include <curl/curl.h>

#include "support/http.h"

typedef struct http_answer_t {
    CURL *curl;
    apr_pool_t *pool;
    apr_size_t limit; /* of the body */
    apr_table_t *headers;
    apr_size_t header_bytes;
    int headers_done;
    char *body;
    apr_size_t length;
    apr_size_t room;
    const char *too_large; /* what went over its limit, or NULL */
    int undecided;         /* more was decrypted than has been read, which may be beyond the end */
} http_answer_t;

/* Makes the handle bring the answer to its next request here; limit is the most bytes of body. */
void http_answer_await(http_answer_t *answer, CURL *curl, apr_size_t limit, apr_pool_t *pool);

/* The whole answer, or what there is to object to one that libcurl takes for whole. */
problem_t *http_answer_take(http_response_t **response, const http_answer_t *answer,
                            const char *origin);

/* What ended the transfer, if it was one of the limits; else NULL. */
problem_t *http_answer_over_limit(const http_answer_t *answer, const char *origin);

/* Of an answer that nobody gets: a part of it may be a part of a token. */
void http_answer_wipe(http_answer_t *answer);

#endif
