/* SPDX-License-Identifier: Apache-2.0 */
/* Public keys that somebody pastes, and private ones. */
#include "fixture.h"
#include "linode/ssh_key.h"
#include "support/json.h"

static const char ed25519[] =
    "ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk";
static const char ecdsa[] =
    "ecdsa-sha2-nistp256 "
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDyEAPCGBWdjcAvOwPYw4HuAEg3qLegP"
    "q6RXSc9ocCTHevg/3SmbDnqgVS54zLZbjqoQQHqS5iXBEnWhH0mdOHc=";
static const char rsa[] =
    "ssh-rsa "
    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v"
    "8PHy8/T19vf4+WRlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeY"
    "mZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsQ==";
static const char sk_ed25519[] =
    "sk-ssh-ed25519@openssh.com "
    "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhsc"
    "HR4fAAAABHNzaDo=";
static const char sk_ecdsa[] =
    "sk-ecdsa-sha2-nistp256@openssh.com "
    "AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBAABAgMEBQYH"
    "CAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8AAAAEc3No"
    "Og==";

/* The keys as JSON, or the message. */
static const char *read_keys(const char *text)
{
    json_t *keys;
    problem_t *problem = ssh_key_read(&keys, text, pool);

    if (problem) {
        ck_assert_ptr_null(keys);
        ck_assert_str_eq(problem->field, SSH_KEY_FIELD);
        return problem->message;
    }
    return keys ? json_text(keys, NULL, pool) : "none";
}

static const char *array_of(const char *line)
{
    return apr_psprintf(pool, "[\"%s\"]", line);
}

START_TEST(every_type_is_taken)
{
    static const char *const lines[] = {ed25519, ecdsa, rsa, sk_ed25519, sk_ecdsa};
    size_t i;

    for (i = 0; i < COUNT(lines); i++) {
        const char *commented = apr_pstrcat(pool, lines[i], " me@host, the second", NULL);

        ck_assert_str_eq(read_keys(lines[i]), array_of(lines[i]));
        ck_assert_str_eq(read_keys(commented), array_of(commented));
        ck_assert(ssh_key_may_be_shown(commented, pool));
    }
}
END_TEST

START_TEST(lines_are_keys)
{
    const char *both = apr_psprintf(pool, "\r\n  %s \t\r\n\r\n%s\r\n", ed25519, ecdsa);

    ck_assert_str_eq(read_keys(both), apr_psprintf(pool, "[\"%s\",\"%s\"]", ed25519, ecdsa));
    ck_assert_str_eq(read_keys(""), "none");
    ck_assert_str_eq(read_keys(" \r\n\t\n"), "none");
}
END_TEST

START_TEST(more_than_the_most_are_refused)
{
    const char *text = "";
    int i;

    for (i = 0; i < SSH_KEY_MOST; i++) {
        text = apr_pstrcat(pool, text, ed25519, "\n", NULL);
    }
    ck_assert_int_eq(*read_keys(text), '[');
    ck_assert_str_eq(read_keys(apr_pstrcat(pool, text, ed25519, NULL)),
                     "At most 16 keys can be taken.");
}
END_TEST

static const char *const damaged[] = {
    "ssh-ed25519",
    "ssh-ed25519 ",
    "ssh-ed25519 me@host",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9H",    /* cut off */
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9L", /* no longer
                                                                                          base64 */
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk=",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk====",
    "ssh-ed25519 ====AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5s-Yswom+RcW9VdGDzg8h6xH9HO9Lk",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9LkAAAA",
    "ssh-ed25519 AAAAB3NzaC1yc2EAAAAgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", /* of another
                                                                                       type within
                                                                                     */
    "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAHwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4=", /* a byte
                                                                                           too short
                                                                                         */
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAXg=", /* a
                                                                                                   part too many */
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5/////wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* a length
                                                                                           beyond
                                                                                           the end
                                                                                         */
    "ssh-ed25519 AAAA",
    "ssh-ed25519 AAAAAAAA",
};

START_TEST(damage_is_seen)
{
    size_t i;

    for (i = 0; i < COUNT(damaged); i++) {
        ck_assert_msg(strstr(read_keys(damaged[i]), "damaged") != NULL, "%s", damaged[i]);
        ck_assert_ptr_nonnull(ssh_key_check(damaged[i], pool));
    }
}
END_TEST

static const char *const others[] = {
    "hello",
    "AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk",
    "ssh-ed25519-cert-v01@openssh.com "
    "AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk",
    "SSH-ED25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk",
    "from=\"192.0.2.1\" ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk",
    "command=\"/bin/sh\" ssh-rsa AAAA",
    "MIIEpAIBAAKCAQEAwJ",
};

START_TEST(what_is_no_key_is_refused_and_not_shown)
{
    size_t i;

    for (i = 0; i < COUNT(others); i++) {
        ck_assert_msg(strstr(read_keys(others[i]), "not a public key") != NULL, "%s", others[i]);
        ck_assert(!ssh_key_may_be_shown(others[i], pool));
    }
    ck_assert_ptr_nonnull(strstr(read_keys("ssh-dss AAAAB3NzaC1kc3M="), "any more"));
}
END_TEST

static const char *const secrets[] = {
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n",
    "-----BEGIN RSA PRIVATE KEY-----\r\nMIIE",
    "-----begin encrypted private key-----",
    "PuTTY-User-Key-File-3: ssh-ed25519",
    "Private-Lines: 1",
    "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW",
};

START_TEST(private_keys_are_told)
{
    size_t i;

    for (i = 0; i < COUNT(secrets); i++) {
        json_t *keys;
        const char *both = apr_pstrcat(pool, ed25519, "\n", secrets[i], NULL);

        ck_assert_problem(ssh_key_read(&keys, secrets[i], pool), PRIVATE_KEY);
        ck_assert_problem(ssh_key_read(&keys, both, pool), PRIVATE_KEY);
        ck_assert_ptr_null(keys);
        ck_assert(!ssh_key_may_be_shown(both, pool));
        ck_assert_ptr_null(strstr(problem_line(ssh_key_read(&keys, both, pool), pool), "b3Bl"));
    }
    ck_assert(!ssh_key_is_private(ed25519));
}
END_TEST

TESTS("ssh_key", every_type_is_taken, lines_are_keys, more_than_the_most_are_refused,
      damage_is_seen, what_is_no_key_is_refused_and_not_shown, private_keys_are_told)
