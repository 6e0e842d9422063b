/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>

#include <openssl/crypto.h>

#include "fixture.h"
#include "support/secret.h"

static const unsigned char key[32] = "0123456789abcdef0123456789abcdef";

static const char *hex(const unsigned char *bytes, size_t length)
{
    char *text = apr_pcalloc(pool, 2 * length + 1);
    size_t i;

    for (i = 0; i < length; i++) {
        (void)sprintf(text + 2 * i, "%02x", bytes[i]);
    }
    return text;
}

static const char *derived(const char *info, const char *context)
{
    unsigned char out[16];

    ck_assert_fine(secret_derive(out, sizeof(out), key, sizeof(key), info, context, pool));
    return hex(out, sizeof(out));
}

static const secret_source_t *source_of(const unsigned char *bytes, size_t length)
{
    secret_extractor_t *extractor;
    secret_source_t *source;

    ck_assert_fine(secret_extractor_create(&extractor, pool));
    ck_assert_fine(secret_source_create(&source, extractor, bytes, length, pool));
    return source;
}

static const char *password_of(const secret_source_t *source, const char *info, const char *context)
{
    const char *password;

    ck_assert_fine(secret_password(&password, source, info, context, pool));
    return password;
}

static const char *password_for(const char *context)
{
    return password_of(source_of(key, sizeof(key)), "password", context);
}

START_TEST(hkdf_is_rfc_5869)
{
    unsigned char input[22];
    unsigned char out[42];

    memset(input, 0x0b, sizeof(input));
    ck_assert_fine(secret_derive(out, sizeof(out), input, sizeof(input), "", NULL, pool));
    ck_assert_str_eq(hex(out, sizeof(out)), /* test case 3 of its appendix A */
                     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                     "9d201395faa4b61a96c8");
}
END_TEST

START_TEST(info_and_context_are_told_apart)
{
    ck_assert_str_eq(derived("a", "b"), derived("a", "b"));
    ck_assert_str_ne(derived("a", "b"), derived("ab", ""));
    ck_assert_str_ne(derived("ab", ""), derived("ab", NULL));
    ck_assert_str_ne(derived("a", "b"), derived("a", "c"));
    ck_assert_str_ne(derived("a.b", NULL), derived("a", "b"));
}
END_TEST

START_TEST(too_long_a_derivation_is_a_problem)
{
    unsigned char *out = apr_palloc(pool, 8161);

    ck_assert_fine(secret_derive(out, 8160, key, sizeof(key), "x", NULL, pool));
    ck_assert_problem(secret_derive(out, 8161, key, sizeof(key), "x", NULL, pool), INTERNAL);
}
END_TEST

START_TEST(password_is_what_it_always_was)
{
    ck_assert_str_eq(password_for("1234"), "KaDJt%CPr?W#7C6+@fD=EH:T?4XEr%E3");
    ck_assert_str_eq(password_for("5678"), "MJFC3hhYWKEJ?=aKWe*:daTNE37%JhE6");
    ck_assert_str_eq(password_for(NULL), "aWPX3FMrCW2DP7Y@X?726%eY=dL%+84J");
}
END_TEST

START_TEST(passwords_keep_to_their_classes)
{
    int i;

    for (i = 0; i < 3000; i++) {
        const char *password = password_for(apr_itoa(pool, i));
        int upper = 0, lower = 0, digits = 0, symbols = 0;
        const char *at;

        ck_assert_int_eq((int)strlen(password), SECRET_PASSWORD_LENGTH);
        ck_assert(isalpha((unsigned char)password[0]));
        ck_assert_int_eq((int)strcspn(password, "BGIOSUVZ0159bcgijklmopqsuvwxyz \"'\\$`&|<>;!"),
                         SECRET_PASSWORD_LENGTH);
        for (at = password; *at; at++) {
            upper += isupper((unsigned char)*at) != 0;
            lower += islower((unsigned char)*at) != 0;
            digits += isdigit((unsigned char)*at) != 0;
            symbols += strchr("+=@%#?*:", *at) != NULL;
        }
        ck_assert_int_eq(upper + lower + digits + symbols, SECRET_PASSWORD_LENGTH);
        ck_assert(upper >= 2 && lower >= 2 && digits >= 2 && symbols >= 2);
    }
}
END_TEST

/* At every place after the first, characters of a class are as frequent as at any other place: a
 * biased shuffle would leave the reserved ones near their start. */
