/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_WORDS_H
#define TEMPLATE_WORDS_H

/* What str's methods and the filters of texts have in common. Results keep being safe or not. */

#include "value.h"

value_t words_upper(heap_t *heap, value_t text);
value_t words_lower(heap_t *heap, value_t text);
value_t words_capitalize(heap_t *heap, value_t text);
value_t words_title(heap_t *heap, value_t text);
value_t words_swap_case(heap_t *heap, value_t text);

/* Adds text in lower case, as it would be in the whole that it is a part of. */
void words_add_lower(builder_t *out, value_t whole, apr_size_t from, apr_size_t to);

/* count < 0: all */
value_t words_replace(heap_t *heap, value_t text, value_t old, value_t new, int64_t count);

/* Characters to strip, or VALUE_MISSING for white space. */
value_t words_strip(value_t text, value_t characters, bool left, bool right);

/* separator VALUE_MISSING: white space; most < 0: as often as it goes. A list of texts. */
value_t words_split(heap_t *heap, value_t text, value_t separator, int64_t most);
value_t words_split_right(heap_t *heap, value_t text, value_t separator, int64_t most);
value_t words_lines(heap_t *heap, value_t text, bool keep_ends);

/* To the left, right or in the middle (< > ^) of so many characters. */
value_t words_justify(heap_t *heap, value_t text, int64_t width, value_t fill, char align);

/* islower() and isupper(). */
bool words_is_case(value_t text, bool lower);

/* With the digits of every script as those of ASCII, for whoever reads a number. */
value_t words_plain_digits(heap_t *heap, value_t text);

/* A part of a text, in bytes, that is safe if the text is. */
value_t words_part(value_t text, apr_size_t from, apr_size_t length);

#endif
