/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the reference of the directives in Markdown, from the same rows as the module reads. */
#include <stdio.h>
#include <string.h>

#include "directive.h"

typedef struct row_t {
    const char *name, *arguments, *otherwise, *help;
} row_t;

static const row_t rows[] = {
#define DIRECTIVE(id, name, kind, least, most, otherwise, arguments, help)                         \
    {name, arguments, otherwise, help},
#include "directives.def"
#undef DIRECTIVE
};

/* A bar would end the table's cell. */
static void print_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|') {
            putchar('\\');
        }
        putchar(*text);
    }
}

static void print_row(const row_t *row)
{
    printf("| `%s` *", row->name);
    print_cell(row->arguments);
    printf("* | ");
    if (!row->otherwise) {
        printf(" ");
    }
    else if (strcmp(row->otherwise, DIRECTIVE_REQUIRED) == 0) {
        printf("required");
    }
    else {
        printf("`%s`", row->otherwise);
    }
    printf(" | ");
    print_cell(row->help);
    printf(" |\n");
}

int main(void)
{
    printf("| directive | default | meaning |\n|---|---|---|\n");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_row(&rows[i]);
    }
    return 0;
}
