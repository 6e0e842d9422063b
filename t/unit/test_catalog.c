/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog_world.h"

/* What a mount makes of what that Linode says. */
static problem_t *fetch(const catalog_t **catalog, world_t *world, const catalog_choice_t *choice)
{
    static const catalog_choice_t all = {.stackscript_id = 7};
    const apr_array_header_t *sources = world_sources(APR_USEC_PER_SEC);
    catalog_copy_t copies[CATALOG_KINDS];
    const catalog_copy_t *parts[CATALOG_KINDS];
    catalog_t *made = NULL;
    problem_t *problem = NULL;
    int kind;

    for (kind = 0; kind < CATALOG_KINDS && !problem; kind++) {
        parts[kind] = &copies[kind];
        problem = catalog_source_read(&copies[kind], source_of(sources, kind), NULL, &world->http,
                                      NULL, pool);
    }
    if (!problem) {
        problem = catalog_make(&made, parts, choice ? choice : &all, pool);
    }
    *catalog = made;
    return problem;
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
    world_t *world = world_make();
    const catalog_t *catalog;
    const json_t *wrapped;

    ck_assert_fine(fetch(&catalog, world, NULL));
    ck_assert_str_eq(ids(catalog->types), "g6-nanode-1 g6-standard-2");
    ck_assert_str_eq(ids(catalog->regions), "us-east co-bog");
    ck_assert_str_eq(ids(catalog->images), "linode/debian12 linode/ubuntu24.04");
    ck_assert_ptr_eq(catalog_type(catalog, "g6-standard-2"), json_array_get(catalog->types, 1));
    ck_assert_ptr_eq(catalog_region(catalog, "co-bog"), json_array_get(catalog->regions, 1));
    ck_assert_ptr_eq(catalog_image(catalog, "linode/debian12"), json_array_get(catalog->images, 0));
    ck_assert_ptr_null(catalog_type(catalog, "co-bog"));
    ck_assert_ptr_null(catalog_region(catalog, NULL));
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
    world_t *world = world_make();
    const catalog_choice_t choice = {.stackscript_id = 7,
                                     .types = strings("*Linode*", NULL),
                                     .regions = strings("!us-*", NULL),
                                     .images = strings("*ubuntu*", NULL)};
    const catalog_t *catalog;

    ck_assert_fine(fetch(&catalog, world, &choice));
    ck_assert_str_eq(ids(catalog->types), "g6-standard-2");
    ck_assert_str_eq(ids(catalog->regions), "co-bog");
    ck_assert_str_eq(ids(catalog->images), "linode/ubuntu24.04");
    ck_assert_int_eq((int)json_array_size(json_member_array(catalog->stackscript, "images")), 1);
}
END_TEST

START_TEST(regions_that_run_no_script_are_left_out)
{
    world_t *world = world_make();
    const catalog_t *catalog;

    world->answers[CATALOG_REGIONS] =
        page(REGION("a", "A", "core", "\"Linodes\""), REGION("b", "B", "core", "\"StackScripts\""),
             REGION("c", "C", "distributed", "\"Linodes\",\"StackScripts\""),
             "{\"id\":\"d\",\"label\":\"D\"}",
             "{\"id\":\"e\",\"label\":\"E\",\"status\":\"outage\","
             "\"capabilities\":[1,\"Linodes\",\"StackScripts\"]}",
             NULL);
    ck_assert_fine(fetch(&catalog, world, NULL));
    ck_assert_str_eq(ids(catalog->regions), "e");
    ck_assert_str_eq(json_member_string(json_array_get(catalog->regions, 0), "status"), "outage");
}
END_TEST

