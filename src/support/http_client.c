/* SPDX-License-Identifier: Apache-2.0 */
/* The http_t over libcurl.
 *
 * Easy handles wait on a stack; a request takes the top one, or makes one, and puts it back with
 * its options reset and its connection kept. The one used last is the one used next, so that a
 * quiet server needs few connections, and the others grow old and are closed.
 *
 * What counts for a caller is whether the other side can have acted on a request. libcurl counts
 * the bytes of request it has sent: none sent means certainly not read (LINODE_UNREACHABLE), any
 * sent means perhaps. A kept connection that turns out closed before a byte of answer came is
 * libcurl's to replace: it sends the request again on a new one. Connections idle for longer than
 * servers usually keep them are not used again, so that this stays rare.
 *
 * What a server sends beyond the end of an answer would be taken for the answer to the next
 * request, perhaps another visitor's. libcurl keeps such a connection; here it is closed. */
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>

#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <curl/curl.h>
#include <openssl/ssl.h>

#include "support/http.h"
#include "support/secret.h"
#include "support/workers.h"

#define FIRST_BUFFER   ((apr_size_t)16 * 1024)
#define HEADER_LIMIT   ((apr_size_t)64 * 1024)
#define IDLE_SECONDS   50L
#define TIDY_INTERVAL  apr_time_from_sec(10)
#define CONNECTIONS    2L
#define KEEPALIVE_IDLE 30L

typedef struct idle_t {
    CURL *curl;
    apr_time_t since; /* by workers_now */
} idle_t;

typedef struct client_t {
    http_t http; /* first, so that one pointer is both */
    const char *user_agent;
    apr_thread_mutex_t *mutex; /* guards idle and kept */
    idle_t *idle;              /* the one used last is the last */
    int kept;
    int room;
    _Atomic apr_time_t tidy_at; /* the time to look for outdated ones again */
    atomic_uint connections;
} client_t;

/* One request under way. */
typedef struct transfer_t {
    const http_request_t *request;
    apr_pool_t *pool;
    CURL *curl;
    apr_table_t *headers;
    apr_size_t header_bytes;
    int headers_done;
    char *body;
    apr_size_t length;
    apr_size_t room;
    const char *too_large; /* what went over its limit, or NULL */
    int undecided;         /* more was decrypted than has been read, which may be beyond the end */
    int begun;             /* a connection stood, perhaps a kept one, and the request was begun */
    struct curl_slist *lines;
    char error[CURL_ERROR_SIZE];
} transfer_t;

/* ---------------------------------------------------------------- handles */

