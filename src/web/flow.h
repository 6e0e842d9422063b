/* SPDX-License-Identifier: Apache-2.0 */
/* A flow is one wish for one Linode, from the posted form to the shown result; a visitor's flows
 * stand together in a book (web/flow_book).
 *
 *   state                 what is kept                              next
 *   FLOW_PENDING          choices, answers, label, secret, rounds   CREATED when Linode has made it
 *                         of login
 *   FLOW_CREATED          the same without answers; the Linode,     FORGOTTEN by the visitor, or
 *                         the account                               after LinodeOAuthResultLifetime
 *   FLOW_FORGOTTEN        the Linode; neither secret nor account    gone after a day
 *
 * Everything secret comes from one 256-bit secret by HKDF with a purpose each: OAuth state and PKCE
 * verifier (anew for each round of login), public id with the label's suffix, and, together with
 * the account that the Linode belongs to, the root password. So whoever plants his session in
 * another browser learns nothing of what happens there: another account has another password.
 *
 * A login state counts once and for 15 minutes: the first callback that brings it spends it,
 * whatever comes of it, unless the Linode is there. Choices are kept for two hours. Flows live in
 * the request's pool; what is changed in one is kept by flow_book_save. */
#ifndef WEB_FLOW_H
#define WEB_FLOW_H

#include <jansson.h>
#include "support/problem.h"
#include "support/secret.h"
#include "web/visit.h"

typedef enum {
    FLOW_PENDING,
    FLOW_CREATED,
    FLOW_FORGOTTEN,
} flow_state_t;

#define FLOW_SECRET_LENGTH 32
#define FLOW_LOGIN_SECONDS (15 * 60)
#define FLOW_KEPT_SECONDS  (24 * 60 * 60)
/* How often a login is repeated without asking, after a code that was used already. */
#define FLOW_AUTOMATIC_ROUNDS 2

typedef struct flow_t {
    flow_state_t state;
    unsigned char secret[FLOW_SECRET_LENGTH];
    secret_source_t *source; /* the same, to derive from; FLOW_FORGOTTEN: NULL */
    const char *id;          /* public, in URLs */
    apr_time_t began;        /* when the form was posted */
    apr_time_t login_began;  /* this round of login */
    int round;               /* of login, from 1 */
    int automatic;           /* rounds that nobody asked for */
    int spent;               /* this round's state has come back already */
    int doubtful;            /* a Linode may exist without our having seen it */
    int at_hand;             /* this request begins, continues or ends it: it has to be kept */
    const char *type;
    const char *region;
    const char *image;
    json_int_t script; /* FLOW_PENDING: the StackScript whose questions were answered */
    const char *label;
    const char *label_suffix; /* where the flow has just been made */
    const char *own_label;    /* what the visitor wanted it to begin with, or NULL */
    int backups;              /* the visitor wants them */
    const json_t *keys;       /* FLOW_PENDING: public SSH keys, an array of lines, or NULL */
    const json_t *answers;    /* FLOW_PENDING: to the script's questions, or NULL */
    const json_t *secrets;    /* likewise: those that are never shown */
    const json_t *made;       /* secrets that the script is given: {name, label, length}, or NULL */
    const char *account;      /* FLOW_CREATED */
    apr_time_t finished;      /* FLOW_CREATED, FLOW_FORGOTTEN */
    const json_t *linode;     /* the members that the result shows; likewise */
} flow_t;

/* An empty one, whose secret is wiped with the pool. */
flow_t *flow_make(apr_pool_t *pool);

/* With a fresh secret, id and suffix for its label. The choices and the label are still to be set.
 */
problem_t *flow_begin(flow_t **flow, const visit_t *visit);

/* What is derived from the secret; the strings are wiped with the request. */
problem_t *flow_login_state(const char **login_state, const flow_t *flow, const visit_t *visit);
problem_t *flow_verifier(const char **verifier, const flow_t *flow, const visit_t *visit);
problem_t *flow_password(const char **password, const flow_t *flow, const char *account,
                         const visit_t *visit);

/* A secret for the script's field of that name; no other field and no other account has it. */
problem_t *flow_script_secret(const char **secret, const flow_t *flow, const char *name, int length,
                              const char *account, const visit_t *visit);

/* The round of the flow whose login state that is, 0 for none: every state is derived and compared,
 * in constant time, whether or not one matched already. A problem only if deriving fails. */
problem_t *flow_round_of(int *round, const flow_t *flow, const char *login_state,
                         const visit_t *visit);

/* The round's state has come back: it counts no more. */
void flow_spend_state(flow_t *flow);
/* Remembers that a Linode may exist, and tells it with every later problem of the flow. */
void flow_doubt(flow_t *flow);
void flow_tell_doubt(const flow_t *flow, problem_t *problem);
/* Starts another round of login: new state, new verifier, 15 more minutes. */
void flow_begin_round(flow_t *flow, const visit_t *visit);
int flow_login_expired(const flow_t *flow, const visit_t *visit);
/* No Linode of the flow is older: when it began, or, if the clock has been set back since then, as
 * long ago as a flow is kept. */
apr_time_t flow_earliest(const flow_t *flow, const visit_t *visit);

/* The Linode is there: keeps what the result shows of it. */
void flow_finish(flow_t *flow, const json_t *linode, const char *account, const visit_t *visit);
/* Drops the secret, and with it the password. */
void flow_forget(flow_t *flow);
/* Whether its time is up. Time does to a flow what the visitor could do: a result that has been
 * shown for long enough is forgotten. */
int flow_is_over(flow_t *flow, const visit_t *visit);

/* The flow's own address, with what is done there: "", "/login", "/forget". */
const char *flow_url(const flow_t *flow, const char *action, const visit_t *visit);

/* "7F3K-92": what a visitor reads out and the operator greps for. */
const char *flow_reference(const flow_t *flow, apr_pool_t *pool);

#endif
