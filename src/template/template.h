/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

/*
 * The Jinja2 language (3.1) on APR: templates are compiled once into an immutable set, and
 * rendered from a JSON context into a bucket brigade.
 *
 * The reference is Python's jinja2.Environment(autoescape=True, extensions=['jinja2.ext.do',
 * 'jinja2.ext.loopcontrols']): what it renders from a JSON context comes out here byte for
 * byte, or is refused with an error that says where and why. README.md in t/template lists
 * what is refused.
 *
 * Ownership: everything that template_set_create() makes lives in its pool. The texts of the
 * sources are not copied, and long literals become buckets that point into them: the texts, the
 * set and its pool outlive every brigade that was rendered from the set. What a rendering needs
 * meanwhile lives in a subpool of the pool it is given and is gone when it returns; the buckets
 * of values are heap buckets and belong to the brigade.
 *
 * Threads: a set never changes after it was created; any number of threads render from it at
 * once, without a lock. A context is only read, its reference counts are left alone, and many
 * threads may share one.
 *
 * Errors: a function that can fail returns template_error_t *, NULL for success.
 */

#include <stddef.h> /* before APR, whose rings then use offsetof() and no null pointers */

#include <apr_buckets.h>
#include <apr_pools.h>
#include <apr_tables.h>
#include <jansson.h>

/* One text of a template set. */
typedef struct template_source_t {
    const char *name; /* what extends, include and import call it */
    const char *text; /* UTF-8; need not end in NUL */
    apr_size_t length;
    const char *path; /* file for messages, or NULL */
} template_source_t;

typedef struct template_error_t {
    const char *name; /* of the template, or NULL */
    const char *path; /* its file, or NULL */
    int line;         /* from 1; 0 = unknown */
    int column;       /* from 1, in characters; 0 = unknown */
    const char *message;
    const char *excerpt; /* the line with a caret below, or NULL */
} template_error_t;

/* What one rendering may use. No template can hang a server or eat its memory. */
typedef struct template_limits_t {
    apr_size_t output;      /* bytes of the page */
    apr_size_t memory;      /* bytes of values made on the way */
    apr_uint64_t steps;     /* statements, expressions and loop passes */
    unsigned int recursion; /* macros, includes, blocks and recursive loops within each other */
} template_limits_t;

typedef struct template_set_t template_set_t;

/* 64 MB of page, 256 MB of values, 50 million steps, 200 levels. */
template_limits_t template_limits_default(void);

/* Compiles every source. The default limits hold. */
template_error_t *template_set_create(template_set_t **set, const template_source_t *sources,
                                      apr_size_t count, apr_pool_t *pool);

/* Other limits. To be called before the set is shared by threads. */
void template_set_limit(template_set_t *set, const template_limits_t *limits);

/*
 * Appends the rendered page to out. The context is an object, or NULL for an empty one. After
 * an error, out holds what it held before.
 */
template_error_t *template_render(const template_set_t *set, const char *name,
                                  const json_t *context, apr_bucket_brigade *out, apr_pool_t *pool);

/* What a rendering took, for benchmarks. */
typedef struct template_cost_t {
    apr_size_t allocations; /* of values, out of the scratch memory */
    apr_size_t allocated;   /* bytes of them */
    apr_size_t blocks;      /* of the pool that they came from */
    apr_size_t copied;      /* bytes of the page that were copied into buckets */
    apr_uint64_t steps;
} template_cost_t;

template_error_t *template_render_measured(const template_set_t *set, const char *name,
                                           const json_t *context, apr_bucket_brigade *out,
                                           apr_pool_t *pool, template_cost_t *cost);

/* "path:line:column: message", and below it the excerpt if there is one. */
const char *template_error_text(const template_error_t *error, apr_pool_t *pool);

/*
 * Reads every file below a directory, in the order of their names, into an array of
 * template_source_t. In subdirectories the name has slashes. Names that begin with a dot are
 * left out.
 */
template_error_t *template_sources_read(apr_array_header_t **sources, const char *dir,
                                        apr_pool_t *pool);

#endif
