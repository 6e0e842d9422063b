/* SPDX-License-Identifier: Apache-2.0 */
/* Reading application/x-www-form-urlencoded, strictly: bodies and queries alike.
 *
 * What a browser writes is read; what none would write is refused and never guessed at: a broken
 * percent escape, NUL, invalid UTF-8, a control character other than tab and line ends, a name
 * twice (unless it is one of a list's), more or longer fields than the limits. Values live in the
 * pool. */
#ifndef SUPPORT_FORM_H
#define SUPPORT_FORM_H

#include <apr_pools.h>
#include <apr_tables.h>
#include "support/problem.h"

#define FORM_MAX_FIELDS 256
#define FORM_MAX_LISTED 1024 /* values of lists */
#define FORM_MAX_NAME   320
#define FORM_MAX_VALUE  16384

/* FORM_MALFORMED or FORM_TOO_LARGE; the detail names the field but never holds a value. */
problem_t *form_parse(apr_table_t **form, const char *text, apr_size_t length, apr_pool_t *pool);

/* The same for a form with lists, such as checkboxes of one name: what begins with `lists` (NULL:
 * nothing) may come several times. */
problem_t *form_parse_lists(apr_table_t **form, const char *text, apr_size_t length,
                            const char *lists, apr_pool_t *pool);

/* Every value of that very name, const char *, empty ones included. */
apr_array_header_t *form_values(const apr_table_t *form, const char *name, apr_pool_t *pool);

/* The value, or NULL when the field is absent or empty. */
const char *form_get(const apr_table_t *form, const char *name);

#endif