/* Something has come that nobody asked for, on the connection used last. */
static int has_unread(CURL *curl)
{
    curl_socket_t connection = CURL_SOCKET_BAD;
    char byte;

    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &connection);
    return connection != CURL_SOCKET_BAD && recv(connection, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

static CURL *take_idle(client_t *client)
{
    CURL *curl;

    apr_thread_mutex_lock(client->mutex);
    curl = client->kept > 0 ? client->idle[--client->kept].curl : NULL;
    apr_thread_mutex_unlock(client->mutex);
    return curl;
}

static CURL *borrow(client_t *client)
{
    CURL *curl;

    while ((curl = take_idle(client)) && has_unread(curl)) {
        curl_easy_cleanup(curl);
    }
    return curl ? curl : curl_easy_init();
}

static void give_back(client_t *client, CURL *curl, int unread)
{
    if (unread || has_unread(curl)) {
        curl_easy_cleanup(curl);
        return;
    }
    curl_easy_reset(curl);
    apr_thread_mutex_lock(client->mutex);
    if (client->kept < client->room) {
        client->idle[client->kept++] = (idle_t){curl, workers_now()};
        curl = NULL;
    }
    apr_thread_mutex_unlock(client->mutex);
    if (curl) {
        curl_easy_cleanup(curl);
    }
}

/* The handle that has not been used for longest, if that is too long. */
static CURL *take_outdated(client_t *client, apr_time_t now)
{
    CURL *curl = NULL;

    apr_thread_mutex_lock(client->mutex);
    if (client->kept > 0 && client->idle[0].since + apr_time_from_sec(IDLE_SECONDS) < now) {
        curl = client->idle[0].curl;
        client->kept--;
        memmove(client->idle, client->idle + 1, sizeof(*client->idle) * (size_t)client->kept);
    }
    apr_thread_mutex_unlock(client->mutex);
    return curl;
}

void http_client_tidy(http_t *http, apr_time_t now)
{
    client_t *client = (client_t *)http;
    CURL *curl;

    if (now < atomic_load(&client->tidy_at)) {
        return;
    }
    atomic_store(&client->tidy_at, now + TIDY_INTERVAL);
    while ((curl = take_outdated(client, now))) {
        curl_easy_cleanup(curl);
    }
}

static apr_status_t close_client(void *data)
{
    client_t *client = data;

    while (client->kept > 0) {
        curl_easy_cleanup(client->idle[--client->kept].curl);
    }
    curl_global_cleanup();
    return APR_SUCCESS;
}

/* ---------------------------------------------------------------- what comes back */

static void note_undecided(transfer_t *transfer)
{
    struct curl_tlssessioninfo *tls = NULL;

    curl_easy_getinfo(transfer->curl, CURLINFO_TLS_SSL_PTR, &tls);
    transfer->undecided = tls && tls->backend == CURLSSLBACKEND_OPENSSL && tls->internals &&
                          SSL_pending(tls->internals) > 0;
}

/* A repeated line stays repeated; the spaces around a value are none of it. Lines after the first
 * empty one are trailers, which could contradict what was decided by the headers: they are not
 * taken up. */
static size_t take_header(char *line, size_t size, size_t count, void *data)
{
    transfer_t *transfer = data;
    size_t length = size * count;
    size_t end = length;
    char *text;
    char *colon;

    transfer->header_bytes += length;
    if (transfer->header_bytes > HEADER_LIMIT) {
        transfer->too_large = "headers";
        return 0;
    }
    if (length >= 5 && !strncmp(line, "HTTP/", 5)) {
        apr_table_clear(transfer->headers); /* whatever came before was a 1xx */
        transfer->headers_done = 0;
        return length;
    }
    while (end > 0 && (line[end - 1] == '\r' || line[end - 1] == '\n')) {
        end--;
    }
    if (transfer->headers_done || end == 0) {
        transfer->headers_done = 1;
        note_undecided(transfer);
        return length;
    }
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
        end--;
    }
    text = apr_pstrmemdup(transfer->pool, line, end);
    colon = strchr(text, ':');
    if (colon) {
        *colon++ = '\0';
        colon += strspn(colon, " \t");
        apr_table_addn(transfer->headers, text, colon);
    }
    return length;
}

/* Makes room for `more` bytes and a NUL; what is outgrown is wiped, as it may hold a token. */
static void make_room(transfer_t *transfer, apr_size_t more)
{
    apr_size_t needed = transfer->length + more + 1;
    apr_size_t room = transfer->room ? transfer->room : FIRST_BUFFER;
    curl_off_t announced = 0;
    char *body;

    if (needed <= transfer->room) {
        return;
    }
    while (room < needed) {
        room *= 2;
    }
    curl_easy_getinfo(transfer->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (announced >= (curl_off_t)needed && announced <= (curl_off_t)transfer->request->limit) {
        room = (apr_size_t)announced + 1;
    }
    body = apr_palloc(transfer->pool, room);
    if (transfer->length) {
        memcpy(body, transfer->body, transfer->length);
        secret_wipe(transfer->body, transfer->length);
    }
    transfer->body = body;
    transfer->room = room;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *data)
{
    transfer_t *transfer = data;
    size_t length = size * count;

    if (length > transfer->request->limit - transfer->length) {
        transfer->too_large = "the body";
        return 0;
    }
    make_room(transfer, length);
    memcpy(transfer->body + transfer->length, bytes, length);
    transfer->length += length;
    note_undecided(transfer);
    return length;
}

/* libcurl asks about once a second, however quiet the other side is. */
static int is_abandoned(void *data, curl_off_t down, curl_off_t downloaded, curl_off_t up,
                        curl_off_t uploaded)
{
    const atomic_int *abandon = data;

    (void)down, (void)downloaded, (void)up, (void)uploaded;
    return atomic_load(abandon);
}

/* ---------------------------------------------------------------- what is sent */

/* libcurl asks when a connection stands, a proxy's tunnel and TLS included, before it sends. */
static int note_begun(void *data, char *peer, char *self, int peer_port, int self_port)
{
    transfer_t *transfer = data;

    (void)peer, (void)self, (void)peer_port, (void)self_port;
    transfer->begun = 1;
    return CURL_PREREQFUNC_OK;
}

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

static int add_line(transfer_t *transfer, const char *name, const char *value)
{
    char *line = apr_pstrcat(transfer->pool, name, ": ", value, NULL);
    struct curl_slist *longer = has_control(line) ? NULL : curl_slist_append(transfer->lines, line);

    secret_wipe(line, strlen(line));
    if (!longer) {
        return 0;
    }
    transfer->lines = longer;
    return 1;
}

static int add_table_line(void *data, const char *name, const char *value)
{
    return add_line(data, name, value);
}

static int add_lines(transfer_t *transfer)
{
    const http_request_t *request = transfer->request;
    struct curl_slist *longer = curl_slist_append(NULL, "Expect:");
    int ok;

    transfer->lines = longer; /* no 100-continue: our bodies are small */
    ok = longer != NULL;
    if (ok && request->body && request->content_type) {
        ok = add_line(transfer, "Content-Type", request->content_type);
    }
    if (ok && request->bearer) {
        char *value = apr_pstrcat(transfer->pool, "Bearer ", request->bearer, NULL);

        ok = add_line(transfer, "Authorization", value);
        secret_wipe(value, strlen(value));
    }
    return ok &&
           (!request->headers || apr_table_do(add_table_line, transfer, request->headers, NULL));
}

/* libcurl frees these strings as they are; one of them is the visitor's token. */
static void wipe_lines(transfer_t *transfer)
{
    struct curl_slist *line;

    for (line = transfer->lines; line; line = line->next) {
        secret_wipe(line->data, strlen(line->data));
    }
    curl_slist_free_all(transfer->lines);
}

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

static void set_trust(CURL *curl, const http_request_t *request)
{
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (request->authorities) {
        struct curl_blob pem = {.data = (void *)request->authorities,
                                .len = strlen(request->authorities),
                                .flags = CURL_BLOB_NOCOPY};
        curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &pem);
        /* Otherwise the system's directory of certificates would be trusted as well. */
        curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    }
}

