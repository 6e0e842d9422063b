/* SPDX-License-Identifier: Apache-2.0 */
/* Whose account it is that a visitor has logged in to (GET /profile).
 *
 * Nothing at Linode tells which of an account's users made a Linode, while its root password comes
 * from whose it is. So a Linode belongs to the account, as its label does, and all who may do
 * everything there are one owner; a user with restrictions is an owner of his own. He may not tag:
 * by that his Linodes and the others' are told apart (linode/instance), and Linode lists to him
 * only what he made or was given. */
#ifndef LINODE_OWNER_H
#define LINODE_OWNER_H

#include "linode/api.h"

typedef struct owner_t {
    const char *account; /* never shown: the account's UUID, or of one user his uid ("1234") */
    int restricted;      /* may not tag what he creates */
} owner_t;

/* The account's UUID comes in a header; without it a user is an owner alone. */
problem_t *owner_read(owner_t *owner, const api_access_t *access, apr_pool_t *pool);

#endif
