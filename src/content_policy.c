/* SPDX-License-Identifier: Apache-2.0 */
#include "content_policy.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "support/excerpt.h"

static const char *const known[] = {
    "base-uri",
    "block-all-mixed-content",
    "child-src",
    "connect-src",
    "default-src",
    "fenced-frame-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "prefetch-src",
    "report-to",
    "report-uri",
    "require-trusted-types-for",
    "sandbox",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "trusted-types",
    "upgrade-insecure-requests",
    "webrtc",
    "worker-src",
};

static int is_known(const char *name)
{
    for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcasecmp(name, known[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Directives end in semicolons, policies in commas. */
const char *content_policy_check(const char *policy, apr_pool_t *pool)
{
    char *state, *names;
    for (const char *c = policy; *c; c++) {
        if (!apr_isprint(*c)) {
            return apr_psprintf(pool, "%s: a header of HTTP takes ASCII alone",
                                excerpt_quoted(policy, pool));
        }
    }
    for (char *part = apr_strtok(apr_pstrdup(pool, policy), ";,", &state); part;
         part = apr_strtok(NULL, ";,", &state)) {
        const char *name = apr_strtok(part, " ", &names);
        if (name && !is_known(name)) {
            return apr_psprintf(pool,
                                "%s: browsers know no %s there; directives are separated by "
                                "semicolons, such as \"default-src 'self'; img-src *\"",
                                excerpt_quoted(policy, pool), excerpt_quoted(name, pool));
        }
    }
    return NULL;
}
