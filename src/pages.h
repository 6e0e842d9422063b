/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of one mount: templates and the assets that they refer to.
 *
 * The built-in files, and over them those of LinodeOAuthTemplateDirectory. pages_t is made once,
 * when the configuration is read, lives in that pool, never changes, and is shared by all threads.
 *
 * For designing there is LinodeOAuthTemplateReload: each child then has a pages_watch_t per mount,
 * which reads the directory again for every request and compiles anew when a byte has changed.
 * Such pages live in a pool of their own under a reference count, since a response that is still
 * being sent points into them; whoever gets them gives them back when his pool goes. A directory
 * that does not compile is an error for that request alone: the next change is read again. */
#ifndef PAGES_H
#define PAGES_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <jansson.h>

#include "support/content.h"
#include "support/logo.h"
#include "template/template.h"

/* A file that pages refer to, served under a name that changes with its content. */
typedef struct pages_asset_t {
    const char *name;      /* style.css */
    const char *served_as; /* style.3f2a91c04be7.css */
    const char *media_type;
    content_t content;
} pages_asset_t;

/* What pages are made of beside the built-in files. It lasts as long as they do. */
typedef struct pages_look_t {
    const char *base;      /* the mount as browsers see it */
    const char *directory; /* LinodeOAuthTemplateDirectory, or NULL */
    const char *rules;     /* what ends the style sheet, or NULL */
    const logo_t *logo;    /* for the head of each page, or NULL */
} pages_look_t;

typedef struct pages_t {
    template_set_t *templates;
    apr_array_header_t *files;  /* pages_asset_t: the assets as they are in the directory */
    apr_array_header_t *assets; /* pages_asset_t: the same in the mount's look */
    int form_tells;             /* configure.html says what is wrong with an order */
    json_t *asset_urls;         /* {"style": "/install/assets/style.….css", …}; only read */
} pages_t;

/* Reads and compiles everything. */
template_error_t *pages_read(pages_t **pages, const pages_look_t *look, apr_pool_t *pool);

/* The same templates and files in the look of another mount that has their directory. */
pages_t *pages_for_look(const pages_t *pages, const pages_look_t *look, apr_pool_t *pool);

/* Compiles the built-in files, and over them these (template_source_t), or none (NULL). */
template_error_t *pages_make(pages_t **pages, const apr_array_header_t *own,
                             const pages_look_t *look, apr_pool_t *pool);

const pages_asset_t *pages_asset(const pages_t *pages, const char *served_as);

typedef struct pages_watch_t pages_watch_t;

/* Made in the child, for all of its threads. NULL when the system gives no mutex. */
pages_watch_t *pages_watch_create(const pages_look_t *look, apr_pool_t *pool);

/* The pages as the directory has them now, held until pool goes. */
template_error_t *pages_watch_get(const pages_t **pages, pages_watch_t *watch, apr_pool_t *pool);

#endif
