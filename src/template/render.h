/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_RENDER_H
#define TEMPLATE_RENDER_H

/*
 * One rendering: its state, the frames of what is being executed, the contexts of templates,
 * and the objects that only exist while rendering.
 */

#include "dict.h"
#include "error.h"
#include "output.h"
#include "tree.h"

typedef struct context_t context_t;
typedef struct frame_t frame_t;

typedef struct render_t {
    apr_pool_t *pool; /* the caller's, for errors */
    heap_t heap;      /* for all else */
    const template_set_t *set;
    template_limits_t limits;
    unsigned int recursion; /* macros, includes, blocks, loops */
    unsigned int nesting;   /* C functions that call each other in circles */
    output_t *output;
    apr_size_t copied;        /* bytes, of the page */
    dict_t *modules;          /* that were imported without context */
    bool folding;             /* computing constants when compiling */
    struct lookup_t *lookups; /* see lookup.h */
    unsigned int lookup_count;
} render_t;

/* Deeper than any tree at any recursion that is allowed: bounds the C stack. */
enum { RENDER_NESTING = 4000 };

/* The variables of a function that is being executed. */
struct frame_t {
    value_t *slots;
    frame_t *parent; /* that of the function around, for closures */
    context_t *context;
    const template_t *template;
    const template_t *parent_template; /* what the template has turned out to extend */
    const chain_t *chain;              /* of a block */
};

/* Names and values that nobody changes any more. */
typedef struct scope_t {
    const dict_t *names;
    const struct scope_t *outer;
} scope_t;

/* What a template sees: its exported variables, what it was given, and the JSON. */
struct context_t {
    const template_t *template;
    dict_t *variables;
    dict_t *exported;
    const scope_t *given;
    const json_t *json;           /* NULL in a module that was imported without context */
    const chain_t *const *chains; /* by block id */
    bool linked;                  /* chains came complete from the compiler */
    bool *autoescape;             /* shared with contexts that are derived from this one */
};

typedef struct macro_t {
    const node_t *node;
    frame_t *frame; /* where it was defined */
} macro_t;

typedef struct module_t {
    const template_t *template;
    context_t *context;
    value_t body;
} module_t;

typedef struct block_reference_t {
    const char *name;
    const chain_t *chain;
    context_t *context;
} block_reference_t;

typedef struct cycler_t {
    list_t *items;
    apr_size_t position;
} cycler_t;

typedef struct joiner_t {
    value_t separator;
    bool used;
} joiner_t;

/* Positional and named arguments of a call, and what is called. */
typedef struct call_t {
    render_t *render;
    context_t *context; /* of the caller */
    value_t object;     /* of a method; the operand of a filter or test */
    value_t *positional;
    unsigned int count;
    const char **names;
    value_t *named;
    unsigned int named_count;
    const char *callee;               /* for messages */
    const struct filter_plan_t *plan; /* of a filter that applies others */
} call_t;

/* render.c: state */
void render_init(render_t *render, const template_set_t *set, const template_limits_t *limits,
                 apr_pool_t *pool, apr_pool_t *scratch);
