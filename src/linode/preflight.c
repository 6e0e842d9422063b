/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>
#include <apr_uri.h>

#include "linode/offer.h"
#include "linode/preflight.h"
#include "linode/preflight_fields.h"
#include "support/duration.h"
#include "support/http.h"
#include "support/json.h"

#define LOGIN_URL   "https://login.linode.com"
#define API_URL     "https://api.linode.com/"
#define NAMES_SHOWN 8
#define OLD         apr_time_from_sec(3600)

/* One mount on its way through the rules. */
typedef struct flight_t {
    apr_array_header_t *findings;
    const preflight_mount_t *mount;
    const catalog_copy_t *const *parts;
    apr_time_t now;
    apr_pool_t *pool;
} flight_t;

#define add(flight, level, topic, remedy, ...)                                                     \
    preflight_add((flight)->findings, level, topic, remedy, __VA_ARGS__)

/* ---------------------------------------------------------------- words */

preflight_finding_t *preflight_add(apr_array_header_t *findings, preflight_level_t level,
                                   const char *topic, const char *remedy, const char *text, ...)
{
    preflight_finding_t *finding = apr_array_push(findings);
    va_list arguments;

    va_start(arguments, text);
    *finding = (preflight_finding_t){.level = level,
                                     .topic = topic,
                                     .text = apr_pvsprintf(findings->pool, text, arguments),
                                     .remedy = remedy};
    va_end(arguments);
    return finding;
}

const char *preflight_names(const apr_array_header_t *texts, apr_pool_t *pool)
{
    const char *words = "";
    int shown = texts->nelts > NAMES_SHOWN + 1 ? NAMES_SHOWN : texts->nelts;
    int i;

    for (i = 0; i < shown; i++) {
        const char *before = i == 0                                           ? ""
                             : i == texts->nelts - 1 && shown == texts->nelts ? " and "
                                                                              : ", ";

        words = apr_pstrcat(pool, words, before, APR_ARRAY_IDX(texts, i, const char *), NULL);
    }
    return shown < texts->nelts ? apr_psprintf(pool, "%s and %d more", words, texts->nelts - shown)
                                : words;
}

static apr_array_header_t *ids_of(const json_t *items, apr_pool_t *pool)
{
    apr_array_header_t *ids = apr_array_make(pool, 16, sizeof(const char *));
    size_t i;

    for (i = 0; i < json_array_size(items); i++) {
        APR_ARRAY_PUSH(ids, const char *) = json_member_string(json_array_get(items, i), "id");
    }
    return ids;
}

static const char *names_of(const json_t *items, apr_pool_t *pool)
{
    return preflight_names(ids_of(items, pool), pool);
}

/* ---------------------------------------------------------------- what has been read */

static const json_t *data_of(const flight_t *flight, catalog_kind_t kind)
{
    return flight->parts[kind] ? flight->parts[kind]->data : NULL;
}

static void check_reading(const flight_t *flight)
{
    static const char *const whats[] = {[CATALOG_TYPES] = "plans",
                                        [CATALOG_REGIONS] = "regions",
                                        [CATALOG_IMAGES] = "images",
                                        [CATALOG_STACKSCRIPT] = "the script"};
    apr_array_header_t *unread = apr_array_make(flight->pool, 4, sizeof(const char *));
    int kind;

    for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
        const catalog_copy_t *part = flight->parts[kind];

        if (!part) {
            APR_ARRAY_PUSH(unread, const char *) = whats[kind];
        }
        else if (!part->data && part->problem->kind != PROBLEM_STACKSCRIPT_UNUSABLE) {
            add(flight, PREFLIGHT_FAULT, "reading",
                apr_pstrcat(flight->pool, "Look at Linode's status, and at the way to ",
                            flight->mount->api->url, ".", NULL),
                "Linode's answer about %s cannot be read: %s.", whats[kind], part->problem->detail)
                ->is_told = 1;
        }
    }
    if (unread->nelts) {
        add(flight, PREFLIGHT_NOTE, "reading", "Look again in a moment.",
            "Linode's answer about %s has not been read yet.",
            preflight_names(unread, flight->pool));
    }
}

