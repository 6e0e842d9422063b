/* SPDX-License-Identifier: Apache-2.0 */
/* Pasted public keys. What is taken is whole lines of the text, each a key by itself, none of them
 * private; what is not is told without a word of it. */
#include "fuzz.h"

#include "linode/ssh_key.h"

static void paste(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    const char *text = fuzz_text(data, size, pool);
    json_t *keys;
    problem_t *problem = ssh_key_read(&keys, text, pool);
    size_t i;

    PROMISE(!problem || !keys);
    PROMISE(!ssh_key_is_private(text) || (problem && problem->kind == PROBLEM_PRIVATE_KEY));
    PROMISE(problem || ssh_key_may_be_shown(text, pool));
    PROMISE(json_array_size(keys) <= SSH_KEY_MOST);
    for (i = 0; i < json_array_size(keys); i++) {
        const char *key = json_string_value(json_array_get(keys, i));

        PROMISE(!key || (strstr(text, key) && !ssh_key_check(key, pool)));
        PROMISE(!key || !strpbrk(key, "\r\n"));
    }
}

FUZZ_TARGET(paste)
