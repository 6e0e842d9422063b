/* SPDX-License-Identifier: Apache-2.0 */
/* The table of problem.def, read once as data: a problem starts as a copy of its kind's row. */
#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>

#include "support/problem.h"

static const problem_t rows[PROBLEM_KINDS] = {
#define PROBLEM(name, number, http_status, result, short_text, long_text, what_now)                \
    [PROBLEM_##name] = {                                                                           \
        .kind = PROBLEM_##name,                                                                    \
        .code = (number),                                                                          \
        .status = (http_status),                                                                   \
        .effect = PROBLEM_##result,                                                                \
        .title = (short_text),                                                                     \
        .message = (long_text),                                                                    \
        .remedy = (what_now),                                                                      \
    },
#include "support/problem.def"
#undef PROBLEM
};

problem_t *problem_make(apr_pool_t *pool, problem_kind_t kind, const char *detail, ...)
{
    problem_t *problem = apr_pmemdup(pool, &rows[kind], sizeof(*problem));
    va_list arguments;

    va_start(arguments, detail);
    problem->detail = apr_pvsprintf(pool, detail, arguments);
    va_end(arguments);
    return problem;
}

void problem_add_reason(problem_t *problem, apr_pool_t *pool, const char *text, const char *field)
{
    problem_reason_t *reason;

    if (!problem->reasons) {
        problem->reasons = apr_array_make(pool, 2, sizeof(problem_reason_t));
    }
    reason = apr_array_push(problem->reasons);
    reason->text = apr_pstrdup(pool, text);
    reason->field = field ? apr_pstrdup(pool, field) : NULL;
    if (!problem->field) {
        problem->field = reason->field;
    }
}

/* Less of a secret than this may stand at the end of a reason by chance. */
#define TELLING_PART 4

/* Whether text holds the secret, or ends in the beginning of it. */
static int quotes(const char *text, const char *secret)
{
    apr_size_t length = strlen(text);
    apr_size_t secret_length = strlen(secret);
    apr_size_t part = length < secret_length ? length : secret_length;

    for (; part >= TELLING_PART; part--) {
        if (!memcmp(text + length - part, secret, part)) {
            return 1;
        }
    }
    return strstr(text, secret) != NULL;
}

void problem_strike(problem_t *problem, const char *secret)
{
    int i;

    for (i = 0; secret && *secret && problem->reasons && i < problem->reasons->nelts; i++) {
        problem_reason_t *reason = &APR_ARRAY_IDX(problem->reasons, i, problem_reason_t);

        if (quotes(reason->text, secret)) {
            reason->text = "(a reason that quotes the request)";
        }
        if (reason->field && quotes(reason->field, secret)) {
            problem->field = problem->field == reason->field ? NULL : problem->field;
            reason->field = NULL;
        }
    }
}

problem_t *problem_copy(const problem_t *problem, apr_pool_t *pool)
{
    problem_t *copy = apr_pmemdup(pool, problem, sizeof(*copy));
    int i;

    copy->title = apr_pstrdup(pool, problem->title);
    copy->message = apr_pstrdup(pool, problem->message);
    copy->remedy = apr_pstrdup(pool, problem->remedy);
    copy->detail = apr_pstrdup(pool, problem->detail);
    copy->field = problem->field ? apr_pstrdup(pool, problem->field) : NULL;
    copy->reasons = NULL;
    for (i = 0; problem->reasons && i < problem->reasons->nelts; i++) {
        const problem_reason_t *reason = &APR_ARRAY_IDX(problem->reasons, i, problem_reason_t);

        problem_add_reason(copy, pool, reason->text, reason->field);
    }
    /* A field that was taken away on purpose does not come back with the reasons. */
    if (!problem->field) {
        copy->field = NULL;
    }
    return copy;
}

/* What came over the network may hold line ends and terminal escapes; a log line holds neither. */
static char *one_line(char *text)
{
    char *at;

    for (at = text; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            *at = ' ';
        }
    }
    return text;
}

const char *problem_line(const problem_t *problem, apr_pool_t *pool)
{
    const char *reasons = "";
    int i;

    for (i = 0; problem->reasons && i < problem->reasons->nelts; i++) {
        const problem_reason_t *reason = &APR_ARRAY_IDX(problem->reasons, i, problem_reason_t);

        reasons =
            apr_pstrcat(pool, reasons, i ? "; " : " (", reason->text, reason->field ? " [" : "",
                        reason->field ? reason->field : "", reason->field ? "]" : "", NULL);
    }
    return one_line(apr_pstrcat(pool, problem_code(problem, pool), " ", problem->title, ": ",
                                problem->detail, reasons, *reasons ? ")" : "", NULL));
}

const char *problem_code(const problem_t *problem, apr_pool_t *pool)
{
    return apr_psprintf(pool, "LO%04d", problem->code);
}
