/* SPDX-License-Identifier: Apache-2.0 */
/* What a visitor sent, before it is known to be possible: from a link, from the form that he posts,
 * or as he had chosen before. Strings live as long as the form or the flow they were read from. */
#ifndef WEB_CHOICES_H
#define WEB_CHOICES_H

#include <apr_tables.h>
#include "linode/offer.h"
#include "web/flow.h"

typedef struct choices_t {
    const char *type;
    const char *region;
    const char *image;
    const char *label;     /* what the Linode's label begins with; NULL: the application's name */
    const char *keys;      /* what was pasted as public SSH keys, or NULL */
    int has_private_key;   /* it held a private one, which is forgotten */
    int backups;           /* wanted by the visitor */
    const char *signature; /* of the questions that the form asked, or NULL */
    const char *prices;    /* that the form showed, as price_list writes them, or NULL */
    const apr_table_t *answers; /* to the script's questions, by their fields; NULL: none */
} choices_t;

/* From a body or a link; the image's field is called distribution, as in Linode's guide, or image.
 * Pasted text that is not fit to be shown is wiped with the pool, a private key at once. */
choices_t choices_read(const apr_table_t *form, apr_pool_t *pool);

/* What has to be had for them, with what the operator adds. */
offer_choice_t choices_offer(const choices_t *choices, const config_t *config);

/* What is wrong with the label, as a sentence; NULL: nothing, or there is none. */
const char *choices_label_wrong(const choices_t *choices, apr_pool_t *pool);

/* Those of a flow, less what is secret. */
choices_t choices_of_flow(const flow_t *flow, apr_pool_t *pool);

#endif
