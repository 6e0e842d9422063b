/* SPDX-License-Identifier: Apache-2.0 */
/* Whether browsers would understand a Content-Security-Policy: of a directive that they do not know
 * they say nothing but to their console, and do without it. */
#ifndef CONTENT_POLICY_H
#define CONTENT_POLICY_H

#include <apr_pools.h>

/* NULL, or what is wrong as the rest of a sentence. */
const char *content_policy_check(const char *policy, apr_pool_t *pool);

#endif
