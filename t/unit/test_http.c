/* SPDX-License-Identifier: Apache-2.0 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "local_server.h"
#include "support/authorities.h"
#include "support/http.h"
#include "support/workers.h"

/* ---------------------------------------------------------------- without a server */

static http_response_t *answer_with(const char *name, const char *value)
{
    http_response_t *response = apr_pcalloc(pool, sizeof(*response));

    response->headers = apr_table_make(pool, 1);
    if (value) {
        apr_table_set(response->headers, name, value);
    }
    return response;
}

START_TEST(media_types)
{
    static const struct {
        const char *value;
        int is;
    } cases[] = {
        {"application/json", 1},
        {"Application/JSON", 1},
        {"application/json; charset=utf-8", 1},
        {"application/json ;x", 1},
        {"application/jsonx", 0},
        {"application/jso", 0},
        {"text/html", 0},
        {"", 0},
        {NULL, 0},
        {"application/json\t", 1},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_int_eq(
            http_response_is(answer_with("Content-Type", cases[i].value), "application/json"),
            cases[i].is);
    }
}
END_TEST

START_TEST(retry_after)
{
    static const struct {
        const char *value;
        apr_int64_t seconds;
    } cases[] = {
        {"5", 5},
        {"0", 0},
        {"86400", 86400},
        {"99999999999999999999999", 86400},
        {"-5", 0},
        {"5 minutes", 0},
        {"1.5", 0},
        {"", 0},
        {NULL, 0},
        {"soon", 0},
        {"Mon, 23 Nov 2026 10:00:07 GMT", 7},
        {"Mon, 23 Nov 2026 09:59:00 GMT", 0},
        {"Tue, 23 Nov 2027 10:00:00 GMT", 86400},
    };
    const apr_time_t now = APR_TIME_C(1795428000) * APR_USEC_PER_SEC;
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_msg(http_retry_after(answer_with("Retry-After", cases[i].value), now) ==
                          apr_time_from_sec(cases[i].seconds),
                      "%s", cases[i].value);
    }
}
END_TEST

START_TEST(forms)
{
    const http_field_t fields[] = {
        {"a", "1 2"}, {"left out", NULL}, {"b&", "=\xc3\xa9"}, {"empty", ""}};

    ck_assert_str_eq(http_form_append(NULL, "AZaz09-._~", " /?:@!$&'()*+,;=%\xff\n", pool),
                     "AZaz09-._~=%20%2F%3F%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%FF%0A");
    ck_assert_str_eq(http_form(fields, 4, pool), "a=1%202&b%26=%3D%C3%A9&empty=");
    ck_assert_str_eq(http_form(fields, 0, pool), "");
    ck_assert_str_eq(http_form_append(NULL, "a", "b", pool), "a=b");
    ck_assert_str_eq(http_form_append("", "a", "b", pool), "a=b");
    ck_assert_str_eq(http_form_append("x=y", "a", "b c", pool), "x=y&a=b%20c");
}
END_TEST

