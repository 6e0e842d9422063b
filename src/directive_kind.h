/* SPDX-License-Identifier: Apache-2.0 */
/* What may stand behind a directive of each kind. */
#ifndef DIRECTIVE_KIND_H
#define DIRECTIVE_KIND_H

#include "directive.h"

/* Parses the arguments (const char *) into *value by the row's kind and bounds; value->list holds
 * what earlier lines said, where lines add up. NULL, or what is wrong, as the rest of a sentence
 * that begins with the directive's name; a secret is never part of it. */
const char *directive_kind_parse(directive_value_t *value, const directive_t *directive,
                                 apr_array_header_t *arguments, apr_pool_t *pool);

#endif
