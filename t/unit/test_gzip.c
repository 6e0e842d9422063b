/* SPDX-License-Identifier: Apache-2.0 */
/* What is compressed once and sent often. */
#include <zlib.h>

#include "fixture.h"
#include "support/gzip.h"

static void assert_comes_back(const char *bytes, apr_size_t length)
{
    apr_size_t compressed;
    const char *gzipped = gzip_compress(bytes, length, &compressed, pool, pool);
    z_stream stream = {.next_in = (Bytef *)(void *)gzipped, .avail_in = (uInt)compressed};
    unsigned char *back = apr_palloc(pool, length + 1);

    ck_assert_ptr_nonnull(gzipped);
    stream.next_out = back;
    stream.avail_out = (uInt)length + 1;
    ck_assert_int_eq(inflateInit2(&stream, 15 + 16), Z_OK); /* gzip alone */
    ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(stream.total_out, length);
    ck_assert_mem_eq(back, bytes, length);
    inflateEnd(&stream);
}

START_TEST(what_is_compressed_comes_back)
{
    char text[100000];
    unsigned i;

    for (i = 0; i < sizeof(text); i++) {
        text[i] = (char)(i * i >> 3);
    }
    assert_comes_back("", 0);
    assert_comes_back("a", 1);
    assert_comes_back(text, sizeof(text));
}
END_TEST

TESTS("gzip", what_is_compressed_comes_back)
