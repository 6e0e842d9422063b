/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>

#include "linode/scope.h"
#include "linode/token_answer.h"
#include "support/json.h"
#include "support/secret.h"

#define LONGEST_TOKEN    4096
#define DEFAULT_LIFETIME 7200

/* b64token of RFC 6750: what may stand after "Bearer " in a header. */
static int is_token(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789-._~+/");

    return length > 0 && strlen(text) <= LONGEST_TOKEN &&
           text[length + strspn(text + length, "=")] == '\0';
}

/* VSCHAR of RFC 6749. */
static int is_visible(const char *text)
{
    const char *at;

    for (at = text; *at; at++) {
        if (*at < 0x20 || *at > 0x7e) {
            return 0;
        }
    }
    return at > text && at - text <= LONGEST_TOKEN;
}

static const char *keep_secret(const char *text, apr_pool_t *pool)
{
    const char *kept = apr_pstrdup(pool, text);

    secret_wipe_with_pool(kept, pool);
    return kept;
}

/* A member that may be left out or null, but is a string if it is there. */
static int optional_string(const char **value, const json_t *body, const char *key)
{
    const json_t *member = json_object_get(body, key);

    *value = json_string_value(member);
    return *value || !member || json_is_null(member);
}

/* A member that is null says no more than one that is left out. */
int token_answer_is_error(const json_t *body)
{
    const json_t *error = json_object_get(body, "error");

    return error && !json_is_null(error);
}

/* 0 for what is no number of seconds. */
static apr_interval_time_t lifetime_of(const json_t *body)
{
    const json_t *lifetime = json_object_get(body, "expires_in");
    json_int_t seconds =
        !lifetime || json_is_null(lifetime) ? DEFAULT_LIFETIME : json_integer_value(lifetime);

    if (seconds >= apr_time_sec(OAUTH_LONGEST_LIFETIME)) {
        return OAUTH_LONGEST_LIFETIME;
    }
    return seconds > 0 ? apr_time_from_sec(seconds) : 0;
}

const char *token_answer_read(oauth_token_t *token, const json_t *body,
                              const apr_array_header_t *asked, apr_time_t now, apr_pool_t *pool)
{
    apr_interval_time_t lifetime = lifetime_of(body);
    const char *access = json_member_string(body, "access_token");
    const char *type = json_member_string(body, "token_type");
    const char *refresh, *scopes, *scope;

    if (!access || !is_token(access)) {
        return "access_token is missing or has characters that no token has";
    }
    token->access_token = keep_secret(access, pool);
    token->expires = now + (lifetime ? lifetime : apr_time_from_sec(DEFAULT_LIFETIME));
    if (!type || strcasecmp(type, "bearer")) {
        return "token_type is not bearer";
    }
    if (!optional_string(&refresh, body, "refresh_token") || (refresh && !is_visible(refresh))) {
        return "refresh_token is no token";
    }
    if (!optional_string(&scopes, body, "scopes") || !optional_string(&scope, body, "scope")) {
        return "scopes are not a string";
    }
    if (!lifetime) {
        return "expires_in is not a number of seconds";
    }
    scopes = scopes ? scopes : scope;
    token->scopes = scopes ? scope_list(scopes, pool) : apr_array_copy(pool, asked);
    return NULL;
}
