/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An array of entries in order, and an open-addressed table of indices into it. Removed entries
 * leave a gap (VALUE_MISSING as key) until the next time the table grows.
 */
#include "dict.h"

#include "compare.h"

#include <math.h>
#include <string.h>

typedef struct entry_t {
    uint64_t hash;
    value_t key;
    value_t item;
} entry_t;

struct dict_t {
    entry_t *entries;
    uint32_t *slots; /* index + 1 of an entry, 0 = never used */
    apr_size_t used; /* entries and gaps */
    apr_size_t count;
    apr_size_t capacity; /* of slots, a power of two; entries take half of that */
    heap_t *heap;
    uint64_t seed; /* so that nobody prepares keys that collide */
};

dict_t *dict_create(heap_t *heap)
{
    dict_t *dict = heap_calloc(heap, sizeof(*dict));

    dict->heap = heap;
    dict->seed = (uint64_t)(uintptr_t)dict * 0x9E3779B97F4A7C15u;
    return dict;
}

value_t dict_value(dict_t *dict)
{
    return (value_t){.kind = VALUE_DICT, .as.dict = dict};
}

/* Takes from *left for each value in a key. */
static bool hashable(value_t key, unsigned int *left)
{
    if (*left == 0) {
        return false;
    }
    (*left)--;
    if (key.kind == VALUE_TUPLE) {
        for (apr_size_t i = 0; i < key.as.list->count; i++) {
            if (!hashable(key.as.list->items[i], left)) {
                return false;
            }
        }
        return true;
    }
    return key.kind != VALUE_LIST && key.kind != VALUE_ARRAY && key.kind != VALUE_DICT &&
           key.kind != VALUE_OBJECT && key.kind != VALUE_VIEW;
}

bool dict_hashable(value_t key)
{
    unsigned int left = DICT_KEY_SIZE;

    return hashable(key, &left);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
    return hash ^ hash >> 32;
}

static uint64_t hash_bytes(uint64_t hash, const char *text, apr_size_t length)
{
    uint64_t word;

    for (; length >= sizeof(word); text += sizeof(word), length -= sizeof(word)) {
        memcpy(&word, text, sizeof(word));
        hash = mix(hash, word);
    }
    word = length;
    for (apr_size_t i = 0; i < length; i++) {
        word = word << 8 | (unsigned char)text[i];
    }
    return mix(hash, word + 1);
}

/* Numbers that are equal hash alike, whatever their type. */
static uint64_t hash_number(uint64_t seed, double number)
{
    uint64_t word;

    if (number == floor(number) && fabs(number) < 9.2e18) {
        return mix(seed, (uint64_t)(int64_t)number);
    }
    memcpy(&word, &number, sizeof(word));
    return mix(seed, word);
}

static uint64_t hash_value(uint64_t seed, value_t key)
{
    int64_t integer;

    if (value_is_integer(key, &integer)) {
        return mix(seed, (uint64_t)integer);
    }
    switch (key.kind) {
    case VALUE_FLOAT:
        return hash_number(seed, key.as.number);
    case VALUE_STRING:
        return hash_bytes(seed, key.as.text, key.length);
    case VALUE_TUPLE:
        for (apr_size_t i = 0; i < key.as.list->count; i++) {
            seed = mix(hash_value(seed, key.as.list->items[i]), i);
        }
        return seed;
    case VALUE_NONE:
    case VALUE_UNDEFINED:
    case VALUE_RANGE:
        return mix(seed, key.kind);
    default:
        return mix(seed, (uint64_t)(uintptr_t)key.as.text);
    }
}

static bool key_equal(heap_t *heap, value_t a, value_t b)
{
    if (a.kind == VALUE_STRING && b.kind == VALUE_STRING) {
        return a.length == b.length && memcmp(a.as.text, b.as.text, a.length) == 0;
    }
    return compare_equal(heap, a, b) == COMPARE_EQUAL;
}

/* The slot that holds the key, or the free one where it would go. */
static uint32_t *find_slot(const dict_t *dict, value_t key, uint64_t hash)
{
    apr_size_t mask = dict->capacity - 1;

    for (apr_size_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &dict->slots[i];
        const entry_t *entry = *slot ? &dict->entries[*slot - 1] : NULL;
        if (!entry || (entry->hash == hash && entry->key.kind != VALUE_MISSING &&
                       key_equal(dict->heap, entry->key, key))) {
            return slot;
        }
    }
}

static void grow(heap_t *heap, dict_t *dict)
{
    apr_size_t capacity = dict->count == 0 ? 8 : 16 + dict->count * 4;
    const entry_t *old = dict->entries;
    apr_size_t old_used = dict->used;

    while (capacity & (capacity - 1)) {
        capacity &= capacity - 1;
    }
    dict->capacity = capacity;
    dict->slots = heap_calloc(heap, capacity * sizeof(*dict->slots));
    dict->entries = heap_alloc(heap, capacity / 2 * sizeof(*dict->entries));
    dict->used = 0;
    for (apr_size_t i = 0; i < old_used; i++) {
        if (old[i].key.kind != VALUE_MISSING) {
            dict->entries[dict->used++] = old[i];
            *find_slot(dict, old[i].key, old[i].hash) = (uint32_t)dict->used;
        }
    }
}

apr_size_t dict_count(const dict_t *dict)
{
    return dict->count;
}

value_t dict_get(const dict_t *dict, value_t key)
{
    const uint32_t *slot;

    if (dict->count == 0 || !dict_hashable(key)) {
        return value_missing();
    }
    slot = find_slot(dict, key, hash_value(dict->seed, key));
    return *slot ? dict->entries[*slot - 1].item : value_missing();
}

void dict_set(heap_t *heap, dict_t *dict, value_t key, value_t item)
{
    uint64_t hash = hash_value(dict->seed, key);
    uint32_t *slot;

    if (dict->used == dict->capacity / 2) {
        grow(heap, dict);
    }
    slot = find_slot(dict, key, hash);
    if (*slot) {
        dict->entries[*slot - 1].item = item;
        return;
    }
    dict->entries[dict->used++] = (entry_t){hash, key, item};
    *slot = (uint32_t)dict->used;
    dict->count++;
}

bool dict_remove(dict_t *dict, value_t key)
{
    const uint32_t *slot;

    if (dict->count == 0 || !dict_hashable(key)) {
        return false;
    }
    slot = find_slot(dict, key, hash_value(dict->seed, key));
    if (*slot == 0) {
        return false;
    }
    dict->entries[*slot - 1].key = value_missing();
    dict->count--;
    return true;
}

void dict_clear(dict_t *dict)
{
    dict->entries = NULL;
    dict->slots = NULL;
    dict->used = dict->count = dict->capacity = 0;
}

bool dict_next(const dict_t *dict, apr_size_t *index, value_t *key, value_t *item)
{
    while (*index < dict->used) {
        const entry_t *entry = &dict->entries[(*index)++];
        if (entry->key.kind != VALUE_MISSING) {
            *key = entry->key;
            *item = entry->item;
            return true;
        }
    }
    return false;
}
