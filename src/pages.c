/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <apr_strings.h>
#include <string.h>

#include "embedded.h"
#include "support/json.h"

#define ASSETS "assets/"
#define FORM   "configure.html"
#define STYLE  "style.css"

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

/* A file of the operator's replaces the built-in one of its name. */
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
static int speaks_of_problems(const template_source_t *form)
{
    static const char word[] = "problem";
    return form && memmem(form->text, form->length, word, sizeof(word) - 1);
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

static const char *stem_of(const char *name, apr_pool_t *pool)
{
    const char *dot = strrchr(name, '.');
    return dot ? apr_pstrmemdup(pool, name, (apr_size_t)(dot - name)) : name;
}

/* style.css is served as style.<hash>.css, so that it may be cached for ever. */
static pages_asset_t make_asset(const char *name, const char *content, apr_size_t length,
                                apr_pool_t *pool)
{
    const char *dot = strrchr(name, '.');
    content_t kept = content_make(content, length, pool);
    return (pages_asset_t){
        .name = name,
        .served_as = apr_pstrcat(pool, stem_of(name, pool), ".", kept.hash, dot ? dot : "", NULL),
        .media_type = media_type_of(name),
        .content = kept};
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

/* A style sheet of the operator's gets the rules too: they give values to names, no more. */
static pages_asset_t with_rules(const pages_asset_t *style, const char *rules, apr_pool_t *pool)
{
    const content_form_t *plain = &style->content.plain;
    apr_size_t length = plain->length + strlen(rules);
    char *text = apr_palloc(pool, length + 1);
    memcpy(text, plain->bytes, plain->length);
    memcpy(text + plain->length, rules, strlen(rules) + 1);
    return make_asset(style->name, text, length, pool);
}

/* The mount's own: its colour, its logo (after one of that name among the files, so that pages
 * refer to this one), and the addresses. */
static void dress(pages_t *pages, const pages_look_t *look, apr_pool_t *pool)
{
    pages->assets = apr_array_copy(pool, pages->files);
    if (look->logo) {
        APR_ARRAY_PUSH(pages->assets, pages_asset_t) =
            make_asset(look->logo->name, look->logo->content, look->logo->length, pool);
    }
    pages->asset_urls = json_in_pool(json_object(), pool);
    for (int i = 0; i < pages->assets->nelts; i++) {
        pages_asset_t *asset = &APR_ARRAY_IDX(pages->assets, i, pages_asset_t);
        if (look->rules && strcmp(asset->name, STYLE) == 0) {
            *asset = with_rules(asset, look->rules, pool);
        }
        json_object_set_new(
            pages->asset_urls, stem_of(asset->name, pool),
            json_string(apr_pstrcat(pool, look->base, "/" ASSETS, asset->served_as, NULL)));
    }
}

template_error_t *pages_make(pages_t **result, const apr_array_header_t *own,
                             const pages_look_t *look, apr_pool_t *pool)
{
    pages_t *pages = apr_pcalloc(pool, sizeof(*pages));
    apr_array_header_t *files = built_in_files(pool);
    apr_array_header_t *texts = apr_array_make(pool, files->nelts, sizeof(template_source_t));

    pages->files = apr_array_make(pool, 4, sizeof(pages_asset_t));
    if (own) {
        replace_files(files, own);
    }
    for (int i = 0; i < files->nelts; i++) {
        const template_source_t *file = &APR_ARRAY_IDX(files, i, template_source_t);
        if (strncmp(file->name, ASSETS, strlen(ASSETS)) == 0) {
            APR_ARRAY_PUSH(pages->files, pages_asset_t) =
                make_asset(file->name + strlen(ASSETS), file->text, file->length, pool);
        }
        else {
            APR_ARRAY_PUSH(texts, template_source_t) = *file;
        }
    }
    dress(pages, look, pool);
    pages->form_tells = speaks_of_problems(file_of_name(files, FORM));
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

pages_t *pages_for_look(const pages_t *pages, const pages_look_t *look, apr_pool_t *pool)
{
    pages_t *other = apr_pmemdup(pool, pages, sizeof(*pages));
    dress(other, look, pool);
    return other;
}