template_error_t *render_fail(render_t *render, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
template_error_t *render_exhausted(render_t *render);
template_error_t *render_too_deep(render_t *render);

/* To be asked for before each thing that is done. */
static inline template_error_t *render_step(render_t *render)
{
    return heap_work(&render->heap, 1) ? NULL : render_exhausted(render);
}

/* To be called by what goes through all of a value within one step. */
static inline void render_charge(render_t *render, value_t value)
{
    if (value.kind == VALUE_STRING) {
        heap_work(&render->heap, value.length / 16);
    }
    else if (value_is_sequence(value)) {
        heap_work(&render->heap, value_count(value) / 4);
    }
}

/* Around what calls itself; leave it by subtracting one. */
static inline template_error_t *render_enter(render_t *render)
{
    return ++render->nesting > RENDER_NESTING ? render_too_deep(render) : NULL;
}

static inline frame_t *render_frame_at(frame_t *frame, unsigned int hops)
{
    for (; hops > 0; hops--) {
        frame = frame->parent;
    }
    return frame;
}

static inline value_t *render_slot(frame_t *frame, slot_t slot)
{
    return &render_frame_at(frame, slot.hops)->slots[slot.index];
}

frame_t *render_frame(render_t *render, unsigned int size, const template_t *template,
                      frame_t *parent, context_t *context);
void render_load_all(frame_t *frame, const loads_t *loads);
void render_unload_all(frame_t *frame, const loads_t *loads);

/* Most scopes have nothing to fetch. */
static inline void render_load(frame_t *frame, const loads_t *loads)
{
    if (loads->count > 0) {
        render_load_all(frame, loads);
    }
}

static inline void render_unload(frame_t *frame, const loads_t *loads)
{
    if (loads->count > 0) {
        render_unload_all(frame, loads);
    }
}

/* str() and escape() of a value. */
template_error_t *render_string(render_t *render, value_t value, value_t *string);
template_error_t *render_escape(render_t *render, value_t value, value_t *string);
value_t render_escape_text(render_t *render, value_t string);

/* context.c */
context_t *context_create(render_t *render, const template_t *template, const json_t *json);
context_t *context_derive(render_t *render, context_t *context, const template_t *template,
                          frame_t *frame, const exports_t *exports, bool same);
value_t context_resolve(const context_t *context, const char *name);
void context_set(render_t *render, context_t *context, const char *name, value_t value,
                 bool exported);
void context_add_chains(render_t *render, context_t *context, const template_t *template);
/* The definitions of a block by its name, or NULL. */
const chain_t *context_chain(const render_t *render, const context_t *context, value_t name);
value_t context_super(render_t *render, context_t *context, const chain_t *chain);

/* execute.c: statements */
typedef enum flow_t { FLOW_NEXT, FLOW_BREAK, FLOW_CONTINUE } flow_t;
template_error_t *execute_all(render_t *render, frame_t *frame, const nodes_t *nodes, flow_t *flow);
template_error_t *execute_assign_any(render_t *render, frame_t *frame, const node_t *target,
                                     value_t value);

/* Most targets are local variables. */
static inline template_error_t *execute_assign(render_t *render, frame_t *frame,
                                               const node_t *target, value_t value)
{
    if (target->kind == NODE_NAME && !target->as.name.exported) {
        *render_slot(frame, target->as.name.slot) = value;
        return NULL;
    }
    return execute_assign_any(render, frame, target, value);
}

template_error_t *execute_template(render_t *render, const template_t *template,
                                   context_t *context);
template_error_t *execute_block(render_t *render, const chain_t *chain, context_t *context);

/* include.c */
template_error_t *include_execute(render_t *render, frame_t *frame, const node_t *node);
template_error_t *include_import(render_t *render, frame_t *frame, const node_t *node);
template_error_t *include_extends(render_t *render, frame_t *frame, const node_t *node);

/* loop.c */
template_error_t *loop_execute(render_t *render, frame_t *frame, const node_t *node, flow_t *flow);
template_error_t *loop_call(call_t *call, value_t loop, value_t *result);
template_error_t *loop_attribute(render_t *render, value_t loop, value_t name, value_t *result);

/* macro.c */
template_error_t *macro_call(call_t *call, const macro_t *macro, value_t *result);
template_error_t *macro_define(render_t *render, frame_t *frame, const node_t *node,
                               value_t *macro);

/* evaluate.c: expressions */
template_error_t *evaluate_node(render_t *render, frame_t *frame, const node_t *node,
                                value_t *result);

/* Most expressions are constants and variables. */
static inline template_error_t *evaluate(render_t *render, frame_t *frame, const node_t *node,
                                         value_t *result)
{
    if (node->kind == NODE_CONST) {
        *result = node->as.value;
        return NULL;
    }
    if (node->kind == NODE_NAME) {
        const value_t *slot = render_slot(frame, node->as.name.slot);
        if (slot->kind != VALUE_MISSING) {
            *result = *slot;
            return NULL;
        }
    }
    return evaluate_node(render, frame, node, result);
}

/* Whether it is true. */
template_error_t *evaluate_condition(render_t *render, frame_t *frame, const node_t *node,
                                     bool *truth);
/* With the text that a filter block has captured as the innermost operand. */
template_error_t *evaluate_filter(render_t *render, frame_t *frame, const node_t *node,
                                  value_t captured, value_t *result);
/* caller: what a call block passes on, or VALUE_MISSING */
template_error_t *evaluate_call(render_t *render, frame_t *frame, const node_t *node,
                                value_t caller, value_t *result);
template_error_t *evaluate_arguments(render_t *render, frame_t *frame, const arguments_t *arguments,
                                     value_t caller, call_t *call);

/* call.c */
template_error_t *call_value(call_t *call, value_t callee, value_t *result);

/* attribute.c */
template_error_t *attribute_get(render_t *render, value_t object, value_t name, value_t *result);
/* Whether "mapping.name" can be nothing but its item, and that item. */
bool attribute_is_item(value_t name);
value_t attribute_of_mapping(render_t *render, value_t mapping, value_t name);
template_error_t *attribute_item(render_t *render, value_t object, value_t index, value_t *result);
template_error_t *attribute_slice(render_t *render, value_t object, const value_t bounds[3],
                                  value_t *result);

/* operate.c */
template_error_t *operate_binary(render_t *render, operator_t op, value_t left, value_t right,
                                 value_t *result);
template_error_t *operate_sign(render_t *render, bool negative, value_t value, value_t *result);
template_error_t *operate_equal_values(render_t *render, value_t left, value_t right, bool *result);

template_error_t *operate_compare_values(render_t *render, operator_t op, value_t left,
                                         value_t right, bool *result);

enum { OPERATE_SHORT = 1024 }; /* a text that is compared within one step */

/* Strings are most of what is compared. */
static inline template_error_t *operate_equal(render_t *render, value_t left, value_t right,
                                              bool *result)
{
    if (left.kind == VALUE_STRING && right.kind == VALUE_STRING && left.length < OPERATE_SHORT) {
        *result = value_same_text(left, right);
        return NULL;
    }
    return operate_equal_values(render, left, right, result);
}

static inline template_error_t *operate_compare(render_t *render, operator_t op, value_t left,
                                                value_t right, bool *result)
{
    return op == OPERATOR_EQ ? operate_equal(render, left, right, result)
                             : operate_compare_values(render, op, left, right, result);
}

template_error_t *operate_concat(render_t *render, const value_t *parts, unsigned int count,
                                 bool markup, value_t *result);

/* Fails with the message of an undefined value that was asked too much of. */
template_error_t *operate_undefined(render_t *render, value_t undefined);

/* template.c */
const template_t *template_find(const template_set_t *set, value_t name);
/* Blocks have numbers, one for each name in a set. */
unsigned int template_block_count(const template_set_t *set);
bool template_block_id(const template_set_t *set, value_t name, unsigned int *id);

#endif
