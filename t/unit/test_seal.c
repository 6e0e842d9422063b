/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "memory.h"
#include "support/seal.h"
#include "support/secret.h"

#define CONTEXT "/install client-1 flow"

static const apr_time_t now = APR_TIME_C(1795478400) * APR_USEC_PER_SEC;

static seal_ring_t *ring_of(const char *first, const char *second)
{
    const char *secrets[] = {first, second};
    seal_ring_t *ring;

    ck_assert_fine(seal_ring_create(&ring, secrets, second ? 2 : 1, pool));
    return ring;
}

static const char *sealed_by(const seal_ring_t *ring, const char *value)
{
    const char *sealed;

    ck_assert_fine(seal_close(&sealed, ring, CONTEXT, value, strlen(value),
                              now + apr_time_from_sec(60), pool));
    return sealed;
}

static const char *open_with(const seal_ring_t *ring, const char *sealed)
{
    apr_size_t length = 0;
    const char *value = seal_open(ring, CONTEXT, sealed, now, &length, pool);

    if (value) {
        ck_assert_int_eq((int)length, (int)strlen(value));
    }
    return value;
}

START_TEST(what_is_sealed_opens)
{
    const seal_ring_t *ring = ring_of("key", NULL);

    ck_assert_str_eq(open_with(ring, sealed_by(ring, "{\"a\":1}")), "{\"a\":1}");
    ck_assert_str_eq(open_with(ring, sealed_by(ring, "")), "");
}
END_TEST

START_TEST(values_of_any_bytes_and_length_open)
{
    const seal_ring_t *ring = ring_of("key", NULL);
    apr_size_t length;

    for (length = 0; length < 300; length += 7) {
        unsigned char *value = apr_palloc(pool, length + 1);
        const char *sealed, *opened;
        apr_size_t back;

        ck_assert_fine(secret_random(value, length, pool));
        ck_assert_fine(seal_close(&sealed, ring, CONTEXT, (const char *)value, length,
                                  now + apr_time_from_sec(60), pool));
        opened = seal_open(ring, CONTEXT, sealed, now, &back, pool);
        ck_assert_ptr_nonnull(opened);
        ck_assert_int_eq((int)back, (int)length);
        ck_assert_mem_eq(opened, value, length);
        ck_assert_int_eq(opened[length], 0);
    }
}
END_TEST

START_TEST(the_layout_is_the_diagram)
{
    const seal_ring_t *ring = ring_of("key", NULL);
    apr_size_t length;
    unsigned char *bytes = secret_from_base64url(sealed_by(ring, "12345"), &length, pool);

    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq((int)length, 1 + 12 + 8 + 5 + 16);
    ck_assert_int_eq(bytes[0], 1);
    ck_assert_str_ne(sealed_by(ring, "12345"), sealed_by(ring, "12345"));
}
END_TEST

/* Sealed once, by another implementation of the diagram: must open for ever. */
START_TEST(an_old_value_opens)
{
    ck_assert_str_eq(
        open_with(ring_of("a long secret key", NULL),
                  "AQABAgMEBQYHCAkKC3e6SsLxJMHbXxm69pRZEZVE4dTiG73GV64A0EfmkT1v5m43vHwRBQ"),
        "{\"flow\":\"7f3k\"}");
}
END_TEST

START_TEST(no_flipped_bit_opens)
{
    const seal_ring_t *ring = ring_of("key", "old key");
    apr_size_t length, bit;
    unsigned char *bytes = secret_from_base64url(sealed_by(ring, "value"), &length, pool);

    for (bit = 0; bit < length * 8; bit++) {
        bytes[bit / 8] = (unsigned char)(bytes[bit / 8] ^ (1 << (bit % 8)));
        ck_assert_ptr_null(open_with(ring, secret_base64url(bytes, length, pool)));
        bytes[bit / 8] = (unsigned char)(bytes[bit / 8] ^ (1 << (bit % 8)));
    }
    ck_assert_str_eq(open_with(ring, secret_base64url(bytes, length, pool)), "value");
}
END_TEST

/* Decrypted before the tag tells that it is none of ours. */
START_TEST(what_does_not_open_leaves_nothing_behind)
{
    const seal_ring_t *ring = ring_of("key", NULL);
    char value[64];
    char *sealed;

    apr_snprintf(value, sizeof(value), "%s%s", "a root pass", "word");
    sealed = apr_pstrdup(pool, sealed_by(ring, value));
    secret_wipe(value, sizeof(value));
    sealed[strlen(sealed) - 2] ^= 1;
    ck_assert_ptr_null(open_with(ring, sealed));
    ck_assert_int_eq((int)copies_in_memory("a root pass", "word"), 0);
}
END_TEST

