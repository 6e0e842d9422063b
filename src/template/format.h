/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_FORMAT_H
#define TEMPLATE_FORMAT_H

/* "%d of %s" % (1, "a") and "{} of {}".format(1, "a"). A safe format escapes what it takes in. */

#include "render.h"

template_error_t *format_percent(render_t *render, value_t format, value_t arguments,
                                 value_t *result);
template_error_t *format_braces(call_t *call, value_t format, value_t *result);

/* What both need: a number or text, and how it is to be laid out. */
typedef struct format_t {
    char fill[4];
    unsigned int fill_size; /* 0: a blank */
    char align;             /* < > ^ =, or 0 */
    char sign;              /* + - or a blank, or 0 */
    bool alternate;
    bool zero;
    char group; /* , or _, or 0 */
    int64_t width;
    int64_t precision; /* -1: none */
    char type;         /* 0: none */
} format_t;

/* Pads text, which has sign characters in front that zeros go behind. */
void format_pad(builder_t *out, const format_t *format, const char *text, size_t length,
                size_t sign, char align);
template_error_t *format_float(render_t *render, builder_t *out, const format_t *format,
                               double number);
void format_integer(builder_t *out, const format_t *format, int64_t integer, unsigned int base,
                    char align);

enum { FORMAT_PRECISION = 300 };

#endif
