/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_DICT_H
#define TEMPLATE_DICT_H

/*
 * Python's dict: keys in the order in which they came, found by hash. 1, 1.0 and true are one
 * key. Only hashable values are keys: ask dict_hashable() first.
 */

#include "value.h"

/* Of how many values a key may consist: tuples can hold tuples. */
enum { DICT_KEY_SIZE = 100 };

dict_t *dict_create(heap_t *heap);
value_t dict_value(dict_t *dict);

bool dict_hashable(value_t key);
apr_size_t dict_count(const dict_t *dict);

/* VALUE_MISSING if it is not there, or not hashable. */
value_t dict_get(const dict_t *dict, value_t key);
void dict_set(heap_t *heap, dict_t *dict, value_t key, value_t item);
bool dict_remove(dict_t *dict, value_t key);
void dict_clear(dict_t *dict);

/* In order; start with *index = 0. Changes while walking are seen or not, but do no harm. */
bool dict_next(const dict_t *dict, apr_size_t *index, value_t *key, value_t *item);

#endif