static void check_age(const flight_t *flight)
{
    apr_time_t oldest = flight->now;
    const char *words;
    int kind;

    for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
        if (!data_of(flight, (catalog_kind_t)kind)) {
            return;
        }
        if (flight->parts[kind]->read < oldest) {
            oldest = flight->parts[kind]->read;
        }
    }
    words = duration_words(flight->now - oldest, flight->pool);
    if (flight->now - oldest < OLD) {
        add(flight, PREFLIGHT_FINE, "age", NULL, "What Linode offers was read %s ago.", words);
        return;
    }
    add(flight, PREFLIGHT_WARNING, "age", "The error log says since when and why (LO0421, LO0422).",
        "What Linode offers was read %s ago; visitors see how old it is.", words)
        ->is_told = 1;
}

/* ---------------------------------------------------------------- the script */

static void check_script(const flight_t *flight)
{
    const catalog_copy_t *part = flight->parts[CATALOG_STACKSCRIPT];
    apr_int64_t id = (apr_int64_t)flight->mount->choice->stackscript_id;

    if (part && !part->data && part->problem->kind == PROBLEM_STACKSCRIPT_UNUSABLE) {
        add(flight, PREFLIGHT_FAULT, "stackscript",
            "Check LinodeOAuthStackScriptID; in Cloud Manager, under StackScripts, make the script "
            "public.",
            "Linode shows no StackScript %" APR_INT64_T_FMT " to the public: it does not exist, or "
            "it is private, and then visitors' accounts cannot use it.",
            id);
    }
    else if (!data_of(flight, CATALOG_STACKSCRIPT)) {
        return;
    }
    else if (json_is_false(json_object_get(part->data, "is_public"))) {
        add(flight, PREFLIGHT_FAULT, "stackscript",
            "In Cloud Manager, under StackScripts, make the script public.",
            "The StackScript %" APR_INT64_T_FMT " is private: visitors' accounts cannot use it.",
            id);
    }
    else {
        add(flight, PREFLIGHT_FINE, "stackscript", NULL,
            "The StackScript %" APR_INT64_T_FMT ", \"%s\", exists and is public.", id,
            json_member_string(part->data, "label"));
    }
}

/* ---------------------------------------------------------------- patterns */

/* What one directive chooses from. */
typedef struct choosing_t {
    const char *directive;
    const char *topic;
    const char *one, *many; /* "plan", "plans" */
    const apr_array_header_t *patterns;
    const json_t *items; /* with id and label */
} choosing_t;

static int matches_any(const json_t *items, const char *pattern, apr_pool_t *pool)
{
    apr_array_header_t *alone = apr_array_make(pool, 1, sizeof(const char *));
    size_t i;

    APR_ARRAY_PUSH(alone, const char *) = *pattern == '!' ? pattern + 1 : pattern;
    for (i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);

        if (catalog_pattern_allows(alone, json_member_string(item, "id"),
                                   json_member_string(item, "label"))) {
            return 1;
        }
    }
    return 0;
}

static size_t count_allowed(const choosing_t *choosing)
{
    size_t allowed = 0, i;

    for (i = 0; i < json_array_size(choosing->items); i++) {
        const json_t *item = json_array_get(choosing->items, i);

        allowed += catalog_pattern_allows(choosing->patterns, json_member_string(item, "id"),
                                          json_member_string(item, "label")) != 0;
    }
    return allowed;
}

/* How a pattern could be written, by what there is. */
static const char *pattern_remedy(const choosing_t *choosing, apr_pool_t *pool)
{
    const json_t *item = json_array_get(choosing->items, 0);

    return apr_psprintf(pool,
                        "Correct it or take it out; a pattern matches the whole of an id or label, "
                        "as in %s or \"%s\".",
                        json_member_string(item, "id"), json_member_string(item, "label"));
}

static void check_patterns(const flight_t *flight, const choosing_t *choosing)
{
    int i;

    for (i = 0; choosing->patterns && i < choosing->patterns->nelts; i++) {
        const char *pattern = APR_ARRAY_IDX(choosing->patterns, i, const char *);

        if (!matches_any(choosing->items, pattern, flight->pool)) {
            add(flight, PREFLIGHT_WARNING, choosing->topic, pattern_remedy(choosing, flight->pool),
                "%s: \"%s\" matches no %s.", choosing->directive, pattern, choosing->one);
        }
    }
}

