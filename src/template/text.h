/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_TEXT_H
#define TEMPLATE_TEXT_H

/*
 * UTF-8 and what Python's str knows about characters: classes, cases, white space. Lengths are
 * in bytes, positions that templates see in code points; text_skip() goes from one to the other.
 *
 * All text here is valid UTF-8: template sources are checked when they are compiled, jansson
 * checks what it parses, and nothing here makes anything else.
 */

#include <apr.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool text_is_valid(const char *text, size_t length);

/* Code points in so many bytes. */
size_t text_count(const char *text, size_t length);

/* Bytes that the first count code points take (all of them, if there are fewer). */
size_t text_skip(const char *text, size_t length, size_t count);

/* Bytes that the last code point takes; 0 if there is none. */
size_t text_last(const char *text, size_t length);

/* The first code point of a text that is not empty, and its size. */
uint32_t text_decode(const char *text, size_t length, size_t *size);

/* Writes a code point, returns its size. */
size_t text_encode(uint32_t point, char out[4]);

/* Where needle is first (or last) in text, or NULL. An empty needle is found at once. */
const char *text_find(const char *text, size_t length, const char *needle, size_t needle_length);
const char *text_find_last(const char *text, size_t length, const char *needle,
                           size_t needle_length);

/* Bytes of white space at the start and at the end. */
size_t text_leading_space(const char *text, size_t length);
size_t text_trailing_space(const char *text, size_t length);

/* Bytes up to the next end of line as str.splitlines() sees it; *mark gets the size of that. */
size_t text_line(const char *text, size_t length, size_t *mark);

typedef enum text_case_t { TEXT_UPPER, TEXT_LOWER, TEXT_TITLE } text_case_t;

/*
 * One character in another case: up to four code points, of which at most 12 bytes are written.
 * What depends on the neighbours (the final sigma) is the caller's.
 */
size_t text_convert(uint32_t point, text_case_t to, char out[12]);

bool text_is_space(uint32_t point);
bool text_is_lower(uint32_t point);
bool text_is_upper(uint32_t point);
bool text_is_title(uint32_t point);
bool text_is_cased(uint32_t point);
bool text_is_case_ignorable(uint32_t point);
bool text_is_alphabetic(uint32_t point);
bool text_is_alphanumeric(uint32_t point);
bool text_is_digit(uint32_t point);
bool text_is_decimal(uint32_t point);
int text_decimal(uint32_t point); /* its value, -1 if it is none */
bool text_is_printable(uint32_t point);
bool text_is_identifier(uint32_t point);
bool text_is_identifier_start(uint32_t point);

#endif
