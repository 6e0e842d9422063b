/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "linode/instance_label.h"

START_TEST(labels_are_checked)
{
    static const char *const good[] = {"abc", "owncast-7f3k", "A.b_c-d", "a-_.b", "a1-2"};
    static const char *const bad[] = {"",     "ab",   "1ab",        "-ab",   "abc-",
                                      "a--b", "a__b", "a..b",       "a b",   "a/b",
                                      "ab\n", "abc.", "ab\xc3\xa9", "a<b>c", "_abc"};
    char *longest = apr_pcalloc(pool, 66);
    size_t i;

    for (i = 0; i < COUNT(good); i++) {
        ck_assert_msg(!instance_label_check(good[i], pool), "%s", good[i]);
    }
    for (i = 0; i < COUNT(bad); i++) {
        ck_assert_msg(instance_label_check(bad[i], pool) != NULL, "%s", bad[i]);
    }
    memset(longest, 'a', 64);
    ck_assert_ptr_null(instance_label_check(longest, pool));
    longest[64] = 'a';
    ck_assert_ptr_nonnull(instance_label_check(longest, pool));
}
END_TEST

START_TEST(labels_are_made)
{
    static const char *const cases[][3] = {
        {"Owncast", "7f3k9m2x", "owncast-7f3k9m2x"},
        {"My App 2", "x1", "my-app-2-x1"},
        {"  The  -- App!! ", "x1", "the-app-x1"},
        {"a__b..c--d", "x1", "a_b.c-d-x1"},
        {"42 things", "x1", "things-x1"},
        {"\xe2\x82\xac", "x1", "linode-x1"},
        {"", "x1", "linode-x1"},
        {"Caf\xc3\xa9 au lait", "x1", "caf-au-lait-x1"},
        {"ab", "x1", "ab-x1"},
        {"ab", NULL, "linode"},
        {"abc", "", "abc"},
        {"app-", "x1", "app-x1"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const char *label = instance_label_make(cases[i][0], cases[i][1], pool);

        ck_assert_str_eq(label, cases[i][2]);
        ck_assert_ptr_null(instance_label_check(label, pool));
    }
}
END_TEST

START_TEST(long_labels_are_cut)
{
    char *name = apr_pcalloc(pool, 501);
    char *suffix = apr_pcalloc(pool, 201);
    const char *label;

    memset(name, 'a', 500);
    label = instance_label_make(name, "7f3k9m2x", pool);
    ck_assert_int_eq((int)strlen(label), 64);
    ck_assert_str_eq(label + 55, "-7f3k9m2x");
    memset(suffix, 'b', 200);
    label = instance_label_make(name, suffix, pool);
    ck_assert_int_eq((int)strlen(label), 64);
    ck_assert_ptr_null(instance_label_check(label, pool));
    name[54] = '-'; /* the cut falls right behind a mark */
    label = instance_label_make(name, "7f3k9m2x", pool);
    ck_assert_ptr_null(instance_label_check(label, pool));
}
END_TEST

TESTS("instance_label", labels_are_checked, labels_are_made, long_labels_are_cut)
