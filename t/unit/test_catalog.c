/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_atomic.h>
#include <apr_thread_proc.h>

#include "linode/catalog.h"
#include "scripted_http.h"
#include "support/json.h"

static const api_t api = {
    .url = "https://api.example/v4",
    .retries = 0,
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 3 * APR_USEC_PER_SEC,
};

/* ---------------------------------------------------------------- an upstream for many threads */

#define PAGE(data) "{\"data\":[" data "],\"page\":1,\"pages\":1}"

#define NANODE                                                                                     \
    "{\"id\":\"g6-nanode-1\",\"label\":\"Nanode 1GB\","                                            \
    "\"price\":{\"hourly\":null,\"monthly\":null}}"
#define LINODE "{\"id\":\"g6-standard-2\",\"label\":\"Linode 4GB\"}"

#define REGION(id, label, site, capabilities)                                                      \
    "{\"id\":\"" id "\",\"label\":\"" label "\",\"status\":\"ok\",\"site_type\":\"" site           \
    "\",\"capabilities\":[" capabilities "]}"
#define NEWARK REGION("us-east", "Newark, NJ", "core", "\"Linodes\",\"StackScripts\"")
#define BOGOTA REGION("co-bog", "Bogot\xc3\xa1, CO", "core", "\"StackScripts\",\"Linodes\"")

#define IMAGE(id, label, more)                                                                     \
    "{\"id\":\"" id "\",\"label\":\"" label "\",\"is_public\":true,\"status\":\"available\"" more  \
    "}"
#define DEBIAN IMAGE("linode/debian12", "Debian 12", ",\"eol\":null")
#define UBUNTU IMAGE("linode/ubuntu24.04", "Ubuntu 24.04 LTS", ",\"eol\":\"2100-01-01T04:00:00\"")

#define SCRIPT_OF(images)                                                                          \
    "{\"id\":7,\"label\":\"Hello\",\"images\":[" images "],\"script\":\"#!/bin/sh\","              \
    "\"user_defined_fields\":[{\"name\":\"edition\"}]}"

typedef struct world_t {
    http_t http;
    const char *types;
    const char *regions;
    const char *script;
    int script_status;
    const char *images;
    apr_interval_time_t takes; /* for the first answer of each fetch */
    volatile apr_uint32_t down;
    volatile apr_uint32_t fetches;
} world_t;

static problem_t *world_perform(http_t *http, http_response_t **response,
                                const http_request_t *request, apr_pool_t *answer_pool)
{
    world_t *world = (world_t *)http;
    const char *path = request->url + strlen(api.url);
    http_response_t *made = apr_pcalloc(answer_pool, sizeof(*made));

    if (request->bearer || strcmp(request->method, "GET")) {
        abort();
    }
    if (!strncmp(path, "/linode/types", 13)) {
        apr_atomic_inc32(&world->fetches);
        apr_sleep(world->takes);
    }
    if (apr_atomic_read32(&world->down)) {
        return problem_make(answer_pool, PROBLEM_LINODE_UNREACHABLE, "the world is down");
    }
    made->status = 200;
    made->headers = apr_table_make(answer_pool, 1);
    apr_table_setn(made->headers, "Content-Type", JSON_TYPE);
    if (!strncmp(path, "/linode/types?", 14)) {
        made->body = world->types;
    }
    else if (!strncmp(path, "/regions?", 9)) {
        made->body = world->regions;
    }
    else if (!strncmp(path, "/images?", 8)) {
        made->body = world->images;
    }
    else if (!strcmp(path, "/linode/stackscripts/7")) {
        made->status = world->script_status;
        made->body = world->script;
    }
    else {
        abort();
    }
    made->length = strlen(made->body);
    *response = made;
    return NULL;
}

