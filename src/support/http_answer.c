/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>
#include <openssl/ssl.h>

#include "support/http_answer.h"
#include "support/secret.h"

#define FIRST_BUFFER ((apr_size_t)16 * 1024)
#define HEADER_LIMIT ((apr_size_t)64 * 1024)

/* ---------------------------------------------------------------- as it comes */

static void note_undecided(http_answer_t *answer)
{
    struct curl_tlssessioninfo *tls = NULL;

    curl_easy_getinfo(answer->curl, CURLINFO_TLS_SSL_PTR, &tls);
    answer->undecided = tls && tls->backend == CURLSSLBACKEND_OPENSSL && tls->internals &&
                        SSL_pending(tls->internals) > 0;
}

static int is_interim(const http_answer_t *answer)
{
    long status = 0;

    curl_easy_getinfo(answer->curl, CURLINFO_RESPONSE_CODE, &status);
    return status < 200;
}

static void add_header(http_answer_t *answer, const char *line, size_t length)
{
    char *name;
    char *colon;

    while (length > 0 && strchr("\r\n \t", line[length - 1])) {
        length--;
    }
    name = apr_pstrmemdup(answer->pool, line, length);
    colon = strchr(name, ':');
    if (colon) {
        *colon++ = '\0';
        apr_table_addn(answer->headers, name, colon + strspn(colon, " \t"));
    }
}

/* A repeated line stays repeated; the spaces around a value are none of it. Lines after the first
 * empty one are trailers, which could contradict what was decided by the headers: they are not
 * taken up. */
static size_t take_header(char *line, size_t size, size_t count, void *data)
{
    http_answer_t *answer = data;
    size_t length = size * count;
    int is_end = length == 0 || *line == '\r' || *line == '\n';

    answer->header_bytes += length;
    if (answer->header_bytes > HEADER_LIMIT) {
        answer->too_large = "headers";
        return 0;
    }
    if (answer->headers_done || is_end) {
        answer->headers_done = answer->headers_done || !is_interim(answer);
        note_undecided(answer);
    }
    else if (length >= 5 && !strncmp(line, "HTTP/", 5)) {
        apr_table_clear(answer->headers); /* whatever came before was a 1xx */
    }
    else {
        add_header(answer, line, length);
    }
    return length;
}

/* Makes room for `more` bytes and a NUL; what is outgrown is wiped, as it may hold a token. */
static void make_room(http_answer_t *answer, apr_size_t more)
{
    apr_size_t needed = answer->length + more + 1;
    apr_size_t room = answer->room ? answer->room : FIRST_BUFFER;
    curl_off_t announced = 0;
    char *body;

    if (needed <= answer->room) {
        return;
    }
    while (room < needed) {
        room *= 2;
    }
    curl_easy_getinfo(answer->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (announced >= (curl_off_t)needed && announced <= (curl_off_t)answer->limit) {
        room = (apr_size_t)announced + 1;
    }
    body = apr_palloc(answer->pool, room);
    if (answer->length) {
        memcpy(body, answer->body, answer->length);
        secret_wipe(answer->body, answer->length);
    }
    answer->body = body;
    answer->room = room;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *data)
{
    http_answer_t *answer = data;
    size_t length = size * count;

    if (length > answer->limit - answer->length) {
        answer->too_large = "the body";
        return 0;
    }
    make_room(answer, length);
    memcpy(answer->body + answer->length, bytes, length);
    answer->length += length;
    note_undecided(answer);
    return length;
}

void http_answer_await(http_answer_t *answer, CURL *curl, apr_size_t limit, apr_pool_t *pool)
{
    *answer = (http_answer_t){
        .curl = curl, .pool = pool, .limit = limit, .headers = apr_table_make(pool, 16)};
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, answer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
}

/* ---------------------------------------------------------------- when it is there */

/* Answers that libcurl takes for whole and we do not; NULL if there is nothing to object to. */
static problem_t *object(const http_answer_t *answer, const char *origin)
{
    const char *encoding = apr_table_get(answer->headers, "Content-Encoding");
    problem_t *problem;

    if (!answer->headers_done) {
        problem = problem_make(answer->pool, PROBLEM_LINODE_FAILED,
                               "%s: connection lost within the headers of the answer", origin);
    }
    else if (encoding && *encoding && strcasecmp(encoding, "identity")) {
        problem = problem_make(answer->pool, PROBLEM_LINODE_UNREADABLE,
                               "%s: the answer is encoded (%.40s), which nobody asked for", origin,
                               encoding);
    }
    else {
        return NULL;
    }
    problem->effect = PROBLEM_MAYBE_CREATED;
    return problem;
}

problem_t *http_answer_take(http_response_t **response, const http_answer_t *answer,
                            const char *origin)
{
    problem_t *problem = object(answer, origin);
    http_response_t *made;
    long status = 0;

    if (problem) {
        return problem;
    }
    curl_easy_getinfo(answer->curl, CURLINFO_RESPONSE_CODE, &status);
    made = apr_pcalloc(answer->pool, sizeof(*made));
    made->status = (int)status;
    made->headers = answer->headers;
    made->body = "";
    if (answer->length) {
        answer->body[answer->length] = '\0';
        made->body = answer->body;
    }
    made->length = answer->length;
    *response = made;
    return NULL;
}

problem_t *http_answer_over_limit(const http_answer_t *answer, const char *origin)
{
    apr_size_t limit;

    if (!answer->too_large) {
        return NULL;
    }
    limit = *answer->too_large == 'h' ? HEADER_LIMIT : answer->limit;
    return problem_make(answer->pool, PROBLEM_LINODE_UNREADABLE,
                        "%s: more than the %lu bytes allowed for %s", origin, (unsigned long)limit,
                        answer->too_large);
}

void http_answer_wipe(http_answer_t *answer)
{
    if (answer->length) {
        secret_wipe(answer->body, answer->length);
    }
}
