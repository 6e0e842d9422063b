/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>

#include "support/duration.h"

const char *duration_words(apr_interval_time_t time, apr_pool_t *pool)
{
    static const struct {
        int seconds;
        const char *words;
    } units[] = {{86400, "days"}, {3600, "hours"}, {60, "minutes"}};
    apr_int64_t seconds = time > 0 ? apr_time_sec(time) : 0;
    unsigned i;

    for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (seconds >= 2 * (apr_int64_t)units[i].seconds) {
            return apr_psprintf(pool, "%" APR_INT64_T_FMT " %s", seconds / units[i].seconds,
                                units[i].words);
        }
    }
    return apr_psprintf(pool, "%" APR_INT64_T_FMT " second%s", seconds, seconds == 1 ? "" : "s");
}