static world_t world_make(void)
{
    world_t world = {
        .http = {world_perform},
        .types = PAGE(NANODE "," LINODE),
        .regions = PAGE(NEWARK "," BOGOTA),
        .script = SCRIPT_OF("\"linode/debian12\",\"linode/ubuntu24.04\""),
        .script_status = 200,
        .images = PAGE(DEBIAN "," UBUNTU),
    };

    return world;
}

static problem_t *fetch(const catalog_t **catalog, world_t *world, const catalog_choice_t *choice)
{
    catalog_choice_t all = {.stackscript_id = 7};
    catalog_t *made = NULL;
    problem_t *problem = catalog_fetch(&made, &api, &world->http, choice ? choice : &all, pool);

    *catalog = made;
    return problem;
}

/* The ids of an array, joined by spaces. */
static const char *ids(const json_t *array)
{
    apr_array_header_t *found = strings(NULL);
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        APR_ARRAY_PUSH(found, const char *) = json_member_string(json_array_get(array, i), "id");
    }
    return apr_array_pstrcat(pool, found, ' ');
}

/* A page of these elements, ended by NULL. */
static const char *page(const char *first, ...)
{
    const char *data = first;
    const char *element;
    va_list rest;

    va_start(rest, first);
    while ((element = va_arg(rest, const char *))) {
        data = apr_pstrcat(pool, data, ",", element, NULL);
    }
    va_end(rest);
    return apr_pstrcat(pool, "{\"data\":[", data, "],\"page\":1,\"pages\":1}", NULL);
}

/* ---------------------------------------------------------------- patterns */

START_TEST(patterns)
{
    static const struct {
        const char *patterns[3];
        const char *id;
        const char *label;
        int allows;
    } cases[] = {
        {{NULL}, "g6-nanode-1", "Nanode 1GB", 1},
        {{"*Linode*"}, "g6-nanode-1", "Nanode 1GB", 0},
        {{"*Linode*"}, "g6-standard-1", "Linode 2GB", 1},
        {{"*linode*"}, "g6-standard-1", "Linode 2GB", 1},
        {{"Linode"}, "g6-standard-1", "Linode 2GB", 0},
        {{"g6-standard-?"}, "g6-standard-1", "Linode 2GB", 1},
        {{"g6-standard-?"}, "g6-standard-16", "Linode 64GB", 0},
        {{"g6-standard-??"}, "g6-standard-1", "x", 0},
        {{"!g6-*"}, "g6-standard-1", "Linode 2GB", 0},
        {{"!g6-*"}, "g7-premium-1", "Premium", 1},
        {{"g6-*", "!*nanode*"}, "g6-nanode-1", "Nanode 1GB", 0},
        {{"!*nanode*", "g6-*"}, "g6-nanode-1", "Nanode 1GB", 0},
        {{"!*nanode*", "g6-*"}, "g6-standard-1", "Linode 2GB", 1},
        {{"!*nanode*", "g6-*"}, "g7-premium-1", "Premium", 0},
        {{"!Nanode*"}, "g6-nanode-1", "Nanode 1GB", 0},
        {{"a", "b"}, "b", "x", 1},
        {{"*"}, "", NULL, 1},
        {{"?"}, "", NULL, 0},
        {{""}, "x", NULL, 0},
        {{"*a*b*c"}, "xxaxxbxxc", NULL, 1},
        {{"*a*b*c"}, "xxaxxbxxcx", NULL, 0},
        {{"*aab"}, "aaaaab", NULL, 1},
        {{"Bogot?, CO"}, "co-bog", "Bogot\xc3\xa1, CO", 1},
        {{"Bogot??, CO"}, "co-bog", "Bogot\xc3\xa1, CO", 0},
        {{"*\xc3\xa1*"}, "co-bog", "Bogot\xc3\xa1, CO", 1},
        {{"[a-z]"}, "a", NULL, 0},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        apr_array_header_t *list =
            strings(cases[i].patterns[0], cases[i].patterns[1], cases[i].patterns[2], NULL);

        ck_assert_msg(catalog_pattern_allows(list, cases[i].id, cases[i].label) == cases[i].allows,
                      "case %d, %s", (int)i, cases[i].id);
    }
    ck_assert(catalog_pattern_allows(NULL, "x", NULL));
}
END_TEST