START_TEST(classes_are_spread_evenly)
{
    enum { PASSWORDS = 8000 };
    int digits[SECRET_PASSWORD_LENGTH] = {0};
    int i, at;
    double expected = 0;
    double chi2 = 0;

    for (i = 0; i < PASSWORDS; i++) {
        const char *password = password_for(apr_itoa(pool, i));

        for (at = 1; at < SECRET_PASSWORD_LENGTH; at++) {
            digits[at] += isdigit((unsigned char)password[at]) != 0;
        }
    }
    for (at = 1; at < SECRET_PASSWORD_LENGTH; at++) {
        expected += digits[at] / (double)(SECRET_PASSWORD_LENGTH - 1);
    }
    /* Two reserved ones, and 6 of 40 in the 23 free places. */
    ck_assert_double_eq_tol(expected / PASSWORDS, (2 + 23 * 6 / 40.0) / 31, 0.004);
    for (at = 1; at < SECRET_PASSWORD_LENGTH; at++) {
        chi2 += pow(digits[at] - expected, 2) / expected;
    }
    ck_assert_msg(chi2 < 59.7, "chi2 %f over 30 degrees of freedom", chi2); /* p = 0.001 */
}
END_TEST

START_TEST(passwords_differ_by_account_and_key)
{
    static const unsigned char other[32] = "another key";

    ck_assert_str_ne(password_for("1"), password_for("2"));
    ck_assert_str_ne(password_of(source_of(other, sizeof(other)), "password", "1"),
                     password_for("1"));
    ck_assert_str_ne(password_of(source_of(key, sizeof(key)), "else", "1"), password_for("1"));
}
END_TEST

START_TEST(base64url_is_rfc_4648)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xfe\xfd", "__79"},
        {"\xfb\xef", "--8"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const unsigned char *bytes = (const unsigned char *)cases[i][0];
        apr_size_t length = strlen(cases[i][0]);
        apr_size_t back;
        unsigned char *decoded = secret_from_base64url(cases[i][1], &back, pool);

        ck_assert_str_eq(secret_base64url(bytes, length, pool), cases[i][1]);
        ck_assert_ptr_nonnull(decoded);
        ck_assert_int_eq((int)back, (int)length);
        ck_assert_mem_eq(decoded, bytes, length);
    }
}
END_TEST

START_TEST(base64url_takes_every_length_there_and_back)
{
    unsigned char bytes[200];
    apr_size_t length;

    for (length = 0; length < sizeof(bytes); length++) {
        apr_size_t back;
        unsigned char *decoded;

        ck_assert_fine(secret_random(bytes, length, pool));
        decoded = secret_from_base64url(secret_base64url(bytes, length, pool), &back, pool);
        ck_assert_ptr_nonnull(decoded);
        ck_assert_int_eq((int)back, (int)length);
        ck_assert_mem_eq(decoded, bytes, length);
    }
}
END_TEST

START_TEST(base64url_refuses_other_spellings)
{
    static const char *const cases[] = {
        "Z",     "Zg==",  "Zg=",    "Zh",  "Zm9=",       "Zm+v", "Zm/v",
        "Zm9v ", " Zm9v", "Zm9v\n", "Zm9", "Z\xc3\xa9g", "Zm9vY"};
    size_t i;
    apr_size_t length;

    for (i = 0; i < COUNT(cases); i++) {
        ck_assert_msg(!secret_from_base64url(cases[i], &length, pool), "%s", cases[i]);
    }
}
END_TEST

START_TEST(words_keep_to_their_classes)
{
    const secret_source_t *source = source_of(key, sizeof(key));
    int length;

    for (length = SECRET_WORD_SHORTEST; length <= SECRET_WORD_LONGEST; length++) {
        const char *word, *again, *other;

        ck_assert_fine(secret_word(&word, length, source, "made", "1", pool));
        ck_assert_fine(secret_word(&again, length, source, "made", "1", pool));
        ck_assert_fine(secret_word(&other, length, source, "made", "2", pool));
        ck_assert_int_eq((int)strlen(word), length);
        ck_assert_int_eq((int)strspn(word, "ACDEFHJKLMNPQRTWXYadefhnrt234678"), length);
        ck_assert_ptr_nonnull(strpbrk(word, "ACDEFHJKLMNPQRTWXY"));
        ck_assert_ptr_nonnull(strpbrk(word, "adefhnrt"));
        ck_assert_ptr_nonnull(strpbrk(word, "234678"));
        ck_assert_str_eq(word, again);
        ck_assert_str_ne(word, other);
    }
}
END_TEST

