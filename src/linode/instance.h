/* SPDX-License-Identifier: Apache-2.0 */
/* A Linode on the visitor's account (POST and GET /linode/instances), and whose account it is (GET
 * /profile).
 *
 * A create is not idempotent at Linode, so there is instance_ensure: the label is unique on an
 * account and belongs to one wish alone. When the answer to the create was lost or unclear, the
 * Linode of that label is looked up; it is ours if label, type, region, image and tags are those of
 * the wish (regions by the names of GET /regions, never by an old alias) and it was created after
 * the wish began. Only if there is none after a few looks is the create sent again, under the same
 * label, which protects all the same if the list lags.
 *
 * Nothing at Linode tells which of an account's users made a Linode, while its root password comes
 * from whose it is. So a Linode belongs to the account, as its label does, and all who may do
 * everything there are one owner; a user with restrictions is an owner of his own. He may not tag:
 * by that his Linodes and the others' are told apart, and Linode lists to him only what he made or
 * was given. Everything returned lives in the caller's pool. */
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
problem_t *instance_ensure(const json_t **linode, const api_t *api, http_t *http, const char *token,
                           const instance_wish_t *wish, apr_time_t deadline, apr_pool_t *pool);

/* Who has logged in. */
typedef struct instance_owner_t {
    const char *account; /* never shown: the account's UUID, or of one user his uid ("1234") */
    int restricted;      /* may not tag what he creates */
} instance_owner_t;

/* GET /profile. The account's UUID comes in a header; without it a user is an owner alone. */
problem_t *instance_owner(instance_owner_t *owner, const api_t *api, http_t *http,
                          const char *token, apr_time_t deadline, apr_pool_t *pool);

/* A Linode's IPv4 addresses, those first that can be reached from everywhere; else in Linode's
 * order. The reference is the caller's; NULL when they are no array. */
json_t *instance_addresses(const json_t *ipv4);

/* NULL when text can be a Linode's label, else what is wrong with it, as the end of a sentence. */
const char *instance_label_check(const char *text, apr_pool_t *pool);

/* A label by Linode's rules from a name and a suffix: 3 to 64 characters, letters, digits and
 * -_. without two of them in a row, beginning with a letter: "owncast-7f3k9m2x". */
const char *instance_label_make(const char *name, const char *suffix, apr_pool_t *pool);

#endif
