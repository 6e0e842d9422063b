/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets over OpenSSL 3: HKDF, constant-time comparison, wiping; the kernel's random bytes; and
 * the root password, which is drawn from an HKDF stream the way it would be drawn from dice. */
#include <string.h>
#include <unistd.h>

#include <apr_encode.h>
#include <apr_strings.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "support/secret.h"

#define HASH_LENGTH  32
#define MOST_DERIVED ((apr_size_t)255 * HASH_LENGTH)

/* ---------------------------------------------------------------- bytes */

/* getentropy's own limit. */
#define MOST_AT_ONCE ((apr_size_t)256)

problem_t *secret_random(unsigned char *bytes, apr_size_t length, apr_pool_t *pool)
{
    while (length > 0) {
        apr_size_t piece = length < MOST_AT_ONCE ? length : MOST_AT_ONCE;

        if (getentropy(bytes, piece)) {
            return problem_make(pool, PROBLEM_INTERNAL, "the system gave no random bytes");
        }
        bytes += piece;
        length -= piece;
    }
    return NULL;
}

/* OpenSSL's own HKDF looks its algorithms up again at each step, which takes longer than they do.
 * This is RFC 5869 over OpenSSL's HMAC. */
struct secret_extractor_t {
    EVP_MAC_CTX *hmac; /* before extract */
    EVP_MD *sha256;
};

struct secret_source_t {
    EVP_MAC_CTX *hmac; /* its key is the RFC's PRK */
};

static apr_status_t free_hmac(void *hmac)
{
    EVP_MAC_CTX_free(hmac);
    return APR_SUCCESS;
}

static problem_t *no_hmac(apr_pool_t *pool)
{
    return problem_make(pool, PROBLEM_INTERNAL, "OpenSSL gave no HMAC-SHA-256");
}

