/* SPDX-License-Identifier: Apache-2.0 */
#include "web/log_guard.h"

#include <apr_strings.h>
#include <http_config.h>
#include <http_log.h>

#include "config.h"
#include "support/secret.h"

APLOG_USE_MODULE(linode_oauth);

/* The most that httpd's core says while it reads a request. */
#define REQUESTS_BELOW APLOG_TRACE4
/* Before httpd prints the headers that come and go, and the cookies that it sets. */
#define HEADERS_BELOW APLOG_TRACE3
#define COOKIES_BELOW APLOG_INFO

/* Modules that print what goes over a connection, and the most that each may say. */
static const struct {
    const char *name;
    int below;
    const char *level;
} dumpers[] = {{"mod_dumpio.c", APLOG_TRACE6, "trace6"}, {"mod_http2.c", APLOG_DEBUG, "debug"}};

/* ---------------------------------------------------------------- log levels */

/* Caps one module's level; module -1 is the level of all that have none of their own. */
static void cap(struct ap_logconf *log, int module, int level, apr_pool_t *pool)
{
    if (ap_get_module_loglevel(log, module) <= level) {
        return;
    }
    if (module < 0) {
        log->level = level;
    }
    else {
        ap_set_module_loglevel(pool, log, module, level);
    }
}

/* The index of a module, or -2 when it is not loaded. */
static int index_of(const char *name)
{
    const module *found = ap_find_linked_module(name);
    return found ? found->module_index : -2;
}

static const struct ap_logconf *log_of(const conn_rec *connection)
{
    return connection->log ? connection->log : &connection->base_server->log;
}

/* ---------------------------------------------------------------- connections */

int log_guard_finds_dumps(server_rec *main_server)
{
    for (const server_rec *server = main_server; server; server = server->next) {
        for (unsigned i = 0; i < sizeof(dumpers) / sizeof(dumpers[0]); i++) {
            int module = index_of(dumpers[i].name);
            if (module >= 0 && ap_get_module_loglevel(&server->log, module) > dumpers[i].below) {
                ap_log_error(APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, main_server,
                             "LO0117: at this LogLevel %s would print what visitors and Linode "
                             "send, secrets too; it stays at %s in this server",
                             dumpers[i].name, dumpers[i].level);
                return 1;
            }
        }
    }
    return 0;
}

int log_guard_connection(conn_rec *connection, void *socket)
{
    (void)socket;
    if (!config_guards_connections(connection->base_server)) {
        return DECLINED;
    }
    struct ap_logconf *log = ap_new_log_config(connection->pool, log_of(connection));
    for (unsigned i = 0; i < sizeof(dumpers) / sizeof(dumpers[0]); i++) {
        int module = index_of(dumpers[i].name);
        if (module >= 0) {
            cap(log, module, dumpers[i].below, connection->pool);
        }
    }
    connection->log = log;
    return DECLINED;
}

/* ---------------------------------------------------------------- requests */

/* What a request carries for us. */
typedef struct guarded_t {
    const struct ap_logconf *quiet; /* its log level while it is read, or NULL */
    const char *query;              /* taken out of it, or NULL */
} guarded_t;

static guarded_t *guarded_of(const request_rec *r)
{
    return ap_get_module_config(r->request_config, &linode_oauth_module);
}

static guarded_t *guard(request_rec *r)
{
    guarded_t *guarded = guarded_of(r);
    if (!guarded) {
        guarded = apr_pcalloc(r->pool, sizeof(*guarded));
        ap_set_module_config(r->request_config, &linode_oauth_module, guarded);
    }
    return guarded;
}

/* As nearly always: no module needs to be looked for then. */
static int says_at_most(const struct ap_logconf *log, int level)
{
    return log->level <= level && !log->module_levels;
}

