/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_strings.h>

#include "linode/catalog_file.h"
#include "support/json.h"

#define FORMAT       1
#define LARGEST_FILE ((off_t)32 * 1024 * 1024)
#define UNFINISHED   ".new"

const char *catalog_file_path(const char *directory, const catalog_source_t *source,
                              const char *ending, apr_pool_t *pool)
{
    return apr_pstrcat(pool, directory, "/", source->name, ending, NULL);
}

int catalog_file_has_changed(catalog_file_stamp_t *stamp, const char *path)
{
    struct stat info;
    catalog_file_stamp_t seen;

    if (stat(path, &info) != 0) {
        return 0;
    }
    seen.modified = (apr_int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    seen.inode = info.st_ino;
    seen.size = info.st_size;
    if (seen.modified == stamp->modified && seen.inode == stamp->inode &&
        seen.size == stamp->size) {
        return 0;
    }
    *stamp = seen;
    return 1;
}

/* ---------------------------------------------------------------- reading */

static const char *text_of(int error, apr_pool_t *pool)
{
    char text[128];

    return apr_pstrdup(pool, apr_strerror(APR_FROM_OS_ERROR(error), text, sizeof(text)));
}

/* A regular file of a sensible size, or why not. */
static const char *check_file(int fd, apr_pool_t *pool)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        return text_of(errno, pool);
    }
    if (!S_ISREG(info.st_mode)) {
        return "it is not a regular file";
    }
    return info.st_size > LARGEST_FILE ? "it is too large" : NULL;
}

/* jansson's own reader of descriptors asks the system for each byte. */
static size_t read_piece(void *buffer, size_t room, void *data)
{
    const int *fd = data;
    ssize_t got;

    do {
        got = read(*fd, buffer, room);
    } while (got < 0 && errno == EINTR);
    return (size_t)got; /* all bits set: it failed */
}

/* The text goes straight into the parser: it is not kept beside the values. */
static json_t *load(const char **why, const char *path, apr_pool_t *pool)
{
    json_error_t error = {.text = ""};
    json_t *value = NULL;
    /* Not to wait for a pipe's other end, whoever has put one here. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0) {
        *why = errno == ENOENT ? NULL : text_of(errno, pool);
        return NULL;
    }
    *why = check_file(fd, pool);
    if (!*why) {
        value = json_load_callback(read_piece, &fd, JSON_REJECT_DUPLICATES, &error);
        *why = value ? NULL : "it is not whole";
    }
    close(fd);
    return json_in_pool(value, pool);
}

static problem_t *problem_of(const json_t *value, apr_pool_t *pool)
{
    const char *text = json_member_string(value, "problem");

    if (!text) {
        return NULL;
    }
    return problem_make(pool,
                        json_member_is_true(value, "unusable") ? PROBLEM_STACKSCRIPT_UNUSABLE
                                                               : PROBLEM_CATALOG_UNAVAILABLE,
                        "%s", text);
}

static const char *take(catalog_copy_t *copy, const json_t *value, const catalog_source_t *source,
                        apr_pool_t *pool)
{
    const char *url = json_member_string(value, "url");

    if (json_member_integer(value, "format", 0) != FORMAT) {
        return "it has another format";
    }
    if (!url || strcmp(url, source->url)) {
        return "it is about something else";
    }
    *copy = (catalog_copy_t){.data = json_object_get(value, "data"),
                             .etag = json_member_string(value, "etag"),
                             .read = json_member_integer(value, "read", 0),
                             .again = json_member_integer(value, "again", 0)};
    if (copy->data) {
        return catalog_source_accepts(source, copy->data) ? NULL : "its data make no sense";
    }
    copy->problem = problem_of(value, pool);
    return copy->problem ? NULL : "it holds nothing";
}

int catalog_file_read(catalog_copy_t *copy, const char **why, const catalog_source_t *source,
                      const char *path, apr_pool_t *pool)
{
    const json_t *value = load(why, path, pool);

    if (value) {
        *why = take(copy, value, source, pool);
    }
    return value && !*why;
}

/* ---------------------------------------------------------------- writing */

static json_t *value_of(const catalog_copy_t *copy, const catalog_source_t *source)
{
    json_t *value = json_pack("{s:i, s:s, s:I}", "format", FORMAT, "url", source->url, "read",
                              (json_int_t)copy->read);

    if (copy->data) {
        json_object_set_new(value, "etag", json_pack("s?", copy->etag));
        json_object_set(value, "data", copy->data);
        return value;
    }
    json_object_set_new(value, "problem", json_string(copy->problem->detail));
    json_object_set_new(value, "unusable",
                        json_boolean(copy->problem->kind == PROBLEM_STACKSCRIPT_UNUSABLE));
    json_object_set_new(value, "again", json_integer(copy->again));
    return value;
}

static int write_all(int fd, const char *text, apr_size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, text, length);

        if (written < 0 && errno != EINTR) {
            return errno;
        }
        if (written > 0) {
            text += written;
            length -= (apr_size_t)written;
        }
    }
    return fsync(fd) == 0 ? 0 : errno;
}

static int write_new(const char *path, const char *text, apr_size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    int error;

    if (fd < 0) {
        return errno;
    }
    error = write_all(fd, text, length);
    if (close(fd) != 0 && !error) {
        error = errno;
    }
    return error;
}

/* So that the name, too, is there after a crash. */
static int sync_directory(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = 0;

    if (fd < 0) {
        return errno;
    }
    if (fsync(fd) != 0) {
        error = errno;
    }
    close(fd);
    return error;
}

int catalog_file_write(const catalog_copy_t *copy, const catalog_source_t *source,
                       const char *directory, apr_pool_t *pool)
{
    const char *unfinished = catalog_file_path(directory, source, UNFINISHED, pool);
    const char *path = catalog_file_path(directory, source, CATALOG_FILE_COPY, pool);
    apr_size_t length = 0;
    const char *text = json_text(json_in_pool(value_of(copy, source), pool), &length, pool);
    int error = text ? write_new(unfinished, text, length) : ENOMEM;

    if (!error && rename(unfinished, path) != 0) {
        error = errno;
    }
    if (error) {
        unlink(unfinished);
        return error;
    }
    return sync_directory(directory);
}
