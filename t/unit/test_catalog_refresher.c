/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include "catalog_world.h"
#include "linode/catalog_refresher.h"
#include "support/workers.h"

#define SECOND  APR_USEC_PER_SEC
#define REFRESH ((apr_interval_time_t)600 * SECOND)

static const char *directory;
static const apr_array_header_t *sources;
static noted_t *noted;

static void make_directory(void)
{
    directory = directory_make();
    sources = world_sources(REFRESH);
    noted = noted_make();
}

static const char *path_of(int kind)
{
    return catalog_file_path(directory, source_of(sources, kind), CATALOG_FILE_COPY, pool);
}

static catalog_refresher_t *refresher_of(world_t *world, apr_time_t started, apr_pool_t *own)
{
    const catalog_refresher_options_t options = {
        .directory = directory, .sources = sources, .started = started, .log = &noted->log};
    catalog_refresher_t *refresher;

    ck_assert_fine(catalog_refresher_create(&refresher, &options, &world->http, own));
    return refresher;
}

/* Turns until nothing is due; when the next one is. */
static apr_time_t settle(catalog_refresher_t *refresher)
{
    apr_time_t next;
    int turns = 0;

    do {
        apr_pool_t *turn;

        apr_pool_create(&turn, pool);
        next = catalog_refresher_turn(refresher, turn);
        apr_pool_destroy(turn);
        ck_assert_int_lt(turns++, 100);
    } while (next <= workers_now());
    return next;
}

static catalog_copy_t copy_of(int kind)
{
    catalog_copy_t copy = {.data = NULL};
    const char *why = NULL;

    ck_assert_msg(catalog_file_read(&copy, &why, source_of(sources, kind), path_of(kind), pool),
                  "%s", why);
    return copy;
}

/* As if all had been read so long ago. */
static void age_copies(apr_interval_time_t age)
{
    int kind;

    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        catalog_copy_t copy = copy_of(kind);

        copy.read -= age;
        ck_assert_int_eq(catalog_file_write(&copy, source_of(sources, kind), directory, pool), 0);
    }
}

/* A world that has been read, and another server's start. */
static catalog_refresher_t *restart(world_t *world, apr_interval_time_t age)
{
    catalog_refresher_t *refresher;
    apr_pool_t *own;

    apr_pool_create(&own, pool);
    refresher = refresher_of(world, apr_time_now(), own);
    settle(refresher);
    apr_pool_destroy(own);
    age_copies(age);
    return refresher_of(world, apr_time_now(), pool);
}

/* ---------------------------------------------------------------- reading */

START_TEST(everything_is_read_once)
{
    world_t *world = world_make();
    apr_time_t before = workers_now();
    catalog_refresher_t *refresher;
    apr_time_t next;

    make_directory();
    refresher = refresher_of(world, apr_time_now(), pool);
    next = settle(refresher);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    ck_assert_str_eq(ids(copy_of(CATALOG_TYPES).data), "g6-nanode-1 g6-standard-2");
    ck_assert_str_eq(ids(copy_of(CATALOG_REGIONS).data), "us-east co-bog");
    ck_assert_str_eq(ids(copy_of(CATALOG_IMAGES).data), "linode/debian12 linode/ubuntu24.04");
    ck_assert_str_eq(json_member_string(copy_of(CATALOG_STACKSCRIPT).data, "label"), "Hello");
    ck_assert_int_eq((int)json_object_size(copy_of(CATALOG_UNAVAILABLE).data), 1);
    ck_assert(next >= before + REFRESH - REFRESH / 10 && next <= workers_now() + REFRESH);
    settle(refresher);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    ck_assert_int_eq(noted->count, 0);
    directory_remove(directory);
}
END_TEST

static void count(void *baton, apr_pool_t *turn)
{
    ck_assert_ptr_nonnull(turn);
    ++*(int *)baton;
}

/* By then everything that was due has been read; and not again as long as nothing is. */
START_TEST(whoever_waits_for_it_is_told_once)
{
    world_t *world = world_make();
    int told = 0;
    catalog_refresher_options_t options = {.settled = count, .baton = &told};
    catalog_refresher_t *refresher;

    make_directory();
    options.directory = directory;
    options.sources = sources;
    options.log = &noted->log;
    ck_assert_fine(catalog_refresher_create(&refresher, &options, &world->http, pool));
    catalog_refresher_turn(refresher, pool);
    ck_assert_int_eq(world_calls(world), 1);
    ck_assert_int_eq(told, 0);
    settle(refresher);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    ck_assert_int_eq(told, 1);
    settle(refresher);
    ck_assert_int_eq(told, 1);
    directory_remove(directory);
}
END_TEST

