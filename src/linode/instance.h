/* SPDX-License-Identifier: Apache-2.0 */
/* A Linode on the visitor's account (POST and GET /linode/instances).
 *
 * A create is not idempotent at Linode, so there is instance_ensure: the label is unique on an
 * account and belongs to one wish alone. When the answer to the create was lost or unclear, the
 * Linode of that label is looked up; it is ours if label, type, region, image and tags are those of
 * the wish (regions by the names of GET /regions, never by an old alias) and it was created after
 * the wish began. Only if there is none after a few looks is the create sent again, under the same
 * label, which protects all the same if the list lags. Everything returned lives in the caller's
 * pool. */
#ifndef LINODE_INSTANCE_H
#define LINODE_INSTANCE_H

#include <apr_pools.h>
#include <apr_time.h>
#include <jansson.h>
#include "linode/api.h"

typedef struct instance_wish_t {
    const char *label;
    const char *type;
    const char *region;
    const char *image;
    const char *root_pass;
    json_int_t stackscript_id;
    const json_t *stackscript_data; /* object, or NULL: the member is left out when empty */
    const json_t *secrets;          /* those of its members that no message may quote, or NULL */
    const char *group;
    const apr_array_header_t *tags; /* const char * */
    int untagged;                   /* without them, and known by not having them */
    const json_t *extra;            /* further members of the create, or NULL */
    apr_time_t began;
} instance_wish_t;

/* *linode is the Linode as the API shows it. LABEL_TAKEN: a Linode that is not ours has the label;
 * with effect MAYBE_CREATED if that is not certain. Any other problem with that effect: neither
 * seen nor ruled out within the deadline. */
problem_t *instance_ensure(const json_t **linode, const api_access_t *access,
                           const instance_wish_t *wish, apr_pool_t *pool);

/* A Linode's IPv4 addresses, those first that can be reached from everywhere; else in Linode's
 * order. The reference is the caller's; NULL when they are no array. */
json_t *instance_addresses(const json_t *ipv4);

#endif
