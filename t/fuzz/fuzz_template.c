/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes lexer, parser, compiler and renderer with one template. */
#include "render_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const template_source_t source = {.name = "main", .text = (const char *)data, .length = size};
    apr_pool_t *pool;

    apr_pool_create(&pool, fuzz_pool);
    fuzz_case(&source, 1, fuzz_is_repeatable(source.text, size), pool);
    apr_pool_destroy(pool);
    return 0;
}
