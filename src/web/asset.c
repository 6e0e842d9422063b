/* SPDX-License-Identifier: Apache-2.0 */
#include "web/asset.h"

#include <string.h>

#include "web/encoding.h"
#include "web/page.h"
#include "web/session.h"

int asset_send(visit_t *visit)
{
    request_rec *r = visit->r;
    const pages_asset_t *asset = pages_asset(visit->pages, visit->segment);
    if (!asset) {
        return page_problem(
            visit, problem_make(visit->pool, PROBLEM_NOT_FOUND, "asset %s", visit->segment));
    }
    session_stay_out(visit);
    page_set_headers(visit, "public, max-age=31536000, immutable");
    if (strcmp(asset->media_type, "image/svg+xml") == 0) {
        page_set_drawing_policy(visit);
    }
    const content_form_t *form = encoding_choose(r, &asset->content);
    int condition = page_condition(visit);
    return condition == OK ? page_send_content(visit, asset->media_type, form) : condition;
}
