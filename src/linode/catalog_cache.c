/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_thread_mutex.h>

#include "linode/catalog_cache.h"
#include "linode/catalog_file.h"
#include "linode/offer.h"
#include "support/lease.h"
#include "support/memory.h"
#include "support/workers.h"

/* As long as a mount has nothing to show it is looked more often, and most as long as that is not
 * known to be so. */
#define LOOK_WITHOUT  100000
#define LOOK_AWAITING 10000

/* One source's copy as it was read last. */
typedef struct reading_t {
    lease_t *lease;
    catalog_copy_t copy;
} reading_t;

typedef struct slot_t {
    const catalog_source_t *source;
    const char *path;
    catalog_file_stamp_t stamp;
    reading_t *reading; /* or NULL */
    int changed;        /* since the mounts' catalogs were made */
} slot_t;

/* What a mount has to show: a catalog, or why there is none. */
typedef struct entry_t {
    lease_t *lease;
    catalog_t *catalog;
    problem_t *problem;
    apr_time_t again; /* with a problem: when Linode is asked next, 0 when that is not known */
    int awaits;       /* something has not been read even once */
} entry_t;

typedef struct mount_t {
    const api_t *api;
    const catalog_choice_t *choice;
    int slots[CATALOG_KINDS];
    entry_t *entry; /* never NULL once somebody has looked */
} mount_t;

struct catalog_cache_t {
    apr_time_t started;
    apr_interval_time_t look;
    apr_array_header_t *sources; /* catalog_source_t * */
    slot_t *slots;               /* the looking thread's */
    mount_t *mounts;
    int count;
    apr_uint64_t versions;     /* the looking thread's */
    apr_thread_mutex_t *mutex; /* guards the entries and what follows */
    int looking;
    apr_time_t next_look;
};

/* ---------------------------------------------------------------- reading copies */

static void release_reading(reading_t *reading)
{
    lease_end(reading ? reading->lease : NULL);
}

/* NULL when the file is not to be believed; then the last good reading stays. */
static reading_t *read_slot(const slot_t *slot)
{
    lease_t *lease = lease_create();
    reading_t *reading = lease ? apr_pcalloc(lease->pool, sizeof(*reading)) : NULL;
    const char *why;

    if (reading) {
        reading->lease = lease;
        if (!catalog_file_read(&reading->copy, &why, slot->source, slot->path, lease->pool)) {
            release_reading(reading);
            reading = NULL;
        }
    }
    return reading;
}

/* The failure of another process, whose file has vanished or is damaged, does not undo data. */
static void read_if_changed(slot_t *slot)
{
    reading_t *reading =
        catalog_file_has_changed(&slot->stamp, slot->path) ? read_slot(slot) : NULL;

    if (reading && slot->reading && slot->reading->copy.data && !reading->copy.data) {
        release_reading(reading);
    }
    else if (reading) {
        release_reading(slot->reading);
        slot->reading = reading;
        slot->changed = 1;
    }
}

/* ---------------------------------------------------------------- making entries */

static void release_entry(entry_t *entry)
{
    lease_end(entry ? entry->lease : NULL);
}

static const catalog_copy_t *part_of(const catalog_cache_t *cache, const mount_t *mount, int kind)
{
    const reading_t *reading = cache->slots[mount->slots[kind]].reading;

    return reading ? &reading->copy : NULL;
}

/* Why a mount cannot have a catalog: what is known of a part that it has to have. */
static int find_lack(entry_t *entry, const catalog_cache_t *cache, const mount_t *mount)
{
    int lacks = 0;
    int kind;

    for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
        const catalog_copy_t *part = part_of(cache, mount, kind);

        if (part && part->data) {
            continue;
        }
        lacks = 1;
        if (part && part->read >= cache->started) {
            entry->problem = problem_copy(part->problem, entry->lease->pool);
            entry->again = part->again;
            return 1;
        }
    }
    if (lacks) {
        entry->awaits = 1;
        entry->problem = problem_make(entry->lease->pool, PROBLEM_CATALOG_UNAVAILABLE,
                                      "the first catalog is still being read");
    }
    return lacks;
}

