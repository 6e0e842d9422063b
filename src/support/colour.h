/* SPDX-License-Identifier: Apache-2.0 */
/* Colours and how well they can be told apart: relative luminance and contrast ratio as WCAG 2.2
 * defines them, for sRGB. A colour is a value; texts live in the pool given. */
#ifndef SUPPORT_COLOUR_H
#define SUPPORT_COLOUR_H

#include <apr_pools.h>

typedef struct colour_t {
    unsigned char red, green, blue;
} colour_t;

/* What text needs to be read (WCAG 2.2, 1.4.3). */
#define COLOUR_READABLE 4.5

/* "#rrggbb", in either case. False when the text is none. */
int colour_read(colour_t *colour, const char *text);

const char *colour_text(colour_t colour, apr_pool_t *pool);

/* From 1 (none) to 21 (black and white). */
double colour_contrast(colour_t one, colour_t other);

/* The colour itself if its contrast with the ground is enough; else the first lighter or darker one
 * of its hue and saturation (HSL) whose is. White or black when none is. */
colour_t colour_lighter(colour_t colour, colour_t ground, double enough);
colour_t colour_darker(colour_t colour, colour_t ground, double enough);

/* Which of two is read better on the ground. */
colour_t colour_better(colour_t one, colour_t other, colour_t ground);

#endif
