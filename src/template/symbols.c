/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of names per scope; see symbols.h. names.c walks the tree. */
#include "names.h"

#include <apr_tables.h>
#include <apr_strings.h>

typedef struct symbol_t {
    const char *name;
    load_kind_t kind;
    bool stored;
    unsigned int index;
    const struct symbol_t *alias;
    const function_t *function;
} symbol_t;

struct symbols_t {
    const symbols_t *parent;
    const symbols_t *base; /* of an overlay: what lies below */
    function_t *function;
    unsigned int level;
    apr_hash_t *entries;
    apr_array_header_t *order;
    apr_pool_t *pool;
};

function_t *symbols_function(const function_t *parent, apr_pool_t *pool)
{
    function_t *function = apr_pcalloc(pool, sizeof(*function));

    function->parent = parent;
    function->slots = apr_hash_make(pool);
    return function;
}

static symbols_t *make(const symbols_t *parent, const symbols_t *base, function_t *function,
                       unsigned int level, apr_pool_t *pool)
{
    symbols_t *symbols = apr_pcalloc(pool, sizeof(*symbols));

    symbols->parent = parent;
    symbols->base = base;
    symbols->function = function;
    symbols->level = level;
    symbols->entries = apr_hash_make(pool);
    symbols->order = apr_array_make(pool, 4, sizeof(symbol_t *));
    symbols->pool = pool;
    return symbols;
}

symbols_t *symbols_create(const symbols_t *parent, function_t *function, apr_pool_t *pool)
{
    return make(parent, NULL, function, parent ? parent->level + 1 : 0, pool);
}

symbols_t *symbols_overlay(const symbols_t *base)
{
    return make(base->parent, base, base->function, base->level, base->pool);
}

/* Names are interned, so that the pointer is the name. */
static symbol_t *get(const symbols_t *symbols, const char *name)
{
    return apr_hash_get(symbols->entries, &name, sizeof(name));
}

static const symbol_t *find_own(const symbols_t *symbols, const char *name)
{
    for (; symbols; symbols = symbols->base) {
        const symbol_t *symbol = get(symbols, name);
        if (symbol) {
            return symbol;
        }
    }
    return NULL;
}

static const symbol_t *find(const symbols_t *symbols, const char *name)
{
    for (; symbols; symbols = symbols->parent) {
        const symbol_t *symbol = find_own(symbols, name);
        if (symbol) {
            return symbol;
        }
    }
    return NULL;
}

/* Scopes of one level in one function share the variable of a name, as Python's locals do. */
static unsigned int slot_index(symbols_t *symbols, const char *name)
{
    struct {
        const char *name;
        uintptr_t level;
    } key = {name, symbols->level};
    apr_hash_t *slots = symbols->function->slots;
    uintptr_t index = (uintptr_t)apr_hash_get(slots, &key, sizeof(key));

    if (index == 0) {
        index = ++symbols->function->size;
        apr_hash_set(slots, apr_pmemdup(symbols->pool, &key, sizeof(key)), sizeof(key),
                     (void *)index);
    }
    return (unsigned int)index - 1;
}

static symbol_t *put(symbols_t *symbols, const char *name, load_kind_t kind, const symbol_t *alias)
{
    symbol_t *symbol = get(symbols, name);

    if (!symbol) {
        symbol = apr_pcalloc(symbols->pool, sizeof(*symbol));
        symbol->name = name;
        symbol->function = symbols->function;
        symbol->index = slot_index(symbols, name);
        apr_hash_set(symbols->entries, &symbol->name, sizeof(symbol->name), symbol);
        APR_ARRAY_PUSH(symbols->order, symbol_t *) = symbol;
    }
    symbol->kind = kind;
    symbol->alias = alias;
    return symbol;
}

unsigned int symbols_declare(symbols_t *symbols, const char *name)
{
    symbol_t *symbol = put(symbols, name, LOAD_PARAMETER, NULL);

    symbol->stored = true;
    return symbol->index;
}

void symbols_store(symbols_t *symbols, const char *name)
{
    const symbol_t *own = find_own(symbols, name);
    const symbol_t *outer = symbols->parent ? find(symbols->parent, name) : NULL;

    if (own) {
        put(symbols, name, own->kind, own->alias)->stored = true;
    }
    else if (outer) {
        put(symbols, name, LOAD_ALIAS, outer)->stored = true;
    }
    else {
        put(symbols, name, LOAD_UNDEFINED, NULL)->stored = true;
    }
}

