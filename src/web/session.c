/* SPDX-License-Identifier: Apache-2.0 */
#include "web/session.h"

#include <apr_lib.h>
#include <apr_optional.h>
#include <apr_strings.h>
#include <http_log.h>
#include <mod_session.h>

#include "support/seal.h"
#include "support/secret.h"

APLOG_USE_MODULE(linode_oauth);

/* Under these names and the cookie's the stores keep their records in a request's notes. */
#define COOKIE_NOTE   "mod_session_cookie"
#define DATABASE_NOTE "mod_session_dbd"

/* More copies of the cookie than a browser has reason to send are not looked at. */
#define MOST_COPIES 8

static int is_prefix(const char *prefix, const char *text)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* ---------------------------------------------------------------- the stores' records */

/* The store's record is in the notes of this request, or of one that it came from. */
static const request_rec *came_from(const request_rec *r)
{
    return r->prev ? r->prev : r->main;
}

/* The note under which a store keeps that record, or NULL. */
static const char *note_of(const request_rec *r, const session_rec *record)
{
    for (; r; r = came_from(r)) {
        const apr_array_header_t *notes = apr_table_elts(r->notes);
        for (int i = 0; i < notes->nelts; i++) {
            const apr_table_entry_t *note = &APR_ARRAY_IDX(notes, i, apr_table_entry_t);
            if ((const void *)note->val == (const void *)record) {
                return note->key;
            }
        }
    }
    return NULL;
}

static void make_blank(session_rec *record)
{
    apr_pool_t *pool = record->pool;
    memset(record, 0, sizeof(*record));
    record->pool = pool;
    record->entries = apr_table_make(pool, 10);
}

/* A sound record has been decoded, and has not expired. */
static int is_broken(const session_rec *record)
{
    return record->encoded || (record->expiry && record->expiry < apr_time_now());
}

static void mend_stores(const request_rec *r)
{
    for (; r; r = came_from(r)) {
        const apr_array_header_t *notes = apr_table_elts(r->notes);
        for (int i = 0; i < notes->nelts; i++) {
            const apr_table_entry_t *note = &APR_ARRAY_IDX(notes, i, apr_table_entry_t);
            session_rec *record = (session_rec *)(void *)note->val;
            if ((is_prefix(COOKIE_NOTE, note->key) || is_prefix(DATABASE_NOTE, note->key)) &&
                is_broken(record)) {
                make_blank(record);
            }
        }
    }
}

/* ---------------------------------------------------------------- loading */

static problem_t *unavailable(const visit_t *visit, const char *remedy)
{
    return problem_make(visit->pool, PROBLEM_SESSION_UNAVAILABLE, "%s", remedy);
}

static problem_t *store_failed(const visit_t *visit)
{
    return problem_make(visit->pool, PROBLEM_SESSION_STORE_FAILED,
                        "mod_session_dbd and mod_dbd say more in the lines before this one");
}

static problem_t *load(session_rec **session, const visit_t *visit)
{
    APR_OPTIONAL_FN_TYPE(ap_session_load) *session_load = APR_RETRIEVE_OPTIONAL_FN(ap_session_load);
    *session = NULL;
    if (!session_load) {
        return unavailable(visit, "mod_session is not loaded");
    }
    if (session_load(visit->r, session) != APR_SUCCESS) {
        return visit->config->session_in_database
                   ? store_failed(visit)
                   : unavailable(visit, "the session has no store here; add `SessionCookieName "
                                        "__Host-linode path=/;HttpOnly;Secure;SameSite=Lax` "
                                        "(without Secure and __Host- on http://localhost)");
    }
    if (!*session) {
        return unavailable(visit, "the session is off here; add `Session On`");
    }
    if (!note_of(visit->r, *session)) {
        mend_stores(visit->r);
        session_load(visit->r, session);
    }
    return NULL;
}

/* ---------------------------------------------------------------- reading */

static void read_entry(apr_array_header_t *values, const visit_t *visit, const session_rec *session)
{
    const config_t *config = visit->config;
    apr_size_t length;
    const char *sealed = apr_table_get(session->entries, config->session_key);
    const char *value = NULL;
    if (sealed) {
        value =
            seal_open(config->ring, config->seal_context, sealed, visit->now, &length, visit->pool);
    }
    if (value) {
        secret_wipe_with_pool(value, visit->pool);
        APR_ARRAY_PUSH(values, const char *) = value;
    }
}

