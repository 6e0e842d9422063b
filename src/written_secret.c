/* SPDX-License-Identifier: Apache-2.0 */
#include "written_secret.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <httpd.h>
#include <http_config.h>

#include "support/secret.h"

/* Bytes of a first line; no secret has as many. */
#define LONGEST_LINE 2048

#define EMPTY "its first line is empty"

static const char *error_text(apr_status_t rv, apr_pool_t *pool)
{
    char text[128];
    return apr_pstrdup(pool, apr_strerror(rv, text, sizeof(text)));
}

/* The first line, without its end; "" where there is none. */
static apr_status_t read_line(const char **line, apr_file_t *file, apr_pool_t *pool)
{
    char buffer[LONGEST_LINE];
    apr_status_t rv = apr_file_gets(buffer, sizeof(buffer), file);
    if (rv == APR_SUCCESS) {
        *line = apr_pstrmemdup(pool, buffer, strcspn(buffer, "\r\n"));
    }
    else if (APR_STATUS_IS_EOF(rv)) {
        *line = "";
        rv = APR_SUCCESS;
    }
    secret_wipe(buffer, sizeof(buffer));
    return rv;
}

/* ---------------------------------------------------------------- file: */

static const char *read_file(const char **secret, const char *path, apr_pool_t *pool)
{
    apr_file_t *file;
    apr_status_t rv = apr_file_open(&file, path, APR_READ | APR_BUFFERED, APR_OS_DEFAULT, pool);
    if (rv == APR_SUCCESS) {
        rv = read_line(secret, file, pool);
        apr_file_close(file);
    }
    if (rv != APR_SUCCESS) {
        return apr_psprintf(pool, "the file %s cannot be read: %s", path, error_text(rv, pool));
    }
    return **secret ? NULL : apr_psprintf(pool, "gets no secret from %s: " EMPTY, path);
}

/* ---------------------------------------------------------------- exec: */

static apr_status_t start_program(apr_proc_t *program, char *const *words, apr_pool_t *pool)
{
    apr_procattr_t *attributes;
    apr_file_t *nothing;
    apr_status_t rv;
    if ((rv = apr_file_open(&nothing, "/dev/null", APR_READ | APR_WRITE, APR_OS_DEFAULT, pool)) ||
        (rv = apr_procattr_create(&attributes, pool)) ||
        (rv = apr_procattr_io_set(attributes, APR_NO_PIPE, APR_FULL_BLOCK, APR_NO_PIPE)) ||
        (rv = apr_procattr_child_in_set(attributes, nothing, NULL)) ||
        (rv = apr_procattr_child_err_set(attributes, nothing, NULL)) ||
        (rv = apr_procattr_dir_set(attributes, ap_make_dirstr_parent(pool, words[0]))) ||
        (rv = apr_procattr_cmdtype_set(attributes, APR_PROGRAM)) ||
        (rv = apr_procattr_error_check_set(attributes, 1))) {
        return rv;
    }
    rv = apr_proc_create(program, words[0], (const char *const *)words, NULL, attributes, pool);
    apr_file_close(nothing);
    return rv;
}

/* So that the program can print it all, and end well. */
static void read_rest(apr_file_t *file)
{
    char buffer[LONGEST_LINE];
    apr_size_t length;
    do {
        length = sizeof(buffer);
    } while (apr_file_read(file, buffer, &length) == APR_SUCCESS);
    secret_wipe(buffer, sizeof(buffer));
}

/* NULL where the program has ended well, or how it ended. */
static const char *wait_for(apr_proc_t *program, apr_pool_t *pool)
{
    int status;
    apr_exit_why_e why;
    apr_status_t rv = apr_proc_wait(program, &status, &why, APR_WAIT);
    if (!APR_STATUS_IS_CHILD_DONE(rv)) {
        return error_text(rv, pool);
    }
    if (!APR_PROC_CHECK_EXIT(why)) {
        return apr_psprintf(pool, "it was ended by signal %d", status);
    }
    return status ? apr_psprintf(pool, "it failed, with the exit status %d", status) : NULL;
}

static const char *read_program(const char **secret, const char *command, apr_pool_t *pool)
{
    char **words;
    apr_proc_t program;
    if (apr_tokenize_to_argv(command, &words, pool) != APR_SUCCESS || !words[0]) {
        return "exec: needs the path of a program";
    }
    apr_status_t rv = start_program(&program, words, pool);
    if (rv != APR_SUCCESS) {
        return apr_psprintf(pool, "gets no secret from %s: %s", words[0], error_text(rv, pool));
    }
    rv = read_line(secret, program.out, pool);
    read_rest(program.out);
    apr_file_close(program.out);
    const char *wrong = wait_for(&program, pool);
    if (!wrong && rv != APR_SUCCESS) {
        wrong = error_text(rv, pool);
    }
    if (!wrong && !**secret) {
        wrong = EMPTY;
    }
    return wrong ? apr_psprintf(pool, "gets no secret from %s: %s; run it as root to see why",
                                words[0], wrong)
                 : NULL;
}

const char *written_secret_read(const char **secret, const char **file, const char *text,
                                apr_pool_t *pool)
{
    *secret = text;
    *file = NULL;
    if (strncmp(text, "file:", 5) == 0) {
        *file = ap_server_root_relative(pool, text + 5);
        return *file ? read_file(secret, *file, pool) : "file: needs a path";
    }
    return strncmp(text, "exec:", 5) == 0 ? read_program(secret, text + 5, pool) : NULL;
}
