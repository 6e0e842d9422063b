/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

START_TEST(every_row_is_complete)
{
    int seen[1000] = {0};
    int kind;

    for (kind = 0; kind < PROBLEM_KINDS; kind++) {
        const problem_t *problem = problem_make(pool, (problem_kind_t)kind, "x");

        ck_assert_int_eq((int)problem->kind, kind);
        ck_assert_int_gt((int)strlen(problem->title), 0);
        ck_assert_int_gt((int)strlen(problem->message), 0);
        ck_assert_int_gt((int)strlen(problem->remedy), 0);
        ck_assert_int_ge(problem->status, 400);
        ck_assert_int_lt(problem->status, 600);
        ck_assert_int_ge(problem->code, 100);
        ck_assert_int_lt(problem->code, 600);
        ck_assert_msg(!seen[problem->code]++, "code %d is used twice", problem->code);
        ck_assert_ptr_null(problem->field);
        ck_assert_ptr_null(problem->reasons);
    }
}
END_TEST

START_TEST(detail_is_formatted)
{
    const problem_t *problem = problem_make(pool, PROBLEM_INTERNAL, "%d of %s", 3, "four");

    ck_assert_str_eq(problem->detail, "3 of four");
    ck_assert_str_eq(problem_code(problem, pool), "LO0501");
    ck_assert_str_eq(problem_line(problem, pool),
                     "LO0501 Something went wrong on this site: 3 of four");
}
END_TEST

START_TEST(reasons_are_kept_and_the_first_field_blamed)
{
    problem_t *problem = problem_make(pool, PROBLEM_LINODE_REFUSED, "POST /x answered 400");

    problem_add_reason(problem, pool, "Try again.", NULL);
    ck_assert_ptr_null(problem->field);
    problem_add_reason(problem, pool, "is not valid", "region");
    problem_add_reason(problem, pool, "is too long", "label");
    ck_assert_str_eq(problem->field, "region");
    ck_assert_str_eq(problem_line(problem, pool),
                     "LO0406 Linode did not accept the request: POST /x answered 400 "
                     "(Try again.; is not valid [region]; is too long [label])");
}
END_TEST

static const struct {
    const char *text;
    const char *field;
    int text_stays;
    int field_stays;
} quotations[] = {
    {"The code 0123456789abcdef is of no use", "code", 0, 1},
    {"0123456789abcdef", "0123456789abcdef", 0, 0},
    {"The reason was cut within 0123456", NULL, 0, 1},
    {"0123", "udf.0123456789abcdef", 0, 0},
    {"Try again in 012", "label", 1, 1},
    {"The code 0123 is of no use", "x0123456789abcdex", 1, 1},
    {"", "", 1, 1},
};

START_TEST(reasons_that_quote_a_secret_are_struck)
{
    size_t i;

    for (i = 0; i < COUNT(quotations); i++) {
        problem_t *problem = problem_make(pool, PROBLEM_LINODE_REFUSED, "x");
        const problem_reason_t *reason;

        problem_strike(problem, "0123456789abcdef");
        problem_add_reason(problem, pool, quotations[i].text, quotations[i].field);
        problem_strike(problem, NULL);
        problem_strike(problem, "");
        problem_strike(problem, "0123456789abcdef");
        reason = &APR_ARRAY_IDX(problem->reasons, 0, problem_reason_t);
        ck_assert_msg((strcmp(reason->text, quotations[i].text) == 0) == quotations[i].text_stays,
                      "%s became %s", quotations[i].text, reason->text);
        ck_assert_pstr_eq(reason->field, quotations[i].field_stays ? quotations[i].field : NULL);
        ck_assert_ptr_eq(problem->field, reason->field);
    }
}
END_TEST

START_TEST(a_line_is_one_line)
{
    problem_t *problem = problem_make(pool, PROBLEM_INTERNAL, "a\r\nb\x1b[31m\x7f");

    problem_add_reason(problem, pool, "c\nd", NULL);
    ck_assert_str_eq(problem_line(problem, pool),
                     "LO0501 Something went wrong on this site: a  b [31m  (c d)");
}
END_TEST

START_TEST(a_copy_outlives_its_original)
{
    apr_pool_t *other;
    problem_t *problem;
    problem_t *copy;

    apr_pool_create(&other, pool);
    problem = problem_make(other, PROBLEM_LINODE_BUSY, "%s", "detail");
    problem->message = apr_pstrdup(other, "message");
    problem->retry_after = 5;
    problem->effect = PROBLEM_MAYBE_CREATED;
    problem_add_reason(problem, other, "text", "field");
    copy = problem_copy(problem, pool);
    problem->field = NULL;
    ck_assert_ptr_null(problem_copy(problem, pool)->field);
    memset((char *)problem->detail, 'x', 6);
    apr_pool_destroy(other);
    ck_assert_str_eq(copy->detail, "detail");
    ck_assert_str_eq(copy->message, "message");
    ck_assert_str_eq(copy->field, "field");
    ck_assert_int_eq(copy->reasons->nelts, 1);
    ck_assert_int_eq((int)copy->retry_after, 5);
    ck_assert_int_eq((int)copy->effect, PROBLEM_MAYBE_CREATED);
}
END_TEST

TESTS("problem", every_row_is_complete, detail_is_formatted,
      reasons_are_kept_and_the_first_field_blamed, reasons_that_quote_a_secret_are_struck,
      a_line_is_one_line, a_copy_outlives_its_original)
