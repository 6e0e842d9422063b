/* SPDX-License-Identifier: Apache-2.0 */
#include "support/excerpt.h"

#include <apr_strings.h>
#include <string.h>

const char *excerpt_of(const char *text, apr_size_t most, apr_pool_t *pool)
{
    apr_size_t end = strlen(text);

    if (end > most) {
        for (end = most; end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80;) {
            end--;
        }
    }
    return apr_pstrmemdup(pool, text, end);
}
