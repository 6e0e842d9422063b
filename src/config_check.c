/* SPDX-License-Identifier: Apache-2.0 */
/* Resolving mounts: from merged sections to checked, immutable configurations.
 *
 * httpd merges <Location> sections for each request; here the same is done once for each mount
 * (config_place), so that a mistake is found by `httpd -t` and not by a visitor. Every check logs
 * what is wrong, where, and what to write instead; checking goes on to the next mount, so that one
 * run shows all faults. */
#include "config_check.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <apr_uri.h>
#include <http_core.h>
#include <http_log.h>

#include "accent.h"
#include "config_callback.h"
#include "config_place.h"
#include "config_session.h"
#include "config_tree.h"
#include "linode/instance_field.h"
#include "state_directory.h"
#include "support/authorities.h"
#include "support/excerpt.h"
#include "support/http.h"
#include "support/json.h"
#include "support/secret.h"
#include "web/log_guard.h"

APLOG_USE_MODULE(linode_oauth);

/* MB of swap that Linode makes unless it is asked for another size. */
#define LINODES_SWAP 512

/* One mount while it is being checked. */
typedef struct checking_t {
    const config_place_t *place;
    config_session_t session;
    directive_values_t *values; /* merged, with defaults */
    config_t *config;
    int faults;
} checking_t;

