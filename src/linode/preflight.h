/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator has to know of a mount before visitors find it out: whether what he wrote and
 * what Linode has can work together, and what to do where it cannot.
 *
 * Rules over the copies of a mount's sources (catalog_source) and its directives; nothing is asked
 * of Linode here, and nothing is changed. A finding never repeats the value of a hidden field.
 * Findings live in the pool given. */
#ifndef LINODE_PREFLIGHT_H
#define LINODE_PREFLIGHT_H

#include "linode/catalog.h"
#include "linode/oauth.h"

typedef enum {
    PREFLIGHT_FINE,
    PREFLIGHT_NOTE,    /* works, but is worth knowing */
    PREFLIGHT_WARNING, /* is hardly what the operator meant */
    PREFLIGHT_FAULT,   /* visitors get no Linode */
} preflight_level_t;

typedef struct preflight_finding_t {
    preflight_level_t level;
    const char *topic;  /* a word for programs: "stackscript", "plans", … */
    const char *text;   /* what is so, in a sentence */
    const char *remedy; /* what to do, or NULL */
    int is_told;        /* somebody else has it in the log */
} preflight_finding_t;

typedef struct preflight_mount_t {
    const api_t *api;
    const oauth_client_t *oauth;
    const catalog_choice_t *choice;
    const char *path; /* where the server has it */
    const char *base; /* where browsers see it */
} preflight_mount_t;

/* Findings (preflight_finding_t) in the order in which to tell them. A part is NULL where nothing
 * has been read yet. */
apr_array_header_t *preflight_check(const preflight_mount_t *mount,
                                    const catalog_copy_t *const parts[CATALOG_KINDS],
                                    apr_time_t now, apr_pool_t *pool);

/* Adds one; its text is an apr_psprintf format. */
preflight_finding_t *preflight_add(apr_array_header_t *findings, preflight_level_t level,
                                   const char *topic, const char *remedy, const char *text, ...)
    __attribute__((format(printf, 5, 6)));

/* Some of these texts (const char *), as words: "a, b and 3 more". */
const char *preflight_names(const apr_array_header_t *texts, apr_pool_t *pool);

#endif
