/* SPDX-License-Identifier: Apache-2.0 */
/* jansson values with the lifetime of a pool, and strict reading of members.
 *
 * A json_t given to json_in_pool is released when the pool is cleared; everything made with the
 * other functions is borrowed from its parent. Readers answer NULL (or the default) for a member
 * that is absent, null, or of another type, so that a caller's one check covers all three. */
#ifndef SUPPORT_JSON_H
#define SUPPORT_JSON_H

#include <apr_pools.h>
#include <jansson.h>

/* Hands the caller's reference to the pool; returns its argument, NULL for NULL. */
json_t *json_in_pool(json_t *value, apr_pool_t *pool);

/* Parses a whole text; NULL if it is not JSON, has a key twice, or nests too deeply. */
json_t *json_parse(const char *text, apr_size_t length, apr_pool_t *pool);

/* Compact text in the pool; NULL only when memory is gone. */
const char *json_text(const json_t *value, apr_size_t *length, apr_pool_t *pool);

const char *json_member_string(const json_t *object, const char *key);
json_int_t json_member_integer(const json_t *object, const char *key, json_int_t otherwise);
int json_member_is_true(const json_t *object, const char *key);
const json_t *json_member_array(const json_t *object, const char *key);
const json_t *json_member_object(const json_t *object, const char *key);

/* Whether one of the elements is that string. */
int json_array_holds(const json_t *array, const char *text);

/* Overwrites the string of a member with zeros, before a value that holds a secret is released. */
void json_member_wipe(const json_t *object, const char *key);
/* Does that to every member when the pool goes; for a value that the pool holds already. */
void json_wipe_with_pool(const json_t *object, apr_pool_t *pool);

#endif
