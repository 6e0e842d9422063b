/* SPDX-License-Identifier: Apache-2.0 */
/* Content-Encoding of what is kept in memory compressed beside itself: whether a request takes gzip
 * (RFC 9110 section 12.5.3), and what an answer has to say so that nobody on its way compresses it
 * once more. */
#ifndef WEB_ENCODING_H
#define WEB_ENCODING_H

#include <httpd.h>
#include "support/content.h"

/* Lets no other module compress the answer. With an ETag, that would change it, and no request
 * would match it again. */
void encoding_forbid(request_rec *r);

/* The form that the request gets, with the headers that belong to it. What else the answer depends
 * on is in Vary already; whether it is wanted is for ap_meets_conditions to say. */
const content_form_t *encoding_choose(request_rec *r, const content_t *content);

#endif
