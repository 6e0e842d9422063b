/* SPDX-License-Identifier: Apache-2.0 */
#include <malloc.h>

#include <apr_thread_proc.h>

#include "catalog_world.h"
#include "linode/catalog_cache.h"
#include "linode/catalog_refresher.h"

#define SECOND APR_USEC_PER_SEC

enum { MOUNTS = 3 };

static const char *directory;
static const apr_array_header_t *sources;
static catalog_choice_t choices[MOUNTS];
static catalog_mount_t mounts[MOUNTS];

static void make_directory(void)
{
    int i;

    directory = directory_make();
    sources = world_sources(600 * SECOND);
    choices[1].types = strings("*Linode*", NULL);
    choices[2].types = strings("nothing like it", NULL);
    for (i = 0; i < MOUNTS; i++) {
        choices[i].stackscript_id = 7;
        mounts[i] = (catalog_mount_t){.api = &api, .choice = &choices[i], .refresh = 600 * SECOND};
    }
}

static catalog_cache_t *cache_of(int count, apr_pool_t *own, apr_time_t started)
{
    const catalog_cache_options_t options = {
        .mounts = mounts, .count = count, .directory = directory, .started = started, .look = 0};
    catalog_cache_t *cache;

    ck_assert_fine(catalog_cache_create(&cache, &options, own));
    return cache;
}

static catalog_cache_t *cache_in(apr_pool_t *own, apr_time_t started)
{
    return cache_of(MOUNTS, own, started);
}

static void write_copy(const catalog_copy_t *copy, int kind)
{
    ck_assert_int_eq(catalog_file_write(copy, source_of(sources, kind), directory, pool), 0);
}

/* What a refresher would write. */
static void publish(world_t *world, apr_time_t read)
{
    int kind;

    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        catalog_copy_t copy;

        ck_assert_fine(
            catalog_source_read(&copy, source_of(sources, kind), NULL, &world->http, NULL, pool));
        copy.read = read;
        write_copy(&copy, kind);
    }
}

static void publish_problem(int kind, problem_kind_t problem, apr_time_t read, apr_time_t again)
{
    const catalog_copy_t copy = {
        .problem = problem_make(pool, problem, "the reason"), .read = read, .again = again};

    write_copy(&copy, kind);
}

/* ---------------------------------------------------------------- copies into catalogs */

START_TEST(each_mount_has_its_own)
{
    catalog_cache_t *cache;
    const catalog_t *all, *some, *none = NULL;
    problem_t *problem;

    make_directory();
    publish(world_make(), 1000);
    cache = cache_in(pool, apr_time_now());
    ck_assert_int_eq(catalog_cache_sources(cache)->nelts, CATALOG_KINDS);
    ck_assert_fine(catalog_cache_get(&all, cache, 0, pool));
    ck_assert_fine(catalog_cache_get(&some, cache, 1, pool));
    problem = catalog_cache_get(&none, cache, 2, pool);
    ck_assert_str_eq(ids(all->types), "g6-nanode-1 g6-standard-2");
    ck_assert_str_eq(ids(some->types), "g6-standard-2");
    ck_assert_problem(problem, STACKSCRIPT_UNUSABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "no plan"));
    ck_assert_ptr_null(none);
    ck_assert_int_eq(all->fetched, 1000);
    ck_assert(all->version != 0 && some->version != 0 && all->version != some->version);
    ck_assert(!catalog_is_available(all, "g6-standard-2", "us-east"));
    /* What they have in common is in memory once. */
    ck_assert_ptr_eq(json_array_get(all->types, 1), json_array_get(some->types, 0));
    ck_assert_ptr_eq(json_array_get(all->regions, 0), json_array_get(some->regions, 0));
    directory_remove(directory);
}
END_TEST

