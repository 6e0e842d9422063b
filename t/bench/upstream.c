/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bare Linode, so that the other side of a measurement is never its limit.
 *
 *     upstream DIRECTORY [CERTIFICATE KEY]
 *
 * Login and API on one loopback port, over TLS where a certificate is given: one thread, kept-alive
 * connections, and answers that are as valid as they are fixed. GET /v4/linode/types is the file
 * linode-types.json of the directory, and so are the other lists. It is no stand-in for the sandbox
 * in t/sandbox, which is as strict as Linode; this one believes everything.
 *
 * The first line of standard output is the port. Each line of standard input is an order, answered
 * with a line:
 *
 *     delay TOKEN PROFILE CREATE REVOKE   milliseconds until each is answered
 *     hang                                answers nothing more to visitors' calls
 *     go                                  answers them again, first those that hang
 *     stats                               what happened since the last time, as JSON
 *
 * The end of standard input is the end of the program. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"

enum { TOKEN, PROFILE, CREATE, REVOKE, CATALOG, KINDS };
enum { LONGEST_REQUEST = 16 * 1024, LONGEST_ANSWER = 8 * 1024, EVENTS = 256 };

typedef struct connection_t {
    int socket;
    SSL *tls; /* NULL: plain */
    char request[LONGEST_REQUEST + 1];
    size_t length;
    char answer[LONGEST_ANSWER]; /* the head, and a short body */
    const char *rest;            /* a list's body, or NULL */
    size_t rest_length;
    size_t answer_length;
    size_t sent;
    int blocked; /* the other side has to read first */
    int awaited; /* stands in a queue */
    int gone;    /* the other side has left meanwhile */
    int64_t due;
    struct connection_t *next;
} connection_t;

/* All calls of one kind take equally long, so that the first in is the first out. */
typedef struct queue_t {
    connection_t *first, *last;
    int64_t delay;
} queue_t;

typedef struct upstream_t {
    const char *directory;
    SSL_CTX *tls;
    int events;
    int listener;
    int hangs;
    queue_t queues[KINDS];
    long answered[KINDS];
    long opened;
    int waiting, most_waiting;
    long serial;
} upstream_t;

/* ---------------------------------------------------------------- connections */

static long receive(connection_t *one)
{
    size_t room = LONGEST_REQUEST - one->length;
    char *end = one->request + one->length;
    if (!one->tls) {
        return recv(one->socket, end, room, 0);
    }
    ERR_clear_error();
    int got = SSL_read(one->tls, end, (int)room);
    if (got <= 0 && SSL_get_error(one->tls, got) == SSL_ERROR_WANT_READ) {
        errno = EAGAIN;
        return -1;
    }
    return got > 0 ? got : 0;
}

static long transmit(connection_t *one, const char *bytes, size_t length)
{
    if (!one->tls) {
        return send(one->socket, bytes, length, MSG_NOSIGNAL);
    }
    ERR_clear_error();
    int put = SSL_write(one->tls, bytes, (int)length);
    if (put <= 0 && SSL_get_error(one->tls, put) == SSL_ERROR_WANT_WRITE) {
        errno = EAGAIN;
        return -1;
    }
    return put > 0 ? put : 0;
}

/* One that stands in a queue is kept until its turn. */
static void drop(connection_t *one)
{
    if (one->socket >= 0) {
        SSL_free(one->tls);
        close(one->socket);
        one->socket = -1;
    }
    one->gone = 1;
    if (!one->awaited) {
        free(one);
    }
}

static void watch(const upstream_t *upstream, connection_t *one, int how, uint32_t what)
{
    struct epoll_event event = {.events = what, .data.ptr = one};
    epoll_ctl(upstream->events, how, one->socket, &event);
}

