/* SPDX-License-Identifier: Apache-2.0 */
#include "web/badge.h"

#include <apr_strings.h>

#include "support/secret.h"
#include "support/text_width.h"
#include "web/encoding.h"
#include "web/page.h"
#include "web/session.h"

#define BADGE_TEMPLATE "badge.svg"
#define FONT_SIZE      14

static json_t *badge_context(const visit_t *visit)
{
    const config_t *config = visit->config;
    json_t *context = page_context(visit);
    json_int_t width = text_width(config->application_name) * FONT_SIZE / 1000;
    json_object_set_new(context, "name_width", json_integer(width));
    json_object_set_new(context, "accent",
                        config->accent
                            ? json_pack("{s:s, s:s, s:s, s:s}", "light",
                                        colour_text(config->accent->light, visit->pool), "on_light",
                                        colour_text(config->accent->on_light, visit->pool), "dark",
                                        colour_text(config->accent->dark, visit->pool), "on_dark",
                                        colour_text(config->accent->on_dark, visit->pool))
                            : json_null());
    return context;
}

static void set_headers(visit_t *visit, const char *badge, apr_size_t length)
{
    apr_table_t *headers = visit->r->headers_out;
    const char *hash = secret_fingerprint(badge, length, SECRET_FINGERPRINT, visit->pool);
    session_stay_out(visit);
    page_set_headers(visit, "public, max-age=14400");
    page_set_drawing_policy(visit);
    apr_table_setn(headers, "Cross-Origin-Resource-Policy", "cross-origin");
    apr_table_setn(headers, "ETag", apr_pstrcat(visit->pool, "\"", hash, "\"", NULL));
    encoding_forbid(visit->r);
}

int badge_send(visit_t *visit)
{
    char *badge;
    apr_size_t length;
    apr_bucket_brigade *out = apr_brigade_create(visit->pool, visit->r->connection->bucket_alloc);
    template_error_t *error = template_render(visit->pages->templates, BADGE_TEMPLATE,
                                              badge_context(visit), out, visit->pool);
    if (error) {
        apr_brigade_cleanup(out);
        return page_broken(visit, error);
    }
    apr_brigade_pflatten(out, &badge, &length, visit->pool);
    set_headers(visit, badge, length);
    int condition = page_condition(visit);
    return condition == OK ? page_send_brigade(visit, HTTP_OK, "image/svg+xml", out) : condition;
}
