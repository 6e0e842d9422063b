/* SPDX-License-Identifier: Apache-2.0 */
/* What plans and their backups cost, and whether the visitor has seen it. */
#include <locale.h>

#include <apr_thread_proc.h>

#include "linode/price.h"
#include "small_catalog.h"
#include "state_files.h"

START_TEST(prices_are_the_regions_own)
{
    const json_t *small = catalog_find(small_catalog()->types, "small");

    ck_assert_double_eq(price_monthly(small, "us"), 5);
    ck_assert_double_eq(price_monthly(small, "br"), 7);
    ck_assert_double_eq(price_monthly(catalog_find(small_catalog()->types, "beta"), "us"), -1);
    ck_assert_str_eq(price_list(small_catalog(), 0, pool),
                     "small=5;br=7 tiny=1.25 gpu=12345.67 beta=-1");
}
END_TEST

static const apr_array_header_t *seen_all(const char *type, const char *region, int backups,
                                          const char *shown)
{
    const offer_choice_t choice = {.type = type, .region = region, .backups = backups};
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));

    price_check(problems, small_catalog(), &choice, shown, pool);
    return problems;
}

static const problem_t *seen(const char *type, const char *region, const char *shown)
{
    const apr_array_header_t *problems = seen_all(type, region, 0, shown);

    return problems->nelts ? APR_ARRAY_IDX(problems, 0, const problem_t *) : NULL;
}

START_TEST(the_price_that_was_shown_holds)
{
    const char *now = price_list(small_catalog(), 0, pool);
    static const char *const ids[] = {"small", "tiny", "gpu", "beta"};
    size_t i;

    for (i = 0; i < COUNT(ids); i++) {
        ck_assert_ptr_null(seen(ids[i], "us", now));
        ck_assert_ptr_null(seen(ids[i], "br", now));
    }
    ck_assert_ptr_null(seen("small", "us", NULL));
    ck_assert_ptr_null(seen("small", "us", ""));
    ck_assert_ptr_null(seen("small", "us", "other=3 smaller=4 small"));
    ck_assert_ptr_null(seen("small", "us", "small= small=x"));
    ck_assert_ptr_null(seen("none", "us", "none=3"));
    ck_assert_ptr_null(seen("small", "none", "small=3"));
}
END_TEST

START_TEST(another_price_is_told_with_the_old_one)
{
    const problem_t *problem = seen("small", "br", "tiny=1.25 small=5;us=1;br=6.5");

    ck_assert_problem(problem, PRICE_CHANGED);
    ck_assert_str_eq(problem->field, "type");
    ck_assert_str_eq(problem->message, "The plan Small in Sao Paulo was shown with $6.50 a month; "
                                       "Linode now asks $7.00.");
    ck_assert_problem(seen("small", "br", "small=5"), PRICE_CHANGED);
    ck_assert_problem(seen("beta", "us", "beta=5"), PRICE_CHANGED);
    ck_assert_problem(seen("small", "us", "small=-1"), PRICE_CHANGED);
}
END_TEST

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* Whether this machine could make a locale of that name in the directory, from its source. */
static int make_locale(const char *directory, const char *name, const char *source)
{
    const char *const command[] = {"localedef", "--quiet", "-c", "-i", source, name, NULL};
    apr_procattr_t *attributes;
    apr_exit_why_e why;
    apr_proc_t process;
    int status;

    apr_procattr_create(&attributes, pool);
    apr_procattr_cmdtype_set(attributes, APR_PROGRAM_PATH);
    apr_procattr_dir_set(attributes, directory);
    return apr_proc_create(&process, command[0], command, NULL, attributes, pool) == APR_SUCCESS &&
           apr_proc_wait(&process, &status, &why, APR_WAIT) == APR_CHILD_DONE;
}

/* Another module of the server may set a locale in which numbers have a comma. */
static int set_comma(const char *directory)
{
    write_text(apr_pstrcat(pool, directory, "/source", NULL),
               "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \"\"\ngrouping -1\n"
               "END LC_NUMERIC\n");
    return make_locale(directory, "./comma", "./source") && setenv("LOCPATH", directory, 1) == 0 &&
           setlocale(LC_NUMERIC, "comma") != NULL;
}

START_TEST(prices_do_not_follow_the_locale)
{
    const char *directory = make_directory();

    if (set_comma(directory)) {
        ck_assert_str_eq(localeconv()->decimal_point, ",");
        ck_assert_ptr_null(seen("tiny", "us", price_list(small_catalog(), 0, pool)));
        ck_assert_int_eq(seen_all("small", "br", 1, price_list(small_catalog(), 1, pool))->nelts,
                         0);
    }
    ck_assert_ptr_nonnull(setlocale(LC_NUMERIC, "C"));
    remove_directory(apr_pstrcat(pool, directory, "/comma/LC_MESSAGES", NULL));
    remove_directory(apr_pstrcat(pool, directory, "/comma", NULL));
}
END_TEST

START_TEST(backups_have_prices_of_their_own)
{
    const json_t *small = catalog_find(small_catalog()->types, "small");

    ck_assert_double_eq(price_backups_monthly(small, "us"), 2);
    ck_assert_double_eq(price_backups_monthly(small, "br"), 2.8);
    ck_assert_double_eq(price_backups_monthly(catalog_find(small_catalog()->types, "gpu"), "us"),
                        -1);
    ck_assert_str_eq(price_list(small_catalog(), 1, pool),
                     "small=5+2;br=7+2.8;de=5+2.4 tiny=1.25+-1 gpu=12345.67+-1 beta=-1+-1");
}
END_TEST

START_TEST(backups_shown_with_their_price_hold)
{
    const char *now = price_list(small_catalog(), 1, pool);
    const problem_t *problem;

    ck_assert_int_eq(seen_all("small", "br", 1, now)->nelts, 0);
    ck_assert_int_eq(seen_all("small", "de", 1, now)->nelts, 0);
    ck_assert_int_eq(seen_all("gpu", "us", 1, now)->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 0, "small=7+1")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=7")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=7+")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=7+x")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=6+1")->nelts, 2);
    problem = APR_ARRAY_IDX(seen_all("small", "br", 1, "small=5+2;br=7+2.5"), 0, problem_t *);
    ck_assert_problem(problem, PRICE_CHANGED);
    ck_assert_str_eq(problem->field, "backups");
    ck_assert_str_eq(problem->message, "Backups of the plan Small in Sao Paulo were shown with "
                                       "$2.50 a month; Linode now asks $2.80.");
}
END_TEST

TESTS("price", prices_are_the_regions_own, the_price_that_was_shown_holds,
      another_price_is_told_with_the_old_one, prices_do_not_follow_the_locale,
      backups_have_prices_of_their_own, backups_shown_with_their_price_hold)
