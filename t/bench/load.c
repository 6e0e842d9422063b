/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Visitors of a httpd on this machine: many at once, in one thread.
 *
 *     load PORT HOW VISITORS SECONDS [VISITS] < requests
 *
 * Each visitor has one connection, kept alive, and makes visits on it, one after the other, until
 * SECONDS are over or all of them together have made VISITS; what has begun is brought to its end.
 * HOW says what a visit is:
 *
 *     repeat  the requests of standard input as they stand, one after the other
 *     deploy  a visitor who has not been there before gets a Linode: the form, its POST, the
 *             callback as Linode's login would send him there, the result
 *
 * A request is text up to a line "--" and the status that has to come of it: "--200". In the
 * requests of a deploy, {cookie} is the visitor's session, {state} what he was sent to the login
 * with, {path} the path that he was sent to last.
 *
 * Prints JSON: visits, errors, seconds, how often a connection was opened, and for each request how
 * many answers there were, how many bytes they had together, and the percentiles of the time from
 * the first byte sent to the last one received, in microseconds. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"

enum { STEPS = 8, LONGEST = 16 * 1024, EVENTS = 256, SCRATCH = 256 * 1024 };

/* Times are counted in steps of that part of their power of two: half a millisecond at 200. */
enum { FINE_BITS = 8, FINENESS = 1 << FINE_BITS, TIMES = 40 * FINENESS };

typedef struct step_t {
    char *text; /* of the request */
    int status;
    long count;
    int64_t bytes;
    int64_t longest;
    long times[TIMES];
} step_t;

typedef struct visitor_t {
    int socket;
    int at; /* which step */
    char request[LONGEST];
    size_t length;
    size_t sent;
    char head[LONGEST];
    size_t received; /* of the head */
    long left;       /* of the body; -1 while the head comes */
    int64_t began;
    char cookie[LONGEST / 2];
    char state[256];
    char path[1024];
} visitor_t;

typedef struct load_t {
    int port;
    int forgets; /* each visit is another visitor's */
    step_t steps[STEPS];
    int count; /* of steps */
    int events;
    int64_t began;
    int64_t ends;
    long most; /* visits to begin; 0: no such limit */
    long begun, done, errors, opened;
    int busy; /* visitors under way */
} load_t;

/* ---------------------------------------------------------------- times */

static int place_of(int64_t time)
{
    int64_t microseconds = time / 1000;
    if (microseconds < FINENESS) {
        return (int)microseconds;
    }
    int power = 63 - __builtin_clzll((unsigned long long)microseconds) - FINE_BITS;
    int place = (power << FINE_BITS) + (int)(microseconds >> power);
    return place < TIMES ? place : TIMES - 1;
}

/* The middle of a place, in microseconds. */
static int64_t time_of(int place)
{
    if (place < FINENESS) {
        return place;
    }
    int power = (place >> FINE_BITS) - 1;
    int64_t first = (int64_t)(place - (power << FINE_BITS)) << power;
    return first + ((int64_t)1 << power) / 2;
}

static int64_t percentile(const step_t *step, double share)
{
    long seen = 0;
    for (int i = 0; i < TIMES; i++) {
        seen += step->times[i];
        if ((double)seen >= share * (double)step->count && seen) {
            return time_of(i);
        }
    }
    return 0;
}

/* ---------------------------------------------------------------- requests */

/* Writes the step's request with what this visitor knows in the place of the names. */
static void compose(visitor_t *visitor, const char *text)
{
    const struct {
        const char *name;
        const char *value;
    } known[] = {
        {"{cookie}", visitor->cookie}, {"{state}", visitor->state}, {"{path}", visitor->path}};
    size_t length = 0;
    while (*text && length < LONGEST - 1) {
        size_t i = 0;
        size_t plain = strcspn(text + 1, "{") + 1;
        while (i < 3 && strncmp(text, known[i].name, strlen(known[i].name)) != 0) {
            i++;
        }
        const char *piece = i < 3 ? known[i].value : text;
        size_t size = i < 3 ? strlen(piece) : plain;
        size = size < LONGEST - 1 - length ? size : LONGEST - 1 - length;
        memcpy(visitor->request + length, piece, size);
        length += size;
        text += i < 3 ? strlen(known[i].name) : plain;
    }
    visitor->length = length;
}

static void copy_text(char *to, size_t room, const char *from, const char *end)
{
    snprintf(to, room, "%.*s", (int)strcspn(from, end), from);
}