static void fault(checking_t *checking, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void fault(checking_t *checking, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    config_place_say(checking->place, APLOG_ERR, format, arguments);
    va_end(arguments);
    checking->faults++;
}

static const directive_value_t *value_of(const checking_t *checking, directive_index_t index)
{
    return &checking->values->value[index];
}

/* ---------------------------------------------------------------- required directives, secrets */

static void check_required(checking_t *checking)
{
    for (unsigned i = 0; i < DIRECTIVE_COUNT; i++) {
        const directive_t *directive = directive_of(i);
        if (directive->otherwise && strcmp(directive->otherwise, DIRECTIVE_REQUIRED) == 0 &&
            !directive_is_set(checking->values, i)) {
            fault(checking, "LO0103: %s is missing; add `%s %s`: %s", directive->name,
                  directive->name, directive->arguments, directive->help);
        }
    }
}

/* A secret in a file that every user of the machine may read is not one. */
static void warn_of_open_files(const checking_t *checking, directive_index_t index)
{
    const apr_array_header_t *files = value_of(checking, index)->files;
    for (int i = 0; files && i < files->nelts; i++) {
        apr_finfo_t info;
        const char *path = APR_ARRAY_IDX(files, i, const char *);
        if (apr_stat(&info, path, APR_FINFO_PROT, checking->place->pool) == APR_SUCCESS &&
            (info.protection & APR_FPROT_WREAD)) {
            ap_log_error(APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, checking->place->server,
                         "LO0104: %s: every user may read %s; run `chmod 600 %s`",
                         directive_of(index)->name, path, path);
        }
    }
}

static void derive_session_keys(checking_t *checking)
{
    config_t *config = checking->config;
    const directive_value_t *keys = value_of(checking, DIRECTIVE_SECRET_KEY_INDEX);
    const char *const *secrets =
        keys->list ? (const char *const *)keys->list->elts : &config->oauth.client_secret;
    config->has_own_key = keys->list != NULL;
    problem_t *problem = seal_ring_create(
        &config->ring, secrets, keys->list ? keys->list->nelts : 1, checking->place->pool);
    if (problem) {
        fault(checking, "%s", problem_line(problem, checking->place->pool));
    }
    config->seal_context =
        apr_psprintf(checking->place->pool, "session|%s|%s", config->oauth.client_id, config->base);
}

/* The entry's name in a session that several mounts may share: same mount and client, same name. */
static void name_session_entry(checking_t *checking)
{
    const char *context = checking->config->seal_context;
    const char *name = secret_fingerprint(context, strlen(context), 5, checking->place->pool);
    checking->config->session_key = apr_pstrcat(checking->place->pool, CONFIG_SESSION, name, NULL);
}

/* ---------------------------------------------------------------- callback URL */

static void check_callback(checking_t *checking)
{
    config_t *config = checking->config;
    const char *url = value_of(checking, DIRECTIVE_CALLBACK_URL_INDEX)->text;
    apr_uri_t uri;

    if (!url) {
        const ap_directive_t *name = config_tree_find(checking->place, "ServerName");
        url = config_callback_of(checking->place);
        const char *wrong = http_url_check(url, NULL, checking->place->pool);
        if (wrong) {
            fault(checking,
                  "LO0105: %sthe callback URL would be %s, which %s; write the URL that is "
                  "registered at Linode as LinodeOAuthCallbackURL, or a ServerName with "
                  "its scheme",
                  config_tree_line(checking->place, name), url, wrong);
            return;
        }
    }
    if (apr_uri_parse(checking->place->pool, url, &uri) != APR_SUCCESS || !uri.path) {
        fault(checking, "LO0105: the callback URL %s cannot be read", url);
        return;
    }
    config->oauth.redirect_uri = url;
    config->base = apr_pstrmemdup(checking->place->pool, uri.path,
                                  strlen(uri.path) - (sizeof(CONFIG_CALLBACK) - 1));
}

/* ---------------------------------------------------------------- tags */

static void check_tags(checking_t *checking)
{
    config_t *config = checking->config;
    directive_index_t source = DIRECTIVE_TAGS_INDEX;
    config->tags = value_of(checking, source)->list;
    if (!config->tags) {
        source = DIRECTIVE_APPLICATION_NAME_INDEX;
        config->tags = apr_array_make(checking->place->pool, 1, sizeof(const char *));
        APR_ARRAY_PUSH(config->tags, const char *) = config->application_name;
    }
    for (int i = 0; i < config->tags->nelts; i++) {
        const char *tag = APR_ARRAY_IDX(config->tags, i, const char *);
        apr_size_t length = excerpt_characters(tag);
        if (length < 3 || length > 50) {
            fault(checking,
                  "LO0106: %s %s cannot be a tag at Linode, which takes 3 to 50 "
                  "characters; write LinodeOAuthTags with another one",
                  directive_of(source)->name, excerpt_quoted(tag, checking->place->pool));
        }
    }
}

/* ---------------------------------------------------------------- what is asked, what is set */

static int bit_of_word(const char *word)
{
    static const struct {
        const char *word;
        int bit;
    } bits[] = {{"label", CONFIG_ASKS_LABEL},
                {"ssh_key", CONFIG_ASKS_SSH_KEY},
                {"backups", CONFIG_ASKS_BACKUPS}};
    for (unsigned i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
        if (ap_cstr_casecmp(word, bits[i].word) == 0) {
            return bits[i].bit;
        }
    }
    return 0;
}

static void check_asks(checking_t *checking)
{
    const apr_array_header_t *words = value_of(checking, DIRECTIVE_ASK_INDEX)->list;
    for (int i = 0; i < words->nelts; i++) {
        checking->config->asks |= bit_of_word(APR_ARRAY_IDX(words, i, const char *));
    }
    if (checking->config->asks && words->nelts > 1 &&
        ap_find_token(checking->place->pool, apr_array_pstrcat(checking->place->pool, words, ' '),
                      "none")) {
        fault(checking, "LO0121: LinodeOAuthAsk asks for none and for more; leave one of them out");
    }
}

static void check_extra(checking_t *checking)
{
    static const struct {
        int bit;
        const char *word, *field;
    } asked[] = {{CONFIG_ASKS_SSH_KEY, "ssh_key", "authorized_keys"},
                 {CONFIG_ASKS_BACKUPS, "backups", "backups_enabled"}};
    const apr_array_header_t *pairs = value_of(checking, DIRECTIVE_INSTANCE_INDEX)->list;
    json_t *extra = json_in_pool(json_object(), checking->place->pool);
    for (int i = 0; pairs && i + 1 < pairs->nelts; i += 2) {
        instance_field_set(extra, APR_ARRAY_IDX(pairs, i, const char *),
                           APR_ARRAY_IDX(pairs, i + 1, const char *), checking->place->pool);
    }
    for (unsigned i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        if (checking->config->asks & asked[i].bit && json_object_get(extra, asked[i].field)) {
            fault(checking,
                  "LO0121: LinodeOAuthInstance cannot set %s where the visitor is asked for it; "
                  "take it out, or %s out of LinodeOAuthAsk",
                  asked[i].field, asked[i].word);
        }
    }
    const char *conflict = instance_field_conflict(extra);
    if (conflict) {
        fault(checking, "LO0121: LinodeOAuthInstance: %s", conflict);
    }
    checking->config->extra = extra;
    checking->config->choice.backups = checking->config->asks & CONFIG_ASKS_BACKUPS ||
                                       json_member_is_true(extra, "backups_enabled");
    checking->config->choice.swap = json_member_integer(extra, "swap_size", LINODES_SWAP);
}

/* ---------------------------------------------------------------- templates and assets */

static const logo_t *read_logo(checking_t *checking)
{
    const char *path = value_of(checking, DIRECTIVE_LOGO_INDEX)->text;
    logo_t *logo = apr_pcalloc(checking->place->pool, sizeof(*logo));
    const char *wrong = path ? logo_read(logo, path, checking->place->pool) : NULL;
    if (wrong) {
        fault(checking, "LO0109: LinodeOAuthLogo %s %s", path, wrong);
    }
    return path && !wrong ? logo : NULL;
}

static void fill_look(checking_t *checking)
{
    const char *colour = value_of(checking, DIRECTIVE_ACCENT_INDEX)->text;
    pages_look_t *look = &checking->config->look;
    accent_t *accent = apr_pcalloc(checking->place->pool, sizeof(*accent));
    look->base = checking->config->base;
    look->directory = value_of(checking, DIRECTIVE_TEMPLATE_DIRECTORY_INDEX)->text;
    if (colour && !accent_read(accent, colour, checking->place->pool)) {
        checking->config->accent = accent;
        look->rules = accent_rules(accent, checking->place->pool);
    }
    look->logo = read_logo(checking);
}

/* Whether both name the same, or none. */
static int is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What another mount has read from there already, or NULL. */
static const pages_t *known_pages(const checking_t *checking, const char *directory)
{
    const apr_array_header_t *mounts = config_mounts(checking->place->server);
    for (int i = 0; i < mounts->nelts; i++) {
        const config_t *mount = APR_ARRAY_IDX(mounts, i, const config_t *);
        if (mount->pages && is_same(mount->look.directory, directory)) {
            return mount->pages;
        }
    }
    return NULL;
}

static void prepare_pages(checking_t *checking)
{
    config_t *config = checking->config;
    template_error_t *error = NULL;
    pages_t *pages = NULL;
    fill_look(checking);
    const pages_t *known = known_pages(checking, config->look.directory);
    if (known) {
        pages = pages_for_look(known, &config->look, checking->place->pool);
    }
    else {
        error = pages_read(&pages, &config->look, checking->place->pool);
    }

    if (error) {
        fault(checking, "LO0107: %s", template_error_text(error, checking->place->pool));
        return;
    }
    config->pages = pages;
    if (value_of(checking, DIRECTIVE_TEMPLATE_RELOAD_INDEX)->number) {
        config->reloads_pages = config->look.directory != NULL;
        if (!config->reloads_pages) {
            fault(checking, "LO0107: LinodeOAuthTemplateReload has nothing to read again; add "
                            "LinodeOAuthTemplateDirectory, or take the reload out");
        }
    }
}

/* ---------------------------------------------------------------- one mount */

/* form-action has to name the login: browsers apply it to the redirect as well. */
static void prepare_security_policy(checking_t *checking)
{
    const char *login = "";
    config_t *config = checking->config;
    http_url_check(config->oauth.login_url, &login, checking->place->pool);
    config->content_security_policy =
        value_of(checking, DIRECTIVE_CONTENT_SECURITY_POLICY_INDEX)->text;
    if (!config->content_security_policy) {
        config->content_security_policy = apr_psprintf(
            checking->place->pool,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'self' %s; base-uri 'none'; frame-ancestors 'none'",
            login);
    }
}

/* What another mount has read already, or NULL. */
static const authorities_t *known_authorities(const checking_t *checking, const char *path)
{
    const apr_array_header_t *mounts = config_mounts(checking->place->server);
    for (int i = 0; i < mounts->nelts; i++) {
        const authorities_t *its = APR_ARRAY_IDX(mounts, i, const config_t *)->api.authorities;
        if (its && is_same(its->path, path)) {
            return its;
        }
    }
    return NULL;
}

static int asks_over_tls(const config_t *config)
{
    return http_is_https(config->api.url) || http_is_https(config->oauth.login_url);
}

static const authorities_t *find_authorities(checking_t *checking)
{
    const char *path = value_of(checking, DIRECTIVE_CA_FILE_INDEX)->text;
    const authorities_t *authorities = known_authorities(checking, path);
    if (authorities || (!path && !asks_over_tls(checking->config))) {
        return authorities;
    }
    if (!path) {
        return authorities_of_system(checking->place->pool);
    }
    const char *wrong = authorities_read(&authorities, path, checking->place->pool);
    if (wrong) {
        fault(checking, "LO0109: LinodeOAuthCAFile %s %s", path, wrong);
    }
    return authorities;
}

static void fill_linode(checking_t *checking)
{
    config_t *config = checking->config;
    oauth_client_t *oauth = &config->oauth;
    const directive_value_t *timeout = value_of(checking, DIRECTIVE_TIMEOUT_INDEX);

    oauth->login_url = value_of(checking, DIRECTIVE_LOGIN_URL_INDEX)->text;
    oauth->client_id = value_of(checking, DIRECTIVE_CLIENT_ID_INDEX)->text;
    oauth->client_secret = value_of(checking, DIRECTIVE_CLIENT_SECRET_INDEX)->text;
    oauth->scopes = value_of(checking, DIRECTIVE_SCOPES_INDEX)->list;
    oauth->pkce = value_of(checking, DIRECTIVE_PKCE_INDEX)->number != 0;
    oauth->retries = (int)value_of(checking, DIRECTIVE_RETRIES_INDEX)->number;
    oauth->connect_timeout = timeout->number;
    oauth->total_timeout = timeout->second;
    oauth->proxy = value_of(checking, DIRECTIVE_PROXY_INDEX)->text;

    config->api.url = value_of(checking, DIRECTIVE_API_URL_INDEX)->text;
    config->api.proxy = oauth->proxy;
    config->api.retries = oauth->retries;
    config->api.connect_timeout = timeout->number;
    config->api.total_timeout = timeout->second;
    config->api.authorities = oauth->authorities = find_authorities(checking);

    config->choice.stackscript_id = value_of(checking, DIRECTIVE_STACKSCRIPT_ID_INDEX)->number;
    config->choice.types = value_of(checking, DIRECTIVE_TYPES_INDEX)->list;
    config->choice.regions = value_of(checking, DIRECTIVE_REGIONS_INDEX)->list;
    config->choice.images = value_of(checking, DIRECTIVE_IMAGES_INDEX)->list;
    config->choice.rules = value_of(checking, DIRECTIVE_FIELD_INDEX)->list;
}

/* Everything that depends on the required directives being there. */
static void fill_config(checking_t *checking)
{
    config_t *config = checking->config;
    config->application_name = value_of(checking, DIRECTIVE_APPLICATION_NAME_INDEX)->text;
    config->result_lifetime = value_of(checking, DIRECTIVE_RESULT_LIFETIME_INDEX)->number;
    config->catalog_refresh = value_of(checking, DIRECTIVE_CATALOG_REFRESH_INDEX)->number;
    config->upstream_limit = (int)value_of(checking, DIRECTIVE_UPSTREAM_LIMIT_INDEX)->number;
    config->rate.count = value_of(checking, DIRECTIVE_VISITOR_RATE_INDEX)->number;
    config->rate.period = value_of(checking, DIRECTIVE_VISITOR_RATE_INDEX)->second;
    config->rate_spares_loopback = !value_of(checking, DIRECTIVE_VISITOR_RATE_INDEX)->place;
    fill_linode(checking);
    check_callback(checking);
    check_tags(checking);
    check_asks(checking);
    check_extra(checking);
    if (checking->faults) {
        return;
    }
    config->oauth.login_page = oauth_login_page(&config->oauth, checking->place->pool);
    derive_session_keys(checking);
    name_session_entry(checking);
    config_session_prepare(config, &checking->session);
    prepare_security_policy(checking);
    prepare_pages(checking);
}

static int check_mount(const config_place_t *place)
{
    apr_pool_t *pool = place->pool;
    checking_t checking = {.place = place};
    ap_conf_vector_t *merged = config_place_merge(place);

    checking.session = (config_session_t){
        .place = place, .merged = merged, .risks = apr_array_make(pool, 4, sizeof(const char *))};
    checking.config = apr_pcalloc(pool, sizeof(*checking.config));
    checking.config->mount = place->mount;
    checking.values =
        config_section_merge_values(ap_get_module_config(merged, &linode_oauth_module), pool);

    checking.faults = config_place_check(place) + config_session_check(&checking.session);
    check_required(&checking);
    const char *wrong = directive_values_complete(checking.values, pool);
    if (wrong) {
        fault(&checking, "%s", wrong);
    }
    if (!checking.faults) {
        warn_of_open_files(&checking, DIRECTIVE_CLIENT_SECRET_INDEX);
        warn_of_open_files(&checking, DIRECTIVE_SECRET_KEY_INDEX);
        fill_config(&checking);
    }
    config_add_mount(pool, place->server,
                     ap_get_module_config(place->section, &linode_oauth_module), checking.config);
    return checking.faults;
}

/* ---------------------------------------------------------------- all mounts */

static int check_server(apr_pool_t *pool, server_rec *main_server, server_rec *server)
{
    int faults = 0;
    const apr_array_header_t *sections = config_place_sections(server);
    for (int i = 0; sections && i < sections->nelts; i++) {
        config_place_t place = config_place_of(pool, main_server, server,
                                               APR_ARRAY_IDX(sections, i, ap_conf_vector_t *));
        faults +=
            config_place_is_mount(&place) ? check_mount(&place) : config_place_check_rest(&place);
    }
    return faults;
}

int config_check(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server)
{
    int faults = 0;
    (void)plog;
    (void)ptemp;
    config_forget_mounts(pconf, main_server);
    for (server_rec *server = main_server; server; server = server->next) {
        faults += check_server(pconf, main_server, server);
    }
    if (config_has_mounts(main_server)) {
        const char *directory = config_state_directory(pconf, main_server);
        faults += state_directory_check(pconf, main_server, directory) != OK;
        if (log_guard_finds_dumps(main_server)) {
            config_guard_connections(main_server);
        }
    }
    return faults ? HTTP_INTERNAL_SERVER_ERROR : OK;
}
