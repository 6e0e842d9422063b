/* SPDX-License-Identifier: Apache-2.0 */
/* What the code under test would sleep, in place of APR's apr_sleep: noted, and not slept. Included
 * once in a program; a test that looks begins with sleeps_forget, as others may share its process.
 */
#ifndef SLEEPING_H
#define SLEEPING_H

#include <apr_time.h>

#include "fixture.h"

static apr_interval_time_t slept[64];
static int sleeps;

__attribute__((visibility("default"))) void apr_sleep(apr_interval_time_t time)
{
    ck_assert_int_lt(sleeps, (int)COUNT(slept));
    slept[sleeps++] = time;
}

static void sleeps_forget(void)
{
    sleeps = 0;
}

#endif
