/* SPDX-License-Identifier: Apache-2.0 */
/* LinodeOAuthField: what the operator says of a script's questions, one line for one thing about
 * one field. Lines of a name add up to a rule (linode/stackscript.h); a section's lines go over
 * those of the enclosing ones, thing by thing. Rules are never changed once they stand in a list.
 */
#ifndef FIELD_RULE_H
#define FIELD_RULE_H

#include <apr_tables.h>
#include "linode/stackscript.h"

/* Adds a line to *rules (const stackscript_rule_t *; NULL: none yet). NULL, or what is wrong with
 * it, as the rest of a sentence; a value is never repeated. */
const char *field_rule_add(apr_array_header_t **rules, const apr_array_header_t *arguments,
                           apr_pool_t *pool);

/* base with over laid on it. */
apr_array_header_t *field_rules_merge(const apr_array_header_t *base,
                                      const apr_array_header_t *over, apr_pool_t *pool);

#endif
