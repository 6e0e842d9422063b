/* SPDX-License-Identifier: Apache-2.0 */
#include "memory.h"
#include "support/json.h"
#include "support/json_writer.h"
#include "support/secret.h"

START_TEST(members_and_elements_are_told_apart)
{
    json_writer_t *writer = json_writer_create(pool);

    json_writer_open(writer, NULL, '{');
    json_writer_open(writer, "empty", '{');
    json_writer_close(writer, '}');
    json_writer_string(writer, "s", "text");
    json_writer_open(writer, "list", '[');
    json_writer_integer(writer, NULL, -1);
    json_writer_open(writer, NULL, '{');
    json_writer_integer(writer, "i", INT64_MAX);
    json_writer_close(writer, '}');
    json_writer_string(writer, NULL, "");
    json_writer_close(writer, ']');
    json_writer_value(writer, "true", json_true());
    json_writer_value(writer, "parsed", json_parse("{\"a\": [1, \"b\"]}", 15, pool));
    json_writer_close(writer, '}');
    ck_assert_str_eq(json_writer_text(writer),
                     "{\"empty\":{},\"s\":\"text\",\"list\":[-1,{\"i\":9223372036854775807},\"\"],"
                     "\"true\":true,\"parsed\":{\"a\":[1,\"b\"]}}");
}
END_TEST

/* In a key as in a value. */
START_TEST(every_character_comes_back)
{
    for (int c = 1; c < 0x80; c++) {
        const char text[] = {'a', (char)c, (char)c, '\xc3', '\xa9', '\0'};
        json_writer_t *writer = json_writer_create(pool);
        const char *written;

        json_writer_open(writer, NULL, '{');
        json_writer_string(writer, text, text);
        json_writer_close(writer, '}');
        written = json_writer_text(writer);
        ck_assert_msg(json_member_string(json_parse(written, strlen(written), pool), text) != NULL,
                      "%s", written);
        ck_assert_str_eq(json_member_string(json_parse(written, strlen(written), pool), text),
                         text);
    }
}
END_TEST

/* Written, and read in its place: no other copy is made here. */
static const char *written_often(int times, const char *value, apr_pool_t *other)
{
    json_writer_t *writer = json_writer_create(other);

    json_writer_open(writer, NULL, '[');
    for (int i = 0; i < times; i++) {
        json_writer_string(writer, NULL, value);
    }
    json_writer_close(writer, ']');
    return json_writer_text(writer);
}

START_TEST(a_text_may_be_long)
{
    for (int times = 0; times < 500; times++) {
        const char *text = written_often(times, "value", pool);
        const json_t *array = json_parse(text, strlen(text), pool);

        ck_assert_int_eq((int)json_array_size(array), times);
        ck_assert_int_eq((int)strlen(text), times ? times * 8 + 1 : 2);
    }
}
END_TEST

START_TEST(a_text_is_wiped_with_its_pool)
{
    for (int times = 1; times <= 200; times += 199) {
        apr_pool_t *other;
        char value[64];

        apr_pool_create(&other, pool);
        apr_snprintf(value, sizeof(value), "%s%s", "a root pass", "word");
        written_often(times, value, other);
        secret_wipe(value, sizeof(value));
        ck_assert_int_eq((int)copies_in_memory("a root pass", "word"), times);
        apr_pool_destroy(other);
        ck_assert_int_eq((int)copies_in_memory("a root pass", "word"), 0);
    }
}
END_TEST

TESTS("json_writer", members_and_elements_are_told_apart, every_character_comes_back,
      a_text_may_be_long, a_text_is_wiped_with_its_pool)
