/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of the authorities that a server is verified by: of a file of the operator's, in PEM
 * (RFC 7468), or the system's.
 *
 * They are read once, by the user who starts the server, as the children might not be allowed to;
 * each connection of each child then shares them. libcurl would parse them anew for each
 * connection: the system's, some 140, take 1.6 MB and some 40 ms. OpenSSL locks what it
 * changes in them. They are freed with the pool. */
#ifndef SUPPORT_AUTHORITIES_H
#define SUPPORT_AUTHORITIES_H

#include <apr_pools.h>
#include <openssl/x509_vfy.h>

typedef struct authorities_t {
    const char *path;  /* NULL: the system's */
    const char *pem;   /* the file's text, the way libcurl takes it; NULL: libcurl knows them */
    X509_STORE *store; /* NULL: libcurl would not take it */
} authorities_t;

/* NULL, or what is wrong with the file, as the rest of a sentence that begins with its path. */
const char *authorities_read(const authorities_t **authorities, const char *path, apr_pool_t *pool);

/* Those that libcurl was built to take. NULL when it cannot say or they cannot be read. */
const authorities_t *authorities_of_system(apr_pool_t *pool);

/* Whether a libcurl that says this of its TLS speaks it by the OpenSSL that is linked here: to any
 * other library a store of ours is none. */
int authorities_fit(const char *ssl_version);

#endif
