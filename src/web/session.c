/* SPDX-License-Identifier: Apache-2.0 */
#include "web/session.h"

#include <apr_optional.h>
#include <apr_strings.h>
#include <http_log.h>
#include <mod_session.h>

#include "support/seal.h"

APLOG_USE_MODULE(linode_oauth);

static problem_t *unavailable(const visit_t *visit, const char *remedy)
{
    return problem_make(visit->pool, PROBLEM_SESSION_UNAVAILABLE, "%s", remedy);
}

/* The store keeps its record in the notes of the request that the client sent. */
static request_rec *first_request(request_rec *r)
{
    while (r->prev) {
        r = r->prev;
    }
    while (r->main) {
        r = r->main;
    }
    return r;
}

static int is_store_note(const char *key)
{
    return strncmp(key, "mod_session_cookie", 18) == 0 || strncmp(key, "mod_session_dbd", 15) == 0;
}

/* Puts the blank record where the store keeps the broken one. */
static void mend_store(request_rec *r, const session_rec *blank)
{
    const apr_array_header_t *notes = apr_table_elts(first_request(r)->notes);
    for (int i = 0; i < notes->nelts; i++) {
        const apr_table_entry_t *note = &APR_ARRAY_IDX(notes, i, apr_table_entry_t);
        if (is_store_note(note->key)) {
            *(session_rec *)(void *)note->val = *blank;
        }
    }
}

static problem_t *load(session_rec **session, const visit_t *visit)
{
    APR_OPTIONAL_FN_TYPE(ap_session_load) *session_load = APR_RETRIEVE_OPTIONAL_FN(ap_session_load);
    session_rec *again = NULL;
    *session = NULL;
    if (!session_load) {
        return unavailable(visit, "mod_session is not loaded");
    }
    if (session_load(visit->r, session) != APR_SUCCESS) {
        return unavailable(visit, "the session has no store here; add `SessionCookieName "
                                  "__Host-linode path=/;HttpOnly;Secure;SameSite=Lax` (without "
                                  "Secure and __Host- on http://localhost)");
    }
    if (!*session) {
        return unavailable(visit, "the session is off here; add `Session On`");
    }
    if (session_load(visit->r, &again) == APR_SUCCESS && again && again != *session) {
        mend_store(visit->r, again);
        session_load(visit->r, session);
    }
    return NULL;
}

problem_t *session_read(const char **value, const visit_t *visit)
{
    APR_OPTIONAL_FN_TYPE(ap_session_get) *session_get = APR_RETRIEVE_OPTIONAL_FN(ap_session_get);
    session_rec *session;
    const char *sealed = NULL;
    apr_size_t length;
    *value = NULL;
    problem_t *problem = load(&session, visit);
    if (problem) {
        return problem;
    }
    session_get(visit->r, session, visit->config->session_key, &sealed);
    if (sealed) {
        *value = seal_open(visit->config->ring, visit->config->seal_context, sealed, visit->now,
                           &length, visit->pool);
    }
    return NULL;
}

problem_t *session_write(int *fits, const visit_t *visit, const char *value, apr_time_t expires)
{
    APR_OPTIONAL_FN_TYPE(ap_session_set) *session_set = APR_RETRIEVE_OPTIONAL_FN(ap_session_set);
    const config_t *config = visit->config;
    const char *sealed = NULL;
    session_rec *session;
    problem_t *problem = load(&session, visit);
    *fits = 1;
    if (!problem && value) {
        problem = seal_close(&sealed, config->ring, config->seal_context, value, strlen(value),
                             expires, visit->pool);
    }
    if (problem) {
        return problem;
    }
    if (sealed && strlen(sealed) > SESSION_MAX_SEALED) {
        *fits = 0;
        return NULL;
    }
    session_set(visit->r, session, config->session_key, sealed);
    return NULL;
}
