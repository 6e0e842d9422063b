/* SPDX-License-Identifier: Apache-2.0 */
/* Text in UTF-8 that somebody else wrote, made fit to be shown. Results live in the pool. */
#ifndef SUPPORT_EXCERPT_H
#define SUPPORT_EXCERPT_H

#include <apr_pools.h>

/* The first `most` bytes of text at most, never half a character. */
const char *excerpt_of(const char *text, apr_size_t most, apr_pool_t *pool);

#endif
