/* SPDX-License-Identifier: Apache-2.0 */
#include "support/text_width.h"

#define FIRST    0x20
#define NEITHER  600 /* a letter of another alphabet */
#define WHOLE_EM 1000

/* From the space to the tilde, as Adobe's font metrics have them. */
static const short widths[] = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
};

#define LAST (FIRST + sizeof(widths) / sizeof(widths[0]) - 1)

/* By the first byte of a character. */
static long width_of(unsigned char first, unsigned char second)
{
    if (first >= FIRST && first <= LAST) {
        return widths[first - FIRST];
    }
    if (first < 0xc0) {
        return 0; /* a control character, or a byte inside a character */
    }
    if (first == 0xcc || (first == 0xcd && second < 0xb0)) {
        return 0; /* U+0300 to U+036F go over the letter before them */
    }
    return first < 0xe1 || (first == 0xe1 && second < 0x84) ? NEITHER : WHOLE_EM;
}

long text_width(const char *text)
{
    long width = 0;

    for (; *text; text++) {
        width += width_of((unsigned char)text[0], (unsigned char)text[1]);
    }
    return width;
}
