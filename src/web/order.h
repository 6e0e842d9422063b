/* SPDX-License-Identifier: Apache-2.0 */
/* An order: the choices of a posted form, checked whole, and the flow that it begins.
 *
 * Whatever the browser sent is checked here against the catalog of the moment. Problems are for the
 * form that comes back; none holds a secret. */
#ifndef WEB_ORDER_H
#define WEB_ORDER_H

#include "linode/answer.h"
#include "linode/catalog.h"
#include "web/choices.h"
#include "web/flow_book.h"
#include "web/visit.h"

typedef struct order_t {
    const choices_t *choices;
    answers_t answers;
    json_t *keys; /* or NULL */
} order_t;

/* Everything that is wrong (problem_t *); of the questions only that they changed, if they did. An
 * order without a problem is filled. */
apr_array_header_t *order_check(order_t *order, const choices_t *choices, const catalog_t *catalog,
                                const visit_t *visit);

/* What has to be told of a form even when it is only looked at: that a private key was pasted. */
apr_array_header_t *order_check_look(const choices_t *choices, const visit_t *visit);

/* A problem with keeping the order, told at the answer that is to blame; NULL when that is none of
 * the form's. */
apr_array_header_t *order_blame(problem_t *problem, const catalog_t *catalog, const visit_t *visit);

/* Makes the flow of an order without a problem. */
problem_t *order_begin(flow_t **flow, flow_book_t *book, const order_t *order,
                       const stackscript_t *script, const visit_t *visit);

#endif
