/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "support/colour.h"

#define STEPS 255

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

double colour_luminance(colour_t colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double colour_contrast(colour_t one, colour_t other)
{
    double a = colour_luminance(one) + 0.05;
    double b = colour_luminance(other) + 0.05;

    return a > b ? a / b : b / a;
}

static unsigned char between(unsigned char from, unsigned char to, int step)
{
    return (unsigned char)((from * (STEPS - step) + to * step + STEPS / 2) / STEPS);
}

colour_t colour_toward(colour_t colour, colour_t end, colour_t ground, double enough)
{
    colour_t mixed = colour;
    int step;

    for (step = 1; step <= STEPS && colour_contrast(mixed, ground) < enough; step++) {
        mixed =
            (colour_t){between(colour.red, end.red, step), between(colour.green, end.green, step),
                       between(colour.blue, end.blue, step)};
    }
    return mixed;
}

colour_t colour_better(colour_t one, colour_t other, colour_t ground)
{
    return colour_contrast(one, ground) >= colour_contrast(other, ground) ? one : other;
}
