/* SPDX-License-Identifier: Apache-2.0 */
/* What Linode's login sends back to the callback, read strictly (RFC 6749 section 4.1.2, RFC 9207).
 *
 * A whole answer holds a state and either a code or an error, each once, in printable ASCII and not
 * overlong; an issuer, when one is named, is the login that the visitor was sent to. Whatever else
 * arrives is a problem, found before anything is asked of Linode. The strings live in the request's
 * pool. */
#ifndef WEB_LOGIN_ANSWER_H
#define WEB_LOGIN_ANSWER_H

#include "support/problem.h"
#include "web/visit.h"

typedef struct login_answer_t {
    const char *login_state;
    const char *code;  /* NULL where there is an error */
    const char *error; /* NULL where there is a code */
    const char *error_description;
} login_answer_t;

/* CALLBACK_MALFORMED or STATE_MISSING. */
problem_t *login_answer_read(login_answer_t *answer, const visit_t *visit);

/* What an answer with an error means: LOGIN_DENIED, the visitor's own no, or LOGIN_FAILED with what
 * the login says, as its words. */
problem_t *login_answer_problem(const login_answer_t *answer, const visit_t *visit);

#endif
