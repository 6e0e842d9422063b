/* SPDX-License-Identifier: Apache-2.0 */
#include "directive.h"

#include <apr_strings.h>

#include "config.h"
#include "directive_kind.h"
#include "field_rule.h"

static const directive_t directives[] = {
#define DIRECTIVE(id, name, kind, least, most, otherwise, arguments, help)                         \
    {name, DIRECTIVE_##kind, least, most, otherwise, arguments, help},
#include "directives.def"
#undef DIRECTIVE
};

_Static_assert(DIRECTIVE_COUNT <= 64, "directive_values_t has a bit for each");

static const char *set_directive(cmd_parms *cmd, void *dir_config, const char *args);

const command_rec directive_commands[] = {
#define DIRECTIVE(id, name, kind, least, most, otherwise, arguments, help)                         \
    AP_INIT_RAW_ARGS(name, set_directive, (void *)&directives[DIRECTIVE_##id##_INDEX],             \
                     RSRC_CONF | ACCESS_CONF, arguments ": " help),
#include "directives.def"
#undef DIRECTIVE
    /* httpd's own; every module that names a directive is told of it. The core keeps it as an
     * expression, which cannot be looked at before there is a request. */
    AP_INIT_TAKE1("SetHandler", config_note_handler, NULL, OR_FILEINFO,
                  CONFIG_HANDLER " makes a <Location> a mount of mod_linode_oauth"),
    {.name = NULL}};

const directive_t *directive_of(directive_index_t index)
{
    return &directives[index];
}

int directive_is_set(const directive_values_t *values, directive_index_t index)
{
    return (values->set >> index & 1) != 0;
}

void directive_values_merge(directive_values_t *values, const directive_values_t *over,
                            apr_pool_t *pool)
{
    for (unsigned i = 0; i < DIRECTIVE_COUNT; i++) {
        const apr_array_header_t *base = values->value[i].list;
        if (!directive_is_set(over, i)) {
            continue;
        }
        values->value[i] = over->value[i];
        if (directives[i].kind == DIRECTIVE_FIELDS && base) {
            values->value[i].list = field_rules_merge(base, over->value[i].list, pool);
        }
        if (directives[i].kind == DIRECTIVE_PAIRS && base) {
            values->value[i].list = apr_array_append(pool, base, over->value[i].list);
        }
    }
    values->set |= over->set;
}

/* ---------------------------------------------------------------- storing */

/* Parses the arguments into the row's place; NULL or a whole sentence. */
static const char *store(directive_values_t *values, directive_index_t index,
                         apr_array_header_t *arguments, apr_pool_t *pool)
{
    const directive_t *directive = &directives[index];
    directive_value_t value = {.text = NULL};
    if (directive->kind == DIRECTIVE_FIELDS || directive->kind == DIRECTIVE_PAIRS) {
        value.list = values->value[index].list;
    }
    const char *wrong = directive_kind_parse(&value, directive, arguments, pool);
    if (wrong) {
        return apr_psprintf(pool, "%s %s. Usage: %s %s", directive->name, wrong, directive->name,
                            directive->arguments);
    }
    values->value[index] = value;
    values->set |= APR_UINT64_C(1) << index;
    return NULL;
}

/* As httpd splits a line, but also beyond its 64 words and behind an empty one. */
static apr_array_header_t *words_of(const char *args, apr_pool_t *pool)
{
    apr_array_header_t *words = apr_array_make(pool, 4, sizeof(const char *));
    while (*args) {
        APR_ARRAY_PUSH(words, const char *) = ap_getword_conf(pool, &args);
    }
    return words;
}

/* A mount is resolved once, by its path: sections that depend on files or, as <If>, on the request
 * have no part in it. */
static const char *set_directive(cmd_parms *cmd, void *dir_config, const char *args)
{
    const directive_t *directive = cmd->info;
    directive_index_t index = (directive_index_t)(directive - directives);
    directive_values_t *values = config_section_values(dir_config);

    unsigned forbidden = directive->kind == DIRECTIVE_SERVER_PATH
                             ? GLOBAL_ONLY
                             : NOT_IN_HTACCESS | NOT_IN_DIRECTORY | NOT_IN_FILES;
    const char *wrong = ap_check_cmd_context(cmd, forbidden);
    if (wrong) {
        return wrong;
    }
    wrong = store(values, index, words_of(args, cmd->pool), cmd->pool);
    values->value[index].place =
        apr_psprintf(cmd->pool, "%s:%d", cmd->directive->filename, cmd->directive->line_num);
    return wrong;
}

const char *directive_values_complete(directive_values_t *values, apr_pool_t *pool)
{
    for (unsigned i = 0; i < DIRECTIVE_COUNT; i++) {
        const char *otherwise = directives[i].otherwise;
        if (directive_is_set(values, i) || !otherwise ||
            strcmp(otherwise, DIRECTIVE_REQUIRED) == 0) {
            continue;
        }
        apr_array_header_t *arguments = apr_array_make(pool, 2, sizeof(const char *));
        for (const char *rest = otherwise; *rest;) {
            APR_ARRAY_PUSH(arguments, const char *) = ap_getword_white(pool, &rest);
        }
        const char *wrong = store(values, i, arguments, pool);
        if (wrong) {
            return wrong;
        }
    }
    return NULL;
}
