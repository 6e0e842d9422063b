/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walks over the tree to see which names are read and assigned where. A walk stops at what is
 * a scope of its own: only those parts of it are visited that belong to the scope around.
 */
#include "names.h"

#include <string.h>

typedef void visit_t(void *baton, const node_t *node);

static void each(const nodes_t *nodes, visit_t *visit, void *baton)
{
    for (unsigned int i = 0; i < nodes->count; i++) {
        visit(baton, nodes->items[i]);
    }
}

static void maybe(const node_t *node, visit_t *visit, void *baton)
{
    if (node) {
        visit(baton, node);
    }
}

static void each_argument(const arguments_t *arguments, visit_t *visit, void *baton)
{
    each(&arguments->positional, visit, baton);
    each(&arguments->keywords, visit, baton);
    maybe(arguments->rest, visit, baton);
    maybe(arguments->rest_named, visit, baton);
}

/* What is in an expression. */
static void each_operand(const node_t *node, visit_t *visit, void *baton)
{
    switch (node->kind) {
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_CONCAT:
    case NODE_DO:
        each(&node->as.list, visit, baton);
        break;
    case NODE_DICT:
        each(&node->as.dict.keys, visit, baton);
        each(&node->as.dict.items, visit, baton);
        break;
    case NODE_CONDITION:
        visit(baton, node->as.condition.test);
        visit(baton, node->as.condition.yes);
        maybe(node->as.condition.no, visit, baton);
        break;
    case NODE_OR:
    case NODE_AND:
    case NODE_NOT:
    case NODE_BINARY:
    case NODE_NEGATIVE:
    case NODE_POSITIVE:
        visit(baton, node->as.binary.left);
        maybe(node->as.binary.right, visit, baton);
        break;
    case NODE_COMPARE:
        visit(baton, node->as.compare.first);
        each(&node->as.compare.others, visit, baton);
        break;
    case NODE_ATTRIBUTE:
        visit(baton, node->as.attribute.object);
        break;
    case NODE_ITEM:
        visit(baton, node->as.item.object);
        visit(baton, node->as.item.index);
        break;
    case NODE_SLICE:
        maybe(node->as.slice.start, visit, baton);
        maybe(node->as.slice.stop, visit, baton);
        maybe(node->as.slice.step, visit, baton);
        break;
    case NODE_CALL:
        visit(baton, node->as.call.callee);
        each_argument(node->as.call.arguments, visit, baton);
        break;
    case NODE_FILTER:
    case NODE_TEST:
        maybe(node->as.filter.operand, visit, baton);
        each_argument(node->as.filter.arguments, visit, baton);
        break;
    default:
        break;
    }
}

/* What is in a statement, whatever scope it belongs to, in the order that Jinja2 has. */
static void each_part(const node_t *node, visit_t *visit, void *baton)
{
    switch (node->kind) {
    case NODE_OUTPUT:
        each(&node->as.output.items, visit, baton);
        break;
    case NODE_FOR:
        visit(baton, node->as.loop->target);
        visit(baton, node->as.loop->iterable);
        each(&node->as.loop->body, visit, baton);
        each(&node->as.loop->otherwise, visit, baton);
        maybe(node->as.loop->test, visit, baton);
        break;
    case NODE_IF:
        for (unsigned int i = 0; i < node->as.branches.count; i++) {
            if (i < node->as.branches.tests.count) {
                visit(baton, node->as.branches.tests.items[i]);
            }
            each(&node->as.branches.bodies[i], visit, baton);
        }
        break;
    case NODE_MACRO:
    case NODE_CALL_BLOCK:
        maybe(node->as.macro->call, visit, baton);
        each(&node->as.macro->parameters, visit, baton);
        each(&node->as.macro->defaults, visit, baton);
        each(&node->as.macro->body, visit, baton);
        break;
    case NODE_FILTER_BLOCK:
        each(&node->as.set->body, visit, baton);
        visit(baton, node->as.set->filter);
        break;
    case NODE_SET:
    case NODE_SET_BLOCK:
        visit(baton, node->as.set->target);
        maybe(node->as.set->value, visit, baton);
        maybe(node->as.set->filter, visit, baton);
        each(&node->as.set->body, visit, baton);
        break;
    case NODE_WITH:
        each(&node->as.with->targets, visit, baton);
        each(&node->as.with->values, visit, baton);
        each(&node->as.with->body, visit, baton);
        break;
    case NODE_BLOCK:
        each(&node->as.block->body, visit, baton);
        break;
    case NODE_EXTENDS:
        visit(baton, node->as.extends.template);
        break;
    case NODE_INCLUDE:
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        visit(baton, node->as.import->template);
        break;
    case NODE_AUTOESCAPE:
        visit(baton, node->as.autoescape.value);
        each(&node->as.autoescape.body, visit, baton);
        break;
    default:
        each_operand(node, visit, baton);
        break;
    }
}

