/* SPDX-License-Identifier: Apache-2.0 */
/* Further fields of a create, as an operator writes them. */
#include "fixture.h"
#include "linode/instance_field.h"
#include "support/json.h"

#define KEY "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk"

static const char *set(json_t **object, const char *name, const char *value)
{
    *object = json_in_pool(json_object(), pool);
    return instance_field_set(*object, name, value, pool);
}

static const struct {
    const char *name, *value, *json;
} good[] = {
    {"private_ip", "true", "true"},
    {"private_ip", "On", "true"},
    {"booted", "off", "false"},
    {"backups_enabled", "FALSE", "false"},
    {"network_helper", "true", "true"},
    {"swap_size", "0", "0"},
    {"swap_size", "1024", "1024"},
    {"boot_size", "20000", "20000"},
    {"firewall_id", "123", "123"},
    {"disk_encryption", "disabled", "\"disabled\""},
    {"interface_generation", "linode", "\"linode\""},
    {"maintenance_policy", "linode/migrate", "\"linode/migrate\""},
    {"kernel", "linode/grub2", "\"linode/grub2\""},
    {"placement_group", "{\"id\": 7}", "{\"id\":7}"},
    {"metadata", "{\"user_data\":\"I2Nsb3Vk\"}", "{\"user_data\":\"I2Nsb3Vk\"}"},
    {"alerts", "{\"cpu\":180}", "{\"cpu\":180}"},
    {"interfaces", "[{\"purpose\":\"public\"}]", "[{\"purpose\":\"public\"}]"},
    {"ipv4", "[\"192.0.2.7\"]", "[\"192.0.2.7\"]"},
    {"authorized_users", "[\"admin\", \"other\"]", "[\"admin\",\"other\"]"},
    {"authorized_keys", "[\"" KEY "\"]", "[\"" KEY "\"]"},
};

START_TEST(values_have_the_type_that_linode_wants)
{
    size_t i;

    for (i = 0; i < COUNT(good); i++) {
        json_t *object;

        ck_assert_ptr_null(set(&object, good[i].name, good[i].value));
        ck_assert_str_eq(json_text(object, NULL, pool),
                         apr_psprintf(pool, "{\"%s\":%s}", good[i].name, good[i].json));
    }
}
END_TEST

static const struct {
    const char *name, *value, *said;
} wrong[] = {
    {"private_ip", "maybe", "private_ip takes true or false"},
    {"private_ip", "", "private_ip takes true or false"},
    {"private_ip", "1", "private_ip takes true or false"},
    {"swap_size", "-1", "swap_size takes a number of MB"},
    {"swap_size", "512MB", "swap_size takes a number of MB"},
    {"swap_size", "99999999999", "swap_size takes a number of MB"},
    {"swap_size", "true", "swap_size takes a number of MB"},
    {"firewall_id", "0", "firewall_id takes a number"},
    {"firewall_id", "null", "firewall_id takes a number"},
    {"disk_encryption", "enable", "disk_encryption takes enabled or disabled"},
    {"disk_encryption", "", "disk_encryption takes enabled or disabled"},
    {"disk_encryption", "enabled disabled", "disk_encryption takes enabled or disabled"},
    {"kernel", "", "kernel takes the ID of a kernel"},
    {"placement_group", "7", "placement_group takes a JSON object"},
    {"placement_group", "{id: 7}", "placement_group takes a JSON object"},
    {"placement_group", "{}", "placement_group takes a JSON object"},
    {"interfaces", "{}", "interfaces takes a JSON array"},
    {"interfaces", "[]", "interfaces takes a JSON array"},
    {"ipv4", "192.0.2.7", "ipv4 takes a JSON array"},
    {"authorized_users", "[]", "authorized_users takes a JSON array"},
    {"authorized_users", "[\"a\", 1]", "authorized_users takes a JSON array"},
    {"authorized_users", "[\"\"]", "authorized_users takes a JSON array"},
    {"authorized_keys", "[\"ssh-ed25519 AAAA\"]", "authorized_keys takes a JSON array"},
    {"label", "box", "cannot set label: it is made of LinodeOAuthApplicationName"},
    {"region", "us-east", "cannot set region: the visitor chooses it"},
    {"type", "x", "cannot set type"},
    {"image", "x", "cannot set image"},
    {"root_pass", "x", "cannot set root_pass: it is made"},
    {"tags", "x", "cannot set tags: write LinodeOAuthTags"},
    {"group", "x", "cannot set group: write LinodeOAuthTags"},
    {"stackscript_id", "7", "cannot set stackscript_id: write LinodeOAuthStackScriptID"},
    {"stackscript_data", "{}", "cannot set stackscript_data: write LinodeOAuthField"},
    {"backup_id", "7", "cannot set backup_id"},
    {"privateip", "true", "does not know the field \"privateip\"; there are alerts, "},
    {"", "true", "does not know the field"},
};

START_TEST(what_is_wrong_is_told)
{
    size_t i;

    for (i = 0; i < COUNT(wrong); i++) {
        json_t *object;
        const char *said = set(&object, wrong[i].name, wrong[i].value);

        ck_assert_ptr_nonnull(said);
        ck_assert_msg(strncmp(said, wrong[i].said, strlen(wrong[i].said)) == 0, "%s", said);
        ck_assert_uint_eq(json_object_size(object), 0);
    }
}
END_TEST

START_TEST(the_later_one_counts)
{
    json_t *object;

    set(&object, "booted", "on");
    ck_assert_ptr_null(instance_field_set(object, "booted", "off", pool));
    ck_assert_str_eq(json_text(object, NULL, pool), "{\"booted\":false}");
}
END_TEST

START_TEST(what_cannot_be_together_is_told)
{
    static const char *const texts[][2] = {
        {"{}", NULL},
        {"{\"private_ip\":true,\"firewall_id\":7}", NULL},
        {"{\"private_ip\":true,\"interface_generation\":\"legacy_config\"}", NULL},
        {"{\"private_ip\":false,\"interface_generation\":\"linode\"}", NULL},
        {"{\"private_ip\":true,\"interface_generation\":\"linode\"}", "private_ip"},
        {"{\"firewall_id\":7,\"interface_generation\":\"linode\"}", "firewall_id"},
    };
    size_t i;

    for (i = 0; i < COUNT(texts); i++) {
        const char *said =
            instance_field_conflict(json_parse(texts[i][0], strlen(texts[i][0]), pool));

        ck_assert_int_eq(said != NULL, texts[i][1] != NULL);
        ck_assert(!said || strstr(said, texts[i][1]));
    }
}
END_TEST

TESTS("instance_field", values_have_the_type_that_linode_wants, what_is_wrong_is_told,
      the_later_one_counts, what_cannot_be_together_is_told)
