/* SPDX-License-Identifier: Apache-2.0 */
/* Looking through the directory for journals that their processes left behind.
 *
 * What stays there because it cannot be read or opened is remembered, with its time and size, so
 * that it is looked at once and not at each sweep; and complained of once by all processes
 * together, if it can be opened and marked as told. One thread at a time. */
#ifndef LINODE_JOURNAL_SWEEP_H
#define LINODE_JOURNAL_SWEEP_H

#include "linode/journal.h"

typedef struct journal_sweep_t journal_sweep_t;

typedef struct journal_taking_t {
    journal_take_t *take;
    void *baton;
    const log_t *log;
} journal_taking_t;

/* limit is the most bytes of one file to read. */
journal_sweep_t *journal_sweep_create(const char *directory, apr_size_t limit, apr_pool_t *pool);

void journal_sweep_directory(journal_sweep_t *sweep, const journal_taking_t *taking,
                             apr_pool_t *pool);

#endif
