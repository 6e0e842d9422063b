/* SPDX-License-Identifier: Apache-2.0 */
/* A server on a free port of 127.0.0.1 that does what a list of turns says, one after the other:
 * reads a request or does not, waits, sends raw bytes, keeps the connection or closes it. What it
 * read is kept for the test. One thread, one connection at a time. */
#ifndef UNIT_LOCAL_SERVER_H
#define UNIT_LOCAL_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fixture.h"

typedef enum {
    KEEP,  /* the next turn is on the same connection, or on a new one if the client wants */
    CLOSE, /* orderly */
    RESET, /* with RST */
} ending_t;

typedef struct turn_t {
    const char *answer; /* sent as it is; NULL: nothing */
    const char *more;   /* sent after it, as often as times says */
    int times;
    ending_t ending;
    int unread;                /* ends without reading a request */
    apr_interval_time_t waits; /* before the answer */
    apr_interval_time_t waits_more;
    apr_interval_time_t waits_after;
} turn_t;

typedef struct server_t {
    int listener;
    int port;
    const turn_t *turns;
    int count;
    int connections;
    char requests[16][4096];
    int read; /* how many */
    pthread_t thread;
} server_t;

/* Reads one request: to the empty line and as much body as announced. False at the end of input. */
static inline int server_read(server_t *server, int connection)
{
    char *text = server->requests[server->read];
    size_t room = sizeof(server->requests[0]) - 1;
    size_t length = 0;

    for (;;) {
        const char *end = strstr(text, "\r\n\r\n");
        const char *announced = strcasestr(text, "\r\nContent-Length:");
        size_t body = announced ? (size_t)atoi(announced + 17) : 0;
        ssize_t got;

        if (end && length >= (size_t)(end + 4 - text) + body) {
            server->read++;
            return 1;
        }
        got = recv(connection, text + length, room - length, 0);
        if (got <= 0) {
            return 0;
        }
        length += (size_t)got;
    }
}

static inline void server_send(int connection, const turn_t *turn)
{
    int i;

    usleep((useconds_t)turn->waits);
    if (turn->answer) {
        send(connection, turn->answer, strlen(turn->answer), MSG_NOSIGNAL);
    }
    usleep((useconds_t)turn->waits_more);
    for (i = 0; i < turn->times; i++) {
        if (send(connection, turn->more, strlen(turn->more), MSG_NOSIGNAL) < 0) {
            return;
        }
    }
    usleep((useconds_t)turn->waits_after);
}

static inline void server_close(int connection, ending_t ending)
{
    const struct linger hard = {1, 0};
    char rest[1024];

    if (ending == RESET) {
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    }
    else {
        shutdown(connection, SHUT_WR);
        while (recv(connection, rest, sizeof(rest), MSG_DONTWAIT) > 0) {
        }
    }
    close(connection);
}

static inline void *server_run(void *data)
{
    server_t *server = data;
    int connection = -1;
    int at;

    for (at = 0; at < server->count; at++) {
        const turn_t *turn = &server->turns[at];

        if (connection >= 0 && !server_read(server, connection)) {
            close(connection); /* the client prefers a new one */
            connection = -1;
        }
        if (connection < 0) {
            connection = accept(server->listener, NULL, NULL);
            if (connection < 0) {
                return NULL;
            }
            server->connections++;
            if (!turn->unread) {
                server_read(server, connection);
            }
        }
        server_send(connection, turn);
        if (turn->ending != KEEP) {
            server_close(connection, turn->ending);
            connection = -1;
        }
    }
    if (connection >= 0) {
        close(connection);
    }
    return NULL;
}

static inline int server_listen(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    ck_assert_int_eq(listen(listener, 16), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    *port = ntohs(address.sin_port);
    return listener;
}

static inline server_t *server_start(const turn_t *turns, size_t count)
{
    server_t *server = apr_pcalloc(pool, sizeof(*server));

    server->turns = turns;
    server->count = (int)count;
    server->listener = server_listen(&server->port);
    ck_assert_int_eq(pthread_create(&server->thread, NULL, server_run, server), 0);
    return server;
}

#define SERVER(turns) server_start(turns, COUNT(turns))

/* Waits for the last turn to end. A turn that never came ends with the listener. */
static inline void server_stop(server_t *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
}

#endif
