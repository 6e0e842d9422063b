/* SPDX-License-Identifier: Apache-2.0 */
/* Images: until when they get updates, and in which order they are offered. */
#include "fixture.h"
#include "linode/image.h"
#include "support/json.h"

/* 2026-11-26 12:00:00. */
static const apr_time_t now = APR_TIME_C(1795694400) * APR_USEC_PER_SEC;

static const json_t *parsed(const char *text)
{
    return json_parse(text, strlen(text), pool);
}

static const struct {
    const char *eol, *ended;
    int is_gone;
} ends[] = {
    {"null", NULL, 0},
    {"\"soon\"", NULL, 0},
    {"7", NULL, 0},
    {"\"2100-01-01T04:00:00\"", NULL, 0},
    {"\"2026-11-27T04:00:00\"", NULL, 0},
    {"\"2026-11-26T04:00:00\"", NULL, 0},
    {"\"2026-11-25T04:00:00\"", "2026-11-25", 0},
    {"\"2026-05-26T04:00:00\"", "2026-05-26", 0},
    {"\"2026-05-25T04:00:00\"", "2026-05-25", 1},
    {"\"2025-12-31\"", "2025-12-31", 1},
};

START_TEST(an_end_of_life_is_told_and_then_it_is_gone)
{
    size_t i;

    for (i = 0; i < COUNT(ends); i++) {
        const json_t *image = parsed(apr_psprintf(pool, "{\"eol\":%s}", ends[i].eol));
        const char *ended = image_ended(image, now, pool);

        ck_assert_int_eq(ended != NULL, ends[i].ended != NULL);
        ck_assert(!ended || !strcmp(ended, ends[i].ended));
        ck_assert_int_eq(image_is_gone(image, now), ends[i].is_gone);
    }
    ck_assert_ptr_null(image_ended(parsed("{}"), now, pool));
}
END_TEST

START_TEST(images_are_grouped_newest_first)
{
    const json_t *images =
        parsed("[{\"id\":\"d9\",\"label\":\"Debian 9\",\"vendor\":\"Debian\",\"created\":\"a\","
               "\"eol\":\"2026-10-01T04:00:00\",\"deprecated\":true},"
               "{\"id\":\"own\",\"label\":\"Own\",\"vendor\":null},"
               "{\"id\":\"u\",\"label\":\"Ubuntu\",\"vendor\":\"ubuntu\"},"
               "{\"id\":\"d12\",\"label\":\"Debian 12\",\"vendor\":\"Debian\",\"created\":\"a\"},"
               "{\"id\":\"x\",\"label\":\"A newer one\",\"vendor\":\"Debian\",\"created\":\"b\"},"
               "{\"id\":\"alma\",\"label\":\"Alma\",\"vendor\":\"AlmaLinux\"}]");
    json_t *groups = json_in_pool(image_groups(images, now, pool), pool);

    ck_assert_str_eq(
        json_text(groups, NULL, pool),
        "[{\"vendor\":\"AlmaLinux\",\"images\":[{\"id\":\"alma\",\"label\":\"Alma\",\"ended\":null,"
        "\"deprecated\":false}]},"
        "{\"vendor\":\"Debian\",\"images\":[{\"id\":\"x\",\"label\":\"A newer one\","
        "\"ended\":null,\"deprecated\":false},"
        "{\"id\":\"d12\",\"label\":\"Debian 12\",\"ended\":null,\"deprecated\":false},"
        "{\"id\":\"d9\",\"label\":\"Debian 9\",\"ended\":\"2026-10-01\",\"deprecated\":true}]},"
        "{\"vendor\":\"ubuntu\",\"images\":[{\"id\":\"u\",\"label\":\"Ubuntu\",\"ended\":null,"
        "\"deprecated\":false}]},"
        "{\"vendor\":null,\"images\":[{\"id\":\"own\",\"label\":\"Own\",\"ended\":null,"
        "\"deprecated\":false}]}]");
    groups = json_in_pool(image_groups(parsed("[]"), now, pool), pool);
    ck_assert_uint_eq(json_array_size(groups), 0);
}
END_TEST

TESTS("image", an_end_of_life_is_told_and_then_it_is_gone, images_are_grouped_newest_first)
