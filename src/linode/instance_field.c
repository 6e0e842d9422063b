/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/instance_field.h"
#include "linode/ssh_key.h"
#include "support/excerpt.h"
#include "support/json.h"

/* Characters of a kernel's ID; they have some thirty. */
#define LONGEST_KERNEL 100

typedef enum {
    FIELD_FLAG,
    FIELD_NUMBER, /* 0 or more */
    FIELD_ID,     /* 1 or more */
    FIELD_WORD,   /* one of the words */
    FIELD_KERNEL, /* "linode/" and a name */
    /* From here on JSON, of which no message says anything: there may be secrets in it. */
    FIELD_TEXTS,
    FIELD_KEYS,
    FIELD_ARRAY,
    FIELD_OBJECT,
} field_kind_t;

typedef struct field_t {
    const char *name;
    field_kind_t kind;
    const char *words; /* of FIELD_WORD, with a space after each */
    const char *usage;
} field_t;

static const field_t fields[] = {
    {"alerts", FIELD_OBJECT, NULL, "a JSON object such as '{\"cpu\": 180}'"},
    {"authorized_keys", FIELD_KEYS, NULL,
     "a JSON array of public keys such as '[\"ssh-ed25519 AAAA...\"]'"},
    {"authorized_users", FIELD_TEXTS, NULL, "a JSON array of user names such as '[\"admin\"]'"},
    {"backups_enabled", FIELD_FLAG, NULL, "true or false"},
    {"boot_size", FIELD_NUMBER, NULL, "a number of MB"},
    {"booted", FIELD_FLAG, NULL, "true or false"},
    {"disk_encryption", FIELD_WORD, "enabled disabled ", "enabled or disabled"},
    {"firewall_id", FIELD_ID, NULL, "a number"},
    {"interface_generation", FIELD_WORD, "legacy_config linode ", "legacy_config or linode"},
    {"interfaces", FIELD_ARRAY, NULL, "a JSON array such as '[{\"purpose\": \"public\"}]'"},
    {"ipv4", FIELD_TEXTS, NULL, "a JSON array of one address"},
    {"kernel", FIELD_KERNEL, NULL, "the ID of a kernel such as linode/grub2"},
    {"maintenance_policy", FIELD_WORD, "linode/migrate linode/power_off_on ",
     "linode/migrate or linode/power_off_on"},
    {"metadata", FIELD_OBJECT, NULL, "a JSON object such as '{\"user_data\": \"<base64>\"}'"},
    {"network_helper", FIELD_FLAG, NULL, "true or false"},
    {"placement_group", FIELD_OBJECT, NULL, "a JSON object such as '{\"id\": 123}'"},
    {"private_ip", FIELD_FLAG, NULL, "true or false"},
    {"swap_size", FIELD_NUMBER, NULL, "a number of MB"},
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* What is decided elsewhere, and where. */
static const char *const own[][2] = {
    {"label", "it is made of LinodeOAuthApplicationName, or asked for by LinodeOAuthAsk label"},
    {"type", "the visitor chooses it; write LinodeOAuthTypes"},
    {"region", "the visitor chooses it; write LinodeOAuthRegions"},
    {"image", "the visitor chooses it; write LinodeOAuthImages"},
    {"root_pass", "it is made for each Linode and shown to the visitor"},
    {"tags", "write LinodeOAuthTags"},
    {"group", "write LinodeOAuthTags, whose first is the group"},
    {"stackscript_id", "write LinodeOAuthStackScriptID"},
    {"stackscript_data", "write LinodeOAuthField"},
    {"backup_id", "a StackScript needs an image instead; leave it out"},
};

/* ---------------------------------------------------------------- values */

/* Each answers NULL for what is not such a value; the reference is the caller's. */

static json_t *read_flag(const char *value)
{
    if (!strcasecmp(value, "true") || !strcasecmp(value, "on")) {
        return json_true();
    }
    return !strcasecmp(value, "false") || !strcasecmp(value, "off") ? json_false() : NULL;
}

static json_t *read_number(const char *value, apr_int64_t least)
{
    char *end;
    apr_int64_t number = apr_strtoi64(value, &end, 10);

    return apr_isdigit(*value) && !*end && number >= least && number <= INT32_MAX
               ? json_integer(number)
               : NULL;
}

static json_t *read_word(const char *value, const char *words)
{
    const char *at = strstr(words, value);
    apr_size_t length = strlen(value);
    int is_listed = at && (at == words || at[-1] == ' ') && at[length] == ' ';

    return length && !strchr(value, ' ') && is_listed ? json_string(value) : NULL;
}

static json_t *read_kernel(const char *value)
{
    static const char before[] = "linode/";
    apr_size_t length = strlen(value);
    apr_size_t fine = strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789._-/");

    return !strncmp(value, before, sizeof(before) - 1) && length >= sizeof(before) &&
                   length <= LONGEST_KERNEL && fine == length
               ? json_string(value)
               : NULL;
}

static int all_texts(const json_t *array, int are_keys, apr_pool_t *pool)
{
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        const char *text = json_string_value(json_array_get(array, i));

        if (!text || !*text || (are_keys && ssh_key_check(text, pool))) {
            return 0;
        }
    }
    return i > 0;
}

