/* SPDX-License-Identifier: Apache-2.0 */
/* Colours, against figures of WCAG's own formula. */
#include <math.h>

#include "fixture.h"
#include "support/colour.h"

static const colour_t black = {0, 0, 0};
static const colour_t white = {255, 255, 255};

static colour_t read_colour(const char *text)
{
    colour_t colour = black;

    ck_assert_int_eq(colour_read(&colour, text), 1);
    return colour;
}

START_TEST(texts)
{
    static const char *const wrong[] = {"",         "#",       "#fff",    "0b5f59",  "#0b5f5",
                                        "#0b5f599", "#0b5f5g", "#-b5f59", "#0x5f59", " #0b5f59"};
    colour_t colour;
    size_t i;

    for (i = 0; i < COUNT(wrong); i++) {
        ck_assert_msg(!colour_read(&colour, wrong[i]), "%s", wrong[i]);
    }
    ck_assert_str_eq(colour_text(read_colour("#0B5f59"), pool), "#0b5f59");
    ck_assert_str_eq(colour_text(read_colour("#ffffff"), pool), "#ffffff");
}
END_TEST

START_TEST(contrasts)
{
    static const struct {
        const char *one, *other;
        double contrast;
    } cases[] = {
        {"#000000", "#ffffff", 21},   {"#ffffff", "#ffffff", 1},    {"#777777", "#ffffff", 4.48},
        {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}, {"#0000ff", "#ffffff", 8.59},
        {"#00ff00", "#000000", 15.3}, {"#0b5f59", "#ffffff", 7.48}, {"#58cfc0", "#161b21", 9.15},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        double there = colour_contrast(read_colour(cases[i].one), read_colour(cases[i].other));
        double back = colour_contrast(read_colour(cases[i].other), read_colour(cases[i].one));

        ck_assert_msg(fabs(there - cases[i].contrast) < 0.006 * cases[i].contrast &&
                          fabs(there - back) < 1e-9,
                      "%s on %s: %g, %g", cases[i].one, cases[i].other, there, back);
    }
}
END_TEST

/* Enough, and not much more. */
START_TEST(nearest)
{
    static const char *const given[] = {"#00b159", "#ffd400", "#ff0000", "#58cfc0",
                                        "#0b5f59", "#1746c9", "#808080"};
    size_t i;

    for (i = 0; i < COUNT(given); i++) {
        colour_t colour = read_colour(given[i]);
        double darker = colour_contrast(colour_darker(colour, white, 7), white);
        double lighter = colour_contrast(colour_lighter(colour, black, 12), black);

        ck_assert_msg(darker >= 7 && (darker < 7.2 || colour_contrast(colour, white) >= 7),
                      "%s: %g", given[i], darker);
        ck_assert_msg(lighter >= 12 && (lighter < 12.3 || colour_contrast(colour, black) >= 12),
                      "%s: %g", given[i], lighter);
    }
    ck_assert_str_eq(colour_text(colour_darker(read_colour("#0b5f59"), white, 4.5), pool),
                     "#0b5f59");
    ck_assert_str_eq(colour_text(colour_lighter(white, white, 4.5), pool), "#ffffff");
    ck_assert_str_eq(colour_text(colour_darker(black, black, 4.5), pool), "#000000");
}
END_TEST

/* The lowest and the highest channel stay so, and grey stays grey. */
START_TEST(hue_stays)
{
    colour_t red = colour_lighter(read_colour("#9e1b16"), black, 6);
    colour_t grey = colour_lighter(black, black, 4.5);

    ck_assert_int_gt(red.red, red.green);
    ck_assert_int_gt(red.green, red.blue);
    ck_assert_int_gt(red.red - red.blue, 0x9e - 0x16);
    ck_assert_int_eq(grey.red, grey.green);
    ck_assert_int_eq(grey.green, grey.blue);
}
END_TEST

/* Of black and white, one is always readable. */
START_TEST(better_one)
{
    int red, green, blue;

    for (red = 0; red < 256; red += 15) {
        for (green = 0; green < 256; green += 15) {
            for (blue = 0; blue < 256; blue += 15) {
                colour_t ground = {(unsigned char)red, (unsigned char)green, (unsigned char)blue};
                colour_t on = colour_better(black, white, ground);

                ck_assert_double_ge(colour_contrast(on, ground), COLOUR_READABLE);
            }
        }
    }
}
END_TEST

TESTS("colour", texts, contrasts, nearest, hue_stays, better_one)
