/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog_world.h"

/* ---------------------------------------------------------------- which sources there are */

START_TEST(what_is_the_same_is_read_once)
{
    static const api_t same = {.url = "https://api.example/v4"};
    static const api_t other = {.url = "https://api.example/v4beta"};
    apr_array_header_t *sources = apr_array_make(pool, 5, sizeof(catalog_source_t *));

    ck_assert_int_eq(catalog_source_add(sources, CATALOG_TYPES, &api, 7, 600), 0);
    ck_assert_int_eq(catalog_source_add(sources, CATALOG_TYPES, &same, 8, 60), 0);
    ck_assert_int_eq(catalog_source_add(sources, CATALOG_TYPES, &other, 7, 10), 1);
    ck_assert_int_eq(catalog_source_add(sources, CATALOG_STACKSCRIPT, &api, 7, 600), 2);
    ck_assert_int_eq(catalog_source_add(sources, CATALOG_STACKSCRIPT, &api, 8, 600), 3);
    ck_assert_int_eq(catalog_source_add(sources, CATALOG_STACKSCRIPT, &same, 7, 600), 2);
    ck_assert_int_eq(catalog_source_add(sources, CATALOG_REGIONS, &same, 7, 600), 4);
    ck_assert_int_eq(source_of(sources, 0)->refresh, 60);
    ck_assert_int_eq(source_of(sources, 1)->refresh, 10);
    ck_assert_str_ne(source_of(sources, 0)->name, source_of(sources, 1)->name);
    ck_assert_str_eq(source_of(sources, 3)->url, "https://api.example/v4/linode/stackscripts/8");
}
END_TEST

/* ---------------------------------------------------------------- pages and conditions */

#define TWO_PAGES(data, number) "{\"data\":[" data "],\"page\":" number ",\"pages\":2}"

START_TEST(all_pages_are_read)
{
    static const step_t steps[] = {
        {.request = "GET /regions/availability?page=1&page_size=500",
         .status = 200,
         .header = "ETag: \"one\"",
         .body = TWO_PAGES(ROW("us-east", "g6-nanode-1", "false"), "1")},
        {.request = "GET /regions/availability?page=2&page_size=500",
         .status = 200,
         .body = TWO_PAGES(ROW("us-ord", "g6-nanode-1", "false"), "2")},
    };
    scripted_t *script = SCRIPT(steps);
    catalog_copy_t copy;

    ck_assert_fine(catalog_source_read(&copy, source_of(world_sources(1), CATALOG_UNAVAILABLE),
                                       NULL, &script->http, NULL, pool));
    ck_assert_script_done(script);
    ck_assert_int_eq((int)json_object_size(copy.data), 2);
    ck_assert_ptr_null(copy.etag);
}
END_TEST

/* Something new at the front of the list, between two pages, shows the last of one page again as
 * the first of the next. */
START_TEST(what_two_pages_have_is_offered_once)
{
    static const step_t steps[] = {
        {.request = "GET /linode/types?page=1&page_size=500",
         .status = 200,
         .body = TWO_PAGES(NANODE ",{\"id\":\"no-label\"},{\"label\":\"x\"},7," LINODE, "1")},
        {.request = "GET /linode/types?page=2&page_size=500",
         .status = 200,
         .body = TWO_PAGES(LINODE ",{\"id\":\"g6-standard-4\",\"label\":\"Linode 8GB\"}", "2")},
    };
    scripted_t *script = SCRIPT(steps);
    catalog_copy_t copy;

    ck_assert_fine(catalog_source_read(&copy, source_of(world_sources(1), CATALOG_TYPES), NULL,
                                       &script->http, NULL, pool));
    ck_assert_script_done(script);
    ck_assert_int_eq((int)json_array_size(copy.data), 3);
    ck_assert_str_eq(json_member_string(json_array_get(copy.data, 2), "id"), "g6-standard-4");
}
END_TEST

START_TEST(what_is_sold_out_may_be_nothing_but_no_rubbish)
{
    static const struct {
        const char *rows;
        int regions; /* -1: refused */
    } cases[] = {
        {"", 0},
        {ROW("us-east", "g6-nanode-1", "true"), 0},
        {ROW("us-east", "g6-nanode-1", "false") ",{\"name\":\"x\"}", 1},
        {"{\"name\":\"x\"}", -1},
        {ROW("us-east", "g6-nanode-1", "null"), -1},
        {ROW("us-east", "g6-nanode-1", "\"no\""), -1},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const step_t steps[] = {{.request = "GET /regions/availability?page=1&page_size=500",
                                 .status = 200,
                                 .body = apr_pstrcat(pool, "{\"data\":[", cases[i].rows,
                                                     "],\"page\":1,\"pages\":1}", NULL)}};
        scripted_t *script = SCRIPT(steps);
        catalog_copy_t copy = {.data = NULL};
        problem_t *problem =
            catalog_source_read(&copy, source_of(world_sources(1), CATALOG_UNAVAILABLE), NULL,
                                &script->http, NULL, pool);

        ck_assert_int_eq(problem ? -1 : (int)json_object_size(copy.data), cases[i].regions);
    }
}
END_TEST

