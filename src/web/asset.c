/* SPDX-License-Identifier: Apache-2.0 */
#include "web/asset.h"

#include <http_protocol.h>
#include <string.h>
#include <util_filter.h>

#include "web/encoding.h"
#include "web/page.h"

int asset_send(visit_t *visit)
{
    request_rec *r = visit->r;
    const pages_asset_t *asset = pages_asset(visit->pages, visit->segment);
    if (!asset) {
        return page_problem(
            visit, problem_make(visit->pool, PROBLEM_NOT_FOUND, "asset %s", visit->segment));
    }
    page_set_headers(visit, "public, max-age=31536000, immutable");
    if (strcmp(asset->media_type, "image/svg+xml") == 0) {
        page_set_drawing_policy(visit);
    }
    int is_gzipped = asset->gzipped && encoding_accepts_gzip(r);
    const char *bytes = is_gzipped ? asset->gzipped : asset->content;
    apr_size_t length = is_gzipped ? asset->gzipped_length : asset->length;
    if (asset->gzipped) {
        encoding_set(r, is_gzipped ? "gzip" : NULL, "Accept-Encoding");
    }
    apr_table_setn(r->headers_out, "ETag", is_gzipped ? asset->gzipped_etag : asset->etag);
    int condition = ap_meets_conditions(r);
    if (condition != OK) {
        return condition;
    }
    ap_set_content_type(r, asset->media_type);
    apr_bucket_alloc_t *allocator = r->connection->bucket_alloc;
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, allocator);
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_immortal_create(bytes, length, allocator));
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_eos_create(allocator));
    return ap_pass_brigade(r->output_filters, out) == APR_SUCCESS ? OK : AP_FILTER_ERROR;
}