/* One with the RFC's salt, which is none, for a key; NULL when OpenSSL has none. */
static EVP_MAC_CTX *hmac_without_salt(void)
{
    static const unsigned char no_salt[HASH_LENGTH];
    const OSSL_PARAM digest[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *hmac = algorithm ? EVP_MAC_CTX_new(algorithm) : NULL;

    EVP_MAC_free(algorithm);
    if (hmac && EVP_MAC_init(hmac, no_salt, HASH_LENGTH, digest) != 1) {
        EVP_MAC_CTX_free(hmac);
        return NULL;
    }
    return hmac;
}

static apr_status_t free_sha256(void *sha256)
{
    EVP_MD_free(sha256);
    return APR_SUCCESS;
}

problem_t *secret_extractor_create(secret_extractor_t **extractor, apr_pool_t *pool)
{
    secret_extractor_t *made = apr_palloc(pool, sizeof(*made));

    made->hmac = hmac_without_salt();
    made->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    apr_pool_cleanup_register(pool, made->hmac, free_hmac, apr_pool_cleanup_null);
    apr_pool_cleanup_register(pool, made->sha256, free_sha256, apr_pool_cleanup_null);
    *extractor = made;
    return made->hmac && made->sha256 ? NULL : no_hmac(pool);
}

/* Section 2.2: PRK = HMAC(salt, key), which becomes the key. */
static int extract(EVP_MAC_CTX *hmac, const unsigned char *key, size_t key_length)
{
    unsigned char prk[HASH_LENGTH];
    int ok = EVP_MAC_update(hmac, key, key_length) == 1 &&
             EVP_MAC_final(hmac, prk, NULL, HASH_LENGTH) == 1 &&
             EVP_MAC_init(hmac, prk, HASH_LENGTH, NULL) == 1;

    secret_wipe(prk, sizeof(prk));
    return ok;
}

problem_t *secret_source_create(secret_source_t **source, const secret_extractor_t *extractor,
                                const unsigned char *key, apr_size_t key_length, apr_pool_t *pool)
{
    secret_source_t *made = apr_palloc(pool, sizeof(*made));

    made->hmac = EVP_MAC_CTX_dup(extractor->hmac);
    apr_pool_cleanup_register(pool, made->hmac, free_hmac, apr_pool_cleanup_null);
    *source = made;
    return made->hmac && extract(made->hmac, key, key_length) ? NULL : no_hmac(pool);
}

/* T(n) = HMAC(PRK, T(n-1) | info | n). */
static int next_block(unsigned char *block, int n, EVP_MAC_CTX *hmac, const char *info,
                      size_t length)
{
    unsigned char count = (unsigned char)n;

    return EVP_MAC_init(hmac, NULL, 0, NULL) == 1 &&
           EVP_MAC_update(hmac, block, n > 1 ? HASH_LENGTH : 0) == 1 &&
           EVP_MAC_update(hmac, (const unsigned char *)info, length) == 1 &&
           EVP_MAC_update(hmac, &count, 1) == 1 &&
           EVP_MAC_final(hmac, block, NULL, HASH_LENGTH) == 1;
}

/* Section 2.3. */
static int expand(unsigned char *out, size_t length, EVP_MAC_CTX *hmac, const char *info,
                  size_t info_length)
{
    unsigned char block[HASH_LENGTH] = {0};
    size_t done = 0;
    int ok = length <= MOST_DERIVED;
    int n;

    for (n = 1; ok && done < length; n++) {
        size_t piece = length - done < HASH_LENGTH ? length - done : HASH_LENGTH;

        ok = next_block(block, n, hmac, info, info_length);
        memcpy(out + done, block, piece);
        done += piece;
    }
    secret_wipe(block, sizeof(block));
    return ok;
}

problem_t *secret_source_derive(unsigned char *out, apr_size_t length,
                                const secret_source_t *source, const char *info,
                                const char *context, apr_pool_t *pool)
{
    /* info, then, if there is a context, a NUL and the context: no other pair of strings gives
     * the same bytes. */
    char *purpose = context ? apr_pstrcat(pool, info, ".", context, NULL) : apr_pstrdup(pool, info);
    size_t purpose_length = strlen(purpose);

    if (context) {
        purpose[strlen(info)] = '\0';
    }
    if (!expand(out, length, source->hmac, purpose, purpose_length)) {
        return problem_make(pool, PROBLEM_INTERNAL, "OpenSSL derived no key for \"%s\"", info);
    }
    return NULL;
}

problem_t *secret_digest(unsigned char *digest, const secret_extractor_t *extractor,
                         const char *text, apr_pool_t *pool)
{
    return EVP_Digest(text, strlen(text), digest, NULL, extractor->sha256, NULL) == 1
               ? NULL
               : problem_make(pool, PROBLEM_INTERNAL, "OpenSSL gave no SHA-256");
}

problem_t *secret_derive(unsigned char *out, apr_size_t length, const unsigned char *key,
                         apr_size_t key_length, const char *info, const char *context,
                         apr_pool_t *pool)
{
    secret_source_t source = {hmac_without_salt()};
    problem_t *problem = source.hmac && extract(source.hmac, key, key_length)
                             ? secret_source_derive(out, length, &source, info, context, pool)
                             : no_hmac(pool);

    EVP_MAC_CTX_free(source.hmac);
    return problem;
}

int secret_equal(const char *a, const char *b)
{
    size_t length;

    if (!a || !b) {
        return 0;
    }
    length = strlen(a);
    return length == strlen(b) && CRYPTO_memcmp(a, b, length) == 0;
}

void secret_wipe(void *bytes, apr_size_t length)
{
    OPENSSL_cleanse(bytes, length);
}

static apr_status_t wipe_text(void *text)
{
    secret_wipe(text, strlen(text));
    return APR_SUCCESS;
}

void secret_wipe_with_pool(const char *text, apr_pool_t *pool)
{
    if (text) {
        apr_pool_cleanup_register(pool, text, wipe_text, apr_pool_cleanup_null);
    }
}

/* ---------------------------------------------------------------- text */

const char *secret_base64url(const unsigned char *bytes, apr_size_t length, apr_pool_t *pool)
{
    return apr_pencode_base64_binary(pool, bytes, (apr_ssize_t)length, APR_ENCODE_BASE64URL, NULL);
}

/* APR also takes the other alphabet, padding, and bits beyond the last byte. */
unsigned char *secret_from_base64url(const char *text, apr_size_t *length, apr_pool_t *pool)
{
    apr_size_t digits = strlen(text);
    unsigned char *bytes = apr_palloc(pool, digits / 4 * 3 + 3);
    char last[4] = "";

    if (text[strcspn(text, "+/=")] || digits % 4 == 1 ||
        apr_decode_base64_binary(bytes, text, (apr_ssize_t)digits, APR_ENCODE_NONE, length)) {
        return NULL;
    }
    apr_encode_base64_binary(last, bytes + *length - *length % 3, (apr_ssize_t)(*length % 3),
                             APR_ENCODE_BASE64URL, NULL);
    return strcmp(last, text + digits - digits % 4) == 0 ? bytes : NULL;
}

const char *secret_base32(const unsigned char *bytes, apr_size_t length, apr_pool_t *pool)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    char *text = apr_palloc(pool, (length * 8 + 4) / 5 + 1);
    char *out = text;
    unsigned int held = 0;
    unsigned int count = 0; /* bits held */
    apr_size_t i;

    for (i = 0; i < length; i++) {
        held = (held << 8) | bytes[i];
        for (count += 8; count >= 5; count -= 5) {
            *out++ = digits[(held >> (count - 5)) & 31];
        }
    }
    if (count) {
        *out++ = digits[(held << (5 - count)) & 31];
    }
    *out = '\0';
    return text;
}

