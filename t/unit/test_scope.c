/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "linode/scope.h"

static const char *listed(const char *text)
{
    return scope_text(scope_list(text, pool), pool);
}

START_TEST(lists_are_read)
{
    static const char *const cases[][2] = {
        {"linodes:read_write", "linodes:read_write"},
        {"linodes:read_write,domains:read_only", "linodes:read_write,domains:read_only"},
        {"linodes:read_write domains:read_only", "linodes:read_write,domains:read_only"},
        {" ,linodes:read_write, domains:read_only ,, ", "linodes:read_write,domains:read_only"},
        {"Linodes:Read_Write", "linodes:read_write"},
        {"linodes", "linodes:*"},
        {"linodes:*", "linodes:*"},
        {"*", "*"},
        {"*:*", "*"},
        {"linodes:create", "linodes:read_write"},
        {"linodes:view", "linodes:read_only"},
        {"linodes:modify linodes:delete", "linodes:read_write"},
        {"linodes:read_only linodes:read_only", "linodes:read_only"},
        {"linodes:Other", "linodes:other"},
        {"", ""},
        {"  ", ""},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_str_eq(listed(cases[i][0]), cases[i][1]);
    }
    ck_assert_int_eq(scope_list(NULL, pool)->nelts, 0);
}
END_TEST

START_TEST(covering)
{
    static const struct {
        const char *granted;
        const char *wanted;
        int covers;
    } cases[] = {
        {"linodes:read_write", "linodes:read_write", 1},
        {"linodes:read_write", "linodes:read_only", 1},
        {"linodes:read_only", "linodes:read_write", 0},
        {"linodes_other:read_write", "linodes:read_write", 0},
        {"linode:read_write", "linodes:read_write", 0},
        {"linodes:read_only", "linodes:*", 0},
        {"linodes:read_only", "linodes", 0},
        {"linodes:*", "linodes:read_write", 1},
        {"linodes", "linodes:read_write", 1},
        {"linodes:read_write", "linodes:*", 1},
        {"linodes:create", "linodes:read_write", 1},
        {"linodes:read_write", "linodes:create", 1},
        {"linodes:view", "linodes:create", 0},
        {"*", "linodes:read_write", 1},
        {"*", "*", 1},
        {"linodes:*", "*", 0},
        {"linodes:* domains:*", "*", 0},
        {"domains:read_write", "linodes:read_only", 0},
        {"domains:read_write linodes:read_only", "linodes:read_only", 1},
        {"LINODES:READ_WRITE", "linodes:read_only", 1},
        {"linode:read_write", "linodes:read_only", 0},
        {"linodes:other", "linodes:other", 1},
        {"linodes:other", "linodes:read_only", 0},
        {"linodes:read_write", "linodes:other", 0},
        {"linodes:*", "linodes:other", 1},
        {"", "linodes:read_only", 0},
        {"unknown", "linodes:read_only", 0},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_msg(scope_covers(scope_list(cases[i].granted, pool), cases[i].wanted) ==
                          cases[i].covers,
                      "%s for %s", cases[i].granted, cases[i].wanted);
    }
}
END_TEST

START_TEST(lists_as_given_are_covered_too)
{
    ck_assert(scope_covers(strings("linodes", NULL), "linodes:read_write"));
    ck_assert(scope_covers(strings("linodes:delete", NULL), "linodes:read_write"));
}
END_TEST

START_TEST(missing_scopes)
{
    apr_array_header_t *granted = scope_list("linodes:read_only domains:*", pool);
    apr_array_header_t *wanted =
        scope_list("linodes:read_write domains:read_only events:read_only", pool);

    ck_assert_str_eq(scope_text(scope_missing(granted, wanted, pool), pool),
                     "linodes:read_write,events:read_only");
    ck_assert_int_eq(scope_missing(scope_list("*", pool), wanted, pool)->nelts, 0);
}
END_TEST

START_TEST(scopes_that_can_be_asked_for)
{
    static const char *const good[] = {"linodes:read_write", "linodes",          "*",
                                       "domains:*",          "Events:read_only", "linodes:create"};
    static const char *const bad[] = {
        "",           "linode:read_write",    "linodes:",         "linodes:write",
        ":read_only", "linodes:read_write:x", "linodes read_only"};
    size_t i;

    for (i = 0; i < COUNT(good); i++) {
        ck_assert_msg(!scope_check(good[i], pool), "%s", good[i]);
    }
    for (i = 0; i < COUNT(bad); i++) {
        ck_assert_msg(scope_check(bad[i], pool) != NULL, "%s", bad[i]);
    }
}
END_TEST

START_TEST(scopes_in_words)
{
    ck_assert_str_eq(scope_words("linodes:read_write", pool), "linodes: read and write");
    ck_assert_str_eq(scope_words("linodes:read_only", pool), "linodes: read");
    ck_assert_str_eq(scope_words("linodes", pool), "linodes: everything");
    ck_assert_str_eq(scope_words("*", pool), "everything");
    ck_assert_str_eq(scope_words("object_storage:*", pool), "object storage: everything");
    ck_assert_str_eq(scope_words("linodes:other", pool), "linodes: other");
}
END_TEST

TESTS("scope", lists_are_read, covering, lists_as_given_are_covered_too, missing_scopes,
      scopes_that_can_be_asked_for, scopes_in_words)
