/* SPDX-License-Identifier: Apache-2.0 */
/* The files of templates/, carried inside the module; made at build time by src/tool/embed.c. */
#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>

typedef struct embedded_file_t {
    const char *name;    /* "configure.html", "assets/style.css"; NULL ends the list */
    const char *content; /* followed by a NUL that length does not count */
    size_t length;
} embedded_file_t;

extern const embedded_file_t embedded_files[];

#endif