static int is_https(const char *url)
{
    return !strncasecmp(url, "https:", 6);
}

/* Plain http is for this machine alone, and needs no proxy to get there. */
static const char *proxy_of(const http_request_t *request)
{
    return request->proxy && is_https(request->url) ? request->proxy : "";
}

static void set_options(transfer_t *transfer, const client_t *client, apr_interval_time_t left)
{
    const http_request_t *request = transfer->request;
    CURL *curl = transfer->curl;
    apr_interval_time_t connect = request->connect_timeout > 0 && request->connect_timeout < left
                                      ? request->connect_timeout
                                      : left;

    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_https(request->url) ? "https" : "http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, proxy_of(request));
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
    curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, client->user_agent);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, transfer->lines);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->error);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, note_begun);
    curl_easy_setopt(curl, CURLOPT_PREREQDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connect));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(left));
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Otherwise libcurl, when the time is over, waits for its thread that looks the name up. */
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
#endif
    /* One request at a time on a connection: HTTP/2 would add ways to fail and nothing else. */
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, CONNECTIONS);
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, KEEPALIVE_IDLE);
    if (request->abandon) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_abandoned);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, request->abandon);
    }
    set_trust(curl, request);
    set_method(curl, request);
}

/* ---------------------------------------------------------------- outcome */

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

/* libcurl's own words, unless they quote the URL beyond its host. */
static const char *words(const transfer_t *transfer, CURLcode code)
{
    const char *path = strpbrk(transfer->request->url + 8, "/?");
    int quoted = path && path[1] && strstr(transfer->error, path);

    return transfer->error[0] && !quoted ? transfer->error : curl_easy_strerror(code);
}

/* Whether some of the request has left, on any of the connections that it was tried on. What a
 * proxy was told to get to Linode is none of it. */
static int has_sent(const transfer_t *transfer)
{
    long sent = 0;

    curl_easy_getinfo(transfer->curl, CURLINFO_REQUEST_SIZE, &sent);
    return transfer->begun && sent > 0;
}

static problem_t *explain(const transfer_t *transfer, CURLcode code, const char *origin,
                          apr_pool_t *pool)
{
    const char *said = words(transfer, code);
    problem_t *problem;

    if (transfer->too_large) {
        apr_size_t limit = *transfer->too_large == 'h' ? HEADER_LIMIT : transfer->request->limit;

        problem = problem_make(pool, PROBLEM_LINODE_UNREADABLE,
                               "%s: more than the %lu bytes allowed for %s", origin,
                               (unsigned long)limit, transfer->too_large);
    }
    else if (!has_sent(transfer)) {
        return problem_make(pool, PROBLEM_LINODE_UNREACHABLE, "%s: %s: %s", origin,
                            tls_failed(code)                   ? "TLS failed"
                            : code == CURLE_OPERATION_TIMEDOUT ? "no connection in time"
                                                               : "no connection",
                            said);
    }
    else if (code == CURLE_OPERATION_TIMEDOUT) {
        problem =
            problem_make(pool, PROBLEM_LINODE_TIMEOUT, "%s: no answer in time: %s", origin, said);
    }
    else {
        problem = problem_make(pool, PROBLEM_LINODE_FAILED,
                               "%s: connection lost after the request was sent: %s", origin, said);
    }
    problem->effect = PROBLEM_MAYBE_CREATED;
    return problem;
}

