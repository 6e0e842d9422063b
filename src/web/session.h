/* SPDX-License-Identifier: Apache-2.0 */
/* One sealed value of ours in mod_session: the only file that knows mod_session.
 *
 * Whatever the store (cookie, database) and whether or not mod_session_crypto is there, our entry
 * is sealed with support/seal, bound to mount and client. A value that does not open is no value.
 *
 * httpd 2.4 has a trap: after a session that has expired or cannot be decoded, each load in the
 * same request returns a new blank record, while the store goes on holding the broken one, so that
 * what a handler writes is lost without a word and the visitor can never log in again. session_read
 * notices (two loads, two records) and puts the blank record into the store's place.
 *
 * Reading and writing have to happen before the first byte of the response. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "support/problem.h"
#include "web/visit.h"

/* The most bytes of sealed text that fit into a cookie with name and attributes. */
#define SESSION_MAX_SEALED 3072

/* *value is the opened text, or NULL when there is none. SESSION_UNAVAILABLE: mod_session is not
 * there, or has no store for this mount. */
problem_t *session_read(const char **value, const visit_t *visit);

/* Seals and stores value until then; NULL removes our entry. *fits is 0, and nothing stored, when
 * the sealed text is over SESSION_MAX_SEALED. */
problem_t *session_write(int *fits, const visit_t *visit, const char *value, apr_time_t expires);

#endif
