/* SPDX-License-Identifier: Apache-2.0 */
#include "support/accept.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *skip_space(const char *text)
{
    return text + strspn(text, " \t");
}

/* Where a name or a parameter ends: at a semicolon or a comma that is not in a quoted string. */
static const char *part_end(const char *part)
{
    int is_quoted = 0;
    for (; *part && (is_quoted || (*part != ';' && *part != ',')); part++) {
        if (is_quoted && *part == '\\' && part[1]) {
            part++;
        }
        else if (*part == '"') {
            is_quoted = !is_quoted;
        }
    }
    return part;
}

static size_t trimmed_length(const char *part, const char *end)
{
    while (end > part && apr_isspace(end[-1])) {
        end--;
    }
    return (size_t)(end - part);
}

/* Thousandths of a number such as "0.8", ACCEPT_UNLISTED of what is none. Some clients write ".2",
 * or more digits than three. */
static int thousandths_of(const char *number, size_t length)
{
    int value = 0, digits = 0;
    size_t i = 0;
    for (; i < length && apr_isdigit(number[i]); i++, digits++) {
        value = value || number[i] != '0' ? ACCEPT_MOST : 0;
    }
    if (i < length && number[i] == '.') {
        i++;
        for (int worth = ACCEPT_MOST / 10; i < length && apr_isdigit(number[i]); i++, digits++) {
            value += (number[i] - '0') * worth;
            worth /= 10;
        }
    }
    if (i < length || !digits) {
        return ACCEPT_UNLISTED;
    }
    return value < ACCEPT_MOST ? value : ACCEPT_MOST;
}

/* What follows the equals sign, where the parameter is a weight; or NULL. */
static const char *weight_in(const char *parameter)
{
    if (apr_tolower(*parameter) != 'q') {
        return NULL;
    }
    const char *equals = skip_space(parameter + 1);
    return *equals == '=' ? skip_space(equals + 1) : NULL;
}

/* The weight that the parameters from there on say; moves *rest behind them. */
static int read_weight(const char **rest)
{
    int weight = ACCEPT_MOST;
    while (**rest == ';') {
        const char *parameter = skip_space(*rest + 1);
        const char *number = weight_in(parameter);
        *rest = part_end(parameter);
        if (number) {
            weight = thousandths_of(number, trimmed_length(number, *rest));
        }
    }
    return weight;
}

/* Which of the first count names that is, or count. */
static int rank_of(const char *name, size_t length, const char *const names[], int count)
{
    int rank = 0;
    while (rank < count &&
           (strncasecmp(names[rank], name, length) != 0 || names[rank][length] != '\0')) {
        rank++;
    }
    return rank;
}

int accept_weight(const char *header, const char *const names[], int *rank)
{
    int count = 0, weight = ACCEPT_UNLISTED;
    while (names[count]) {
        count++;
    }
    int best = count;
    while (*header) {
        const char *name = skip_space(header);
        const char *rest = part_end(name);
        int found = rank_of(name, trimmed_length(name, rest), names, count);
        int its_weight = read_weight(&rest);
        if (found < count && its_weight != ACCEPT_UNLISTED &&
            (found < best || (found == best && its_weight > weight))) {
            best = found;
            weight = its_weight;
        }
        header = *rest ? rest + 1 : rest;
    }
    if (rank) {
        *rank = best;
    }
    return weight;
}
