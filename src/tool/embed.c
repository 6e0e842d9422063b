/* SPDX-License-Identifier: Apache-2.0 */
/* Writes files as one C source: embedded_files[], name (below templates/), content, length. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *path)
{
    perror(path);
    exit(1);
}

static long embed_file(const char *path, int index)
{
    FILE *file = fopen(path, "rb");
    long length = 0;
    int c;
    if (!file) {
        die(path);
    }
    printf("static const char content_%d[] = {", index);
    while ((c = getc(file)) != EOF) {
        printf("%s%d,", length++ % 20 == 0 ? "\n" : "", (signed char)c);
    }
    if (ferror(file)) {
        die(path);
    }
    printf("\n0};\n");
    (void)fclose(file);
    return length;
}

int main(int argc, char **argv)
{
    long *lengths = calloc((size_t)argc + 1, sizeof(*lengths));
    if (!lengths) {
        die("memory");
    }
    printf("#include \"embedded.h\"\n");
    for (int i = 1; i < argc; i++) {
        lengths[i] = embed_file(argv[i], i);
    }
    printf("const embedded_file_t embedded_files[] = {\n");
    for (int i = 1; i < argc; i++) {
        const char *name = strncmp(argv[i], "templates/", 10) == 0 ? argv[i] + 10 : argv[i];
        printf("{\"%s\", content_%d, %ld},\n", name, i, lengths[i]);
    }
    printf("{0, 0, 0}};\n");
    free(lengths);
    return 0;
}
