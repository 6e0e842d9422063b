/* SPDX-License-Identifier: Apache-2.0 */
/* The form: as everybody sees it who comes without a past, or rendered for one visitor with what he
 * has chosen, and with what is wrong with it. Choices are what a visitor sent, before it is known
 * to be possible; their strings live as long as the form they were read from. */
#ifndef WEB_FORM_PAGE_H
#define WEB_FORM_PAGE_H

#include <apr_tables.h>
#include "linode/catalog.h"
#include "web/visit.h"

typedef struct form_choices_t {
    const char *type;
    const char *region;
    const char *image;
    const char *label;     /* what the Linode's label begins with; NULL: the application's name */
    const char *signature; /* of the questions that the form asked, or NULL */
    const char *prices;    /* that the form showed, as offer_prices writes them, or NULL */
    const apr_table_t *answers; /* to the script's questions, by their fields; NULL: none */
} form_choices_t;

/* From a query or a body; the image's field is called distribution, as in Linode's guide, or image.
 */
form_choices_t form_choices_read(const apr_table_t *form);

/* For one visitor; problems (const problem_t *) brought the form back; NULL or empty: none did. An
 * own page that does not speak of problems gives way to the error page. */
int form_page_send(visit_t *visit, const catalog_t *catalog, const form_choices_t *choices,
                   const apr_array_header_t *problems);

/* For everybody. */
int form_page_send_shared(visit_t *visit, const catalog_t *catalog);

#endif