/* Takes up what the answer tells the visitor: a cookie, where to go on. */
static void learn(visitor_t *visitor)
{
    const char *cookie = message_header(visitor->head, "Set-Cookie");
    const char *location = message_header(visitor->head, "Location");
    if (cookie) {
        copy_text(visitor->cookie, sizeof(visitor->cookie), cookie, ";\r");
    }
    if (!location) {
        return;
    }
    const char *state = strstr(location, "state=");
    if (state) {
        copy_text(visitor->state, sizeof(visitor->state), state + 6, "&\r");
    }
    const char *host = strstr(location, "://");
    const char *path = host ? strchr(host + 3, '/') : location;
    copy_text(visitor->path, sizeof(visitor->path), path ? path : "/", "\r");
}

/* ---------------------------------------------------------------- connections */

static void watch(const load_t *load, visitor_t *visitor, int how, uint32_t what)
{
    struct epoll_event event = {.events = what, .data.ptr = visitor};
    epoll_ctl(load->events, how, visitor->socket, &event);
}

static void open_connection(load_t *load, visitor_t *visitor)
{
    static const int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)load->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    visitor->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(visitor->socket, (struct sockaddr *)(void *)&address, sizeof(address))) {
        give_up("connect");
    }
    fcntl(visitor->socket, F_SETFL, O_NONBLOCK);
    setsockopt(visitor->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    load->opened++;
    watch(load, visitor, EPOLL_CTL_ADD, EPOLLIN);
}

static void send_request(load_t *load, visitor_t *visitor)
{
    while (visitor->sent < visitor->length) {
        long put = send(visitor->socket, visitor->request + visitor->sent,
                        visitor->length - visitor->sent, MSG_NOSIGNAL);
        if (put <= 0) {
            if (errno == EAGAIN) {
                watch(load, visitor, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            }
            return;
        }
        visitor->sent += (size_t)put;
    }
}

static void begin_step(load_t *load, visitor_t *visitor)
{
    compose(visitor, load->steps[visitor->at].text);
    visitor->sent = 0;
    visitor->received = 0;
    visitor->left = -1;
    visitor->began = clock_now();
    send_request(load, visitor);
}

/* A connection that ends between two answers is opened anew. */
static void reconnect(load_t *load, visitor_t *visitor)
{
    close(visitor->socket);
    if (visitor->received > 0 || load->opened > load->begun * load->count + 100000) {
        load->errors++;
        visitor->at = 0;
    }
    open_connection(load, visitor);
    begin_step(load, visitor);
}

/* ---------------------------------------------------------------- visits */

static void begin_visit(load_t *load, visitor_t *visitor)
{
    if ((load->most && load->begun >= load->most) || visitor->began >= load->ends) {
        close(visitor->socket);
        load->busy--;
        return;
    }
    load->begun++;
    visitor->at = 0;
    if (load->forgets) {
        visitor->cookie[0] = visitor->state[0] = visitor->path[0] = '\0';
    }
    begin_step(load, visitor);
}

/* The status line has its number behind "HTTP/1.1 ". */
static int status_of(const visitor_t *visitor)
{
    return (int)strtol(visitor->head + 9, NULL, 10);
}

static void end_step(load_t *load, visitor_t *visitor)
{
    step_t *step = &load->steps[visitor->at];
    int64_t took = clock_now() - visitor->began;
    int status = status_of(visitor);
    step->count++;
    step->times[place_of(took)]++;
    step->longest = took > step->longest ? took : step->longest;
    if (status != step->status) {
        if (load->errors++ == 0) {
            fprintf(stderr, "request %d was answered with\n%s", visitor->at, visitor->head);
        }
        load->done++;
        begin_visit(load, visitor);
        return;
    }
    learn(visitor);
    if (++visitor->at < load->count) {
        begin_step(load, visitor);
        return;
    }
    load->done++;
    begin_visit(load, visitor);
}

/* Takes bytes of an answer's head; what follows it in the same piece is the body's. */
static void take_head(visitor_t *visitor, const char *bytes, size_t length)
{
    size_t room = LONGEST - 1 - visitor->received;
    size_t size = length < room ? length : room;
    memcpy(visitor->head + visitor->received, bytes, size);
    visitor->head[visitor->received + size] = '\0';
    size_t head = message_head(visitor->head);
    if (!head) {
        visitor->received += size;
        return;
    }
    size_t body = visitor->received + length - head;
    visitor->received = head;
    visitor->head[head] = '\0';
    visitor->left = message_body(visitor->head);
    if (visitor->left < 0 && status_of(visitor) == 304) {
        visitor->left = 0;
    }
    if (visitor->left < 0) {
        fprintf(stderr, "an answer without Content-Length:\n%s", visitor->head);
        exit(1);
    }
    visitor->left -= (long)body;
}

static void receive(load_t *load, visitor_t *visitor)
{
    static char scratch[SCRATCH];
    for (;;) {
        long got = recv(visitor->socket, scratch, sizeof(scratch), 0);
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got <= 0) {
            reconnect(load, visitor);
            return;
        }
        load->steps[visitor->at].bytes += got;
        if (visitor->left < 0) {
            take_head(visitor, scratch, (size_t)got);
        }
        else {
            visitor->left -= got;
        }
        if (visitor->left == 0) {
            end_step(load, visitor);
            return;
        }
    }
}