static json_t *read_json(const char *value, field_kind_t kind, apr_pool_t *pool)
{
    json_t *found = json_parse(value, strlen(value), pool);
    int fits;

    switch (kind) {
    case FIELD_OBJECT:
        fits = json_object_size(found) > 0;
        break;
    case FIELD_ARRAY:
        fits = json_array_size(found) > 0;
        break;
    default:
        fits = json_is_array(found) && all_texts(found, kind == FIELD_KEYS, pool);
    }
    return fits ? json_incref(found) : NULL;
}

static json_t *read_value(const field_t *field, const char *value, apr_pool_t *pool)
{
    switch (field->kind) {
    case FIELD_FLAG:
        return read_flag(value);
    case FIELD_NUMBER:
        return read_number(value, 0);
    case FIELD_ID:
        return read_number(value, 1);
    case FIELD_WORD:
        return read_word(value, field->words);
    case FIELD_KERNEL:
        return read_kernel(value);
    default:
        return read_json(value, field->kind, pool);
    }
}

/* ---------------------------------------------------------------- names */

static const char *known_names(apr_pool_t *pool)
{
    const char *names = fields[0].name;
    size_t i;

    for (i = 1; i < FIELDS; i++) {
        names = apr_pstrcat(pool, names, ", ", fields[i].name, NULL);
    }
    return names;
}

static const char *refuse_name(const char *name, apr_pool_t *pool)
{
    size_t i;

    for (i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        if (!strcmp(name, own[i][0])) {
            return apr_psprintf(pool, "cannot set %s: %s", name, own[i][1]);
        }
    }
    return apr_psprintf(pool, "does not know the field %s; there are %s",
                        excerpt_quoted(name, pool), known_names(pool));
}

const char *instance_field_set(json_t *object, const char *name, const char *value,
                               apr_pool_t *pool)
{
    json_t *set;
    size_t i;

    for (i = 0; i < FIELDS && strcmp(fields[i].name, name) != 0; i++) {
    }
    if (i == FIELDS) {
        return refuse_name(name, pool);
    }
    set = read_value(&fields[i], value, pool);
    if (!set) {
        return fields[i].kind > FIELD_KERNEL
                   ? apr_psprintf(pool, "%s takes %s", name, fields[i].usage)
                   : apr_psprintf(pool, "%s takes %s, not %s", name, fields[i].usage,
                                  excerpt_quoted(value, pool));
    }
    json_object_set_new(object, name, set);
    return NULL;
}

/* ---------------------------------------------------------------- together */

static int has_word(const json_t *object, const char *name, const char *word)
{
    const char *value = json_member_string(object, name);

    return value && !strcmp(value, word);
}

const char *instance_field_conflict(const json_t *object)
{
    if (!has_word(object, "interface_generation", "linode")) {
        return NULL;
    }
    if (json_member_is_true(object, "private_ip")) {
        return "Linode gives no private_ip with interface_generation linode; leave one of them out";
    }
    return json_object_get(object, "firewall_id")
               ? "with interface_generation linode a firewall belongs to an interface: write it "
                 "into interfaces instead of firewall_id"
               : NULL;
}
