/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the copies of a server's sources (catalog_file) fresh.
 *
 * Every child has a refresher, a thread that works behind the answers; of each source one of them
 * holds the lock, a file beside the copy, and asks Linode for all. A child that ends, however it
 * ends, lets go of its locks, and another has them within a second. It is the child's own thread
 * and not mod_watchdog's: that needs no further module, a Linode that hangs holds up nobody else's
 * callbacks, and two servers that share a state directory share what they both read.
 *
 *   at a start: at once -- read --> written; again after `refresh`, less up to a tenth
 *      ^                     ^
 *      |                     +-- fails: again after 30 s, doubled up to `refresh`; 1 s, doubled up
 *   lock taken,                  to 30 s as long as there is no copy; never before the Retry-After
 *   and read before              that Linode asked for; and what has no answer at all, or too many
 *   the start                    questions, holds up the other sources of that API, too
 *
 * An answer that catalog_source refuses is a failure like any other: the old copy stays. A row of
 * failures is one line in the log, another when what is served is an hour old, and one when it is
 * over. */
#ifndef LINODE_CATALOG_REFRESHER_H
#define LINODE_CATALOG_REFRESHER_H

#include "linode/catalog_source.h"
#include "support/log.h"

typedef struct catalog_refresher_options_t {
    const char *directory;
    const apr_array_header_t *sources; /* catalog_source_t * */
    apr_time_t started;                /* what was read before the server's start is read again */
    int threads;                       /* 1; or 0: none, and the turns are taken by hand */
    /* Asked once a second, or NULL. True: the process is on its way out, and another one may have
     * the locks as soon as the reading at hand is over. */
    int (*is_leaving)(void);
    /* Called by the thread whenever nothing more is due, after something has been read or has
     * failed to be; or NULL. */
    void (*settled)(void *baton, apr_pool_t *pool);
    void *baton;
    const log_t *log;
} catalog_refresher_options_t;

typedef struct catalog_refresher_t catalog_refresher_t;

/* After the fork; what options point to has to last as long as the pool, and that until
 * catalog_refresher_stop has answered true. */
problem_t *catalog_refresher_create(catalog_refresher_t **refresher,
                                    const catalog_refresher_options_t *options, http_t *http,
                                    apr_pool_t *pool);

/* Takes what locks are free and reads the source that is due longest; when to call again, by
 * workers_now. */
apr_time_t catalog_refresher_turn(catalog_refresher_t *refresher, apr_pool_t *pool);

/* Ends the thread, and the request that it waits for. True when it has ended. */
int catalog_refresher_stop(catalog_refresher_t *refresher);

/* The pool that it was made in. */
apr_pool_t *catalog_refresher_pool(const catalog_refresher_t *refresher);

#endif
