/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test needs: a pool that lives as long as one test, and a main that runs a list
 * of tests. */
#ifndef UNIT_FIXTURE_H
#define UNIT_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_pools.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <check.h>

#include "support/problem.h"

static apr_pool_t *pool;

static void make_pool(void)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
}

static void drop_pool(void)
{
    apr_pool_destroy(pool);
    apr_terminate();
}

static int run_tests(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    SRunner *runner = srunner_create(suite);
    size_t i;
    int failed;

    tcase_add_checked_fixture(all, make_pool, drop_pool);
    tcase_set_timeout(all, 60);
    for (i = 0; i < count; i++) {
        tcase_add_test(all, tests[i]);
    }
    suite_add_tcase(suite, all);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define TESTS(name, ...)                                                                           \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const tests[] = {__VA_ARGS__};                                                \
                                                                                                   \
        return run_tests(name, tests, sizeof(tests) / sizeof(tests[0]));                           \
    }

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* No problem, or the test ends with what the problem says. */
#define ck_assert_fine(expression)                                                                 \
    do {                                                                                           \
        const problem_t *problem_found = (expression);                                             \
                                                                                                   \
        ck_assert_msg(!problem_found, "%s: %s", #expression,                                       \
                      problem_found ? problem_line(problem_found, pool) : "");                     \
    } while (0)

#define ck_assert_problem(problem_given, kind_wanted)                                              \
    do {                                                                                           \
        const problem_t *problem_found = (problem_given);                                          \
                                                                                                   \
        ck_assert_msg(problem_found != NULL, "no problem, but %s expected", #kind_wanted);         \
        ck_assert_msg(problem_found->kind == PROBLEM_##kind_wanted, "%s expected, not: %s",        \
                      #kind_wanted, problem_line(problem_found, pool));                            \
    } while (0)

/* An array of strings, ended by NULL. */
static inline apr_array_header_t *strings(const char *first, ...)
{
    apr_array_header_t *array = apr_array_make(pool, 4, sizeof(const char *));
    const char *text;
    va_list rest;

    va_start(rest, first);
    for (text = first; text; text = va_arg(rest, const char *)) {
        APR_ARRAY_PUSH(array, const char *) = text;
    }
    va_end(rest);
    return array;
}

#endif
