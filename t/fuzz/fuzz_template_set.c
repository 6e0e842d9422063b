/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzzes what templates do with each other: extends, blocks, super, include, import.
 *
 * An input is several templates, each behind a line "--- name", as in t/template/corpus; what comes
 * before the first such line is "main" if there is anything.
 */
#include "render_case.h"

enum { MEMBERS = 8 };

static const char SEPARATOR[] = "\n--- ";

/* Takes the text up to the next separator off the input. */
static template_source_t take_text(const char *name, const char **at, const char *end)
{
    apr_size_t left = (apr_size_t)(end - *at);
    const char *stop = memmem(*at, left, SEPARATOR, strlen(SEPARATOR));
    template_source_t source = {.name = name, .text = *at};

    source.length = stop ? (apr_size_t)(stop - *at) : left;
    *at = stop ? stop + strlen(SEPARATOR) : end;
    return source;
}

static apr_size_t take_all(template_source_t *sources, const char *at, const char *end,
                           apr_pool_t *pool)
{
    apr_size_t count = 0;

    if (end - at >= 4 && memcmp(at, SEPARATOR + 1, 4) == 0) {
        at += 4;
    }
    else {
        sources[count++] = take_text("main", &at, end);
    }
    while (count < MEMBERS && at < end) {
        const char *newline = memchr(at, '\n', (apr_size_t)(end - at));
        const char *name = newline ? apr_pstrmemdup(pool, at, (apr_size_t)(newline - at)) : "main";
        at = newline ? newline : at;
        sources[count] = take_text(name, &at, end);
        if (sources[count].length && *sources[count].text == '\n') {
            sources[count].text++;
            sources[count].length--;
        }
        count++;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    template_source_t sources[MEMBERS];
    apr_size_t count;
    apr_pool_t *pool;

    apr_pool_create(&pool, fuzz_pool);
    count = take_all(sources, text, text + size, pool);
    fuzz_case(sources, count, fuzz_is_repeatable(text, size), pool);
    apr_pool_destroy(pool);
    return 0;
}
