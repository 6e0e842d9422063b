/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens and codes, written down and taken back. */
#include <string.h>

#include <apr_strings.h>

#include "linode/revocable.h"
#include "support/secret.h"

#define TOKEN "token"
#define CODE  "code"

problem_t *revocable_seal(const char **sealed, const revocable_t *revocable,
                          const seal_ring_t *ring, const char *context, apr_pool_t *pool)
{
    char *value = apr_psprintf(pool, "%" APR_TIME_T_FMT "\n%s\n%s\n%s",
                               apr_time_sec(revocable->expires), revocable->token ? TOKEN : CODE,
                               revocable->token ? revocable->token : revocable->code,
                               revocable->verifier ? revocable->verifier : "");
    problem_t *problem =
        seal_close(sealed, ring, context, value, strlen(value), revocable->expires, pool);

    secret_wipe(value, strlen(value));
    return problem;
}

/* The line that *rest begins with, cut off from what follows. */
static char *next_line(char **rest)
{
    char *line = *rest;
    char *end = line ? strchr(line, '\n') : NULL;

    if (end) {
        *end++ = '\0';
    }
    *rest = end;
    return line;
}

int revocable_open(revocable_t *revocable, const char *sealed, const seal_ring_t *ring,
                   const char *context, apr_pool_t *pool)
{
    apr_size_t length;
    char *rest = (char *)seal_open(ring, context, sealed, -1, &length, pool);
    const char *seconds = next_line(&rest);
    const char *kind = next_line(&rest);
    const char *secret = next_line(&rest);

    if (!secret || !rest) {
        return 0;
    }
    memset(revocable, 0, sizeof(*revocable));
    revocable->expires = apr_time_from_sec(apr_atoi64(seconds));
    if (strcmp(kind, TOKEN) == 0) {
        revocable->token = secret;
    }
    else {
        revocable->code = secret;
        revocable->verifier = *rest ? rest : NULL;
    }
    return 1;
}

static void wipe(const char *text)
{
    if (text) {
        secret_wipe((char *)text, strlen(text));
    }
}

void revocable_wipe(revocable_t *revocable)
{
    wipe(revocable->token);
    wipe(revocable->code);
    wipe(revocable->verifier);
}

static problem_t *spend_code(revocable_t *revocable, const oauth_client_t *client, http_t *http,
                             apr_time_t deadline, apr_pool_t *pool)
{
    oauth_token_t *token;
    problem_t *problem =
        oauth_exchange(&token, client, http, revocable->code, revocable->verifier, deadline, pool);

    if (!token) {
        return problem->kind == PROBLEM_CODE_REFUSED ? NULL : problem;
    }
    revocable_wipe(revocable);
    *revocable = (revocable_t){.expires = token->expires, .token = token->access_token};
    return oauth_revoke(client, http, token->access_token, deadline, pool);
}

problem_t *revocable_revoke(revocable_t *revocable, const oauth_client_t *client, http_t *http,
                            apr_time_t deadline, apr_pool_t *pool)
{
    return revocable->token ? oauth_revoke(client, http, revocable->token, deadline, pool)
                            : spend_code(revocable, client, http, deadline, pool);
}
