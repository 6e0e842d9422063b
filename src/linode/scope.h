/* SPDX-License-Identifier: Apache-2.0 */
/* OAuth scopes as Linode writes them: family:level, level read_only, read_write or *; * alone is
 * everything; a family alone is family:*. Lists are separated by commas or spaces (RFC 6749
 * section 3.3 has spaces, Linode's own clients send commas). The levels of before 2019 (view;
 * create, modify, delete) are understood. read_write covers read_only. Nothing here allocates
 * beyond the pool given; all of it is pure. */
#ifndef LINODE_SCOPE_H
#define LINODE_SCOPE_H

#include <apr_pools.h>
#include <apr_tables.h>

/* Parses a list into const char * scopes, lower case, each once, in order. */
apr_array_header_t *scope_list(const char *text, apr_pool_t *pool);

/* Whether the granted list covers one scope. */
int scope_covers(const apr_array_header_t *granted, const char *wanted);

/* The wanted scopes that granted does not cover; empty when all is well. */
apr_array_header_t *scope_missing(const apr_array_header_t *granted,
                                  const apr_array_header_t *wanted, apr_pool_t *pool);

/* Joined with commas, as Linode's own client library sends them. */
const char *scope_text(const apr_array_header_t *scopes, apr_pool_t *pool);

/* NULL when text is a scope that can be asked for, else what is wrong with it. */
const char *scope_check(const char *text, apr_pool_t *pool);

/* A scope in words for a visitor: "linodes: read and write". */
const char *scope_words(const char *scope, apr_pool_t *pool);

#endif
