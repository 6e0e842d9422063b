/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>

#include "support/json_writer.h"
#include "support/secret.h"

/* Most texts fit into it. */
#define USUAL_TEXT ((apr_size_t)1024)

struct json_writer_t {
    char *text;
    apr_size_t length;
    apr_size_t size;
    int follows; /* a value of the same object or array stands before the next one */
    apr_pool_t *pool;
};

static apr_status_t wipe(void *data)
{
    const json_writer_t *writer = data;

    secret_wipe(writer->text, writer->length);
    return APR_SUCCESS;
}

json_writer_t *json_writer_create(apr_pool_t *pool)
{
    json_writer_t *writer = apr_pcalloc(pool, sizeof(*writer));

    writer->size = USUAL_TEXT;
    writer->text = apr_palloc(pool, writer->size);
    writer->pool = pool;
    apr_pool_cleanup_register(pool, writer, wipe, apr_pool_cleanup_null);
    return writer;
}

/* The text moves; where it was it is wiped. */
static void grow(json_writer_t *writer, apr_size_t least)
{
    char *text;

    while (writer->size < least) {
        writer->size *= 2;
    }
    text = apr_palloc(writer->pool, writer->size);
    memcpy(text, writer->text, writer->length);
    secret_wipe(writer->text, writer->length);
    writer->text = text;
}

static void append(json_writer_t *writer, const char *text, apr_size_t length)
{
    if (writer->size - writer->length < length) {
        grow(writer, writer->length + length);
    }
    memcpy(writer->text + writer->length, text, length);
    writer->length += length;
}

static void append_character(json_writer_t *writer, char c)
{
    append(writer, &c, 1);
}

static int needs_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* RFC 8259, section 7. */
static void append_escape(json_writer_t *writer, char c)
{
    char escape[] = {'\\', c, '\0', '\0', '\0', '\0', '\0'};

    if ((unsigned char)c < 0x20) {
        apr_snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)c);
    }
    append(writer, escape, strlen(escape));
}

static void append_string(json_writer_t *writer, const char *text)
{
    append_character(writer, '"');
    while (*text) {
        apr_size_t plain = 0;

        while (text[plain] && !needs_escape(text[plain])) {
            plain++;
        }
        append(writer, text, plain);
        text += plain;
        if (*text) {
            append_escape(writer, *text++);
        }
    }
    append_character(writer, '"');
}

/* What stands before a value. */
static void begin_value(json_writer_t *writer, const char *key)
{
    if (writer->follows) {
        append_character(writer, ',');
    }
    if (key) {
        append_string(writer, key);
        append_character(writer, ':');
    }
    writer->follows = 1;
}

void json_writer_open(json_writer_t *writer, const char *key, char bracket)
{
    begin_value(writer, key);
    append_character(writer, bracket);
    writer->follows = 0;
}

void json_writer_close(json_writer_t *writer, char bracket)
{
    append_character(writer, bracket);
    writer->follows = 1;
}

void json_writer_string(json_writer_t *writer, const char *key, const char *value)
{
    begin_value(writer, key);
    append_string(writer, value);
}

void json_writer_integer(json_writer_t *writer, const char *key, json_int_t value)
{
    char digits[32];
    int length = apr_snprintf(digits, sizeof(digits), "%" APR_INT64_T_FMT, (apr_int64_t)value);

    begin_value(writer, key);
    append(writer, digits, (apr_size_t)length);
}

static int append_piece(const char *piece, size_t length, void *writer)
{
    append(writer, piece, length);
    return 0;
}

void json_writer_value(json_writer_t *writer, const char *key, const json_t *value)
{
    begin_value(writer, key);
    json_dump_callback(value, append_piece, writer, JSON_COMPACT | JSON_ENCODE_ANY);
}

const char *json_writer_text(json_writer_t *writer)
{
    append_character(writer, '\0');
    return writer->text;
}
