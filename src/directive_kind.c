/* SPDX-License-Identifier: Apache-2.0 */
#include "directive_kind.h"

#include <apr_file_info.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_uri.h>

#include "accent.h"
#include "config_callback.h"
#include "content_policy.h"
#include "field_rule.h"
#include "linode/instance_field.h"
#include "linode/scope.h"
#include "support/excerpt.h"
#include "support/http.h"
#include "support/json.h"
#include "written_secret.h"
#include "written_text.h"

/* One for each kind; see directive_kind_parse. */
typedef const char *parse_t(directive_value_t *value, const directive_t *directive,
                            apr_array_header_t *arguments, apr_pool_t *pool);

static const char *argument(const apr_array_header_t *arguments, int i)
{
    return APR_ARRAY_IDX(arguments, i, const char *);
}

static const char *want_count(const directive_t *directive, const apr_array_header_t *arguments,
                              int count, apr_pool_t *pool)
{
    if (arguments->nelts == count) {
        return NULL;
    }
    return apr_psprintf(pool,
                        "takes %d argument%s (%s), not %d; put quotes around a value with "
                        "spaces",
                        count, count == 1 ? "" : "s", directive->arguments, arguments->nelts);
}

static const char *check_text(const char *text, const directive_t *directive, apr_pool_t *pool)
{
    return written_text_check(text, directive->least, directive->most, pool);
}

static const char *parse_text(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = want_count(directive, arguments, 1, pool);
    if (wrong) {
        return wrong;
    }
    value->text = argument(arguments, 0);
    wrong = check_text(value->text, directive, pool);
    return wrong ? apr_psprintf(pool, "%s: %s", excerpt_quoted(value->text, pool), wrong) : NULL;
}

static const char *parse_policy(directive_value_t *value, const directive_t *directive,
                                apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = parse_text(value, directive, arguments, pool);
    return wrong ? wrong : content_policy_check(value->text, pool);
}

/* Follows file: and exec:. The value is never part of a message. */
static const char *resolve_secret(const char **secret, directive_value_t *value, const char *text,
                                  apr_pool_t *pool)
{
    const char *file;
    const char *wrong = written_secret_read(secret, &file, text, pool);
    if (!wrong && file) {
        if (!value->files) {
            value->files = apr_array_make(pool, 1, sizeof(const char *));
        }
        APR_ARRAY_PUSH(value->files, const char *) = file;
    }
    return wrong;
}

static const char *check_visible(const char *text)
{
    for (const char *c = text; *c; c++) {
        if (!apr_isgraph(*c)) {
            return "must consist of visible characters without spaces";
        }
    }
    return NULL;
}

static const char *parse_word(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = parse_text(value, directive, arguments, pool);
    if (wrong) {
        return wrong;
    }
    wrong = check_visible(value->text);
    return wrong ? apr_psprintf(pool, "%s: %s", excerpt_quoted(value->text, pool), wrong) : NULL;
}

static const char *check_secret(const char *secret, const directive_t *directive, apr_pool_t *pool)
{
    const char *wrong = check_visible(secret);
    return wrong ? wrong : check_text(secret, directive, pool);
}

static const char *parse_secret(directive_value_t *value, const directive_t *directive,
                                apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = want_count(directive, arguments, 1, pool);
    if (!wrong) {
        wrong = resolve_secret(&value->text, value, argument(arguments, 0), pool);
    }
    return wrong ? wrong : check_secret(value->text, directive, pool);
}

static const char *check_list_count(const directive_t *directive,
                                    const apr_array_header_t *arguments, apr_pool_t *pool)
{
    if (arguments->nelts >= directive->least && arguments->nelts <= directive->most) {
        return NULL;
    }
    if (directive->least == directive->most) {
        return want_count(directive, arguments, (int)directive->most, pool);
    }
    return apr_psprintf(pool,
                        "takes %" APR_INT64_T_FMT " to %" APR_INT64_T_FMT " arguments (%s), not %d",
                        directive->least, directive->most, directive->arguments, arguments->nelts);
}

