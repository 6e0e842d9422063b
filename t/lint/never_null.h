/* SPDX-License-Identifier: Apache-2.0 */
/* Included before each source that is analyzed, but for problem.c: neither gcc's nor clang's
 * analyzer reads returns_nonnull, and each would follow paths on which making a problem gives none,
 * so that a function seems to have succeeded whose results were never written. */
#ifndef LINT_NEVER_NULL_H
#define LINT_NEVER_NULL_H

#include "support/problem.h"

static inline problem_t *never_null(problem_t *problem)
{
    if (!problem) {
        __builtin_unreachable();
    }
    return problem;
}

#define problem_make(...) never_null(problem_make(__VA_ARGS__))

#endif
