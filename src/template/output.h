/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_OUTPUT_H
#define TEMPLATE_OUTPUT_H

/*
 * Where rendered text goes: into a bucket brigade, or into a text in memory that a macro, a
 * set block or a filter block captures.
 *
 * In a brigade, long literals become immortal buckets that point into the template. All else
 * is copied once, side by side into chunks of which the brigade gets slices: many small values
 * make one bucket, not many.
 */

#include "value.h"

#include <string.h>

enum {
    OUTPUT_CHUNK = 8000, /* bytes of a chunk */
    OUTPUT_LITERAL = 256 /* a shorter literal is copied: a bucket of its own would cost more */
};

typedef struct output_t {
    apr_bucket_brigade *brigade; /* NULL: captured */
    builder_t captured;
    apr_bucket *chunk; /* a heap bucket outside of the brigade that slices are made from */
    char *data;        /* its memory */
    apr_size_t from;   /* what is not yet in the brigade: from ... used */
    apr_size_t used;
    apr_size_t total;
    apr_size_t copied;
} output_t;

void output_to_brigade(output_t *output, apr_bucket_brigade *brigade);
void output_to_text(output_t *output, heap_t *heap);

void output_literal(output_t *output, const char *text, apr_size_t length);
void output_text_anywhere(output_t *output, const char *text, apr_size_t length);
void output_escaped(output_t *output, const char *text, apr_size_t length);

/* Mostly there is room in the chunk. */
static inline void output_text(output_t *output, const char *text, apr_size_t length)
{
    if (!output->chunk || length > OUTPUT_CHUNK - output->used) {
        output_text_anywhere(output, text, length);
        return;
    }
    memcpy(output->data + output->used, text, length);
    output->used += length;
    output->total += length;
    output->copied += length;
}

/* Hands the last slice to the brigade. To be called in any case, also after an error. */
void output_finish(output_t *output);

/* What & < > ' and " become; NULL for other characters. */
const char *output_entity(char byte, apr_size_t *length);

#endif