START_TEST(a_new_copy_makes_a_new_catalog)
{
    world_t *world = world_make();
    catalog_cache_t *cache;
    const catalog_t *first, *second, *third;
    apr_pool_t *reader;

    make_directory();
    publish(world, 1000);
    cache = cache_in(pool, apr_time_now());
    apr_pool_create(&reader, pool);
    ck_assert_fine(catalog_cache_get(&first, cache, 0, reader));
    ck_assert_fine(catalog_cache_get(&second, cache, 0, pool));
    ck_assert_ptr_eq(first, second);
    world->answers[CATALOG_TYPES] = PAGE(NANODE);
    publish(world, 2000);
    ck_assert_fine(catalog_cache_get(&third, cache, 0, pool));
    ck_assert(third->version != first->version);
    ck_assert_str_eq(ids(third->types), "g6-nanode-1");
    ck_assert_int_eq(third->fetched, 2000);
    ck_assert_str_eq(ids(first->types), "g6-nanode-1 g6-standard-2");
    apr_pool_destroy(reader);
    ck_assert_str_eq(ids(third->regions), "us-east co-bog");
    directory_remove(directory);
}
END_TEST

START_TEST(a_reader_may_outlive_the_cache)
{
    const catalog_t *catalog;
    apr_pool_t *child;

    make_directory();
    publish(world_make(), 1000);
    apr_pool_create(&child, NULL);
    ck_assert_fine(catalog_cache_get(&catalog, cache_in(child, apr_time_now()), 0, pool));
    apr_pool_destroy(child);
    ck_assert_str_eq(ids(catalog->types), "g6-nanode-1 g6-standard-2");
    directory_remove(directory);
}
END_TEST

START_TEST(the_old_catalog_serves_whatever_becomes_of_the_files)
{
    catalog_cache_t *cache;
    const catalog_t *first, *then;
    const char *path;

    make_directory();
    publish(world_make(), 1000);
    path =
        catalog_file_path(directory, source_of(sources, CATALOG_REGIONS), CATALOG_FILE_COPY, pool);
    cache = cache_in(pool, apr_time_now());
    ck_assert_fine(catalog_cache_get(&first, cache, 0, pool));
    file_write(path, "{\"format\":1,\"half\":");
    ck_assert_fine(catalog_cache_get(&then, cache, 0, pool));
    ck_assert_ptr_eq(first, then);
    publish_problem(CATALOG_REGIONS, PROBLEM_CATALOG_UNAVAILABLE, apr_time_now(), 0);
    ck_assert_fine(catalog_cache_get(&then, cache, 0, pool));
    ck_assert_ptr_eq(first, then);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_fine(catalog_cache_get(&then, cache, 0, pool));
    ck_assert_ptr_eq(first, then);
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- without a catalog */

START_TEST(a_failure_is_the_answer_and_says_when)
{
    apr_time_t started = apr_time_now();
    catalog_cache_t *cache;
    const catalog_t *catalog;
    problem_t *problem;

    make_directory();
    publish_problem(CATALOG_STACKSCRIPT, PROBLEM_STACKSCRIPT_UNUSABLE, started,
                    started + 3600 * SECOND);
    cache = cache_in(pool, started);
    problem = catalog_cache_get(&catalog, cache, 0, pool);
    ck_assert_problem(problem, STACKSCRIPT_UNUSABLE);
    ck_assert_str_eq(problem->detail, "the reason");
    ck_assert(problem->retry_after > 3000 * SECOND && problem->retry_after <= 3600 * SECOND);
    publish(world_make(), started);
    apr_sleep(110000); /* without a catalog it is looked ten times a second */
    ck_assert_fine(catalog_cache_get(&catalog, cache, 0, pool));
    directory_remove(directory);
}
END_TEST

START_TEST(nobody_waits_for_ever_for_the_first_copy)
{
    static const api_t impatient = {.url = "https://api.example/v4", .total_timeout = 300000};
    apr_time_t started = apr_time_now();
    catalog_cache_t *cache;
    const catalog_t *catalog;
    problem_t *problem;
    int i;

    make_directory();
    for (i = 0; i < MOUNTS; i++) {
        mounts[i].api = &impatient;
    }
    /* A failure from before the start says nothing about now. */
    publish_problem(CATALOG_TYPES, PROBLEM_CATALOG_UNAVAILABLE, started - SECOND, 0);
    cache = cache_in(pool, started);
    problem = catalog_cache_get(&catalog, cache, 0, pool);
    ck_assert_problem(problem, CATALOG_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "still being read"));
    directory_remove(directory);
}
END_TEST

