/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our half of render_page.py.
 *
 *     render_page DIR NAME < context and orders
 *
 * The first line of standard input is the context. After it, each line is an order, answered on
 * standard output: "page" with the length of the page and the page, "cost" with an object that
 * says what one page takes, and a number with how many pages were rendered in so many seconds of
 * processor time, and how many seconds these took. As in a server, each page has a pool of its own
 * that is gone afterwards, and the memory of buckets is a connection's.
 */
#include "template/template.h"

#include <apr_general.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 16 }; /* pages between two looks at the clock */

typedef struct bench_t {
    template_set_t *set;
    const char *name;
    json_t *context;
    apr_bucket_alloc_t *buckets;
    apr_pool_t *pool;
} bench_t;

static void give_up(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(1);
}

static apr_bucket_brigade *render(const bench_t *bench, template_cost_t *cost, apr_pool_t *pool)
{
    apr_bucket_brigade *page = apr_brigade_create(pool, bench->buckets);
    template_error_t *error =
        template_render_measured(bench->set, bench->name, bench->context, page, pool, cost);

    if (error) {
        give_up(template_error_text(error, pool));
    }
    return page;
}

static void tell_page(const bench_t *bench)
{
    apr_size_t length;
    apr_pool_t *pool;
    char *text;

    apr_pool_create(&pool, bench->pool);
    apr_brigade_pflatten(render(bench, NULL, pool), &text, &length, pool);
    printf("%" APR_SIZE_T_FMT "\n", length);
    fwrite(text, 1, length, stdout);
    apr_pool_destroy(pool);
}

static unsigned int count_buckets(apr_bucket_brigade *page)
{
    unsigned int count = 0;

    for (apr_bucket *bucket = APR_BRIGADE_FIRST(page); bucket != APR_BRIGADE_SENTINEL(page);
         bucket = APR_BUCKET_NEXT(bucket)) {
        count++;
    }
    return count;
}

static void tell_cost(const bench_t *bench)
{
    template_cost_t cost;
    apr_bucket_brigade *page;
    apr_off_t length;
    apr_pool_t *pool;

    apr_pool_create(&pool, bench->pool);
    page = render(bench, &cost, pool);
    apr_brigade_length(page, 1, &length);
    printf("{\"page\": %lu, \"copied\": %lu, \"buckets\": %u, \"values\": %lu, "
           "\"value_bytes\": %lu, \"blocks\": %lu, \"steps\": %lu}\n",
           (unsigned long)length, (unsigned long)cost.copied, count_buckets(page),
           (unsigned long)cost.allocations, (unsigned long)cost.allocated,
           (unsigned long)cost.blocks, (unsigned long)cost.steps);
    apr_pool_destroy(pool);
}

static double processor_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run(const bench_t *bench, double seconds)
{
    double start = processor_time();
    unsigned long pages = 0;
    double took;

    do {
        for (int i = 0; i < BATCH; i++) {
            apr_pool_t *pool;
            apr_pool_create(&pool, bench->pool);
            render(bench, NULL, pool);
            apr_pool_destroy(pool);
        }
        pages += BATCH;
        took = processor_time() - start;
    } while (took < seconds);
    printf("%lu %.6f\n", pages, took);
}

static void load(bench_t *bench, const char *dir, const char *context)
{
    apr_array_header_t *sources;
    template_error_t *error = template_sources_read(&sources, dir, bench->pool);

    if (!error) {
        error = template_set_create(&bench->set, (const template_source_t *)(void *)sources->elts,
                                    (apr_size_t)sources->nelts, bench->pool);
    }
    if (error) {
        give_up(template_error_text(error, bench->pool));
    }
    bench->context = json_loads(context, 0, NULL);
    if (!bench->context) {
        give_up("the context is no JSON");
    }
}

int main(int argc, const char *const *argv)
{
    bench_t bench = {0};
    char *line = NULL;
    size_t size = 0;

    if (argc != 3 || getline(&line, &size, stdin) < 0) {
        give_up("usage: render_page DIR NAME < context and orders");
    }
    apr_initialize();
    apr_pool_create(&bench.pool, NULL);
    bench.buckets = apr_bucket_alloc_create(bench.pool);
    bench.name = argv[2];
    load(&bench, argv[1], line);
    while (getline(&line, &size, stdin) > 0) {
        if (strcmp(line, "page\n") == 0) {
            tell_page(&bench);
        }
        else if (strcmp(line, "cost\n") == 0) {
            tell_cost(&bench);
        }
        else {
            run(&bench, strtod(line, NULL));
        }
        fflush(stdout);
    }
    free(line);
    json_decref(bench.context);
    apr_pool_destroy(bench.pool);
    apr_terminate();
    return 0;
}