START_TEST(a_hostile_pattern_takes_no_time)
{
    char *pattern = apr_pcalloc(pool, 2001);
    char *text = apr_pcalloc(pool, 3001);
    int i;

    for (i = 0; i < 1000; i++) {
        memcpy(pattern + 2 * i, "*a", 2);
    }
    memset(text, 'a', 2999);
    text[2999] = 'b';
    ck_assert(!catalog_pattern_allows(strings(pattern, NULL), text, NULL));
}
END_TEST

/* ---------------------------------------------------------------- fetching */

START_TEST(a_catalog_is_read)
{
    world_t world = world_make();
    const catalog_t *catalog;
    const json_t *wrapped;

    ck_assert_fine(fetch(&catalog, &world, NULL));
    ck_assert_str_eq(ids(catalog->types), "g6-nanode-1 g6-standard-2");
    ck_assert_str_eq(ids(catalog->regions), "us-east co-bog");
    ck_assert_str_eq(ids(catalog->images), "linode/debian12 linode/ubuntu24.04");
    ck_assert(catalog->fetched <= apr_time_now());
    ck_assert_str_eq(json_member_string(catalog->stackscript, "label"), "Hello");
    ck_assert_ptr_null(json_object_get(catalog->stackscript, "script"));
    ck_assert_ptr_nonnull(json_member_array(catalog->stackscript, "user_defined_fields"));
    wrapped = json_member_array(catalog->stackscript, "images");
    ck_assert_int_eq((int)json_array_size(wrapped), 2);
    ck_assert_str_eq(json_member_string(json_member_object(json_array_get(wrapped, 1), "id"), "id"),
                     "linode/ubuntu24.04");
}
END_TEST

START_TEST(a_catalog_keeps_to_the_patterns)
{
    world_t world = world_make();
    const catalog_choice_t choice = {.stackscript_id = 7,
                                     .types = strings("*Linode*", NULL),
                                     .regions = strings("!us-*", NULL),
                                     .images = strings("*ubuntu*", NULL)};
    const catalog_t *catalog;

    ck_assert_fine(fetch(&catalog, &world, &choice));
    ck_assert_str_eq(ids(catalog->types), "g6-standard-2");
    ck_assert_str_eq(ids(catalog->regions), "co-bog");
    ck_assert_str_eq(ids(catalog->images), "linode/ubuntu24.04");
    ck_assert_int_eq((int)json_array_size(json_member_array(catalog->stackscript, "images")), 1);
}
END_TEST

START_TEST(regions_that_run_no_script_are_left_out)
{
    world_t world = world_make();
    const catalog_t *catalog;

    world.regions =
        page(REGION("a", "A", "core", "\"Linodes\""), REGION("b", "B", "core", "\"StackScripts\""),
             REGION("c", "C", "distributed", "\"Linodes\",\"StackScripts\""),
             "{\"id\":\"d\",\"label\":\"D\"}",
             "{\"id\":\"e\",\"label\":\"E\",\"status\":\"outage\","
             "\"capabilities\":[1,\"Linodes\",\"StackScripts\"]}",
             NULL);
    ck_assert_fine(fetch(&catalog, &world, NULL));
    ck_assert_str_eq(ids(catalog->regions), "e");
    ck_assert_str_eq(json_member_string(json_array_get(catalog->regions, 0), "status"), "outage");
}
END_TEST

