/* SPDX-License-Identifier: Apache-2.0 */
/* Words in a text that somebody else wrote, wherever they stand in it and in either case. */
#ifndef SUPPORT_MENTION_H
#define SUPPORT_MENTION_H

#include <stddef.h>

/* Whether the text (NULL: none) has one of the words in it. */
int mention_any(const char *text, const char *const *words, size_t count);

#endif
