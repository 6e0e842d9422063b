/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <apr_strings.h>
#include <openssl/evp.h>
#include <string.h>

#include "embedded.h"
#include "support/json.h"
#include "support/secret.h"

#define ASSETS "assets/"
#define FORM   "configure.html"
#define STYLE  ASSETS "style.css"

/* ---------------------------------------------------------------- files */

static apr_array_header_t *built_in_files(apr_pool_t *pool)
{
    apr_array_header_t *files = apr_array_make(pool, 16, sizeof(template_source_t));
    for (const embedded_file_t *file = embedded_files; file->name; file++) {
        template_source_t source = {file->name, file->content, file->length, NULL};
        APR_ARRAY_PUSH(files, template_source_t) = source;
    }
    return files;
}

static template_source_t *file_of_name(const apr_array_header_t *files, const char *name)
{
    for (int i = 0; i < files->nelts; i++) {
        template_source_t *file = &APR_ARRAY_IDX(files, i, template_source_t);
        if (strcmp(file->name, name) == 0) {
            return file;
        }
    }
    return NULL;
}

/* A file of the vendor's replaces the built-in one of its name. */
static void replace_files(apr_array_header_t *files, const apr_array_header_t *own)
{
    for (int i = 0; i < own->nelts; i++) {
        const template_source_t *source = &APR_ARRAY_IDX(own, i, template_source_t);
        template_source_t *old = file_of_name(files, source->name);
        if (!old) {
            old = apr_array_push(files);
        }
        *old = *source;
    }
}

/* Pages written for Linode's guide know of no problem: their form would come back without a word.
 */
static int speaks_of_problems(const template_source_t *form, apr_pool_t *pool)
{
    return form && strstr(apr_pstrmemdup(pool, form->text, form->length), "problem");
}

/* ---------------------------------------------------------------- assets */

static const char *media_type_of(const char *name)
{
    static const char *const types[][2] = {{".css", "text/css; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".svg", "image/svg+xml"},
                                           {".png", "image/png"},
                                           {".ico", "image/x-icon"},
                                           {".woff2", "font/woff2"}};
    const char *dot = strrchr(name, '.');
    for (unsigned i = 0; dot && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(dot, types[i][0]) == 0) {
            return types[i][1];
        }
    }
    return "application/octet-stream";
}

/* assets/style.css is served as assets/style.<hash>.css, so that it may be cached for ever. */
static void add_asset(pages_t *pages, const template_source_t *file, const char *base,
                      apr_pool_t *pool)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    pages_asset_t *asset = apr_array_push(pages->assets);
    const char *name = file->name + strlen(ASSETS);
    const char *dot = strrchr(name, '.');
    const char *stem = dot ? apr_pstrmemdup(pool, name, (apr_size_t)(dot - name)) : name;

    EVP_Digest(file->text, file->length, digest, NULL, EVP_sha256(), NULL);
    const char *hash = secret_base32(digest, 10, pool);
    asset->name = name;
    asset->served_as = apr_pstrcat(pool, stem, ".", hash, dot ? dot : "", NULL);
    asset->etag = apr_pstrcat(pool, "\"", hash, "\"", NULL);
    asset->media_type = media_type_of(name);
    asset->content = file->text;
    asset->length = file->length;
    json_object_set_new(pages->asset_urls, stem,
                        json_string(apr_pstrcat(pool, base, "/" ASSETS, asset->served_as, NULL)));
}

const pages_asset_t *pages_asset(const pages_t *pages, const char *served_as)
{
    for (int i = 0; i < pages->assets->nelts; i++) {
        const pages_asset_t *asset = &APR_ARRAY_IDX(pages->assets, i, pages_asset_t);
        if (strcmp(asset->served_as, served_as) == 0) {
            return asset;
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- pages */

/* A style sheet of the vendor's gets the rules too: they give values to names, no more. */
static void add_rules(apr_array_header_t *files, const char *rules, apr_pool_t *pool)
{
    template_source_t *style = file_of_name(files, STYLE);
    if (!style) {
        return;
    }
    char *text = apr_palloc(pool, style->length + strlen(rules) + 1);
    memcpy(text, style->text, style->length);
    memcpy(text + style->length, rules, strlen(rules) + 1);
    style->text = text;
    style->length += strlen(rules);
}

/* After one of that name among the vendor's files, so that pages refer to this one. */
static void add_logo(apr_array_header_t *files, const logo_t *logo, apr_pool_t *pool)
{
    const char *name = apr_pstrcat(pool, ASSETS, logo->name, NULL);
    template_source_t file = {name, logo->content, logo->length, NULL};
    APR_ARRAY_PUSH(files, template_source_t) = file;
}

template_error_t *pages_make(pages_t **result, const apr_array_header_t *own,
                             const pages_look_t *look, apr_pool_t *pool)
{
    pages_t *pages = apr_pcalloc(pool, sizeof(*pages));
    apr_array_header_t *files = built_in_files(pool);
    apr_array_header_t *texts = apr_array_make(pool, files->nelts, sizeof(template_source_t));

    pages->assets = apr_array_make(pool, 4, sizeof(pages_asset_t));
    pages->asset_urls = json_in_pool(json_object(), pool);
    if (own) {
        replace_files(files, own);
    }
    if (look->rules) {
        add_rules(files, look->rules, pool);
    }
    if (look->logo) {
        add_logo(files, look->logo, pool);
    }
    for (int i = 0; i < files->nelts; i++) {
        const template_source_t *file = &APR_ARRAY_IDX(files, i, template_source_t);
        if (strncmp(file->name, ASSETS, strlen(ASSETS)) == 0) {
            add_asset(pages, file, look->base, pool);
        }
        else {
            APR_ARRAY_PUSH(texts, template_source_t) = *file;
        }
    }
    pages->form_tells = speaks_of_problems(file_of_name(files, FORM), pool);
    *result = pages;
    return template_set_create(&pages->templates, (const template_source_t *)texts->elts,
                               (apr_size_t)texts->nelts, pool);
}

template_error_t *pages_read(pages_t **pages, const pages_look_t *look, apr_pool_t *pool)
{
    apr_array_header_t *own = NULL;
    template_error_t *error =
        look->directory ? template_sources_read(&own, look->directory, pool) : NULL;
    return error ? error : pages_make(pages, own, look, pool);
}
