/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_COMPILE_H
#define TEMPLATE_COMPILE_H

/*
 * From the parser's tree to what the renderer walks: names become slots, constants are
 * computed, literal text is fused, known templates are linked.
 *
 * Where Jinja2's own compiler decides something for good (whether a print is escaped, whether
 * a child template's text is output, how constants are joined), the same is decided here, even
 * where deciding it when rendering would be more sensible.
 */

#include "parser.h"
#include "symbols.h"

typedef struct compile_t {
    apr_pool_t *pool;
    apr_pool_t *scratch; /* for what nobody needs once the set is compiled */
    heap_t *heap;
    const template_set_t *set;
    template_t *template;
    apr_hash_t *names;     /* that are interned */
    apr_hash_t *block_ids; /* name -> id + 1, for the whole set */
    unsigned int *block_count;
    bool autoescape;
    bool is_volatile; /* autoescape is only known when rendering */
    bool extends;     /* a certain extends has been seen */
    unsigned int extends_count;
} compile_t;

/* Where a statement stands. */
typedef struct place_t {
    symbols_t *symbols;
    function_t *function;
    bool top;  /* level of the template: assignments are exported */
    bool root; /* and not even within an if */
    bool soft; /* within an if: unknown filters fail when they are used, not now */
    bool output_check;
    bool captured; /* what is written here is not the page's yet */
} place_t;

/* The template's nodes have been parsed into its body. */
template_error_t *compile_template(compile_t *compile);

/* expression half (resolve.c) */
template_error_t *resolve(compile_t *compile, const place_t *place, node_t *node);
template_error_t *resolve_all(compile_t *compile, const place_t *place, const nodes_t *nodes);
template_error_t *resolve_output(compile_t *compile, const place_t *place, nodes_t *items);

/* Computing constants (fold.c). */
void fold(compile_t *compile, node_t *node);
/* To the text that a constant prints as; false if it has to wait. */
bool fold_output(compile_t *compile, node_t *node);

const char *compile_name(const compile_t *compile, const char *name);

template_error_t *compile_fail(const compile_t *compile, const node_t *node, const char *format,
                               ...) __attribute__((format(printf, 3, 4)));

#endif
