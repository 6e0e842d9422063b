/* SPDX-License-Identifier: Apache-2.0 */
/* One sealed value of ours in mod_session: the only file that knows mod_session, but for its
 * directives (config_session.h).
 *
 * Whatever the store (cookie, database) and whether or not mod_session_crypto is there, our entry
 * is sealed with support/seal, bound to mount and client. A value that does not open is no value.
 *
 * httpd 2.4 has a trap: after a session that has expired or cannot be decoded, each load in the
 * same request returns a new blank record, while the store goes on holding the broken one, so that
 * what a handler writes is lost without a word and the visitor can never log in again. A record
 * that no store holds tells it; then the store's own is made blank, as httpd 2.5 does.
 *
 * A cookie of a name without __Host- can be planted by a neighbouring host, or stay behind under
 * another path; then the browser sends two, mod_session takes neither, and none can be replaced.
 * So every copy is read: what is not ours does not open, and what opens is ours.
 *
 * A cookie with name, value and attributes has 4096 bytes, which all mounts that name the same
 * cookie share; request lines have 8190 for all cookies of a host (LimitRequestFieldSize). One
 * value of ours may therefore take SESSION_MAX_IN_COOKIE of them, in a database
 * SESSION_MAX_IN_DATABASE. Which store it is says the note of the request that holds the record.
 *
 * Everything lives in the request's pool. Reading and writing have to happen before the first byte
 * of the response. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "support/problem.h"
#include "web/visit.h"

/* The most bytes of a sealed value. */
#define SESSION_MAX_IN_COOKIE   3072
#define SESSION_MAX_IN_DATABASE 65536

/* The opened values (const char *): none or one, or one for each copy of the cookie; they are wiped
 * with the request. SESSION_UNAVAILABLE: mod_session is not there, or has no store for this mount.
 * SESSION_STORE_FAILED: the database does not answer. */
problem_t *session_read(const apr_array_header_t **values, const visit_t *visit);

/* Seals and stores value until then; NULL removes our entry. *fits is 0, and nothing stored, when
 * it is too long beside what else is in the session. With a database the value is there when this
 * returns. */
problem_t *session_write(int *fits, const visit_t *visit, const char *value, apr_time_t expires);

/* The same, but what other mounts keep in this session goes, longest first, as far as it is in the
 * way; what other modules keep stays. *fits is 0 when that would not be enough; then nothing goes.
 */
problem_t *session_write_over_others(int *fits, const visit_t *visit, const char *value,
                                     apr_time_t expires);

/* The answer at hand may be kept by caches that serve others: no cookie goes with it, whatever
 * mod_session would renew. Before the first byte, as all of this. */
void session_stay_out(const visit_t *visit);

#endif
