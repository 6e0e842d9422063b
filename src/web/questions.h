/* SPDX-License-Identifier: Apache-2.0 */
/* The script's own questions as the form's template sees them: with what was answered so far, save
 * what is secret, and with what is wrong. */
#ifndef WEB_QUESTIONS_H
#define WEB_QUESTIONS_H

#include <apr_tables.h>
#include <jansson.h>
#include "linode/stackscript.h"

/* An array, in the script's order, whose reference is the caller's. answers is a form by the names
 * of its fields, or NULL; problems (const problem_t *) may be NULL. */
json_t *questions_context(const stackscript_t *script, const apr_table_t *answers,
                          const apr_array_header_t *problems, apr_pool_t *pool);

/* The answers of a flow, by the names of the form's fields. */
apr_table_t *questions_form(const json_t *answers, apr_pool_t *pool);

#endif
