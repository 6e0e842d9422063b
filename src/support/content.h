/* SPDX-License-Identifier: Apache-2.0 */
/* Content that is kept in memory and sent often: as it is, and in the coding gzip where that is
 * shorter (RFC 9110 section 8.4), each form with a strong ETag of its own.
 *
 * It never changes once it is made, so that all threads may send it. What making it takes besides
 * the forms is given back to the pool at once. */
#ifndef SUPPORT_CONTENT_H
#define SUPPORT_CONTENT_H

#include <apr_pools.h>

typedef struct content_form_t {
    const char *bytes; /* NULL: there is no such form */
    apr_size_t length;
    const char *etag;
    const char *coding; /* NULL: as it is */
} content_form_t;

typedef struct content_t {
    const char *hash; /* another one for other content */
    content_form_t plain;
    content_form_t gzipped;
} content_t;

/* The bytes are referred to; everything else is made in pool. */
content_t content_make(const char *bytes, apr_size_t length, apr_pool_t *pool);

#endif
