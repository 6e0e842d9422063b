/* SPDX-License-Identifier: Apache-2.0 */
/* From a file that nobody owns to entries that somebody does.
 *
 * Its lock is held from the first look to the last change, so that of several processes one deals
 * with it. An entry is struck here only after its new owner has it on disk: a process that dies in
 * between leaves it twice, and revoking twice is harmless. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <apr_file_info.h>
#include <apr_hash.h>
#include <apr_strings.h>

#include "linode/journal_file.h"
#include "linode/journal_sweep.h"
#include "linode/oauth.h"

struct journal_sweep_t {
    const char *directory;
    apr_size_t limit;
    apr_pool_t *known_pool; /* of known; another one with each sweep, so that it cannot grow */
    apr_hash_t *known;      /* name -> known_t, of what stayed at the last sweep */
    int complained;         /* that the directory cannot be read */
};

/* Which state of a file is known. */
typedef struct known_t {
    apr_time_t modified;
    off_t size;
} known_t;

/* One sweep. */
typedef struct round_t {
    journal_sweep_t *sweep;
    const journal_taking_t *taking;
    apr_pool_t *pool; /* cleared after each file */
    apr_pool_t *known_pool;
    apr_hash_t *known; /* of what stays at this one */
} round_t;

/* One file. */
typedef struct left_t {
    const char *name;
    const char *path;
    struct stat info;
    int fd; /* -1: it could not be opened */
    int done;
    int foreign;
    int later;
    int damaged;
} left_t;

/* ---------------------------------------------------------------- what stays */

static apr_time_t modified(const struct stat *info)
{
    return apr_time_from_sec(info->st_mtime);
}

static int is_too_old(const struct stat *info)
{
    return modified(info) + OAUTH_LONGEST_LIFETIME < apr_time_now();
}

static int is_known(const round_t *round, const left_t *left)
{
    const known_t *known = round->sweep->known
                               ? apr_hash_get(round->sweep->known, left->name, APR_HASH_KEY_STRING)
                               : NULL;

    return known && known->modified == modified(&left->info) && known->size == left->info.st_size;
}

static void remember(const round_t *round, const left_t *left)
{
    known_t *known = apr_palloc(round->known_pool, sizeof(*known));

    known->modified = modified(&left->info);
    known->size = left->info.st_size;
    apr_hash_set(round->known, apr_pstrdup(round->known_pool, left->name), APR_HASH_KEY_STRING,
                 known);
}

/* Every process looks at it, and one complains: that it has been told is marked in the mode of the
 * file, which nobody executes. */
static int is_told(const left_t *left)
{
    return left->fd >= 0 && (left->info.st_mode & S_IXUSR);
}

static void mark_told(const left_t *left)
{
    if (left->fd >= 0) {
        fchmod(left->fd, (left->info.st_mode | S_IXUSR) & 0777);
    }
}

/* It goes when its time has come; until then it is complained of once. */
static void keep(const round_t *round, const left_t *left, const char *complaint)
{
    const log_t *log = round->taking->log;

    if (is_too_old(&left->info) && unlink(left->path) == 0) {
        log_line(log, LOG_LINE_INFO, round->pool,
                 "LO0605: %s removed: no token is older than a day", left->path);
        return;
    }
    if (complaint && !is_told(left)) {
        mark_told(left);
        log_line(log, LOG_LINE_WARNING, round->pool,
                 "LO0604: %s %s; it stays for a day, after which no token in it can be alive",
                 left->path, complaint);
    }
    remember(round, left);
}

/* ---------------------------------------------------------------- one file */

static void take_entries(const round_t *round, left_t *left, apr_hash_t *entries)
{
    const journal_taking_t *taking = round->taking;
    apr_hash_index_t *at;

    for (at = apr_hash_first(round->pool, entries); at; at = apr_hash_next(at)) {
        const char *text = apr_hash_this_val(at);

        switch (taking->take(taking->baton, text, round->pool)) {
        case JOURNAL_DONE:
            left->done++;
            journal_file_append(left->fd, JOURNAL_STRIKE, text, JOURNAL_ID);
            break;
        case JOURNAL_FOREIGN:
            left->foreign++;
            break;
        case JOURNAL_LATER:
            left->later++;
            break;
        }
    }
}

