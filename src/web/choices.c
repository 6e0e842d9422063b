/* SPDX-License-Identifier: Apache-2.0 */
#include "web/choices.h"

#include "support/form.h"
#include "web/questions.h"

choices_t choices_read(const apr_table_t *form)
{
    choices_t choices = {.type = form_get(form, "type"),
                         .region = form_get(form, "region"),
                         .image = form_get(form, "distribution"),
                         .label = form_get(form, "label"),
                         .signature = form_get(form, "questions"),
                         .prices = form_get(form, "prices"),
                         .answers = form};
    if (!choices.image) {
        choices.image = form_get(form, "image");
    }
    return choices;
}

choices_t choices_of_flow(const flow_t *flow, apr_pool_t *pool)
{
    return (choices_t){.type = flow->type,
                       .region = flow->region,
                       .image = flow->image,
                       .label = flow->own_label,
                       .answers = questions_form(flow->answers, pool)};
}
