/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_NAMES_H
#define TEMPLATE_NAMES_H

/* What the walk over the tree and the tables of names need of each other. */

#include "symbols.h"

#include <apr_tables.h>

/* An overlay for one branch of an if, and the three branches put together again. */
symbols_t *symbols_overlay(const symbols_t *base);
void symbols_merge(symbols_t *symbols, symbols_t *const branches[3]);

/* Collects the block statements in nodes, as const node_t *. */
void names_blocks(const nodes_t *nodes, apr_array_header_t *blocks);

/* Whether there is an extends anywhere. */
bool names_has_extends(const nodes_t *nodes);

#endif
