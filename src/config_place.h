/* SPDX-License-Identifier: Apache-2.0 */
/* Where a mount stands: its <Location> among httpd's other sections.
 *
 * httpd merges sections for each request, in their order; a mount is resolved once, by the same
 * rules. What httpd would take without a word is a fault here: a mount that no request reaches, and
 * directives that no mount reads. Used while the configuration is checked, by one thread;
 * everything lives in the configuration's pool. */
#ifndef CONFIG_PLACE_H
#define CONFIG_PLACE_H

#include <stdarg.h>

#include "config.h"

typedef struct config_place_t {
    apr_pool_t *pool;
    server_rec *main_server;
    server_rec *server;
    ap_conf_vector_t *section;
    const char *path;  /* as <Location> has it */
    const char *mount; /* the same without its slash at the end: what routes are counted from */
    const char *uri;   /* of the form */
} config_place_t;

/* ap_conf_vector_t *: the <Location> sections of a server, or NULL. */
const apr_array_header_t *config_place_sections(server_rec *server);

config_place_t config_place_of(apr_pool_t *pool, server_rec *main_server, server_rec *server,
                               ap_conf_vector_t *section);

int config_place_is_mount(const config_place_t *place);

/* Of a mount: logs why requests would not reach it, or not read what is below it; the number of
 * faults. */
int config_place_check(const config_place_t *place);

/* Of a section that is none: likewise, why nobody would read its directives; a warning where that
 * may be meant so. */
int config_place_check_rest(const config_place_t *place);

/* What httpd makes of all sections around a mount. */
ap_conf_vector_t *config_place_merge(const config_place_t *place);

/* Logs a line about the section, while httpd starts; the text of it. */
const char *config_place_say(const config_place_t *place, int level, const char *format,
                             va_list arguments);

/* Whether httpd would apply a plain <Location> of that path to the URL path. */
int config_place_covers(const char *path, const char *uri);

#endif
