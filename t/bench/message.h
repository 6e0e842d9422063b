/* SPDX-License-Identifier: Apache-2.0 */
/* The little of HTTP/1.1 that the two ends of the bench have in common. Messages are text that ends
 * with a NUL; what stands in them is made by us and by httpd, so that nothing is checked twice. */
#ifndef BENCH_MESSAGE_H
#define BENCH_MESSAGE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>

/* The length of a message's head with its empty line, or 0 when it is not all there yet. */
static inline size_t message_head(const char *message)
{
    const char *end = strstr(message, "\r\n\r\n");
    return end ? (size_t)(end - message) + 4 : 0;
}

/* Where a header's value begins, or NULL. */
static inline const char *message_header(const char *head, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = strstr(head, "\r\n"); line && line[2] != '\r';
         line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, length) == 0 && line[2 + length] == ':') {
            return line + 2 + length + 1 + strspn(line + 2 + length + 1, " ");
        }
    }
    return NULL;
}

/* What Content-Length says, or -1. */
static inline long message_body(const char *head)
{
    const char *value = message_header(head, "Content-Length");
    return value ? strtol(value, NULL, 10) : -1;
}

/* Nanoseconds of a clock that nobody sets. */
static inline int64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(1);
}

/* As many descriptors as the system lets us have. */
static inline void raise_limit(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

#endif