START_TEST(what_has_not_changed_is_kept)
{
    static const int asked[] = {CATALOG_TYPES, CATALOG_STACKSCRIPT, CATALOG_UNAVAILABLE};
    world_t *world = world_make();
    size_t i;

    world->etag = "\"v1\"";
    for (i = 0; i < COUNT(asked); i++) {
        const catalog_source_t *source = source_of(world_sources(1), asked[i]);
        catalog_copy_t first, second, third;

        ck_assert_fine(catalog_source_read(&first, source, NULL, &world->http, NULL, pool));
        ck_assert_str_eq(first.etag, "\"v1\"");
        first.read = 1;
        ck_assert_fine(catalog_source_read(&second, source, &first, &world->http, NULL, pool));
        ck_assert_ptr_eq(second.data, first.data);
        ck_assert_str_eq(second.etag, "\"v1\"");
        ck_assert_int_gt(second.read, 1);
        first.etag = "\"v0\"";
        ck_assert_fine(catalog_source_read(&third, source, &first, &world->http, NULL, pool));
        ck_assert_ptr_ne(third.data, first.data);
        ck_assert_str_eq(third.etag, "\"v1\"");
    }
}
END_TEST

START_TEST(no_condition_without_data)
{
    world_t *world = world_make();
    const catalog_source_t *source = source_of(world_sources(1), CATALOG_TYPES);
    const catalog_copy_t old = {.etag = "\"v1\""};
    catalog_copy_t copy;

    world->etag = "\"v1\"";
    ck_assert_fine(catalog_source_read(&copy, source, &old, &world->http, NULL, pool));
    ck_assert_str_eq(ids(copy.data), "g6-nanode-1 g6-standard-2");
    world->etag = apr_psprintf(pool, "\"%0300d\"", 0);
    ck_assert_fine(catalog_source_read(&copy, source, NULL, &world->http, NULL, pool));
    ck_assert_ptr_null(copy.etag);
}
END_TEST

START_TEST(nobody_asked_for_a_304)
{
    static const step_t steps[] = {
        {.request = "GET /linode/types?page=1&page_size=500", .status = 304, .type = ""}};
    catalog_copy_t copy;

    ck_assert_problem(catalog_source_read(&copy, source_of(world_sources(1), CATALOG_TYPES), NULL,
                                          &SCRIPT(steps)->http, NULL, pool),
                      LINODE_UNREADABLE);
}
END_TEST

START_TEST(another_script_is_not_that_script)
{
    static const step_t steps[] = {
        {.request = "GET /linode/stackscripts/7",
         .status = 200,
         .body = "{\"id\":8,\"label\":\"x\",\"images\":[]}"},
    };
    catalog_copy_t copy;

    ck_assert_problem(catalog_source_read(&copy, source_of(world_sources(1), CATALOG_STACKSCRIPT),
                                          NULL, &SCRIPT(steps)->http, NULL, pool),
                      CATALOG_UNAVAILABLE);
}
END_TEST

/* ---------------------------------------------------------------- what is accepted */

START_TEST(only_sound_data_are_accepted)
{
    static const struct {
        catalog_kind_t kind;
        const char *data;
        int accepted;
    } cases[] = {
        {CATALOG_TYPES, "[" NANODE "]", 1},
        {CATALOG_TYPES, "[]", 0},
        {CATALOG_TYPES, "{}", 0},
        {CATALOG_TYPES, "[" NANODE ",{}]", 0},
        {CATALOG_TYPES, "null", 0},
        {CATALOG_REGIONS, "[" NEWARK "]", 1},
        {CATALOG_REGIONS, "[" NANODE "]", 0},
        {CATALOG_IMAGES, "[" DEBIAN "]", 1},
        {CATALOG_IMAGES, "[" DEBIAN "," IMAGE("o", "O", ",\"eol\":\"2001-01-01T00:00:00\"") "]", 1},
        {CATALOG_IMAGES, "[" NEWARK "]", 0},
        {CATALOG_STACKSCRIPT, "{\"id\":7,\"label\":\"x\",\"images\":[]}", 1},
        {CATALOG_STACKSCRIPT, "{\"id\":8,\"label\":\"x\",\"images\":[]}", 0},
        {CATALOG_STACKSCRIPT, "[]", 0},
        {CATALOG_UNAVAILABLE, "{}", 1},
        {CATALOG_UNAVAILABLE, "{\"us-east\":[\"x\"]}", 1},
        {CATALOG_UNAVAILABLE, "{\"us-east\":\"x\"}", 0},
        {CATALOG_UNAVAILABLE, "[]", 0},
    };
    const apr_array_header_t *sources = world_sources(1);
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const json_t *data = json_parse(cases[i].data, strlen(cases[i].data), pool);

        ck_assert_ptr_nonnull(data);
        ck_assert_msg(catalog_source_accepts(source_of(sources, (int)cases[i].kind), data) ==
                          cases[i].accepted,
                      "case %d: %s", (int)i, cases[i].data);
    }
}
END_TEST

TESTS("catalog_source", what_is_the_same_is_read_once, all_pages_are_read,
      what_two_pages_have_is_offered_once, what_is_sold_out_may_be_nothing_but_no_rubbish,
      what_has_not_changed_is_kept, no_condition_without_data, nobody_asked_for_a_304,
      another_script_is_not_that_script, only_sound_data_are_accepted)
