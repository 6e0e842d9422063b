/* SPDX-License-Identifier: Apache-2.0 */
/* A visitor's flows (web/flow), the newest last, as they travel together, sealed, in his own
 * session (web/session).
 *
 * The session may bring several copies, where a browser sends a cookie twice: of two copies of a
 * flow the one that has come further counts. The oldest flows go when there are more than eight, or
 * when they would not fit into a cookie. The book lives in the request's pool; what is changed in
 * it or in a flow has to be saved before the first byte of the response is sent. */
#ifndef WEB_FLOW_BOOK_H
#define WEB_FLOW_BOOK_H

#include "web/flow.h"

typedef struct flow_book_t {
    apr_array_header_t *flows; /* flow_t *, oldest first */
} flow_book_t;

/* The visitor's flows; none when the session holds nothing of ours. */
problem_t *flow_book_open(flow_book_t **book, const visit_t *visit);
/* Keeps the flows. What does not fit into the session goes: first the oldest of those that are
 * done, then the oldest that wait for their login, never one at hand. FORM_TOO_LARGE, with the
 * field of the longest answer, when a flow at hand does not fit alone. */
problem_t *flow_book_save(const flow_book_t *book, const visit_t *visit);

/* Puts the name that the visitor knows for that field into the problem's words. */
void flow_book_tell_longest(problem_t *problem, const char *name, const visit_t *visit);

/* A new flow (flow_begin). */
problem_t *flow_book_add(flow_t **flow, flow_book_t *book, const visit_t *visit);

/* The one of that id, or NULL. */
flow_t *flow_book_find(const flow_book_t *book, const char *id);
/* The newest one that waits for its login, or NULL. */
flow_t *flow_book_newest_pending(const flow_book_t *book);

/* A flow found by the state that a login brought back. */
typedef struct flow_match_t {
    flow_t *flow; /* NULL: no flow of this browser */
    int used;     /* the state is of an earlier round, or came back before */
} flow_match_t;

/* A problem only if deriving fails. */
problem_t *flow_book_match(flow_match_t *match, const flow_book_t *book, const char *login_state,
                           const visit_t *visit);

/* The Linode is there (flow_finish): the flow becomes the newest, the last that a full session
 * would lose. */
void flow_book_finish(flow_book_t *book, flow_t *flow, const json_t *linode, const char *account,
                      const visit_t *visit);

#endif
