/* SPDX-License-Identifier: Apache-2.0 */
/* What the form is filled in with before it is posted: from a link, and from the visitor's own
 * flow, which a problem page's link names by its public id. What of it cannot be had is left out,
 * with a sentence that says so. No answer to the script's questions is ever in a URL of ours; the
 * link to a filled form is made for who asks for it, and holds no secret. */
#ifndef WEB_PREFILL_H
#define WEB_PREFILL_H

#include "linode/catalog.h"
#include "web/choices.h"
#include "web/flow_book.h"
#include "web/visit.h"

/* The flow that a query goes on with: the one it names, or without any query the newest that waits
 * for its login; or NULL. */
const flow_t *prefill_flow(const flow_book_t *book, const apr_table_t *query);

/* What to fill in; flow may be NULL. Adds to notes (const char *). */
choices_t prefill_choices(apr_array_header_t *notes, const apr_table_t *query, const flow_t *flow,
                          const catalog_t *catalog, const visit_t *visit);

/* The address of the form for a flow, or, for NULL, of the empty one. */
const char *prefill_url(const flow_t *flow, const visit_t *visit);

/* The link to a form that is filled in so, with scheme and host, less what is secret or as it was
 * before; NULL, and a note, when it would not pass everywhere. */
const char *prefill_link(apr_array_header_t *notes, const choices_t *choices,
                         const catalog_t *catalog, const visit_t *visit);

#endif
