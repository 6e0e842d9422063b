/* SPDX-License-Identifier: Apache-2.0 */
/* jansson, held by pools and read strictly. */
#include <string.h>

#include "support/json.h"
#include "support/secret.h"

static apr_status_t release(void *value)
{
    json_decref(value);
    return APR_SUCCESS;
}

json_t *json_in_pool(json_t *value, apr_pool_t *pool)
{
    if (value) {
        apr_pool_cleanup_register(pool, value, release, apr_pool_cleanup_null);
    }
    return value;
}

json_t *json_parse(const char *text, apr_size_t length, apr_pool_t *pool)
{
    return json_in_pool(json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL),
                        pool);
}

/* Written straight into the pool: a text with a secret in it has no second copy. Most texts fit
 * into a first guess; what was written of one that did not is wiped. */
#define USUAL_TEXT 1024

const char *json_text(const json_t *value, apr_size_t *length, apr_pool_t *pool)
{
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
    char *text = apr_palloc(pool, USUAL_TEXT);
    size_t size = json_dumpb(value, text, USUAL_TEXT, flags);

    if (!size) {
        return NULL;
    }
    if (size >= USUAL_TEXT) {
        secret_wipe(text, USUAL_TEXT);
        text = apr_palloc(pool, size + 1);
        if (json_dumpb(value, text, size, flags) != size) {
            return NULL;
        }
    }
    text[size] = '\0';
    if (length) {
        *length = size;
    }
    return text;
}

const char *json_member_string(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

json_int_t json_member_integer(const json_t *object, const char *key, json_int_t otherwise)
{
    const json_t *member = json_object_get(object, key);

    return json_is_integer(member) ? json_integer_value(member) : otherwise;
}

int json_member_is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

const json_t *json_member_array(const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);

    return json_is_array(member) ? member : NULL;
}

const json_t *json_member_object(const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);

    return json_is_object(member) ? member : NULL;
}

int json_array_holds(const json_t *array, const char *text)
{
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        const char *element = json_string_value(json_array_get(array, i));

        if (element && !strcmp(element, text)) {
            return 1;
        }
    }
    return 0;
}

void json_member_wipe(const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);

    if (json_is_string(member)) {
        secret_wipe((char *)json_string_value(member), json_string_length(member));
    }
}

static apr_status_t wipe_members(void *object)
{
    const char *key;
    json_t *value;

    json_object_foreach ((json_t *)object, key, value) {
        json_member_wipe(object, key);
    }
    return APR_SUCCESS;
}

void json_wipe_with_pool(const json_t *object, apr_pool_t *pool)
{
    if (object) {
        apr_pool_cleanup_register(pool, object, wipe_members, apr_pool_cleanup_null);
    }
}
