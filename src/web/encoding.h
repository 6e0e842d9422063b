/* SPDX-License-Identifier: Apache-2.0 */
/* Content-Encoding of what is kept in memory compressed beside itself: whether a request takes gzip
 * (RFC 9110 section 12.5.3), and what an answer has to say so that nobody on its way compresses it
 * once more. */
#ifndef WEB_ENCODING_H
#define WEB_ENCODING_H

#include <httpd.h>

int encoding_accepts_gzip(const request_rec *r);

/* For an answer that has both forms; encoding is that of the one sent, or NULL. vary: on which
 * headers of a request the answer depends. */
void encoding_set(request_rec *r, const char *encoding, const char *vary);

#endif