static void take_connection(upstream_t *upstream)
{
    static const int on = 1;
    int socket;
    while ((socket = accept4(upstream->listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        connection_t *one = calloc(1, sizeof(*one));
        if (!one) {
            give_up("connection");
        }
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        one->socket = socket;
        watch(upstream, one, EPOLL_CTL_ADD, EPOLLIN);
        if (upstream->tls) {
            one->tls = SSL_new(upstream->tls);
            SSL_set_fd(one->tls, socket);
            SSL_set_accept_state(one->tls);
        }
        upstream->opened++; // NOLINT(clang-analyzer-unix.Malloc): epoll has the connection
    }
}

/* ---------------------------------------------------------------- answers */

static int kind_of(const char *request)
{
    static const char *const beginnings[] = {[TOKEN] = "POST /oauth/token ",
                                             [PROFILE] = "GET /v4/profile ",
                                             [CREATE] = "POST /v4/linode/instances ",
                                             [REVOKE] = "POST /oauth/revoke "};
    for (int i = 0; i < CATALOG; i++) {
        if (strncmp(request, beginnings[i], strlen(beginnings[i])) == 0) {
            return i;
        }
    }
    return CATALOG;
}

static void write_answer(connection_t *one, const char *status, size_t length, const char *body)
{
    int head = snprintf(one->answer, LONGEST_ANSWER,
                        "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
                        "X-OAuth-Scopes: linodes:read_write\r\nContent-Length: %lu\r\n\r\n%s",
                        status, (unsigned long)length, body);
    one->answer_length = (size_t)head;
    one->sent = 0;
}

static void write_short(connection_t *one, const char *body)
{
    write_answer(one, "200 OK", strlen(body), body);
}

/* A member's text in a body of JSON, without escapes. */
static void member_of(char *value, size_t room, const char *body, const char *name)
{
    char key[40];
    snprintf(key, sizeof(key), "\"%s\"", name);
    const char *at = strstr(body, key);
    at = at ? strchr(at + strlen(key), '"') : NULL;
    snprintf(value, room, "%.*s", at ? (int)strcspn(at + 1, "\"") : 0, at ? at + 1 : "");
}

static void write_created(connection_t *one, const char *body, long serial)
{
    char label[80], type[80], region[80], image[80], text[2048];
    member_of(label, sizeof(label), body, "label");
    member_of(type, sizeof(type), body, "type");
    member_of(region, sizeof(region), body, "region");
    member_of(image, sizeof(image), body, "image");
    snprintf(text, sizeof(text),
             "{\"id\": %ld, \"label\": \"%s\", \"group\": \"Bench\", \"status\": \"provisioning\", "
             "\"created\": \"2030-01-01T00:00:00\", \"updated\": \"2030-01-01T00:00:00\", "
             "\"type\": \"%s\", \"ipv4\": [\"192.0.2.17\"], \"ipv6\": \"2001:db8::17/128\", "
             "\"image\": \"%s\", \"region\": \"%s\", \"specs\": {\"disk\": 25600, \"memory\": "
             "1024, \"vcpus\": 1, \"gpus\": 0, \"transfer\": 1000}, \"alerts\": {\"cpu\": 90, "
             "\"network_in\": 10, \"network_out\": 10, \"transfer_quota\": 80, \"io\": 10000}, "
             "\"backups\": {\"enabled\": false, \"available\": false}, \"hypervisor\": \"kvm\", "
             "\"watchdog_enabled\": true, \"tags\": [\"Bench\"]}",
             serial, label, type, image, region);
    write_short(one, text);
}

/* The file that a list's path names; read once, and kept. */
static void write_list(const upstream_t *upstream, connection_t *one)
{
    static struct list_t {
        char path[256];
        char *text;
        size_t length;
    } lists[256];
    char path[256];
    snprintf(path, sizeof(path), "%s/%.*s.json", upstream->directory,
             (int)strcspn(one->request + 8, "? "), one->request + 8);
    for (char *c = path + strlen(upstream->directory) + 1; *c; c++) {
        *c = *c == '/' ? '-' : *c;
    }
    struct list_t *list = lists;
    while (list->text && strcmp(list->path, path) != 0) {
        list++;
    }
    if (!list->text) {
        FILE *file = fopen(path, "r");
        if (!file || list == &lists[255]) {
            write_answer(one, "404 Not Found", 14, "{\"errors\": []}");
            return;
        }
        size_t room = 0;
        snprintf(list->path, sizeof(list->path), "%s", path);
        list->length = (size_t)getdelim(&list->text, &room, '\0', file);
        fclose(file);
    }
    write_answer(one, "200 OK", list->length, "");
    one->rest = list->text;
    one->rest_length = list->length;
}

static void answer(upstream_t *upstream, connection_t *one, int kind)
{
    char text[512];
    upstream->serial++;
    one->rest = NULL;
    one->rest_length = 0;
    switch (kind) {
    case TOKEN:
        snprintf(text, sizeof(text),
                 "{\"access_token\": \"%064lx\", \"token_type\": \"bearer\", \"expires_in\": 7200, "
                 "\"refresh_token\": \"%064lx\", \"scopes\": \"linodes:read_write\"}",
                 upstream->serial, ~upstream->serial);
        write_short(one, text);
        break;
    case PROFILE:
        snprintf(text, sizeof(text),
                 "{\"username\": \"visitor\", \"email\": \"visitor@example.org\", \"uid\": %ld, "
                 "\"restricted\": false, \"timezone\": \"UTC\", \"two_factor_auth\": true}",
                 upstream->serial);
        write_short(one, text);
        break;
    case CREATE:
        write_created(one, one->request + message_head(one->request), upstream->serial);
        break;
    case REVOKE:
        write_short(one, "{}");
        break;
    default:
        write_list(upstream, one);
        break;
    }
}

/* False when there is more to be sent and no room for it. */
static int send_piece(connection_t *one, const char *bytes, size_t length, size_t before)
{
    while (one->sent < before + length) {
        long put = transmit(one, bytes + (one->sent - before), before + length - one->sent);
        if (put <= 0) {
            return 0;
        }
        one->sent += (size_t)put;
    }
    return 1;
}

static void send_answer(const upstream_t *upstream, connection_t *one)
{
    int all = send_piece(one, one->answer, one->answer_length, 0) &&
              send_piece(one, one->rest, one->rest_length, one->answer_length);
    if (!all && errno != EAGAIN) {
        drop(one);
        return;
    }
    if (all) {
        one->length = 0;
    }
    if (one->blocked == all) {
        one->blocked = !all;
        watch(upstream, one, EPOLL_CTL_MOD, all ? EPOLLIN : EPOLLOUT);
    }
}

/* ---------------------------------------------------------------- waiting */

static void enqueue(upstream_t *upstream, connection_t *one, int kind)
{
    queue_t *queue = &upstream->queues[kind];
    one->due = clock_now() + queue->delay;
    one->next = NULL;
    one->awaited = 1;
    *(queue->first ? &queue->last->next : &queue->first) = one;
    queue->last = one;
    if (kind != REVOKE && ++upstream->waiting > upstream->most_waiting) {
        upstream->most_waiting = upstream->waiting;
    }
}

/* Answers what is due; the moment when the next one is, or 0. */
static int64_t serve_queues(upstream_t *upstream)
{
    int64_t now = clock_now();
    int64_t next = 0;
    for (int kind = 0; kind < CATALOG && !upstream->hangs; kind++) {
        queue_t *queue = &upstream->queues[kind];
        while (queue->first && queue->first->due <= now) {
            connection_t *one = queue->first;
            queue->first = one->next;
            one->awaited = 0;
            upstream->waiting -= kind != REVOKE;
            if (one->gone) {
                drop(one);
            }
            else {
                send_answer(upstream, one);
            }
        }
        if (queue->first && (!next || queue->first->due < next)) {
            next = queue->first->due;
        }
    }
    return next;
}

static void take_request(upstream_t *upstream, connection_t *one)
{
    int kind = kind_of(one->request);
    upstream->answered[kind]++;
    answer(upstream, one, kind);
    if (kind != CATALOG && (upstream->hangs || upstream->queues[kind].delay)) {
        enqueue(upstream, one, kind);
    }
    else {
        send_answer(upstream, one);
    }
}

static int is_whole(const connection_t *one)
{
    size_t head = message_head(one->request);
    long body = head ? message_body(one->request) : 0;
    return head && one->length >= head + (size_t)(body > 0 ? body : 0);
}

static void serve(upstream_t *upstream, connection_t *one, uint32_t what)
{
    if (what & EPOLLOUT) {
        send_answer(upstream, one);
        return;
    }
    for (;;) {
        long got = receive(one);
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got <= 0 || one->awaited) {
            drop(one);
            return;
        }
        one->length += (size_t)got;
        one->request[one->length] = '\0';
        if (is_whole(one)) {
            take_request(upstream, one);
            return;
        }
    }
}

/* ---------------------------------------------------------------- orders */

static void tell_stats(upstream_t *upstream)
{
    const long *n = upstream->answered;
    printf("{\"token\": %ld, \"profile\": %ld, \"create\": %ld, \"revoke\": %ld, \"catalog\": %ld, "
           "\"connections\": %ld, \"most_waiting\": %d}\n",
           n[TOKEN], n[PROFILE], n[CREATE], n[REVOKE], n[CATALOG], upstream->opened,
           upstream->most_waiting);
    memset(upstream->answered, 0, sizeof(upstream->answered));
    upstream->opened = 0;
    upstream->most_waiting = 0;
}

static void set_delays(upstream_t *upstream, const char *order)
{
    char *end;
    for (int kind = TOKEN; kind <= REVOKE; kind++) {
        upstream->queues[kind].delay = strtol(order, &end, 10) * 1000000;
        order = end;
    }
}

static void obey(upstream_t *upstream)
{
    char order[256];
    if (!fgets(order, sizeof(order), stdin)) {
        exit(0);
    }
    if (strncmp(order, "stats", 5) == 0) {
        tell_stats(upstream);
    }
    else {
        if (strncmp(order, "delay", 5) == 0) {
            set_delays(upstream, order + 5);
        }
        upstream->hangs = strncmp(order, "hang", 4) == 0;
        puts("done");
    }
    fflush(stdout);
}

/* ---------------------------------------------------------------- from beginning to end */

static void listen_somewhere(upstream_t *upstream)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    upstream->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(upstream->listener, (struct sockaddr *)(void *)&address, length) ||
        listen(upstream->listener, 4096) ||
        getsockname(upstream->listener, (struct sockaddr *)(void *)&address, &length)) {
        give_up("listen");
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
}

