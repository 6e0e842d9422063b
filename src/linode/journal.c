/* SPDX-License-Identifier: Apache-2.0 */
/* The journal of this process: which entries are listed, and the file that holds them.
 *
 * The gate is held shared by whoever appends, so that many may; whoever changes the file, because
 * it has grown or somebody removed it, holds it alone. The mutex guards the list, for moments in
 * which nothing is read or written. */
#include <errno.h>
#include <unistd.h>

#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <apr_thread_rwlock.h>

#include "linode/journal.h"
#include "linode/journal_file.h"
#include "linode/journal_sweep.h"

#define RECORD(length) ((length) + 3)
#define LONGEST_PATH   (4096 + JOURNAL_FILE_NAME)

const journal_limits_t journal_limits = {
    .entries = 10000,
    .bytes = (apr_size_t)32 * 1024 * 1024,
    .renew = (apr_size_t)256 * 1024,
};

struct journal_t {
    const char *directory;
    journal_limits_t limits;
    apr_thread_rwlock_t *gate;
    int fd; /* -1: no file */
    char name[JOURNAL_FILE_NAME];
    apr_size_t renew_at;
    apr_thread_mutex_t *mutex;
    journal_entry_t *first;
    int entries;
    apr_size_t bytes; /* of their records */
    journal_sweep_t *sweep;
};

/* ---------------------------------------------------------------- the list */

static void list(journal_t *journal, journal_entry_t *entry)
{
    apr_thread_mutex_lock(journal->mutex);
    entry->listed = 1;
    entry->previous = NULL;
    entry->next = journal->first;
    if (entry->next) {
        entry->next->previous = entry;
    }
    journal->first = entry;
    journal->entries++;
    journal->bytes += RECORD(entry->length);
    apr_thread_mutex_unlock(journal->mutex);
}

static void unlist(journal_t *journal, journal_entry_t *entry)
{
    apr_thread_mutex_lock(journal->mutex);
    entry->listed = 0;
    if (entry->next) {
        entry->next->previous = entry->previous;
    }
    if (entry->previous) {
        entry->previous->next = entry->next;
    }
    else {
        journal->first = entry->next;
    }
    journal->entries--;
    journal->bytes -= RECORD(entry->length);
    apr_thread_mutex_unlock(journal->mutex);
}

static int has_room(journal_t *journal, apr_size_t length)
{
    int has;

    apr_thread_mutex_lock(journal->mutex);
    has = journal->entries < journal->limits.entries &&
          journal->bytes + RECORD(length) <= journal->limits.bytes;
    apr_thread_mutex_unlock(journal->mutex);
    return has;
}

/* ---------------------------------------------------------------- the file, the gate shut */

static const char *path_of(const journal_t *journal, const char *name, apr_pool_t *pool)
{
    return apr_pstrcat(pool, journal->directory, "/", name, NULL);
}

static int write_all(int fd, const journal_t *journal)
{
    const journal_entry_t *entry;
    int error = 0;

    for (entry = journal->first; entry && !error; entry = entry->next) {
        error = journal_file_append(fd, JOURNAL_ADD, entry->text, entry->length);
    }
    return error;
}

static void drop_file(journal_t *journal, apr_pool_t *pool)
{
    if (journal->fd >= 0) {
        unlink(path_of(journal, journal->name, pool));
        close(journal->fd);
        journal->fd = -1;
    }
}

/* A new file with all that is listed; the old one is removed only then. */
static int renew(journal_t *journal, apr_pool_t *pool)
{
    char name[JOURNAL_FILE_NAME];
    int fd;
    int error = journal_file_create(&fd, name, journal->directory, pool);

    if (error) {
        return error;
    }
    error = write_all(fd, journal);
    if (error) {
        unlink(path_of(journal, name, pool));
        close(fd);
        return error;
    }
    drop_file(journal, pool);
    journal->fd = fd;
    apr_cpystrn(journal->name, name, sizeof(journal->name));
    journal->renew_at = journal->limits.renew + 2 * journal->bytes;
    return 0;
}

static void write_path(char *path, apr_size_t room, const journal_t *journal)
{
    apr_snprintf(path, room, "%s/%s", journal->directory, journal->name);
}

/* It is where others look for it: neither removed nor moved away with its directory. A directory
 * that lets nobody look is left to them. */
static int is_in_place(const journal_t *journal, const struct stat *info)
{
    char path[LONGEST_PATH];
    struct stat named;

    write_path(path, sizeof(path), journal);
    if (stat(path, &named) != 0) {
        return info->st_nlink > 0 && errno != ENOENT && errno != ENOTDIR;
    }
    return named.st_ino == info->st_ino && named.st_dev == info->st_dev;
}

/* There is a file, in its place, and it is no longer than this. */
static int is_shorter(const journal_t *journal, apr_size_t length)
{
    struct stat info;

    return journal->fd >= 0 && fstat(journal->fd, &info) == 0 && is_in_place(journal, &info) &&
           info.st_size < (off_t)length;
}

/* A file that is only rather long does for a while if there can be no new one. */
static int make_fit(journal_t *journal, apr_pool_t *pool)
{
    int error = is_shorter(journal, journal->renew_at) ? 0 : renew(journal, pool);

    if (error && is_shorter(journal, journal->limits.bytes)) {
        journal->renew_at += journal->limits.renew;
        error = 0;
    }
    return error;
}

