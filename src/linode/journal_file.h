/* SPDX-License-Identifier: Apache-2.0 */
/* One file of the journal: making, locking, appending, reading. journal.h has the picture.
 *
 * File descriptors belong to the caller. Errors are errno values, 0 for none. */
#ifndef LINODE_JOURNAL_FILE_H
#define LINODE_JOURNAL_FILE_H

#include <apr_hash.h>
#include <apr_pools.h>
#include <sys/stat.h>

/* A file's name with its NUL. */
#define JOURNAL_FILE_NAME 40

/* Whether a name is one that journal_file_create makes. */
int journal_file_is_name(const char *name);

/* A new, empty, locked file; name has room for JOURNAL_FILE_NAME. */
int journal_file_create(int *fd, char *name, const char *directory, apr_pool_t *pool);

/* Another process's file, locked now, or an error: EWOULDBLOCK while its owner lives, ENOENT when
 * it has gone meanwhile, EINVAL for what is no file at all. */
int journal_file_take(int *fd, struct stat *info, const char *path);

#define JOURNAL_ADD    '+'
#define JOURNAL_STRIKE '-'

int journal_file_append(int fd, char sign, const char *text, apr_size_t length);

/* Reads up to `limit` bytes of records into the entries that are not struck (id -> text), and
 * counts the lines that are no records. EFBIG: the file is longer than that. */
int journal_file_read(apr_hash_t **entries, int *damaged, int fd, apr_size_t limit,
                      apr_pool_t *pool);

#endif
