/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of the authorities that a server is verified by, from the operator's disk: PEM (RFC
 * 7468), as many as there are, kept as text, the way libcurl takes them. Read by the user who
 * starts the server, as the children might not be allowed to. */
#ifndef SUPPORT_AUTHORITIES_H
#define SUPPORT_AUTHORITIES_H

#include <apr_pools.h>

/* The text lives in the pool. NULL, or what is wrong with the file, as the rest of a sentence that
 * begins with its path. */
const char *authorities_read(const char **pem, const char *path, apr_pool_t *pool);

#endif