START_TEST(images_no_form_should_offer_are_left_out)
{
    world_t world = world_make();
    const catalog_t *catalog;
    char recent[20], ancient[20];
    apr_size_t length;
    apr_time_exp_t date;

    apr_time_exp_gmt(&date, apr_time_now() - apr_time_from_sec(150 * 86400));
    apr_strftime(recent, &length, sizeof(recent), "%Y-%m-%dT%H:%M:%S", &date);
    apr_time_exp_gmt(&date, apr_time_now() - apr_time_from_sec(200 * 86400));
    apr_strftime(ancient, &length, sizeof(ancient), "%Y-%m-%dT%H:%M:%S", &date);
    world.script = SCRIPT_OF("\"any/all\"");
    world.images =
        page(apr_psprintf(pool, IMAGE("a", "A", ",\"eol\":\"%s\",\"deprecated\":true"), recent),
             apr_psprintf(pool, IMAGE("b", "B", ",\"eol\":\"%s\""), ancient),
             IMAGE("linode/debian12-kube-v1", "K", ""), IMAGE("linode/ubuntu24.04-nvidia", "U", ""),
             "{\"id\":\"c\",\"label\":\"C\",\"is_public\":true,\"status\":\"creating\"}",
             "{\"id\":\"private/1\",\"label\":\"P\",\"is_public\":false}",
             IMAGE("d", "D", ",\"eol\":\"soon\""), NULL);
    ck_assert_fine(fetch(&catalog, &world, NULL));
    ck_assert_str_eq(ids(catalog->images), "a d");
}
END_TEST

START_TEST(malformed_elements_are_left_out)
{
    world_t world = world_make();
    const catalog_t *catalog;

    world.types = PAGE("1,null,[],{},{\"id\":\"x\"},{\"label\":\"x\"},{\"id\":1,\"label\":\"x\"},"
                       "{\"id\":\"\",\"label\":\"x\"}," NANODE);
    world.script = SCRIPT_OF("null,7,\"linode/debian12\",\"linode/debian8\"");
    ck_assert_fine(fetch(&catalog, &world, NULL));
    ck_assert_str_eq(ids(catalog->types), "g6-nanode-1");
    ck_assert_str_eq(ids(catalog->images), "linode/debian12");
}
END_TEST

static problem_kind_t kind_with(const char *types, const char *regions, const char *script,
                                int script_status, const char *images)
{
    world_t world = world_make();
    const catalog_t *catalog;
    const problem_t *problem;

    world.types = types ? types : world.types;
    world.regions = regions ? regions : world.regions;
    world.script = script ? script : world.script;
    world.script_status = script_status;
    world.images = images ? images : world.images;
    problem = fetch(&catalog, &world, NULL);
    ck_assert_ptr_nonnull(problem);
    ck_assert_ptr_null(catalog);
    return problem->kind;
}

START_TEST(a_catalog_with_nothing_to_choose_is_none)
{
    static const char not_found[] = "{\"errors\":[{\"reason\":\"Not found\"}]}";
    const int none = PROBLEM_CATALOG_UNAVAILABLE;
    const int unusable = PROBLEM_STACKSCRIPT_UNUSABLE;

    ck_assert_int_eq((int)kind_with(PAGE(""), NULL, NULL, 200, NULL), none);
    ck_assert_int_eq((int)kind_with(PAGE("{}"), NULL, NULL, 200, NULL), none);
    ck_assert_int_eq((int)kind_with("{}", NULL, NULL, 200, NULL), none);
    ck_assert_int_eq((int)kind_with("<html>", NULL, NULL, 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, PAGE(""), NULL, 200, NULL), none);
    ck_assert_int_eq(
        (int)kind_with(NULL, NULL, "{\"id\":8,\"label\":\"x\",\"images\":[]}", 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, "{}", 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, "[]", 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 500, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 404, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 401, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 403, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, NULL, 200, PAGE("")), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, SCRIPT_OF(""), 200, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, SCRIPT_OF("\"linode/debian8\""), 200, NULL),
                     unusable);
}
END_TEST