static void check_choice(const flight_t *flight, const choosing_t *choosing)
{
    size_t all = json_array_size(choosing->items);
    size_t allowed = count_allowed(choosing);

    if (allowed == 0) {
        add(flight, PREFLIGHT_FAULT, choosing->topic,
            apr_psprintf(flight->pool, "There are: %s.", names_of(choosing->items, flight->pool)),
            "%s leaves no %s to choose from.", choosing->directive, choosing->one);
        return;
    }
    check_patterns(flight, choosing);
    add(flight, PREFLIGHT_FINE, choosing->topic, NULL,
        "%" APR_SIZE_T_FMT " of %" APR_SIZE_T_FMT " %s %s on offer.", allowed, all, choosing->many,
        allowed == 1 ? "is" : "are");
}

/* ---------------------------------------------------------------- images */

static void check_gone(const flight_t *flight, const json_t *named)
{
    apr_array_header_t *gone = apr_array_make(flight->pool, 4, sizeof(const char *));
    size_t i;

    for (i = 0; i < json_array_size(named); i++) {
        const char *id = json_string_value(json_array_get(named, i));

        if (id && strcmp(id, "any/all") != 0 &&
            !catalog_find(data_of(flight, CATALOG_IMAGES), id)) {
            APR_ARRAY_PUSH(gone, const char *) = id;
        }
    }
    if (gone->nelts) {
        add(flight, PREFLIGHT_NOTE, "images",
            "Take them out of the script in Cloud Manager; the form leaves them out already.",
            "The script names images that Linode no longer offers: %s.",
            preflight_names(gone, flight->pool));
    }
}

static void check_deprecated(const flight_t *flight, const json_t *images)
{
    apr_array_header_t *old = apr_array_make(flight->pool, 4, sizeof(const char *));
    size_t i;

    for (i = 0; i < json_array_size(images); i++) {
        const json_t *image = json_array_get(images, i);

        if (json_member_is_true(image, "deprecated")) {
            APR_ARRAY_PUSH(old, const char *) = json_member_string(image, "id");
        }
    }
    if (old->nelts) {
        add(flight, PREFLIGHT_NOTE, "images", "Give the script newer ones in Cloud Manager.",
            "Linode will not have these images much longer: %s.",
            preflight_names(old, flight->pool));
    }
}

static void check_images(const flight_t *flight)
{
    const json_t *named = json_member_array(data_of(flight, CATALOG_STACKSCRIPT), "images");
    const json_t *images = catalog_images(flight->parts, flight->pool);
    choosing_t choosing = {"LinodeOAuthImages",           "images",
                           "image of the script",         "images of the script",
                           flight->mount->choice->images, images};

    check_gone(flight, named);
    if (!json_array_size(images)) {
        add(flight, PREFLIGHT_FAULT, "images",
            "In Cloud Manager, give the script images that Linode still has.",
            "Linode has none of the images that the script names.");
        return;
    }
    check_deprecated(flight, images);
    check_choice(flight, &choosing);
}

/* ---------------------------------------------------------------- all together */

static void check_homeless(const flight_t *flight, const catalog_t *catalog)
{
    apr_array_header_t *homeless = apr_array_make(flight->pool, 8, sizeof(const char *));
    const char *type;
    json_t *regions;

    json_object_foreach ((json_t *)catalog->gaps, type, regions) {
        if (json_array_size(regions) == json_array_size(catalog->regions)) {
            APR_ARRAY_PUSH(homeless, const char *) = type;
        }
    }
    if (homeless->nelts) {
        add(flight, PREFLIGHT_NOTE, "offer",
            "Leave them out with LinodeOAuthTypes, or offer a region that has them.",
            "No region on offer has these plans: %s.", preflight_names(homeless, flight->pool));
    }
}

static void check_offer(const flight_t *flight)
{
    catalog_t *catalog;
    problem_t *problem = catalog_make(&catalog, flight->parts, flight->mount->choice, flight->pool);

    if (problem) {
        return; /* the rules before this one have said why */
    }
    problem = offer_check_possible(catalog, flight->pool);
    if (problem) {
        add(flight, PREFLIGHT_FAULT, "offer",
            "Offer more plans, regions or images; Linode's status page tells of regions that are "
            "out of order.",
            "Nothing can be installed: %s.", problem->detail);
        return;
    }
    check_homeless(flight, catalog);
}

