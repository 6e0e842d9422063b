/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that follow their directory while somebody designs them.
 *
 * Contents are compared, not times: two changes within one tick of the file system's clock, or an
 * editor that keeps the time, would otherwise be missed. What has to be read for that is a handful
 * of small files, on a server that one person looks at. */
#include <apr_thread_mutex.h>
#include <string.h>

#include "pages.h"
#include "support/lease.h"

typedef struct reading_t {
    lease_t *lease;
    apr_array_header_t *own;
    pages_t *pages;
} reading_t;

struct pages_watch_t {
    const pages_look_t *look;
    apr_thread_mutex_t *mutex; /* guards latest */
    reading_t *latest;         /* the last that compiled, or NULL */
};

static reading_t *reading_create(void)
{
    lease_t *lease = lease_create();
    reading_t *reading = lease ? apr_pcalloc(lease->pool, sizeof(*reading)) : NULL;
    if (reading) {
        reading->lease = lease;
    }
    return reading;
}

static void release(reading_t *reading)
{
    lease_end(reading ? reading->lease : NULL);
}

/* ---------------------------------------------------------------- comparing */

static int same_files(const apr_array_header_t *left, const apr_array_header_t *right)
{
    if (left->nelts != right->nelts) {
        return 0;
    }
    for (int i = 0; i < left->nelts; i++) {
        const template_source_t *a = &APR_ARRAY_IDX(left, i, template_source_t);
        const template_source_t *b = &APR_ARRAY_IDX(right, i, template_source_t);
        if (strcmp(a->name, b->name) != 0 || a->length != b->length ||
            memcmp(a->text, b->text, a->length) != 0) {
            return 0;
        }
    }
    return 1;
}

/* The latest pages, held until the pool goes, if they were made from these files. */
static reading_t *take_latest(pages_watch_t *watch, const apr_array_header_t *own, apr_pool_t *pool)
{
    reading_t *latest = NULL;
    apr_thread_mutex_lock(watch->mutex);
    if (watch->latest && same_files(watch->latest->own, own)) {
        latest = watch->latest;
        lease_share(latest->lease, pool);
    }
    apr_thread_mutex_unlock(watch->mutex);
    return latest;
}

static void publish(pages_watch_t *watch, reading_t *reading)
{
    lease_hold(reading->lease);
    apr_thread_mutex_lock(watch->mutex);
    reading_t *replaced = watch->latest;
    watch->latest = reading;
    apr_thread_mutex_unlock(watch->mutex);
    release(replaced);
}

static template_error_t *out_of_memory(apr_pool_t *pool)
{
    template_error_t *error = apr_pcalloc(pool, sizeof(*error));
    error->message = "there is no memory to read the templates again";
    return error;
}

/* ---------------------------------------------------------------- the outside */

template_error_t *pages_watch_get(const pages_t **pages, pages_watch_t *watch, apr_pool_t *pool)
{
    reading_t *reading = reading_create();
    if (!reading) {
        return out_of_memory(pool);
    }
    /* An error points into the reading too, so it is held in any case. */
    lease_share(reading->lease, pool);
    release(reading);
    template_error_t *error =
        template_sources_read(&reading->own, watch->look->directory, reading->lease->pool);
    if (error) {
        return error;
    }
    reading_t *latest = take_latest(watch, reading->own, pool);
    if (latest) {
        *pages = latest->pages;
        return NULL;
    }
    error = pages_make(&reading->pages, reading->own, watch->look, reading->lease->pool);
    if (!error) {
        publish(watch, reading);
        *pages = reading->pages;
    }
    return error;
}

static apr_status_t close_watch(void *data)
{
    pages_watch_t *watch = data;
    release(watch->latest);
    return APR_SUCCESS;
}

pages_watch_t *pages_watch_create(const pages_look_t *look, apr_pool_t *pool)
{
    pages_watch_t *watch = apr_pcalloc(pool, sizeof(*watch));
    watch->look = look;
    if (apr_thread_mutex_create(&watch->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS) {
        return NULL;
    }
    apr_pool_cleanup_register(pool, watch, close_watch, apr_pool_cleanup_null);
    return watch;
}