START_TEST(problems_of_a_catalog_name_their_cause)
{
    world_t world = world_make();
    const catalog_choice_t choice = {.stackscript_id = 7, .images = strings("!*", NULL)};
    const catalog_t *catalog;
    const problem_t *problem;

    world.script = "{\"errors\":[{\"reason\":\"Not found\"}]}";
    world.script_status = 404;
    problem = fetch(&catalog, &world, NULL);
    ck_assert_ptr_nonnull(strstr(problem->detail, "StackScript 7"));
    world = world_make();
    problem = fetch(&catalog, &world, &choice);
    ck_assert_problem(problem, CATALOG_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "no image"));
    world.down = 1;
    problem = fetch(&catalog, &world, NULL);
    ck_assert_problem(problem, CATALOG_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "the world is down"));
}
END_TEST

/* ---------------------------------------------------------------- choosing */

START_TEST(choices_are_checked)
{
    world_t world = world_make();
    const catalog_t *catalog;
    const problem_t *problem;

    ck_assert_fine(fetch(&catalog, &world, NULL));
    ck_assert_fine(catalog_check(catalog, "g6-nanode-1", "us-east", "linode/debian12", pool));
    problem = catalog_check(catalog, "g6-huge", "us-east", "linode/debian12", pool);
    ck_assert_problem(problem, CHOICE_INVALID);
    ck_assert_str_eq(problem->field, "type");
    ck_assert_str_eq(problem->message, "The plan \"g6-huge\" is not on offer here.");
    problem = catalog_check(catalog, "g6-nanode-1", "US-EAST", "linode/debian12", pool);
    ck_assert_str_eq(problem->field, "region");
    problem = catalog_check(catalog, "g6-nanode-1", "us-east", "linode/debian8", pool);
    ck_assert_str_eq(problem->field, "distribution");
    problem = catalog_check(catalog, NULL, "us-east", "linode/debian12", pool);
    ck_assert_str_eq(problem->message, "No plan was chosen.");
    problem = catalog_check(catalog, "", "us-east", "linode/debian12", pool);
    ck_assert_str_eq(problem->message, "No plan was chosen.");
}
END_TEST

START_TEST(a_long_choice_is_shown_short)
{
    world_t world = world_make();
    const catalog_t *catalog;
    char *value = apr_pcalloc(pool, 10001);

    memset(value, 'x', 10000);
    memcpy(value + 59, "\xe2\x82\xac", 3);
    ck_assert_fine(fetch(&catalog, &world, NULL));
    ck_assert_int_eq((int)strlen(catalog_check(catalog, value, "", "", pool)->message),
                     (int)strlen("The plan \"\" is not on offer here.") + 59);
    ck_assert_ptr_null(strstr(catalog_check(catalog, value, "", "", pool)->detail, "xx"));
}
END_TEST

/* ---------------------------------------------------------------- the cache */

static const catalog_choice_t all_of_7 = {.stackscript_id = 7};

static catalog_cache_t *cache_of(world_t *world, apr_interval_time_t refresh)
{
    catalog_cache_t *cache;

    ck_assert_fine(catalog_cache_create(&cache, &api, &world->http, &all_of_7, refresh, pool));
    return cache;
}

START_TEST(a_cache_fetches_once)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, apr_time_from_sec(600));
    const catalog_t *first, *second;
    problem_t *stale;

    ck_assert_int_eq((int)world.fetches, 0);
    ck_assert_fine(catalog_cache_get(&first, cache, pool));
    ck_assert_fine(catalog_cache_get_stale(&second, &stale, cache, pool));
    ck_assert_ptr_eq(first, second);
    ck_assert_ptr_null(stale);
    ck_assert_int_eq((int)world.fetches, 1);
}
END_TEST

START_TEST(a_catalog_lives_as_long_as_its_reader)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, 1);
    const catalog_t *first, *second;
    apr_pool_t *reader;

    apr_pool_create(&reader, pool);
    ck_assert_fine(catalog_cache_get(&first, cache, reader));
    apr_sleep(1000);
    ck_assert_fine(catalog_cache_get(&second, cache, pool));
    ck_assert_ptr_ne(first, second);
    ck_assert_int_eq((int)world.fetches, 2);
    ck_assert_str_eq(ids(first->types), ids(second->types));
    apr_pool_destroy(reader);
    ck_assert_str_eq(ids(second->types), "g6-nanode-1 g6-standard-2");
}
END_TEST