void log_guard_reading(request_rec *r, conn_rec *connection)
{
    const struct ap_logconf *usual = log_of(connection);
    if (says_at_most(usual, REQUESTS_BELOW) || !config_has_mounts(r->server)) {
        return;
    }
    int core = index_of("core.c");
    if (ap_get_module_loglevel(usual, -1) <= REQUESTS_BELOW &&
        ap_get_module_loglevel(usual, core) <= REQUESTS_BELOW) {
        return;
    }
    struct ap_logconf *quiet = ap_new_log_config(r->pool, usual);
    cap(quiet, -1, REQUESTS_BELOW, r->pool);
    cap(quiet, core, REQUESTS_BELOW, r->pool);
    guard(r)->quiet = quiet;
    r->log = quiet;
}

/* Ends the quiet, and says what the core would have said. */
static void speak_again(request_rec *r)
{
    guarded_t *guarded = guarded_of(r);
    if (!guarded || !guarded->quiet) {
        return;
    }
    if (r->log == guarded->quiet) {
        r->log = NULL;
    }
    guarded->quiet = NULL;
    ap_log_rerror(APLOG_MARK, APLOG_TRACE5, 0, r, "Request received from client: %s",
                  ap_escape_logitem(r->pool, r->the_request));
}

/* However the path is spelt: httpd makes it plain only later. */
static int is_callback(const request_rec *r, const apr_array_header_t *mounts)
{
    char *path = apr_pstrdup(r->pool, r->uri ? r->uri : "");
    if (ap_unescape_url(path) != OK) {
        return 0;
    }
    ap_getparents(path);
    ap_no2slash(path);
    return config_is_callback(mounts, path, r->pool);
}

static void take_query_out(request_rec *r)
{
    guard(r)->query = r->args;
    secret_wipe_with_pool(r->args, r->pool);
    secret_wipe_with_pool(r->the_request, r->pool);
    secret_wipe_with_pool(r->unparsed_uri, r->pool);
    r->the_request = apr_pstrcat(r->pool, r->method, " ", r->uri, "?... ", r->protocol, NULL);
    r->unparsed_uri = apr_pstrdup(r->pool, r->uri);
    r->parsed_uri.query = NULL;
    r->args = NULL;
}

/* What httpd refuses while it reads it never comes to post_read_request, nor to a file name, and
 * its server may be any: `Host` stands in what could not be read. */
static void take_query_out_of_refused(request_rec *r)
{
    if (r && r->args && !r->filename && config_has_mounts(r->server) &&
        is_callback(r, config_mounts(r->server))) {
        take_query_out(r);
    }
}

static const struct ap_logconf *log_of_request(const request_rec *r)
{
    if (r->log) {
        return r->log;
    }
    return r->connection->log ? r->connection->log : &r->server->log;
}

/* Holds one module down in all that is still to come of the request. */
static void hold(request_rec *r, const char *name, int level)
{
    const struct ap_logconf *said = log_of_request(r);
    if (says_at_most(said, level)) {
        return;
    }
    int module = index_of(name);
    if (module >= 0 && ap_get_module_loglevel(said, module) > level) {
        struct ap_logconf *log = ap_new_log_config(r->pool, said);
        cap(log, module, level, r->pool);
        r->log = log;
    }
}

int log_guard_request(request_rec *r)
{
    take_query_out_of_refused(r->prev);
    if (r->prev) {
        r->the_request = r->prev->the_request;
    }
    if (r->args && config_has_mounts(r->server) && is_callback(r, config_mounts_of(r->server))) {
        take_query_out(r);
    }
    speak_again(r);
    if (config_has_mounts(r->server)) {
        hold(r, "http_core.c", HEADERS_BELOW);
    }
    return DECLINED;
}

void log_guard_refusal(request_rec *r)
{
    take_query_out_of_refused(r);
}

void log_guard_answer(request_rec *r)
{
    hold(r, "core.c", COOKIES_BELOW);
    hold(r, "http_core.c", HEADERS_BELOW);
}

const char *log_guard_query(request_rec *r)
{
    const guarded_t *guarded = guarded_of(r);
    return guarded && guarded->query ? guarded->query : r->args;
}