/* Adds the values that one header line has for the cookie of that name. */
static void add_copies(apr_array_header_t *copies, const char *line, const char *name,
                       apr_pool_t *pool)
{
    apr_size_t length = strlen(name);
    char *state;
    char *pair = apr_strtok(apr_pstrdup(pool, line), ";", &state);
    for (; pair && copies->nelts < MOST_COPIES; pair = apr_strtok(NULL, ";", &state)) {
        while (apr_isspace(*pair)) {
            pair++;
        }
        if (is_prefix(name, pair) && pair[length] == '=') {
            APR_ARRAY_PUSH(copies, const char *) = pair + length + 1;
        }
    }
}

static apr_array_header_t *copies_of_cookie(const visit_t *visit, const char *name)
{
    apr_array_header_t *copies = apr_array_make(visit->pool, 2, sizeof(const char *));
    const apr_array_header_t *headers = apr_table_elts(visit->r->headers_in);
    for (int i = 0; i < headers->nelts; i++) {
        const apr_table_entry_t *header = &APR_ARRAY_IDX(headers, i, apr_table_entry_t);
        if (ap_cstr_casecmp(header->key, "Cookie") == 0) {
            add_copies(copies, header->val, name, visit->pool);
        }
    }
    return copies;
}

/* mod_session has left its record blank because of several copies: lets it decode one after the
 * other. The blank record counts as written, lest SessionMaxAge write it over ours. */
static void read_copies(apr_array_header_t *values, const visit_t *visit, session_rec *session)
{
    APR_OPTIONAL_FN_TYPE(ap_session_load) *session_load = APR_RETRIEVE_OPTIONAL_FN(ap_session_load);
    const char *note = note_of(visit->r, session);
    session_rec *decoded = NULL;
    if (!note || !is_prefix(COOKIE_NOTE, note)) {
        return;
    }
    const apr_array_header_t *copies = copies_of_cookie(visit, note + sizeof(COOKIE_NOTE) - 1);
    if (copies->nelts < 2) {
        return;
    }
    for (int i = 0; i < copies->nelts; i++) {
        make_blank(session);
        session->encoded = APR_ARRAY_IDX(copies, i, const char *);
        if (session_load(visit->r, &decoded) == APR_SUCCESS && decoded == session) {
            read_entry(values, visit, session);
        }
    }
    make_blank(session);
    session->written = 1;
}

problem_t *session_read(const apr_array_header_t **values, const visit_t *visit)
{
    session_rec *session;
    apr_array_header_t *opened = apr_array_make(visit->pool, 1, sizeof(const char *));
    problem_t *problem = load(&session, visit);
    *values = opened;
    if (!problem) {
        read_entry(opened, visit, session);
    }
    if (!problem && opened->nelts == 0) {
        read_copies(opened, visit, session);
    }
    return problem;
}

/* ---------------------------------------------------------------- writing */

/* Whose an entry of the session is. */
typedef enum { OWN, OTHER_MOUNT, OTHER_MODULE } entry_owner_t;

static entry_owner_t owner_of(const apr_table_entry_t *entry, const visit_t *visit)
{
    if (strcasecmp(entry->key, visit->config->session_key) == 0 ||
        strcasecmp(entry->key, "expiry") == 0) {
        return OWN;
    }
    return is_prefix(CONFIG_SESSION, entry->key) ? OTHER_MOUNT : OTHER_MODULE;
}

/* As mod_session writes an entry, with "=" and "&". */
static apr_size_t encoded_length(const char *key, const char *value, apr_pool_t *pool)
{
    return strlen(ap_escape_urlencoded(pool, key)) + strlen(ap_escape_urlencoded(pool, value)) + 2;
}

/* The most bytes of sealed text, beside that many of other entries. */
static apr_size_t room_beside(apr_size_t others, const visit_t *visit, const session_rec *session)
{
    const char *note = note_of(visit->r, session);
    if (note && is_prefix(DATABASE_NOTE, note)) {
        return SESSION_MAX_IN_DATABASE;
    }
    apr_size_t room = visit->config->session_room;
    apr_size_t taken = others + encoded_length(visit->config->session_key, "", visit->pool);
    room = room > taken ? room - taken : 0;
    return room < SESSION_MAX_IN_COOKIE ? room : SESSION_MAX_IN_COOKIE;
}

