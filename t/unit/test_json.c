/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "support/json.h"

static json_t *parsed(const char *text)
{
    return json_parse(text, strlen(text), pool);
}

START_TEST(whole_texts_parse)
{
    ck_assert(json_is_object(parsed("{\"a\":[1,2.5,null,true,\"\\u00e9\"]}")));
    ck_assert(json_is_array(parsed(" [ ] \n")));
    ck_assert(json_is_string(parsed("\"x\"")));
}
END_TEST

START_TEST(other_texts_do_not)
{
    static const char *const cases[] = {"",
                                        " ",
                                        "{",
                                        "{}x",
                                        "{} {}",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\":{\"b\":1,\"b\":2}}",
                                        "{a:1}",
                                        "[1,]",
                                        "\"\\u0000\"",
                                        "\"\xff\"",
                                        "<html>",
                                        "nul",
                                        "[1e999]",
                                        "[99999999999999999999]"};
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_msg(!parsed(cases[i]), "%s", cases[i]);
    }
    ck_assert_ptr_null(json_parse("{}\0", 3, pool));
}
END_TEST

START_TEST(depth_is_limited)
{
    enum { DEEP = 100000 };
    char *text = apr_palloc(pool, 2 * DEEP);

    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    ck_assert_ptr_null(json_parse(text, 2 * DEEP, pool));
}
END_TEST

START_TEST(text_is_compact_and_comes_back)
{
    apr_size_t length = 0;
    const char *text = json_text(parsed("{ \"b\" : [ 1 , \"\xc3\xa9\" ] }"), &length, pool);

    ck_assert_str_eq(text, "{\"b\":[1,\"\xc3\xa9\"]}");
    ck_assert_int_eq((int)length, (int)strlen(text));
    ck_assert_str_eq(json_text(parsed("\"x\""), NULL, pool), "\"x\"");
    ck_assert_ptr_null(json_text(NULL, NULL, pool));
}
END_TEST

START_TEST(members_are_read_strictly)
{
    const json_t *object = parsed("{\"s\":\"text\",\"i\":7,\"r\":7.0,\"t\":true,\"f\":false,"
                                  "\"n\":null,\"a\":[1],\"o\":{\"x\":1}}");

    ck_assert_str_eq(json_member_string(object, "s"), "text");
    ck_assert_ptr_null(json_member_string(object, "i"));
    ck_assert_ptr_null(json_member_string(object, "n"));
    ck_assert_ptr_null(json_member_string(object, "none"));
    ck_assert_int_eq(json_member_integer(object, "i", 1), 7);
    ck_assert_int_eq(json_member_integer(object, "r", 1), 1);
    ck_assert_int_eq(json_member_integer(object, "s", 1), 1);
    ck_assert_int_eq(json_member_integer(object, "none", 1), 1);
    ck_assert(json_member_is_true(object, "t"));
    ck_assert(!json_member_is_true(object, "f"));
    ck_assert(!json_member_is_true(object, "i"));
    ck_assert_ptr_nonnull(json_member_array(object, "a"));
    ck_assert_ptr_null(json_member_array(object, "o"));
    ck_assert_ptr_nonnull(json_member_object(object, "o"));
    ck_assert_ptr_null(json_member_object(object, "a"));
    ck_assert_ptr_null(json_member_string(NULL, "s"));
    ck_assert_ptr_null(json_member_string(json_member_array(object, "a"), "s"));
}
END_TEST

START_TEST(a_member_can_be_wiped)
{
    const json_t *object = parsed("{\"secret\":\"abc\",\"i\":1}");

    json_member_wipe(object, "secret");
    json_member_wipe(object, "i");
    json_member_wipe(object, "none");
    ck_assert_mem_eq(json_member_string(object, "secret"), "\0\0\0", 3);
}
END_TEST

START_TEST(a_pool_releases_its_values)
{
    json_t *value = json_object();
    apr_pool_t *other;

    apr_pool_create(&other, pool);
    ck_assert_ptr_eq(json_in_pool(json_incref(value), other), value);
    ck_assert_ptr_null(json_in_pool(NULL, other));
    ck_assert_int_eq((int)value->refcount, 2);
    apr_pool_destroy(other);
    ck_assert_int_eq((int)value->refcount, 1);
    json_decref(value);
}
END_TEST

TESTS("json", whole_texts_parse, other_texts_do_not, depth_is_limited,
      text_is_compact_and_comes_back, members_are_read_strictly, a_member_can_be_wiped,
      a_pool_releases_its_values)
