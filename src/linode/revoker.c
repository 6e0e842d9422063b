/* SPDX-License-Identifier: Apache-2.0 */
/* Holding, handing over, revoking, trying again.
 *
 * A job goes from hand to hand and has one owner at any time: the request that holds the token,
 * the queue, or the thread that revokes it. The mutex guards the queue and what is counted; no
 * call to Linode and no file is waited for under it. */
#include <stdlib.h>
#include <string.h>

#include <apr_thread_mutex.h>

#include "linode/retry.h"
#include "linode/revocable.h"
#include "linode/revoker.h"
#include "linode/revoker_client.h"
#include "linode/revoker_queue.h"
#include "support/workers.h"

#define LINODES_LIFETIME apr_time_from_sec(7200) /* of a token, as Linode makes them */
#define LONGEST_TRY      apr_time_from_sec(10)
#define VISITORS_TRY     apr_time_from_sec(5)
#define SWEEP_INTERVAL   apr_time_from_sec(5)
#define STOP_QUICK       apr_time_from_msec(500)
#define STOP_ABANDONED   apr_time_from_sec(2)

struct revoker_t {
    apr_pool_t *pool;
    revoker_client_state_t *clients;
    int count;
    http_t *http;
    metric_set_t *metrics;
    const log_t *log;
    journal_t *journal;
    workers_t *workers; /* NULL without threads */
    atomic_int stopping;
    atomic_int abandon;
    apr_thread_mutex_t *mutex; /* guards what follows and the clients' pauses */
    revoker_queue_t queue;
    int jobs; /* queued, held or under way; never more than the queue has room for */
    int sweeping;
    apr_time_t sweep_at;
};

struct revoker_hold_t {
    revoker_t *revoker;
    revoker_job_t *job; /* NULL once handed over */
    apr_pool_t *pool;
};

/* ---------------------------------------------------------------- jobs */

/* The mutex is held. */
static void change_jobs(revoker_t *revoker, int more)
{
    revoker->jobs += more;
    metric_gauge(revoker->metrics, METRIC_TOKENS_WAITING, revoker->jobs);
}

/* The token is tried for `least` at any rate, however late the wall clock may say it is, and no
 * longer than any token lives, however early. NULL when there is no room. */
static revoker_job_t *job_create(revoker_t *revoker, int client, const char *text,
                                 apr_time_t expires, apr_interval_time_t least)
{
    apr_size_t length = strlen(text);
    apr_interval_time_t life = expires - apr_time_now();
    revoker_job_t *job = malloc(sizeof(*job) + length + 1);
    int room;

    apr_thread_mutex_lock(revoker->mutex);
    room = job && revoker->jobs < revoker->queue.room;
    change_jobs(revoker, room);
    apr_thread_mutex_unlock(revoker->mutex);
    if (!room) {
        free(job);
        return NULL;
    }
    memset(job, 0, sizeof(*job));
    memcpy(job->text, text, length + 1);
    job->entry.text = job->text;
    job->entry.length = length;
    job->client = client;
    life = life < OAUTH_LONGEST_LIFETIME ? life : OAUTH_LONGEST_LIFETIME;
    job->ends = workers_now() + (life > least ? life : least);
    return job;
}

static void job_done(revoker_t *revoker, revoker_job_t *job)
{
    journal_strike(revoker->journal, &job->entry);
    apr_thread_mutex_lock(revoker->mutex);
    change_jobs(revoker, -1);
    apr_thread_mutex_unlock(revoker->mutex);
    free(job);
}

static void enqueue(revoker_t *revoker, revoker_job_t *job, apr_time_t due)
{
    job->due = due < job->ends ? due : job->ends;
    apr_thread_mutex_lock(revoker->mutex);
    revoker_queue_add(&revoker->queue, job);
    apr_thread_mutex_unlock(revoker->mutex);
}

static void announce(revoker_t *revoker, apr_pool_t *pool)
{
    if (revoker->workers && !workers_wake(revoker->workers)) {
        log_line(revoker->log, LOG_LINE_ERROR, pool,
                 "LO0606: the system gives no thread to revoke tokens; they wait in the journal");
    }
}

/* ---------------------------------------------------------------- before and after a token's use
 */

static problem_t *tell_linode(const revoker_t *revoker, const revoker_client_state_t *client,
                              revocable_t *revocable, apr_interval_time_t longest, apr_pool_t *pool)
{
    const oauth_client_t *oauth = &client->oauth;
    apr_interval_time_t time = oauth->total_timeout < longest ? oauth->total_timeout : longest;

    return revocable_revoke(revocable, oauth, revoker->http, workers_now() + time, pool);
}

