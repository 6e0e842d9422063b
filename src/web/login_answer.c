/* SPDX-License-Identifier: Apache-2.0 */
#include "web/login_answer.h"

#include <apr_lib.h>
#include <string.h>

#include "support/excerpt.h"
#include "support/form.h"
#include "web/request.h"

#define LONGEST_VALUE       512
#define LONGEST_ERROR       64
#define LONGEST_DESCRIPTION 200

static problem_t *malformed(const visit_t *visit, const char *detail)
{
    return problem_make(visit->pool, PROBLEM_CALLBACK_MALFORMED, "%s", detail);
}

/* state, code and error are printable ASCII (RFC 6749 appendix A). */
static int is_value(const char *value)
{
    apr_size_t length = value ? strlen(value) : 0;
    for (apr_size_t i = 0; i < length; i++) {
        if (!apr_isascii(value[i]) || !apr_isprint(value[i])) {
            return 0;
        }
    }
    return length <= LONGEST_VALUE;
}

static int is_our_login(const visit_t *visit, const char *issuer)
{
    const char *login = visit->config->oauth.login_url;
    apr_size_t length = strlen(login);
    return strncmp(issuer, login, length) == 0 &&
           (!issuer[length] || strcmp(issuer + length, "/") == 0);
}

problem_t *login_answer_read(login_answer_t *answer, const visit_t *visit)
{
    apr_table_t *query;
    problem_t *problem = request_secret_query(&query, visit);
    if (problem) {
        return malformed(visit, problem->detail);
    }
    answer->login_state = form_get(query, "state");
    answer->code = form_get(query, "code");
    answer->error = form_get(query, "error");
    answer->error_description = form_get(query, "error_description");
    const char *issuer = form_get(query, "iss");
    if (!is_value(answer->login_state) || !is_value(answer->code) || !is_value(answer->error)) {
        return malformed(visit, "a value is too long or not ASCII");
    }
    if (!answer->login_state) {
        return problem_make(visit->pool, PROBLEM_STATE_MISSING, "no state");
    }
    if (!answer->code == !answer->error) {
        return malformed(visit, answer->code ? "both code and error" : "neither code nor error");
    }
    if (issuer && !is_our_login(visit, issuer)) {
        return malformed(visit, "the answer names another issuer");
    }
    return NULL;
}

problem_t *login_answer_problem(const login_answer_t *answer, const visit_t *visit)
{
    apr_pool_t *pool = visit->pool;
    if (strcmp(answer->error, "access_denied") == 0) {
        return problem_make(pool, PROBLEM_LOGIN_DENIED, "access_denied");
    }
    problem_t *problem = problem_make(pool, PROBLEM_LOGIN_FAILED, "error from the login");
    problem_add_reason(problem, pool, excerpt_of(answer->error, LONGEST_ERROR, pool), NULL);
    if (answer->error_description) {
        problem_add_reason(problem, pool,
                           excerpt_of(answer->error_description, LONGEST_DESCRIPTION, pool), NULL);
    }
    return problem;
}
