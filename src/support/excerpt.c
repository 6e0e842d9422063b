/* SPDX-License-Identifier: Apache-2.0 */
#include "support/excerpt.h"

#include <apr_strings.h>
#include <string.h>

#define LONGEST_QUOTED 100

static int continues_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

const char *excerpt_of(const char *text, apr_size_t most, apr_pool_t *pool)
{
    apr_size_t end = strlen(text);

    if (end > most) {
        for (end = most; end > 0 && continues_character(text[end]);) {
            end--;
        }
    }
    return apr_pstrmemdup(pool, text, end);
}

/* What follows the @ of a URL's authority, or NULL. */
static const char *host_of(const char *authority)
{
    const char *end = authority + strcspn(authority, "/?#");

    while (end > authority && end[-1] != '@') {
        end--;
    }
    return end > authority ? end : NULL;
}

const char *excerpt_quoted(const char *text, apr_pool_t *pool)
{
    const char *scheme = strstr(text, "://");
    const char *host = scheme ? host_of(scheme + 3) : NULL;

    if (host) {
        text = apr_psprintf(pool, "%.*s...@%s", (int)(scheme + 3 - text), text, host);
    }
    return apr_psprintf(pool, "\"%s%s\"", excerpt_of(text, LONGEST_QUOTED, pool),
                        strlen(text) > LONGEST_QUOTED ? "..." : "");
}

apr_size_t excerpt_characters(const char *text)
{
    apr_size_t count = 0;

    for (; *text; text++) {
        count += !continues_character(*text);
    }
    return count;
}
