/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of the process, as the system sees it. */
#ifndef SUPPORT_MEMORY_H
#define SUPPORT_MEMORY_H

/* After something large has been freed that was made of many small pieces, such as JSON: they stay
 * in the heap of whichever thread had them, in the end in each thread's, as glibc does not give
 * them back by itself. Takes about as long as there are pages to be given back. */
void memory_give_back(void);

#endif