START_TEST(a_start_reads_at_once_whatever_there_is)
{
    world_t *world = world_make();

    make_directory();
    settle(restart(world, 0));
    ck_assert_int_eq(world_calls(world), 2 * CATALOG_KINDS);
    directory_remove(directory);
}
END_TEST

START_TEST(a_condition_saves_the_answer)
{
    world_t *world = world_make();

    make_directory();
    world->etag = "\"v1\"";
    settle(restart(world, REFRESH));
    ck_assert_str_eq(ids(copy_of(CATALOG_TYPES).data), "g6-nanode-1 g6-standard-2");
    ck_assert(copy_of(CATALOG_TYPES).read > apr_time_now() - REFRESH);
    ck_assert_str_eq(copy_of(CATALOG_TYPES).etag, "\"v1\"");
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- several processes */

START_TEST(one_of_several_reads)
{
    world_t *world = world_make();
    apr_time_t started = apr_time_now();
    catalog_refresher_t *second;
    apr_pool_t *first_process;

    make_directory();
    apr_pool_create(&first_process, pool);
    settle(refresher_of(world, started, first_process));
    second = refresher_of(world, started, pool);
    ck_assert_int_le(settle(second), workers_now() + SECOND);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    /* The first one dies: the second goes on where that was. */
    apr_pool_destroy(first_process);
    ck_assert_int_gt(settle(second), workers_now() + REFRESH / 2);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    age_copies(REFRESH);
    apr_pool_create(&first_process, pool);
    ck_assert(catalog_refresher_stop(second));
    settle(second);
    settle(refresher_of(world, started - REFRESH, first_process));
    ck_assert_int_eq(world_calls(world), 2 * CATALOG_KINDS);
    apr_pool_destroy(first_process);
    directory_remove(directory);
}
END_TEST

static int leaving;

static int is_leaving(void)
{
    return leaving;
}

START_TEST(who_leaves_lets_another_read)
{
    world_t *world = world_make();
    catalog_refresher_options_t options = {.is_leaving = is_leaving};
    catalog_refresher_t *first, *second;

    make_directory();
    options.directory = directory;
    options.sources = sources;
    options.log = &noted->log;
    ck_assert_fine(catalog_refresher_create(&first, &options, &world->http, pool));
    ck_assert_int_le(settle(first), workers_now() + SECOND);
    second = refresher_of(world, apr_time_now(), pool);
    settle(second);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    leaving = 1;
    settle(first);
    settle(second);
    ck_assert_int_eq(world_calls(world), 2 * CATALOG_KINDS);
    leaving = 0;
    directory_remove(directory);
}
END_TEST

START_TEST(who_dies_before_reading_is_replaced)
{
    world_t *world = world_make();
    apr_time_t started = apr_time_now();
    catalog_refresher_t *second;
    apr_pool_t *first_process, *turn;

    make_directory();
    apr_pool_create(&first_process, pool);
    apr_pool_create(&turn, pool);
    catalog_refresher_turn(refresher_of(world, started, first_process), turn);
    ck_assert_int_eq(world_calls(world), 1);
    second = refresher_of(world, started, pool);
    settle(second);
    ck_assert_int_eq(world_calls(world), 1);
    apr_pool_destroy(first_process);
    settle(second);
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- failures */

START_TEST(the_old_copy_stays_while_linode_is_down)
{
    world_t *world = world_make();
    apr_time_t before = workers_now();
    catalog_refresher_t *refresher;
    apr_time_t next;

    make_directory();
    refresher = restart(world, 60 * SECOND);
    atomic_store(&world->down, 1);
    next = settle(refresher);
    ck_assert(next >= before + 27 * SECOND && next <= workers_now() + 30 * SECOND);
    ck_assert_str_eq(ids(copy_of(CATALOG_TYPES).data), "g6-nanode-1 g6-standard-2");
    /* Nobody was there to ask about the rest. */
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS + 1);
    ck_assert_int_eq(noted->count, 1);
    ck_assert_int_eq(noted_with(noted, "LO0421: https://api.example/v4/linode/types"), 1);
    ck_assert_int_eq(noted_with(noted, "the world is down"), 1);
    directory_remove(directory);
}
END_TEST

START_TEST(an_old_copy_is_in_the_log_with_its_age)
{
    world_t *world = world_make();

    make_directory();
    atomic_store(&world->down, 0);
    {
        catalog_refresher_t *refresher = restart(world, (apr_interval_time_t)3 * 3600 * SECOND);

        atomic_store(&world->down, 1);
        settle(refresher);
    }
    ck_assert_int_eq(noted->count, 1);
    ck_assert_int_eq(noted_with(noted, "LO0422"), 1);
    ck_assert_int_eq(noted_with(noted, "is 3 hours old"), 1);
    directory_remove(directory);
}
END_TEST

START_TEST(a_row_of_failures_is_told_once)
{
    world_t *world = world_make();
    catalog_refresher_t *refresher;
    apr_time_t before, next;

    make_directory();
    atomic_store(&world->down, 1);
    before = workers_now();
    refresher = refresher_of(world, apr_time_now(), pool);
    next = settle(refresher);
    ck_assert(next >= before + SECOND * 9 / 10 && next <= workers_now() + SECOND);
    ck_assert_int_eq((int)copy_of(CATALOG_TYPES).problem->kind, (int)PROBLEM_CATALOG_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(copy_of(CATALOG_TYPES).problem->detail, "the world is down"));
    ck_assert(copy_of(CATALOG_TYPES).again > apr_time_now() - SECOND);
    apr_sleep(next - workers_now());
    before = workers_now();
    next = settle(refresher);
    ck_assert(next >= before + SECOND * 18 / 10 && next <= workers_now() + 2 * SECOND);
    ck_assert_int_eq(noted->count, 1);
    ck_assert_int_eq(noted_with(noted, "there is no copy"), 1);
    atomic_store(&world->down, 0);
    apr_sleep(next - workers_now());
    settle(refresher);
    ck_assert_int_eq(noted->count, 2);
    ck_assert_int_eq(noted_with(noted, "LO0423: https://api.example/v4/linode/types"), 1);
    ck_assert_ptr_nonnull(copy_of(CATALOG_TYPES).data);
    ck_assert_ptr_nonnull(copy_of(CATALOG_UNAVAILABLE).data);
    directory_remove(directory);
}
END_TEST

START_TEST(rubbish_is_refused)
{
    static const char *const rubbish[] = {PAGE(""), PAGE("{}"), "[]", "{}", "<html>", "null"};
    world_t *world = world_make();
    size_t i;

    make_directory();
    for (i = 0; i < COUNT(rubbish); i++) {
        world_t *bad = world_make();
        catalog_refresher_t *refresher = restart(world, 0);
        int kind;

        for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
            bad->answers[kind] = rubbish[i];
        }
        *world = *bad;
        settle(refresher);
        for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
            ck_assert_msg(copy_of(kind).data != NULL, "%s", rubbish[i]);
        }
        ck_assert_int_eq(noted_with(noted, "LO0421"), 4 * ((int)i + 1));
        ck_assert(catalog_refresher_stop(refresher));
        settle(refresher);
        *world = *world_make();
    }
    directory_remove(directory);
}
END_TEST