START_TEST(images_no_form_should_offer_are_left_out)
{
    world_t *world = world_make();
    const catalog_t *catalog;
    char recent[20], ancient[20];
    apr_size_t length;
    apr_time_exp_t date;

    apr_time_exp_gmt(&date, apr_time_now() - apr_time_from_sec(150 * 86400));
    apr_strftime(recent, &length, sizeof(recent), "%Y-%m-%dT%H:%M:%S", &date);
    apr_time_exp_gmt(&date, apr_time_now() - apr_time_from_sec(200 * 86400));
    apr_strftime(ancient, &length, sizeof(ancient), "%Y-%m-%dT%H:%M:%S", &date);
    world->answers[CATALOG_STACKSCRIPT] = SCRIPT_OF("\"any/all\"");
    world->answers[CATALOG_IMAGES] =
        page(apr_psprintf(pool, IMAGE("a", "A", ",\"eol\":\"%s\",\"deprecated\":true"), recent),
             apr_psprintf(pool, IMAGE("b", "B", ",\"eol\":\"%s\""), ancient),
             IMAGE("linode/debian12-kube-v1", "K", ""), IMAGE("linode/ubuntu24.04-nvidia", "U", ""),
             "{\"id\":\"c\",\"label\":\"C\",\"is_public\":true,\"status\":\"creating\"}",
             "{\"id\":\"private/1\",\"label\":\"P\",\"is_public\":false}",
             IMAGE("d", "D", ",\"eol\":\"soon\""), NULL);
    ck_assert_fine(fetch(&catalog, world, NULL));
    ck_assert_str_eq(ids(catalog->images), "a d");
}
END_TEST

START_TEST(malformed_elements_are_left_out)
{
    world_t *world = world_make();
    const catalog_t *catalog;

    world->answers[CATALOG_TYPES] =
        PAGE("1,null,[],{},{\"id\":\"x\"},{\"label\":\"x\"},{\"id\":1,\"label\":\"x\"},"
             "{\"id\":\"\",\"label\":\"x\"}," NANODE);
    world->answers[CATALOG_STACKSCRIPT] =
        SCRIPT_OF("null,7,\"linode/debian12\",\"linode/debian8\"");
    ck_assert_fine(fetch(&catalog, world, NULL));
    ck_assert_str_eq(ids(catalog->types), "g6-nanode-1");
    ck_assert_str_eq(ids(catalog->images), "linode/debian12");
}
END_TEST

static problem_kind_t kind_with(const char *types, const char *regions, const char *script,
                                int script_status, const char *images)
{
    world_t *world = world_make();
    const catalog_t *catalog;
    const problem_t *problem;

    world->answers[CATALOG_TYPES] = types ? types : world->answers[CATALOG_TYPES];
    world->answers[CATALOG_REGIONS] = regions ? regions : world->answers[CATALOG_REGIONS];
    world->answers[CATALOG_STACKSCRIPT] = script ? script : world->answers[CATALOG_STACKSCRIPT];
    world->status[CATALOG_STACKSCRIPT] = script_status;
    world->answers[CATALOG_IMAGES] = images ? images : world->answers[CATALOG_IMAGES];
    problem = fetch(&catalog, world, NULL);
    ck_assert_ptr_nonnull(problem);
    ck_assert_ptr_null(catalog);
    return problem->kind;
}

START_TEST(a_catalog_with_nothing_to_choose_is_none)
{
    static const char not_found[] = "{\"errors\":[{\"reason\":\"Not found\"}]}";
    const int none = PROBLEM_CATALOG_UNAVAILABLE;
    const int unusable = PROBLEM_STACKSCRIPT_UNUSABLE;
    const int unreadable = PROBLEM_LINODE_UNREADABLE;

    ck_assert_int_eq((int)kind_with(PAGE(""), NULL, NULL, 200, NULL), none);
    ck_assert_int_eq((int)kind_with(PAGE("{}"), NULL, NULL, 200, NULL), none);
    ck_assert_int_eq((int)kind_with("{}", NULL, NULL, 200, NULL), unreadable);
    ck_assert_int_eq((int)kind_with("<html>", NULL, NULL, 200, NULL), unreadable);
    ck_assert_int_eq((int)kind_with(NULL, PAGE(""), NULL, 200, NULL), none);
    ck_assert_int_eq(
        (int)kind_with(NULL, NULL, "{\"id\":8,\"label\":\"x\",\"images\":[]}", 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, "{}", 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, "[]", 200, NULL), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 500, NULL), (int)PROBLEM_LINODE_FAILED);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 404, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 401, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, not_found, 403, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, NULL, 200, PAGE("")), none);
    ck_assert_int_eq((int)kind_with(NULL, NULL, SCRIPT_OF(""), 200, NULL), unusable);
    ck_assert_int_eq((int)kind_with(NULL, NULL, SCRIPT_OF("\"linode/debian8\""), 200, NULL),
                     unusable);
}
END_TEST

