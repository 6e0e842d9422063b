/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept in memory as it is and gzipped. */
#include "fixture.h"
#include "support/content.h"

static const char repetitive[] = "the same again, the same again, the same again, the same again, "
                                 "the same again, the same again, the same again, the same again";

START_TEST(each_form_has_an_etag_of_its_own)
{
    content_t content = content_make(repetitive, sizeof(repetitive) - 1, pool);

    ck_assert_ptr_eq(content.plain.bytes, repetitive);
    ck_assert_uint_eq(content.plain.length, sizeof(repetitive) - 1);
    ck_assert_ptr_null(content.plain.coding);
    ck_assert_str_eq(content.gzipped.coding, "gzip");
    ck_assert_ptr_nonnull(content.gzipped.bytes);
    ck_assert_uint_lt(content.gzipped.length, content.plain.length);
    ck_assert_str_ne(content.gzipped.etag, content.plain.etag);
    ck_assert_int_eq(content.plain.etag[0], '"');
}
END_TEST

START_TEST(what_gzip_makes_longer_has_no_such_form)
{
    content_t content = content_make("abc", 3, pool);

    ck_assert_ptr_null(content.gzipped.bytes);
    ck_assert_uint_eq(content.plain.length, 3);
}
END_TEST

START_TEST(other_content_has_other_etags)
{
    content_t one = content_make(repetitive, sizeof(repetitive) - 1, pool);
    content_t other = content_make(repetitive, sizeof(repetitive) - 2, pool);
    content_t same = content_make(apr_pstrdup(pool, repetitive), sizeof(repetitive) - 1, pool);

    ck_assert_str_ne(one.plain.etag, other.plain.etag);
    ck_assert_str_ne(one.gzipped.etag, other.gzipped.etag);
    ck_assert_str_eq(one.plain.etag, same.plain.etag);
    ck_assert_str_eq(one.gzipped.etag, same.gzipped.etag);
}
END_TEST

TESTS("content", each_form_has_an_etag_of_its_own, what_gzip_makes_longer_has_no_such_form,
      other_content_has_other_etags)
