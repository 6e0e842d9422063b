/* SPDX-License-Identifier: Apache-2.0 */
/* A page that is the same for everybody: rendered once, then sent from memory.
 *
 * It is kept in two forms, as it is and gzipped, each under a strong ETag of its own; requests get
 * buckets that refer to it, and a 304 when they name that ETag. It is rendered anew when what it
 * shows has another version, by the request that notices, in a millisecond for which others wait.
 * One for each mount in a child; the rendered page lives under a lease (support/lease), which every
 * response holds until it has been sent. */
#ifndef WEB_SHARED_PAGE_H
#define WEB_SHARED_PAGE_H

#include <apr_buckets.h>
#include "template/template.h"
#include "web/visit.h"

/* Made in the child; NULL when the system gives no mutex. */
shared_page_t *shared_page_create(apr_pool_t *pool);

/* The pool and what is in it go as soon as the page is kept. */
typedef template_error_t *shared_page_render_t(apr_bucket_brigade *out, const void *data,
                                               apr_pool_t *pool);

/* Sends the page of that version; render is called with data when it is not in memory yet. */
int shared_page_send(visit_t *visit, shared_page_t *page, apr_uint64_t version,
                     shared_page_render_t *render, const void *data);

#endif
