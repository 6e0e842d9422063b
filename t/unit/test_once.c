/* SPDX-License-Identifier: Apache-2.0 */
/* What is said once, by whichever process. */
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"
#include "support/once.h"

#define PROCESSES 8
#define TEXTS     100

START_TEST(first_is_first)
{
    once_t *once = once_create(pool);

    ck_assert_int_eq(once_first(once, "a"), 1);
    ck_assert_int_eq(once_first(once, "a"), 0);
    ck_assert_int_eq(once_first(once, "b"), 1);
    ck_assert_int_eq(once_first(once, ""), 1);
    ck_assert_int_eq(once_first(once, ""), 0);
    ck_assert_int_eq(once_first(once_create(pool), "a"), 1);
    ck_assert_int_eq(once_first(NULL, "a"), 1);
}
END_TEST

START_TEST(full_table_says_nothing_more)
{
    once_t *once = once_create(pool);
    int i, said = 0;

    for (i = 0; i < ONCE_TEXTS + 10; i++) {
        said += once_first(once, apr_itoa(pool, i));
    }
    ck_assert_int_eq(said, ONCE_TEXTS);
    ck_assert_int_eq(once_first(once, "0"), 0);
}
END_TEST

/* How many of the texts this process was the first with. */
static int say_all(once_t *once)
{
    int i, said = 0;

    for (i = 0; i < TEXTS; i++) {
        said += once_first(once, apr_itoa(pool, i));
    }
    return said;
}

START_TEST(processes_share_it)
{
    once_t *once = once_create(pool);
    int i, said = 0;

    for (i = 0; i < PROCESSES; i++) {
        pid_t child = fork();

        ck_assert_int_ge(child, 0);
        if (child == 0) {
            _exit(say_all(once));
        }
    }
    for (i = 0; i < PROCESSES; i++) {
        int status;

        ck_assert_int_gt(wait(&status), 0);
        said += WEXITSTATUS(status);
    }
    ck_assert_int_eq(said, TEXTS);
}
END_TEST

TESTS("once", first_is_first, full_table_says_nothing_more, processes_share_it)
