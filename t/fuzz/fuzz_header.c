/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of an answer that are read: Retry-After on the first line of the input never asks for
 * less than nothing or more than a day; a media type on the second is one type or another. */
#include "fuzz.h"

#include "support/http.h"

static void read_headers(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    const apr_time_t now = APR_TIME_C(1795478400) * APR_USEC_PER_SEC;
    char *text = fuzz_text(data, size, pool);
    char *second = strchr(text, '\n');
    http_response_t response = {.status = 503, .headers = apr_table_make(pool, 2)};
    apr_interval_time_t wait;

    if (second) {
        *second++ = '\0';
        apr_table_setn(response.headers, "Content-Type", second);
    }
    apr_table_setn(response.headers, "Retry-After", text);
    wait = http_retry_after(&response, now);
    PROMISE(wait >= 0 && wait <= apr_time_from_sec(86400));
    PROMISE(!http_response_is(&response, "application/json") ||
            !http_response_is(&response, "text/html"));
}

FUZZ_TARGET(read_headers)