START_TEST(one_failure_holds_up_nothing_else)
{
    world_t *world = world_make();

    make_directory();
    world->status[CATALOG_TYPES] = 500;
    settle(refresher_of(world, apr_time_now(), pool));
    ck_assert_int_eq(world_calls(world), CATALOG_KINDS);
    ck_assert_ptr_null(copy_of(CATALOG_TYPES).data);
    ck_assert_ptr_nonnull(copy_of(CATALOG_REGIONS).data);
    ck_assert_ptr_nonnull(copy_of(CATALOG_UNAVAILABLE).data);
    directory_remove(directory);
}
END_TEST

START_TEST(too_many_questions_hold_up_all)
{
    world_t *world = world_make();
    apr_time_t before = workers_now();
    apr_time_t next;

    make_directory();
    world->status[CATALOG_REGIONS] = 429;
    world->header = "Retry-After: 7200";
    next = settle(refresher_of(world, apr_time_now(), pool));
    ck_assert_int_eq(world_calls(world), 2);
    /* The plans, which were read before, are not due earlier either. */
    ck_assert(next >= before + 7200 * SECOND);
    ck_assert(copy_of(CATALOG_REGIONS).again > apr_time_now() + 7000 * SECOND);
    directory_remove(directory);
}
END_TEST

START_TEST(a_script_that_is_not_public_says_so)
{
    world_t *world = world_make();

    make_directory();
    world->status[CATALOG_STACKSCRIPT] = 404;
    world->answers[CATALOG_STACKSCRIPT] = "{\"errors\":[{\"reason\":\"Not found\"}]}";
    settle(refresher_of(world, apr_time_now(), pool));
    ck_assert_int_eq((int)copy_of(CATALOG_STACKSCRIPT).problem->kind,
                     (int)PROBLEM_STACKSCRIPT_UNUSABLE);
    ck_assert_ptr_nonnull(strstr(copy_of(CATALOG_STACKSCRIPT).problem->detail, "StackScript 7"));
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- files */

START_TEST(a_damaged_copy_is_replaced)
{
    world_t *world = world_make();
    catalog_refresher_t *refresher;

    make_directory();
    refresher = restart(world, 0);
    file_write(path_of(CATALOG_IMAGES), "{\"format\":0}");
    file_write(path_of(CATALOG_TYPES), "");
    settle(refresher);
    ck_assert_int_eq(noted->count, 2);
    ck_assert_int_eq(noted_with(noted, "LO0424"), 2);
    ck_assert_ptr_nonnull(copy_of(CATALOG_IMAGES).data);
    ck_assert_ptr_nonnull(copy_of(CATALOG_TYPES).data);
    directory_remove(directory);
}
END_TEST

START_TEST(a_directory_that_is_gone_is_told_once)
{
    world_t *world = world_make();
    catalog_refresher_t *refresher;

    make_directory();
    directory_remove(directory);
    refresher = refresher_of(world, apr_time_now(), pool);
    settle(refresher);
    settle(refresher);
    ck_assert_int_eq(noted->count, CATALOG_KINDS);
    ck_assert_int_eq(noted_with(noted, "LO0425"), CATALOG_KINDS);
    ck_assert_int_eq(world_calls(world), 0);
    ck_assert_int_eq(mkdir(directory, 0700), 0);
    settle(refresher);
    ck_assert_ptr_nonnull(copy_of(CATALOG_TYPES).data);
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- the thread */

/* A Linode that says nothing until it is given up. */
typedef struct silence_t {
    http_t http;
    atomic_int asked;
} silence_t;

static problem_t *stay_silent(http_t *http, http_response_t **response,
                              const http_request_t *request, apr_pool_t *answer_pool)
{
    atomic_store(&((silence_t *)http)->asked, 1);
    while (!atomic_load(request->abandon)) {
        apr_sleep(1000);
    }
    *response = NULL;
    return problem_make(answer_pool, PROBLEM_LINODE_TIMEOUT, "given up");
}

START_TEST(the_thread_ends_although_linode_hangs)
{
    silence_t silence = {.http = {stay_silent}};
    catalog_refresher_options_t options = {.threads = 1};
    catalog_refresher_t *refresher;
    apr_pool_t *own;

    make_directory();
    options.directory = directory;
    options.sources = sources;
    options.log = &noted->log;
    apr_pool_create_unmanaged_ex(&own, NULL, NULL);
    ck_assert_fine(catalog_refresher_create(&refresher, &options, &silence.http, own));
    while (!atomic_load(&silence.asked)) {
        apr_sleep(1000);
    }
    ck_assert(catalog_refresher_stop(refresher));
    ck_assert_ptr_eq(catalog_refresher_pool(refresher), own);
    apr_pool_destroy(own);
    ck_assert_int_eq(noted->count, 0);
    directory_remove(directory);
}
END_TEST

TESTS("catalog_refresher", everything_is_read_once, whoever_waits_for_it_is_told_once,
      a_start_reads_at_once_whatever_there_is, a_condition_saves_the_answer, one_of_several_reads,
      who_leaves_lets_another_read, who_dies_before_reading_is_replaced,
      the_old_copy_stays_while_linode_is_down, an_old_copy_is_in_the_log_with_its_age,
      a_row_of_failures_is_told_once, rubbish_is_refused, one_failure_holds_up_nothing_else,
      too_many_questions_hold_up_all, a_script_that_is_not_public_says_so,
      a_damaged_copy_is_replaced, a_directory_that_is_gone_is_told_once,
      the_thread_ends_although_linode_hangs)
