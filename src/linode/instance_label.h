/* SPDX-License-Identifier: Apache-2.0 */
/* Labels by Linode's rules: 3 to 64 characters, letters, digits and - _ . without two of these
 * marks in a row, beginning with a letter, ending with a letter or a digit. Results live in the
 * pool. */
#ifndef LINODE_INSTANCE_LABEL_H
#define LINODE_INSTANCE_LABEL_H

#include <apr_pools.h>

/* NULL when text can be a Linode's label, else what is wrong with it, as the end of a sentence. */
const char *instance_label_check(const char *text, apr_pool_t *pool);

/* A label from a name and a suffix: "owncast-7f3k9m2x". */
const char *instance_label_make(const char *name, const char *suffix, apr_pool_t *pool);

#endif
