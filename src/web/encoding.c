/* SPDX-License-Identifier: Apache-2.0 */
#include "web/encoding.h"

#include <apr_lib.h>
#include <string.h>

/* Whether an element of Accept-Encoding such as "gzip;q=0.5" has a weight above zero. */
static int is_wanted(const char *element)
{
    const char *q = strstr(element, "q=");
    return !q || apr_isdigit(q[2 + strspn(q + 2, "0.")]);
}

static int accepts_gzip(const request_rec *r)
{
    const char *accept = apr_table_get(r->headers_in, "Accept-Encoding");
    while (accept && *accept) {
        const char *element = ap_getword(r->pool, &accept, ',');
        element += strspn(element, " \t");
        apr_size_t length = strcspn(element, "; \t");
        if (length == 4 && ap_cstr_casecmpn(element, "gzip", 4) == 0) {
            return is_wanted(element);
        }
    }
    return 0;
}

void encoding_forbid(request_rec *r)
{
    apr_table_setn(r->subprocess_env, "no-gzip", "1");
    apr_table_setn(r->subprocess_env, "no-brotli", "1");
}

const content_form_t *encoding_choose(request_rec *r, const content_t *content)
{
    const content_form_t *form = &content->plain;
    if (content->gzipped.bytes) {
        if (!r->main && accepts_gzip(r)) { /* a part of another answer has no coding */
            form = &content->gzipped;
            apr_table_setn(r->headers_out, "Content-Encoding", form->coding);
        }
        apr_table_mergen(r->headers_out, "Vary", "Accept-Encoding");
        encoding_forbid(r);
    }
    apr_table_setn(r->headers_out, "ETag", form->etag);
    return form;
}
