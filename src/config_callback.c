/* SPDX-License-Identifier: Apache-2.0 */
#include "config_callback.h"

#include <ap_listen.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_uri.h>
#include <http_core.h>

#include "config_tree.h"
#include "support/excerpt.h"
#include "support/http.h"

/* ---------------------------------------------------------------- one that is written */

/* The URL as a browser would ask for it, without a slash at its end. */
static const char *tidied(const char *url, apr_pool_t *pool)
{
    char *tidy = apr_pstrdup(pool, url);
    char *path = strstr(tidy, "://") + 3;
    for (char *c = tidy; c < path; c++) {
        *c = (char)apr_tolower(*c);
    }
    path += strcspn(path, "/?");
    if (*path == '/') {
        ap_getparents(path);
        ap_no2slash(path);
        for (apr_size_t end = strlen(path); end > 0 && path[end - 1] == '/'; end--) {
            path[end - 1] = '\0';
        }
    }
    return tidy;
}

const char *config_callback_check(const char *url, apr_pool_t *pool)
{
    static const char suffix[] = CONFIG_CALLBACK;
    const char *wrong = http_url_check(url, NULL, pool);
    if (wrong) {
        return apr_psprintf(pool, "%s %s", excerpt_quoted(url, pool), wrong);
    }
    if (ap_unescape_url(apr_pstrdup(pool, url)) != OK) {
        return apr_psprintf(pool, "%s has a %% that httpd takes in no path",
                            excerpt_quoted(url, pool));
    }
    const char *tidy = tidied(url, pool);
    apr_size_t length = strlen(tidy);
    if (length < sizeof(suffix) || strcmp(tidy + length - (sizeof(suffix) - 1), suffix) != 0 ||
        strchr(tidy, '?')) {
        return apr_psprintf(pool,
                            "%s has to end in %s; write the callback URL that is registered at "
                            "Linode, such as https://www.example.org/install%s",
                            excerpt_quoted(url, pool), suffix, suffix);
    }
    return strcmp(tidy, url) == 0
               ? NULL
               : apr_psprintf(pool,
                              "%s is no address that a browser comes back to; register "
                              "this one at Linode, and write `LinodeOAuthCallbackURL %s`",
                              excerpt_quoted(url, pool), tidy);
}

/* ---------------------------------------------------------------- one by the server's name */

/* A scheme without a port means that scheme's own port; neither, the one that is listened on. */
static apr_port_t port_of(const server_rec *server)
{
    if (server->port) {
        return server->port;
    }
    if (server->server_scheme) {
        return apr_uri_port_of_scheme(server->server_scheme);
    }
    if (server->addrs && server->addrs->host_port) {
        return server->addrs->host_port;
    }
    return ap_listeners ? ap_listeners->bind_addr->port : DEFAULT_HTTP_PORT;
}

/* Of the Listen that the server's requests come through, as httpd itself takes it later. */
static const char *listened_protocol(const server_rec *server)
{
    apr_port_t port =
        server->addrs && server->addrs->host_port ? server->addrs->host_port : port_of(server);
    for (const ap_listen_rec *listener = ap_listeners; listener; listener = listener->next) {
        if (listener->bind_addr->port == port) {
            return listener->protocol;
        }
    }
    return NULL;
}

/* As mod_ssl decides it. */
static int speaks_tls(const config_place_t *place)
{
    const ap_directive_t *engine = config_tree_find(place, "SSLEngine");
    const char *protocol = ap_get_server_protocol(place->server);
    if (engine) {
        return ap_cstr_casecmp(engine->args, "on") == 0;
    }
    protocol = protocol ? protocol : listened_protocol(place->server);
    return protocol && ap_cstr_casecmp(protocol, "https") == 0;
}

const char *config_callback_of(const config_place_t *place)
{
    const server_rec *server = place->server;
    apr_port_t port = port_of(server);
    const char *scheme = server->server_scheme;
    if (!scheme) {
        scheme = port == DEFAULT_HTTPS_PORT || speaks_tls(place) ? "https" : "http";
    }
    int is_default = port == apr_uri_port_of_scheme(scheme);
    return apr_psprintf(place->pool, "%s://%s%s%s" CONFIG_CALLBACK, scheme,
                        server->server_hostname ? server->server_hostname : "",
                        is_default ? "" : apr_psprintf(place->pool, ":%u", (unsigned)port),
                        ap_escape_uri(place->pool, place->mount));
}