/* NULL when there is no memory. */
static entry_t *make_entry(catalog_cache_t *cache, const mount_t *mount)
{
    const catalog_copy_t *parts[CATALOG_KINDS];
    lease_t *lease = lease_create();
    entry_t *entry = lease ? apr_pcalloc(lease->pool, sizeof(*entry)) : NULL;
    int kind;

    if (!entry) {
        return NULL;
    }
    entry->lease = lease;
    if (find_lack(entry, cache, mount)) {
        return entry;
    }
    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        parts[kind] = part_of(cache, mount, kind);
    }
    entry->problem = catalog_make(&entry->catalog, parts, mount->choice, lease->pool);
    if (!entry->problem) {
        entry->problem = offer_check_possible(entry->catalog, lease->pool);
    }
    if (entry->problem) {
        entry->catalog = NULL;
    }
    else {
        entry->catalog->version = ++cache->versions;
        entry->awaits = !parts[CATALOG_UNAVAILABLE];
    }
    return entry;
}

static int concerns(const catalog_cache_t *cache, const mount_t *mount)
{
    int kind;

    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        if (cache->slots[mount->slots[kind]].changed) {
            return 1;
        }
    }
    return !mount->entry;
}

/* ---------------------------------------------------------------- looking */

static void swap(catalog_cache_t *cache, mount_t *mount, entry_t *entry)
{
    entry_t *replaced;

    apr_thread_mutex_lock(cache->mutex);
    replaced = mount->entry;
    mount->entry = entry;
    apr_thread_mutex_unlock(cache->mutex);
    release_entry(replaced);
}

static apr_interval_time_t shorter(apr_interval_time_t a, apr_interval_time_t b)
{
    return a < b ? a : b;
}

static apr_interval_time_t look_again(const entry_t *entry)
{
    if (entry && entry->awaits) {
        return LOOK_AWAITING;
    }
    return entry && entry->catalog ? CATALOG_CACHE_LOOK : LOOK_WITHOUT;
}

/* How long until somebody looks again. */
static apr_interval_time_t look(catalog_cache_t *cache)
{
    apr_interval_time_t interval = cache->look;
    int swapped = 0;
    int i;

    for (i = 0; i < cache->sources->nelts; i++) {
        read_if_changed(&cache->slots[i]);
    }
    for (i = 0; i < cache->count; i++) {
        mount_t *mount = &cache->mounts[i];
        entry_t *entry = concerns(cache, mount) ? make_entry(cache, mount) : NULL;

        if (entry) {
            swap(cache, mount, entry);
            swapped = 1;
        }
        interval = shorter(interval, look_again(mount->entry));
    }
    for (i = 0; i < cache->sources->nelts; i++) {
        cache->slots[i].changed = 0;
    }
    if (swapped) {
        memory_give_back();
    }
    return interval;
}

/* The mutex is held, but not while looking. */
static void look_if_due(catalog_cache_t *cache)
{
    apr_interval_time_t interval;

    if (cache->looking || workers_now() < cache->next_look) {
        return;
    }
    cache->looking = 1;
    apr_thread_mutex_unlock(cache->mutex);
    interval = look(cache);
    apr_thread_mutex_lock(cache->mutex);
    cache->next_look = workers_now() + interval;
    cache->looking = 0;
}

/* Likewise. Another process may be the one that reads, so that there is nothing to wait for but
 * its file. */
static void await_first(catalog_cache_t *cache, const mount_t *mount)
{
    apr_time_t deadline = workers_now() + mount->api->total_timeout;

    while ((!mount->entry || mount->entry->awaits) && workers_now() < deadline) {
        apr_thread_mutex_unlock(cache->mutex);
        apr_sleep(LOOK_AWAITING);
        apr_thread_mutex_lock(cache->mutex);
        look_if_due(cache);
    }
}

/* ---------------------------------------------------------------- the outside */

static problem_t *explain(const entry_t *entry, apr_pool_t *pool)
{
    problem_t *problem = problem_copy(entry->problem, pool);
    apr_interval_time_t left = entry->again - apr_time_now();

    if (problem->retry_after < left) {
        problem->retry_after = left;
    }
    return problem;
}

static problem_t *take(const catalog_t **catalog, const mount_t *mount, apr_pool_t *pool)
{
    const entry_t *entry = mount->entry;

    if (!entry) {
        return problem_make(pool, PROBLEM_CATALOG_UNAVAILABLE,
                            "this child has not got round to reading it, or has no memory for it");
    }
    if (!entry->catalog) {
        return explain(entry, pool);
    }
    lease_share(entry->lease, pool);
    *catalog = entry->catalog;
    return NULL;
}

