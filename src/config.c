/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "config_check.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <http_log.h>

#include "state_directory.h"

APLOG_USE_MODULE(linode_oauth);

/* What one section says. httpd merges sections anew for each request, which asks only for the
 * handler and the mount: the values stay where they were written. */
struct config_section_t {
    directive_values_t *values;         /* written here; NULL: those of the two, merged */
    const config_section_t *base, *add; /* what was merged */
    const char *handler;                /* of SetHandler, here or around */
    const config_section_t *mount;      /* the section with SetHandler that governs this one */
};

/* What all virtual hosts share, and what each one has for itself. */
typedef struct config_shared_t {
    apr_array_header_t *mounts; /* const config_t * */
    int guards_connections;
    rate_t *rate;
    once_t *said;
    metric_set_t *metrics;
    apr_time_t started;
    void *child;
} config_shared_t;

typedef struct config_server_t {
    config_shared_t *shared;
    apr_hash_t *mounts;       /* config_section_t * (by address) -> config_t */
    apr_array_header_t *list; /* const config_t *, the same ones */
} config_server_t;

/* ---------------------------------------------------------------- sections */

void *config_create_section(apr_pool_t *pool, char *path)
{
    config_section_t *section = apr_pcalloc(pool, sizeof(*section));
    section->values = apr_pcalloc(pool, sizeof(*section->values));
    (void)path;
    return section;
}

void *config_merge_section(apr_pool_t *pool, void *base_section, void *add_section)
{
    const config_section_t *base = base_section;
    const config_section_t *add = add_section;
    config_section_t *merged = apr_palloc(pool, sizeof(*merged));
    *merged = (config_section_t){.base = base,
                                 .add = add,
                                 .handler = add->handler ? add->handler : base->handler,
                                 .mount = add->mount ? add->mount : base->mount};
    return merged;
}

directive_values_t *config_section_values(void *section)
{
    return ((config_section_t *)section)->values;
}

static void put_over(directive_values_t *values, const config_section_t *section, apr_pool_t *pool)
{
    if (section->values) {
        directive_values_merge(values, section->values, pool);
        return;
    }
    put_over(values, section->base, pool);
    put_over(values, section->add, pool);
}

directive_values_t *config_section_merge_values(const config_section_t *section, apr_pool_t *pool)
{
    directive_values_t *values = apr_pcalloc(pool, sizeof(*values));
    put_over(values, section, pool);
    return values;
}

const char *config_note_handler(cmd_parms *cmd, void *section, const char *handler)
{
    int is_elsewhere = !cmd->path || ap_check_cmd_context(cmd, NOT_IN_HTACCESS | NOT_IN_DIRECTORY |
                                                                   NOT_IN_FILES) != NULL;
    if (is_elsewhere && strcmp(handler, CONFIG_HANDLER) == 0) {
        return "LO0102: SetHandler " CONFIG_HANDLER " works in a plain <Location /path> alone; "
               "move it there";
    }
    ((config_section_t *)section)->handler = handler;
    return NULL;
}

int config_section_is_mount(const config_section_t *section)
{
    return section && section->handler && strcmp(section->handler, CONFIG_HANDLER) == 0;
}

int config_section_has_handler(const config_section_t *section)
{
    return section && section->handler;
}

/* ---------------------------------------------------------------- mounts */

static config_server_t *server_of(const server_rec *server)
{
    return ap_get_module_config(server->module_config, &linode_oauth_module);
}

void config_forget_mounts(apr_pool_t *pool, server_rec *main_server)
{
    config_shared_t *shared = apr_pcalloc(pool, sizeof(*shared));
    shared->mounts = apr_array_make(pool, 4, sizeof(const config_t *));
    shared->started = apr_time_now();
    for (server_rec *server = main_server; server; server = server->next) {
        config_server_t *own = apr_pcalloc(pool, sizeof(*own));
        own->shared = shared;
        own->mounts = apr_hash_make(pool);
        own->list = apr_array_make(pool, 4, sizeof(const config_t *));
        ap_set_module_config(server->module_config, &linode_oauth_module, own);
    }
}

void config_add_mount(apr_pool_t *pool, server_rec *server, config_section_t *section,
                      config_t *config)
{
    config_server_t *own = server_of(server);
    const config_section_t **key = apr_pmemdup(pool, &section, sizeof(const config_section_t *));
    section->mount = section;
    config->index = own->shared->mounts->nelts;
    APR_ARRAY_PUSH(own->shared->mounts, const config_t *) = config;
    APR_ARRAY_PUSH(own->list, const config_t *) = config;
    apr_hash_set(own->mounts, key, sizeof(*key), config);
}