static void check_offers(const flight_t *flight)
{
    const catalog_choice_t *choice = flight->mount->choice;
    choosing_t plans = {"LinodeOAuthTypes",
                        "plans",
                        "plan",
                        "plans",
                        choice->types,
                        data_of(flight, CATALOG_TYPES)};
    choosing_t regions = {"LinodeOAuthRegions",
                          "regions",
                          "region",
                          "regions",
                          choice->regions,
                          data_of(flight, CATALOG_REGIONS)};
    int has_images = data_of(flight, CATALOG_IMAGES) && data_of(flight, CATALOG_STACKSCRIPT);

    if (has_images) {
        check_images(flight);
    }
    if (plans.items) {
        check_choice(flight, &plans);
    }
    if (regions.items) {
        check_choice(flight, &regions);
    }
    if (has_images && plans.items && regions.items) {
        check_offer(flight);
    }
}

/* ---------------------------------------------------------------- addresses */

static void check_callback(const flight_t *flight)
{
    const preflight_mount_t *mount = flight->mount;
    const char *url = mount->oauth->redirect_uri;
    apr_uri_t uri;

    add(flight, PREFLIGHT_FINE, "callback", NULL,
        "%s is what has to be registered at Linode as the callback URL, as it stands here (Cloud "
        "Manager, My Profile, OAuth Apps).",
        url);
    if (apr_uri_parse(flight->pool, url, &uri) == APR_SUCCESS && uri.hostname &&
        http_is_loopback(uri.hostname)) {
        add(flight, PREFLIGHT_NOTE, "callback",
            "For a public page write a ServerName with https, or LinodeOAuthCallbackURL.",
            "The callback URL leads to %s: only browsers on this machine come back from the login.",
            uri.hostname);
    }
    if (strcmp(mount->path, mount->base) != 0) {
        add(flight, PREFLIGHT_NOTE, "callback",
            "What stands in front of this server has to map the one to the other.",
            "Browsers have this mount at %s/, the server has it at %s/.", mount->base, mount->path);
    }
}

static void check_linode(const flight_t *flight)
{
    const char *login = flight->mount->oauth->login_url;
    const char *api = flight->mount->api->url;
    int real_login = !strcasecmp(login, LOGIN_URL);
    int real_api = !strncasecmp(api, API_URL, sizeof(API_URL) - 1);

    if (real_login && real_api) {
        add(flight, PREFLIGHT_FINE, "linode", NULL,
            "Logins and Linodes are real: visitors pay for what they install.");
    }
    else if (!real_login && !real_api) {
        add(flight, PREFLIGHT_NOTE, "linode",
            "For the real Linode take LinodeOAuthLoginURL and LinodeOAuthAPIURL out.",
            "This is not Linode itself, but a sandbox or a stand-in: the login is at %s, the API "
            "at %s.",
            login, api);
    }
    else {
        add(flight, PREFLIGHT_WARNING, "linode",
            "Write both LinodeOAuthLoginURL and LinodeOAuthAPIURL, or neither.",
            "The login is at %s, the API at %s: one is Linode's own and the other is not, and "
            "neither takes the other's tokens.",
            login, api);
    }
}

/* ---------------------------------------------------------------- all rules */

apr_array_header_t *preflight_check(const preflight_mount_t *mount,
                                    const catalog_copy_t *const parts[CATALOG_KINDS],
                                    apr_time_t now, apr_pool_t *pool)
{
    flight_t flight = {apr_array_make(pool, 16, sizeof(preflight_finding_t)), mount, parts, now,
                       pool};
    const json_t *script = data_of(&flight, CATALOG_STACKSCRIPT);

    check_reading(&flight);
    check_script(&flight);
    check_offers(&flight);
    if (script) {
        preflight_check_fields(flight.findings, json_member_array(script, "user_defined_fields"),
                               mount->choice->rules, pool);
    }
    check_callback(&flight);
    check_linode(&flight);
    check_age(&flight);
    return flight.findings;
}
