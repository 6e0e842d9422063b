/* SPDX-License-Identifier: Apache-2.0 */
/* From directives to one immutable config_t per mount.
 *
 * A mount is a <Location> with `SetHandler linode-oauth`; its path is where the visitor finds the
 * form. While httpd reads its configuration, every section collects values (directive.h). In
 * check_config, which `httpd -t` runs too, each mount of each virtual host is resolved once: the
 * sections that apply to it are merged in httpd's order, defaults filled in, everything that can be
 * wrong is found (required directives, callback URL, session, templates), and a config_t made. From
 * then on it is read only and shared by all threads. It lives as long as the configuration's pool.
 *
 * A request finds its config_t through its merged section, which remembers the mount, and the
 * server's table of mounts: one section serves every virtual host that inherits it, each with its
 * own ServerName and so its own callback URL. */
#ifndef CONFIG_H
#define CONFIG_H

#include <httpd.h>
#include <http_config.h>

#include "accent.h"
#include "directive.h"
#include "linode/api.h"
#include "linode/catalog.h"
#include "linode/oauth.h"
#include "pages.h"
#include "support/metric.h"
#include "support/once.h"
#include "support/rate.h"
#include "support/seal.h"

/* The one symbol that httpd looks for; all others are hidden. */
extern module AP_MODULE_DECLARE_DATA linode_oauth_module __attribute__((visibility("default")));

#define CONFIG_HANDLER  "linode-oauth"
#define CONFIG_CALLBACK "/auth_callback" /* below the mount */
#define CONFIG_SESSION  "lo-" /* what the names of all mounts' session entries begin with */

/* What the form asks for besides, as bits. */
#define CONFIG_ASKS_LABEL   1
#define CONFIG_ASKS_SSH_KEY 2
#define CONFIG_ASKS_BACKUPS 4

typedef struct config_t {
    int index;         /* of this mount among all of the server's, for per-child state */
    const char *mount; /* path of the section without a slash at the end; "" for / */
    const char *base;  /* the same as browsers see it: the callback URL's path */
    const char *application_name;
    apr_array_header_t *tags; /* const char *; the first is the group */
    int asks;                 /* CONFIG_ASKS_... */
    const json_t *extra;      /* further members of each create, never NULL */
    const char *content_security_policy;
    apr_interval_time_t result_lifetime;
    apr_interval_time_t catalog_refresh;
    rate_limit_t rate;
    int upstream_limit;       /* 0: nobody wrote one (web/bulkhead.h) */
    int rate_spares_loopback; /* nobody wrote a limit: see web/visitor_rate.h */
    oauth_client_t oauth;
    api_t api;
    catalog_choice_t choice;
    seal_ring_t *ring;
    const char *seal_context; /* binds a sealed session to mount and client */
    const char *session_key;  /* our entry's name in the session */
    apr_size_t session_room;  /* bytes that a cookie has for all entries of the session */
    int session_in_database;  /* mod_session_dbd is its store */
    const apr_array_header_t *session_risks; /* const char *, as they are in the log */
    int has_own_key;                         /* the seal's is not the client secret's */
    pages_look_t look;
    const accent_t *accent; /* NULL: the built-in one */
    const pages_t *pages;   /* as they were when the configuration was read */
    int reloads_pages;      /* changes of their directory are taken in at once */
} config_t;

void *config_create_section(apr_pool_t *pool, char *path);
void *config_merge_section(apr_pool_t *pool, void *base, void *add);

/* The setter of SetHandler, beside the core's own. Ours is refused where there is no path that
 * routes could be counted from. */
const char *config_note_handler(cmd_parms *cmd, void *section, const char *handler);

/* Where the setter of directive.h stores; of a section that is written, not merged. */
directive_values_t *config_section_values(void *section);

/* check_config: resolves every mount of every server. Each fault is logged with its remedy; the
 * return value is OK, or an HTTP error when there was any. */
int config_check(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server);

/* post_config, once per start: makes the state directory for the children's user, and what the
 * children share. */
int config_prepare(apr_pool_t *pconf, server_rec *main_server);

/* The mount that a request belongs to, or NULL (SetHandler outside of <Location>). */
const config_t *config_of(request_rec *r);

/* What SetHandler says about the request, or NULL: known before the fixups, where r gets it. */
const char *config_handler(request_rec *r);

/* All mounts of all servers: const config_t *, each at its index. */
const apr_array_header_t *config_mounts(server_rec *main_server);

/* Those of this server alone. */
const apr_array_header_t *config_mounts_of(const server_rec *server);

/* Whether any server has a mount; whether that path is the callback of one of these mounts, or is
 * called so by browsers: the server itself may map one path to the other. */
int config_has_mounts(const server_rec *server);
int config_is_callback(const apr_array_header_t *mounts, const char *path, apr_pool_t *pool);

/* Whether the log levels of connections have to be held down (web/log_guard). */
int config_guards_connections(const server_rec *server);

/* Where visitors are counted; NULL when no mount wants it. */
rate_t *config_rate(const server_rec *server);

/* What one child has logged for all, or NULL. */
once_t *config_said(const server_rec *server);

/* What is counted for all children; NULL when there is no mount, or no memory for it. */
metric_set_t *config_metrics(const server_rec *server);

/* The state directory in force. */
const char *config_state_directory(apr_pool_t *pool, server_rec *main_server);

/* When this configuration was read. */
apr_time_t config_started(const server_rec *server);

/* The one slot for what a child makes for itself after the fork. */
void *config_child(server_rec *server);
void config_set_child(server_rec *main_server, void *child);

#endif
