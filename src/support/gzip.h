/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes in gzip's format (RFC 1952), as small as zlib makes them: for what is compressed once and
 * sent often. The bytes live in pool, and take no more of it than they are; what making them takes
 * comes from scratch, zlib's own memory (some 270 kB) as well. */
#ifndef SUPPORT_GZIP_H
#define SUPPORT_GZIP_H

#include <apr_pools.h>

/* NULL when zlib has no memory. */
const char *gzip_compress(const char *bytes, apr_size_t length, apr_size_t *compressed,
                          apr_pool_t *pool, apr_pool_t *scratch);

#endif
