/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <apr_strings.h>

#include "linode/catalog_file.h"
#include "linode/catalog_refresher.h"
#include "linode/retry.h"
#include "support/duration.h"
#include "support/memory.h"
#include "support/workers.h"

#define LOCK_ENDING           ".lock"
#define POLL                  apr_time_from_sec(1)
#define FIRST_PAUSE           apr_time_from_sec(30)
#define FIRST_PAUSE_WITHOUT   apr_time_from_sec(1) /* without a copy the form is out of order */
#define LONGEST_PAUSE_WITHOUT apr_time_from_sec(30)
#define LONGEST_ASKED         apr_time_from_sec(86400)
#define OLD                   apr_time_from_sec(3600)
#define NEVER                 apr_time_from_sec(86400)
#define SPREAD                10 /* a tenth */
#define STOP_QUICK            200000
#define STOP_ABANDONED        2000000

/* What of a row of failures is in the log. */
enum { TOLD_NOTHING, TOLD_FAILURE, TOLD_AGE };

/* One source, as this process deals with it. */
typedef struct task_t {
    const catalog_source_t *source;
    const char *path;
    int lock; /* descriptor, or -1 */
    int held;
    int failures; /* since the last success */
    int told;
    int complained; /* of a file that cannot be used, or a lock */
    apr_time_t next;
} task_t;

struct catalog_refresher_t {
    catalog_refresher_options_t options;
    http_t *http;
    apr_pool_t *pool;
    workers_t *workers;
    task_t *tasks; /* the one thread's */
    int count;
    int unsettled; /* something was read since the last time that nothing was due */
    atomic_int stopping;
    atomic_int abandon;
};

/* What a turn is about. */
typedef struct round_t {
    catalog_refresher_t *refresher;
    task_t *task;
    catalog_copy_t *old; /* what there is already, data or problem; NULL: nothing of use */
    apr_pool_t *pool;
} round_t;

#define tell(round, level, ...)                                                                    \
    log_line((round)->refresher->options.log, level, (round)->pool, __VA_ARGS__)

/* ---------------------------------------------------------------- the copy that there is */

static void read_old(round_t *round)
{
    task_t *task = round->task;
    catalog_copy_t *copy = apr_pcalloc(round->pool, sizeof(*copy));
    const char *why = NULL;

    if (catalog_file_read(copy, &why, task->source, task->path, round->pool)) {
        round->old = copy;
        return;
    }
    if (why && !task->complained) {
        task->complained = 1;
        tell(round, LOG_LINE_WARNING, "LO0424: %s is ignored and replaced: %s", task->path, why);
    }
}

static int has_data(const round_t *round)
{
    return round->old && round->old->data;
}

/* ---------------------------------------------------------------- locks */

