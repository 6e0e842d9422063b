/* SPDX-License-Identifier: Apache-2.0 */
/* What a visitor answers to the questions of a StackScript: read from a form, checked, and kept as
 * the members of a create's stackscript_data.
 *
 * Problems carry the field ("udf.NAME") and a message for the visitor that stands beside it; none
 * ever repeats an answer. Everything lives in the pool given; answers are wiped with it. */
#ifndef LINODE_ANSWER_H
#define LINODE_ANSWER_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <jansson.h>
#include "linode/stackscript.h"
#include "support/problem.h"

/* The longest that all answers may be together, as JSON (POST /linode/instances). */
#define ANSWERS_LONGEST 65535

/* Objects from name to text. */
typedef struct answers_t {
    json_t *open;   /* may be shown again */
    json_t *secret; /* may not; what is sent without asking is here as well */
} answers_t;

/* Reads the answers of a posted form; adds to problems (problem_t *) what is wrong with them. An
 * answer that was not sent is left out, and so is an empty one unless it replaces a default that
 * the visitor saw: Linode then takes the script's default. */
void answers_read(answers_t *answers, apr_array_header_t *problems, const stackscript_t *script,
                  const apr_table_t *form, apr_pool_t *pool);

/* NULL, or what is wrong with the form's answers to one question, as a sentence. */
const char *answer_check(const question_t *question, const apr_table_t *form, apr_pool_t *pool);

/* NULL, or what an answer of that type has to be, as a sentence. */
const char *answer_type_check(answer_type_t type, const char *answer, apr_pool_t *pool);

#endif
