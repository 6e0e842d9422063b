/* SPDX-License-Identifier: Apache-2.0 */
/* Errors: message, place, and the offending line with a caret below the column. */
#include "error.h"

#include "text.h"

#include <apr_strings.h>

enum { EXCERPT = 100 }; /* characters of a line that are shown */

template_error_t *error_create_v(apr_pool_t *pool, const char *format, va_list arguments)
{
    template_error_t *error = apr_pcalloc(pool, sizeof(*error));

    error->message = apr_pvsprintf(pool, format, arguments);
    return error;
}

template_error_t *error_create(apr_pool_t *pool, const char *format, ...)
{
    template_error_t *error;
    va_list arguments;

    va_start(arguments, format);
    error = error_create_v(pool, format, arguments);
    va_end(arguments);
    return error;
}

/* Replaces what would disturb a log line or move the caret. */
static void flatten(char *line)
{
    for (; *line; line++) {
        if ((unsigned char)*line < 0x20 || *line == 0x7F) {
            *line = ' ';
        }
    }
}

static const char *make_excerpt(const char *line, apr_size_t length, apr_size_t column,
                                apr_pool_t *pool)
{
    apr_size_t from = column > EXCERPT / 2 ? column - EXCERPT / 2 : 0;
    apr_size_t skipped = text_skip(line, length, from);
    apr_size_t shown = text_skip(line + skipped, length - skipped, EXCERPT);
    char *text = apr_pstrmemdup(pool, line + skipped, shown);

    flatten(text);
    return apr_psprintf(pool, "    %s\n    %*s^", text, (int)(column - from), "");
}

void error_locate(template_error_t *error, const template_source_t *source, apr_size_t offset,
                  apr_pool_t *pool)
{
    const char *text = source->text;
    const char *line = text;
    const char *end;
    apr_size_t column;

    if (error->line || error->name) {
        return;
    }
    offset = offset < source->length ? offset : source->length;
    error->name = source->name;
    error->path = source->path;
    error->line = 1;
    for (const char *at = text; at < text + offset; at++) {
        if (*at == '\n' || (*at == '\r' && !(at + 1 < text + source->length && at[1] == '\n'))) {
            error->line++;
            line = at + 1;
        }
    }
    column = text_count(line, (apr_size_t)(text + offset - line));
    error->column = (int)column + 1;
    for (end = line; end < text + source->length && *end != '\n' && *end != '\r'; end++) {
    }
    if (text_is_valid(line, (apr_size_t)(end - line))) {
        error->excerpt = make_excerpt(line, (apr_size_t)(end - line), column, pool);
    }
}

const char *template_error_text(const template_error_t *error, apr_pool_t *pool)
{
    const char *file = error->path ? error->path : error->name;
    const char *place = "";

    if (file && error->line) {
        place = apr_psprintf(pool, "%s:%d:%d: ", file, error->line, error->column);
    }
    else if (file) {
        place = apr_pstrcat(pool, file, ": ", NULL);
    }
    return apr_pstrcat(pool, place, error->message, error->excerpt ? "\n" : "",
                       error->excerpt ? error->excerpt : "", NULL);
}