void symbols_load(symbols_t *symbols, const char *name)
{
    if (!find(symbols, name)) {
        put(symbols, name, LOAD_RESOLVE, NULL);
    }
}

static bool stores(const symbols_t *symbols, const char *name)
{
    const symbol_t *symbol = find_own(symbols, name);
    return symbol && symbol->stored;
}

/* In how many of the branches a name is assigned. */
static unsigned int count_stores(symbols_t *const branches[3], const char *name)
{
    unsigned int count = 0;

    for (int i = 0; i < 3; i++) {
        const symbol_t *symbol = get(branches[i], name);
        count += symbol && symbol->stored;
    }
    return count;
}

void symbols_merge(symbols_t *symbols, symbols_t *const branches[3])
{
    apr_array_header_t *partial = apr_array_make(symbols->pool, 4, sizeof(const char *));

    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < branches[i]->order->nelts; j++) {
            const symbol_t *symbol = APR_ARRAY_IDX(branches[i]->order, j, symbol_t *);
            if (symbol->stored && !stores(symbols, symbol->name) &&
                count_stores(branches, symbol->name) < 3) {
                APR_ARRAY_PUSH(partial, const char *) = symbol->name;
            }
        }
    }
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < branches[i]->order->nelts; j++) {
            const symbol_t *from = APR_ARRAY_IDX(branches[i]->order, j, symbol_t *);
            bool stored = stores(symbols, from->name) || from->stored;
            put(symbols, from->name, from->kind, from->alias)->stored = stored;
        }
    }
    for (int i = 0; i < partial->nelts; i++) {
        const char *name = APR_ARRAY_IDX(partial, i, const char *);
        const symbol_t *outer = symbols->parent ? find(symbols->parent, name) : NULL;
        put(symbols, name, outer ? LOAD_ALIAS : LOAD_RESOLVE, outer);
    }
}

static slot_t slot_of(const symbol_t *symbol, const function_t *from)
{
    slot_t slot = {0, symbol->index};

    for (; from != symbol->function; from = from->parent) {
        slot.hops++;
    }
    return slot;
}

bool symbols_is_parameter(const symbols_t *symbols, const char *name)
{
    return find(symbols, name)->kind == LOAD_PARAMETER;
}

slot_t symbols_slot(const symbols_t *symbols, const function_t *from, const char *name)
{
    return slot_of(find(symbols, name), from);
}

loads_t symbols_loads(const symbols_t *symbols, apr_pool_t *pool)
{
    apr_array_header_t *loads = apr_array_make(pool, symbols->order->nelts, sizeof(load_t));

    for (int i = 0; i < symbols->order->nelts; i++) {
        const symbol_t *symbol = APR_ARRAY_IDX(symbols->order, i, symbol_t *);
        load_t load = {symbol->kind, symbol->index, symbol->name, {0, 0}};
        if (symbol->kind == LOAD_ALIAS) {
            load.from = slot_of(symbol->alias, symbols->function);
        }
        APR_ARRAY_PUSH(loads, load_t) = load;
    }
    return (loads_t){(const load_t *)(void *)loads->elts, (unsigned int)loads->nelts};
}

exports_t symbols_exports(const symbols_t *symbols, const function_t *from, apr_pool_t *pool)
{
    apr_array_header_t *exports = apr_array_make(pool, 8, sizeof(export_t));
    apr_hash_t *seen = apr_hash_make(symbols->pool);

    for (; symbols; symbols = symbols->parent) {
        for (int i = 0; i < symbols->order->nelts; i++) {
            const symbol_t *symbol = APR_ARRAY_IDX(symbols->order, i, symbol_t *);
            if (symbol->stored && !apr_hash_get(seen, &symbol->name, sizeof(symbol->name))) {
                export_t export = {symbol->name, slot_of(symbol, from)};
                apr_hash_set(seen, &symbol->name, sizeof(symbol->name), symbol);
                APR_ARRAY_PUSH(exports, export_t) = export;
            }
        }
    }
    return (exports_t){(const export_t *)(void *)exports->elts, (unsigned int)exports->nelts};
}
