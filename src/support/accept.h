/* SPDX-License-Identifier: Apache-2.0 */
/* What a client takes, and what it likes better: the lists of Accept and Accept-Encoding (RFC 9110
 * sections 12.4.2 and 12.5).
 *
 * Names compare without regard to case, and so does the q of a weight. Parameters other than q do
 * not count, as there is one representation of each type here. An element whose weight is no number
 * says nothing. */
#ifndef SUPPORT_ACCEPT_H
#define SUPPORT_ACCEPT_H

#define ACCEPT_UNLISTED (-1)
#define ACCEPT_MOST     1000

/* The weight in thousandths, 0 for what is refused, of the first of the names that the header
 * lists: they go from the most precise to the least and end in NULL. rank, if it is wanted, is
 * which of them that was. */
int accept_weight(const char *header, const char *const names[], int *rank);

#endif
