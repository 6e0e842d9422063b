/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_MARKUP_H
#define TEMPLATE_MARKUP_H

/* Markup back to text. */

#include "value.h"

/* Entities and numbers of characters to characters, as html.unescape() does it. */
value_t markup_unescape(heap_t *heap, value_t text);

/* Without tags and comments, white space made single blanks, entities made characters. */
value_t markup_strip_tags(heap_t *heap, value_t text);

#endif
