/* SPDX-License-Identifier: Apache-2.0 */
/* JSON written as a text, member by member, without a json_t for what is only to be written.
 *
 *     json_writer_t *writer = json_writer_create(pool);
 *     json_writer_open(writer, NULL, '{');
 *     json_writer_string(writer, "name", "value");
 *     json_writer_open(writer, "list", '[');
 *     json_writer_integer(writer, NULL, 1);
 *     json_writer_close(writer, ']');
 *     json_writer_close(writer, '}');
 *     text = json_writer_text(writer);
 *
 * For values that hold secrets: jansson keeps copies of strings, which it frees as they are; of
 * what is written here there is one text, in the pool, that is wiped with it. A key is NULL in an
 * array, and for the outermost value. Strings are UTF-8 already: what was typed into a form
 * (support/form) and what was parsed as JSON is. A writer is of one thread. */
#ifndef SUPPORT_JSON_WRITER_H
#define SUPPORT_JSON_WRITER_H

#include <apr_pools.h>
#include <jansson.h>

typedef struct json_writer_t json_writer_t;

json_writer_t *json_writer_create(apr_pool_t *pool);

/* Begins an object or an array, with its bracket; ends it, likewise. */
void json_writer_open(json_writer_t *writer, const char *key, char bracket);
void json_writer_close(json_writer_t *writer, char bracket);

void json_writer_string(json_writer_t *writer, const char *key, const char *value);
void json_writer_integer(json_writer_t *writer, const char *key, json_int_t value);
void json_writer_value(json_writer_t *writer, const char *key, const json_t *value);

/* What was written, compact; nothing more can be. */
const char *json_writer_text(json_writer_t *writer);

#endif