static const char *parse_secrets(directive_value_t *value, const directive_t *directive,
                                 apr_array_header_t *arguments, apr_pool_t *pool)
{
    static const directive_t one_key = {NULL, DIRECTIVE_SECRET, 32, 512, NULL, NULL, NULL};
    const char *wrong = check_list_count(directive, arguments, pool);
    value->list = apr_array_make(pool, arguments->nelts, sizeof(const char *));
    for (int i = 0; i < arguments->nelts && !wrong; i++) {
        const char *secret;
        wrong = resolve_secret(&secret, value, argument(arguments, i), pool);
        if (!wrong && (wrong = check_secret(secret, &one_key, pool)) != NULL) {
            wrong = apr_psprintf(pool, "key %d %s; `openssl rand -base64 33` makes a good one",
                                 i + 1, wrong);
        }
        APR_ARRAY_PUSH(value->list, const char *) = secret;
    }
    return wrong;
}

static const char *parse_integer(directive_value_t *value, const directive_t *directive,
                                 apr_array_header_t *arguments, apr_pool_t *pool)
{
    char *end;
    const char *wrong = want_count(directive, arguments, 1, pool);
    if (wrong) {
        return wrong;
    }
    const char *text = argument(arguments, 0);
    value->number = apr_strtoi64(text, &end, 10);
    if (!apr_isdigit(*text) || *end || value->number < directive->least ||
        value->number > directive->most) {
        return apr_psprintf(
            pool, "%s is not a whole number from %" APR_INT64_T_FMT " to %" APR_INT64_T_FMT,
            excerpt_quoted(text, pool), directive->least, directive->most);
    }
    return NULL;
}

static const char *parse_flag(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = want_count(directive, arguments, 1, pool);
    if (wrong) {
        return wrong;
    }
    value->number = ap_cstr_casecmp(argument(arguments, 0), "on") == 0;
    if (!value->number && ap_cstr_casecmp(argument(arguments, 0), "off") != 0) {
        return apr_psprintf(pool, "%s is neither on nor off",
                            excerpt_quoted(argument(arguments, 0), pool));
    }
    return NULL;
}

/* Microseconds of "90", "90s", "15m" (or httpd's "15min"), "2h"; -1 for anything else. */
static apr_interval_time_t time_of(const char *text)
{
    static const struct {
        const char *unit;
        apr_int64_t seconds;
    } units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}};
    char *unit;
    if (!apr_isdigit(*text)) {
        return -1;
    }
    apr_int64_t number = apr_strtoi64(text, &unit, 10);
    for (unsigned i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(unit, units[i].unit) == 0 && number <= INT32_MAX) {
            return apr_time_from_sec(number * units[i].seconds);
        }
    }
    return -1;
}

static const char *parse_one_time(apr_int64_t *microseconds, const char *text,
                                  const directive_t *directive, apr_pool_t *pool)
{
    apr_interval_time_t time = time_of(text);
    if (time < 0) {
        return apr_psprintf(pool, "%s is not a time; write 90s, 15m or 2h",
                            excerpt_quoted(text, pool));
    }
    if (time < apr_time_from_sec(directive->least) || time > apr_time_from_sec(directive->most)) {
        return apr_psprintf(
            pool, "\"%s\" is not between %" APR_INT64_T_FMT " and %" APR_INT64_T_FMT " seconds",
            text, directive->least, directive->most);
    }
    *microseconds = time;
    return NULL;
}

static const char *parse_time(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = want_count(directive, arguments, 1, pool);
    return wrong ? wrong : parse_one_time(&value->number, argument(arguments, 0), directive, pool);
}

static const char *parse_times(directive_value_t *value, const directive_t *directive,
                               apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = want_count(directive, arguments, 2, pool);
    if (!wrong) {
        wrong = parse_one_time(&value->number, argument(arguments, 0), directive, pool);
    }
    if (!wrong) {
        wrong = parse_one_time(&value->second, argument(arguments, 1), directive, pool);
    }
    if (!wrong && value->number > value->second) {
        wrong = apr_psprintf(pool, "\"%s %s\": the first time must not be longer than the second",
                             argument(arguments, 0), argument(arguments, 1));
    }
    return wrong;
}

/* Seconds in which visits are counted; buckets hold no time without end. */
#define LONGEST_RATE 86400

/* "60/1m"; 0 alone is no limit. */
static const char *parse_rate(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    char *rest;
    const char *wrong = want_count(directive, arguments, 1, pool);
    if (wrong) {
        return wrong;
    }
    const char *text = argument(arguments, 0);
    value->number = apr_strtoi64(text, &rest, 10);
    if (strcmp(text, "0") == 0) {
        return NULL;
    }
    if (!apr_isdigit(*text) || *rest != '/' || value->number < directive->least ||
        value->number > directive->most || (value->second = time_of(rest + 1)) <= 0 ||
        value->second > apr_time_from_sec(LONGEST_RATE)) {
        return apr_psprintf(pool,
                            "%s is not a number and a time of a day or less; write 60/1m, "
                            "or 0 for no limit",
                            excerpt_quoted(text, pool));
    }
    return NULL;
}

