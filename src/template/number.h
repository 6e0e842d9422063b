/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEMPLATE_NUMBER_H
#define TEMPLATE_NUMBER_H

/*
 * Numbers as Python writes, reads, rounds and divides them. Integers are 64 bits wide here;
 * whatever leaves that range is said to the caller instead of being wrapped. The process's
 * locale plays no part.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBER_SIZE 352 /* holds any double printed with "%.17f" */

/* repr() of a float: the shortest digits that read back as the same. Returns the length. */
size_t number_print(double number, char out[NUMBER_SIZE]);

/* printf of one double with one of e, f, g and their capitals; "." whatever the locale says. */
size_t number_format(double number, char conversion, int precision, bool alternate, char *out,
                     size_t size);

/* float() of a text: white space around, underscores between digits, inf and nan. */
bool number_parse(const char *text, size_t length, double *number);

typedef enum number_status_t { NUMBER_OK, NUMBER_INVALID, NUMBER_TOO_BIG } number_status_t;

/* int() of a text in a base from 2 to 36, or 0 for what the prefix says. */
number_status_t number_parse_integer(const char *text, size_t length, int base, int64_t *integer);

/* round() of a float to so many digits, which may be negative. */
double number_round(double number, int digits);

/* a / b and a // b and a % b of floats, b not 0; a / b of integers, correctly rounded. */
double number_floor_divide(double a, double b);
double number_modulo(double a, double b);
double number_divide(int64_t a, int64_t b);

/* a ** b for b >= 0; false if it leaves 64 bits. */
bool number_power(int64_t a, int64_t b, int64_t *result);

/* -1, 0, 1; exact however big the integer is. 2 if the float is not a number. */
int number_compare(int64_t integer, double number);

#endif