static SSL_CTX *tls_of(char **files)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    if (!tls || SSL_CTX_use_certificate_chain_file(tls, files[0]) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, files[1], SSL_FILETYPE_PEM) != 1) {
        give_up("certificate");
    }
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return tls;
}

static int await(const upstream_t *upstream, struct epoll_event *events, int64_t next)
{
    int64_t left = next - clock_now();
    left = left > 0 ? left : 0;
    struct timespec patience = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
    return epoll_pwait2(upstream->events, events, EVENTS, next ? &patience : NULL, NULL);
}

static void run(upstream_t *upstream)
{
    struct epoll_event events[EVENTS];
    for (;;) {
        int count = await(upstream, events, serve_queues(upstream));
        for (int i = 0; i < count; i++) {
            void *whose = events[i].data.ptr;
            if (whose == stdin) {
                obey(upstream);
            }
            else if (whose == upstream) {
                take_connection(upstream);
            }
            else {
                serve(upstream, whose, events[i].events);
            }
        }
    }
}

int main(int argc, char **argv)
{
    upstream_t upstream = {.directory = argv[1]};
    struct epoll_event input = {.events = EPOLLIN, .data.ptr = stdin};
    struct epoll_event knock = {.events = EPOLLIN, .data.ptr = &upstream};
    if (argc != 2 && argc != 4) {
        fprintf(stderr, "usage: upstream DIRECTORY [CERTIFICATE KEY]\n");
        return 1;
    }
    raise_limit();
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdin, NULL, _IONBF, 0);
    upstream.tls = argc == 4 ? tls_of(argv + 2) : NULL;
    upstream.events = epoll_create1(0);
    listen_somewhere(&upstream);
    epoll_ctl(upstream.events, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    epoll_ctl(upstream.events, EPOLL_CTL_ADD, upstream.listener, &knock);
    run(&upstream);
}