const char *secret_fingerprint(const char *text, apr_size_t length, apr_size_t kept,
                               apr_pool_t *pool)
{
    unsigned char digest[EVP_MAX_MD_SIZE] = {0};

    EVP_Digest(text, length, digest, NULL, EVP_sha256(), NULL);
    return secret_base32(digest, kept, pool);
}

/* ---------------------------------------------------------------- password
 *
 * Left out of upper case: B G I O S U V Z (8 6 1 0 5 V U 2); of lower case: what is the upper case
 * letter made smaller (c j k o p s u v w x y z), what resembles a digit or a letter of either case
 * (b g i l q), and m, which is rn in many a typeface; of digits: 0 1 5 9. The symbols need no
 * quoting inside JSON or a double-quoted shell word.
 *
 * How hard it is to guess: the first character is one of 18 + 8 = 26 letters; of the other 31, two
 * are drawn from each class, (18 * 8 * 6 * 8)^2 ways, and 23 from all 18 + 8 + 6 + 8 = 40, before
 * they are shuffled. Whatever the shuffle, no password is likelier than the product of its draws:
 *   log2(26) + 2 * log2(6912) + 23 * log2(40) = 4.7 + 25.5 + 122.4 = 152.6 bits. */

#define UPPER   "ACDEFHJKLMNPQRTWXY"
#define LOWER   "adefhnrt"
#define DIGITS  "234678"
#define SYMBOLS "+=@%#?*:"

/* A password takes some 90 draws, and each throws away fewer than one byte in six, so this many
 * bytes are used up less often than once in 10^500 passwords. The longest word takes 255 draws,
 * half of which throw away up to one byte in two, the others none. */
#define STREAM_LENGTH 1024

/* Nearly always enough; the whole stream begins with the same bytes. */
#define STREAM_BEGINNING 192

typedef struct stream_t {
    unsigned char bytes[STREAM_LENGTH];
    apr_size_t length;
    apr_size_t used;
} stream_t;

/* A number below `below` (at most 256), every one as likely as any other: bytes from the last,
 * incomplete run of `below` are thrown away. */
