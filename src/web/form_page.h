/* SPDX-License-Identifier: Apache-2.0 */
/* The form: as everybody sees it who comes without a past, or rendered for one visitor with what he
 * has chosen, and with what is wrong with it. */
#ifndef WEB_FORM_PAGE_H
#define WEB_FORM_PAGE_H

#include "linode/catalog.h"
#include "web/choices.h"
#include "web/visit.h"

typedef struct form_page_t {
    const catalog_t *catalog;
    const choices_t *choices;
    const apr_array_header_t *problems; /* const problem_t *: brought the form back; or NULL */
    const apr_array_header_t *notes;    /* const char *: what could not be filled in; or NULL */
    const char *link;                   /* to the form as it is filled in; or NULL */
} form_page_t;

/* For one visitor. An own page that does not speak of problems gives way to the error page. */
int form_page_send(visit_t *visit, const form_page_t *page);

/* For everybody. */
int form_page_send_shared(visit_t *visit, const catalog_t *catalog);

#endif
