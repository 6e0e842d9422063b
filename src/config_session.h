/* SPDX-License-Identifier: Apache-2.0 */
/* mod_session's directives as far as they decide about a mount.
 *
 * Without a session there is no login, so what is missing is a fault; what is risky, or will not
 * work in a browser, is a warning with the line to write instead. mod_session's own values are read
 * from the merged section; those of the stores are private to them, so the directives themselves
 * are looked up: the one in force at a mount is the last of its name in the server, the virtual
 * host, and the <Location> sections around the mount, in httpd's order of merging. Used while the
 * configuration is checked, by one thread; everything lives in the configuration's pool. */
#ifndef CONFIG_SESSION_H
#define CONFIG_SESSION_H

#include "config_place.h"

typedef struct config_session_t {
    const config_place_t *place; /* of the mount */
    ap_conf_vector_t *merged;    /* all sections around the mount */
    apr_array_header_t *risks;   /* const char *: what has been warned of */
} config_session_t;

/* Logs what keeps the mount from having a session; the number of faults. */
int config_session_check(const config_session_t *session);

/* For a config with callback URL and base: warns of what is risky, keeps the warnings for the
 * check page, and sets how much a session may hold. */
void config_session_prepare(config_t *config, const config_session_t *session);

#endif
