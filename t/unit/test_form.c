/* SPDX-License-Identifier: Apache-2.0 */
/* The strict reading of application/x-www-form-urlencoded. */
#include "memory.h"
#include "support/form.h"

static problem_t *parse(apr_table_t **form, const char *text)
{
    return form_parse(form, text, strlen(text), pool);
}

START_TEST(reads_what_browsers_write)
{
    apr_table_t *form;
    ck_assert_ptr_null(parse(&form, "a=1&b=two+words&c=%C3%A9&d=&e&&f=%2B%26%3d"));
    ck_assert_str_eq(form_get(form, "a"), "1");
    ck_assert_str_eq(form_get(form, "b"), "two words");
    ck_assert_str_eq(form_get(form, "c"), "\xC3\xA9");
    ck_assert_ptr_null(form_get(form, "d"));
    ck_assert_ptr_null(form_get(form, "e"));
    ck_assert_str_eq(form_get(form, "f"), "+&=");
    ck_assert_ptr_null(form_get(form, "g"));
}
END_TEST

START_TEST(reads_nothing)
{
    apr_table_t *form;
    ck_assert_ptr_null(parse(&form, ""));
    ck_assert(apr_is_empty_table(form));
}
END_TEST

static const struct {
    const char *text;
    problem_kind_t kind;
} refused[] = {
    {"a=%", PROBLEM_FORM_MALFORMED},
    {"a=%4", PROBLEM_FORM_MALFORMED},
    {"a=%zz", PROBLEM_FORM_MALFORMED},
    {"a=%00", PROBLEM_FORM_MALFORMED},
    {"a=%0b", PROBLEM_FORM_MALFORMED},
    {"a=%7f", PROBLEM_FORM_MALFORMED},
    {"a=%ff", PROBLEM_FORM_MALFORMED},
    {"a=%c0%80", PROBLEM_FORM_MALFORMED},
    {"a=%ed%a0%80", PROBLEM_FORM_MALFORMED},
    {"a=%f4%90%80%80", PROBLEM_FORM_MALFORMED},
    {"a=%c3", PROBLEM_FORM_MALFORMED},
    {"a=\xe2\x82", PROBLEM_FORM_MALFORMED},
    {"=b", PROBLEM_FORM_MALFORMED},
    {"a=1&a=1", PROBLEM_FORM_MALFORMED},
    {"a=1&A=2", PROBLEM_FORM_MALFORMED},
    {"a=1&%61=2", PROBLEM_FORM_MALFORMED},
    {"%ff=1", PROBLEM_FORM_MALFORMED},
    {"a=%e0%80%af", PROBLEM_FORM_MALFORMED},
    {"a=%f0%80%80%af", PROBLEM_FORM_MALFORMED},
    {"a=%e2%82A", PROBLEM_FORM_MALFORMED},
    {"a=%e2%82%c3", PROBLEM_FORM_MALFORMED},
    {"a=%c1%81", PROBLEM_FORM_MALFORMED},
    {"a=%f5%80%80%80", PROBLEM_FORM_MALFORMED},
};

START_TEST(refuses_what_none_would_write)
{
    apr_table_t *form;
    for (size_t i = 0; i < COUNT(refused); i++) {
        problem_t *problem = parse(&form, refused[i].text);
        ck_assert_msg(problem && problem->kind == refused[i].kind, "%s", refused[i].text);
    }
}
END_TEST

/* What follows the text is none of it. */
START_TEST(ends_where_it_is_said)
{
    apr_table_t *form;
    ck_assert_int_eq(form_parse(&form, "a=%41", 4, pool)->kind, PROBLEM_FORM_MALFORMED);
    ck_assert_int_eq(form_parse(&form, "a=%e2%82%ac", 8, pool)->kind, PROBLEM_FORM_MALFORMED);
    ck_assert_ptr_null(form_parse(&form, "a=12", 3, pool));
    ck_assert_str_eq(form_get(form, "a"), "1");
}
END_TEST

START_TEST(names_have_a_limit)
{
    apr_table_t *form;
    char text[FORM_MAX_NAME + 2] = "";
    memset(text, 'n', FORM_MAX_NAME);
    ck_assert_ptr_null(parse(&form, text));
    text[FORM_MAX_NAME] = 'n';
    ck_assert_int_eq(parse(&form, text)->kind, PROBLEM_FORM_TOO_LARGE);
}
END_TEST

