/* SPDX-License-Identifier: Apache-2.0 */
/* Files that belong to whoever holds their lock.
 *
 * A file is made and then locked, and between the two a sweep may take it for one that was left
 * behind. It removes what it finds empty, so that the maker, who cannot lock it or finds that it
 * has no name any more, makes another. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/uio.h>
#include <unistd.h>

#include <apr_strings.h>

#include "linode/journal.h"
#include "linode/journal_file.h"
#include "support/secret.h"

#define PREFIX       "tokens-"
#define SUFFIX       ".journal"
#define RANDOM_BYTES 10
#define RANDOM_CHARS 16
#define TRIES        5
#define WHOLE        '.'

#define BASE64URL "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

int journal_file_is_name(const char *name)
{
    apr_size_t length = strlen(name);

    return length == sizeof(PREFIX) - 1 + RANDOM_CHARS + sizeof(SUFFIX) - 1 &&
           strncmp(name, PREFIX, sizeof(PREFIX) - 1) == 0 &&
           strcmp(name + length - (sizeof(SUFFIX) - 1), SUFFIX) == 0;
}

/* ---------------------------------------------------------------- owning */

static int lock(int fd, struct stat *info)
{
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 || fstat(fd, info) != 0) {
        return errno;
    }
    return info->st_nlink > 0 ? 0 : ENOENT;
}

static int make(int *fd, const char *path)
{
    struct stat info;
    int error;

    *fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0) {
        return errno;
    }
    error = lock(*fd, &info);
    if (error) {
        close(*fd);
    }
    return error;
}

int journal_file_create(int *fd, char *name, const char *directory, apr_pool_t *pool)
{
    unsigned char bytes[RANDOM_BYTES];
    int error = 0;
    int i;

    for (i = 0; i < TRIES; i++) {
        if (secret_random(bytes, sizeof(bytes), pool)) {
            return EAGAIN;
        }
        apr_snprintf(name, JOURNAL_FILE_NAME, PREFIX "%s" SUFFIX,
                     secret_base32(bytes, sizeof(bytes), pool));
        error = make(fd, apr_pstrcat(pool, directory, "/", name, NULL));
        if (error != EWOULDBLOCK && error != ENOENT) {
            break;
        }
    }
    return error;
}

int journal_file_take(int *fd, struct stat *info, const char *path)
{
    int error;

    /* Not to wait for a pipe's other end, whoever has put one here. */
    *fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (*fd < 0) {
        return errno;
    }
    error = lock(*fd, info);
    if (!error && !S_ISREG(info->st_mode)) {
        error = EINVAL;
    }
    if (error) {
        close(*fd);
    }
    return error;
}

/* ---------------------------------------------------------------- records */

int journal_file_append(int fd, char sign, const char *text, apr_size_t length)
{
    char start[] = {'\n', sign};
    char end[] = {WHOLE};
    struct iovec parts[] = {{start, sizeof(start)}, {(char *)text, length}, {end, sizeof(end)}};
    ssize_t written = writev(fd, parts, 3);

    if (written == (ssize_t)(sizeof(start) + length + sizeof(end))) {
        return 0;
    }
    return written < 0 ? errno : ENOSPC;
}

static int is_record(const char *line, apr_size_t length)
{
    apr_size_t text = length > 2 ? length - 2 : 0;

    return (line[0] == JOURNAL_ADD || line[0] == JOURNAL_STRIKE) && text >= JOURNAL_ID &&
           text <= (line[0] == JOURNAL_ADD ? JOURNAL_LONGEST : JOURNAL_ID) &&
           strspn(line + 1, BASE64URL) == text && line[1 + text] == WHOLE;
}

static void read_records(apr_hash_t *entries, int *damaged, char *text, char *end)
{
    char *line, *line_end;

    for (line = text; line < end; line = line_end + 1) {
        line_end = memchr(line, '\n', (apr_size_t)(end - line));
        line_end = line_end ? line_end : end;
        *line_end = '\0';
        if (is_record(line, (apr_size_t)(line_end - line))) {
            line_end[-1] = '\0';
            apr_hash_set(entries, line + 1, JOURNAL_ID, line[0] == JOURNAL_ADD ? line + 1 : NULL);
        }
        else if (line_end > line) {
            ++*damaged;
        }
    }
}

int journal_file_read(apr_hash_t **entries, int *damaged, int fd, apr_size_t limit,
                      apr_pool_t *pool)
{
    struct stat info;
    char *text;
    apr_size_t length = 0;

    if (fstat(fd, &info) != 0) {
        return errno;
    }
    if (info.st_size > (off_t)limit) {
        return EFBIG;
    }
    text = apr_palloc(pool, (apr_size_t)info.st_size + 1);
    while (length < (apr_size_t)info.st_size) {
        ssize_t got = pread(fd, text + length, (apr_size_t)info.st_size - length, (off_t)length);

        if (got <= 0) {
            return got < 0 ? errno : EIO;
        }
        length += (apr_size_t)got;
    }
    text[length] = '\0';
    *entries = apr_hash_make(pool);
    *damaged = 0;
    read_records(*entries, damaged, text, text + length);
    return 0;
}
