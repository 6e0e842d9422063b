/* SPDX-License-Identifier: Apache-2.0 */
/* What a visitor sent, before it is known to be possible: from a link, from the form that he posts,
 * or as he had chosen before. Strings live as long as the form or the flow they were read from. */
#ifndef WEB_CHOICES_H
#define WEB_CHOICES_H

#include <apr_tables.h>
#include "web/flow.h"

typedef struct choices_t {
    const char *type;
    const char *region;
    const char *image;
    const char *label;     /* what the Linode's label begins with; NULL: the application's name */
    const char *signature; /* of the questions that the form asked, or NULL */
    const char *prices;    /* that the form showed, as offer_prices writes them, or NULL */
    const apr_table_t *answers; /* to the script's questions, by their fields; NULL: none */
} choices_t;

/* From a query or a body; the image's field is called distribution, as in Linode's guide, or image.
 */
choices_t choices_read(const apr_table_t *form);

/* Those of a flow, less what is secret. */
choices_t choices_of_flow(const flow_t *flow, apr_pool_t *pool);

#endif