START_TEST(a_reader_may_outlive_the_cache)
{
    world_t world = world_make();
    apr_pool_t *child;
    catalog_cache_t *cache;
    const catalog_t *catalog;

    apr_pool_create(&child, NULL);
    ck_assert_fine(
        catalog_cache_create(&cache, &api, &world.http, &all_of_7, APR_USEC_PER_SEC, child));
    ck_assert_fine(catalog_cache_get(&catalog, cache, pool));
    apr_pool_destroy(child);
    ck_assert_str_eq(ids(catalog->types), "g6-nanode-1 g6-standard-2");
}
END_TEST

START_TEST(the_old_catalog_serves_while_linode_is_down)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, 200000);
    const catalog_t *first, *second;
    problem_t *stale;

    ck_assert_fine(catalog_cache_get(&first, cache, pool));
    world.down = 1;
    apr_sleep(220000);
    ck_assert_fine(catalog_cache_get_stale(&second, &stale, cache, pool));
    ck_assert_ptr_eq(first, second);
    ck_assert_problem(stale, CATALOG_UNAVAILABLE);
    ck_assert_int_eq((int)world.fetches, 2);
    /* The next try waits; nobody asks Linode meanwhile. */
    ck_assert_fine(catalog_cache_get_stale(&second, &stale, cache, pool));
    ck_assert_ptr_nonnull(stale);
    ck_assert_int_eq((int)world.fetches, 2);
    world.down = 0;
    apr_sleep(220000);
    ck_assert_fine(catalog_cache_get_stale(&second, &stale, cache, pool));
    ck_assert_ptr_null(stale);
    ck_assert_ptr_ne(first, second);
    ck_assert_int_eq((int)world.fetches, 3);
}
END_TEST

START_TEST(without_a_catalog_the_failure_is_the_answer)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, 300000);
    const catalog_t *catalog = NULL;
    const problem_t *problem;

    world.down = 1;
    ck_assert_problem(catalog_cache_get(&catalog, cache, pool), CATALOG_UNAVAILABLE);
    problem = catalog_cache_get(&catalog, cache, pool);
    ck_assert_problem(problem, CATALOG_UNAVAILABLE);
    ck_assert(problem->retry_after > 200000 && problem->retry_after <= 300000);
    ck_assert_ptr_null(catalog);
    ck_assert_int_eq((int)world.fetches, 1);
    world.down = 0;
    apr_sleep(320000);
    ck_assert_fine(catalog_cache_get(&catalog, cache, pool));
    ck_assert_int_eq((int)world.fetches, 2);
}
END_TEST

/* ---------------------------------------------------------------- many threads */

enum { THREADS = 16 };

typedef struct reader_t {
    catalog_cache_t *cache;
    int rounds;
    int read;
    int failed;
    apr_interval_time_t longest;
} reader_t;

static void *APR_THREAD_FUNC read_often(apr_thread_t *thread, void *data)
{
    reader_t *reader = data;
    apr_pool_t *request;
    int i;

    apr_pool_create_unmanaged_ex(&request, NULL, NULL);
    for (i = 0; i < reader->rounds; i++) {
        const catalog_t *catalog;
        apr_time_t begin = apr_time_now();
        problem_t *problem = catalog_cache_get(&catalog, reader->cache, request);
        apr_interval_time_t took = apr_time_now() - begin;

        reader->longest = took > reader->longest ? took : reader->longest;
        if (problem) {
            reader->failed++;
        }
        else if (catalog_find(catalog->types, "g6-standard-2")) {
            reader->read++;
        }
        apr_pool_clear(request);
    }
    apr_pool_destroy(request);
    (void)thread;
    return NULL;
}

