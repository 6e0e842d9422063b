/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_TREE_H
#define TEMPLATE_TREE_H

/*
 * A template as a tree. The parser makes it; the compile step resolves names to slots, folds
 * constants, fuses text and links templates; from then on it is immutable.
 *
 * Variables. Jinja2 compiles a template to Python functions, and where a variable lives is
 * what Python makes of that: a function per template, block, macro and recursive loop, local
 * variables in it, closures over the functions around. The same is done here: a variable is a
 * slot in the frame of a function, `hops` functions outwards. What a scope has to fetch when it
 * is entered (from the context, from the scope around) is a list of loads.
 */

#include "value.h"

typedef struct node_t node_t;
typedef struct template_t template_t;

typedef struct nodes_t {
    node_t **items;
    unsigned int count;
} nodes_t;

typedef struct slot_t {
    unsigned int hops;
    unsigned int index;
} slot_t;

typedef enum load_kind_t {
    LOAD_PARAMETER, /* nothing to do: set by whoever enters the scope */
    LOAD_RESOLVE,   /* from the context */
    LOAD_ALIAS,     /* from a scope around */
    LOAD_UNDEFINED
} load_kind_t;

typedef struct load_t {
    load_kind_t kind;
    unsigned int index; /* of the slot that is filled */
    const char *name;
    slot_t from; /* LOAD_ALIAS */
} load_t;

typedef struct loads_t {
    const load_t *items;
    unsigned int count;
} loads_t;

/* Variables that a scope hands to another template: with context, scoped. */
typedef struct export_t {
    const char *name;
    slot_t slot;
} export_t;

typedef struct exports_t {
    const export_t *items;
    unsigned int count;
} exports_t;

/* Whether output is escaped, as far as it is known when compiling. */
typedef enum escape_t { ESCAPE_ON, ESCAPE_OFF, ESCAPE_VOLATILE } escape_t;

typedef enum node_kind_t {
    /* expressions */
    NODE_CONST,
    NODE_NAME,
    NODE_NAMESPACE_NAME, /* ns.name as a target */
    NODE_TUPLE,
    NODE_LIST,
    NODE_DICT,
    NODE_CONDITION,
    NODE_OR,
    NODE_AND,
    NODE_NOT,
    NODE_COMPARE,
    NODE_BINARY,
    NODE_NEGATIVE,
    NODE_POSITIVE,
    NODE_CONCAT,
    NODE_ATTRIBUTE,
    NODE_ITEM,
    NODE_SLICE,
    NODE_CALL,
    NODE_FILTER,
    NODE_TEST,
    /* statements */
    NODE_DATA,
    NODE_OUTPUT,
    NODE_FOR,
    NODE_IF,
    NODE_MACRO,
    NODE_CALL_BLOCK,
    NODE_FILTER_BLOCK,
    NODE_SET,
    NODE_SET_BLOCK,
    NODE_WITH,
    NODE_BLOCK,
    NODE_EXTENDS,
    NODE_INCLUDE,
    NODE_IMPORT,
    NODE_FROM_IMPORT,
    NODE_AUTOESCAPE,
    NODE_DO,
    NODE_BREAK,
    NODE_CONTINUE
} node_kind_t;

typedef enum operator_t {
    OPERATOR_ADD,
    OPERATOR_SUB,
    OPERATOR_MUL,
    OPERATOR_DIV,
    OPERATOR_FLOOR_DIV,
    OPERATOR_MOD,
    OPERATOR_POW,
    OPERATOR_EQ,
    OPERATOR_NE,
    OPERATOR_LT,
    OPERATOR_LE,
    OPERATOR_GT,
    OPERATOR_GE,
    OPERATOR_IN,
    OPERATOR_NOT_IN
} operator_t;

typedef struct arguments_t {
    nodes_t positional;
    nodes_t keywords;
    const char **names;    /* of the keywords */
    const uint8_t *places; /* the parameter of each, positional first; NULL: bound when called */
    node_t *rest;          /* *rest */
    node_t *rest_named;    /* **rest_named */
    const struct filter_plan_t *plan; /* of a filter that applies others, if it is known */
} arguments_t;

/* A macro, or the body of a call block. */
typedef struct macro_node_t {
    const char *name; /* NULL for a call block */
    nodes_t parameters;
    nodes_t defaults; /* of the last parameters */
    nodes_t body;
    node_t *call;      /* of a call block */
    slot_t target;     /* of a macro */
    bool exported;     /* at the top level */
    unsigned int size; /* slots of its frame */
    loads_t loads;
    bool takes_caller, takes_kwargs, takes_varargs; /* beyond its parameters */
    bool names_caller;                              /* among its parameters */
    unsigned int caller, kwargs, varargs;           /* slots */
} macro_node_t;

