/* SPDX-License-Identifier: Apache-2.0 */
/* Whether something that was to be wiped is still there: looks through the heap and every other
 * anonymous memory of this process, in which pools have theirs; not through the stack, where the
 * test may have its own copy. */
#ifndef UNIT_MEMORY_H
#define UNIT_MEMORY_H

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "fixture.h"

/* More is none of a pool, but a sanitizer's. */
#define LARGEST_MAPPING ((uintptr_t)256 * 1024 * 1024)

/* By way of the file: neither a sanitizer nor valgrind lets anybody read what is not in use. */
static size_t copies_between(int memory, uintptr_t begin, uintptr_t end, const char *first,
                             const char *second)
{
    char piece[4096 + 64];
    size_t head = strlen(first), tail = strlen(second), found = 0, i;

    for (; begin < end; begin += 4096) {
        ssize_t got = pread(memory, piece, sizeof(piece), (off_t)begin);
        size_t room = got > 0 ? (size_t)got : 0;

        for (i = 0; i < 4096 && i + head + tail <= room; i++) {
            found += !memcmp(piece + i, first, head) && !memcmp(piece + i + head, second, tail);
        }
    }
    return found;
}

/* How often the two stand there one behind the other; apart, so that looking for them is no find.
 */
static inline size_t copies_in_memory(const char *first, const char *second)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY);
    char line[1024];
    size_t found = 0;

    ck_assert(maps != NULL && memory >= 0);
    while (fgets(line, sizeof(line), maps)) {
        uintptr_t begin, end;
        char rights[5];
        char name[256] = "";
        int read = sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s %*s %*s %*s %255s", &begin, &end,
                          rights, name);

        if (read >= 3 && !strncmp(rights, "rw", 2) && (!*name || !strcmp(name, "[heap]")) &&
            end - begin <= LARGEST_MAPPING) {
            found += copies_between(memory, begin, end, first, second);
        }
    }
    fclose(maps);
    close(memory);
    return found;
}

#endif
