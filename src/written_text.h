/* SPDX-License-Identifier: Apache-2.0 */
/* Text that the operator wrote into a directive, for a page or for Linode: whether it can be shown
 * there, and has as many characters as there is room for. */
#ifndef WRITTEN_TEXT_H
#define WRITTEN_TEXT_H

#include <apr_pools.h>

/* text is UTF-8. It may be blank only where it may be empty. NULL, or what is wrong as the rest of
 * a sentence that begins with what the text is. */
const char *written_text_check(const char *text, apr_int64_t least, apr_int64_t most,
                               apr_pool_t *pool);

#endif