/* The length of all entries of that owner and of those behind him. */
static apr_size_t length_of_others(entry_owner_t first, const visit_t *visit,
                                   const session_rec *session)
{
    apr_size_t length = 0;
    const apr_array_header_t *entries = apr_table_elts(session->entries);
    for (int i = 0; i < entries->nelts; i++) {
        const apr_table_entry_t *entry = &APR_ARRAY_IDX(entries, i, apr_table_entry_t);
        if (owner_of(entry, visit) >= first) {
            length += encoded_length(entry->key, entry->val, visit->pool);
        }
    }
    return length;
}

/* Takes the longest entry of another mount out of the session. */
static void drop_longest_of_mounts(const visit_t *visit, session_rec *session)
{
    const apr_array_header_t *entries = apr_table_elts(session->entries);
    const apr_table_entry_t *longest = NULL;
    for (int i = 0; i < entries->nelts; i++) {
        const apr_table_entry_t *entry = &APR_ARRAY_IDX(entries, i, apr_table_entry_t);
        if (owner_of(entry, visit) == OTHER_MOUNT &&
            (!longest || strlen(entry->val) > strlen(longest->val))) {
            longest = entry;
        }
    }
    if (longest) {
        apr_table_unset(session->entries, longest->key);
    }
}

/* A cookie cannot fail; a database can, and has to before the visitor is sent to his login. */
static problem_t *save_to_database(const visit_t *visit, session_rec *session)
{
    APR_OPTIONAL_FN_TYPE(ap_session_save) *session_save = APR_RETRIEVE_OPTIONAL_FN(ap_session_save);
    const char *note = note_of(visit->r, session);
    if (!note || !is_prefix(DATABASE_NOTE, note)) {
        return NULL;
    }
    if (session_save(visit->r, session) != APR_SUCCESS) {
        session->dirty = 0;
        return store_failed(visit);
    }
    return NULL;
}

static problem_t *store(const visit_t *visit, session_rec *session, const char *sealed)
{
    APR_OPTIONAL_FN_TYPE(ap_session_set) *session_set = APR_RETRIEVE_OPTIONAL_FN(ap_session_set);
    session->written = 0;
    session_set(visit->r, session, visit->config->session_key, sealed);
    return save_to_database(visit, session);
}

static problem_t *seal(const char **sealed, const visit_t *visit, const char *value,
                       apr_time_t expires)
{
    *sealed = NULL;
    return value ? seal_close(sealed, visit->config->ring, visit->config->seal_context, value,
                              strlen(value), expires, visit->pool)
                 : NULL;
}

/* The session, and what is to go into it. */
static problem_t *load_and_seal(session_rec **session, const char **sealed, const visit_t *visit,
                                const char *value, apr_time_t expires)
{
    problem_t *problem = load(session, visit);
    return problem ? problem : seal(sealed, visit, value, expires);
}

/* Whether there is room beside the entries of that owner and of those behind him. */
static int fits_beside(entry_owner_t first, const char *sealed, const visit_t *visit,
                       const session_rec *session)
{
    return !sealed ||
           strlen(sealed) <= room_beside(length_of_others(first, visit, session), visit, session);
}

problem_t *session_write(int *fits, const visit_t *visit, const char *value, apr_time_t expires)
{
    session_rec *session;
    const char *sealed = NULL;
    problem_t *problem = load_and_seal(&session, &sealed, visit, value, expires);
    *fits = problem || fits_beside(OTHER_MOUNT, sealed, visit, session);
    return problem || !*fits ? problem : store(visit, session, sealed);
}

problem_t *session_write_over_others(int *fits, const visit_t *visit, const char *value,
                                     apr_time_t expires)
{
    session_rec *session;
    const char *sealed = NULL;
    problem_t *problem = load_and_seal(&session, &sealed, visit, value, expires);
    *fits = problem || fits_beside(OTHER_MODULE, sealed, visit, session);
    if (problem || !*fits) {
        return problem;
    }
    while (!fits_beside(OTHER_MOUNT, sealed, visit, session)) {
        drop_longest_of_mounts(visit, session);
    }
    return store(visit, session, sealed);
}

/* mod_session takes what is marked so for what has gone out already. */
void session_stay_out(const visit_t *visit)
{
    session_rec *session;
    if (!load(&session, visit)) {
        session->written = 1;
    }
}