START_TEST(no_truncation_or_extension_opens)
{
    const seal_ring_t *ring = ring_of("key", NULL);
    const char *sealed = sealed_by(ring, "value");
    apr_size_t length, end;
    unsigned char *bytes = secret_from_base64url(sealed, &length, pool);

    for (end = 0; end < strlen(sealed); end++) {
        ck_assert_ptr_null(open_with(ring, apr_pstrndup(pool, sealed, end)));
        ck_assert_ptr_null(open_with(ring, sealed + end + 1));
    }
    for (end = 0; end < length; end++) {
        ck_assert_ptr_null(open_with(ring, secret_base64url(bytes, end, pool)));
    }
    ck_assert_ptr_null(open_with(ring, apr_pstrcat(pool, sealed, "A", NULL)));
    ck_assert_ptr_null(open_with(ring, apr_pstrcat(pool, sealed, "=", NULL)));
    ck_assert_ptr_null(open_with(ring, apr_pstrcat(pool, sealed, "AAAA", NULL)));
    ck_assert_ptr_null(open_with(ring, apr_pstrcat(pool, sealed, sealed, NULL)));
}
END_TEST

START_TEST(noise_does_not_open)
{
    const seal_ring_t *ring = ring_of("key", NULL);
    unsigned char bytes[120];
    int i;

    ck_assert_ptr_null(open_with(ring, NULL));
    ck_assert_ptr_null(open_with(ring, ""));
    for (i = 0; i < 2000; i++) {
        ck_assert_fine(secret_random(bytes, sizeof(bytes), pool));
        bytes[0] = 1;
        ck_assert_ptr_null(open_with(ring, secret_base64url(bytes, (apr_size_t)(i % 120), pool)));
    }
}
END_TEST

START_TEST(the_context_must_be_the_same)
{
    static const char *const others[] = {"", "/install client-1 flo", "/install client-1 flow ",
                                         "/install client-2 flow", "/Install client-1 flow"};
    const seal_ring_t *ring = ring_of("key", NULL);
    const char *sealed = sealed_by(ring, "value");
    apr_size_t length;
    size_t i;

    for (i = 0; i < COUNT(others); i++) {
        ck_assert_ptr_null(seal_open(ring, others[i], sealed, now, &length, pool));
    }
}
END_TEST

START_TEST(a_value_ends_when_it_was_said)
{
    const seal_ring_t *ring = ring_of("key", NULL);
    const char *sealed;
    apr_size_t length;
    apr_time_t expires = now + 1500000; /* rounded up to a whole second */

    ck_assert_fine(seal_close(&sealed, ring, CONTEXT, "v", 1, expires, pool));
    ck_assert_ptr_nonnull(seal_open(ring, CONTEXT, sealed, now, &length, pool));
    ck_assert_ptr_nonnull(seal_open(ring, CONTEXT, sealed, expires, &length, pool));
    ck_assert_ptr_null(seal_open(ring, CONTEXT, sealed, now + apr_time_from_sec(2), &length, pool));
    ck_assert_ptr_null(
        seal_open(ring, CONTEXT, sealed, now + apr_time_from_sec(1000000), &length, pool));
    ck_assert_fine(seal_close(&sealed, ring, CONTEXT, "v", 1, 0, pool));
    ck_assert_ptr_null(seal_open(ring, CONTEXT, sealed, now, &length, pool));
    ck_assert_fine(seal_close(&sealed, ring, CONTEXT, "v", 1, -5, pool));
    ck_assert_ptr_null(seal_open(ring, CONTEXT, sealed, now, &length, pool));
}
END_TEST

START_TEST(keys_can_be_replaced)
{
    const char *by_old = sealed_by(ring_of("old", NULL), "value");
    const char *by_new = sealed_by(ring_of("new", "old"), "value");

    ck_assert_str_eq(open_with(ring_of("new", "old"), by_old), "value");
    ck_assert_str_eq(open_with(ring_of("new", NULL), by_new), "value");
    ck_assert_ptr_null(open_with(ring_of("old", NULL), by_new));
    ck_assert_ptr_null(open_with(ring_of("new", NULL), by_old));
}
END_TEST

static const seal_ring_t *derived(const seal_ring_t *ring, const char *purpose)
{
    seal_ring_t *made = NULL;

    ck_assert_fine(seal_ring_derive(&made, ring, purpose, pool));
    return made;
}

START_TEST(a_derived_ring_is_for_its_purpose)
{
    const seal_ring_t *ring = ring_of("new", "old");
    const char *by_ring = sealed_by(ring, "value");
    const char *by_old = sealed_by(derived(ring_of("old", NULL), "one"), "value");

    ck_assert_str_eq(open_with(derived(ring, "one"), by_old), "value");
    ck_assert_ptr_null(open_with(derived(ring, "other"), by_old));
    ck_assert_ptr_null(open_with(ring, by_old));
    ck_assert_ptr_null(open_with(derived(ring, "one"), by_ring));
}
END_TEST

TESTS("seal", what_is_sealed_opens, values_of_any_bytes_and_length_open, the_layout_is_the_diagram,
      an_old_value_opens, no_flipped_bit_opens, what_does_not_open_leaves_nothing_behind,
      no_truncation_or_extension_opens, noise_does_not_open, the_context_must_be_the_same,
      a_value_ends_when_it_was_said, keys_can_be_replaced, a_derived_ring_is_for_its_purpose)