START_TEST(what_is_sold_out_is_not_waited_for_for_ever)
{
    static const api_t impatient = {.url = "https://api.example/v4", .total_timeout = 300000};
    catalog_cache_t *cache;
    const catalog_t *catalog;
    int i;

    make_directory();
    for (i = 0; i < MOUNTS; i++) {
        mounts[i].api = &impatient;
    }
    publish(world_make(), 1000);
    ck_assert_int_eq(unlink(catalog_file_path(directory, source_of(sources, CATALOG_UNAVAILABLE),
                                              CATALOG_FILE_COPY, pool)),
                     0);
    cache = cache_in(pool, apr_time_now());
    ck_assert_fine(catalog_cache_get(&catalog, cache, 0, pool));
    ck_assert(catalog_is_available(catalog, "g6-standard-2", "us-east"));
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- many threads */

enum { THREADS = 16 };

typedef struct reader_t {
    catalog_cache_t *cache;
    atomic_int *stop; /* NULL: one round */
    int read;
    int failed;
} reader_t;

static void *APR_THREAD_FUNC read_often(apr_thread_t *thread, void *data)
{
    reader_t *reader = data;
    apr_pool_t *request;

    apr_pool_create_unmanaged_ex(&request, NULL, NULL);
    do {
        const catalog_t *catalog;
        problem_t *problem = catalog_cache_get(&catalog, reader->cache, 0, request);

        if (problem) {
            reader->failed++;
        }
        else if (catalog_find(catalog->types, "g6-nanode-1") &&
                 catalog_find(catalog->images, "linode/debian12")) {
            reader->read++;
        }
        apr_pool_clear(request);
        apr_sleep(100);
    } while (reader->stop && !atomic_load(reader->stop));
    apr_pool_destroy(request);
    (void)thread;
    return NULL;
}

static void start_readers(apr_thread_t **threads, reader_t *readers, int count,
                          catalog_cache_t *cache, atomic_int *stop)
{
    int i;

    for (i = 0; i < count; i++) {
        readers[i] = (reader_t){.cache = cache, .stop = stop};
        ck_assert_int_eq(apr_thread_create(&threads[i], NULL, read_often, &readers[i], pool), 0);
    }
}

static void join_readers(apr_thread_t **threads, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        apr_status_t status;

        apr_thread_join(&status, threads[i]);
    }
}

/* All readers are there before anything has been read. */
static void read_first(reader_t *readers, world_t *world)
{
    apr_time_t started = apr_time_now();
    noted_t *noted = noted_make();
    apr_thread_t *threads[THREADS];
    catalog_refresher_options_t options = {.started = started, .threads = 1, .log = &noted->log};
    catalog_cache_t *cache;
    catalog_refresher_t *refresher;
    apr_pool_t *own;

    make_directory();
    cache = cache_in(pool, started);
    start_readers(threads, readers, THREADS, cache, NULL);
    options.directory = directory;
    options.sources = catalog_cache_sources(cache);
    apr_pool_create_unmanaged_ex(&own, NULL, NULL);
    ck_assert_fine(catalog_refresher_create(&refresher, &options, &world->http, own));
    join_readers(threads, THREADS);
    ck_assert(catalog_refresher_stop(refresher));
    apr_pool_destroy(own);
    directory_remove(directory);
}

START_TEST(the_first_readers_share_one_reading)
{
    world_t *world = world_make();
    reader_t readers[THREADS];
    int i;

    read_first(readers, world);
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(readers[i].read, 1);
    }
    for (i = 0; i < CATALOG_KINDS; i++) {
        ck_assert_int_eq(atomic_load(&world->calls[i]), 1);
    }
}
END_TEST

START_TEST(the_first_readers_share_one_failure)
{
    world_t *world = world_make();
    reader_t readers[THREADS];
    int i;

    atomic_store(&world->down, 1);
    read_first(readers, world);
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(readers[i].failed, 1);
    }
    ck_assert_int_eq(world_calls(world), 1);
}
END_TEST

/* ---------------------------------------------------------------- telling */

typedef struct told_t {
    int sources;
    int read; /* of them */
    apr_time_t latest;
} told_t;

