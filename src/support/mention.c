/* SPDX-License-Identifier: Apache-2.0 */
#include "support/mention.h"

#include <string.h>

int mention_any(const char *text, const char *const *words, size_t count)
{
    size_t i;

    for (; text && *text; text++) {
        for (i = 0; i < count; i++) {
            if (!strncasecmp(text, words[i], strlen(words[i]))) {
                return 1;
            }
        }
    }
    return 0;
}