static const char *complaint(const left_t *left, apr_pool_t *pool)
{
    const char *damaged = apr_psprintf(pool, "holds %d damaged lines", left->damaged);
    const char *foreign = apr_psprintf(
        pool, "holds %d entries of a client or key that this server does not have", left->foreign);

    return left->damaged && left->foreign ? apr_pstrcat(pool, damaged, " and ", foreign + 6, NULL)
           : left->damaged                ? damaged
                                          : foreign;
}

/* The lock is held. */
static void settle(const round_t *round, left_t *left)
{
    apr_hash_t *entries;
    char words[128];
    int error =
        journal_file_read(&entries, &left->damaged, left->fd, round->sweep->limit, round->pool);

    if (error) {
        keep(round, left,
             apr_psprintf(round->pool, "cannot be read: %s",
                          apr_strerror(APR_FROM_OS_ERROR(error), words, sizeof(words))));
        return;
    }
    take_entries(round, left, entries);
    if (left->later) {
        return;
    }
    if (!left->foreign && !left->damaged) {
        unlink(left->path);
        return;
    }
    if (left->done) {
        fstat(left->fd, &left->info);
    }
    keep(round, left, complaint(left, round->pool));
}

/* Whether a file could not be opened for its own sake, and not for want of something. */
static int is_its_own_fault(int error)
{
    return error == EACCES || error == EPERM || error == ELOOP || error == EISDIR ||
           error == EINVAL || error == ENXIO;
}

static void look_at(const round_t *round, const char *name)
{
    char words[128];
    left_t left = {.name = name,
                   .path = apr_pstrcat(round->pool, round->sweep->directory, "/", name, NULL)};
    int error;

    if (lstat(left.path, &left.info) != 0) {
        return;
    }
    if (is_known(round, &left)) {
        keep(round, &left, NULL);
        return;
    }
    error = journal_file_take(&left.fd, &left.info, left.path);
    if (!error) {
        settle(round, &left);
        close(left.fd);
    }
    else if (is_its_own_fault(error)) {
        left.fd = -1;
        keep(round, &left,
             apr_psprintf(round->pool, "cannot be opened: %s",
                          apr_strerror(APR_FROM_OS_ERROR(error), words, sizeof(words))));
    }
}

/* ---------------------------------------------------------------- all files */

static void complain_of_directory(const round_t *round, apr_status_t status)
{
    char words[128];

    if (!round->sweep->complained) {
        round->sweep->complained = 1;
        log_line(round->taking->log, LOG_LINE_ERROR, round->pool,
                 "LO0603: the state directory %s cannot be read: %s", round->sweep->directory,
                 apr_strerror(status, words, sizeof(words)));
    }
}

static void look_at_all(const round_t *round, apr_pool_t *pool)
{
    apr_dir_t *directory;
    apr_finfo_t entry;
    apr_status_t status = apr_dir_open(&directory, round->sweep->directory, pool);

    if (status != APR_SUCCESS) {
        complain_of_directory(round, status);
        return;
    }
    round->sweep->complained = 0;
    while (apr_dir_read(&entry, APR_FINFO_NAME, directory) == APR_SUCCESS) {
        if (journal_file_is_name(entry.name)) {
            look_at(round, entry.name);
            apr_pool_clear(round->pool);
        }
    }
    apr_dir_close(directory);
}

static void forget(journal_sweep_t *sweep)
{
    if (sweep->known_pool) {
        apr_pool_destroy(sweep->known_pool);
    }
    sweep->known_pool = NULL;
    sweep->known = NULL;
}

void journal_sweep_directory(journal_sweep_t *sweep, const journal_taking_t *taking,
                             apr_pool_t *pool)
{
    round_t round = {.sweep = sweep, .taking = taking};

    if (apr_pool_create(&round.pool, pool) != APR_SUCCESS ||
        apr_pool_create_unmanaged_ex(&round.known_pool, NULL, NULL) != APR_SUCCESS) {
        return;
    }
    round.known = apr_hash_make(round.known_pool);
    look_at_all(&round, pool);
    apr_pool_destroy(round.pool);
    forget(sweep);
    sweep->known_pool = round.known_pool;
    sweep->known = round.known;
}

static apr_status_t close_sweep(void *data)
{
    forget(data);
    return APR_SUCCESS;
}

journal_sweep_t *journal_sweep_create(const char *directory, apr_size_t limit, apr_pool_t *pool)
{
    journal_sweep_t *sweep = apr_pcalloc(pool, sizeof(*sweep));

    sweep->directory = directory;
    sweep->limit = limit;
    apr_pool_cleanup_register(pool, sweep, close_sweep, apr_pool_cleanup_null);
    return sweep;
}
