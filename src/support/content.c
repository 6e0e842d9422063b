/* SPDX-License-Identifier: Apache-2.0 */
#include "support/content.h"

#include <apr_strings.h>

#include "support/gzip.h"
#include "support/lease.h"
#include "support/secret.h"

/* zlib takes some 270 kB, which are given back at once; without them there is no such form. */
static content_form_t gzipped_form(const content_t *content, apr_pool_t *pool)
{
    content_form_t form = {.coding = "gzip"};
    lease_t *scratch = lease_create();
    if (!scratch) {
        return form;
    }
    form.bytes = gzip_compress(content->plain.bytes, content->plain.length, &form.length, pool,
                               scratch->pool);
    lease_end(scratch);
    if (form.length >= content->plain.length) {
        form.bytes = NULL;
    }
    form.etag = apr_pstrcat(pool, "\"", content->hash, "-gz\"", NULL);
    return form;
}

content_t content_make(const char *bytes, apr_size_t length, apr_pool_t *pool)
{
    content_t content = {.hash = secret_fingerprint(bytes, length, SECRET_FINGERPRINT, pool)};
    content.plain = (content_form_t){.bytes = bytes,
                                     .length = length,
                                     .etag = apr_pstrcat(pool, "\"", content.hash, "\"", NULL)};
    content.gzipped = gzipped_form(&content, pool);
    return content;
}
