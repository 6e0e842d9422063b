/* SPDX-License-Identifier: Apache-2.0 */
#include "support/gzip.h"

#include <apr_strings.h>
#include <zlib.h>

/* zlib's way to ask for a header and trailer of gzip. */
#define GZIP_WINDOW (15 + 16)

static void *take(void *scratch, unsigned int count, unsigned int size)
{
    return apr_palloc(scratch, (apr_size_t)count * size);
}

static void leave_to_pool(void *scratch, void *bytes)
{
    (void)scratch, (void)bytes;
}

const char *gzip_compress(const char *bytes, apr_size_t length, apr_size_t *compressed,
                          apr_pool_t *pool, apr_pool_t *scratch)
{
    z_stream stream = {.next_in = (Bytef *)(void *)bytes,
                       .avail_in = (uInt)length,
                       .zalloc = take,
                       .zfree = leave_to_pool,
                       .opaque = scratch};
    unsigned char *room;
    int status;

    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return NULL;
    }
    stream.avail_out = (uInt)deflateBound(&stream, (uLong)length);
    stream.next_out = room = apr_palloc(scratch, stream.avail_out);
    status = deflate(&stream, Z_FINISH);
    *compressed = stream.total_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END ? apr_pmemdup(pool, room, *compressed) : NULL;
}
