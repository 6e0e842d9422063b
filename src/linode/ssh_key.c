/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <openssl/evp.h>

#include "linode/ssh_key.h"
#include "support/json.h"
#include "support/mention.h"

/* ---------------------------------------------------------------- private ones */

/* PEM and OpenSSH's own format say so in words, PuTTY's in two ways; the last is how OpenSSH's
 * begins where the words were not copied along. */
static const char *const private_marks[] = {"PRIVATE KEY", "PuTTY-User-Key-File", "Private-Lines",
                                            "b3BlbnNzaC1rZXktdj"};

int ssh_key_is_private(const char *text)
{
    return mention_any(text, private_marks, sizeof(private_marks) / sizeof(private_marks[0]));
}

/* ---------------------------------------------------------------- one line */

typedef struct key_type_t {
    const char *name;
    int parts;        /* in the base64, the type's name included */
    apr_size_t first; /* bytes of the part behind the name; 0: as it comes */
} key_type_t;

static const key_type_t types[] = {
    {"ssh-ed25519", 2, 32},
    {"ssh-rsa", 3, 0},
    {"ecdsa-sha2-nistp256", 3, 8},
    {"ecdsa-sha2-nistp384", 3, 8},
    {"ecdsa-sha2-nistp521", 3, 8},
    {"sk-ssh-ed25519@openssh.com", 3, 32},
    {"sk-ecdsa-sha2-nistp256@openssh.com", 4, 8},
};

static apr_size_t word_length(const char *text)
{
    return strcspn(text, " \t");
}

/* The type that the line begins with, or NULL. */
static const key_type_t *type_of(const char *line)
{
    apr_size_t length = word_length(line);
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strlen(types[i].name) == length && !strncmp(types[i].name, line, length)) {
            return &types[i];
        }
    }
    return NULL;
}

/* The bytes that the text stands for, or NULL: RFC 4648 section 4, with its padding. */
static unsigned char *decode(const char *text, apr_size_t length, apr_size_t *decoded,
                             apr_pool_t *pool)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    apr_size_t digits = strspn(text, alphabet);
    apr_size_t padding = length - digits;
    unsigned char *bytes;

    if (!digits || digits > length || padding > 2 || length % 4 ||
        strspn(text + digits, "=") < padding) {
        return NULL;
    }
    bytes = apr_palloc(pool, length / 4 * 3);
    if (EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)length) < 0) {
        return NULL;
    }
    *decoded = length / 4 * 3 - padding;
    return bytes;
}

/* The length of the part at *at, which moves behind it; 0 when there is none. */
static apr_size_t next_part(const unsigned char **at, const unsigned char *end)
{
    const unsigned char *part = *at;
    apr_size_t left = (apr_size_t)(end - part);
    apr_size_t length;

    if (left < 4) {
        return 0;
    }
    length =
        (apr_size_t)part[0] << 24 | (apr_size_t)part[1] << 16 | (apr_size_t)part[2] << 8 | part[3];
    if (length > left - 4) {
        return 0;
    }
    *at = part + 4 + length;
    return length;
}

static int adds_up(const key_type_t *type, const unsigned char *bytes, apr_size_t length)
{
    const unsigned char *at = bytes;
    const unsigned char *end = bytes + length;
    int part;

    if (next_part(&at, end) != strlen(type->name) ||
        memcmp(bytes + 4, type->name, strlen(type->name)) != 0) {
        return 0;
    }
    for (part = 1; part < type->parts; part++) {
        apr_size_t found = next_part(&at, end);

        if (!found || (part == 1 && type->first && found != type->first)) {
            return 0;
        }
    }
    return at == end;
}

const char *ssh_key_check(const char *line, apr_pool_t *pool)
{
    const key_type_t *type = type_of(line);
    const char *text = line + word_length(line);
    apr_size_t decoded = 0;
    unsigned char *bytes;

    if (!type) {
        return strncmp(line, "ssh-dss", 7) != 0
                   ? "This is not a public key: one begins with ssh-ed25519, ssh-rsa or "
                     "ecdsa-sha2-nistp256, and is a single line."
                   : "Keys of the type ssh-dss are not accepted by servers any more.";
    }
    text += strspn(text, " \t");
    bytes = decode(text, word_length(text), &decoded, pool);
    if (!bytes || !adds_up(type, bytes, decoded)) {
        return "This key is damaged: copy the whole line once more.";
    }
    return NULL;
}

/* ---------------------------------------------------------------- what was pasted */

/* The next line with something in it, without the spaces around it, or NULL. */
static const char *next_line(const char **rest, apr_pool_t *pool)
{
    const char *start = *rest + strspn(*rest, "\r\n\t ");
    apr_size_t length = strcspn(start, "\r\n");

    *rest = start + length;
    while (length > 0 && apr_isspace(start[length - 1])) {
        length--;
    }
    return length ? apr_pstrmemdup(pool, start, length) : NULL;
}

int ssh_key_may_be_shown(const char *text, apr_pool_t *pool)
{
    const char *line;

    if (ssh_key_is_private(text)) {
        return 0;
    }
    while ((line = next_line(&text, pool)) != NULL) {
        if (!type_of(line)) {
            return 0;
        }
    }
    return 1;
}

static problem_t *refuse(const char *message, apr_pool_t *pool)
{
    problem_t *problem =
        problem_make(pool, PROBLEM_ANSWER_INVALID, "what was pasted as public keys");

    problem->field = SSH_KEY_FIELD;
    problem->message = message;
    problem->remedy = "";
    return problem;
}

problem_t *ssh_key_refuse_private(apr_pool_t *pool)
{
    problem_t *problem = problem_make(pool, PROBLEM_PRIVATE_KEY, "a private key was pasted");

    problem->field = SSH_KEY_FIELD;
    return problem;
}

problem_t *ssh_key_read(json_t **keys, const char *text, apr_pool_t *pool)
{
    json_t *found = json_in_pool(json_array(), pool);
    const char *line;

    *keys = NULL;
    if (ssh_key_is_private(text)) {
        return ssh_key_refuse_private(pool);
    }
    while ((line = next_line(&text, pool)) != NULL) {
        const char *wrong = ssh_key_check(line, pool);

        if (wrong) {
            return refuse(wrong, pool);
        }
        if (json_array_size(found) == SSH_KEY_MOST) {
            return refuse(apr_psprintf(pool, "At most %d keys can be taken.", SSH_KEY_MOST), pool);
        }
        json_array_append_new(found, json_string(line));
    }
    *keys = json_array_size(found) ? found : NULL;
    return NULL;
}

const char *ssh_key_text(const json_t *keys, apr_pool_t *pool)
{
    apr_array_header_t *lines = apr_array_make(pool, 2, sizeof(const char *));
    size_t i;

    for (i = 0; i < json_array_size(keys); i++) {
        const char *line = json_string_value(json_array_get(keys, i));

        if (line) {
            APR_ARRAY_PUSH(lines, const char *) = line;
        }
    }
    return apr_array_pstrcat(pool, lines, '\n');
}
