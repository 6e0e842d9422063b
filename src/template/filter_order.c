/* SPDX-License-Identifier: Apache-2.0 */
/* Filters that compare items: sorting, grouping, the smallest and the biggest, sums. */
#include "filter.h"

#include "iterate.h"
#include "sort.h"

#include <string.h>

typedef struct keys_t {
    filter_path_t path;
    bool fold;
} keys_t;

static template_error_t *key_of(render_t *render, const keys_t *keys, value_t item, value_t *key)
{
    TRY(filter_attribute(render, item, &keys->path, key));
    if (keys->fold) {
        *key = filter_fold_case(render, *key);
    }
    return NULL;
}

static template_error_t *no_order(render_t *render, const compare_mismatch_t *mismatch)
{
    TRY(render_step(render));
    if (!mismatch->found) {
        return render_fail(render, "these values are nested too deeply to be compared");
    }
    if (mismatch->left.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, mismatch->left);
    }
    if (mismatch->right.kind == VALUE_UNDEFINED) {
        return operate_undefined(render, mismatch->right);
    }
    return render_fail(render, "items of type %s and %s have no order", value_type(mismatch->left),
                       value_type(mismatch->right));
}

/* Sorts a list by keys of the same length. */
static template_error_t *sort_list(render_t *render, list_t *list, value_t *keys, bool reverse)
{
    compare_mismatch_t mismatch = {0};

    if (!sort_by_keys(&render->heap, list->items, keys, list->count, reverse, &mismatch)) {
        return no_order(render, &mismatch);
    }
    return NULL;
}

static template_error_t *make_keys(render_t *render, const list_t *list, value_t **keys)
{
    if (!heap_allows(&render->heap, list->count, sizeof(value_t))) {
        return render_exhausted(render);
    }
    *keys = heap_alloc(&render->heap, list->count * sizeof(value_t));
    return NULL;
}

/* A path such as "age,name" as several. */
typedef struct sort_keys_t {
    keys_t *items;
    apr_size_t count;
} sort_keys_t;

static sort_keys_t split_paths(render_t *render, value_t paths, bool fold)
{
    sort_keys_t keys = {.count = 1};
    apr_size_t at = 0;

    for (apr_size_t i = 0; paths.kind == VALUE_STRING && i < paths.length; i++) {
        keys.count += paths.as.text[i] == ',';
    }
    keys.items = heap_calloc(&render->heap, keys.count * sizeof(*keys.items));
    for (apr_size_t i = 0; i < keys.count; i++) {
        value_t path = paths;
        if (paths.kind == VALUE_STRING) {
            const char *comma = memchr(paths.as.text + at, ',', paths.length - at);
            apr_size_t end = comma ? (apr_size_t)(comma - paths.as.text) : paths.length;
            path = value_text(paths.as.text + at, end - at);
            at = end + 1;
        }
        keys.items[i] = (keys_t){filter_path(&render->heap, path, value_missing()), fold};
    }
    return keys;
}

static template_error_t *sort(const filter_call_t *call, value_t *result)
{
    render_t *render = call->render;
    sort_keys_t paths = split_paths(render, call->arguments[2], !filter_flag(call, 1));
    value_t *keys = NULL;
    list_t *list;

    TRY(iterate_list(render, call->operand, result));
    list = result->as.list;
    TRY(make_keys(render, list, &keys));
    for (apr_size_t i = 0; i < list->count; i++) {
        keys[i] = value_list(&render->heap, paths.count);
        for (apr_size_t j = 0; j < paths.count; j++) {
            value_t key;
            TRY(key_of(render, &paths.items[j], list->items[i], &key));
            value_append(&render->heap, keys[i], key);
        }
    }
    return sort_list(render, list, keys, filter_flag(call, 0));
}

static template_error_t *dictsort(const filter_call_t *call, value_t *result)
{
    render_t *render = call->render;
    value_cursor_t cursor = {0};
    bool by_value = false;
    value_t *keys = NULL;
    value_t key;
    value_t item;

    if (!value_is_mapping(call->operand)) {
        return call->operand.kind == VALUE_UNDEFINED ? operate_undefined(render, call->operand)
                                                     : render_fail(render, "dictsort wants a dict");
    }
    if (call->arguments[1].kind != VALUE_MISSING) {
        by_value = value_equals_string(call->arguments[1], "value");
        if (!by_value && !value_equals_string(call->arguments[1], "key")) {
            return render_fail(render, "dictsort sorts by 'key' or by 'value'");
        }
    }
    *result = value_list(&render->heap, 0);
    while (value_next(call->operand, &cursor, &key, &item)) {
        value_append(&render->heap, *result, value_pair(&render->heap, key, item));
    }
    TRY(make_keys(render, result->as.list, &keys));
    for (apr_size_t i = 0; i < result->as.list->count; i++) {
        keys[i] = value_at(result->as.list->items[i], by_value);
        keys[i] = filter_flag(call, 0) ? keys[i] : filter_fold_case(render, keys[i]);
    }
    return sort_list(render, result->as.list, keys, filter_flag(call, 2));
}

/* ---------------------------------------------------------------- unique */

typedef struct unique_t {
    iterator_t base;
    iterator_t *source;
    keys_t keys;
    dict_t *seen;
} unique_t;

