/* SPDX-License-Identifier: Apache-2.0 */
#include "web/encoding.h"

#include "support/accept.h"

/* What may be sent as it is needs no mention, and goes where nothing listed can be had. */
static int prefers_gzip(const request_rec *r)
{
    static const char *const gzip[] = {"gzip", "x-gzip", "*", NULL};
    static const char *const identity[] = {"identity", "*", NULL};
    const char *accept = apr_table_get(r->headers_in, "Accept-Encoding");
    int weight = accept ? accept_weight(accept, gzip, NULL) : ACCEPT_UNLISTED;
    return weight == ACCEPT_MOST || (weight > 0 && weight >= accept_weight(accept, identity, NULL));
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
        if (!r->main && prefers_gzip(r)) { /* a part of another answer has no coding */
            form = &content->gzipped;
            apr_table_setn(r->headers_out, "Content-Encoding", form->coding);
        }
        apr_table_mergen(r->headers_out, "Vary", "Accept-Encoding");
        encoding_forbid(r);
    }
    apr_table_setn(r->headers_out, "ETag", form->etag);
    return form;
}