typedef struct for_node_t {
    node_t *target;
    node_t *iterable;
    nodes_t body;
    nodes_t otherwise;
    node_t *test;
    bool recursive;
    bool has_loop;     /* the loop variable is made */
    unsigned int loop; /* its slot */
    loads_t loads;
    loads_t otherwise_loads;
    unsigned int size;        /* slots of the frame of a recursive loop */
    unsigned int filter_size; /* the test has a frame of its own */
    node_t *filter_target;
    loads_t filter_loads;
} for_node_t;

/* How a block statement or an output behaves in a template that may extend another. */
typedef enum presence_t { PRESENT, PRESENT_WITHOUT_PARENT, ABSENT } presence_t;

typedef struct block_node_t {
    const char *name;
    unsigned int id; /* one for each name in a set */
    nodes_t body;
    bool scoped;
    bool required;
    presence_t presence;
    unsigned int size;
    loads_t loads;
    bool has_self, has_super;
    unsigned int self, super;
    exports_t exports;
    const template_t *template;
} block_node_t;

/* include, import and from import */
typedef struct import_node_t {
    node_t *template;
    const template_t *known; /* if the name is a constant that exists */
    bool ignore_missing;
    bool with_context;
    exports_t exports;
    const char **names;
    const char **aliases;
    slot_t *targets;
    unsigned int count;
    bool exported;
} import_node_t;

typedef struct set_node_t {
    node_t *target;
    node_t *value;
    node_t *filter;
    nodes_t body;
    loads_t loads;
} set_node_t;

typedef struct with_node_t {
    nodes_t targets;
    nodes_t values;
    nodes_t body;
    loads_t loads;
} with_node_t;

struct node_t {
    node_kind_t kind;
    uint32_t offset;
    uint16_t depth;
    bool constant;  /* can be computed when compiling */
    uint8_t escape; /* escape_t */
    union {
        value_t value; /* NODE_CONST, NODE_DATA */
        nodes_t list;  /* NODE_TUPLE, NODE_LIST, NODE_CONCAT, NODE_DO (one) */
        struct {
            const char *name;
            slot_t slot;
            bool store;
            bool parameter; /* of a scope: gone when the scope has been left */
            bool exported;
            value_t attribute; /* NODE_NAMESPACE_NAME */
        } name;
        struct {
            nodes_t keys;
            nodes_t items;
        } dict;
        struct {
            node_t *test;
            node_t *yes;
            node_t *no;
        } condition;
        struct {
            node_t *left;
            node_t *right;
            operator_t op;
        } binary; /* and, or, arithmetic; not, + and - have only left */
        struct {
            node_t *first;
            nodes_t others;
            operator_t *operators;
        } compare;
        struct {
            node_t *object;
            value_t name;
            bool item; /* of a mapping, it can only be that */
        } attribute;
        struct {
            node_t *object;
            node_t *index;
        } item;
        struct {
            node_t *start;
            node_t *stop;
            node_t *step;
        } slice;
        struct {
            node_t *callee;
            arguments_t *arguments;
        } call;
        struct {
            node_t *operand; /* NULL: what a block has captured */
            const char *name;
            const struct filter_t *filter; /* or test; NULL if there is none of that name */
            arguments_t *arguments;
        } filter;
        struct {
            nodes_t items;
            presence_t presence;
        } output;
        struct {
            nodes_t tests;
            nodes_t *bodies; /* one more than tests if there is an else */
            unsigned int count;
        } branches;
        set_node_t *set; /* also the filter block */
        with_node_t *with;
        struct {
            node_t *template;
            const template_t *known;
            bool certain; /* at the root level, always executed */
        } extends;
        struct {
            node_t *value;
            nodes_t body;
            loads_t loads;
        } autoescape;
        for_node_t *loop;
        macro_node_t *macro;
        block_node_t *block;
        import_node_t *import;
    } as;
};

/* The definitions of a block from the child to the last ancestor. */
typedef struct chain_t {
    const block_node_t *block;
    const struct chain_t *parent;
} chain_t;

struct template_t {
    const char *name;
    const template_source_t *source; /* with plain newlines */
    nodes_t body;
    unsigned int size;
    loads_t loads;
    bool has_self;
    unsigned int self;
    const block_node_t **blocks;
    unsigned int block_count;
    const template_t *parent;     /* a constant extends at the root level */
    bool extends;                 /* anywhere */
    bool linked;                  /* chains is complete: all ancestors are known */
    const chain_t *const *chains; /* by block id; of this template alone if not linked */
};

#endif
