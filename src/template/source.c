/* SPDX-License-Identifier: Apache-2.0 */
/* Reading template sources from a directory. */
#include "error.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 16, LARGEST = 16 * 1024 * 1024 };

static template_error_t *fail(const char *path, apr_status_t status, apr_pool_t *pool)
{
    char buffer[256];
    template_error_t *error =
        error_create(pool, "cannot be read: %s", apr_strerror(status, buffer, sizeof(buffer)));

    error->path = path;
    error->name = path;
    return error;
}

static template_error_t *read_file(template_source_t *source, const char *path, apr_off_t size,
                                   apr_pool_t *pool)
{
    apr_file_t *file;
    apr_size_t length = (apr_size_t)size;
    char *text = apr_palloc(pool, length + 1);
    apr_status_t status;

    status = apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, pool);
    if (status != APR_SUCCESS) {
        return fail(path, status, pool);
    }
    status = length ? apr_file_read_full(file, text, length, &length) : APR_SUCCESS;
    apr_file_close(file);
    if (status != APR_SUCCESS && status != APR_EOF) {
        return fail(path, status, pool);
    }
    text[length] = '\0';
    source->text = text;
    source->length = length;
    source->path = path;
    return NULL;
}

static template_error_t *read_entry(apr_array_header_t *sources, const char *dir,
                                    const char *prefix, const char *entry, unsigned int depth,
                                    apr_pool_t *pool);

static template_error_t *read_directory(apr_array_header_t *sources, const char *dir,
                                        const char *prefix, unsigned int depth, apr_pool_t *pool)
{
    apr_array_header_t *entries = apr_array_make(pool, 16, sizeof(const char *));
    apr_dir_t *handle;
    apr_finfo_t info;
    apr_status_t status = apr_dir_open(&handle, dir, pool);

    if (status != APR_SUCCESS) {
        return fail(dir, status, pool);
    }
    while ((status = apr_dir_read(&info, APR_FINFO_NAME, handle)) == APR_SUCCESS ||
           status == APR_INCOMPLETE) {
        if (info.name[0] != '.') {
            APR_ARRAY_PUSH(entries, const char *) = apr_pstrdup(pool, info.name);
        }
    }
    apr_dir_close(handle);
    for (int i = 0; i < entries->nelts; i++) {
        TRY(read_entry(sources, dir, prefix, APR_ARRAY_IDX(entries, i, const char *), depth, pool));
    }
    return NULL;
}

static template_error_t *read_entry(apr_array_header_t *sources, const char *dir,
                                    const char *prefix, const char *entry, unsigned int depth,
                                    apr_pool_t *pool)
{
    const char *path = apr_pstrcat(pool, dir, "/", entry, NULL);
    const char *name = apr_pstrcat(pool, prefix, entry, NULL);
    template_source_t source = {.name = name};
    apr_finfo_t info;
    apr_status_t status = apr_stat(&info, path, APR_FINFO_TYPE | APR_FINFO_SIZE, pool);

    if (status != APR_SUCCESS && status != APR_INCOMPLETE) {
        return fail(path, status, pool);
    }
    if (info.filetype == APR_DIR) {
        return depth == 0 ? fail(path, APR_ENAMETOOLONG, pool)
                          : read_directory(sources, path, apr_pstrcat(pool, name, "/", NULL),
                                           depth - 1, pool);
    }
    if (info.filetype != APR_REG) {
        return NULL;
    }
    if (info.size > LARGEST) {
        return fail(path, APR_ENOSPC, pool);
    }
    TRY(read_file(&source, path, info.size, pool));
    APR_ARRAY_PUSH(sources, template_source_t) = source;
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const template_source_t *left = a;
    const template_source_t *right = b;

    return strcmp(left->name, right->name);
}

template_error_t *template_sources_read(apr_array_header_t **result, const char *dir,
                                        apr_pool_t *pool)
{
    apr_array_header_t *sources = apr_array_make(pool, 16, sizeof(template_source_t));

    TRY(read_directory(sources, dir, "", DEPTH, pool));
    if (sources->nelts) {
        qsort(sources->elts, (size_t)sources->nelts, sizeof(template_source_t), by_name);
    }
    *result = sources;
    return NULL;
}
