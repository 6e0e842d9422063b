/* SPDX-License-Identifier: Apache-2.0 */
#include "config_tree.h"

#include <apr_fnmatch.h>
#include <apr_strings.h>
#include <http_config.h>

/* Sections are merged in the order of these numbers. */
enum { IN_SERVER = 0, IN_HOST = 1, IN_LOCATION = 2 };

typedef struct search_t {
    const config_place_t *place;
    const char *name;
    const ap_directive_t *found;
    int rank; /* of what was found */
    apr_pool_t *scratch;
} search_t;

static int is_own_host(const ap_directive_t *section, const server_rec *server)
{
    return server->is_virtual && server->defn_name &&
           strcmp(section->filename, server->defn_name) == 0 &&
           (unsigned)section->line_num == server->defn_line_number;
}

/* Whether that <Location> or <LocationMatch> is around the mount. */
static int is_around_mount(const ap_directive_t *section, const char *uri, apr_pool_t *pool)
{
    char *copy = apr_pstrdup(pool, section->args);
    char *end = strrchr(copy, '>');
    const char *arguments = copy;
    int is_regex = ap_cstr_casecmp(section->directive, "<LocationMatch") == 0;
    if (end) {
        *end = '\0';
    }
    const char *path = ap_getword_conf(pool, &arguments);
    if (!is_regex && strcmp(path, "~") == 0) {
        is_regex = 1;
        path = ap_getword_conf(pool, &arguments);
    }
    if (is_regex) {
        ap_regex_t *regex = ap_pregcomp(pool, path, AP_REG_EXTENDED);
        return regex && ap_regexec(regex, uri, 0, NULL, 0) == 0;
    }
    if (apr_fnmatch_test(path)) {
        return apr_fnmatch(path, uri, APR_FNM_PATHNAME) == APR_SUCCESS;
    }
    return config_place_covers(path, uri);
}

static void search_tree(search_t *search, const ap_directive_t *tree, int rank)
{
    for (; tree; tree = tree->next) {
        if (ap_cstr_casecmp(tree->directive, "<VirtualHost") == 0) {
            if (is_own_host(tree, search->place->server)) {
                search_tree(search, tree->first_child, rank | IN_HOST);
            }
        }
        else if (ap_cstr_casecmp(tree->directive, "<Location") == 0 ||
                 ap_cstr_casecmp(tree->directive, "<LocationMatch") == 0) {
            if (is_around_mount(tree, search->place->uri, search->scratch)) {
                search_tree(search, tree->first_child, rank | IN_LOCATION);
            }
        }
        else if (ap_cstr_casecmp(tree->directive, search->name) == 0 && rank >= search->rank) {
            search->found = tree;
            search->rank = rank;
        }
    }
}

/* Every section is looked at for every mount: what that takes does not stay. */
const ap_directive_t *config_tree_find(const config_place_t *place, const char *name)
{
    search_t search = {.place = place, .name = name, .rank = IN_SERVER};
    apr_pool_create(&search.scratch, place->pool);
    search_tree(&search, ap_conftree, IN_SERVER);
    apr_pool_destroy(search.scratch);
    return search.found;
}

const char *config_tree_line(const config_place_t *place, const ap_directive_t *directive)
{
    return directive
               ? apr_psprintf(place->pool, "%s:%d: ", directive->filename, directive->line_num)
               : "";
}

static int tree_has(const ap_directive_t *tree, const char *name)
{
    for (; tree; tree = tree->next) {
        if (ap_cstr_casecmp(tree->directive, name) == 0 || tree_has(tree->first_child, name)) {
            return 1;
        }
    }
    return 0;
}

int config_tree_has(const char *name)
{
    return tree_has(ap_conftree, name);
}
