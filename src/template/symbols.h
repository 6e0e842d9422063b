/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_SYMBOLS_H
#define TEMPLATE_SYMBOLS_H

/*
 * Which names a scope uses, and where their values live: Jinja2's rules of scoping, which are
 * decided when compiling.
 *
 * A scope is looked at as a whole before any of it is compiled. A name that is only read is
 * loaded once, when the scope is entered; one that is assigned in the scope is the scope's own
 * from its first line on. An if is no scope, but a name that is assigned in some of its
 * branches only is loaded from outside for the others; for that, branches are looked at in
 * overlays which are then merged.
 */

#include "tree.h"

#include <apr_hash.h>

/* What has a frame of its own when rendering. */
typedef struct function_t {
    const struct function_t *parent;
    unsigned int size;
    apr_hash_t *slots; /* by level and name */
} function_t;

typedef struct symbols_t symbols_t;

function_t *symbols_function(const function_t *parent, apr_pool_t *pool);
symbols_t *symbols_create(const symbols_t *parent, function_t *function, apr_pool_t *pool);

unsigned int symbols_declare(symbols_t *symbols, const char *name); /* a parameter */
void symbols_store(symbols_t *symbols, const char *name);
void symbols_load(symbols_t *symbols, const char *name);

/* Looks through nodes that are executed in the scope. */
void symbols_visit(symbols_t *symbols, const node_t *node);
void symbols_visit_all(symbols_t *symbols, const nodes_t *nodes);
void symbols_visit_target(symbols_t *symbols, const node_t *target); /* of a for or with */

/* Where a name is, seen from a function. The name has been visited. */
slot_t symbols_slot(const symbols_t *symbols, const function_t *from, const char *name);

bool symbols_is_parameter(const symbols_t *symbols, const char *name);

/* What is to be done when the scope is entered. */
loads_t symbols_loads(const symbols_t *symbols, apr_pool_t *pool);

/* All that is assigned in the scope and those around it. */
exports_t symbols_exports(const symbols_t *symbols, const function_t *from, apr_pool_t *pool);

/* Whether nodes read a name before they assign it; blocks are not looked into. */
bool symbols_undeclared(const nodes_t *nodes, const char *name);

#endif