/* Answers that libcurl takes for whole and we do not; NULL if there is nothing to object to. */
static problem_t *object(const transfer_t *transfer, const char *origin, apr_pool_t *pool)
{
    const char *encoding = apr_table_get(transfer->headers, "Content-Encoding");
    problem_t *problem;

    if (!transfer->headers_done) {
        problem = problem_make(pool, PROBLEM_LINODE_FAILED,
                               "%s: connection lost within the headers of the answer", origin);
    }
    else if (encoding && *encoding && strcasecmp(encoding, "identity")) {
        problem = problem_make(pool, PROBLEM_LINODE_UNREADABLE,
                               "%s: the answer is encoded (%.40s), which nobody asked for", origin,
                               encoding);
    }
    else {
        return NULL;
    }
    problem->effect = PROBLEM_MAYBE_CREATED;
    return problem;
}

static problem_t *hand_over(http_response_t **response, const transfer_t *transfer,
                            const char *origin, apr_pool_t *pool)
{
    problem_t *problem = object(transfer, origin, pool);
    http_response_t *made;
    long status = 0;

    if (problem) {
        return problem;
    }
    curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &status);
    made = apr_pcalloc(pool, sizeof(*made));
    made->status = (int)status;
    made->headers = transfer->headers;
    made->body = "";
    if (transfer->length) {
        transfer->body[transfer->length] = '\0';
        made->body = transfer->body;
    }
    made->length = transfer->length;
    *response = made;
    return NULL;
}

static problem_t *run(client_t *client, transfer_t *transfer, http_response_t **response,
                      const char *origin, apr_interval_time_t left)
{
    long opened = 0;
    CURLcode code;

    if (!add_lines(transfer)) {
        return problem_make(transfer->pool, PROBLEM_INTERNAL,
                            "%s: a request header has a control character, or memory is gone",
                            origin);
    }
    set_options(transfer, client, left);
    code = curl_easy_perform(transfer->curl);
    if (curl_easy_getinfo(transfer->curl, CURLINFO_NUM_CONNECTS, &opened) == CURLE_OK &&
        opened > 0) {
        atomic_fetch_add(&client->connections, (unsigned int)opened);
    }
    return code == CURLE_OK ? hand_over(response, transfer, origin, transfer->pool)
                            : explain(transfer, code, origin, transfer->pool);
}

static problem_t *perform(http_t *http, http_response_t **response, const http_request_t *request,
                          apr_pool_t *pool)
{
    client_t *client = (client_t *)http;
    apr_interval_time_t left = request->deadline - workers_now();
    const char *origin = NULL;
    const char *wrong = http_url_check(request->url, &origin, pool);
    transfer_t transfer = {.request = request, .pool = pool};
    problem_t *problem;

    if (wrong) {
        return problem_make(pool, PROBLEM_INTERNAL, "a URL to be asked %s", wrong);
    }
    if (left <= 0) {
        return problem_make(pool, PROBLEM_LINODE_TIMEOUT, "%s: no time was left to ask", origin);
    }
    transfer.curl = borrow(client);
    if (!transfer.curl) {
        return problem_make(pool, PROBLEM_INTERNAL, "libcurl gave no handle");
    }
    transfer.headers = apr_table_make(pool, 16);
    problem = run(client, &transfer, response, origin, left);
    wipe_lines(&transfer);
    give_back(client, transfer.curl, transfer.undecided);
    return problem;
}

/* ---------------------------------------------------------------- the client */

unsigned int http_client_connections(const http_t *http)
{
    return atomic_load(&((const client_t *)http)->connections);
}

http_t *http_client_create(const char *user_agent, int idle, apr_pool_t *pool)
{
    client_t *client = apr_pcalloc(pool, sizeof(*client));

    client->http.perform = perform;
    client->user_agent = apr_pstrdup(pool, user_agent);
    client->room = idle > 0 ? idle : 0;
    client->idle = apr_pcalloc(pool, sizeof(idle_t) * (apr_size_t)(client->room + 1));
    if (apr_thread_mutex_create(&client->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS ||
        curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return NULL;
    }
    apr_pool_cleanup_register(pool, client, close_client, apr_pool_cleanup_null);
    return &client->http;
}