/* Not even memory has room for it: now or never. */
static void revoke_directly(const revoker_t *revoker, const revoker_client_state_t *client,
                            revocable_t *revocable, apr_pool_t *pool)
{
    problem_t *problem = tell_linode(revoker, client, revocable, VISITORS_TRY, pool);

    if (problem) {
        log_line(revoker->log, LOG_LINE_ERROR, pool,
                 "LO0602: a token could be neither logged nor revoked and ends by itself: %s",
                 problem_line(problem, pool));
    }
}

static apr_status_t hand_over_with_pool(void *held)
{
    revoker_hand_over(held);
    return APR_SUCCESS;
}

static problem_t *write_down(revoker_job_t **job, revoker_t *revoker, int client,
                             const revocable_t *revocable, apr_pool_t *pool)
{
    const revoker_client_state_t *its = &revoker->clients[client];
    const char *sealed;
    problem_t *problem = revocable_seal(&sealed, revocable, its->ring, its->context, pool);

    if (problem) {
        return problem;
    }
    *job = job_create(revoker, client, sealed, revocable->expires, 0);
    return *job ? journal_add(revoker->journal, &(*job)->entry, pool)
                : problem_make(pool, PROBLEM_TOKEN_UNLOGGED,
                               "%d tokens wait to be revoked: there is no room for another",
                               revoker->queue.room);
}

static revoker_hold_t *hold(revoker_t *revoker, revoker_job_t *job, apr_pool_t *pool)
{
    revoker_hold_t *held = apr_palloc(pool, sizeof(*held));

    *held = (revoker_hold_t){.revoker = revoker, .job = job, .pool = pool};
    apr_pool_cleanup_register(pool, held, hand_over_with_pool, apr_pool_cleanup_null);
    return held;
}

problem_t *revoker_hold(revoker_hold_t **held, revoker_t *revoker, int client,
                        const oauth_token_t *token, apr_pool_t *pool)
{
    revocable_t revocable = {.expires = token->expires, .token = token->access_token};
    revoker_job_t *job = NULL;
    problem_t *problem = write_down(&job, revoker, client, &revocable, pool);

    if (!problem) {
        *held = hold(revoker, job, pool);
    }
    else if (job) {
        enqueue(revoker, job, 0);
        announce(revoker, pool);
    }
    else {
        revoke_directly(revoker, &revoker->clients[client], &revocable, pool);
    }
    return problem;
}

problem_t *revoker_hold_code(revoker_hold_t **held, revoker_t *revoker, int client,
                             const char *code, const char *verifier, apr_pool_t *pool)
{
    const revocable_t revocable = {
        .expires = apr_time_now() + LINODES_LIFETIME, .code = code, .verifier = verifier};
    revoker_job_t *job = NULL;
    problem_t *problem = write_down(&job, revoker, client, &revocable, pool);

    if (!problem) {
        *held = hold(revoker, job, pool);
    }
    else if (job) {
        job_done(revoker, job);
    }
    return problem;
}

/* The job of a hold, which has had its use, or NULL. */
static revoker_job_t *release(revoker_hold_t *held)
{
    revoker_job_t *job = held->job;

    held->job = NULL;
    apr_pool_cleanup_kill(held->pool, held, hand_over_with_pool);
    return job;
}

void revoker_let_go(revoker_hold_t *held)
{
    revoker_job_t *job = release(held);

    if (job) {
        job_done(held->revoker, job);
    }
}

void revoker_hand_over(revoker_hold_t *held)
{
    revoker_job_t *job = release(held);

    if (job) {
        enqueue(held->revoker, job, 0);
        announce(held->revoker, held->pool);
    }
}

/* ---------------------------------------------------------------- one try */

/* Makes the whole client wait; true if it was this failure that decided it. */
static int pause_client(revoker_t *revoker, const revoker_job_t *job, apr_time_t began,
                        const problem_t *problem)
{
    int decides;

    apr_thread_mutex_lock(revoker->mutex);
    decides = revoker_client_failed(&revoker->clients[job->client], began, problem);
    apr_thread_mutex_unlock(revoker->mutex);
    return decides;
}

static void try_later(revoker_t *revoker, revoker_job_t *job, apr_time_t began,
                      const problem_t *problem, apr_pool_t *pool)
{
    int alone = problem->kind == PROBLEM_LINODE_REFUSED;
    apr_time_t due = alone ? workers_now() + revoker_client_pause(job->tries, problem) : 0;
    int tell = alone ? job->tries == 1 : pause_client(revoker, job, began, problem);

    if (!job->entry.listed) {
        journal_add(revoker->journal, &job->entry, pool);
    }
    enqueue(revoker, job, due);
    if (tell && !atomic_load(&revoker->stopping)) {
        log_line(revoker->log, LOG_LINE_WARNING, pool,
                 "LO0601: %s could not be revoked yet, %d in all wait for it: %s",
                 alone ? "one token" : "tokens", revoker_count(revoker),
                 problem_line(problem, pool));
    }
}