static void note(void *baton, const catalog_source_t *source, apr_time_t read)
{
    told_t *told = baton;

    ck_assert_ptr_nonnull(source->url);
    told->sources++;
    told->read += read > 0;
    told->latest = read > told->latest ? read : told->latest;
}

START_TEST(it_tells_when_each_source_was_read)
{
    world_t *world = world_make();
    catalog_cache_t *cache;
    told_t before = {0}, after = {0};

    make_directory();
    cache = cache_in(pool, 1);
    catalog_cache_tell(cache, note, &before);
    ck_assert_int_eq(before.sources, CATALOG_KINDS);
    ck_assert_int_eq(before.read, 0);
    publish(world, 77 * SECOND);
    catalog_cache_tell(cache, note, &after);
    ck_assert_int_eq(after.read, CATALOG_KINDS);
    ck_assert_int_eq((int)apr_time_sec(after.latest), 77);
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- many swaps */

enum { SWAPS = 10000, SETTLED = 1000, READERS = 2, SLACK = 64 * 1024 };

#define TYPES_FILE(types)                                                                          \
    "{\"format\":1,\"url\":\"https://api.example/v4/linode/types\",\"read\":1000,\"data\":[" types \
    "]}"

/* Puts one of two files that are there already in the copy's place, so that nothing waits for a
 * disk. */
static void swap_file(const char *const paths[2], const char *path, int which)
{
    char unfinished[256];

    apr_snprintf(unfinished, sizeof(unfinished), "%s.next", path);
    ck_assert_int_eq(link(paths[which], unfinished), 0);
    ck_assert_int_eq(rename(unfinished, path), 0);
}

START_TEST(nothing_is_left_of_what_was_swapped)
{
    atomic_int stop = 0;
    apr_thread_t *threads[READERS];
    reader_t readers[READERS];
    apr_pool_t *request;
    catalog_cache_t *cache;
    const catalog_t *catalog = NULL;
    const char *paths[2];
    const char *path;
    size_t settled = 0;
    int i;

    make_directory();
    publish(world_make(), 1000);
    path = catalog_file_path(directory, source_of(sources, CATALOG_TYPES), CATALOG_FILE_COPY, pool);
    paths[0] = apr_pstrcat(pool, path, ".smaller", NULL);
    paths[1] = apr_pstrcat(pool, path, ".larger", NULL);
    file_write(paths[0], TYPES_FILE(NANODE));
    file_write(paths[1], TYPES_FILE(NANODE "," LINODE));
    cache = cache_of(1, pool, apr_time_now());
    apr_pool_create(&request, pool);
    start_readers(threads, readers, READERS, cache, &stop);
    for (i = 0; i < SWAPS; i++) {
        int larger = i % 2;

        swap_file(paths, path, larger);
        do {
            apr_pool_clear(request);
            ck_assert_fine(catalog_cache_get(&catalog, cache, 0, request));
        } while ((catalog_find(catalog->types, "g6-standard-2") != NULL) != larger);
        if (i == SETTLED) {
            settled = mallinfo2().uordblks;
        }
    }
    atomic_store(&stop, 1);
    join_readers(threads, READERS);
    ck_assert_msg(mallinfo2().uordblks <= settled + SLACK, "%lu bytes after %d swaps, %lu after %d",
                  (unsigned long)settled, SETTLED, (unsigned long)mallinfo2().uordblks, SWAPS);
    for (i = 0; i < READERS; i++) {
        ck_assert_int_gt(readers[i].read, 0);
        ck_assert_int_eq(readers[i].failed, 0);
    }
    directory_remove(directory);
}
END_TEST

TESTS("catalog_cache", each_mount_has_its_own, a_new_copy_makes_a_new_catalog,
      a_reader_may_outlive_the_cache, the_old_catalog_serves_whatever_becomes_of_the_files,
      a_failure_is_the_answer_and_says_when, nobody_waits_for_ever_for_the_first_copy,
      what_is_sold_out_is_not_waited_for_for_ever, the_first_readers_share_one_reading,
      the_first_readers_share_one_failure, it_tells_when_each_source_was_read,
      nothing_is_left_of_what_was_swapped)
