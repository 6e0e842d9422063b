/* SPDX-License-Identifier: Apache-2.0 */
/* The callback URL of a mount: what may be one, and which it is where nobody has written it.
 *
 * Linode compares it letter for letter with what is registered there, and browsers tidy the address
 * up before they ask for it: what they would change never comes back as it was sent. */
#ifndef CONFIG_CALLBACK_H
#define CONFIG_CALLBACK_H

#include "config_place.h"

/* NULL, or what is wrong as the rest of a sentence, with what to write instead. */
const char *config_callback_check(const char *url, apr_pool_t *pool);

/* As ServerName, port and scheme of the mount's server make it; nothing a client sends has a part
 * in it. */
const char *config_callback_of(const config_place_t *place);

#endif