/* The longest uses up what is nearly always enough. */
START_TEST(long_words_are_what_they_always_were)
{
    const char *word;

    ck_assert_fine(
        secret_word(&word, SECRET_WORD_LONGEST, source_of(key, sizeof(key)), "made", "1", pool));
    ck_assert_str_eq(word, "CAFEWQEF8rCPrYeJeF7YrCQfLePaMP2dd6WFRWCN7eKaXYDECahtRE2LtWtePXdNH37n7rD"
                           "LJLHED8DtRCA4Wr7Y4Kaa6FJFe7DRf7RfHNX8F7WRF6dtDKfdt6rDLDTP");
}
END_TEST

START_TEST(words_have_bounds)
{
    const secret_source_t *source = source_of(key, sizeof(key));
    const char *word;

    ck_assert_problem(secret_word(&word, SECRET_WORD_SHORTEST - 1, source, "made", "1", pool),
                      INTERNAL);
    ck_assert_problem(secret_word(&word, SECRET_WORD_LONGEST + 1, source, "made", "1", pool),
                      INTERNAL);
}
END_TEST

START_TEST(base32_is_crockfords)
{
    static const unsigned char all[] = {0xff, 0xff, 0xff, 0xff, 0xff};
    static const unsigned char one[] = {0x00, 0x44, 0x32, 0x14, 0xc7};
    static const unsigned char odd[] = {0x80};

    ck_assert_str_eq(secret_base32(all, 5, pool), "zzzzzzzz");
    ck_assert_str_eq(secret_base32(one, 5, pool), "01234567");
    ck_assert_str_eq(secret_base32(odd, 1, pool), "g0");
    ck_assert_str_eq(secret_base32(all, 0, pool), "");
}
END_TEST

/* In the place of OpenSSL's: counts what it has compared. */
static size_t compared;

int CRYPTO_memcmp(const void *a, const void *b, size_t length)
{
    compared += length;
    return memcmp(a, b, length);
}

START_TEST(comparing_looks_at_all_of_it)
{
    static const char *const others[] = {"01234567", "X1234567", "0123456X", "XXXXXXXX"};
    size_t i;

    for (i = 0; i < COUNT(others); i++) {
        compared = 0;
        secret_equal("01234567", others[i]);
        ck_assert_uint_eq(compared, 8);
    }
}
END_TEST

START_TEST(equality)
{
    ck_assert(secret_equal("abc", "abc"));
    ck_assert(secret_equal("", ""));
    ck_assert(!secret_equal("abc", "abd"));
    ck_assert(!secret_equal("abc", "ab"));
    ck_assert(!secret_equal("", "a"));
    ck_assert(!secret_equal(NULL, "a"));
    ck_assert(!secret_equal("a", NULL));
    ck_assert(!secret_equal(NULL, NULL));
}
END_TEST

START_TEST(a_pool_wipes_what_it_was_told)
{
    char *text = apr_pstrdup(pool, "secret");
    apr_pool_t *other;

    apr_pool_create(&other, pool);
    secret_wipe_with_pool(text, other);
    secret_wipe_with_pool(NULL, other);
    ck_assert_str_eq(text, "secret");
    apr_pool_destroy(other);
    ck_assert_mem_eq(text, "\0\0\0\0\0\0", 6);
}
END_TEST

START_TEST(random_bytes_differ)
{
    enum { LENGTH = 640, PART = 32 }; /* more than the kernel gives at once */
    unsigned char bytes[LENGTH];
    int i, j;

    ck_assert_fine(secret_random(bytes, LENGTH, pool));
    for (i = 0; i < LENGTH; i += PART) {
        for (j = 0; j < i; j += PART) {
            ck_assert_mem_ne(bytes + i, bytes + j, PART);
        }
    }
}
END_TEST

TESTS("secret", hkdf_is_rfc_5869, info_and_context_are_told_apart,
      too_long_a_derivation_is_a_problem, password_is_what_it_always_was,
      passwords_keep_to_their_classes, classes_are_spread_evenly,
      passwords_differ_by_account_and_key, base64url_is_rfc_4648,
      base64url_takes_every_length_there_and_back, base64url_refuses_other_spellings,
      words_keep_to_their_classes, long_words_are_what_they_always_were, words_have_bounds,
      base32_is_crockfords, equality, comparing_looks_at_all_of_it, a_pool_wipes_what_it_was_told,
      random_bytes_differ)
