/* SPDX-License-Identifier: Apache-2.0 */
/* Form bodies and queries. What is read keeps the limits, holds no byte that cannot be typed, and
 * is read as the same fields again when it is written anew. */
#include "fuzz.h"

#include "support/form.h"
#include "support/http.h"

static void check_field(const char *name, const char *value)
{
    const char *at;

    PROMISE(*name && strlen(name) <= FORM_MAX_NAME && strlen(value) <= FORM_MAX_VALUE);
    for (at = value; *at; at++) {
        PROMISE((unsigned char)*at >= 0x20 || strchr("\t\r\n", *at));
        PROMISE(*at != 0x7f);
    }
}

static void parse(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    char *text = apr_pmemdup(pool, data, size); /* without a NUL behind it */
    apr_table_t *form, *again;
    const apr_array_header_t *fields;
    const char *written = "";
    problem_t *problem = form_parse(&form, text, size, pool);
    int i;

    if (problem) {
        PROMISE(problem->status == 400 || problem->status == 413);
        return;
    }
    fields = apr_table_elts(form);
    PROMISE(fields->nelts <= FORM_MAX_FIELDS);
    for (i = 0; i < fields->nelts; i++) {
        const apr_table_entry_t *field = &APR_ARRAY_IDX(fields, i, apr_table_entry_t);

        check_field(field->key, field->val);
        written = http_form_append(written, field->key, field->val, pool);
    }
    PROMISE(!form_parse(&again, written, strlen(written), pool));
    PROMISE(apr_table_elts(again)->nelts == fields->nelts);
    for (i = 0; i < fields->nelts; i++) {
        const apr_table_entry_t *field = &APR_ARRAY_IDX(fields, i, apr_table_entry_t);

        PROMISE(!strcmp(apr_table_get(again, field->key), field->val));
    }
}

FUZZ_TARGET(parse)