static template_error_t *next_unique(render_t *render, iterator_t *iterator, value_t *item)
{
    unique_t *unique = (unique_t *)(void *)iterator;
    value_t key;

    for (;;) {
        TRY(iterate_next(render, unique->source, item));
        if (item->kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(key_of(render, &unique->keys, *item, &key));
        if (!dict_hashable(key)) {
            return render_fail(render, "unique cannot tell values of type %s apart",
                               value_type(key));
        }
        if (dict_get(unique->seen, key).kind == VALUE_MISSING) {
            dict_set(&render->heap, unique->seen, key, value_none());
            return NULL;
        }
    }
}

static template_error_t *unique_items(const filter_call_t *call, value_t *result)
{
    unique_t *unique = heap_calloc(&call->render->heap, sizeof(*unique));

    unique->base.next = next_unique;
    unique->keys = (keys_t){filter_path(&call->render->heap, call->arguments[1], value_missing()),
                            !filter_flag(call, 0)};
    unique->seen = dict_create(&call->render->heap);
    TRY(iterate(call->render, call->operand, &unique->source));
    *result = iterate_value(&unique->base);
    return NULL;
}

/* ---------------------------------------------------------------- min, max, sum */

static template_error_t *best(const filter_call_t *call, operator_t op, value_t *result)
{
    render_t *render = call->render;
    const keys_t keys = {filter_path(&call->render->heap, call->arguments[1], value_missing()),
                         !filter_flag(call, 0)};
    iterator_t *iterator;
    value_t best_key;
    value_t item;
    value_t key;

    TRY(iterate(render, call->operand, &iterator));
    TRY(iterate_next(render, iterator, result));
    if (result->kind == VALUE_MISSING) {
        *result = value_undefined_hint(&render->heap, "there is no item to choose from");
        return NULL;
    }
    TRY(key_of(render, &keys, *result, &best_key));
    for (;;) {
        bool better;
        TRY(iterate_next(render, iterator, &item));
        if (item.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(key_of(render, &keys, item, &key));
        TRY(operate_compare(render, op, key, best_key, &better));
        if (better) {
            *result = item;
            best_key = key;
        }
    }
}

static template_error_t *min(const filter_call_t *call, value_t *result)
{
    return best(call, OPERATOR_LT, result);
}

static template_error_t *max(const filter_call_t *call, value_t *result)
{
    return best(call, OPERATOR_GT, result);
}

static template_error_t *sum(const filter_call_t *call, value_t *result)
{
    filter_path_t path = filter_path(&call->render->heap, call->arguments[0], value_missing());
    iterator_t *iterator;
    value_t item;
    bool own = false; /* the result is a list that nobody else has */

    *result = call->arguments[1].kind == VALUE_MISSING ? value_int(0) : call->arguments[1];
    if (result->kind == VALUE_STRING) {
        return render_fail(call->render, "sum does not join strings");
    }
    TRY(iterate(call->render, call->operand, &iterator));
    for (;;) {
        TRY(iterate_next(call->render, iterator, &item));
        if (item.kind == VALUE_MISSING) {
            return NULL;
        }
        TRY(filter_attribute(call->render, item, &path, &item));
        if (own && value_is_list(item)) {
            render_charge(call->render, item);
            for (apr_size_t i = 0; i < value_count(item) && !call->render->heap.exhausted; i++) {
                value_append(&call->render->heap, *result, value_at(item, i));
            }
            continue;
        }
        TRY(operate_binary(call->render, OPERATOR_ADD, *result, item, result));
        own = result->kind == VALUE_LIST;
    }
}

/* ---------------------------------------------------------------- groupby */

static void add_group(render_t *render, value_t groups, value_t key, value_t members)
{
    value_t group = value_pair(&render->heap, key, members);

    group.as.list->grouped = true;
    value_append(&render->heap, groups, group);
}

static template_error_t *groupby(const filter_call_t *call, value_t *result)
{
    render_t *render = call->render;
    const keys_t keys = {filter_path(&call->render->heap, call->arguments[0], call->arguments[1]),
                         !filter_flag(call, 2)};
    value_t members = value_missing();
    value_t list;
    value_t *sorted = NULL;

    TRY(iterate_list(render, call->operand, &list));
    TRY(make_keys(render, list.as.list, &sorted));
    for (apr_size_t i = 0; i < value_count(list); i++) {
        TRY(key_of(render, &keys, value_at(list, i), &sorted[i]));
    }
    TRY(sort_list(render, list.as.list, sorted, false));
    *result = value_list(&render->heap, 0);
    for (apr_size_t i = 0; i < value_count(list); i++) {
        bool same = false;
        if (i > 0) {
            TRY(operate_equal(render, sorted[i - 1], sorted[i], &same));
        }
        if (!same) {
            value_t key;
            TRY(filter_attribute(render, value_at(list, i), &keys.path, &key));
            members = value_list(&render->heap, 0);
            add_group(render, *result, key, members);
        }
        value_append(&render->heap, members, value_at(list, i));
    }
    return NULL;
}

const filter_t filter_orders[] = {
    {"sort", sort, "reverse=,case_sensitive=,attribute=", 0},
    {"dictsort", dictsort, "case_sensitive=,by=,reverse=", 0},
    {"unique", unique_items, "case_sensitive=,attribute=", FILTER_LAZY},
    {"min", min, "case_sensitive=,attribute=", 0},
    {"max", max, "case_sensitive=,attribute=", 0},
    {"sum", sum, "attribute=,start=", 0},
    {"groupby", groupby, "attribute,default=,case_sensitive=", 0},
    {NULL, NULL, NULL, 0},
};
