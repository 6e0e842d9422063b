/* SPDX-License-Identifier: Apache-2.0 */
#include "config_session.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <http_log.h>
#include <mod_session.h>

#include "config_tree.h"
#include "support/http.h"
#include "web/flow.h"

APLOG_USE_MODULE(linode_oauth);

#define COOKIE_ATTRIBUTES       "path=/;HttpOnly;Secure;SameSite=Lax"
#define PLAIN_COOKIE_ATTRIBUTES "path=/;HttpOnly;SameSite=Lax"
#define HOST_PREFIX             "__Host-"
#define SECURE_PREFIX           "__Secure-"

/* Name, value and attributes that every browser takes (RFC 6265 section 6.1). */
#define COOKIE_LENGTH 4096
/* "=" and ";", and what mod_session adds: Max-Age and, inside the value, its expiry. */
#define COOKIE_EXTRA (sizeof("=;Max-Age=2147483647;&expiry=9223372036854775807") - 1)
/* mod_session_crypto puts a MAC, a salt and an IV before, fills up its last block, and writes it
 * all in base64. */
#define CRYPTO_EXTRA (8 + 16 + 16 + 16)

static void say(const config_session_t *session, int level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(const config_session_t *session, int level, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = config_place_say(session->place, level, format, arguments);
    va_end(arguments);
    if (level == APLOG_WARNING) {
        APR_ARRAY_PUSH(session->risks, const char *) = text;
    }
}

static const session_dir_conf *session_conf(const config_session_t *session)
{
    module *mod_session = ap_find_linked_module("mod_session.c");
    return mod_session ? ap_get_module_config(session->merged, mod_session) : NULL;
}

/* ---------------------------------------------------------------- stores */

static const char *const cookie_store = "SessionCookieName";
static const char *const database_store = "SessionDBDCookieName";

static const char *const stores[] = {"SessionCookieName", "SessionCookieName2",
                                     "SessionDBDCookieName", "SessionDBDCookieName2",
                                     "SessionDBDPerUser"};
#define STORES (sizeof(stores) / sizeof(stores[0]))

static int has_store_anywhere(void)
{
    for (unsigned i = 0; i < STORES; i++) {
        if (config_tree_has(stores[i])) {
            return 1;
        }
    }
    return 0;
}

static int has_store_here(const config_session_t *session)
{
    for (unsigned i = 0; i < STORES; i++) {
        if (config_tree_find(session->place, stores[i])) {
            return 1;
        }
    }
    return 0;
}

/* ---------------------------------------------------------------- faults */

#define STORE_REMEDY                                                                               \
    "add `SessionCookieName " HOST_PREFIX "linode " COOKIE_ATTRIBUTES                              \
    "` (without Secure and __Host- on http://localhost)"

/* Where that is on, httpd 2.4 takes the cookie out of the request and forgets what it has read with
 * each load: what is written goes into a record that nobody saves. */
static int forgets_sessions(const config_session_t *session)
{
    const ap_directive_t *remove = config_tree_find(session->place, "SessionCookieRemove");
    if (!remove || !config_tree_find(session->place, cookie_store) ||
        ap_cstr_casecmp(remove->args, "on") != 0) {
        return 0;
    }
    say(session, APLOG_ERR,
        "LO0101: %sSessionCookieRemove On loses each session before it is kept, so that no login "
        "can end well; write `SessionCookieRemove Off` here",
        config_tree_line(session->place, remove));
    return 1;
}

int config_session_check(const config_session_t *session)
{
    int faults = 0;
    if (!ap_find_linked_module("mod_session.c")) {
        say(session, APLOG_ERR,
            "LO0101: mod_session is not loaded, but a login needs a session; load "
            "mod_session and mod_session_cookie (Debian: a2enmod session_cookie)");
        return 1;
    }
    const session_dir_conf *conf = session_conf(session);
    if (!conf || !conf->enabled) {
        say(session, APLOG_ERR,
            "LO0101: the session is off here, but a login needs one; add `Session On`");
        faults++;
    }
    if (!ap_find_linked_module("mod_session_cookie.c") &&
        !ap_find_linked_module("mod_session_dbd.c")) {
        say(session, APLOG_ERR,
            "LO0101: no session store is loaded; load mod_session_cookie (Debian: "
            "a2enmod session_cookie) or mod_session_dbd");
        faults++;
    }
    else if (!has_store_anywhere()) {
        say(session, APLOG_ERR, "LO0101: the session has no store; " STORE_REMEDY);
        faults++;
    }
    return faults + forgets_sessions(session);
}

/* ---------------------------------------------------------------- the cookie */

typedef struct cookie_t {
    const char *name;
    const char *attributes; /* as they are sent */
    const char *path;
    const char *domain;
    const char *same_site;
    int secure;
    int http_only;
} cookie_t;

/* The value of an attribute, "" where it has none, NULL where it is another attribute. */
static const char *attribute(const char *text, const char *name)
{
    apr_size_t length = strlen(name);
    if (strncasecmp(text, name, length) != 0) {
        return NULL;
    }
    return text[length] == '=' ? text + length + 1 : text[length] ? NULL : "";
}

static void read_attribute(cookie_t *cookie, const char *text)
{
    const char *value;
    if ((value = attribute(text, "path"))) {
        cookie->path = value;
    }
    else if ((value = attribute(text, "domain"))) {
        cookie->domain = value;
    }
    else if ((value = attribute(text, "SameSite"))) {
        cookie->same_site = value;
    }
    else if (attribute(text, "Secure")) {
        cookie->secure = 1;
    }
    else if (attribute(text, "HttpOnly")) {
        cookie->http_only = 1;
    }
}

/* As mod_session_cookie and mod_session_dbd read their argument, with httpd's default. */
static cookie_t read_cookie(const char *arguments, apr_pool_t *pool)
{
    cookie_t cookie = {.name = ap_getword_white(pool, &arguments)};
    char *state;
    while (apr_isspace(*arguments)) {
        arguments++;
    }
    cookie.attributes = *arguments ? arguments : "HttpOnly;Secure;Version=1";
    char *text = apr_pstrdup(pool, cookie.attributes);
    for (text = apr_strtok(text, ";", &state); text; text = apr_strtok(NULL, ";", &state)) {
        apr_collapse_spaces(text, text);
        read_attribute(&cookie, text);
    }
    return cookie;
}

static void add_fault(apr_array_header_t *faults, const char *text)
{
    APR_ARRAY_PUSH(faults, const char *) = text;
}

static void judge_same_site(apr_array_header_t *faults, const cookie_t *cookie)
{
    if (!cookie->same_site) {
        add_fault(faults, "has no SameSite");
    }
    else if (ap_cstr_casecmp(cookie->same_site, "Strict") == 0) {
        add_fault(faults, "is SameSite=Strict, so that browsers withhold it on the way back from "
                          "the login");
    }
    else if (ap_cstr_casecmp(cookie->same_site, "None") == 0) {
        add_fault(faults, "is SameSite=None, so that browsers send it with the requests of other "
                          "sites");
    }
    else if (ap_cstr_casecmp(cookie->same_site, "Lax") != 0) {
        add_fault(faults, "has a SameSite that browsers do not know");
    }
}

/* Without https a browser takes neither Secure nor a name that begins with __Host-. */
static apr_array_header_t *judge_cookie(const cookie_t *cookie, int https, const char *base,
                                        apr_pool_t *pool)
{
    apr_array_header_t *faults = apr_array_make(pool, 6, sizeof(const char *));
    int is_whole_site = cookie->path && strcmp(cookie->path, "/") == 0;
    if (https && !cookie->secure) {
        add_fault(faults, "has no Secure");
    }
    if (!cookie->http_only) {
        add_fault(faults, "has no HttpOnly");
    }
    judge_same_site(faults, cookie);
    if (https && strncmp(cookie->name, HOST_PREFIX, sizeof(HOST_PREFIX) - 1) != 0) {
        add_fault(faults, "has no name that begins with " HOST_PREFIX
                          ", so that neighbouring hosts can plant one");
    }
    if (cookie->domain) {
        add_fault(faults, "has a domain, which no " HOST_PREFIX " cookie may have");
    }
    if (!cookie->path) {
        add_fault(faults, "has no path, so that each page has one of its own");
    }
    else if (https ? !is_whole_site
                   : !config_place_covers(cookie->path, apr_pstrcat(pool, base, "/", NULL))) {
        add_fault(faults, "has another path than /");
    }
    return faults;
}

/* What the cookie should be called: its name, with the prefix that it needs. */
static const char *better_name(const char *name, int https, apr_pool_t *pool)
{
    if (strncmp(name, HOST_PREFIX, sizeof(HOST_PREFIX) - 1) == 0) {
        name += sizeof(HOST_PREFIX) - 1;
    }
    if (strncmp(name, SECURE_PREFIX, sizeof(SECURE_PREFIX) - 1) == 0) {
        name += sizeof(SECURE_PREFIX) - 1;
    }
    return https ? apr_pstrcat(pool, HOST_PREFIX, name, NULL) : name;
}

static const char *better_line(const char *directive, const char *name, int https, apr_pool_t *pool)
{
    return apr_pstrcat(pool, directive, " ", better_name(name, https, pool), " ",
                       https ? COOKIE_ATTRIBUTES : PLAIN_COOKIE_ATTRIBUTES, NULL);
}

static void warn_of_cookie(const config_session_t *session, const char *name, int https,
                           const char *base)
{
    const ap_directive_t *directive = config_tree_find(session->place, name);
    if (!directive) {
        return;
    }
    cookie_t cookie = read_cookie(directive->args, session->place->pool);
    apr_array_header_t *faults = judge_cookie(&cookie, https, base, session->place->pool);
    if (faults->nelts) {
        const char **texts = (const char **)faults->elts;
        for (int i = 1; i < faults->nelts; i++) {
            texts[i] = apr_pstrcat(session->place->pool, "; it ", texts[i], NULL);
        }
        say(session, APLOG_WARNING, "LO0111: %sthe cookie %s %s; write `%s`",
            config_tree_line(session->place, directive), cookie.name,
            apr_array_pstrcat(session->place->pool, faults, 0),
            better_line(name, cookie.name, https, session->place->pool));
    }
}

/* Where it is named, the stores read only this one, which no browser ever sends. */
static void warn_of_cookie2(const config_session_t *session, const char *name2, const char *name,
                            int https)
{
    const ap_directive_t *directive = config_tree_find(session->place, name2);
    if (directive) {
        cookie_t cookie = read_cookie(directive->args, session->place->pool);
        say(session, APLOG_WARNING,
            "LO0112: %s%s sends Set-Cookie2, which browsers ignore; write `%s` instead",
            config_tree_line(session->place, directive), name2,
            better_line(name, cookie.name, https, session->place->pool));
    }
}

/* ---------------------------------------------------------------- mod_session's own */

static void warn_of_openings(const config_session_t *session, const session_dir_conf *conf)
{
    if (conf->env) {
        say(session, APLOG_WARNING,
            "LO0113: %sSessionEnv hands the session to every script; write `SessionEnv Off`",
            config_tree_line(session->place, config_tree_find(session->place, "SessionEnv")));
    }
    if (conf->header_set) {
        say(session, APLOG_WARNING,
            "LO0114: %sSessionHeader lets a response header replace the session; take the line "
            "`SessionHeader %s` out",
            config_tree_line(session->place, config_tree_find(session->place, "SessionHeader")),
            conf->header);
    }
}

static void warn_of_short_life(const config_session_t *session, const session_dir_conf *conf)
{
    if (conf->maxage > 0 && conf->maxage < FLOW_LOGIN_SECONDS) {
        say(session, APLOG_WARNING,
            "LO0115: %sSessionMaxAge %ld ends a session before the %d minutes that a login may "
            "take; write `SessionMaxAge %d`, or more",
            config_tree_line(session->place, config_tree_find(session->place, "SessionMaxAge")),
            conf->maxage, FLOW_LOGIN_SECONDS / 60, FLOW_LOGIN_SECONDS);
    }
}

/* SessionInclude and SessionExclude compare prefixes. */
static int is_prefixed(const apr_array_header_t *prefixes, const char *url)
{
    for (int i = 0; i < prefixes->nelts; i++) {
        const char *prefix = APR_ARRAY_IDX(prefixes, i, const char *);
        if (strncmp(url, prefix, strlen(prefix)) == 0) {
            return 1;
        }
    }
    return 0;
}

static void warn_of_exclusion(const config_session_t *session, const session_dir_conf *conf,
                              const char *mount)
{
    static const char *const pages[] = {"/", CONFIG_CALLBACK, "/deploys/"};
    for (unsigned i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        const char *url = apr_pstrcat(session->place->pool, mount, pages[i], NULL);
        int is_excluded = is_prefixed(conf->excludes, url);
        if (is_excluded || (conf->includes->nelts && !is_prefixed(conf->includes, url))) {
            const char *name = is_excluded ? "SessionExclude" : "SessionInclude";
            say(session, APLOG_WARNING,
                "LO0116: %s%s leaves %s without a session; write `SessionExclude %s/assets/`, or "
                "nothing",
                config_tree_line(session->place, config_tree_find(session->place, name)), name, url,
                mount);
            return;
        }
    }
}

/* ---------------------------------------------------------------- all together */

/* What is left of a cookie for the session's entries. */
static apr_size_t room_in_cookie(const config_session_t *session)
{
    const ap_directive_t *directive = config_tree_find(session->place, cookie_store);
    apr_size_t room = COOKIE_LENGTH - COOKIE_EXTRA;
    if (directive) {
        cookie_t cookie = read_cookie(directive->args, session->place->pool);
        apr_size_t taken = strlen(cookie.name) + strlen(cookie.attributes);
        room = room > taken ? room - taken : 0;
    }
    if (config_tree_find(session->place, "SessionCryptoPassphrase") ||
        config_tree_find(session->place, "SessionCryptoPassphraseFile")) {
        room = room / 4 * 3;
        room = room > CRYPTO_EXTRA ? room - CRYPTO_EXTRA : 0;
    }
    return room;
}

void config_session_prepare(config_t *config, const config_session_t *session)
{
    const session_dir_conf *conf = session_conf(session);
    int https = http_is_https(config->oauth.redirect_uri);

    config->session_room = room_in_cookie(session);
    config->session_risks = session->risks;
    config->session_in_database = config_tree_find(session->place, database_store) ||
                                  config_tree_find(session->place, "SessionDBDPerUser");
    if (!has_store_here(session)) {
        say(session, APLOG_WARNING, "LO0101: no session store is set up here; " STORE_REMEDY);
    }
    warn_of_cookie(session, cookie_store, https, config->base);
    warn_of_cookie(session, database_store, https, config->base);
    warn_of_cookie2(session, "SessionCookieName2", cookie_store, https);
    warn_of_cookie2(session, "SessionDBDCookieName2", database_store, https);
    warn_of_openings(session, conf);
    warn_of_short_life(session, conf);
    warn_of_exclusion(session, conf, config->mount);
}
