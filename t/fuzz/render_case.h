/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FUZZ_RENDER_CASE_H
#define FUZZ_RENDER_CASE_H

/*
 * What both template fuzzers do with a set of templates: compile it, and if it compiles, render
 * "main" twice in the context of the written corpus, within small limits. Beyond what the
 * sanitizers see, three things have to hold: a page is valid UTF-8, it keeps to its limit, and the
 * second rendering says what the first one said, because a set never changes.
 *
 * Programs are started in the repository's top directory, where the context is found.
 */
#include "template/template.h"

#include <apr_general.h>
#include <apr_strings.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const template_limits_t fuzz_limits = {
    .output = 256 * 1024,
    .memory = 4 * 1024 * 1024,
    .steps = 20000,
    .recursion = 200,
};

static apr_pool_t *fuzz_pool;
static json_t *fuzz_context;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    json_error_t fault;

    (void)argc;
    (void)argv;
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&fuzz_pool, NULL) != APR_SUCCESS) {
        abort();
    }
    fuzz_context = json_load_file("t/template/corpus/context.json", 0, &fault);
    if (!fuzz_context) {
        fprintf(stderr, "t/template/corpus/context.json: %s\n", fault.text);
        abort();
    }
    return 0;
}

static void fuzz_check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "this does not hold: %s\n", what);
        abort();
    }
}

/* The page, or the text of the error. */
static const char *fuzz_render(const template_set_t *set, apr_pool_t *pool)
{
    apr_bucket_alloc_t *list = apr_bucket_alloc_create(pool);
    apr_bucket_brigade *out = apr_brigade_create(pool, list);
    template_error_t *error = template_render(set, "main", fuzz_context, out, pool);
    apr_size_t length;
    json_t *checked;
    char *page;

    if (error) {
        fuzz_check(APR_BRIGADE_EMPTY(out), "a failed rendering leaves nothing");
        fuzz_check(error->message && *error->message, "an error has a message");
        return template_error_text(error, pool);
    }
    apr_brigade_pflatten(out, &page, &length, pool);
    fuzz_check(length <= fuzz_limits.output, "the limit of a page");
    checked = json_stringn(page, length);
    fuzz_check(checked != NULL, "a page is valid UTF-8");
    json_decref(checked);
    return apr_pstrmemdup(pool, page, length);
}

static void fuzz_case(const template_source_t *sources, apr_size_t count, int repeatable,
                      apr_pool_t *pool)
{
    template_set_t *set;
    template_error_t *error = template_set_create(&set, sources, count, pool);
    const char *first;
    const char *second;

    if (error) {
        fuzz_check(*template_error_text(error, pool) != '\0', "an error has a text");
        return;
    }
    template_set_limit(set, &fuzz_limits);
    first = fuzz_render(set, pool);
    second = fuzz_render(set, pool);
    fuzz_check(!repeatable || strcmp(first, second) == 0, "a set renders the same twice");
}

/* Whether nothing in a text is random. */
static int fuzz_is_repeatable(const char *text, apr_size_t length)
{
    return memmem(text, length, "random", 6) == NULL;
}

#endif