START_TEST(problems_of_a_catalog_name_their_cause)
{
    world_t *world = world_make();
    const catalog_choice_t choice = {.stackscript_id = 7, .images = strings("!*", NULL)};
    const catalog_t *catalog;
    const problem_t *problem;

    world->answers[CATALOG_STACKSCRIPT] = "{\"errors\":[{\"reason\":\"Not found\"}]}";
    world->status[CATALOG_STACKSCRIPT] = 404;
    problem = fetch(&catalog, world, NULL);
    ck_assert_ptr_nonnull(strstr(problem->detail, "StackScript 7"));
    world = world_make();
    problem = fetch(&catalog, world, &choice);
    ck_assert_problem(problem, STACKSCRIPT_UNUSABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "no image"));
    world->down = 1;
    problem = fetch(&catalog, world, NULL);
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_ptr_nonnull(strstr(problem->detail, "the world is down"));
}
END_TEST

START_TEST(what_is_sold_out_is_known)
{
    world_t *world = world_make();
    const catalog_t *catalog;

    world->answers[CATALOG_UNAVAILABLE] =
        page(ROW("us-east", "g6-nanode-1", "true"), ROW("us-east", "g6-standard-2", "false"),
             ROW("us-east", "g7-premium-2", "false"), "1", "{}", "{\"region\":\"co-bog\"}",
             "{\"region\":\"co-bog\",\"plan\":7,\"available\":false}", NULL);
    ck_assert_fine(fetch(&catalog, world, NULL));
    ck_assert(catalog_is_available(catalog, "g6-nanode-1", "us-east"));
    ck_assert(!catalog_is_available(catalog, "g6-standard-2", "us-east"));
    ck_assert(!catalog_is_available(catalog, "g7-premium-2", "us-east"));
    ck_assert(catalog_is_available(catalog, "g6-standard-2", "co-bog"));
    ck_assert_int_eq((int)json_object_size(catalog->unavailable), 1);
    world->answers[CATALOG_UNAVAILABLE] = PAGE("");
    ck_assert_fine(fetch(&catalog, world, NULL));
    ck_assert_int_eq((int)json_object_size(catalog->unavailable), 0);
}
END_TEST

START_TEST(a_catalog_can_do_without_what_is_sold_out)
{
    static const catalog_choice_t choice = {.stackscript_id = 7};
    const apr_array_header_t *sources = world_sources(APR_USEC_PER_SEC);
    world_t *world = world_make();
    catalog_copy_t copies[CATALOG_KINDS];
    const catalog_copy_t *parts[CATALOG_KINDS] = {NULL};
    catalog_t *catalog = NULL;
    int kind;

    for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
        parts[kind] = &copies[kind];
        ck_assert_fine(catalog_source_read(&copies[kind], source_of(sources, kind), NULL,
                                           &world->http, NULL, pool));
    }
    copies[CATALOG_IMAGES].read = 1234;
    ck_assert_fine(catalog_make(&catalog, parts, &choice, pool));
    ck_assert(catalog_is_available(catalog, "g6-standard-2", "us-east"));
    ck_assert_int_eq(catalog->fetched, 1234);
}
END_TEST

TESTS("catalog", patterns, a_hostile_pattern_takes_no_time, a_catalog_is_read,
      a_catalog_keeps_to_the_patterns, regions_that_run_no_script_are_left_out,
      images_no_form_should_offer_are_left_out, malformed_elements_are_left_out,
      a_catalog_with_nothing_to_choose_is_none, problems_of_a_catalog_name_their_cause,
      what_is_sold_out_is_known, a_catalog_can_do_without_what_is_sold_out)
