/* SPDX-License-Identifier: Apache-2.0 */
#include "web/shared_page.h"

#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <http_protocol.h>
#include <util_filter.h>

#include "support/gzip.h"
#include "support/lease.h"
#include "support/secret.h"
#include "web/encoding.h"
#include "web/page.h"

/* One way to write the page. */
typedef struct variant_t {
    const char *bytes;
    apr_size_t length;
    const char *etag;
    const char *encoding; /* NULL: none */
} variant_t;

typedef struct rendered_t {
    lease_t *lease;
    apr_uint64_t version;
    variant_t plain;
    variant_t gzipped;
} rendered_t;

struct shared_page_t {
    apr_thread_mutex_t *mutex; /* guards rendered */
    rendered_t *rendered;      /* the latest, or NULL */
};

/* ---------------------------------------------------------------- making it */

/* Leaves gzipped empty when zlib has no memory; the page is sent as it is then. */
static void compress_variant(variant_t *gzipped, const variant_t *plain, apr_pool_t *pool,
                             apr_pool_t *scratch)
{
    gzipped->bytes = gzip_compress(plain->bytes, plain->length, &gzipped->length, pool, scratch);
    gzipped->encoding = "gzip";
}

static template_error_t *out_of_memory(apr_pool_t *pool)
{
    template_error_t *error = apr_pcalloc(pool, sizeof(*error));
    error->message = "there is no memory to keep a page";
    return error;
}

/* NULL when there is no memory. */
static rendered_t *keep(apr_bucket_brigade *page, apr_uint64_t version, apr_pool_t *scratch)
{
    lease_t *lease = lease_create();
    if (!lease) {
        return NULL;
    }
    rendered_t *rendered = apr_pcalloc(lease->pool, sizeof(*rendered));
    char *bytes;
    rendered->lease = lease;
    rendered->version = version;
    apr_brigade_pflatten(page, &bytes, &rendered->plain.length, lease->pool);
    rendered->plain.bytes = bytes;
    const char *hash =
        secret_fingerprint(bytes, rendered->plain.length, SECRET_FINGERPRINT, lease->pool);
    rendered->plain.etag = apr_pstrcat(lease->pool, "\"", hash, "\"", NULL);
    rendered->gzipped.etag = apr_pstrcat(lease->pool, "\"", hash, "-gz\"", NULL);
    compress_variant(&rendered->gzipped, &rendered->plain, lease->pool, scratch);
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
    else if (!(*made = keep(page, version, scratch->pool))) {
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

static int send_variant(visit_t *visit, const variant_t *variant)
{
    request_rec *r = visit->r;
    apr_bucket_alloc_t *allocator = r->connection->bucket_alloc;
    page_set_headers(visit, "private, no-cache");
    apr_table_setn(r->headers_out, "ETag", variant->etag);
    encoding_set(r, variant->encoding, "Accept, Accept-Encoding");
    int condition = ap_meets_conditions(r);
    metric_add(visit->child->metrics, METRIC_FORMS_SENT,
               condition == OK ? METRIC_FORM_SHARED : METRIC_FORM_NOT_MODIFIED, 1);
    if (condition != OK) {
        return condition;
    }
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, allocator);
    APR_BRIGADE_INSERT_TAIL(out,
                            apr_bucket_immortal_create(variant->bytes, variant->length, allocator));
    return page_send_brigade(visit, HTTP_OK, "text/html; charset=utf-8", out);
}

int shared_page_send(visit_t *visit, shared_page_t *page, apr_uint64_t version,
                     shared_page_render_t *render, const void *data)
{
    const rendered_t *rendered = NULL;
    template_error_t *error = take(&rendered, page, version, render, data, visit);
    if (error) {
        return page_broken(visit, error);
    }
    return send_variant(visit, rendered->gzipped.bytes && encoding_accepts_gzip(visit->r)
                                   ? &rendered->gzipped
                                   : &rendered->plain);
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