static void succeeded(revoker_t *revoker, revoker_client_state_t *client, apr_pool_t *pool)
{
    int had_failed;

    apr_thread_mutex_lock(revoker->mutex);
    had_failed = revoker_client_succeeded(client);
    apr_thread_mutex_unlock(revoker->mutex);
    if (had_failed) {
        log_line(revoker->log, LOG_LINE_INFO, pool, "tokens are being revoked again");
    }
}

static void give_up(revoker_t *revoker, revoker_job_t *job, apr_pool_t *pool)
{
    log_line(revoker->log, LOG_LINE_WARNING, pool,
             "LO0602: a token could not be revoked in %d tries and has ended by itself",
             job->tries);
    job_done(revoker, job);
}

/* The job for the token that came of a job's code, in its place. Without room it stays with the
 * code, which Linode refuses then, and ends what came of it. */
static revoker_job_t *with_token(revoker_t *revoker, revoker_job_t *job,
                                 const revocable_t *revocable, apr_pool_t *pool)
{
    revoker_job_t *made = NULL;

    /* Not written down it is in memory, and the next try writes it. */
    write_down(&made, revoker, job->client, revocable, pool);
    if (!made) {
        return job;
    }
    made->tries = job->tries;
    job_done(revoker, job);
    return made;
}

static void attempt(revoker_t *revoker, revoker_job_t *job, apr_pool_t *pool)
{
    revoker_client_state_t *client = &revoker->clients[job->client];
    apr_time_t began = workers_now();
    revocable_t revocable = {0};
    int opens = revocable_open(&revocable, job->text, client->ring, client->context, pool);
    int was_code = revocable.code != NULL;
    problem_t *problem = opens ? tell_linode(revoker, client, &revocable, LONGEST_TRY, pool)
                               : problem_make(pool, PROBLEM_INTERNAL, "an entry does not open");

    job->tries++;
    if (problem && was_code && revocable.token) {
        job = with_token(revoker, job, &revocable, pool);
    }
    revocable_wipe(&revocable);
    if (problem) {
        try_later(revoker, job, began, problem, pool);
        return;
    }
    job_done(revoker, job);
    succeeded(revoker, client, pool);
}

/* ---------------------------------------------------------------- what other processes left */

typedef struct taking_t {
    revoker_t *revoker;
    int taken;
} taking_t;

/* However long ago an entry seems to have ended, Linode is asked: this machine's clock may be
 * wrong, and who asks needlessly is told that the token is gone. */
static journal_verdict_t take(void *baton, const char *text, apr_pool_t *pool)
{
    taking_t *taking = baton;
    revoker_t *revoker = taking->revoker;
    revoker_job_t *job;
    apr_time_t expires;
    int client = revoker_client_of(&expires, revoker->clients, revoker->count, text, pool);

    if (client < 0) {
        return JOURNAL_FOREIGN;
    }
    job = atomic_load(&revoker->stopping)
              ? NULL
              : job_create(revoker, client, text, expires, LINODES_LIFETIME);
    if (!job) {
        return JOURNAL_LATER;
    }
    if (journal_add(revoker->journal, &job->entry, pool)) {
        job_done(revoker, job);
        return JOURNAL_LATER;
    }
    enqueue(revoker, job, 0);
    taking->taken++;
    return JOURNAL_DONE;
}

static void sweep(revoker_t *revoker, apr_pool_t *pool)
{
    taking_t taking = {.revoker = revoker};

    journal_sweep(revoker->journal, take, &taking, revoker->log, pool);
    if (taking.taken) {
        log_line(revoker->log, LOG_LINE_INFO, pool,
                 "%d tokens that another process left behind are being revoked", taking.taken);
    }
    apr_thread_mutex_lock(revoker->mutex);
    revoker->sweeping = 0;
    revoker->sweep_at = workers_now() + retry_spread(SWEEP_INTERVAL, 2);
    apr_thread_mutex_unlock(revoker->mutex);
}

/* ---------------------------------------------------------------- turns */

