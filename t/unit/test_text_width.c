/* SPDX-License-Identifier: Apache-2.0 */
/* Widths of texts. */
#include "fixture.h"
#include "support/text_width.h"

START_TEST(texts)
{
    static const struct {
        const char *text;
        long width;
    } cases[] = {
        {"", 0},
        {" ", 278},
        {"~", 584},
        {"\x7f\x01\n", 0},
        {"Owncast", 778 + 778 + 611 + 556 + 556 + 556 + 333},
        {"\xc3\xa9", 600},              /* e with an acute accent */
        {"e\xcc\x81\xcd\xaf", 556},     /* the same in two, and a mark more */
        {"\xcd\xb0", 600},              /* U+0370 is a letter again */
        {"\xd0\x96\xe0\xb8\x81", 1200}, /* Cyrillic, Thai */
        {"\xe1\x83\xbf", 600},          /* U+10FF, Georgian */
        {"\xe1\x84\x80", 1000},         /* U+1100, Hangul */
        {"\xe6\xbc\xa2\xf0\x9f\x98\x80", 2000},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_msg(text_width(cases[i].text) == cases[i].width, "%s: %ld", cases[i].text,
                      text_width(cases[i].text));
    }
}
END_TEST

TESTS("text_width", texts)