START_TEST(urls_that_can_be_asked)
{
    static const char *const cases[][2] = {
        {"https://api.linode.com/v4", "https://api.linode.com"},
        {"https://api.linode.com", "https://api.linode.com"},
        {"HTTPS://API.Linode.COM:443/V4", "https://api.linode.com"},
        {"https://example.org:8443/a?b=c", "https://example.org:8443"},
        {"https://example.org?b", "https://example.org"},
        {"https://10.1.2.3/", "https://10.1.2.3"},
        {"https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443"},
        {"http://localhost:8080/x", "http://localhost:8080"},
        {"http://LOCALHOST/x", "http://localhost"},
        {"http://127.0.0.1:80/", "http://127.0.0.1"},
        {"http://127.255.0.9/", "http://127.255.0.9"},
        {"http://[::1]:1/", "http://[::1]:1"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const char *origin = NULL;
        const char *wrong = http_url_check(cases[i][0], &origin, pool);

        ck_assert_msg(!wrong, "%s %s", cases[i][0], wrong);
        ck_assert_str_eq(origin, cases[i][1]);
        ck_assert_ptr_null(http_url_check(cases[i][0], NULL, pool));
    }
}
END_TEST

START_TEST(urls_that_cannot)
{
    static const char *const cases[] = {
        "",
        "https://",
        "https:///x",
        "https:/example.org",
        "example.org",
        "//example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://notlocalhost/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::]/",
        "http://[::ffff:8.8.8.8]/",
        "https://user@example.org/",
        "https://user:password@example.org/",
        "http://localhost@example.org/",
        "https://example.org:/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:99999999999/",
        "https://example.org:8a/",
        "https://example.org:80:80/",
        "https://example.org#x",
        "https://example.org/#x",
        "https://exam ple.org/",
        "https://example.org/a b",
        "https://example.org\\@evil.example/",
        "https://example.org/\r\nX: y",
        "https://example.org/\xc3\xa9",
        "https://ex\xc3\xa4mple.org/",
        "https://exa_m!ple.org/",
        "https://[::1/",
        "https://[]/",
        "https://[zz::1]/",
        "https://[::1]x/",
        "https://::1/",
        "https://\"x\"/",
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_msg(http_url_check(cases[i], NULL, pool) != NULL, "%s", cases[i]);
    }
}
END_TEST

/* ---------------------------------------------------------------- with a server */

#define OK(body_length, body)                                                                      \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " #body_length           \
    "\r\n\r\n" body

static http_request_t request_to(const server_t *server, const char *path)
{
    http_request_t request = {
        .method = "GET",
        .url = apr_psprintf(pool, "http://127.0.0.1:%d%s", server->port, path),
        .limit = 1000,
        .connect_timeout = APR_USEC_PER_SEC,
        .deadline = workers_now() + 5 * APR_USEC_PER_SEC,
    };

    return request;
}

static http_t *client(void)
{
    http_t *http = http_client_create("mod_linode_oauth/test", 4, pool);

    ck_assert_ptr_nonnull(http);
    return http;
}

static problem_t *get(http_response_t **response, http_t *http, const server_t *server)
{
    http_request_t request = request_to(server, "/v4/thing?secret=hidden");

    *response = NULL;
    return http->perform(http, response, &request, pool);
}

START_TEST(an_answer_arrives)
{
    const turn_t turns[] = {{.answer =
                                 "HTTP/1.1 201 Created\r\nX-A: 1\r\nVary:  a\r\nVary: b \t\r\n"
                                 "Empty: \r\nContent-Length: 2\r\n\r\n{}"}};
    server_t *server = SERVER(turns);
    http_response_t *response;

    ck_assert_fine(get(&response, client(), server));
    server_stop(server);
    ck_assert_int_eq(response->status, 201);
    ck_assert_str_eq(response->body, "{}");
    ck_assert_int_eq((int)response->length, 2);
    ck_assert_str_eq(apr_table_get(response->headers, "x-a"), "1");
    ck_assert_str_eq(apr_table_getm(pool, response->headers, "Vary"), "a,b");
    ck_assert_str_eq(apr_table_get(response->headers, "Empty"), "");
}
END_TEST

START_TEST(a_request_is_what_was_said)
{
    const turn_t turns[] = {{.answer = OK(0, "")}};
    server_t *server = SERVER(turns);
    http_request_t request = request_to(server, "/v4/linode/instances");
    http_t *http = client();
    http_response_t *response;
    char expected[400];

    request.method = "POST";
    request.headers = apr_table_make(pool, 2);
    apr_table_setn(request.headers, "Accept", "application/json");
    apr_table_setn(request.headers, "X-Filter", "{\"a\":1}");
    request.bearer = "t0ken";
    request.content_type = "application/json";
    request.body = "{\"label\":1}";
    request.body_length = 11;
    ck_assert_fine(http->perform(http, &response, &request, pool));
    server_stop(server);
    ck_assert_str_eq(response->body, "");
    (void)snprintf(
        expected, sizeof(expected),
        "POST /v4/linode/instances HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
        "User-Agent: mod_linode_oauth/test\r\nContent-Type: application/json\r\n"
        "Authorization: Bearer t0ken\r\nAccept: application/json\r\nX-Filter: {\"a\":1}\r\n"
        "Content-Length: 11\r\n\r\n{\"label\":1}",
        server->port);
    ck_assert_str_eq(server->requests[0], expected);
}
END_TEST

START_TEST(each_method_is_sent)
{
    static const char *const methods[] = {"GET", "DELETE", "PUT", "POST", "HEAD"};
    const turn_t turns[] = {{.answer = OK(2, "{}")},
                            {.answer = OK(2, "{}")},
                            {.answer = OK(2, "{}")},
                            {.answer = OK(2, "{}")},
                            {.answer = OK(2, "")}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    size_t i;

    for (i = 0; i < COUNT(methods); i++) {
        http_request_t request = request_to(server, "/x");
        http_response_t *response;

        request.method = methods[i];
        if (!strcmp(methods[i], "PUT")) {
            request.body = "b";
            request.body_length = 1;
        }
        ck_assert_fine(http->perform(http, &response, &request, pool));
        ck_assert_int_eq(response->status, 200);
    }
    server_stop(server);
    for (i = 0; i < COUNT(methods); i++) {
        const char *text = server->requests[i];

        ck_assert_msg(!strncmp(text, apr_pstrcat(pool, methods[i], " /x HTTP/1.1\r\n", NULL),
                               strlen(methods[i]) + 13),
                      "%s", text);
        ck_assert(!strstr(text, "Expect"));
        ck_assert(!strstr(text, "Accept-Encoding"));
        ck_assert(!strstr(text, "Authorization"));
    }
    ck_assert_int_eq(server->connections, 1);
}
END_TEST

START_TEST(a_connection_is_kept)
{
    const turn_t turns[] = {{.answer = OK(1, "1")}, {.answer = OK(1, "2")}, {.answer = OK(1, "3")}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_response_t *response;
    int i;

    for (i = 0; i < 3; i++) {
        ck_assert_fine(get(&response, http, server));
        ck_assert_int_eq(response->body[0], '1' + i);
    }
    server_stop(server);
    ck_assert_int_eq(server->connections, 1);
    ck_assert_int_eq((int)http_client_connections(http), 1);
}
END_TEST

START_TEST(nothing_of_a_request_stays_with_its_handle)
{
    const turn_t turns[] = {{.answer = OK(2, "{}")}, {.answer = OK(2, "{}")}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_request_t request = request_to(server, "/first");
    http_response_t *response;

    request.method = "POST";
    request.bearer = "t0ken";
    request.body = "secret";
    request.body_length = 6;
    ck_assert_fine(http->perform(http, &response, &request, pool));
    ck_assert_fine(get(&response, http, server));
    server_stop(server);
    ck_assert_ptr_nonnull(strstr(server->requests[0], "Bearer t0ken"));
    ck_assert(!strncmp(server->requests[1], "GET ", 4));
    ck_assert_ptr_null(strstr(server->requests[1], "t0ken"));
    ck_assert_ptr_null(strstr(server->requests[1], "secret\r\n"));
}
END_TEST

START_TEST(a_kept_connection_that_was_closed_is_replaced)
{
    const turn_t turns[] = {
        {.answer = OK(1, "1"), .ending = CLOSE},
        {.answer = OK(1, "2"), .ending = RESET},
        {.answer = OK(1, "3")},
    };
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_response_t *response;
    int i;

    for (i = 0; i < 3; i++) {
        ck_assert_fine(get(&response, http, server));
        ck_assert_int_eq(response->body[0], '1' + i);
        apr_sleep(20000);
    }
    server_stop(server);
    ck_assert_int_eq((int)http_client_connections(http), 3);
}
END_TEST

START_TEST(what_comes_late_is_no_answer_to_the_next_request)
{
    const turn_t turns[] = {
        {.answer = OK(1, "1"), .waits_more = 50000, .more = OK(1, "X"), .times = 1},
        {.answer = OK(1, "2")},
    };
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_response_t *response;

    ck_assert_fine(get(&response, http, server));
    apr_sleep(200000);
    ck_assert_fine(get(&response, http, server));
    ck_assert_int_eq(response->body[0], '2');
    server_stop(server);
    ck_assert_int_eq(server->connections, 2);
}
END_TEST

START_TEST(a_redirect_is_an_answer)
{
    const turn_t turns[] = {{.answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                                       "Content-Length: 0\r\n\r\n"}};
    server_t *server = SERVER(turns);
    http_response_t *response;

    ck_assert_fine(get(&response, client(), server));
    server_stop(server);
    ck_assert_int_eq(response->status, 302);
    ck_assert_int_eq(server->read, 1);
}
END_TEST

START_TEST(chunks_and_interim_answers)
{
    const turn_t turns[] = {
        {.answer = "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
                   "HTTP/1.1 200 OK\r\nX-Late: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3\r\nabc\r\n2\r\nde\r\n0\r\nContent-Encoding: gzip\r\nX-Trailer: 1\r\n"
                   "HTTP/1.1 200 OK: 1\r\nX-Trailer: 2\r\n\r\n"}};
    server_t *server = SERVER(turns);
    http_response_t *response;

    ck_assert_fine(get(&response, client(), server));
    server_stop(server);
    ck_assert_int_eq(response->status, 200);
    ck_assert_str_eq(response->body, "abcde");
    ck_assert_str_eq(apr_table_get(response->headers, "X-Late"), "1");
    ck_assert_ptr_null(apr_table_get(response->headers, "X-Early"));
    ck_assert_ptr_null(apr_table_get(response->headers, "X-Trailer"));
}
END_TEST

START_TEST(large_answers_within_the_limit)
{
    char *body = apr_pcalloc(pool, 300001);
    turn_t turns[2] = {{0}, {0}};
    http_t *http = client();
    int i;

    memset(body, 'x', 300000);
    turns[0].answer =
        apr_pstrcat(pool, "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n", body, NULL);
    turns[1].answer = apr_pstrcat(pool, "HTTP/1.1 200 OK\r\n\r\n", body, NULL);
    turns[1].ending = CLOSE;
    for (i = 0; i < 2; i++) {
        server_t *server = server_start(&turns[i], 1);
        http_request_t request = request_to(server, "/");
        http_response_t *response;

        request.limit = 300000;
        ck_assert_fine(http->perform(http, &response, &request, pool));
        server_stop(server);
        ck_assert_int_eq((int)response->length, 300000);
        ck_assert_str_eq(response->body, body);
    }
}
END_TEST

/* What a server can do to a request, and what it means. */
typedef struct fault_t {
    const char *name;
    turn_t turn;
    problem_kind_t kind;
    problem_effect_t effect;
    const char *detail;
} fault_t;

static const fault_t faults[] = {
    {"closes without an answer",
     {.ending = CLOSE},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     "connection lost"},
    {"resets after reading",
     {.ending = RESET},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     "connection lost"},
    {"truncates the body",
     {.answer = OK(10, "abc"), .ending = CLOSE},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     "connection lost"},
    {"truncates a chunk",
     {.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", .ending = CLOSE},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     "connection lost"},
    {"truncates the headers",
     {.answer = "HTTP/1.1 200 OK\r\nContent-Le", .ending = CLOSE},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     "connection lost"},
    {"speaks no HTTP",
     {.answer = "SSH-2.0-OpenSSH_9.2\r\n", .ending = CLOSE},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     "connection lost"},
    {"announces too much",
     {.answer = OK(1001, "abc"), .ending = CLOSE},
     PROBLEM_LINODE_FAILED,
     PROBLEM_MAYBE_CREATED,
     ""},
    {"sends too much in chunks",
     {.answer = "HTTP/1.1 200 OK\r\n\r\n", .more = "0123456789", .times = 200, .ending = CLOSE},
     PROBLEM_LINODE_UNREADABLE,
     PROBLEM_MAYBE_CREATED,
     "1000 bytes allowed for the body"},
    {"sends headers for ever",
     {.answer = "HTTP/1.1 200 OK\r\n",
      .more = "X: 0123456789012345678901234567890123456789\r\n",
      .times = 4000,
      .ending = CLOSE},
     PROBLEM_LINODE_UNREADABLE,
     PROBLEM_MAYBE_CREATED,
     "allowed for headers"},
    {"compresses unasked",
     {.answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"},
     PROBLEM_LINODE_UNREADABLE,
     PROBLEM_MAYBE_CREATED,
     "encoded (gzip)"},
    {"answers too late",
     {.answer = OK(2, "{}"), .waits = 600000},
     PROBLEM_LINODE_TIMEOUT,
     PROBLEM_MAYBE_CREATED,
     "no answer in time"},
    {"stops in the middle",
     {.answer = OK(10, "abc"), .waits_after = 600000},
     PROBLEM_LINODE_TIMEOUT,
     PROBLEM_MAYBE_CREATED,
     "no answer in time"},
};

START_TEST(faults_are_told_apart)
{
    size_t i;

    for (i = 0; i < COUNT(faults); i++) {
        const fault_t *fault = &faults[i];
        server_t *server = server_start(&fault->turn, 1);
        http_request_t request = request_to(server, "/v4/thing?secret=hidden");
        http_t *http = client();
        http_response_t *response = NULL;
        const problem_t *problem;

        request.deadline = workers_now() + 300000;
        problem = http->perform(http, &response, &request, pool);
        server_stop(server);
        ck_assert_msg(problem != NULL, "%s: no problem", fault->name);
        ck_assert_msg(problem->kind == fault->kind && problem->effect == fault->effect &&
                          strstr(problem->detail, fault->detail),
                      "%s: %s", fault->name, problem_line(problem, pool));
        ck_assert_ptr_null(response);
        ck_assert_ptr_null(strstr(problem->detail, "hidden"));
        ck_assert_ptr_null(strstr(problem->detail, "/v4"));
        ck_assert_ptr_nonnull(strstr(problem->detail, "http://127.0.0.1:"));
    }
}
END_TEST

START_TEST(a_client_recovers_after_a_fault)
{
    const turn_t turns[] = {{.answer = OK(10, "abc"), .ending = CLOSE}, {.answer = OK(2, "{}")}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_response_t *response;

    ck_assert_problem(get(&response, http, server), LINODE_FAILED);
    ck_assert_fine(get(&response, http, server));
    server_stop(server);
    ck_assert_str_eq(response->body, "{}");
}
END_TEST

START_TEST(what_was_not_read_is_said_to_be_so)
{
    http_t *http = client();
    server_t nobody = {0};
    http_request_t request;
    http_response_t *response;
    const problem_t *problem;

    close(server_listen(&nobody.port)); /* a port where nobody listens any more */
    problem = get(&response, http, &nobody);
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
    request = request_to(&nobody, "/");
    request.url = "https://no-such-host.invalid/v4/thing?secret=hidden";
    problem = http->perform(http, &response, &request, pool);
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "https://no-such-host.invalid: no connection"));
    ck_assert_ptr_null(strstr(problem->detail, "hidden"));
}
END_TEST

START_TEST(a_connection_that_is_not_made_ends_in_time)
{
    server_t server = {0};
    http_t *http = client();
    http_request_t request;
    http_response_t *response;
    const problem_t *problem;

    server.listener = server_listen(&server.port);
    request = request_to(&server, "/");
    request.url = apr_psprintf(pool, "https://127.0.0.1:%d/", server.port); /* no hello comes */
    request.connect_timeout = 200000;
    request.deadline = workers_now() + 60 * APR_USEC_PER_SEC;
    problem = http->perform(http, &response, &request, pool);
    close(server.listener);
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert(workers_now() < request.deadline);
}
END_TEST

/* A resolver that takes long over one name, a minute or until it is told to answer, in place of the
 * system's. */
static atomic_int resolver_is_asked, resolver_may_answer, resolver_has_answered;

__attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service,
                                                       const struct addrinfo *hints,
                                                       struct addrinfo **result)
{
    int (*the_systems)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    void *found = dlsym(RTLD_NEXT, "getaddrinfo");
    int i;

    if (name && !strcmp(name, "silent.example")) {
        atomic_store(&resolver_is_asked, 1);
        for (i = 0; i < 60000 && !atomic_load(&resolver_may_answer); i++) {
            usleep(1000);
        }
        atomic_store(&resolver_has_answered, 1);
        return EAI_AGAIN;
    }
    memcpy(&the_systems, &found, sizeof(found));
    return the_systems(name, service, hints, result);
}

/* A network that goes down when the connection stands, before a byte of the request was taken. */
static atomic_int takes_no_request;

__attribute__((visibility("default"))) ssize_t send(int socket, const void *bytes, size_t length,
                                                    int flags)
{
    if (atomic_load(&takes_no_request)) {
        errno = ECONNRESET;
        return -1;
    }
    return sendto(socket, bytes, length, flags, NULL, 0);
}

START_TEST(what_did_not_leave_was_not_read)
{
    server_t server = {0};
    http_t *http = client();
    http_response_t *response;
    const problem_t *problem;

    server.listener = server_listen(&server.port);
    atomic_store(&takes_no_request, 1);
    problem = get(&response, http, &server);
    atomic_store(&takes_no_request, 0);
    close(server.listener);
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
}
END_TEST

START_TEST(a_name_that_is_not_found_ends_in_time)
{
    server_t nobody = {0};
    http_t *http = client();
    http_request_t request = request_to(&nobody, "/");
    http_response_t *response;
    const problem_t *problem;

    request.url = "https://silent.example/";
    request.connect_timeout = 200000;
    request.deadline = workers_now() + 60 * APR_USEC_PER_SEC;
    problem = http->perform(http, &response, &request, pool);
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_int_eq(atomic_load(&resolver_is_asked), 1);
    ck_assert_int_eq(atomic_load(&resolver_has_answered), 0);
    atomic_store(&resolver_may_answer, 1);
    while (!atomic_load(&resolver_has_answered)) {
        apr_sleep(1000);
    }
}
END_TEST

/* Another thread has no more use for the answer, which never comes. */
START_TEST(a_request_can_be_abandoned)
{
    atomic_int abandon = 1;
    server_t server = {0};
    http_t *http = client();
    http_request_t request;
    http_response_t *response;
    const problem_t *problem;

    server.listener = server_listen(&server.port);
    request = request_to(&server, "/");
    request.deadline = workers_now() + apr_time_from_sec(600);
    request.abandon = &abandon;
    problem = http->perform(http, &response, &request, pool);
    close(server.listener);
    ck_assert_ptr_nonnull(problem);
    ck_assert(workers_now() < request.deadline);
}
END_TEST

/* libcurl takes no milliseconds for all the time in the world. */
START_TEST(less_than_a_millisecond_ends)
{
    server_t silent = {0};
    http_t *http = client();
    http_response_t *response;
    int i;

    silent.listener = server_listen(&silent.port);
    for (i = 0; i < 20; i++) {
        http_request_t request = request_to(&silent, "/");

        request.deadline = workers_now() + 500 + 20 * i;
        ck_assert_ptr_nonnull(http->perform(http, &response, &request, pool));
    }
    close(silent.listener);
}
END_TEST

START_TEST(a_past_deadline_asks_nobody)
{
    const turn_t turns[] = {{.answer = OK(2, "{}")}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_request_t request = request_to(server, "/");
    http_response_t *response;
    const problem_t *problem;

    request.deadline = workers_now() - 1;
    problem = http->perform(http, &response, &request, pool);
    server_stop(server);
    ck_assert_problem(problem, LINODE_TIMEOUT);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
    ck_assert_int_eq(server->connections, 0);
}
END_TEST

START_TEST(what_must_not_be_asked_is_not)
{
    static const char *const urls[] = {"http://example.org/", "file:///etc/passwd",
                                       "https://user:pw@localhost/", "ftp://localhost/"};
    http_t *http = client();
    size_t i;

    for (i = 0; i < COUNT(urls); i++) {
        http_request_t request = {.method = "GET",
                                  .url = urls[i],
                                  .limit = 10,
                                  .deadline = workers_now() + APR_USEC_PER_SEC};
        http_response_t *response;

        ck_assert_problem(http->perform(http, &response, &request, pool), INTERNAL);
    }
}
END_TEST

START_TEST(a_header_cannot_bring_another)
{
    const turn_t turns[] = {{.answer = OK(2, "{}")}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_request_t request = request_to(server, "/");
    http_response_t *response;

    request.bearer = "token\r\nX-Evil: 1";
    ck_assert_problem(http->perform(http, &response, &request, pool), INTERNAL);
    request.bearer = NULL;
    request.headers = apr_table_make(pool, 1);
    apr_table_setn(request.headers, "X-Filter", "{\"a\":\"b\nc\"}");
    ck_assert_problem(http->perform(http, &response, &request, pool), INTERNAL);
    server_stop(server);
    ck_assert_int_eq(server->read, 0);
}
END_TEST

START_TEST(the_environment_names_no_proxy)
{
    const turn_t turns[] = {{.answer = OK(2, "{}")}};
    server_t *server = SERVER(turns);
    http_response_t *response;

    setenv("http_proxy", "http://127.0.0.1:1/", 1);
    setenv("https_proxy", "http://127.0.0.1:1/", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1/", 1);
    ck_assert_fine(get(&response, client(), server));
    server_stop(server);
}
END_TEST

/* ---------------------------------------------------------------- many threads */

enum { THREADS = 12, ROUNDS = 40 };

static void *serve_connection(void *data)
{
    int connection = (int)(intptr_t)data;
    char text[2048];

    while (recv(connection, text, sizeof(text) - 1, 0) > 0) {
        static const char answer[] = OK(2, "{}");

        if (send(connection, answer, sizeof(answer) - 1, MSG_NOSIGNAL) < 0) {
            break;
        }
    }
    close(connection);
    return NULL;
}

static void *serve_all(void *data)
{
    int listener = *(int *)data;
    pthread_attr_t detached;
    int connection;

    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    while ((connection = accept(listener, NULL, NULL)) >= 0) {
        pthread_t thread;

        pthread_create(&thread, &detached, serve_connection, (void *)(intptr_t)connection);
    }
    pthread_attr_destroy(&detached);
    return NULL;
}

typedef struct asker_t {
    http_t *http;
    const char *url;
    int answered;
    pthread_t thread;
} asker_t;

static void *ask_often(void *data)
{
    asker_t *asker = data;
    apr_pool_t *mine;
    int i;

    apr_pool_create_unmanaged_ex(&mine, NULL, NULL);
    for (i = 0; i < ROUNDS; i++) {
        http_request_t request = {.method = "GET",
                                  .url = asker->url,
                                  .bearer = "token",
                                  .limit = 100,
                                  .deadline = workers_now() + 20 * APR_USEC_PER_SEC};
        http_response_t *response;

        if (!asker->http->perform(asker->http, &response, &request, mine)) {
            asker->answered += response->status == 200 && !strcmp(response->body, "{}");
        }
        apr_pool_clear(mine);
    }
    apr_pool_destroy(mine);
    return NULL;
}

START_TEST(threads_share_a_client)
{
    http_t *http = http_client_create("test", THREADS, pool);
    asker_t askers[THREADS];
    pthread_t acceptor;
    int port;
    int listener = server_listen(&port);
    int i;

    pthread_create(&acceptor, NULL, serve_all, &listener);
    for (i = 0; i < THREADS; i++) {
        askers[i] = (asker_t){http, apr_psprintf(pool, "http://127.0.0.1:%d/", port), 0, 0};
        pthread_create(&askers[i].thread, NULL, ask_often, &askers[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(askers[i].thread, NULL);
        ck_assert_int_eq(askers[i].answered, ROUNDS);
    }
    ck_assert_int_le((int)http_client_connections(http), THREADS);
    shutdown(listener, SHUT_RDWR);
    pthread_join(acceptor, NULL);
    close(listener);
}
END_TEST

START_TEST(only_so_many_handles_are_kept)
{
    http_t *http = http_client_create("test", 0, pool);
    const turn_t turns[] = {{.answer = OK(1, "1")}, {.answer = OK(1, "2")}};
    server_t *server = SERVER(turns);
    http_response_t *response;

    ck_assert_fine(get(&response, http, server));
    ck_assert_fine(get(&response, http, server));
    server_stop(server);
    ck_assert_int_eq((int)http_client_connections(http), 2);
}
END_TEST

START_TEST(handles_that_nobody_needs_are_closed)
{
    http_t *http = http_client_create("test", 4, pool);
    const turn_t turns[] = {{.answer = OK(1, "1")}, {.answer = OK(1, "2")}, {.answer = OK(1, "3")}};
    server_t *server = SERVER(turns);
    http_response_t *response;

    ck_assert_fine(get(&response, http, server));
    http_client_tidy(http, workers_now() + apr_time_from_sec(20));
    ck_assert_fine(get(&response, http, server));
    ck_assert_int_eq((int)http_client_connections(http), 1);
    http_client_tidy(http, workers_now() + apr_time_from_sec(60));
    ck_assert_fine(get(&response, http, server));
    ck_assert_int_eq((int)http_client_connections(http), 2);
    server_stop(server);
}
END_TEST

/* ---------------------------------------------------------------- TLS
 *
 * OpenSSL's own test server, with a certificate made on the spot. */

typedef struct tls_t {
    const char *directory;
    const char *certificate;
    int port;
    pid_t process;
} tls_t;

static void write_key(const char *path, EVP_PKEY *key)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL), 1);
    ck_assert_int_eq(fclose(file), 0);
}

static void write_certificate(const char *path, X509 *certificate)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(PEM_write_X509(file, certificate), 1);
    ck_assert_int_eq(fclose(file), 0);
}

/* A certificate for names ("DNS:localhost") that signs itself and ends in so many seconds. */
static void make_certificate(const char *path, const char *key_path, const char *names,
                             long seconds)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, names);

    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -86400);
    X509_gmtime_adj(X509_getm_notAfter(certificate), seconds);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"test", -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    X509_add_ext(certificate, extension, -1);
    ck_assert_int_gt(X509_sign(certificate, key, EVP_sha256()), 0);
    write_key(key_path, key);
    write_certificate(path, certificate);
    X509_EXTENSION_free(extension);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

static int listens(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    int there;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there = connect(probe, (struct sockaddr *)&address, sizeof(address)) == 0;
    close(probe);
    return there;
}

static tls_t *tls_start(const char *names, long seconds, const char *version)
{
    tls_t *tls = apr_pcalloc(pool, sizeof(*tls));
    char *directory = apr_pstrdup(pool, "/tmp/test-http-XXXXXX");
    const char *key;
    const char *port;
    int tries;

    ck_assert_ptr_nonnull(mkdtemp(directory));
    tls->directory = directory;
    tls->certificate = apr_pstrcat(pool, directory, "/certificate.pem", NULL);
    key = apr_pstrcat(pool, directory, "/key.pem", NULL);
    make_certificate(tls->certificate, key, names, seconds);
    close(server_listen(&tls->port));
    port = apr_itoa(pool, tls->port);
    tls->process = fork();
    if (tls->process == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execlp("openssl", "openssl", "s_server", "-accept", port, "-cert", tls->certificate, "-key",
               key, "-www", version, (char *)NULL);
        _exit(127);
    }
    for (tries = 0; tries < 300 && !listens(tls->port); tries++) {
        usleep(20000);
    }
    ck_assert_msg(tries < 300, "openssl s_server did not start");
    return tls;
}

static void tls_stop(tls_t *tls)
{
    kill(tls->process, SIGTERM);
    waitpid(tls->process, NULL, 0);
    unlink(apr_pstrcat(pool, tls->directory, "/key.pem", NULL));
    unlink(tls->certificate);
    rmdir(tls->directory);
}

static const authorities_t *authorities_of(const char *path)
{
    const authorities_t *authorities = NULL;

    ck_assert_ptr_null(authorities_read(&authorities, path, pool));
    return authorities;
}

/* One that has not signed that server's certificate. */
static const authorities_t *authorities_of_another(const tls_t *tls)
{
    const char *certificate = apr_pstrcat(pool, tls->directory, "/other.pem", NULL);
    const char *key = apr_pstrcat(pool, tls->directory, "/other.key", NULL);
    const authorities_t *authorities;

    make_certificate(certificate, key, "DNS:other.example", 86400);
    authorities = authorities_of(certificate);
    unlink(certificate);
    unlink(key);
    return authorities;
}

static problem_t *tls_get_trusting(http_response_t **response, http_t *http, const tls_t *tls,
                                   const char *host, const authorities_t *authorities)
{
    http_request_t request = {
        .method = "GET",
        .url = apr_psprintf(pool, "https://%s:%d/v4?secret=hidden", host, tls->port),
        .limit = 100000,
        .connect_timeout = 20 * APR_USEC_PER_SEC,
        .deadline = workers_now() + 40 * APR_USEC_PER_SEC,
        .authorities = authorities,
    };

    return http->perform(http, response, &request, pool);
}

static problem_t *tls_get(http_response_t **response, http_t *http, const tls_t *tls,
                          const char *host, const char *ca_file)
{
    return tls_get_trusting(response, http, tls, host, ca_file ? authorities_of(ca_file) : NULL);
}

static void ck_assert_tls_refused(const problem_t *problem, const char *why)
{
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
    ck_assert_msg(strstr(problem->detail, "TLS failed") && strstr(problem->detail, why), "%s",
                  problem->detail);
    ck_assert_ptr_null(strstr(problem->detail, "hidden"));
}

START_TEST(certificates_are_verified)
{
    tls_t *tls = tls_start("DNS:localhost", 86400, "-tls1_3");
    http_t *http = client();
    http_response_t *response;

    ck_assert_tls_refused(tls_get(&response, http, tls, "localhost", NULL), "certificate");
    ck_assert_fine(tls_get(&response, http, tls, "localhost", tls->certificate));
    ck_assert_int_eq(response->status, 200);
    /* Trusted a moment ago by this very client: not by this request. */
    ck_assert_tls_refused(tls_get(&response, http, tls, "localhost", NULL), "certificate");
    ck_assert_tls_refused(tls_get(&response, http, tls, "127.0.0.1", tls->certificate),
                          "target host name");
    tls_stop(tls);
}
END_TEST

/* Whoever is added to those that were read may vouch on the next connection. */
START_TEST(connections_share_the_authorities)
{
    tls_t *tls = tls_start("DNS:localhost", 86400, "-tls1_3");
    const authorities_t *authorities = authorities_of_another(tls);
    http_t *http = client();
    http_response_t *response;

    ck_assert_tls_refused(tls_get_trusting(&response, http, tls, "localhost", authorities), "");
    ck_assert_int_eq(X509_STORE_load_locations(authorities->store, tls->certificate, NULL), 1);
    ck_assert_fine(tls_get_trusting(&response, http, tls, "localhost", authorities));
    tls_stop(tls);
}
END_TEST

/* A libcurl that speaks TLS by another library gets them as text. */
START_TEST(what_cannot_be_shared_is_given_as_text)
{
    tls_t *tls = tls_start("DNS:localhost", 86400, "-tls1_3");
    authorities_t theirs = *authorities_of(tls->certificate);
    authorities_t others = *authorities_of_another(tls);
    http_t *http = client();
    http_response_t *response;

    theirs.store = others.store = NULL;
    ck_assert_fine(tls_get_trusting(&response, http, tls, "localhost", &theirs));
    ck_assert_tls_refused(tls_get_trusting(&response, http, tls, "localhost", &others), "");
    tls_stop(tls);
}
END_TEST

START_TEST(authorities_are_shared_with_the_same_openssl_alone)
{
    const char *version = OpenSSL_version(OPENSSL_VERSION_STRING);

    ck_assert(authorities_fit(apr_psprintf(pool, "OpenSSL/%s", version)));
    ck_assert(authorities_fit(apr_psprintf(pool, "OpenSSL/%s (Schannel)", version)));
    ck_assert(!authorities_fit(apr_psprintf(pool, "OpenSSL/%s1", version)));
    ck_assert(!authorities_fit(apr_psprintf(pool, "OpenSSL/%.3s", version)));
    ck_assert(!authorities_fit(apr_psprintf(pool, "(OpenSSL/%s) GnuTLS/3.7.9", version)));
    ck_assert(!authorities_fit(apr_psprintf(pool, "wolfSSL/%s", version)));
    ck_assert(!authorities_fit("OpenSSL/"));
    ck_assert(!authorities_fit("BoringSSL"));
    ck_assert(!authorities_fit(NULL));
}
END_TEST

START_TEST(a_file_without_a_certificate_has_no_authorities)
{
    tls_t *tls = tls_start("DNS:localhost", 86400, "-tls1_3");
    const authorities_t *authorities;

    ck_assert_ptr_nonnull(strstr(
        authorities_read(&authorities, apr_pstrcat(pool, tls->directory, "/key.pem", NULL), pool),
        "holds no certificate"));
    tls_stop(tls);
}
END_TEST

START_TEST(an_expired_certificate_is_refused)
{
    tls_t *tls = tls_start("DNS:localhost", -60, "-tls1_2");
    http_response_t *response;

    ck_assert_tls_refused(tls_get(&response, client(), tls, "localhost", tls->certificate),
                          "expired");
    tls_stop(tls);
}
END_TEST

START_TEST(old_versions_of_tls_are_refused)
{
    tls_t *tls = tls_start("DNS:localhost", 86400, "-tls1_1");
    http_response_t *response;

    ck_assert_tls_refused(tls_get(&response, client(), tls, "localhost", tls->certificate), "");
    tls_stop(tls);
}
END_TEST

START_TEST(plain_http_on_a_tls_port_is_a_tls_failure)
{
    const turn_t turns[] = {
        {.unread = 1, .answer = "HTTP/1.1 400 Bad Request\r\n\r\n", .ending = CLOSE}};
    server_t *server = SERVER(turns);
    http_t *http = client();
    http_request_t request = request_to(server, "/");
    http_response_t *response;
    const problem_t *problem;

    request.url = apr_psprintf(pool, "https://127.0.0.1:%d/", server->port);
    /* libcurl reads the system's authorities first, which takes long under valgrind. */
    request.connect_timeout = 20 * APR_USEC_PER_SEC;
    request.deadline = workers_now() + 40 * APR_USEC_PER_SEC;
    problem = http->perform(http, &response, &request, pool);
    server_stop(server);
    ck_assert_tls_refused(problem, "");
}
END_TEST

/* A proxy that is Linode as well: what comes through its first tunnel it answers once, and reads
 * once more before it goes away. It lets nobody in again. */
typedef struct tunnel_t {
    int listener;
    int port;
    const char *certificate;
    const char *key;
    const char *welcome; /* its answer to the first CONNECT */
    int read;            /* requests */
    pthread_t thread;
} tunnel_t;

static int read_request(SSL *tls)
{
    char text[4096];
    int length = 0, got = 1;

    while (got > 0 && length < (int)sizeof(text) - 1) {
        got = SSL_read(tls, text + length, (int)sizeof(text) - 1 - length);
        length += got > 0 ? got : 0;
        text[length] = '\0';
        if (strstr(text, "\r\n\r\n") && (strncmp(text, "POST", 4) || strstr(text, "the body"))) {
            return 1;
        }
    }
    return 0;
}

static int accept_connect(const tunnel_t *tunnel, const char *answer)
{
    char text[4096];
    int connection = accept(tunnel->listener, NULL, NULL);

    ck_assert_int_gt((int)recv(connection, text, sizeof(text), 0), 0);
    send(connection, answer, strlen(answer), MSG_NOSIGNAL);
    return connection;
}

static void *run_tunnel(void *data)
{
    tunnel_t *tunnel = data;
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    SSL *tls;
    int connection;

    SSL_CTX_use_certificate_file(context, tunnel->certificate, SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context, tunnel->key, SSL_FILETYPE_PEM);
    tls = SSL_new(context);
    connection = accept_connect(tunnel, tunnel->welcome);
    SSL_set_fd(tls, connection);
    if (SSL_accept(tls) == 1 && read_request(tls)) {
        tunnel->read++;
        SSL_write(tls, OK(2, "{}"), (int)strlen(OK(2, "{}")));
        tunnel->read += read_request(tls);
    }
    close(connection);
    SSL_free(tls);
    SSL_CTX_free(context);
    close(accept_connect(tunnel, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"));
    return NULL;
}

/* A proxy may say a lot before it lets a request through; nothing of it is Linode's answer, which
 * has a limit. */
static const char *wordy_welcome(void)
{
    apr_array_header_t *lines = strings("HTTP/1.1 200 OK\r", "Retry-After: 9\r", NULL);
    int i;

    for (i = 0; i < 8000; i++) {
        APR_ARRAY_PUSH(lines, const char *) = "X-Ad: 1\r";
    }
    APR_ARRAY_PUSH(lines, const char *) = "\r";
    APR_ARRAY_PUSH(lines, const char *) = "";
    return apr_array_pstrcat(pool, lines, '\n');
}

/* libcurl sends a request again whose kept connection was closed without an answer. That there is
 * no second connection does not undo that the first one was read. */
START_TEST(what_a_proxy_let_through_once_may_have_been_read)
{
    http_t *http = client();
    char *directory = apr_pstrdup(pool, "/tmp/test-http-XXXXXX");
    tunnel_t tunnel = {.welcome = wordy_welcome()};
    http_request_t request;
    http_response_t *response;
    const problem_t *problem;

    ck_assert_ptr_nonnull(mkdtemp(directory));
    tunnel.listener = server_listen(&tunnel.port);
    tunnel.certificate = apr_pstrcat(pool, directory, "/certificate.pem", NULL);
    tunnel.key = apr_pstrcat(pool, directory, "/key.pem", NULL);
    make_certificate(tunnel.certificate, tunnel.key, "DNS:linode.example", 86400);
    ck_assert_int_eq(pthread_create(&tunnel.thread, NULL, run_tunnel, &tunnel), 0);
    request = (http_request_t){
        .method = "GET",
        .url = "https://linode.example/v4/thing",
        .limit = 1000,
        .connect_timeout = 20 * APR_USEC_PER_SEC,
        .deadline = workers_now() + 40 * APR_USEC_PER_SEC,
        .authorities = authorities_of(tunnel.certificate),
        .proxy = apr_psprintf(pool, "http://127.0.0.1:%d/", tunnel.port),
    };
    ck_assert_fine(http->perform(http, &response, &request, pool));
    ck_assert_ptr_null(apr_table_get(response->headers, "Retry-After")); /* the proxy's word */
    ck_assert_str_eq(apr_table_get(response->headers, "Content-Length"), "2");
    request.method = "POST";
    request.body = "the body";
    request.body_length = strlen(request.body);
    problem = http->perform(http, &response, &request, pool);
    pthread_join(tunnel.thread, NULL);
    close(tunnel.listener);
    unlink(tunnel.key);
    unlink(tunnel.certificate);
    rmdir(directory);
    ck_assert_int_eq(tunnel.read, 2);
    ck_assert_problem(problem, LINODE_FAILED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
}
END_TEST

TESTS("http", media_types, retry_after, forms, urls_that_can_be_asked, urls_that_cannot,
      an_answer_arrives, a_request_is_what_was_said, each_method_is_sent, a_connection_is_kept,
      nothing_of_a_request_stays_with_its_handle, a_kept_connection_that_was_closed_is_replaced,
      what_comes_late_is_no_answer_to_the_next_request, a_redirect_is_an_answer,
      chunks_and_interim_answers, large_answers_within_the_limit, faults_are_told_apart,
      a_client_recovers_after_a_fault, what_was_not_read_is_said_to_be_so,
      what_did_not_leave_was_not_read, a_connection_that_is_not_made_ends_in_time,
      a_name_that_is_not_found_ends_in_time, a_request_can_be_abandoned,
      less_than_a_millisecond_ends, a_past_deadline_asks_nobody, what_must_not_be_asked_is_not,
      a_header_cannot_bring_another, the_environment_names_no_proxy, threads_share_a_client,
      only_so_many_handles_are_kept, handles_that_nobody_needs_are_closed,
      certificates_are_verified, connections_share_the_authorities,
      what_cannot_be_shared_is_given_as_text, authorities_are_shared_with_the_same_openssl_alone,
      a_file_without_a_certificate_has_no_authorities, an_expired_certificate_is_refused,
      old_versions_of_tls_are_refused, plain_http_on_a_tls_port_is_a_tls_failure,
      what_a_proxy_let_through_once_may_have_been_read)