static int is_port(const char *text)
{
    apr_int64_t port = text ? apr_atoi64(text) : 0;
    return port >= 1 && port <= UINT16_MAX;
}

/* Without a port libcurl would take one that nobody expects. */
static const char *parse_proxy(directive_value_t *value, const directive_t *directive,
                               apr_array_header_t *arguments, apr_pool_t *pool)
{
    apr_uri_t uri;
    const char *wrong = parse_text(value, directive, arguments, pool);
    if (wrong) {
        return wrong;
    }
    if (!check_visible(value->text) && apr_uri_parse(pool, value->text, &uri) == APR_SUCCESS &&
        uri.scheme && uri.hostname && *uri.hostname && is_port(uri.port_str) &&
        (strcmp(uri.scheme, "http") == 0 || strcmp(uri.scheme, "https") == 0) && !uri.user &&
        !uri.query && !uri.fragment && (!uri.path || strcmp(uri.path, "/") == 0)) {
        return NULL;
    }
    return apr_psprintf(pool,
                        "%s is no proxy; write http://host:port or https://host:port, without a "
                        "user name or a path",
                        excerpt_quoted(value->text, pool));
}

static const char *parse_url(directive_value_t *value, const directive_t *directive,
                             apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = parse_text(value, directive, arguments, pool);
    if (wrong) {
        return wrong;
    }
    wrong = http_url_check(value->text, NULL, pool);
    if (!wrong && strchr(value->text, '?')) {
        wrong = "has a query (?)";
    }
    if (wrong) {
        return apr_psprintf(pool, "%s %s", excerpt_quoted(value->text, pool), wrong);
    }
    apr_size_t length = strlen(value->text);
    while (length > 0 && value->text[length - 1] == '/') {
        length--;
    }
    value->text = apr_pstrmemdup(pool, value->text, length);
    return NULL;
}

static const char *parse_callback(directive_value_t *value, const directive_t *directive,
                                  apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = parse_text(value, directive, arguments, pool);
    return wrong ? wrong : config_callback_check(value->text, pool);
}

static const char *parse_colour(directive_value_t *value, const directive_t *directive,
                                apr_array_header_t *arguments, apr_pool_t *pool)
{
    accent_t accent;
    const char *wrong = want_count(directive, arguments, 1, pool);
    if (wrong) {
        return wrong;
    }
    value->text = argument(arguments, 0);
    return accent_read(&accent, value->text, pool);
}

/* An existing thing of that file type, relative paths being the server root's. */
static const char *parse_path(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    apr_finfo_t info;
    char why[128];
    const char *wrong = parse_text(value, directive, arguments, pool);
    if (wrong) {
        return wrong;
    }
    value->text = ap_server_root_relative(pool, value->text);
    if (!value->text) {
        return apr_psprintf(pool, "%s is not a path", excerpt_quoted(argument(arguments, 0), pool));
    }
    if (directive->kind == DIRECTIVE_SERVER_PATH) {
        return NULL;
    }
    apr_status_t rv = apr_stat(&info, value->text, APR_FINFO_TYPE, pool);
    if (rv != APR_SUCCESS) {
        return apr_psprintf(pool, "\"%s\" cannot be read: %s", value->text,
                            apr_strerror(rv, why, sizeof(why)));
    }
    int wants_directory = directive->kind == DIRECTIVE_DIRECTORY;
    if ((info.filetype == APR_DIR) != wants_directory) {
        return apr_psprintf(pool, "\"%s\" is not a %s", value->text,
                            wants_directory ? "directory" : "file");
    }
    return NULL;
}

static const char *parse_list(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    static const directive_t item = {NULL, DIRECTIVE_TEXT, 1, 128, NULL, NULL, NULL};
    const char *wrong = check_list_count(directive, arguments, pool);
    for (int i = 0; i < arguments->nelts && !wrong; i++) {
        wrong = check_text(argument(arguments, i), &item, pool);
        if (wrong) {
            wrong =
                apr_psprintf(pool, "%s: %s", excerpt_quoted(argument(arguments, i), pool), wrong);
        }
    }
    value->list = arguments;
    return wrong;
}

