/* SPDX-License-Identifier: Apache-2.0 */
/* A directory for a test's files, and looking at them. */
#ifndef UNIT_STATE_FILES_H
#define UNIT_STATE_FILES_H

#include <stdio.h>
#include <unistd.h>

#include <apr_file_info.h>
#include <apr_file_io.h>

#include "fixture.h"

/* The paths of all that is in it. */
static inline apr_array_header_t *files_in(const char *directory)
{
    apr_array_header_t *paths = apr_array_make(pool, 4, sizeof(const char *));
    apr_finfo_t info;
    apr_dir_t *open;

    ck_assert_int_eq(apr_dir_open(&open, directory, pool), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME, open) == APR_SUCCESS) {
        if (info.name[0] != '.') {
            APR_ARRAY_PUSH(paths, const char *) =
                apr_pstrcat(pool, directory, "/", info.name, NULL);
        }
    }
    apr_dir_close(open);
    return paths;
}

static inline const char *only_file_in(const char *directory)
{
    apr_array_header_t *paths = files_in(directory);

    ck_assert_int_eq(paths->nelts, 1);
    return APR_ARRAY_IDX(paths, 0, const char *);
}

static inline const char *content_of(const char *path)
{
    apr_file_t *file;
    apr_finfo_t info;
    char *text;

    ck_assert_int_eq(apr_file_open(&file, path, APR_FOPEN_READ, 0, pool), APR_SUCCESS);
    apr_file_info_get(&info, APR_FINFO_SIZE, file);
    text = apr_pcalloc(pool, (apr_size_t)info.size + 1);
    apr_file_read_full(file, text, (apr_size_t)info.size, NULL);
    apr_file_close(file);
    return text;
}

static inline apr_status_t remove_directory(void *path)
{
    apr_array_header_t *paths;
    int i;

    if (access(path, F_OK) == 0) {
        paths = files_in(path);
        for (i = 0; i < paths->nelts; i++) {
            remove(APR_ARRAY_IDX(paths, i, const char *));
        }
        rmdir(path);
    }
    return APR_SUCCESS;
}

/* Goes with the test's pool. */
static inline const char *make_directory(void)
{
    char *path = apr_pstrdup(pool, "/tmp/linode-oauth-unit-XXXXXX");

    ck_assert_ptr_nonnull(mkdtemp(path));
    apr_pool_pre_cleanup_register(pool, path, remove_directory);
    return path;
}

#endif