/* ---------------------------------------------------------------- reading and assigning */

static void visit_name(void *baton, const node_t *node);

static void visit_if(symbols_t *symbols, const node_t *node, unsigned int index)
{
    symbols_t *branches[3];
    unsigned int tests = node->as.branches.tests.count;

    symbols_visit(symbols, node->as.branches.tests.items[index]);
    for (int i = 0; i < 3; i++) {
        branches[i] = symbols_overlay(symbols);
    }
    symbols_visit_all(branches[0], &node->as.branches.bodies[index]);
    if (index == 0) {
        for (unsigned int i = 1; i < tests; i++) {
            visit_if(branches[1], node, i);
        }
        if (node->as.branches.count > tests) {
            symbols_visit_all(branches[2], &node->as.branches.bodies[tests]);
        }
    }
    symbols_merge(symbols, branches);
}

static void visit_import(symbols_t *symbols, const import_node_t *import)
{
    symbols_visit(symbols, import->template);
    for (unsigned int i = 0; i < import->count; i++) {
        symbols_store(symbols, import->aliases[i]);
    }
}

void symbols_visit(symbols_t *symbols, const node_t *node)
{
    switch (node->kind) {
    case NODE_NAME:
        (node->as.name.store ? symbols_store : symbols_load)(symbols, node->as.name.name);
        break;
    case NODE_NAMESPACE_NAME:
        symbols_load(symbols, node->as.name.name);
        break;
    case NODE_IF:
        visit_if(symbols, node, 0);
        break;
    case NODE_MACRO:
        symbols_store(symbols, node->as.macro->name);
        break;
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        visit_import(symbols, node->as.import);
        break;
    case NODE_SET:
        symbols_visit(symbols, node->as.set->value);
        symbols_visit(symbols, node->as.set->target);
        break;
    case NODE_SET_BLOCK:
        symbols_visit(symbols, node->as.set->target);
        break;
    case NODE_FOR:
        symbols_visit(symbols, node->as.loop->iterable);
        break;
    case NODE_CALL_BLOCK:
        symbols_visit(symbols, node->as.macro->call);
        break;
    case NODE_FILTER_BLOCK:
        symbols_visit(symbols, node->as.set->filter);
        break;
    case NODE_WITH:
        symbols_visit_all(symbols, &node->as.with->values);
        break;
    case NODE_BLOCK:
    case NODE_AUTOESCAPE:
        break;
    default:
        each_part(node, visit_name, symbols);
        break;
    }
}

static void visit_name(void *baton, const node_t *node)
{
    symbols_visit(baton, node);
}

void symbols_visit_all(symbols_t *symbols, const nodes_t *nodes)
{
    each(nodes, visit_name, symbols);
}

void symbols_visit_target(symbols_t *symbols, const node_t *target)
{
    if (target->kind == NODE_NAME) {
        symbols_declare(symbols, target->as.name.name);
        return;
    }
    for (unsigned int i = 0; i < target->as.list.count; i++) {
        symbols_visit_target(symbols, target->as.list.items[i]);
    }
}

/* ---------------------------------------------------------------- undeclared names */

typedef struct search_t {
    const char *name;
    bool declared;
    bool found;
} search_t;

static void search(void *baton, const node_t *node)
{
    search_t *state = baton;

    if (state->found || state->declared || node->kind == NODE_BLOCK) {
        return;
    }
    if (node->kind == NODE_NAME) {
        if (strcmp(node->as.name.name, state->name) == 0) {
            state->found = !node->as.name.store;
            state->declared = node->as.name.store;
        }
        return;
    }
    each_part(node, search, baton);
}

bool symbols_undeclared(const nodes_t *nodes, const char *name)
{
    search_t state = {.name = name};

    each(nodes, search, &state);
    return state.found;
}

/* ---------------------------------------------------------------- blocks */

static void collect(void *baton, const node_t *node)
{
    if (node->kind == NODE_BLOCK) {
        /* The baton is an array of them. */
        APR_ARRAY_PUSH((apr_array_header_t *)baton, const node_t *) = node;
    }
    if (node->kind >= NODE_DATA) {
        each_part(node, collect, baton);
    }
}

void names_blocks(const nodes_t *nodes, apr_array_header_t *blocks)
{
    each(nodes, collect, blocks);
}

static void find_extends(void *baton, const node_t *node)
{
    *(bool *)baton |= node->kind == NODE_EXTENDS;
    if (node->kind >= NODE_DATA) {
        each_part(node, find_extends, baton);
    }
}

bool names_has_extends(const nodes_t *nodes)
{
    bool found = false;

    each(nodes, find_extends, &found);
    return found;
}
