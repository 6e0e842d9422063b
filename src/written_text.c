/* SPDX-License-Identifier: Apache-2.0 */
#include "written_text.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "support/excerpt.h"

const char *written_text_check(const char *text, apr_int64_t least, apr_int64_t most,
                               apr_pool_t *pool)
{
    apr_int64_t length = (apr_int64_t)excerpt_characters(text);
    for (const char *c = text; *c; c++) {
        if (apr_iscntrl(*c)) {
            return "must not contain control characters";
        }
    }
    if (length < least || length > most) {
        return apr_psprintf(pool,
                            "must have %" APR_INT64_T_FMT " to %" APR_INT64_T_FMT
                            " characters, not %" APR_INT64_T_FMT,
                            least, most, length);
    }
    return least > 0 && !text[strspn(text, " ")] ? "must not be blank" : NULL;
}
