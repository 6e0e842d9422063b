/* SPDX-License-Identifier: Apache-2.0 */
/* Further fields of a create (POST /linode/instances) that an operator sets for every Linode, from
 * the words of a configuration to JSON of the type that Linode wants.
 *
 * Values are written as true or false, a number, a word, or, for lists and objects, as JSON. What
 * the module itself decides cannot be set. The field names are Linode's own. All functions may be
 * called from any thread; results live in the pool. */
#ifndef LINODE_INSTANCE_FIELD_H
#define LINODE_INSTANCE_FIELD_H

#include <apr_pools.h>
#include <jansson.h>

/* Sets object's member; NULL, or what is wrong with name or value and what to do, as the rest of a
 * sentence. The value of a field that may hold a secret is never repeated. */
const char *instance_field_set(json_t *object, const char *name, const char *value,
                               apr_pool_t *pool);

/* What cannot be said together, as a sentence, or NULL. */
const char *instance_field_conflict(const json_t *object);

#endif
