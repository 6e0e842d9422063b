/* SPDX-License-Identifier: Apache-2.0 */
/* A scope is read as two slices of its text, family and level, so that comparing needs no copy. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/scope.h"

typedef enum {
    LEVEL_UNKNOWN,
    LEVEL_READ_ONLY,
    LEVEL_READ_WRITE,
    LEVEL_ALL,
} level_t;

typedef struct level_name_t {
    const char *name;
    level_t level;
} level_name_t;

/* The first of each level is how it is written today. */
static const level_name_t level_names[] = {
    {"read_only", LEVEL_READ_ONLY}, {"read_write", LEVEL_READ_WRITE}, {"*", LEVEL_ALL},
    {"view", LEVEL_READ_ONLY},      {"create", LEVEL_READ_WRITE},     {"modify", LEVEL_READ_WRITE},
    {"delete", LEVEL_READ_WRITE},
};

static const char *const families[] = {
    "account",      "child_account", "clients",       "databases",
    "domains",      "events",        "firewall",      "images",
    "ips",          "linodes",       "lke",           "longview",
    "managed",      "monitor",       "nodebalancers", "object_storage",
    "stackscripts", "tickets",       "tokens",        "users",
    "volumes",      "vpc",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct scope_t {
    const char *family;
    apr_size_t family_length;
    const char *level;
    apr_size_t level_length;
    level_t rank;
} scope_t;

static int slice_is(const char *text, apr_size_t length, const char *name)
{
    return strlen(name) == length && strncasecmp(text, name, length) == 0;
}

static level_t rank_of(const char *level, apr_size_t length)
{
    size_t i;

    for (i = 0; i < COUNT(level_names); i++) {
        if (slice_is(level, length, level_names[i].name)) {
            return level_names[i].level;
        }
    }
    return LEVEL_UNKNOWN;
}

static scope_t read_scope(const char *text, apr_size_t length)
{
    const char *colon = memchr(text, ':', length);
    scope_t scope = {.family = text, .family_length = length, .level = "*", .level_length = 1};

    if (colon) {
        scope.family_length = (apr_size_t)(colon - text);
        scope.level = colon + 1;
        scope.level_length = length - scope.family_length - 1;
    }
    scope.rank = rank_of(scope.level, scope.level_length);
    return scope;
}

/* As Linode writes it today: "*", or family:level, in lower case. */
static const char *print_scope(const scope_t *scope, apr_pool_t *pool)
{
    char *text;
    char *at;
    size_t i;

    if (slice_is(scope->family, scope->family_length, "*")) {
        return "*";
    }
    text = apr_pstrcat(pool, apr_pstrmemdup(pool, scope->family, scope->family_length), ":",
                       apr_pstrmemdup(pool, scope->level, scope->level_length), NULL);
    for (i = 0; i < COUNT(level_names) && scope->rank != LEVEL_UNKNOWN; i++) {
        if (level_names[i].level == scope->rank) {
            text[scope->family_length + 1] = '\0';
            text = apr_pstrcat(pool, text, level_names[i].name, NULL);
            break;
        }
    }
    for (at = text; *at; at++) {
        *at = (char)apr_tolower(*at);
    }
    return text;
}

static int contains(const apr_array_header_t *scopes, const char *text)
{
    int i;

    for (i = 0; i < scopes->nelts; i++) {
        if (!strcmp(APR_ARRAY_IDX(scopes, i, const char *), text)) {
            return 1;
        }
    }
    return 0;
}

apr_array_header_t *scope_list(const char *text, apr_pool_t *pool)
{
    static const char separators[] = ", \t\r\n";
    apr_array_header_t *scopes = apr_array_make(pool, 4, sizeof(const char *));

    while (text && *(text += strspn(text, separators))) {
        apr_size_t length = strcspn(text, separators);
        scope_t scope = read_scope(text, length);
        const char *printed = print_scope(&scope, pool);

        if (!contains(scopes, printed)) {
            APR_ARRAY_PUSH(scopes, const char *) = printed;
        }
        text += length;
    }
    return scopes;
}

/* Linode has two levels; * is both of them, so read_write is as much as *. */
static int covers(const scope_t *granted, const scope_t *wanted)
{
    if (slice_is(granted->family, granted->family_length, "*")) {
        return 1;
    }
    if (granted->family_length != wanted->family_length ||
        strncasecmp(granted->family, wanted->family, wanted->family_length)) {
        return 0;
    }
    if (granted->rank == LEVEL_UNKNOWN || wanted->rank == LEVEL_UNKNOWN) {
        return granted->rank == LEVEL_ALL ||
               (granted->level_length == wanted->level_length &&
                !strncasecmp(granted->level, wanted->level, wanted->level_length));
    }
    return granted->rank >= wanted->rank || granted->rank == LEVEL_READ_WRITE;
}

int scope_covers(const apr_array_header_t *granted, const char *wanted)
{
    scope_t scope = read_scope(wanted, strlen(wanted));
    int i;

    for (i = 0; i < granted->nelts; i++) {
        const char *text = APR_ARRAY_IDX(granted, i, const char *);
        scope_t given = read_scope(text, strlen(text));

        if (covers(&given, &scope)) {
            return 1;
        }
    }
    return 0;
}

apr_array_header_t *scope_missing(const apr_array_header_t *granted,
                                  const apr_array_header_t *wanted, apr_pool_t *pool)
{
    apr_array_header_t *missing = apr_array_make(pool, 2, sizeof(const char *));
    int i;

    for (i = 0; i < wanted->nelts; i++) {
        const char *scope = APR_ARRAY_IDX(wanted, i, const char *);

        if (!scope_covers(granted, scope)) {
            APR_ARRAY_PUSH(missing, const char *) = scope;
        }
    }
    return missing;
}

const char *scope_text(const apr_array_header_t *scopes, apr_pool_t *pool)
{
    return apr_array_pstrcat(pool, scopes, ',');
}

const char *scope_check(const char *text, apr_pool_t *pool)
{
    scope_t scope = read_scope(text, strlen(text));
    size_t i;

    if (!strcmp(text, "*")) {
        return NULL;
    }
    if (scope.rank == LEVEL_UNKNOWN) {
        return "has a level other than read_only, read_write and *";
    }
    for (i = 0; i < COUNT(families); i++) {
        if (slice_is(scope.family, scope.family_length, families[i])) {
            return NULL;
        }
    }
    return apr_psprintf(pool, "has a family that Linode does not know (those of use here are "
                              "linodes, nodebalancers, domains, events, images, account)");
}

const char *scope_words(const char *scope, apr_pool_t *pool)
{
    scope_t read = read_scope(scope, strlen(scope));
    char *family = apr_pstrmemdup(pool, read.family, read.family_length);
    char *underscore;
    const char *level;

    if (!strcmp(family, "*")) {
        return "everything";
    }
    while ((underscore = strchr(family, '_'))) {
        *underscore = ' ';
    }
    switch (read.rank) {
    case LEVEL_READ_ONLY:
        level = "read";
        break;
    case LEVEL_READ_WRITE:
        level = "read and write";
        break;
    case LEVEL_ALL:
        level = "everything";
        break;
    default:
        level = apr_pstrmemdup(pool, read.level, read.level_length);
    }
    return apr_pstrcat(pool, family, ": ", level, NULL);
}
