/* SPDX-License-Identifier: Apache-2.0 */
/* A source's copy on disk: what all children read, and what serves while Linode is down, also after
 * a restart.
 *
 *   {"format": 1, "url": of the source, "read": microseconds since 1970, "etag": text or null,
 *    "data": as in catalog_copy_t}
 *
 * or, as long as nothing could ever be read, why: {"format", "url", "read", "problem": text for the
 * log, "unusable": true for STACKSCRIPT_UNUSABLE, "again": when Linode is asked next}.
 *
 * A file is written whole under another name, then put in place of the old one, by whoever holds
 * the source's lock (catalog_refresher); readers need no lock and see the one or the other. Of a
 * file that is not ours, damaged, or of another format nothing is believed. */
#ifndef LINODE_CATALOG_FILE_H
#define LINODE_CATALOG_FILE_H

#include "linode/catalog_source.h"

/* The path of a file of that source: CATALOG_FILE_COPY or another ending. */
#define CATALOG_FILE_COPY ".json"
const char *catalog_file_path(const char *directory, const catalog_source_t *source,
                              const char *ending, apr_pool_t *pool);

/* Which state of a file was seen; all zero: none. */
typedef struct catalog_file_stamp_t {
    apr_int64_t modified; /* nanoseconds */
    apr_uint64_t inode;
    apr_int64_t size;
} catalog_file_stamp_t;

/* Whether there is a file, and another one than the stamp says, which says so from then on. */
int catalog_file_has_changed(catalog_file_stamp_t *stamp, const char *path);

/* True: *copy is what the file holds, in the pool. Otherwise *why is why not, or NULL when there is
 * no file. */
int catalog_file_read(catalog_copy_t *copy, const char **why, const catalog_source_t *source,
                      const char *path, apr_pool_t *pool);

/* 0, or an errno; then the old file is still there. */
int catalog_file_write(const catalog_copy_t *copy, const catalog_source_t *source,
                       const char *directory, apr_pool_t *pool);

#endif