static void read_at_once(reader_t *readers, catalog_cache_t *cache, int rounds)
{
    apr_thread_t *threads[THREADS];
    int i;

    for (i = 0; i < THREADS; i++) {
        readers[i] = (reader_t){.cache = cache, .rounds = rounds};
        ck_assert_int_eq(apr_thread_create(&threads[i], NULL, read_often, &readers[i], pool), 0);
    }
    for (i = 0; i < THREADS; i++) {
        apr_status_t status;

        apr_thread_join(&status, threads[i]);
    }
}

START_TEST(the_first_readers_share_one_fetch)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, apr_time_from_sec(600));
    reader_t readers[THREADS];
    int i;

    world.takes = 200000;
    read_at_once(readers, cache, 1);
    ck_assert_int_eq((int)world.fetches, 1);
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(readers[i].read, 1);
    }
}
END_TEST

START_TEST(the_first_readers_share_one_failure)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, apr_time_from_sec(600));
    reader_t readers[THREADS];
    int i;

    world.takes = 200000;
    world.down = 1;
    read_at_once(readers, cache, 1);
    ck_assert_int_eq((int)world.fetches, 1);
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(readers[i].failed, 1);
    }
}
END_TEST

START_TEST(only_one_reader_waits_for_a_refresh)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, 50000);
    const catalog_t *catalog;
    reader_t readers[THREADS];
    int slow = 0;
    int i;

    ck_assert_fine(catalog_cache_get(&catalog, cache, pool));
    apr_sleep(60000);
    world.takes = 400000;
    read_at_once(readers, cache, 1);
    ck_assert_int_eq((int)world.fetches, 2);
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(readers[i].read, 1);
        slow += readers[i].longest >= 300000;
    }
    ck_assert_int_eq(slow, 1);
}
END_TEST

START_TEST(readers_and_refreshes_do_not_disturb_each_other)
{
    world_t world = world_make();
    catalog_cache_t *cache = cache_of(&world, 1); /* as good as always due */
    reader_t readers[THREADS];
    int i;

    read_at_once(readers, cache, 300);
    ck_assert_int_gt((int)world.fetches, 5);
    for (i = 0; i < THREADS; i++) {
        ck_assert_int_eq(readers[i].read, 300);
    }
}
END_TEST

START_TEST(nobody_waits_for_ever_for_the_first_fetch)
{
    world_t world = world_make();
    api_t impatient = api;
    catalog_cache_t *cache;
    reader_t readers[THREADS];
    int failed = 0;
    int i;

    impatient.total_timeout = 300000;
    world.takes = 1000000;
    ck_assert_fine(catalog_cache_create(&cache, &impatient, &world.http, &all_of_7,
                                        apr_time_from_sec(600), pool));
    read_at_once(readers, cache, 1);
    for (i = 0; i < THREADS; i++) {
        failed += readers[i].failed;
    }
    ck_assert_int_ge(failed, THREADS - 1);
    ck_assert_int_eq((int)world.fetches, 1);
}
END_TEST

TESTS("catalog", patterns, a_hostile_pattern_takes_no_time, a_catalog_is_read,
      a_catalog_keeps_to_the_patterns, regions_that_run_no_script_are_left_out,
      images_no_form_should_offer_are_left_out, malformed_elements_are_left_out,
      a_catalog_with_nothing_to_choose_is_none, problems_of_a_catalog_name_their_cause,
      choices_are_checked, a_long_choice_is_shown_short, a_cache_fetches_once,
      a_catalog_lives_as_long_as_its_reader, a_reader_may_outlive_the_cache,
      the_old_catalog_serves_while_linode_is_down, without_a_catalog_the_failure_is_the_answer,
      the_first_readers_share_one_fetch, the_first_readers_share_one_failure,
      only_one_reader_waits_for_a_refresh, readers_and_refreshes_do_not_disturb_each_other,
      nobody_waits_for_ever_for_the_first_fetch)
