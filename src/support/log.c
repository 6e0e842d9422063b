/* SPDX-License-Identifier: Apache-2.0 */
/* Lines to the log, written out and handed on. */
#include <stdarg.h>

#include <apr_strings.h>

#include "support/log.h"

void log_line(const log_t *log, log_level_t level, apr_pool_t *pool, const char *format, ...)
{
    va_list arguments;
    const char *text;

    va_start(arguments, format);
    text = apr_pvsprintf(pool, format, arguments);
    va_end(arguments);
    log->line(log->baton, level, text);
}
