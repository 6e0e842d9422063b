/* SPDX-License-Identifier: Apache-2.0 */
/* The part of preflight about a script's questions: whether its defaults are among its options, and
 * whether what LinodeOAuthField says of a field fits the field. */
#ifndef LINODE_PREFLIGHT_FIELDS_H
#define LINODE_PREFLIGHT_FIELDS_H

#include "linode/preflight.h"

/* fields is the API's array, or NULL; rules (const stackscript_rule_t *) may be NULL. */
void preflight_check_fields(apr_array_header_t *findings, const json_t *fields,
                            const apr_array_header_t *rules, apr_pool_t *pool);

#endif
