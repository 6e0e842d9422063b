/* SPDX-License-Identifier: Apache-2.0 */
/* What must not be forgotten when a process dies: sealed entries in one append-only file for each
 * process, struck when they are done with.
 *
 *   DIRECTORY/tokens-<random>.journal, mode 0600:
 *
 *   +----+---+-------------------------+---+-----+----+---+----------------------+---+-----
 *   | \n | + | sealed entry, base64url | . | ... | \n | - | the entry's first 16 | . | ...
 *   +----+---+-------------------------+---+-----+----+---+----------------------+---+-----
 *     added                                        struck
 *
 * A record begins with the line end that closes whatever came before it, ends with a dot, and is
 * written by one call: what a full disk or a killed process cuts off spoils nothing but itself.
 * The seal is the entry's checksum; a damaged strike names no entry, as the 16 characters hold 88
 * random bits.
 *
 * Whoever owns a file holds its lock (flock) for as long as he lives; the system lets go of it
 * however he ends. A sweep takes up every file whose lock is free: what its entries' new owner
 * takes over is struck there, an empty file is removed, anything else stays for whoever can open
 * it, until no token of that age can live. So a directory may be shared by any number of processes
 * and servers on one machine. Files are written without fsync: a killed process loses nothing, and
 * what a power loss leaves alive ends by itself (Linode: two hours).
 *
 * Adding costs a look at the file and one write, in which threads do not wait for each other. Past
 * a size the file is written anew with what is not struck; that is the one moment that others wait
 * for. Entries belong to the caller and stay where they are while they are listed. All functions
 * may be called from any thread, journal_sweep from one at a time. */
#ifndef LINODE_JOURNAL_H
#define LINODE_JOURNAL_H

#include <apr_pools.h>
#include "support/log.h"
#include "support/problem.h"

/* The length of the part that an entry is struck by, and the most that an entry may have. */
#define JOURNAL_ID      16
#define JOURNAL_LONGEST 8192

typedef struct journal_t journal_t;

typedef struct journal_entry_t {
    const char *text; /* base64url */
    apr_size_t length;
    int listed; /* in the journal, which keeps what follows */
    struct journal_entry_t *next;
    struct journal_entry_t *previous;
} journal_entry_t;

typedef struct journal_limits_t {
    int entries;      /* most at a time */
    apr_size_t bytes; /* most that they may have together */
    apr_size_t renew; /* so much, and twice what is listed, makes a file be written anew */
} journal_limits_t;

extern const journal_limits_t journal_limits;

/* The process's journal; its file is made at the first entry, or now by journal_prepare. An empty
 * one is removed with the pool; any other is left to the next sweep. */
problem_t *journal_create(journal_t **journal, const char *directory,
                          const journal_limits_t *limits, apr_pool_t *pool);
problem_t *journal_prepare(journal_t *journal, apr_pool_t *pool);

/* Lists the entry and writes it. TOKEN_UNLOGGED: it is not on disk, and not listed. */
problem_t *journal_add(journal_t *journal, journal_entry_t *entry, apr_pool_t *pool);
/* Does nothing for an entry that is not listed. */
void journal_strike(journal_t *journal, journal_entry_t *entry);

/* What becomes of an entry that its process left behind. */
typedef enum {
    JOURNAL_DONE,    /* taken over, or done with: it is struck */
    JOURNAL_FOREIGN, /* cannot be opened here: it stays, and the log says so once */
    JOURNAL_LATER,   /* not now: it stays for the next sweep */
} journal_verdict_t;

typedef journal_verdict_t journal_take_t(void *baton, const char *text, apr_pool_t *pool);

/* Takes up the files of processes that are gone. */
void journal_sweep(journal_t *journal, journal_take_t *take, void *baton, const log_t *log,
                   apr_pool_t *pool);

#endif