static int lock(task_t *task, apr_pool_t *pool)
{
    if (task->lock < 0) {
        apr_size_t stem = strlen(task->path) - (sizeof(CATALOG_FILE_COPY) - 1);
        const char *path =
            apr_pstrcat(pool, apr_pstrmemdup(pool, task->path, stem), LOCK_ENDING, NULL);

        task->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    return task->lock >= 0 && flock(task->lock, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
}

static apr_interval_time_t between(apr_interval_time_t least, apr_interval_time_t time,
                                   apr_interval_time_t most)
{
    return time < least ? least : time > most ? most : time;
}

/* When the source has to be read again, after what another process has done. */
static apr_time_t take_over(const round_t *round)
{
    const catalog_copy_t *old = round->old;
    const catalog_source_t *source = round->task->source;
    apr_time_t due;

    if (!old || old->read < round->refresher->options.started) {
        return 0;
    }
    due = old->data ? old->read + retry_spread(source->refresh, SPREAD) : old->again;
    return workers_now() + between(0, due - apr_time_now(), source->refresh);
}

static int take_lock(round_t *round)
{
    task_t *task = round->task;
    int error = lock(task, round->pool);

    if (error) {
        if (error != EWOULDBLOCK && !task->complained) {
            char text[128];

            task->complained = 1;
            tell(round, LOG_LINE_ERROR, "LO0425: %s cannot be kept fresh: its lock: %s", task->path,
                 apr_strerror(APR_FROM_OS_ERROR(error), text, sizeof(text)));
        }
        return 0;
    }
    task->held = 1;
    read_old(round);
    task->next = take_over(round);
    return 1;
}

static void release_locks(catalog_refresher_t *refresher)
{
    int i;

    for (i = 0; i < refresher->count; i++) {
        if (refresher->tasks[i].lock >= 0) {
            close(refresher->tasks[i].lock);
        }
        refresher->tasks[i].lock = -1;
        refresher->tasks[i].held = 0;
    }
}

/* ---------------------------------------------------------------- one outcome */

static apr_interval_time_t pause_after_failure(const round_t *round, const problem_t *problem)
{
    const catalog_source_t *source = round->task->source;
    apr_interval_time_t pause = has_data(round) ? FIRST_PAUSE : FIRST_PAUSE_WITHOUT;
    apr_interval_time_t longest = has_data(round) ? source->refresh : LONGEST_PAUSE_WITHOUT;
    int i;

    for (i = 1; i < round->task->failures && pause < longest; i++) {
        pause *= 2;
    }
    pause = retry_spread(pause < longest ? pause : longest, SPREAD);
    return between(pause, problem->retry_after, LONGEST_ASKED);
}

/* Nothing else of that API could be read either. */
static void hold_up_others(const round_t *round)
{
    catalog_refresher_t *refresher = round->refresher;
    int i;

    for (i = 0; i < refresher->count; i++) {
        task_t *other = &refresher->tasks[i];

        if (other->next < round->task->next &&
            !strcmp(other->source->api->url, round->task->source->api->url)) {
            other->next = round->task->next;
        }
    }
}

static void tell_failure(const round_t *round, const problem_t *problem)
{
    task_t *task = round->task;
    const char *line = problem_line(problem, round->pool);
    apr_interval_time_t age = has_data(round) ? apr_time_now() - round->old->read : 0;
    const char *words = duration_words(age, round->pool);

    if (task->told < TOLD_AGE && age >= OLD) {
        tell(round, LOG_LINE_WARNING,
             "LO0422: %s cannot be read; the copy that serves is %s old: %s", task->source->url,
             words, line);
        task->told = TOLD_AGE;
    }
    else if (task->told == TOLD_NOTHING && has_data(round)) {
        tell(round, LOG_LINE_WARNING, "LO0421: %s cannot be read; the copy of %s ago serves on: %s",
             task->source->url, words, line);
        task->told = TOLD_FAILURE;
    }
    else if (task->told == TOLD_NOTHING) {
        tell(round, LOG_LINE_WARNING, "LO0421: %s cannot be read, and there is no copy of it: %s",
             task->source->url, line);
        task->told = TOLD_FAILURE;
    }
}

/* For the other processes: without data they have to know that there was an outcome. */
static void write_failure(const round_t *round, const problem_t *problem, apr_time_t again)
{
    catalog_copy_t copy = {
        .problem = problem_copy(problem, round->pool), .read = apr_time_now(), .again = again};

    if (problem->kind != PROBLEM_STACKSCRIPT_UNUSABLE &&
        problem->kind != PROBLEM_CATALOG_UNAVAILABLE) {
        copy.problem->detail = problem_line(problem, round->pool);
    }
    catalog_file_write(&copy, round->task->source, round->refresher->options.directory,
                       round->pool);
}

static void failed(const round_t *round, const problem_t *problem)
{
    task_t *task = round->task;
    apr_interval_time_t pause;

    task->failures++;
    pause = pause_after_failure(round, problem);
    task->next = workers_now() + pause;
    if (problem->kind == PROBLEM_LINODE_UNREACHABLE || problem->kind == PROBLEM_LINODE_BUSY) {
        hold_up_others(round);
    }
    if (!has_data(round)) {
        write_failure(round, problem, apr_time_now() + pause);
    }
    tell_failure(round, problem);
}

static void succeeded(const round_t *round)
{
    task_t *task = round->task;

    if (task->failures) {
        tell(round, LOG_LINE_INFO, "LO0423: %s has been read again, after %d failures",
             task->source->url, task->failures);
    }
    task->failures = 0;
    task->told = TOLD_NOTHING;
    task->complained = 0;
    task->next = workers_now() + retry_spread(task->source->refresh, SPREAD);
}

static problem_t *read_and_write(const round_t *round)
{
    catalog_refresher_t *refresher = round->refresher;
    const catalog_source_t *source = round->task->source;
    catalog_copy_t copy;
    char text[128];
    int error;
    problem_t *problem = catalog_source_read(&copy, source, round->old, refresher->http,
                                             &refresher->abandon, round->pool);

    if (problem) {
        return problem;
    }
    error = catalog_file_write(&copy, source, refresher->options.directory, round->pool);
    return error ? problem_make(round->pool, PROBLEM_CATALOG_UNAVAILABLE,
                                "%s cannot be written: %s", round->task->path,
                                apr_strerror(APR_FROM_OS_ERROR(error), text, sizeof(text)))
                 : NULL;
}

static void refresh(round_t *round)
{
    problem_t *problem;

    read_old(round);
    problem = read_and_write(round);
    if (!problem) {
        succeeded(round);
    }
    else if (!atomic_load(&round->refresher->abandon)) {
        failed(round, problem);
    }
}

/* ---------------------------------------------------------------- turns */

static int is_over(const catalog_refresher_t *refresher)
{
    return atomic_load(&refresher->stopping) ||
           (refresher->options.is_leaving && refresher->options.is_leaving());
}

/* The next time that there is something to do may be long off. */
static void settle(catalog_refresher_t *refresher, apr_pool_t *pool)
{
    apr_pool_t *own;

    if (!refresher->unsettled) {
        return;
    }
    refresher->unsettled = 0;
    if (refresher->options.settled && apr_pool_create(&own, pool) == APR_SUCCESS) {
        refresher->options.settled(refresher->options.baton, own);
        apr_pool_destroy(own);
    }
    memory_give_back();
}

apr_time_t catalog_refresher_turn(catalog_refresher_t *refresher, apr_pool_t *pool)
{
    round_t round = {.refresher = refresher, .pool = pool};
    apr_time_t now = workers_now();
    apr_time_t next = now + (refresher->options.is_leaving ? POLL : NEVER);
    task_t *due = NULL;
    int i;

    if (is_over(refresher)) {
        release_locks(refresher);
        return now + NEVER;
    }
    for (i = 0; i < refresher->count; i++) {
        task_t *task = round.task = &refresher->tasks[i];

        round.old = NULL;
        if (!task->held && !take_lock(&round)) {
            next = now + POLL;
        }
        else if (!due || task->next < due->next) {
            due = task;
        }
    }
    if (!due || due->next > now) {
        settle(refresher, pool);
        return due && due->next < next ? due->next : next;
    }
    round.task = due;
    round.old = NULL;
    refresh(&round);
    refresher->unsettled = 1;
    return 0;
}

static apr_time_t turn(void *refresher, apr_pool_t *pool)
{
    return catalog_refresher_turn(refresher, pool);
}

/* ---------------------------------------------------------------- from beginning to end */

static void make_tasks(catalog_refresher_t *refresher)
{
    const apr_array_header_t *sources = refresher->options.sources;
    int i;

    refresher->count = sources->nelts;
    refresher->tasks = apr_pcalloc(refresher->pool, sizeof(task_t) * (apr_size_t)refresher->count);
    for (i = 0; i < refresher->count; i++) {
        const catalog_source_t *source = APR_ARRAY_IDX(sources, i, const catalog_source_t *);

        refresher->tasks[i] =
            (task_t){.source = source,
                     .path = catalog_file_path(refresher->options.directory, source,
                                               CATALOG_FILE_COPY, refresher->pool),
                     .lock = -1};
    }
}

static apr_status_t close_locks(void *refresher)
{
    release_locks(refresher);
    return APR_SUCCESS;
}

problem_t *catalog_refresher_create(catalog_refresher_t **refresher,
                                    const catalog_refresher_options_t *options, http_t *http,
                                    apr_pool_t *pool)
{
    catalog_refresher_t *made = apr_pcalloc(pool, sizeof(*made));

    made->options = *options;
    made->http = http;
    made->pool = pool;
    make_tasks(made);
    apr_pool_cleanup_register(pool, made, close_locks, apr_pool_cleanup_null);
    *refresher = made;
    if (options->threads == 0) {
        return NULL;
    }
    made->workers = workers_create(options->threads, turn, made, pool);
    return made->workers && workers_wake(made->workers)
               ? NULL
               : problem_make(pool, PROBLEM_INTERNAL, "no thread to keep the catalog fresh");
}

int catalog_refresher_stop(catalog_refresher_t *refresher)
{
    atomic_store(&refresher->stopping, 1);
    if (!refresher->workers || workers_stop(refresher->workers, STOP_QUICK)) {
        return 1;
    }
    atomic_store(&refresher->abandon, 1);
    return workers_stop(refresher->workers, STOP_ABANDONED);
}

apr_pool_t *catalog_refresher_pool(const catalog_refresher_t *refresher)
{
    return refresher->pool;
}