static int replace_unfit(journal_t *journal, apr_pool_t *pool)
{
    int error;

    apr_thread_rwlock_wrlock(journal->gate);
    error = make_fit(journal, pool);
    apr_thread_rwlock_unlock(journal->gate);
    return error;
}

/* With nothing listed, nothing has to be on the disk. */
static void truncate_idle(journal_t *journal)
{
    struct stat info;

    apr_thread_rwlock_wrlock(journal->gate);
    if (!journal->first && journal->fd >= 0 && fstat(journal->fd, &info) == 0 && info.st_size > 0 &&
        ftruncate(journal->fd, 0) != 0) {
        journal->renew_at = 0; /* the next entry begins a new file instead */
    }
    apr_thread_rwlock_unlock(journal->gate);
}

/* ---------------------------------------------------------------- adding and striking */

static problem_t *explain(const journal_t *journal, int error, apr_pool_t *pool)
{
    char words[128];

    return problem_make(pool, PROBLEM_TOKEN_UNLOGGED,
                        "the journal of tokens in %s cannot be written: %s", journal->directory,
                        apr_strerror(APR_FROM_OS_ERROR(error), words, sizeof(words)));
}

/* The gate is open. Listed before it is written: whoever renews the file waits for both. */
static int append(journal_t *journal, journal_entry_t *entry)
{
    int error;

    list(journal, entry);
    error = journal_file_append(journal->fd, JOURNAL_ADD, entry->text, entry->length);
    if (error) {
        unlist(journal, entry);
    }
    return error;
}

/* Puts a new file in the place of one that is gone or long. Others may have filled that one too
 * by the time this thread gets to it: then it has to do as it is. */
static int append_somewhere(journal_t *journal, journal_entry_t *entry, apr_pool_t *pool)
{
    int error = EAGAIN;
    int i;

    for (i = 0; error == EAGAIN && i < 3; i++) {
        apr_thread_rwlock_rdlock(journal->gate);
        if (is_shorter(journal, i > 0 ? journal->limits.bytes : journal->renew_at)) {
            error = append(journal, entry);
            apr_thread_rwlock_unlock(journal->gate);
            break;
        }
        apr_thread_rwlock_unlock(journal->gate);
        error = replace_unfit(journal, pool);
        error = error ? error : EAGAIN;
    }
    return error;
}

problem_t *journal_add(journal_t *journal, journal_entry_t *entry, apr_pool_t *pool)
{
    int error;

    if (entry->length < JOURNAL_ID || entry->length > JOURNAL_LONGEST) {
        return problem_make(pool, PROBLEM_TOKEN_UNLOGGED, "a token of %lu bytes has no place in it",
                            (unsigned long)entry->length);
    }
    if (!has_room(journal, entry->length)) {
        return problem_make(pool, PROBLEM_TOKEN_UNLOGGED,
                            "the journal of tokens is full: %d wait to be revoked",
                            journal->limits.entries);
    }
    error = append_somewhere(journal, entry, pool);
    return error ? explain(journal, error, pool) : NULL;
}

/* A strike that is not written costs whoever takes the file up one needless call. */
void journal_strike(journal_t *journal, journal_entry_t *entry)
{
    if (!entry->listed) {
        return;
    }
    apr_thread_rwlock_rdlock(journal->gate);
    unlist(journal, entry);
    journal_file_append(journal->fd, JOURNAL_STRIKE, entry->text, JOURNAL_ID);
    apr_thread_rwlock_unlock(journal->gate);
}

/* ---------------------------------------------------------------- from beginning to end */

void journal_sweep(journal_t *journal, journal_take_t *take, void *baton, const log_t *log,
                   apr_pool_t *pool)
{
    journal_taking_t taking = {.take = take, .baton = baton, .log = log};

    truncate_idle(journal);
    journal_sweep_directory(journal->sweep, &taking, pool);
}

problem_t *journal_prepare(journal_t *journal, apr_pool_t *pool)
{
    int error = replace_unfit(journal, pool);

    return error ? explain(journal, error, pool) : NULL;
}

static apr_status_t close_journal(void *data)
{
    journal_t *journal = data;

    if (journal->fd >= 0 && !journal->first) {
        char path[LONGEST_PATH];

        write_path(path, sizeof(path), journal);
        unlink(path);
    }
    if (journal->fd >= 0) {
        close(journal->fd);
    }
    return APR_SUCCESS;
}

problem_t *journal_create(journal_t **journal, const char *directory,
                          const journal_limits_t *limits, apr_pool_t *pool)
{
    journal_t *made = apr_pcalloc(pool, sizeof(*made));

    made->directory = apr_pstrdup(pool, directory);
    made->limits = *limits;
    made->fd = -1;
    /* As long as a file can get that is full of entries and about to be written anew. */
    made->sweep = journal_sweep_create(made->directory, 3 * limits->bytes, pool);
    if (apr_thread_rwlock_create(&made->gate, pool) != APR_SUCCESS ||
        apr_thread_mutex_create(&made->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS) {
        return problem_make(pool, PROBLEM_INTERNAL, "the system gave no lock for the journal");
    }
    apr_pool_cleanup_register(pool, made, close_journal, apr_pool_cleanup_null);
    *journal = made;
    return NULL;
}
