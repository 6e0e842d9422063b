/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_check.h"

#include <apr_strings.h>
#include <http_log.h>

#include "linode/catalog_file.h"

APLOG_USE_MODULE(linode_oauth);

typedef struct parts_t {
    catalog_copy_t copy[CATALOG_KINDS];
    const catalog_copy_t *part[CATALOG_KINDS]; /* NULL where there is none yet */
} parts_t;

static void read_parts(parts_t *parts, const config_t *config, server_rec *server, apr_pool_t *pool)
{
    const char *directory = config_state_directory(pool, server);
    apr_array_header_t *sources = apr_array_make(pool, CATALOG_KINDS, sizeof(catalog_source_t *));
    for (int kind = 0; kind < CATALOG_KINDS; kind++) {
        int i = catalog_source_add(sources, (catalog_kind_t)kind, &config->api,
                                   config->choice.stackscript_id, config->catalog_refresh);
        const catalog_source_t *source = APR_ARRAY_IDX(sources, i, const catalog_source_t *);
        const char *path = catalog_file_path(directory, source, CATALOG_FILE_COPY, pool);
        const char *why;
        int is_there = catalog_file_read(&parts->copy[kind], &why, source, path, pool);
        parts->part[kind] = is_there ? &parts->copy[kind] : NULL;
    }
}

static apr_array_header_t *preflight(const config_t *config, const parts_t *parts, apr_pool_t *pool)
{
    const preflight_mount_t mount = {.api = &config->api,
                                     .oauth = &config->oauth,
                                     .choice = &config->choice,
                                     .path = config->mount,
                                     .base = config->base};
    return preflight_check(&mount, parts->part, apr_time_now(), pool);
}

/* ---------------------------------------------------------------- the configuration's part */

static void add_session(apr_array_header_t *findings, const config_t *config)
{
    for (int i = 0; i < config->session_risks->nelts; i++) {
        preflight_add(findings, PREFLIGHT_WARNING, "session", NULL, "%s",
                      APR_ARRAY_IDX(config->session_risks, i, const char *))
            ->is_told = 1;
    }
    if (config->session_risks->nelts == 0) {
        preflight_add(findings, PREFLIGHT_FINE, "session", NULL,
                      "Visitors' sessions are sealed, and kept in %s.",
                      config->session_in_database ? "the database" : "a cookie");
    }
}

static void add_key(apr_array_header_t *findings, const config_t *config)
{
    if (config->has_own_key) {
        preflight_add(findings, PREFLIGHT_FINE, "key", NULL,
                      "Sessions are sealed with a key of their own.");
        return;
    }
    preflight_add(findings, PREFLIGHT_NOTE, "key",
                  "That is right for most; otherwise write LinodeOAuthSecretKey.",
                  "The key of sessions comes from the client secret: when that changes, whoever is "
                  "at the login just then starts once more from the form.");
}

apr_array_header_t *mount_check(const config_t *config, server_rec *server, apr_pool_t *pool)
{
    parts_t parts;
    read_parts(&parts, config, server, pool);
    apr_array_header_t *findings = preflight(config, &parts, pool);
    add_session(findings, config);
    add_key(findings, config);
    return findings;
}

const char *mount_url(const config_t *config, apr_pool_t *pool)
{
    apr_size_t length = strlen(config->oauth.redirect_uri) - (sizeof(CONFIG_CALLBACK) - 1);
    return apr_pstrcat(pool, apr_pstrmemdup(pool, config->oauth.redirect_uri, length), "/", NULL);
}

/* ---------------------------------------------------------------- the log */

/* Copies from before the start may say what is not so any more. */
static int is_complete(const parts_t *parts, apr_time_t started)
{
    for (int kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
        if (!parts->part[kind] || parts->part[kind]->read < started) {
            return 0;
        }
    }
    return 1;
}

static void log_finding(server_rec *server, const config_t *config,
                        const preflight_finding_t *finding, apr_pool_t *pool)
{
    const char *line =
        apr_pstrcat(pool, mount_url(config, pool), ": ", finding->text, " ", finding->remedy, NULL);
    if (!once_first(config_said(server), line)) {
        return;
    }
    if (finding->level == PREFLIGHT_FAULT) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, "LO0430: %s", line);
    }
    else {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, server, "LO0431: %s", line);
    }
}

static void log_mount(server_rec *server, const config_t *config, apr_pool_t *pool)
{
    parts_t parts;
    read_parts(&parts, config, server, pool);
    if (!is_complete(&parts, config_started(server))) {
        return;
    }
    const apr_array_header_t *findings = preflight(config, &parts, pool);
    for (int i = 0; i < findings->nelts; i++) {
        const preflight_finding_t *finding = &APR_ARRAY_IDX(findings, i, preflight_finding_t);
        if (finding->level >= PREFLIGHT_WARNING && !finding->is_told) {
            log_finding(server, config, finding, pool);
        }
    }
}

void mount_check_log(server_rec *main_server, apr_pool_t *pool)
{
    const apr_array_header_t *mounts = config_mounts(main_server);
    for (int i = 0; i < mounts->nelts; i++) {
        apr_pool_t *own;
        if (apr_pool_create(&own, pool) == APR_SUCCESS) {
            log_mount(main_server, APR_ARRAY_IDX(mounts, i, const config_t *), own);
            apr_pool_destroy(own);
        }
    }
}
