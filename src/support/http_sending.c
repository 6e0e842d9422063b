/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>
#include <openssl/ssl.h>

#include "support/authorities.h"
#include "support/http_handles.h"
#include "support/http_sending.h"
#include "support/secret.h"

#define CONNECTIONS    2L
#define KEEPALIVE_IDLE 30L

/* ---------------------------------------------------------------- the header */

/* A line end inside a header would let its value write further headers. */
static int has_control(const char *text)
{
    for (; *text; text++) {
        if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7f) {
            return 1;
        }
    }
    return 0;
}

/* Lines on their way into libcurl's list. */
typedef struct adding_t {
    struct curl_slist **lines;
    apr_pool_t *pool;
} adding_t;

static int add_line(const adding_t *adding, const char *name, const char *value)
{
    char *line = apr_pstrcat(adding->pool, name, ": ", value, NULL);
    struct curl_slist *longer = has_control(line) ? NULL : curl_slist_append(*adding->lines, line);

    secret_wipe(line, strlen(line));
    if (!longer) {
        return 0;
    }
    *adding->lines = longer;
    return 1;
}

static int add_table_line(void *adding, const char *name, const char *value)
{
    return add_line(adding, name, value);
}

static int add_lines(http_sending_t *sending, apr_pool_t *pool)
{
    const http_request_t *request = sending->request;
    adding_t adding = {&sending->lines, pool};
    int ok;

    sending->lines = curl_slist_append(NULL, "Expect:"); /* no 100-continue: our bodies are small */
    ok = sending->lines != NULL;
    if (ok && request->body && request->content_type) {
        ok = add_line(&adding, "Content-Type", request->content_type);
    }
    if (ok && request->bearer) {
        char *value = apr_pstrcat(pool, "Bearer ", request->bearer, NULL);

        ok = add_line(&adding, "Authorization", value);
        secret_wipe(value, strlen(value));
    }
    return ok &&
           (!request->headers || apr_table_do(add_table_line, &adding, request->headers, NULL));
}

/* libcurl frees these strings as they are. */
void http_sending_end(http_sending_t *sending)
{
    struct curl_slist *line;

    for (line = sending->lines; line; line = line->next) {
        secret_wipe(line->data, strlen(line->data));
    }
    curl_slist_free_all(sending->lines);
    sending->lines = NULL;
}

/* ---------------------------------------------------------------- options */

static long milliseconds(apr_interval_time_t time)
{
    /* libcurl takes 0 for no limit at all. */
    return time < 1000 ? 1 : time > apr_time_from_sec(3600) ? 3600000L : (long)(time / 1000);
}

static void set_method(CURL *curl, const http_request_t *request)
{
    if (request->body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    }
    else if (!strcmp(request->method, "HEAD")) {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    }
    else if (!strcmp(request->method, "POST") || !strcmp(request->method, "PUT")) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, 0L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "");
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    }
    else {
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    }
}

/* Plain http is for this machine alone, and needs no proxy to get there. */
static const char *proxy_of(const http_request_t *request)
{
    return request->proxy && http_is_https(request->url) ? request->proxy : "";
}

/* libcurl asks about once a second, however quiet the other side is. */
static int is_abandoned(void *data, curl_off_t down, curl_off_t downloaded, curl_off_t up,
                        curl_off_t uploaded)
{
    const atomic_int *abandon = data;

    (void)down, (void)downloaded, (void)up, (void)uploaded;
    return atomic_load(abandon);
}

/* libcurl asks when a connection stands, a proxy's tunnel and TLS included, before it sends. */
static int note_begun(void *data, char *peer, char *self, int peer_port, int self_port)
{
    http_sending_t *sending = data;

    (void)peer, (void)self, (void)peer_port, (void)self_port;
    sending->begun = 1;
    return CURL_PREREQFUNC_OK;
}

static int set_target(CURL *curl, const http_request_t *request)
{
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, proxy_of(request));
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
    curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    return curl_easy_setopt(curl, CURLOPT_URL, request->url) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
                            http_is_https(request->url) ? "https" : "http") == CURLE_OK;
}

/* libcurl asks for each connection, before it speaks TLS there. */
static CURLcode vouch(CURL *curl, void *context, void *authorities)
{
    (void)curl;
    SSL_CTX_set1_cert_store(context, ((const authorities_t *)authorities)->store);
    return CURLE_OK;
}

/* Not where a proxy speaks TLS itself: libcurl asks for its connection too, and 7.88, for one,
 * would then add the proxy's authorities, which are the system's. */
static int share_authorities(CURL *curl, const http_request_t *request)
{
    return request->authorities->store && !http_is_https(proxy_of(request)) &&
           curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, vouch) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, request->authorities) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CAPATH, NULL) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CAINFO, NULL) == CURLE_OK;
}

/* The server is who it says it is, by the request's authorities or the system's. */
static int set_trust(CURL *curl, const http_request_t *request)
{
    const char *text = request->authorities ? request->authorities->pem : NULL;
    struct curl_blob pem = {.data = (void *)text, .flags = CURL_BLOB_NOCOPY};

    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if ((request->authorities && share_authorities(curl, request)) || !text) {
        return 1;
    }
    pem.len = strlen(text);
    /* Otherwise the system's directory of certificates would be trusted as well. */
    return curl_easy_setopt(curl, CURLOPT_CAPATH, NULL) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &pem) == CURLE_OK;
}

static void set_times(CURL *curl, const http_request_t *request, apr_interval_time_t left)
{
    apr_interval_time_t connect = request->connect_timeout > 0 && request->connect_timeout < left
                                      ? request->connect_timeout
                                      : left;

    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connect));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(left));
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Otherwise libcurl, when the time is over, waits for its thread that looks the name up. */
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
#endif
    if (request->abandon) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_abandoned);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, request->abandon);
    }
}

static void set_connection(CURL *curl)
{
    /* One request at a time on a connection: HTTP/2 would add ways to fail and nothing else. */
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, CONNECTIONS);
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, HTTP_HANDLES_IDLE_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, KEEPALIVE_IDLE);
}

/* Of all that libcurl is told, it may only not take what it has to copy, or what it was built
 * without; of that, whom to ask and whom to trust is looked at. */
int http_sending_begin(http_sending_t *sending, CURL *curl, const http_request_t *request,
                       const char *user_agent, apr_interval_time_t left, apr_pool_t *pool)
{
    *sending = (http_sending_t){.request = request};
    if (!add_lines(sending, pool) || !set_target(curl, request) || !set_trust(curl, request)) {
        return 0;
    }
    set_method(curl, request);
    set_times(curl, request, left);
    set_connection(curl);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, user_agent);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, sending->lines);
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, note_begun);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, sending);
    return 1;
}

/* What a proxy was told to get to Linode is none of it. */
int http_sending_has_left(const http_sending_t *sending, CURL *curl)
{
    long sent = 0;

    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
    return sending->begun && sent > 0;
}
