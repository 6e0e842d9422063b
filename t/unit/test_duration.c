/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "support/duration.h"

START_TEST(durations_in_words)
{
    static const struct {
        apr_int64_t seconds;
        const char *words;
    } cases[] = {
        {-5, "0 seconds"},   {0, "0 seconds"},     {1, "1 second"},        {119, "119 seconds"},
        {120, "2 minutes"},  {3600, "60 minutes"}, {7199, "119 minutes"},  {7200, "2 hours"},
        {86400, "24 hours"}, {172800, "2 days"},   {31536000, "365 days"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_str_eq(duration_words(apr_time_from_sec(cases[i].seconds), pool), cases[i].words);
    }
}
END_TEST

TESTS("duration", durations_in_words)
