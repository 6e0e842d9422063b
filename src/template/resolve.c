/* SPDX-License-Identifier: Apache-2.0 */
/* The expression half of compiling: names to slots, filters to functions, from the inside out. */
#include "compile.h"

#include "filter.h"
#include "render.h"

#include <string.h>

static template_error_t *resolve_arguments(compile_t *compile, const place_t *place,
                                           arguments_t *arguments, bool *constant)
{
    TRY(resolve_all(compile, place, &arguments->positional));
    TRY(resolve_all(compile, place, &arguments->keywords));
    for (unsigned int i = 0; i < arguments->positional.count; i++) {
        *constant &= arguments->positional.items[i]->constant;
    }
    for (unsigned int i = 0; i < arguments->keywords.count; i++) {
        *constant &= arguments->keywords.items[i]->constant;
    }
    if (arguments->rest) {
        TRY(resolve(compile, place, arguments->rest));
        *constant &= arguments->rest->constant;
    }
    if (arguments->rest_named) {
        TRY(resolve(compile, place, arguments->rest_named));
        *constant &= arguments->rest_named->constant;
    }
    return NULL;
}

static template_error_t *resolve_filter(compile_t *compile, const place_t *place, node_t *node)
{
    const char *name = node->as.filter.name;
    bool test = node->kind == NODE_TEST;
    bool constant = !compile->is_volatile && node->as.filter.operand;

    node->as.filter.filter =
        test ? filter_find_test(name, strlen(name)) : filter_find(name, strlen(name));
    if (!node->as.filter.filter && !place->soft) {
        return compile_fail(compile, node, "there is no %s named '%s'", test ? "test" : "filter",
                            name);
    }
    if (node->as.filter.operand) {
        TRY(resolve(compile, place, node->as.filter.operand));
        constant = constant && node->as.filter.operand->constant;
    }
    TRY(resolve_arguments(compile, place, node->as.filter.arguments, &constant));
    if (node->as.filter.filter) {
        node->as.filter.arguments->places =
            filter_places(node->as.filter.filter, node->as.filter.arguments, compile->pool);
        node->as.filter.arguments->plan =
            filter_plan(node->as.filter.filter, node->as.filter.arguments, compile->heap);
    }
    node->constant =
        constant && node->as.filter.filter && !(node->as.filter.filter->flags & FILTER_IMPURE);
    return NULL;
}

static template_error_t *resolve_condition(compile_t *compile, const place_t *place, node_t *node)
{
    place_t soft = *place;

    soft.soft = true;
    soft.root = false;
    TRY(resolve(compile, &soft, node->as.condition.test));
    TRY(resolve(compile, &soft, node->as.condition.yes));
    node->constant = node->as.condition.test->constant && node->as.condition.yes->constant;
    if (!node->as.condition.no) {
        node->constant = false;
        return NULL;
    }
    TRY(resolve(compile, &soft, node->as.condition.no));
    node->constant = node->constant && node->as.condition.no->constant;
    return NULL;
}

static bool all_constant(const nodes_t *nodes)
{
    for (unsigned int i = 0; i < nodes->count; i++) {
        if (!nodes->items[i]->constant) {
            return false;
        }
    }
    return true;
}

static template_error_t *resolve_slice(compile_t *compile, const place_t *place, node_t *node)
{
    node_t *const bounds[] = {node->as.slice.start, node->as.slice.stop, node->as.slice.step};

    node->constant = true;
    for (int i = 0; i < 3; i++) {
        if (bounds[i]) {
            TRY(resolve(compile, place, bounds[i]));
            node->constant = node->constant && bounds[i]->constant;
        }
    }
    return NULL;
}

static template_error_t *resolve_compare(compile_t *compile, const place_t *place, node_t *node)
{
    TRY(resolve(compile, place, node->as.compare.first));
    TRY(resolve_all(compile, place, &node->as.compare.others));
    node->constant = node->as.compare.first->constant && all_constant(&node->as.compare.others);
    return NULL;
}

