/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "support/accept.h"

static const char *const html[] = {"text/html", "text/*", "*/*", NULL};

START_TEST(weights)
{
    static const struct {
        const char *header;
        int weight, rank;
    } cases[] = {
        {"", ACCEPT_UNLISTED, 3},
        {"text/html", 1000, 0},
        {"TEXT/HTML;Q=0.5", 500, 0},
        {" text/html ; q=0.25 , */*", 250, 0},
        {"*/*;q=0.8, text/*;q=0.1", 100, 1},
        {"*/*", 1000, 2},
        {"text/html;q=0", 0, 0},
        {"text/html;q=0.000", 0, 0},
        {"text/html;q=0.", 0, 0},
        {"text/html;q=.2", 200, 0},
        {"text/html;q=1.000", 1000, 0},
        {"text/html;q=1.5", 1000, 0},
        {"text/html;q=7", 1000, 0},
        {"text/html;q=0.12345678901234567890", 123, 0},
        {"text/html;level=1;q=0.3;q=0.4", 400, 0},
        {"text/html;q=0.3, text/html;q=0.7", 700, 0},
        {"text/html;q=0.7, text/html;q=0.3", 700, 0},
        {"text/html;q=", ACCEPT_UNLISTED, 3},
        {"text/html;q=.", ACCEPT_UNLISTED, 3},
        {"text/html;q=-1", ACCEPT_UNLISTED, 3},
        {"text/html;q=0,5", 0, 0},
        {"text/html;q=0.5x, text/*", 1000, 1},
        {"text/html;q = 0 , */*;q=0.1", 0, 0},
        {"text/html;quality=0", 1000, 0},
        {"text/plain;a=\", text/html;q=0.1, \\\"\", */*;q=0.6", 600, 2},
        {"text/htmlx, xtext/html, text", ACCEPT_UNLISTED, 3},
        {",;,;q=1,,", ACCEPT_UNLISTED, 3},
        {"text/html;", 1000, 0},
        {"\"", ACCEPT_UNLISTED, 3},
        {"\"\\", ACCEPT_UNLISTED, 3},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int rank;
        ck_assert_msg(accept_weight(cases[i].header, html, &rank) == cases[i].weight &&
                          rank == cases[i].rank,
                      "%s", cases[i].header);
    }
}
END_TEST

TESTS("accept", weights)
