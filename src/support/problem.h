/* SPDX-License-Identifier: Apache-2.0 */
/* The one way to fail.
 *
 * A function that can fail returns a problem_t *, NULL for success. A problem is told to three
 * readers at once: the visitor (title, message, remedy, and what it means for his account), the
 * operator (a stable code, and a detail for the log), and the program (status, field, retry_after,
 * effect). It never holds a secret in any of these. Each kind has one row in problem.def, which
 * gives everything that does not depend on the case at hand; what does is set on the problem after
 * it was made. A problem lives in the pool it was made from and is written by one thread only. */
#ifndef SUPPORT_PROBLEM_H
#define SUPPORT_PROBLEM_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <apr_time.h>

/* What the failure means for the visitor's account: nothing was asked of Linode that makes or
 * costs anything; or a request was sent and its outcome is not known; or the thing exists. */
typedef enum {
    PROBLEM_NOTHING_CREATED,
    PROBLEM_MAYBE_CREATED,
    PROBLEM_CREATED,
} problem_effect_t;

typedef enum {
#define PROBLEM(name, code, status, effect, title, message, remedy) PROBLEM_##name,
#include "support/problem.def"
#undef PROBLEM
    PROBLEM_KINDS
} problem_kind_t;

/* One of the reasons that Linode gave, as it gave it. */
typedef struct problem_reason_t {
    const char *text;
    const char *field; /* NULL where Linode blames none */
} problem_reason_t;

typedef struct problem_t {
    problem_kind_t kind;
    int code;   /* the number in LO0123; stable over versions */
    int status; /* HTTP status of the page that tells it */
    problem_effect_t effect;
    const char *title;               /* for the visitor: what happened, in a few words */
    const char *message;             /* the same in a sentence or two */
    const char *remedy;              /* what to do now */
    const char *detail;              /* for the log; never NULL, never shown to a visitor */
    const char *field;               /* form field to blame, or NULL */
    apr_array_header_t *reasons;     /* of problem_reason_t, or NULL */
    apr_interval_time_t retry_after; /* microseconds, 0 when nobody said */
} problem_t;

/* Makes a problem of that kind. detail is an apr_psprintf format and says what the operator needs
 * to know; the words for the visitor come from the kind's row and may be replaced afterwards. */
problem_t *problem_make(apr_pool_t *pool, problem_kind_t kind, const char *detail, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a reason as Linode gave it; the first reason with a field also sets the problem's. */
void problem_add_reason(problem_t *problem, apr_pool_t *pool, const char *text, const char *field);

/* A reason that quotes the secret (NULL: none), or was cut within such a quotation, loses its
 * text; a field that does is forgotten. */
void problem_strike(problem_t *problem, const char *secret);

/* The same problem, whole, in another pool. */
problem_t *problem_copy(const problem_t *problem, apr_pool_t *pool);

/* "LO0123 title: detail (reason; reason)" on one line, for the log. */
const char *problem_line(const problem_t *problem, apr_pool_t *pool);

/* The name of a kind as the README lists it, e.g. "LO0123". */
const char *problem_code(const problem_t *problem, apr_pool_t *pool);

#endif