/* The words that may stand here are those of the row's arguments. */
static const char *parse_words(directive_value_t *value, const directive_t *directive,
                               apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = parse_list(value, directive, arguments, pool);
    for (int i = 0; i < arguments->nelts && !wrong; i++) {
        if (!ap_find_token(pool, directive->arguments, argument(arguments, i))) {
            wrong =
                apr_psprintf(pool, "%s is not one of: %s",
                             excerpt_quoted(argument(arguments, i), pool), directive->arguments);
        }
    }
    return wrong;
}

static const char *parse_scopes(directive_value_t *value, const directive_t *directive,
                                apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = check_list_count(directive, arguments, pool);
    for (int i = 0; i < arguments->nelts && !wrong; i++) {
        const char *why = scope_check(argument(arguments, i), pool);
        if (why) {
            wrong = apr_psprintf(pool, "%s %s", excerpt_quoted(argument(arguments, i), pool), why);
        }
    }
    if (!wrong) {
        value->list = scope_list(apr_array_pstrcat(pool, arguments, ' '), pool);
        if (!scope_covers(value->list, "linodes:read_write")) {
            wrong = "does not cover linodes:read_write, which creating a Linode needs";
        }
    }
    return wrong;
}

/* value holds what earlier lines of the section said. */
static const char *parse_field(directive_value_t *value, const directive_t *directive,
                               apr_array_header_t *arguments, apr_pool_t *pool)
{
    (void)directive;
    return field_rule_add(&value->list, arguments, pool);
}

/* Likewise. Checked by setting it in an object that is thrown away. */
static const char *parse_pair(directive_value_t *value, const directive_t *directive,
                              apr_array_header_t *arguments, apr_pool_t *pool)
{
    json_t *scratch = json_in_pool(json_object(), pool);
    const char *wrong = want_count(directive, arguments, 2, pool);
    if (!wrong) {
        wrong = instance_field_set(scratch, argument(arguments, 0), argument(arguments, 1), pool);
    }
    if (!wrong) {
        value->list = value->list ? apr_array_append(pool, value->list, arguments) : arguments;
    }
    return wrong;
}

static parse_t *const parsers[] = {
    [DIRECTIVE_TEXT] = parse_text,       [DIRECTIVE_WORD] = parse_word,
    [DIRECTIVE_POLICY] = parse_policy,   [DIRECTIVE_SECRET] = parse_secret,
    [DIRECTIVE_SECRETS] = parse_secrets, [DIRECTIVE_INTEGER] = parse_integer,
    [DIRECTIVE_FLAG] = parse_flag,       [DIRECTIVE_TIME] = parse_time,
    [DIRECTIVE_TIMES] = parse_times,     [DIRECTIVE_URL] = parse_url,
    [DIRECTIVE_COLOUR] = parse_colour,   [DIRECTIVE_RATE] = parse_rate,
    [DIRECTIVE_PROXY] = parse_proxy,     [DIRECTIVE_FILE] = parse_path,
    [DIRECTIVE_DIRECTORY] = parse_path,  [DIRECTIVE_SERVER_PATH] = parse_path,
    [DIRECTIVE_LIST] = parse_list,       [DIRECTIVE_WORDS] = parse_words,
    [DIRECTIVE_SCOPES] = parse_scopes,   [DIRECTIVE_FIELDS] = parse_field,
    [DIRECTIVE_PAIRS] = parse_pair,      [DIRECTIVE_CALLBACK] = parse_callback,
};

/* Pages and Linode get these kinds as JSON, which holds nothing but UTF-8. */
static const char *want_utf8(const directive_t *directive, const apr_array_header_t *arguments,
                             apr_pool_t *pool)
{
    static const unsigned char shown[] = {DIRECTIVE_TEXT,     DIRECTIVE_WORD, DIRECTIVE_URL,
                                          DIRECTIVE_CALLBACK, DIRECTIVE_LIST, DIRECTIVE_FIELDS,
                                          DIRECTIVE_PAIRS};
    if (!memchr(shown, (int)directive->kind, sizeof(shown))) {
        return NULL;
    }
    for (int i = 0; i < arguments->nelts; i++) {
        if (!json_in_pool(json_string(argument(arguments, i)), pool)) {
            return apr_psprintf(pool, "takes UTF-8, which argument %d is not; save the file so",
                                i + 1);
        }
    }
    return NULL;
}

const char *directive_kind_parse(directive_value_t *value, const directive_t *directive,
                                 apr_array_header_t *arguments, apr_pool_t *pool)
{
    const char *wrong = want_utf8(directive, arguments, pool);
    return wrong ? wrong : parsers[directive->kind](value, directive, arguments, pool);
}
