/* SPDX-License-Identifier: Apache-2.0 */
/* LinodeOAuthAccent: one colour of the operator's, and what the pages need beside it.
 *
 * It marks the one action, what is selected, and progress. On the light ground it stands as given,
 * and has to be readable there; for the dark ground it is made lighter until it is; what is written
 * on it is white or ink, whichever reads better. */
#ifndef ACCENT_H
#define ACCENT_H

#include <apr_pools.h>
#include "support/colour.h"

typedef struct accent_t {
    colour_t light, on_light;
    colour_t dark, on_dark;
} accent_t;

/* NULL, or what is wrong, as the rest of a sentence, with the nearest colour that would do. */
const char *accent_read(accent_t *accent, const char *text, apr_pool_t *pool);

/* The rules that end the style sheet; those of its names that the accent replaces. */
const char *accent_rules(const accent_t *accent, apr_pool_t *pool);

#endif