static void serve(load_t *load, visitor_t *visitor, uint32_t what)
{
    if (what & EPOLLOUT) {
        watch(load, visitor, EPOLL_CTL_MOD, EPOLLIN);
        send_request(load, visitor);
    }
    if (what & ~(uint32_t)EPOLLOUT) {
        receive(load, visitor);
    }
}

/* ---------------------------------------------------------------- from beginning to end */

/* The line end before "--" is not a body's. */
static void add_step(load_t *load, char *text, size_t length, const char *line)
{
    if (length > 1 && text[length - 1] == '\n' && text[length - 2] != '\r') {
        text[length - 1] = '\0';
    }
    load->steps[load->count].status = (int)strtol(line + 2, NULL, 10);
    load->steps[load->count++].text = text;
}

static void read_requests(load_t *load)
{
    char *line = NULL;
    size_t size = 0;
    size_t length = 0;
    char *text = calloc(1, LONGEST);
    while (text && load->count < STEPS && getline(&line, &size, stdin) > 0) {
        if (strncmp(line, "--", 2) == 0) {
            add_step(load, text, length, line);
            text = calloc(1, LONGEST);
            length = 0;
        }
        else if (text) {
            length += (size_t)snprintf(text + length, LONGEST - length, "%s", line);
        }
    }
    free(text);
    free(line);
}

static void run(load_t *load, int visitors)
{
    struct epoll_event events[EVENTS];
    visitor_t *all = calloc((size_t)visitors, sizeof(*all));
    if (!all) {
        give_up("visitors");
    }
    for (int i = 0; i < visitors; i++) {
        open_connection(load, &all[i]);
    }
    load->ends += clock_now();
    load->began = clock_now();
    load->busy = visitors;
    for (int i = 0; i < visitors; i++) {
        begin_visit(load, &all[i]);
    }
    while (load->busy > 0) {
        int count = epoll_wait(load->events, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            serve(load, events[i].data.ptr, events[i].events);
        }
    }
    free(all);
}

static void tell(const load_t *load)
{
    printf("{\"visits\": %ld, \"errors\": %ld, \"seconds\": %.6f, \"opened\": %ld, \"steps\": [",
           load->done, load->errors, (double)(clock_now() - load->began) / 1e9, load->opened);
    for (int i = 0; i < load->count; i++) {
        const step_t *step = &load->steps[i];
        printf("%s{\"count\": %ld, \"bytes\": %lld, \"p50\": %lld, \"p90\": %lld, \"p99\": %lld, "
               "\"longest\": %lld}",
               i ? ", " : "", step->count, (long long)step->bytes, (long long)percentile(step, 0.5),
               (long long)percentile(step, 0.9), (long long)percentile(step, 0.99),
               (long long)step->longest / 1000);
    }
    puts("]}");
}

int main(int argc, char **argv)
{
    static load_t load;
    if (argc < 5) {
        fprintf(stderr, "usage: load PORT repeat|deploy VISITORS SECONDS [VISITS] < requests\n");
        return 1;
    }
    raise_limit();
    load.port = (int)strtol(argv[1], NULL, 10);
    load.forgets = strcmp(argv[2], "deploy") == 0;
    load.ends = (int64_t)(strtod(argv[4], NULL) * 1e9);
    load.most = argc > 5 ? strtol(argv[5], NULL, 10) : 0;
    load.events = epoll_create1(0);
    read_requests(&load);
    run(&load, (int)strtol(argv[3], NULL, 10));
    tell(&load);
    for (int i = 0; i < load.count; i++) {
        free(load.steps[i].text);
    }
    return 0;
}