static unsigned int draw(stream_t *stream, unsigned int below)
{
    unsigned int usable = 256 - 256 % below;

    while (stream->used < stream->length) {
        unsigned int byte = stream->bytes[stream->used++];

        if (byte < usable) {
            return byte % below;
        }
    }
    return 0;
}

static char draw_from(stream_t *stream, const char *alphabet)
{
    return alphabet[draw(stream, (unsigned int)strlen(alphabet))];
}

static void shuffle(stream_t *stream, char *text, unsigned int length)
{
    unsigned int i;

    for (i = length - 1; i > 0; i--) {
        unsigned int other = draw(stream, i + 1);
        char kept = text[i];

        text[i] = text[other];
        text[other] = kept;
    }
}

/* What a secret is made of: two characters of each class, the rest of all of them. */
typedef struct recipe_t {
    const char *classes[4];
    unsigned int count;
    const char *all;
} recipe_t;

static void compose(stream_t *stream, char *text, unsigned int length, const recipe_t *recipe)
{
    unsigned int at = 0;
    unsigned int i;

    text[at++] = draw_from(stream, UPPER LOWER);
    for (i = 0; i < 2 * recipe->count; i++) {
        text[at++] = draw_from(stream, recipe->classes[i / 2]);
    }
    while (at < length) {
        text[at++] = draw_from(stream, recipe->all);
    }
    text[at] = '\0';
    shuffle(stream, text + 1, length - 1);
}

/* What a secret comes of. */
typedef struct origin_t {
    const secret_source_t *source;
    const char *info;
    const char *context;
} origin_t;

/* *dry: a stream of that length is too short. */
static problem_t *make_from_stream(int *dry, char *text, unsigned int length,
                                   const recipe_t *recipe, const origin_t *origin,
                                   apr_size_t stream_length, apr_pool_t *pool)
{
    stream_t stream = {.length = stream_length};
    problem_t *problem = secret_source_derive(stream.bytes, stream_length, origin->source,
                                              origin->info, origin->context, pool);

    if (!problem) {
        compose(&stream, text, length, recipe);
        *dry = stream.used == stream_length;
    }
    secret_wipe(&stream, sizeof(stream));
    return problem;
}

static problem_t *make_secret(const char **secret, const recipe_t *recipe, unsigned int length,
                              const origin_t *origin, apr_pool_t *pool)
{
    char *text = apr_palloc(pool, length + 1);
    int dry;
    problem_t *problem =
        make_from_stream(&dry, text, length, recipe, origin, STREAM_BEGINNING, pool);

    if (!problem && dry) {
        problem = make_from_stream(&dry, text, length, recipe, origin, STREAM_LENGTH, pool);
    }
    if (problem) {
        return problem;
    }
    if (dry) {
        return problem_make(pool, PROBLEM_INTERNAL, "the stream of a secret ran dry");
    }
    *secret = text;
    return NULL;
}

problem_t *secret_password(const char **password, const secret_source_t *source, const char *info,
                           const char *context, apr_pool_t *pool)
{
    static const recipe_t recipe = {{UPPER, LOWER, DIGITS, SYMBOLS}, 4, UPPER LOWER DIGITS SYMBOLS};
    const origin_t origin = {source, info, context};

    return make_secret(password, &recipe, SECRET_PASSWORD_LENGTH, &origin, pool);
}

problem_t *secret_word(const char **word, int length, const secret_source_t *source,
                       const char *info, const char *context, apr_pool_t *pool)
{
    static const recipe_t recipe = {{UPPER, LOWER, DIGITS}, 3, UPPER LOWER DIGITS};
    const origin_t origin = {source, info, context};

    if (length < SECRET_WORD_SHORTEST || length > SECRET_WORD_LONGEST) {
        return problem_make(pool, PROBLEM_INTERNAL, "a secret of %d characters was asked for",
                            length);
    }
    return make_secret(word, &recipe, (unsigned int)length, &origin, pool);
}