START_TEST(holds_its_limits)
{
    apr_table_t *form;
    char *text = malloc(FORM_MAX_VALUE + 4);
    memset(text, 'x', FORM_MAX_VALUE + 3);
    text[1] = '=';
    text[FORM_MAX_VALUE + 2] = '\0';
    ck_assert_ptr_null(parse(&form, text));
    text[FORM_MAX_VALUE + 2] = 'x';
    text[FORM_MAX_VALUE + 3] = '\0';
    ck_assert_int_eq(parse(&form, text)->kind, PROBLEM_FORM_TOO_LARGE);
    free(text);
}
END_TEST

START_TEST(counts_its_fields)
{
    apr_table_t *form;
    const char *text = "f=1";
    for (int i = 1; i < FORM_MAX_FIELDS; i++) {
        text = apr_psprintf(pool, "%s&f%d=1", text, i);
    }
    ck_assert_ptr_null(parse(&form, text));
    text = apr_pstrcat(pool, text, "&more=1", NULL);
    ck_assert_int_eq(parse(&form, text)->kind, PROBLEM_FORM_TOO_LARGE);
}
END_TEST

static problem_t *parse_lists(apr_table_t **form, const char *text)
{
    return form_parse_lists(form, text, strlen(text), "udf.", pool);
}

START_TEST(lists_repeat_their_name)
{
    apr_table_t *form;
    apr_array_header_t *values;
    ck_assert_ptr_null(parse_lists(&form, "udf.a=&udf.a=1&udf.b=2&udf.a=3&c=4"));
    values = form_values(form, "udf.a", pool);
    ck_assert_int_eq(values->nelts, 3);
    ck_assert_str_eq(APR_ARRAY_IDX(values, 0, const char *), "");
    ck_assert_str_eq(APR_ARRAY_IDX(values, 1, const char *), "1");
    ck_assert_str_eq(APR_ARRAY_IDX(values, 2, const char *), "3");
    ck_assert_int_eq(form_values(form, "udf.A", pool)->nelts, 0);
    ck_assert_int_eq(form_values(form, "udf.c", pool)->nelts, 0);
}
END_TEST

START_TEST(lists_do_not_excuse_others)
{
    apr_table_t *form;
    ck_assert_int_eq(parse_lists(&form, "c=1&c=2")->kind, PROBLEM_FORM_MALFORMED);
    ck_assert_int_eq(parse_lists(&form, "udf.a=1&udf.A=2")->kind, PROBLEM_FORM_MALFORMED);
    ck_assert_int_eq(parse(&form, "udf.a=1&udf.a=2")->kind, PROBLEM_FORM_MALFORMED);
}
END_TEST

START_TEST(lists_have_a_limit)
{
    apr_table_t *form;
    const char *text = "udf.a=1";
    for (int i = 1; i < FORM_MAX_LISTED; i++) {
        text = apr_pstrcat(pool, text, "&udf.a=1", NULL);
    }
    ck_assert_ptr_null(parse_lists(&form, text));
    text = apr_pstrcat(pool, text, "&udf.a=1", NULL);
    ck_assert_int_eq(parse_lists(&form, text)->kind, PROBLEM_FORM_TOO_LARGE);
}
END_TEST

START_TEST(never_repeats_a_value)
{
    apr_table_t *form;
    problem_t *problem = parse(&form, "secret=hunter2%zz");
    ck_assert_ptr_null(strstr(problem->detail, "hunter2"));
    ck_assert_ptr_null(strstr(problem_line(problem, pool), "hunter2"));
}
END_TEST

START_TEST(a_refused_value_leaves_nothing_behind)
{
    static const char *const ends[] = {"%01", "%ff", "&=secret"};
    char text[64];
    for (size_t i = 0; i < COUNT(ends); i++) {
        apr_table_t *form;
        apr_snprintf(text, sizeof(text), "=secret+%s%s", "word", ends[i]);
        ck_assert_problem(parse(&form, text), FORM_MALFORMED);
        apr_snprintf(text, sizeof(text), "a=1&a=secret+%s%s", "word", ends[i]);
        ck_assert_problem(parse(&form, text), FORM_MALFORMED);
    }
    ck_assert_int_eq((int)copies_in_memory("secret ", "word"), 0);
}
END_TEST

TESTS("form", reads_what_browsers_write, reads_nothing, refuses_what_none_would_write,
      ends_where_it_is_said, names_have_a_limit, holds_its_limits, counts_its_fields,
      lists_repeat_their_name, lists_do_not_excuse_others, lists_have_a_limit,
      never_repeats_a_value, a_refused_value_leaves_nothing_behind)
