/* SPDX-License-Identifier: Apache-2.0 */
#include "config_place.h"

#include <apr_fnmatch.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>

#include "config_check.h"

APLOG_USE_MODULE(linode_oauth);

/* " of shop.example:443 (file:line)", where that is; "" for the main server. */
static const char *host_words(const config_place_t *place)
{
    const server_rec *server = place->server;
    if (!server->is_virtual) {
        return "";
    }
    apr_port_t port = server->port || !server->addrs ? server->port : server->addrs->host_port;
    return apr_psprintf(place->pool, " of %s%s (%s:%u)",
                        server->server_hostname ? server->server_hostname : "a virtual host",
                        port ? apr_psprintf(place->pool, ":%u", (unsigned)port) : "",
                        server->defn_name, server->defn_line_number);
}

const char *config_place_say(const config_place_t *place, int level, const char *format,
                             va_list arguments)
{
    const char *text = apr_pvsprintf(place->pool, format, arguments);
    ap_log_error(APLOG_MARK, level | APLOG_STARTUP, 0, place->server, "<Location %s>%s: %s",
                 place->path, host_words(place), text);
    return text;
}

static int fault(const config_place_t *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void warn(const config_place_t *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* One of them. */
static int fault(const config_place_t *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    config_place_say(place, APLOG_ERR, format, arguments);
    va_end(arguments);
    return 1;
}

static void warn(const config_place_t *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    config_place_say(place, APLOG_WARNING, format, arguments);
    va_end(arguments);
}

/* ---------------------------------------------------------------- httpd's sections */

static core_dir_config *core_of(ap_conf_vector_t *section)
{
    return ap_get_core_module_config(section);
}

static config_section_t *ours_of(ap_conf_vector_t *section)
{
    return ap_get_module_config(section, &linode_oauth_module);
}

static int is_mount(ap_conf_vector_t *section)
{
    return config_section_is_mount(ours_of(section));
}

const apr_array_header_t *config_place_sections(server_rec *server)
{
    core_server_config *core = ap_get_core_module_config(server->module_config);
    return core->sec_url;
}

int config_place_covers(const char *path, const char *uri)
{
    apr_size_t length = strlen(path);
    return strncmp(path, uri, length) == 0 &&
           (length == 0 || path[length - 1] == '/' || uri[length] == '/' || !uri[length]);
}

/* Whether httpd would apply that <Location> to the URL path; the rules of ap_location_walk. */
static int location_applies(ap_conf_vector_t *section, const char *uri)
{
    const core_dir_config *core = core_of(section);
    if (core->r) {
        return ap_regexec(core->r, uri, 0, NULL, 0) == 0;
    }
    if (core->d_is_fnmatch) {
        return apr_fnmatch(core->d, uri, APR_FNM_PATHNAME) == APR_SUCCESS;
    }
    return config_place_covers(core->d, uri);
}

/* A virtual host has the main server's sections too, before its own. */
static int has_section(server_rec *server, const ap_conf_vector_t *section)
{
    const apr_array_header_t *sections = config_place_sections(server);
    for (int i = 0; sections && i < sections->nelts; i++) {
        if (APR_ARRAY_IDX(sections, i, const ap_conf_vector_t *) == section) {
            return 1;
        }
    }
    return 0;
}

ap_conf_vector_t *config_place_merge(const config_place_t *place)
{
    ap_conf_vector_t *merged = place->server->lookup_defaults;
    const apr_array_header_t *sections = config_place_sections(place->server);
    for (int i = 0; sections && i < sections->nelts; i++) {
        ap_conf_vector_t *section = APR_ARRAY_IDX(sections, i, ap_conf_vector_t *);
        if (location_applies(section, place->uri)) {
            merged = ap_merge_per_dir_configs(place->pool, merged, section);
        }
    }
    return merged;
}

static const char *first_directive(ap_conf_vector_t *section)
{
    config_section_t *ours = ours_of(section);
    for (unsigned i = 0; ours && i < DIRECTIVE_COUNT; i++) {
        if (directive_is_set(config_section_values(ours), i)) {
            return directive_of(i)->name;
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- one place */

/* Of the path without its slash at the end. */
static apr_size_t mount_length(const char *path)
{
    apr_size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    return length;
}

config_place_t config_place_of(apr_pool_t *pool, server_rec *main_server, server_rec *server,
                               ap_conf_vector_t *section)
{
    const char *path = core_of(section)->d;
    const char *mount = apr_pstrmemdup(pool, path, mount_length(path));
    return (config_place_t){.pool = pool,
                            .main_server = main_server,
                            .server = server,
                            .section = section,
                            .path = path,
                            .mount = mount,
                            .uri = apr_pstrcat(pool, mount, "/", NULL)};
}

int config_place_is_mount(const config_place_t *place)
{
    return is_mount(place->section);
}

/* The main server's, in a virtual host. */
static int is_inherited(const config_place_t *place)
{
    return place->server != place->main_server && has_section(place->main_server, place->section);
}

/* ---------------------------------------------------------------- mounts */

/* Requests come decoded, with one slash between names: no other path is ever found. */
static int check_path(const config_place_t *place)
{
    if (core_of(place->section)->r || core_of(place->section)->d_is_fnmatch) {
        return fault(place, "LO0102: a mount needs a fixed path; write a plain <Location /path> "
                            "around SetHandler " CONFIG_HANDLER);
    }
    char *plain = apr_pstrdup(place->pool, place->path);
    if (ap_unescape_url(plain) != OK) { /* a % that is none of an escape may stand for itself */
        plain = apr_pstrdup(place->pool, place->path);
    }
    ap_getparents(plain);
    ap_no2slash(plain);
    if (*plain != '/') {
        return fault(place,
                     "LO0102: a mount's path begins with a slash; write <Location \"/path\">");
    }
    return strcmp(plain, place->path) == 0
               ? 0
               : fault(place, "LO0102: no request's path looks like that; write <Location \"%s\">",
                       plain);
}

/* A later section with a handler of its own, such as another mount at `/`, takes all requests of
 * the mount. A virtual host may do that to what it has from the main server. */
static int takes_requests(ap_conf_vector_t *later, const config_place_t *place)
{
    const char *path = core_of(later)->d;
    apr_size_t length = strlen(place->mount);
    int is_same =
        is_mount(later) && mount_length(path) == length && strncmp(path, place->mount, length) == 0;
    return !is_same && config_section_has_handler(ours_of(later)) &&
           location_applies(later, place->uri) &&
           (!is_inherited(place) || has_section(place->main_server, later));
}

static int check_sections_after(const config_place_t *place)
{
    const apr_array_header_t *sections = config_place_sections(place->server);
    int is_after = 0;
    for (int i = 0; i < sections->nelts; i++) {
        ap_conf_vector_t *section = APR_ARRAY_IDX(sections, i, ap_conf_vector_t *);
        if (is_after && takes_requests(section, place)) {
            return fault(place,
                         "LO0102: no request comes here, as SetHandler in <Location %s> after it "
                         "is the one that counts; write this section after that one",
                         core_of(section)->d);
        }
        is_after = is_after || section == place->section;
    }
    return 0;
}

/* Whether a section of that path is around another mount, which reads its directives. */
static int is_around_mount(const char *path, const apr_array_header_t *sections)
{
    for (int i = 0; i < sections->nelts; i++) {
        ap_conf_vector_t *section = APR_ARRAY_IDX(sections, i, ap_conf_vector_t *);
        if (is_mount(section) && config_place_covers(path, core_of(section)->d)) {
            return 1;
        }
    }
    return 0;
}

static int is_below(ap_conf_vector_t *section, const config_place_t *place)
{
    const char *path = core_of(section)->d;
    apr_size_t length = strlen(place->mount);
    return !core_of(section)->r && strncmp(path, place->mount, length) == 0 &&
           path[length] == '/' && !location_applies(section, place->uri);
}

/* Directives in a section below the mount would be merged by httpd but never read by us. */
static int check_sections_below(const config_place_t *place)
{
    const apr_array_header_t *sections = config_place_sections(place->server);
    int faults = 0;
    for (int i = 0; i < sections->nelts; i++) {
        ap_conf_vector_t *section = APR_ARRAY_IDX(sections, i, ap_conf_vector_t *);
        const char *path = core_of(section)->d;
        const char *name = first_directive(section);
        if (name && is_below(section, place) && !is_mount(section) &&
            !is_around_mount(path, sections)) {
            faults += fault(place,
                            "%s in <Location %s> would have no effect; write it into <Location %s>",
                            name, path, place->path);
        }
    }
    return faults;
}

int config_place_check(const config_place_t *place)
{
    int faults = check_path(place);
    return faults ? faults : check_sections_after(place) + check_sections_below(place);
}

/* ---------------------------------------------------------------- other sections */

/* Below a mount nobody reads it either, but then the mount has said so. */
static int is_around_or_below(ap_conf_vector_t *section, const config_place_t *mount)
{
    return location_applies(section, mount->uri) ||
           config_place_covers(mount->mount, core_of(section)->d);
}

/* Whether it has to do with a mount, of whichever server that has the section. */
static int concerns_mount(const config_place_t *place)
{
    for (server_rec *server = place->main_server; server; server = server->next) {
        const apr_array_header_t *sections = config_place_sections(server);
        int is_there = has_section(server, place->section);
        for (int i = 0; is_there && i < sections->nelts; i++) {
            ap_conf_vector_t *section = APR_ARRAY_IDX(sections, i, ap_conf_vector_t *);
            if (is_mount(section)) {
                config_place_t mount =
                    config_place_of(place->pool, place->main_server, server, section);
                if (is_around_or_below(place->section, &mount)) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

/* A section with a callback URL was to be a mount: SetHandler was forgotten, or has a word that is
 * none of ours. Others may be around mounts of which the configuration is switched off for a while,
 * and that must not keep httpd, with all its other sites, from starting. */
int config_place_check_rest(const config_place_t *place)
{
    const char *name = first_directive(place->section);
    if (!name || is_inherited(place) || concerns_mount(place)) {
        return 0;
    }
    if (!directive_is_set(config_section_values(ours_of(place->section)),
                          DIRECTIVE_CALLBACK_URL_INDEX)) {
        warn(place, "LO0102: %s has no effect, as no mount is here", name);
        return 0;
    }
    return fault(place,
                 "LO0102: %s would have no effect, as there is no mount here; add "
                 "`SetHandler " CONFIG_HANDLER "`",
                 name);
}
