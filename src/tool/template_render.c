/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates without a server, for those who write them.
 *
 *     template-render DIR NAME < context.json     the page on standard output
 *     template-render --check DIR                 compiles every file
 *     template-render --serve                     for tests: a case per line
 *
 * An error goes to standard error, with exit status 1; a wrong use with 2.
 *
 * A case is {"templates": {NAME: TEXT}, "name": NAME, "context": {}} on one line; the answer is
 * {"page": TEXT} or {"error": TEXT, "line": N, "name": NAME}, on one line too.
 */
#include "template/template.h"

#include <apr_general.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain(const template_error_t *error, apr_pool_t *pool)
{
    (void)fprintf(stderr, "%s\n", template_error_text(error, pool));
    return 1;
}

static template_error_t *load(template_set_t **set, const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *sources;
    template_error_t *error = template_sources_read(&sources, dir, pool);

    if (!error) {
        error = template_set_create(set, (const template_source_t *)(void *)sources->elts,
                                    (apr_size_t)sources->nelts, pool);
    }
    return error;
}

static int check(const char *dir, apr_pool_t *pool)
{
    template_set_t *set;
    template_error_t *error = load(&set, dir, pool);

    return error ? complain(error, pool) : 0;
}

static int render(const char *dir, const char *name, apr_pool_t *pool)
{
    apr_bucket_alloc_t *list = apr_bucket_alloc_create(pool);
    apr_bucket_brigade *page = apr_brigade_create(pool, list);
    template_error_t *error;
    template_set_t *set;
    json_error_t fault;
    json_t *context;
    char *text;
    apr_size_t length;

    error = load(&set, dir, pool);
    if (error) {
        return complain(error, pool);
    }
    context = json_loadf(stdin, JSON_ALLOW_NUL, &fault);
    if (!context) {
        (void)fprintf(stderr, "context:%d:%d: %s\n", fault.line, fault.column, fault.text);
        return 1;
    }
    error = template_render(set, name, context, page, pool);
    json_decref(context);
    if (error) {
        return complain(error, pool);
    }
    apr_brigade_pflatten(page, &text, &length, pool);
    return fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0 ? 0 : 1;
}

/* ---------------------------------------------------------------- serving cases */

static json_t *tell_error(const template_error_t *error, apr_pool_t *pool)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:s}", "error", error->message, "name",
                     error->name ? error->name : "", "line", error->line, "column", error->column,
                     "text", template_error_text(error, pool));
}

static json_t *run_case(json_t *parts, apr_pool_t *pool)
{
    json_t *templates = json_object_get(parts, "templates");
    template_source_t *sources =
        apr_pcalloc(pool, (json_object_size(templates) + 1) * sizeof(*sources));
    apr_bucket_brigade *page = apr_brigade_create(pool, apr_bucket_alloc_create(pool));
    apr_size_t count = 0;
    template_error_t *error;
    template_set_t *set;
    const char *name;
    json_t *text;
    char *flat;
    apr_size_t length;

    json_object_foreach (templates, name, text) {
        sources[count++] =
            (template_source_t){name, json_string_value(text), json_string_length(text), NULL};
    }
    error = template_set_create(&set, sources, count, pool);
    if (!error) {
        error = template_render(set, json_string_value(json_object_get(parts, "name")),
                                json_object_get(parts, "context"), page, pool);
    }
    if (error) {
        return tell_error(error, pool);
    }
    apr_brigade_pflatten(page, &flat, &length, pool);
    return json_pack("{s:o}", "page", json_stringn(flat, length));
}

static int serve(apr_pool_t *pool)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

    while ((length = getline(&line, &size, stdin)) > 0) {
        apr_pool_t *subpool;
        json_t *parts = json_loadb(line, (size_t)length, JSON_ALLOW_NUL, NULL);
        json_t *answer;

        apr_pool_create(&subpool, pool);
        answer = parts ? run_case(parts, subpool) : json_pack("{s:s}", "error", "no JSON");
        json_dumpf(answer, stdout, JSON_COMPACT);
        putchar('\n');
        (void)fflush(stdout);
        json_decref(answer);
        json_decref(parts);
        apr_pool_destroy(subpool);
    }
    free(line);
    return 0;
}

static int usage(void)
{
    (void)fputs("usage: template-render DIR NAME < context.json\n"
                "       template-render --check DIR\n",
                stderr);
    return 2;
}

int main(int argc, const char *const *argv)
{
    apr_pool_t *pool;
    int status;

    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS) {
        return 1;
    }
    if (argc == 2 && strcmp(argv[1], "--serve") == 0) {
        status = serve(pool);
    }
    else if (argc == 3 && strcmp(argv[1], "--check") == 0) {
        status = check(argv[2], pool);
    }
    else if (argc == 3 && argv[1][0] != '-') {
        status = render(argv[1], argv[2], pool);
    }
    else {
        status = usage();
    }
    apr_pool_destroy(pool);
    apr_terminate();
    return status;
}
