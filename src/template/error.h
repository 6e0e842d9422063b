/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_ERROR_H
#define TEMPLATE_ERROR_H

/* Making errors and saying where they belong. */

#include "template.h"

#include <stdarg.h>

/* Returns from the calling function if the expression is an error. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        template_error_t *try_error_ = (expression);                                               \
        if (__builtin_expect(try_error_ != NULL, 0)) {                                             \
            return try_error_;                                                                     \
        }                                                                                          \
    } while (0)

/* An error without a place yet. */
template_error_t *error_create(apr_pool_t *pool, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
template_error_t *error_create_v(apr_pool_t *pool, const char *format, va_list arguments);

/* Says where, unless it has been said already by someone closer to the cause. */
void error_locate(template_error_t *error, const template_source_t *source, apr_size_t offset,
                  apr_pool_t *pool);

#endif
