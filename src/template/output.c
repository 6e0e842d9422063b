/* SPDX-License-Identifier: Apache-2.0 */
/* Output into buckets or memory; see output.h. */
#include "output.h"

#include <string.h>

void output_to_brigade(output_t *output, apr_bucket_brigade *brigade)
{
    memset(output, 0, sizeof(*output));
    output->brigade = brigade;
}

void output_to_text(output_t *output, heap_t *heap)
{
    memset(output, 0, sizeof(*output));
    builder_init(&output->captured, heap);
}

/* What has been written to the chunk since the last time becomes a bucket. */
static void flush_slice(output_t *output)
{
    apr_bucket *slice;

    if (output->used == output->from) {
        return;
    }
    apr_bucket_copy(output->chunk, &slice);
    slice->start = (apr_off_t)output->from;
    slice->length = output->used - output->from;
    APR_BRIGADE_INSERT_TAIL(output->brigade, slice);
    output->from = output->used;
}

static void next_chunk(output_t *output)
{
    apr_bucket_alloc_t *list = output->brigade->bucket_alloc;

    if (output->chunk) {
        flush_slice(output);
        apr_bucket_destroy(output->chunk);
    }
    output->data = apr_bucket_alloc(OUTPUT_CHUNK, list);
    output->chunk = apr_bucket_heap_create(output->data, OUTPUT_CHUNK, apr_bucket_free, list);
    output->from = output->used = 0;
}

void output_finish(output_t *output)
{
    if (output->brigade && output->chunk) {
        flush_slice(output);
        apr_bucket_destroy(output->chunk);
        output->chunk = NULL;
    }
}

static void write_chunks(output_t *output, const char *text, apr_size_t length)
{
    while (length > 0) {
        apr_size_t room = output->chunk ? OUTPUT_CHUNK - output->used : 0;
        apr_size_t part = length < room ? length : room;
        if (part == 0) {
            next_chunk(output);
            continue;
        }
        memcpy(output->data + output->used, text, part);
        output->used += part;
        text += part;
        length -= part;
    }
}

void output_text_anywhere(output_t *output, const char *text, apr_size_t length)
{
    if (output->brigade) {
        output->total += length;
        output->copied += length;
        write_chunks(output, text, length);
    }
    else {
        builder_add(&output->captured, text, length);
    }
}

void output_literal(output_t *output, const char *text, apr_size_t length)
{
    apr_bucket *literal;

    if (!output->brigade || length < OUTPUT_LITERAL) {
        output_text(output, text, length);
        return;
    }
    flush_slice(output);
    literal = apr_bucket_immortal_create(text, length, output->brigade->bucket_alloc);
    APR_BRIGADE_INSERT_TAIL(output->brigade, literal);
    output->total += length;
}

const char *output_entity(char byte, apr_size_t *length)
{
    switch (byte) {
    case '&':
        *length = 5;
        return "&amp;";
    case '<':
        *length = 4;
        return "&lt;";
    case '>':
        *length = 4;
        return "&gt;";
    case '\'':
        *length = 5;
        return "&#39;";
    case '"':
        *length = 5;
        return "&#34;";
    default:
        return NULL;
    }
}

enum { WORD = sizeof(uint64_t) };

/* Whether one of eight bytes is & < > ' or " (of which two differ in one bit, twice). */
static bool has_special(const char *text)
{
    const uint64_t ones = UINT64_MAX / UINT8_MAX;
    uint64_t word;
    uint64_t a;
    uint64_t b;
    uint64_t c;

    memcpy(&word, text, WORD);
    a = (word | ones * ('&' ^ '"')) ^ ones * '&';
    b = (word | ones * ('<' ^ '>')) ^ ones * '>';
    c = word ^ ones * '\'';
    return (((a - ones) & ~a) | ((b - ones) & ~b) | ((c - ones) & ~c)) & ones << 7;
}

/* Most texts have nothing to escape. */
static bool is_plain(const char *text, apr_size_t length)
{
    apr_size_t at = 0;

    for (; at + WORD <= length; at += WORD) {
        if (has_special(text + at)) {
            return false;
        }
    }
    if (length >= WORD) { /* what is left, with what has been seen before it */
        return at == length || !has_special(text + length - WORD);
    }
    for (; at < length; at++) {
        apr_size_t size;
        if (text[at] <= '>' && output_entity(text[at], &size)) {
            return false;
        }
    }
    return true;
}

void output_escaped(output_t *output, const char *text, apr_size_t length)
{
    apr_size_t from = 0;

    if (is_plain(text, length)) {
        output_text(output, text, length);
        return;
    }
    for (apr_size_t at = 0; at < length; at++) {
        apr_size_t size;
        const char *entity;
        if (text[at] > '>' || (entity = output_entity(text[at], &size)) == NULL) {
            continue;
        }
        output_text(output, text + from, at - from);
        output_text(output, entity, size);
        from = at + 1;
    }
    output_text(output, text + from, length - from);
}
