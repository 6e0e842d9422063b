/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said about URLs, forms and answers without asking a server. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <apr_date.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include "support/http.h"

/* ---------------------------------------------------------------- answers */

int http_response_is(const http_response_t *response, const char *type)
{
    const char *given = apr_table_get(response->headers, "Content-Type");
    apr_size_t length = given ? strcspn(given, "; \t") : 0;

    return given && length == strlen(type) && strncasecmp(given, type, length) == 0;
}

/* Longer waits than a day are as good as a day. */
#define LONGEST_WAIT 86400

apr_interval_time_t http_retry_after(const http_response_t *response, apr_time_t now)
{
    const char *value = apr_table_get(response->headers, "Retry-After");
    apr_interval_time_t wait;

    if (!value) {
        return 0;
    }
    if (apr_isdigit(*value)) {
        char *end;
        apr_int64_t seconds = apr_strtoi64(value, &end, 10);

        wait = *end ? 0 : apr_time_from_sec(seconds < LONGEST_WAIT ? seconds : LONGEST_WAIT);
    }
    else {
        apr_time_t then = apr_date_parse_http(value);

        wait = then > now ? then - now : 0;
    }
    return wait < apr_time_from_sec(LONGEST_WAIT) ? wait : apr_time_from_sec(LONGEST_WAIT);
}

/* ---------------------------------------------------------------- forms */

static int unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~", c));
}

/* At most. */
static apr_size_t encoded_length(const char *text)
{
    return 3 * strlen(text);
}

/* Writes the encoded text and answers where it ended. */
static char *encode(char *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (; *text; text++) {
        if (unreserved(*text)) {
            *out++ = *text;
            continue;
        }
        *out++ = '%';
        *out++ = digits[(unsigned char)*text >> 4];
        *out++ = digits[(unsigned char)*text & 15];
    }
    return out;
}

char *http_form(const http_field_t *fields, int count, apr_pool_t *pool)
{
    apr_size_t length = 1;
    char *form;
    char *out;
    int i;

    for (i = 0; i < count; i++) {
        if (fields[i].value) {
            length += encoded_length(fields[i].name) + encoded_length(fields[i].value) + 2;
        }
    }
    form = out = apr_palloc(pool, length);
    for (i = 0; i < count; i++) {
        if (fields[i].value) {
            if (out > form) {
                *out++ = '&';
            }
            out = encode(out, fields[i].name);
            *out++ = '=';
            out = encode(out, fields[i].value);
        }
    }
    *out = '\0';
    return form;
}

const char *http_form_append(const char *form, const char *name, const char *value,
                             apr_pool_t *pool)
{
    const http_field_t field = {name, value};
    const char *pair = http_form(&field, 1, pool);

    return form && *form ? apr_pstrcat(pool, form, "&", pair, NULL) : pair;
}

/* ---------------------------------------------------------------- URLs */

typedef struct authority_t {
    const char *host; /* lower case, with the brackets of IPv6 */
    const char *port; /* digits, or NULL */
} authority_t;

int http_is_loopback(const char *host)
{
    struct in_addr address;

    if (inet_pton(AF_INET, host, &address) == 1) {
        return ntohl(address.s_addr) >> 24 == 127;
    }
    return !strcasecmp(host, "localhost") || !strcmp(host, "[::1]") || !strcmp(host, "::1");
}

static const char *check_host(const char *host)
{
    struct in6_addr address;
    char text[INET6_ADDRSTRLEN];
    apr_size_t length = strlen(host);

    if (!length) {
        return "has no host";
    }
    if (*host != '[') {
        return strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789-._") == length
                   ? NULL
                   : "has a host with characters that no host name has";
    }
    if (length < 4 || length - 2 >= sizeof(text) || host[length - 1] != ']') {
        return "has an IPv6 address that cannot be read";
    }
    memcpy(text, host + 1, length - 2);
    text[length - 2] = '\0';
    return inet_pton(AF_INET6, text, &address) == 1 ? NULL
                                                    : "has an IPv6 address that cannot be read";
}

static const char *check_port(const char *port)
{
    apr_size_t length = strlen(port);
    long number = length && length <= 5 ? strtol(port, NULL, 10) : 0;

    return strspn(port, "0123456789") == length && number >= 1 && number <= 65535
               ? NULL
               : "has a port that is no number from 1 to 65535";
}

/* Takes what stands between :// and the next slash or question mark apart. */
static const char *check_authority(authority_t *authority, const char *text, apr_size_t length,
                                   apr_pool_t *pool)
{
    char *host = apr_pstrmemdup(pool, text, length);
    char *bracket = strchr(host, ']');
    char *colon = strchr(bracket ? bracket : host, ':');
    char *at;
    const char *wrong;

    if (strchr(host, '@')) {
        return "carries a user name or password";
    }
    for (at = host; *at; at++) {
        *at = (char)apr_tolower(*at);
    }
    authority->port = NULL;
    if (colon) {
        *colon = '\0';
        authority->port = colon + 1;
    }
    authority->host = host;
    wrong = check_host(host);
    return wrong || !colon ? wrong : check_port(authority->port);
}

/* Spaces, controls, quotes and the like are not part of any URL that is written as it is sent. */
static const char *check_characters(const char *url)
{
    for (; *url; url++) {
        if ((unsigned char)*url <= ' ' || (unsigned char)*url >= 0x7f ||
            strchr("\"<>\\^`{|}", *url)) {
            return "has a character that must be percent-encoded";
        }
        if (*url == '#') {
            return "has a fragment (#)";
        }
    }
    return NULL;
}

int http_is_https(const char *url)
{
    return !strncasecmp(url, "https:", 6);
}

const char *http_url_check(const char *url, const char **origin, apr_pool_t *pool)
{
    int https = !strncasecmp(url, "https://", 8);
    int http = !strncasecmp(url, "http://", 7);
    const char *rest = url + (https ? 8 : 7);
    const char *wrong = check_characters(url);
    authority_t authority;
    int usual_port;

    if (wrong) {
        return wrong;
    }
    if (!https && !http) {
        return "does not begin with https://";
    }
    wrong = check_authority(&authority, rest, strcspn(rest, "/?"), pool);
    if (wrong) {
        return wrong;
    }
    if (http && !http_is_loopback(authority.host)) {
        return "is plain http, which is for loopback addresses only: use https";
    }
    if (origin) {
        usual_port = !authority.port || atoi(authority.port) == (https ? 443 : 80);
        *origin = apr_pstrcat(pool, https ? "https://" : "http://", authority.host,
                              usual_port ? "" : ":", usual_port ? "" : authority.port, NULL);
    }
    return NULL;
}
