/* SPDX-License-Identifier: Apache-2.0 */
/* What config.c has for config_check.c and config_place.c alone: sections and mounts while the
 * configuration is being checked, before anybody else sees them. */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "config.h"

typedef struct config_section_t config_section_t;

/* SetHandler linode-oauth stands in it. */
int config_section_is_mount(const config_section_t *section);

/* Some SetHandler stands in it. */
int config_section_has_handler(const config_section_t *section);

/* What a section and all that it was merged from say together: a copy. */
directive_values_t *config_section_merge_values(const config_section_t *section, apr_pool_t *pool);

/* Starts an empty table of mounts for every server. */
void config_forget_mounts(apr_pool_t *pool, server_rec *main_server);

/* Makes section a mount of server, with that configuration. */
void config_add_mount(apr_pool_t *pool, server_rec *server, config_section_t *section,
                      config_t *config);

/* From now on config_guards_connections() is true. */
void config_guard_connections(server_rec *main_server);

#endif
