/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "support/colour.h"

#define STEPS 512

int colour_read(colour_t *colour, const char *text)
{
    apr_int64_t value;
    int i;

    if (text[0] != '#' || strlen(text) != 7) {
        return 0;
    }
    for (i = 1; i < 7; i++) {
        if (!apr_isxdigit(text[i])) {
            return 0;
        }
    }
    value = apr_strtoi64(text + 1, NULL, 16);
    *colour = (colour_t){(unsigned char)(value >> 16 & 0xff), (unsigned char)(value >> 8 & 0xff),
                         (unsigned char)(value & 0xff)};
    return 1;
}

const char *colour_text(colour_t colour, apr_pool_t *pool)
{
    return apr_psprintf(pool, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
}

static double linear(unsigned char channel)
{
    double part = channel / 255.0;

    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* From 0 (black) to 1 (white). */
static double luminance(colour_t colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double colour_contrast(colour_t one, colour_t other)
{
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;

    return a > b ? a / b : b / a;
}

/* ---------------------------------------------------------------- hue, saturation, lightness */

/* How far the channels are from one another, and where the middle is; from 0 to 1. */
typedef struct span_t {
    double lowest, highest, lightness, saturation;
} span_t;

static span_t span_of(colour_t colour)
{
    double red = colour.red / 255.0, green = colour.green / 255.0, blue = colour.blue / 255.0;
    span_t span = {fmin(red, fmin(green, blue)), fmax(red, fmax(green, blue)), 0, 0};
    double width = span.highest - span.lowest;

    span.lightness = (span.highest + span.lowest) / 2;
    span.saturation = width > 0 ? width / (1 - fabs(2 * span.lightness - 1)) : 0;
    return span;
}

/* A channel's value when the colour has another lightness: it keeps its place between the lowest
 * and the highest. */
static unsigned char moved(unsigned char channel, const span_t *span, double lightness)
{
    double width = (1 - fabs(2 * lightness - 1)) * span->saturation;
    double place = span->highest > span->lowest
                       ? (channel / 255.0 - span->lowest) / (span->highest - span->lowest)
                       : 0.5;

    return (unsigned char)lround(255 * fmin(fmax(lightness + (place - 0.5) * width, 0), 1));
}

static colour_t shift(colour_t colour, double end, colour_t ground, double enough)
{
    span_t span = span_of(colour);
    colour_t shifted = colour;
    int step;

    for (step = 1; step <= STEPS && colour_contrast(shifted, ground) < enough; step++) {
        double lightness = span.lightness + (end - span.lightness) * step / STEPS;

        shifted =
            (colour_t){moved(colour.red, &span, lightness), moved(colour.green, &span, lightness),
                       moved(colour.blue, &span, lightness)};
    }
    return shifted;
}

colour_t colour_lighter(colour_t colour, colour_t ground, double enough)
{
    return shift(colour, 1, ground, enough);
}

colour_t colour_darker(colour_t colour, colour_t ground, double enough)
{
    return shift(colour, 0, ground, enough);
}

colour_t colour_better(colour_t one, colour_t other, colour_t ground)
{
    return colour_contrast(one, ground) >= colour_contrast(other, ground) ? one : other;
}
