/* SPDX-License-Identifier: Apache-2.0 */
/* A picture from the operator's disk, fit to stand on a page: PNG, or SVG (SVG 2, section 2.2: as
 * an image it runs no script and loads nothing).
 *
 * Which of the two is told by the content, not by the name. An SVG that would need what it does not
 * get as an image (a script, HTML, something from elsewhere) would look broken, so it is refused.
 * The content lives in the pool given. */
#ifndef SUPPORT_LOGO_H
#define SUPPORT_LOGO_H

#include <apr_pools.h>

#define LOGO_LARGEST 65536

typedef struct logo_t {
    const char *name; /* "logo.svg" or "logo.png" */
    const char *content;
    apr_size_t length;
} logo_t;

/* NULL, or what is wrong with the file, as the rest of a sentence that begins with its path. */
const char *logo_read(logo_t *logo, const char *path, apr_pool_t *pool);

#endif
