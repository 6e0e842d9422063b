/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_check.h"

#include <apr_strings.h>
#include <http_log.h>

#include "linode/catalog_file.h"

APLOG_USE_MODULE(linode_oauth);

struct mount_copies_t {
    const char *directory;
    apr_array_header_t *sources; /* catalog_source_t * */
    apr_array_header_t *copies;  /* of each source; const catalog_copy_t *, NULL without one */
};

/* By kind; NULL where there is none yet. */
typedef struct parts_t {
    const catalog_copy_t *part[CATALOG_KINDS];
} parts_t;

mount_copies_t *mount_copies_open(server_rec *server, apr_pool_t *pool)
{
    mount_copies_t *copies = apr_palloc(pool, sizeof(*copies));
    copies->directory = config_state_directory(pool, server);
    copies->sources = apr_array_make(pool, CATALOG_KINDS, sizeof(catalog_source_t *));
    copies->copies = apr_array_make(pool, CATALOG_KINDS, sizeof(catalog_copy_t *));
    return copies;
}

static const catalog_copy_t *read_copy(const mount_copies_t *copies, const catalog_source_t *source)
{
    apr_pool_t *pool = copies->copies->pool;
    const char *path = catalog_file_path(copies->directory, source, CATALOG_FILE_COPY, pool);
    catalog_copy_t *copy = apr_pcalloc(pool, sizeof(*copy));
    const char *why;
    return catalog_file_read(copy, &why, source, path, pool) ? copy : NULL;
}

static void read_parts(parts_t *parts, const config_t *config, mount_copies_t *copies)
{
    for (int kind = 0; kind < CATALOG_KINDS; kind++) {
        int i = catalog_source_add(copies->sources, (catalog_kind_t)kind, &config->api,
                                   config->choice.stackscript_id, config->catalog_refresh);
        if (i == copies->copies->nelts) {
            APR_ARRAY_PUSH(copies->copies, const catalog_copy_t *) =
                read_copy(copies, APR_ARRAY_IDX(copies->sources, i, const catalog_source_t *));
        }
        parts->part[kind] = APR_ARRAY_IDX(copies->copies, i, const catalog_copy_t *);
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

apr_array_header_t *mount_check(const config_t *config, mount_copies_t *copies, apr_pool_t *pool)
{
    parts_t parts;
    read_parts(&parts, config, copies);
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

static void log_mount(server_rec *server, const config_t *config, mount_copies_t *copies,
                      apr_pool_t *pool)
{
    parts_t parts;
    read_parts(&parts, config, copies);
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
    mount_copies_t *copies = mount_copies_open(main_server, pool);
    for (int i = 0; i < mounts->nelts; i++) {
        apr_pool_t *own;
        if (apr_pool_create(&own, pool) == APR_SUCCESS) {
            log_mount(main_server, APR_ARRAY_IDX(mounts, i, const config_t *), copies, own);
            apr_pool_destroy(own);
        }
    }
}
