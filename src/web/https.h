/* SPDX-License-Identifier: Apache-2.0 */
/* HTTPS is required wherever the callback URL, the address that Linode sends visitors to, is an
 * https one; only a callback on a loopback address can be plain http.
 *
 * A request counts as HTTPS by the server's own word: its TLS (mod_ssl), the scheme in ServerName,
 * or the variable HTTPS=on, which an operator sets for a proxy that he trusts. No header of the
 * request is believed. A GET over plain HTTP is sent to the https address, which is built from the
 * configuration; anything else is refused. */
#ifndef WEB_HTTPS_H
#define WEB_HTTPS_H

#include "web/visit.h"

int https_is_met(const visit_t *visit);

/* Answers a request for which it is not. */
int https_insist(visit_t *visit);

#endif