problem_t *catalog_cache_get(const catalog_t **catalog, catalog_cache_t *cache, int mount,
                             apr_pool_t *pool)
{
    problem_t *problem;

    apr_thread_mutex_lock(cache->mutex);
    look_if_due(cache);
    await_first(cache, &cache->mounts[mount]);
    problem = take(catalog, &cache->mounts[mount], pool);
    apr_thread_mutex_unlock(cache->mutex);
    return problem;
}

/* The slots belong to the thread that looks: becomes it, without looking. */
static void become_looking(catalog_cache_t *cache)
{
    while (cache->looking) {
        apr_thread_mutex_unlock(cache->mutex);
        apr_sleep(LOOK_AWAITING);
        apr_thread_mutex_lock(cache->mutex);
    }
    cache->looking = 1;
}

void catalog_cache_tell(catalog_cache_t *cache, catalog_cache_tell_t *tell, void *baton)
{
    int i;

    apr_thread_mutex_lock(cache->mutex);
    look_if_due(cache);
    become_looking(cache);
    apr_thread_mutex_unlock(cache->mutex);
    for (i = 0; i < cache->sources->nelts; i++) {
        const reading_t *reading = cache->slots[i].reading;

        tell(baton, cache->slots[i].source, reading && reading->copy.data ? reading->copy.read : 0);
    }
    apr_thread_mutex_lock(cache->mutex);
    cache->looking = 0;
    apr_thread_mutex_unlock(cache->mutex);
}

const apr_array_header_t *catalog_cache_sources(const catalog_cache_t *cache)
{
    return cache->sources;
}

/* ---------------------------------------------------------------- from beginning to end */

static apr_status_t close_cache(void *data)
{
    catalog_cache_t *cache = data;
    int i;

    for (i = 0; i < cache->count; i++) {
        release_entry(cache->mounts[i].entry);
    }
    for (i = 0; i < cache->sources->nelts; i++) {
        release_reading(cache->slots[i].reading);
    }
    return APR_SUCCESS;
}

/* Kind by kind, so that what all mounts need is read before each one's script. */
static void add_sources(catalog_cache_t *cache, const catalog_mount_t *mounts, apr_pool_t *pool)
{
    int kind;
    int i;

    cache->sources = apr_array_make(pool, CATALOG_KINDS, sizeof(catalog_source_t *));
    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        for (i = 0; i < cache->count; i++) {
            cache->mounts[i].slots[kind] =
                catalog_source_add(cache->sources, (catalog_kind_t)kind, mounts[i].api,
                                   mounts[i].choice->stackscript_id, mounts[i].refresh);
        }
    }
}

static void make_slots(catalog_cache_t *cache, const char *directory, apr_pool_t *pool)
{
    int i;

    cache->slots = apr_pcalloc(pool, sizeof(*cache->slots) * (apr_size_t)cache->sources->nelts);
    for (i = 0; i < cache->sources->nelts; i++) {
        slot_t *slot = &cache->slots[i];

        slot->source = APR_ARRAY_IDX(cache->sources, i, const catalog_source_t *);
        slot->path = catalog_file_path(directory, slot->source, CATALOG_FILE_COPY, pool);
    }
}

problem_t *catalog_cache_create(catalog_cache_t **cache, const catalog_cache_options_t *options,
                                apr_pool_t *pool)
{
    catalog_cache_t *made = apr_pcalloc(pool, sizeof(*made));
    int i;

    made->started = options->started;
    made->look = options->look;
    made->count = options->count;
    made->mounts = apr_pcalloc(pool, sizeof(*made->mounts) * (apr_size_t)made->count);
    for (i = 0; i < made->count; i++) {
        made->mounts[i].api = options->mounts[i].api;
        made->mounts[i].choice = options->mounts[i].choice;
    }
    add_sources(made, options->mounts, pool);
    make_slots(made, options->directory, pool);
    if (apr_thread_mutex_create(&made->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS) {
        return problem_make(pool, PROBLEM_INTERNAL, "the system gave no mutex for the catalog");
    }
    apr_pool_cleanup_register(pool, made, close_cache, apr_pool_cleanup_null);
    *cache = made;
    return NULL;
}
