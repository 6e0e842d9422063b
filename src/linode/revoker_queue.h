/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens to be revoked, the one that is due first in front: a binary heap. Of those that are due at
 * once, as all of a client are after a pause, the one that was tried least comes first, so that one
 * that always fails keeps no other waiting.
 *
 * A job is one malloc with its sealed text at the end, made and freed by the revoker. The queue
 * has a fixed room and no lock of its own. */
#ifndef LINODE_REVOKER_QUEUE_H
#define LINODE_REVOKER_QUEUE_H

#include "linode/journal.h"

typedef struct revoker_job_t {
    journal_entry_t entry; /* its text is the one below */
    int client;
    int tries;
    apr_time_t due;  /* workers_now's clock */
    apr_time_t ends; /* likewise: when the token has ended by itself */
    char text[];
} revoker_job_t;

typedef struct revoker_queue_t {
    revoker_job_t **jobs;
    int count;
    int room;
} revoker_queue_t;

void revoker_queue_init(revoker_queue_t *queue, int room, apr_pool_t *pool);
/* There has to be room. */
void revoker_queue_add(revoker_queue_t *queue, revoker_job_t *job);
revoker_job_t *revoker_queue_first(const revoker_queue_t *queue);
revoker_job_t *revoker_queue_take(revoker_queue_t *queue);

#endif
