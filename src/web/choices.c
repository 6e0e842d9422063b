/* SPDX-License-Identifier: Apache-2.0 */
#include "web/choices.h"

#include <apr_strings.h>

#include "linode/instance_label.h"
#include "linode/ssh_key.h"
#include "support/excerpt.h"
#include "support/form.h"
#include "support/json.h"
#include "support/secret.h"
#include "web/questions.h"

/* Of what a visitor sent, in a sentence to him. */
#define LONGEST_SHOWN 80

/* A checkbox that is not ticked is not sent; programs may say so. */
static int is_ticked(const char *value)
{
    return value && ap_cstr_casecmp(value, "off") != 0 && ap_cstr_casecmp(value, "no") != 0 &&
           ap_cstr_casecmp(value, "false") != 0 && strcmp(value, "0") != 0;
}

static void read_keys(choices_t *choices, const apr_table_t *form, apr_pool_t *pool)
{
    const char *text = form_get(form, SSH_KEY_FIELD);
    if (text && ssh_key_is_private(text)) {
        secret_wipe((char *)text, strlen(text));
        choices->has_private_key = 1;
    }
    else if (text && !ssh_key_may_be_shown(text, pool)) {
        secret_wipe_with_pool(text, pool);
    }
    choices->keys = choices->has_private_key ? NULL : text;
}

choices_t choices_read(const apr_table_t *form, apr_pool_t *pool)
{
    choices_t choices = {.type = form_get(form, "type"),
                         .region = form_get(form, "region"),
                         .image = form_get(form, "distribution"),
                         .label = form_get(form, "label"),
                         .backups = is_ticked(form_get(form, "backups")),
                         .signature = form_get(form, "questions"),
                         .prices = form_get(form, "prices"),
                         .answers = form};
    if (!choices.image) {
        choices.image = form_get(form, "image");
    }
    read_keys(&choices, form, pool);
    return choices;
}

const char *choices_label_wrong(const choices_t *choices, apr_pool_t *pool)
{
    const char *wrong = choices->label ? instance_label_check(choices->label, pool) : NULL;
    return wrong ? apr_psprintf(pool, "The label \"%s\" %s.",
                                excerpt_of(choices->label, LONGEST_SHOWN, pool), wrong)
                 : NULL;
}

offer_choice_t choices_offer(const choices_t *choices, const config_t *config)
{
    return (offer_choice_t){.type = choices->type,
                            .region = choices->region,
                            .image = choices->image,
                            .backups = choices->backups ||
                                       json_member_is_true(config->extra, "backups_enabled")};
}

choices_t choices_of_flow(const flow_t *flow, apr_pool_t *pool)
{
    return (choices_t){.type = flow->type,
                       .region = flow->region,
                       .image = flow->image,
                       .label = flow->own_label,
                       .keys = flow->keys ? ssh_key_text(flow->keys, pool) : NULL,
                       .backups = flow->backups,
                       .answers = questions_form(flow->answers, pool)};
}
