/* SPDX-License-Identifier: Apache-2.0 */
/* Text in UTF-8 that somebody else wrote, made fit to be shown. Results live in the pool. */
#ifndef SUPPORT_EXCERPT_H
#define SUPPORT_EXCERPT_H

#include <apr_pools.h>

/* The first `most` bytes of text at most, never half a character. */
const char *excerpt_of(const char *text, apr_size_t most, apr_pool_t *pool);

/* For a message about what somebody wrote: in quotation marks, the first hundred bytes or so of it,
 * without what stands before the @ of a URL, which may be a password. */
const char *excerpt_quoted(const char *text, apr_pool_t *pool);

/* How many characters a text in UTF-8 has. */
apr_size_t excerpt_characters(const char *text);

#endif
