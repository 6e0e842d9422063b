/* SPDX-License-Identifier: Apache-2.0 */
/* URLs of the configuration. One that passes is read by libcurl as the same host and port, and its
 * origin passes too, as its own origin; plain http goes to loopback addresses alone. */
#include <curl/curl.h>

#include "fuzz.h"

#include "support/http.h"

static char *part_of(CURLU *parsed, CURLUPart part)
{
    char *text = NULL;

    PROMISE(curl_url_get(parsed, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK);
    return text;
}

static void promise_same_server(const char *url, const char *origin)
{
    CURLU *ours = curl_url();
    CURLU *theirs = curl_url();
    static const CURLUPart parts[] = {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT};
    char *user = NULL;
    size_t i;

    PROMISE(curl_url_set(ours, CURLUPART_URL, origin, 0) == CURLUE_OK);
    PROMISE(curl_url_set(theirs, CURLUPART_URL, url, 0) == CURLUE_OK);
    PROMISE(curl_url_get(theirs, CURLUPART_USER, &user, 0) == CURLUE_NO_USER);
    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        char *here = part_of(ours, parts[i]);
        char *there = part_of(theirs, parts[i]);

        PROMISE(!strcasecmp(here, there));
        if (parts[i] == CURLUPART_HOST && !strncasecmp(url, "http:", 5)) {
            PROMISE(!strncmp(there, "127.", 4) || !strcasecmp(there, "localhost") ||
                    !strcmp(there, "[::1]"));
        }
        curl_free(here);
        curl_free(there);
    }
    curl_url_cleanup(ours);
    curl_url_cleanup(theirs);
}

static void check(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    const char *url = fuzz_text(data, size, pool);
    const char *origin = NULL;
    const char *again = NULL;

    if (http_url_check(url, &origin, pool)) {
        return;
    }
    PROMISE(!http_url_check(url, NULL, pool));
    PROMISE(!strpbrk(url, "#<>\"\\ \r\n\t"));
    PROMISE(!http_url_check(origin, &again, pool) && !strcmp(origin, again));
    promise_same_server(url, origin);
}

FUZZ_TARGET(check)