const config_t *config_of(request_rec *r)
{
    const config_section_t *section = ap_get_module_config(r->per_dir_config, &linode_oauth_module);
    const config_server_t *own = server_of(r->server);
    if (!section || !section->mount || !own) {
        return NULL;
    }
    return apr_hash_get(own->mounts, &section->mount, sizeof(section->mount));
}

const char *config_handler(request_rec *r)
{
    const config_section_t *section = ap_get_module_config(r->per_dir_config, &linode_oauth_module);
    return section ? section->handler : NULL;
}

const apr_array_header_t *config_mounts(server_rec *main_server)
{
    return server_of(main_server)->shared->mounts;
}

const apr_array_header_t *config_mounts_of(const server_rec *server)
{
    return server_of(server)->list;
}

int config_has_mounts(const server_rec *server)
{
    const config_server_t *own = server_of(server);
    return own && own->shared->mounts->nelts > 0;
}

int config_is_callback(const apr_array_header_t *mounts, const char *path, apr_pool_t *pool)
{
    apr_size_t length = strlen(path);
    apr_size_t end = sizeof(CONFIG_CALLBACK) - 1;
    if (length < end || strcmp(path + length - end, CONFIG_CALLBACK) != 0) {
        return 0;
    }
    path = apr_pstrmemdup(pool, path, length - end);
    for (int i = 0; i < mounts->nelts; i++) {
        const config_t *config = APR_ARRAY_IDX(mounts, i, const config_t *);
        if (strcmp(path, config->mount) == 0 || strcmp(path, config->base) == 0) {
            return 1;
        }
    }
    return 0;
}

int config_guards_connections(const server_rec *server)
{
    const config_server_t *own = server_of(server);
    return own && own->shared->guards_connections;
}

void config_guard_connections(server_rec *main_server)
{
    server_of(main_server)->shared->guards_connections = 1;
}

rate_t *config_rate(const server_rec *server)
{
    return server_of(server)->shared->rate;
}

once_t *config_said(const server_rec *server)
{
    return server_of(server)->shared->said;
}

metric_set_t *config_metrics(const server_rec *server)
{
    return server_of(server)->shared->metrics;
}

apr_time_t config_started(const server_rec *server)
{
    return server_of(server)->shared->started;
}

void *config_child(server_rec *server)
{
    return server_of(server)->shared->child;
}

void config_set_child(server_rec *main_server, void *child)
{
    server_of(main_server)->shared->child = child;
}

const char *config_state_directory(apr_pool_t *pool, server_rec *main_server)
{
    void *section = ap_get_module_config(main_server->lookup_defaults, &linode_oauth_module);
    const char *path = NULL;
    if (section) {
        path = config_section_values(section)->value[DIRECTIVE_STATE_DIRECTORY_INDEX].text;
    }
    return path ? path : ap_server_root_relative(pool, LINODE_OAUTH_STATE_DIR);
}

/* ---------------------------------------------------------------- before the fork */

/* Before the fork, so that all children count together. */
static void prepare_rate(apr_pool_t *pconf, server_rec *main_server)
{
    config_shared_t *shared = server_of(main_server)->shared;
    problem_t *problem = NULL;
    for (int i = 0; i < shared->mounts->nelts && !shared->rate && !problem; i++) {
        if (APR_ARRAY_IDX(shared->mounts, i, const config_t *)->rate.count) {
            problem = rate_create(&shared->rate, pconf);
        }
    }
    if (problem) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, main_server, "LO0118: visitors are not counted: %s",
                     problem_line(problem, pconf));
    }
}

/* In the server's own pool, so that a graceful restart goes on counting. */
static void prepare_metrics(apr_pool_t *pconf, server_rec *main_server)
{
    problem_t *problem =
        metric_set_create(&server_of(main_server)->shared->metrics, main_server->process->pool);
    if (problem) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, main_server, "LO0118: nothing is counted: %s",
                     problem_line(problem, pconf));
    }
}

int config_prepare(apr_pool_t *pconf, server_rec *main_server)
{
    prepare_rate(pconf, main_server);
    server_of(main_server)->shared->said = once_create(pconf);
    prepare_metrics(pconf, main_server);
    return state_directory_prepare(pconf, main_server, config_state_directory(pconf, main_server));
}
