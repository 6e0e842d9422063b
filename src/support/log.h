/* SPDX-License-Identifier: Apache-2.0 */
/* The log, for work that no request waits for and whose failures go up to nobody.
 *
 * Whoever starts such work says where its lines go (httpd's error log; an array in unit tests).
 * line may be called by any thread. No line ever holds a secret. */
#ifndef SUPPORT_LOG_H
#define SUPPORT_LOG_H

#include <apr_pools.h>

typedef enum {
    LOG_LINE_INFO,
    LOG_LINE_WARNING,
    LOG_LINE_ERROR,
} log_level_t;

typedef struct log_t {
    void (*line)(void *baton, log_level_t level, const char *text);
    void *baton;
} log_t;

/* format is apr_psprintf's. */
void log_line(const log_t *log, log_level_t level, apr_pool_t *pool, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