static template_error_t *resolve_operator(compile_t *compile, const place_t *place, node_t *node)
{
    TRY(resolve(compile, place, node->as.binary.left));
    node->constant = node->as.binary.left->constant;
    if (node->as.binary.right) {
        TRY(resolve(compile, place, node->as.binary.right));
        node->constant = node->constant && node->as.binary.right->constant;
    }
    return NULL;
}

static template_error_t *resolve_children(compile_t *compile, const place_t *place, node_t *node)
{
    bool ignored = true;

    switch (node->kind) {
    case NODE_CONST:
        node->constant = true;
        return NULL;
    case NODE_NAME:
    case NODE_NAMESPACE_NAME:
        node->as.name.slot = symbols_slot(place->symbols, place->function, node->as.name.name);
        node->as.name.parameter = symbols_is_parameter(place->symbols, node->as.name.name);
        return NULL;
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_CONCAT:
        TRY(resolve_all(compile, place, &node->as.list));
        node->constant = all_constant(&node->as.list);
        return NULL;
    case NODE_DICT:
        TRY(resolve_all(compile, place, &node->as.dict.keys));
        TRY(resolve_all(compile, place, &node->as.dict.items));
        node->constant = all_constant(&node->as.dict.keys) && all_constant(&node->as.dict.items);
        return NULL;
    case NODE_CONDITION:
        return resolve_condition(compile, place, node);
    case NODE_COMPARE:
        return resolve_compare(compile, place, node);
    case NODE_ATTRIBUTE:
        TRY(resolve(compile, place, node->as.attribute.object));
        node->as.attribute.item = attribute_is_item(node->as.attribute.name);
        node->constant = node->as.attribute.object->constant;
        return NULL;
    case NODE_ITEM:
        TRY(resolve(compile, place, node->as.item.object));
        TRY(resolve(compile, place, node->as.item.index));
        node->constant = node->as.item.object->constant && node->as.item.index->constant;
        return NULL;
    case NODE_SLICE:
        return resolve_slice(compile, place, node);
    case NODE_CALL:
        TRY(resolve(compile, place, node->as.call.callee));
        return resolve_arguments(compile, place, node->as.call.arguments, &ignored);
    case NODE_FILTER:
    case NODE_TEST:
        return resolve_filter(compile, place, node);
    default:
        return resolve_operator(compile, place, node);
    }
}

template_error_t *resolve(compile_t *compile, const place_t *place, node_t *node)
{
    node->escape = (uint8_t)(compile->is_volatile  ? ESCAPE_VOLATILE
                             : compile->autoescape ? ESCAPE_ON
                                                   : ESCAPE_OFF);
    TRY(resolve_children(compile, place, node));
    if (node->constant && !compile->is_volatile) {
        fold(compile, node);
    }
    return NULL;
}

template_error_t *resolve_all(compile_t *compile, const place_t *place, const nodes_t *nodes)
{
    for (unsigned int i = 0; i < nodes->count; i++) {
        TRY(resolve(compile, place, nodes->items[i]));
    }
    return NULL;
}

/* Puts the texts of a run of literals into the first of them. */
static void fuse(compile_t *compile, nodes_t *items, unsigned int first, unsigned int count)
{
    builder_t text;

    if (count < 2) {
        return;
    }
    builder_init(&text, compile->heap);
    for (unsigned int i = first; i < first + count; i++) {
        builder_add(&text, items->items[i]->as.value.as.text, items->items[i]->as.value.length);
    }
    items->items[first]->as.value = value_built(&text, true);
}

template_error_t *resolve_output(compile_t *compile, const place_t *place, nodes_t *items)
{
    unsigned int kept = 0;
    unsigned int run = 0; /* literals at the end of what is kept */

    for (unsigned int i = 0; i < items->count; i++) {
        node_t *item = items->items[i];
        if (item->kind != NODE_DATA) {
            TRY(resolve(compile, place, item));
            if (item->constant && fold_output(compile, item)) {
                item->kind = NODE_DATA;
            }
        }
        items->items[kept + run] = item;
        if (item->kind == NODE_DATA) {
            run++;
            continue;
        }
        fuse(compile, items, kept, run);
        kept += run ? 1 : 0;
        items->items[kept++] = item;
        run = 0;
    }
    fuse(compile, items, kept, run);
    items->count = kept + (run ? 1 : 0);
    return NULL;
}
