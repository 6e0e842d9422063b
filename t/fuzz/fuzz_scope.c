/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of scopes, granted on the first line and wanted on the second: written anew they read the
 * same, a list covers itself, and a scope is either covered or missing. */
#include "fuzz.h"

#include "linode/scope.h"

static void promise_list(const apr_array_header_t *scopes, apr_pool_t *pool)
{
    const char *text = scope_text(scopes, pool);
    int i;

    PROMISE(!strcmp(scope_text(scope_list(text, pool), pool), text));
    PROMISE(!scope_missing(scopes, scopes, pool)->nelts);
    for (i = 0; i < scopes->nelts; i++) {
        const char *scope = APR_ARRAY_IDX(scopes, i, const char *);

        PROMISE(*scope && !strpbrk(scope, ", \t\r\n"));
        PROMISE(scope_words(scope, pool));
        if (!scope_check(scope, pool)) {
            PROMISE(strspn(scope, "abcdefghijklmnopqrstuvwxyz_:*") == strlen(scope));
        }
    }
}

static void compare(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    char *text = fuzz_text(data, size, pool);
    char *second = strchr(text, '\n');
    apr_array_header_t *granted, *wanted, *missing;
    int i, covered = 0;

    if (second) {
        *second++ = '\0';
    }
    granted = scope_list(text, pool);
    wanted = scope_list(second, pool);
    missing = scope_missing(granted, wanted, pool);
    promise_list(granted, pool);
    promise_list(wanted, pool);
    for (i = 0; i < wanted->nelts; i++) {
        covered += scope_covers(granted, APR_ARRAY_IDX(wanted, i, const char *));
    }
    PROMISE(covered + missing->nelts == wanted->nelts);
}

FUZZ_TARGET(compare)
