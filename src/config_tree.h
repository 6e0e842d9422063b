/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration as it was written: which of the directives of a name is in force at a place,
 * and where it stands. Of other modules' directives httpd tells no more than what they came to.
 *
 * Used while the configuration is checked, by one thread. */
#ifndef CONFIG_TREE_H
#define CONFIG_TREE_H

#include "config_place.h"

/* The last of that name around the mount, or NULL. */
const ap_directive_t *config_tree_find(const config_place_t *place, const char *name);

/* "file:line: ", or "" for NULL. */
const char *config_tree_line(const config_place_t *place, const ap_directive_t *directive);

/* Whether the configuration has a directive of that name anywhere. */
int config_tree_has(const char *name);

#endif
