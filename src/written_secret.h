/* SPDX-License-Identifier: Apache-2.0 */
/* Where a directive's secret comes from: it is written there, or it is the first line of a file
 * (file:/path) or of what a program prints (exec:/path args).
 *
 * A program runs as httpd runs those of SSLPassPhraseDialog and SessionCryptoPassphrase: as root at
 * start, in its own directory, with nothing in its environment. What it prints besides, errors too,
 * is thrown away, as nobody knows what is secret of it; it has to end well to be believed. */
#ifndef WRITTEN_SECRET_H
#define WRITTEN_SECRET_H

#include <apr_pools.h>

/* *file becomes the path if it came from one, else NULL. NULL, or what is wrong as the rest of a
 * sentence, in which no part of the secret or of a program's arguments is. */
const char *written_secret_read(const char **secret, const char **file, const char *text,
                                apr_pool_t *pool);

#endif