/* The next job that is due and whose client is not paused; *next is when to look again. */
static revoker_job_t *take_due(apr_time_t *next, revoker_t *revoker, apr_time_t now)
{
    revoker_job_t *job;

    while ((job = revoker_queue_first(&revoker->queue)) && job->due <= now) {
        apr_time_t resume = revoker->clients[job->client].resume;

        revoker_queue_take(&revoker->queue);
        if (resume <= now || job->ends <= now) {
            break;
        }
        job->due = resume < job->ends ? resume : job->ends;
        revoker_queue_add(&revoker->queue, job);
    }
    if (job && job->due > now) {
        *next = job->due < *next ? job->due : *next;
        job = NULL;
    }
    return job;
}

apr_time_t revoker_turn(revoker_t *revoker, apr_pool_t *pool)
{
    apr_time_t now = workers_now();
    apr_time_t next = now + SWEEP_INTERVAL;
    revoker_job_t *job, *other;
    int sweeps, more;

    apr_thread_mutex_lock(revoker->mutex);
    sweeps = !revoker->sweeping && revoker->sweep_at <= now && !atomic_load(&revoker->stopping);
    revoker->sweeping |= sweeps;
    job = sweeps ? NULL : take_due(&next, revoker, now);
    other = revoker_queue_first(&revoker->queue);
    more = other && other->due <= now;
    if (!revoker->sweeping && revoker->sweep_at < next) {
        next = revoker->sweep_at;
    }
    apr_thread_mutex_unlock(revoker->mutex);
    if (sweeps) {
        sweep(revoker, pool);
        return 0;
    }
    if (!job) {
        return next;
    }
    if (more) {
        announce(revoker, pool);
    }
    if (job->ends <= now && job->tries > 0) {
        give_up(revoker, job, pool);
    }
    else {
        attempt(revoker, job, pool);
    }
    return 0;
}

static apr_time_t turn(void *revoker, apr_pool_t *pool)
{
    return revoker_turn(revoker, pool);
}

int revoker_count(revoker_t *revoker)
{
    int count;

    apr_thread_mutex_lock(revoker->mutex);
    count = revoker->jobs;
    apr_thread_mutex_unlock(revoker->mutex);
    return count;
}

/* ---------------------------------------------------------------- from beginning to end */

static apr_status_t free_jobs(void *data)
{
    revoker_t *revoker = data;
    revoker_job_t *job;

    while ((job = revoker_queue_take(&revoker->queue))) {
        free(job);
    }
    return APR_SUCCESS;
}

static problem_t *start(revoker_t *revoker, int threads, apr_pool_t *pool)
{
    problem_t *unwritable = journal_prepare(revoker->journal, pool);

    if (unwritable) {
        log_line(revoker->log, LOG_LINE_ERROR, pool,
                 "LO0603: %s; until it can, no token is used and nothing is created",
                 unwritable->detail);
    }
    if (threads > 0) {
        revoker->workers = workers_create(threads, turn, revoker, pool);
        if (!revoker->workers) {
            return problem_make(pool, PROBLEM_INTERNAL, "the system gave no lock for threads");
        }
        announce(revoker, pool);
    }
    return NULL;
}

problem_t *revoker_create(revoker_t **revoker, const revoker_options_t *options, http_t *http,
                          apr_pool_t *pool)
{
    revoker_t *made = apr_pcalloc(pool, sizeof(*made));
    problem_t *problem = journal_create(&made->journal, options->directory, options->limits, pool);
    int i;

    made->pool = pool;
    made->http = http;
    made->metrics = options->metrics;
    made->log = options->log;
    made->count = options->count;
    made->clients = apr_pcalloc(pool, sizeof(*made->clients) * (apr_size_t)(options->count + 1));
    for (i = 0; i < options->count && !problem; i++) {
        problem =
            revoker_client_make(&made->clients[i], &options->clients[i], &made->abandon, pool);
    }
    /* As many again as the journal holds may wait without being written down. */
    revoker_queue_init(&made->queue, 2 * options->limits->entries, pool);
    if (!problem &&
        apr_thread_mutex_create(&made->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS) {
        problem = problem_make(pool, PROBLEM_INTERNAL, "the system gave no lock for the revoker");
    }
    if (!problem) {
        apr_pool_cleanup_register(pool, made, free_jobs, apr_pool_cleanup_null);
        problem = start(made, options->threads, pool);
    }
    *revoker = made;
    return problem;
}

apr_pool_t *revoker_pool(const revoker_t *revoker)
{
    return revoker->pool;
}

int revoker_stop(revoker_t *revoker)
{
    atomic_store(&revoker->stopping, 1);
    if (!revoker->workers || workers_stop(revoker->workers, STOP_QUICK)) {
        return 1;
    }
    atomic_store(&revoker->abandon, 1);
    return workers_stop(revoker->workers, STOP_ABANDONED);
}
