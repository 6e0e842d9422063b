/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting text without cutting characters. */
#include "fixture.h"
#include "support/excerpt.h"

START_TEST(short_text_is_whole)
{
    ck_assert_str_eq(excerpt_of("", 0, pool), "");
    ck_assert_str_eq(excerpt_of("abc", 3, pool), "abc");
    ck_assert_str_eq(excerpt_of("abc", 100, pool), "abc");
}
END_TEST

START_TEST(long_text_is_cut)
{
    ck_assert_str_eq(excerpt_of("abcdef", 3, pool), "abc");
    ck_assert_str_eq(excerpt_of("abc", 0, pool), "");
}
END_TEST

START_TEST(no_character_is_cut)
{
    static const struct {
        apr_size_t most;
        const char *left;
    } cases[] = {
        {1, ""}, {2, "é"}, {3, "é"}, {4, "é"}, {5, "é€"}, {8, "é€"}, {9, "é€\xf0\x9f\x98\x80"}};
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_str_eq(excerpt_of("é€\xf0\x9f\x98\x80", cases[i].most, pool), cases[i].left);
    }
}
END_TEST

START_TEST(what_is_quoted_is_short_and_no_password)
{
    static const char *const cases[][2] = {
        {"", "\"\""},
        {"a b", "\"a b\""},
        {"https://user:pw@host/a@b", "\"https://...@host/a@b\""},
        {"https://p@w@host", "\"https://...@host\""},
        {"https://@host", "\"https://...@host\""},
        {"https://host/@", "\"https://host/@\""},
        {"user@host", "\"user@host\""},
    };
    char *long_text = apr_pcalloc(pool, 5000);
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_str_eq(excerpt_quoted(cases[i][0], pool), cases[i][1]);
    }
    memset(long_text, 'x', 4999);
    ck_assert_uint_eq(strlen(excerpt_quoted(long_text, pool)), 100 + strlen("\"...\""));
}
END_TEST

START_TEST(characters_are_counted)
{
    ck_assert_uint_eq(excerpt_characters(""), 0);
    ck_assert_uint_eq(excerpt_characters("aé€\xf0\x9f\x98\x80"), 4);
}
END_TEST

TESTS("excerpt", short_text_is_whole, long_text_is_cut, no_character_is_cut,
      what_is_quoted_is_short_and_no_password, characters_are_counted)
