/* SPDX-License-Identifier: Apache-2.0 */
#include "accent.h"

#include <apr_strings.h>

#include "support/excerpt.h"

/* As in templates/assets/style.css: of the grounds that the accent stands on, --sunken is the
 * hardest of the light ones, --surface of the dark ones. */
static const colour_t light_ground = {0xe8, 0xec, 0xf0};
static const colour_t dark_ground = {0x16, 0x1b, 0x21};
static const colour_t ink = {0x10, 0x16, 0x1c};
static const colour_t white = {0xff, 0xff, 0xff};

const char *accent_read(accent_t *accent, const char *text, apr_pool_t *pool)
{
    colour_t given;
    if (!colour_read(&given, text)) {
        return apr_psprintf(pool, "%s is not a colour; write #rrggbb", excerpt_quoted(text, pool));
    }
    double contrast = colour_contrast(given, light_ground);
    if (contrast < COLOUR_READABLE) {
        return apr_psprintf(
            pool,
            "\"%s\" has a contrast of %.1f:1 with the light page, where 4.5:1 can be read; the "
            "nearest of its hue that can is %s",
            text, contrast, colour_text(colour_darker(given, light_ground, COLOUR_READABLE), pool));
    }
    accent->light = given;
    accent->dark = colour_lighter(given, dark_ground, COLOUR_READABLE);
    accent->on_light = colour_better(white, ink, accent->light);
    accent->on_dark = colour_better(white, ink, accent->dark);
    return NULL;
}

static const char *root(colour_t colour, colour_t on, apr_pool_t *pool)
{
    const char *accent = colour_text(colour, pool);
    return apr_psprintf(pool,
                        ":root { --accent: %s; --action: %s; --on-action: %s; "
                        "--hover: var(--ink); --on-hover: var(--bg); }",
                        accent, accent, colour_text(on, pool));
}

const char *accent_rules(const accent_t *accent, apr_pool_t *pool)
{
    return apr_pstrcat(pool, "\n", root(accent->light, accent->on_light, pool),
                       "\n@media (prefers-color-scheme: dark) { ",
                       root(accent->dark, accent->on_dark, pool), " }\n", NULL);
}
