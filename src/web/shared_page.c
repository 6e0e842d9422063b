/* SPDX-License-Identifier: Apache-2.0 */
#include "web/shared_page.h"

#include <apr_thread_mutex.h>

#include "support/content.h"
#include "support/lease.h"
#include "web/encoding.h"
#include "web/page.h"

typedef struct rendered_t {
    lease_t *lease;
    apr_uint64_t version;
    content_t content;
} rendered_t;

struct shared_page_t {
    apr_thread_mutex_t *mutex; /* guards rendered */
    rendered_t *rendered;      /* the latest, or NULL */
};

/* ---------------------------------------------------------------- making it */

static template_error_t *out_of_memory(apr_pool_t *pool)
{
    template_error_t *error = apr_pcalloc(pool, sizeof(*error));
    error->message = "there is no memory to keep a page";
    return error;
}

/* NULL when there is no memory. */
static rendered_t *keep(apr_bucket_brigade *page, apr_uint64_t version)
{
    lease_t *lease = lease_create();
    if (!lease) {
        return NULL;
    }
    rendered_t *rendered = apr_pcalloc(lease->pool, sizeof(*rendered));
    char *bytes;
    apr_size_t length;
    rendered->lease = lease;
    rendered->version = version;
    apr_brigade_pflatten(page, &bytes, &length, lease->pool);
    rendered->content = content_make(bytes, length, lease->pool);
    return rendered;
}

/* What rendering takes besides the page is given back at once: a request's own pool would leave it
 * to its thread, and with it to each thread that ever renders. */
static template_error_t *make(rendered_t **made, apr_uint64_t version, shared_page_render_t *render,
                              const void *data, apr_pool_t *pool)
{
    lease_t *scratch = lease_create();
    if (!scratch) {
        return out_of_memory(pool);
    }
    apr_bucket_brigade *page =
        apr_brigade_create(scratch->pool, apr_bucket_alloc_create(scratch->pool));
    template_error_t *error = render(page, data, scratch->pool);
    if (error) {
        lease_share(scratch, pool); /* where its text is */
    }
    else if (!(*made = keep(page, version))) {
        error = out_of_memory(pool);
    }
    lease_end(scratch);
    return error;
}

/* The page of that version, held until the request's pool goes. */
static template_error_t *take(const rendered_t **taken, shared_page_t *page, apr_uint64_t version,
                              shared_page_render_t *render, const void *data, const visit_t *visit)
{
    template_error_t *error = NULL;
    rendered_t *replaced = NULL;
    apr_thread_mutex_lock(page->mutex);
    if (!page->rendered || page->rendered->version != version) {
        rendered_t *made = NULL;
        error = make(&made, version, render, data, visit->pool);
        if (made) {
            replaced = page->rendered;
            page->rendered = made;
        }
    }
    if (!error) {
        lease_share(page->rendered->lease, visit->r->pool);
        *taken = page->rendered;
    }
    apr_thread_mutex_unlock(page->mutex);
    lease_end(replaced ? replaced->lease : NULL);
    return error;
}

/* ---------------------------------------------------------------- sending it */

static int send_rendered(visit_t *visit, const rendered_t *rendered)
{
    request_rec *r = visit->r;
    page_set_headers(visit, "private, no-cache");
    apr_table_setn(r->headers_out, "Vary", "Accept");
    const content_form_t *form = encoding_choose(r, &rendered->content);
    int condition = page_condition(visit);
    if (condition == OK || condition == HTTP_NOT_MODIFIED) {
        metric_add(visit->child->metrics, METRIC_FORMS_SENT,
                   condition == OK ? METRIC_FORM_SHARED : METRIC_FORM_NOT_MODIFIED, 1);
    }
    return condition == OK ? page_send_content(visit, "text/html; charset=utf-8", form) : condition;
}

int shared_page_send(visit_t *visit, shared_page_t *page, apr_uint64_t version,
                     shared_page_render_t *render, const void *data)
{
    const rendered_t *rendered = NULL;
    template_error_t *error = take(&rendered, page, version, render, data, visit);
    return error ? page_broken(visit, error) : send_rendered(visit, rendered);
}

static apr_status_t close_page(void *data)
{
    shared_page_t *page = data;
    lease_end(page->rendered ? page->rendered->lease : NULL);
    return APR_SUCCESS;
}

shared_page_t *shared_page_create(apr_pool_t *pool)
{
    shared_page_t *page = apr_pcalloc(pool, sizeof(*page));
    if (apr_thread_mutex_create(&page->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS) {
        return NULL;
    }
    apr_pool_cleanup_register(pool, page, close_page, apr_pool_cleanup_null);
    return page;
}
