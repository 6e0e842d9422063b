/* SPDX-License-Identifier: Apache-2.0 */
/* How wide a text is about to be, where no font is at hand: by the widths of Helvetica Bold, which
 * those of the usual sans serif fonts are near; wide characters of East Asia count as a whole em.
 */
#ifndef SUPPORT_TEXT_WIDTH_H
#define SUPPORT_TEXT_WIDTH_H

/* Of UTF-8, in thousandths of the font's size. */
long text_width(const char *text);

#endif
