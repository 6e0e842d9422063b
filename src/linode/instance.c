/* SPDX-License-Identifier: Apache-2.0 */
/* Exactly one Linode for one wish.
 *
 *   create ----- answered with the Linode ----------------------------------> done
 *     ^   \----- refused, nothing created (and nothing was unclear before) --> problem
 *     |    \---- busy, nothing created: after a pause, create again
 *     |     \--- unclear, or "label must be unique": look
 *     |
 *     +-- none after a few looks -- look -- ours ----------------------------> done
 *                                     \---- somebody else's of that label ---> LABEL_TAKEN
 *
 * Every way ends by the deadline. A create may use three fifths of the time that is left, so that
 * one that hangs leaves time to look what became of it. */
#include <arpa/inet.h>
#include <string.h>

#include <apr_date.h>
#include <apr_strings.h>

#include "linode/instance.h"
#include "linode/retry.h"
#include "support/json.h"
#include "support/mention.h"
#include "support/workers.h"

#define CLOCK_TOLERANCE apr_time_from_sec(300)

/* Looks after one unclear create, and after Linode said that the label is taken, in which case
 * there is something to be found and only the list is late. */
#define LOOKS           3
#define LOOKS_FOR_TAKEN 8

/* One wish under way. */
typedef struct ensure_t {
    api_access_t access; /* with a deadline */
    const instance_wish_t *wish;
    apr_pool_t *pool;
    problem_t *doubt; /* the last unclear answer to a create, or NULL */
} ensure_t;

/* ---------------------------------------------------------------- create */

static void set_text(json_t *body, const char *key, const char *value)
{
    if (value && *value) {
        json_object_set_new(body, key, json_string(value));
    }
}

/* The script's own answers are left out when there are none: Linode refuses an empty object. */
static json_t *create_body(const instance_wish_t *wish)
{
    json_t *body = json_object();
    json_t *tags = json_array();
    int i;

    for (i = 0; wish->tags && !wish->untagged && i < wish->tags->nelts; i++) {
        json_array_append_new(tags, json_string(APR_ARRAY_IDX(wish->tags, i, const char *)));
    }
    set_text(body, "label", wish->label);
    set_text(body, "type", wish->type);
    set_text(body, "region", wish->region);
    set_text(body, "image", wish->image);
    set_text(body, "root_pass", wish->root_pass);
    set_text(body, "group", wish->group);
    json_object_set_new(body, "stackscript_id", json_integer(wish->stackscript_id));
    if (json_object_size(wish->stackscript_data)) {
        json_object_set(body, "stackscript_data", (json_t *)wish->stackscript_data);
    }
    if (json_array_size(tags)) {
        json_object_set(body, "tags", tags);
    }
    json_decref(tags);
    if (wish->extra) {
        json_object_update_missing(body, (json_t *)wish->extra);
    }
    return body;
}

static int names_secret(const char *name)
{
    static const char *const words[] = {"pass", "secret", "token", "key"};

    return mention_any(name, words, sizeof(words) / sizeof(words[0]));
}

/* A shorter answer may be an ordinary word of a reason. */
#define TELLING_ANSWER 8

static void strike_secrets(problem_t *problem, const instance_wish_t *wish)
{
    json_t *answers = (json_t *)wish->stackscript_data;
    const char *name;
    json_t *value;

    problem_strike(problem, wish->root_pass);
    json_object_foreach (answers, name, value) {
        if (names_secret(name) || json_object_get(wish->secrets, name) ||
            json_string_length(value) >= TELLING_ANSWER) {
            problem_strike(problem, json_string_value(value));
        }
    }
}

static int is_this(const json_t *linode, const instance_wish_t *wish)
{
    const char *label = json_member_string(linode, "label");

    return json_member_integer(linode, "id", 0) > 0 && label && !strcmp(label, wish->label);
}

static problem_t *create(const json_t **linode, const ensure_t *ensure)
{
    apr_time_t now = workers_now();
    json_t *body = create_body(ensure->wish);
    const api_request_t request = {
        .method = "POST",
        .path = "/linode/instances",
        .token = ensure->access.token,
        .body = body,
        .deadline = now + (ensure->access.deadline - now) * 3 / 5,
    };
    const json_t *answer;
    problem_t *problem =
        api_call(&answer, ensure->access.api, ensure->access.http, &request, ensure->pool);

    json_member_wipe(body, "root_pass");
    json_decref(body);
    if (problem) {
        strike_secrets(problem, ensure->wish);
        return problem;
    }
    if (!is_this(answer, ensure->wish)) {
        problem = problem_make(ensure->pool, PROBLEM_LINODE_UNREADABLE,
                               "POST /linode/instances answered with something that is not the "
                               "Linode asked for");
        problem->effect = PROBLEM_MAYBE_CREATED;
        return problem;
    }
    *linode = answer;
    return NULL;
}

/* ---------------------------------------------------------------- look */

static int same(const json_t *linode, const char *key, const char *wanted)
{
    const char *value = json_member_string(linode, key);

    return value && wanted && !strcmp(value, wanted);
}

/* Tags are the same in small letters and capitals, and an account's keep those of their first use.
 */
static int has_tag(const json_t *tags, const char *wanted)
{
    size_t i;

    for (i = 0; i < json_array_size(tags); i++) {
        const char *tag = json_string_value(json_array_get(tags, i));

        if (tag && !strcasecmp(tag, wanted)) {
            return 1;
        }
    }
    return 0;
}

/* All of the wish's, or none. */
static int has_tags(const json_t *linode, const instance_wish_t *wish)
{
    const json_t *tags = json_member_array(linode, "tags");
    int i;

    for (i = 0; wish->tags && i < wish->tags->nelts; i++) {
        if (has_tag(tags, APR_ARRAY_IDX(wish->tags, i, const char *)) == wish->untagged) {
            return 0;
        }
    }
    return 1;
}

/* By how much our clock is ahead of Linode's, as far as an answer tells. */
static apr_interval_time_t clock_ahead(const apr_table_t *headers)
{
    const char *text = headers ? apr_table_get(headers, "Date") : NULL;
    apr_time_t date = text ? apr_date_parse_http(text) : APR_DATE_BAD;
    apr_time_t now = apr_time_now();

    return date != APR_DATE_BAD && now > date ? now - date : 0;
}

/* Linode's dates are UTC without saying so, to the second. */
static int created_since(const json_t *linode, apr_time_t began)
{
    const char *text = json_member_string(linode, "created");
    apr_time_exp_t date = {.tm_isdst = 0};
    apr_time_t created;

    if (!text || sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &date.tm_year, &date.tm_mon, &date.tm_mday,
                        &date.tm_hour, &date.tm_min, &date.tm_sec) != 6) {
        return 0;
    }
    date.tm_year -= 1900;
    date.tm_mon -= 1;
    return apr_time_exp_gmt_get(&created, &date) == APR_SUCCESS && created >= began;
}

/* In everything but its time. */
static int is_like_ours(const json_t *linode, const instance_wish_t *wish)
{
    return is_this(linode, wish) && same(linode, "type", wish->type) &&
           same(linode, "region", wish->region) && same(linode, "image", wish->image) &&
           has_tags(linode, wish);
}

/* A foreign Linode has the label; or ours, if an answer was lost or only the clocks deny it. */
static problem_t *label_taken(const ensure_t *ensure, int is_alike)
{
    problem_t *problem =
        problem_make(ensure->pool, PROBLEM_LABEL_TAKEN,
                     "the account has a Linode \"%s\" that is not of this wish%s",
                     ensure->wish->label, is_alike ? ", if the time of its creation is true" : "");

    problem->field = "label";
    if (is_alike || ensure->doubt) {
        problem->effect = PROBLEM_MAYBE_CREATED;
    }
    return problem;
}

/* *linode stays NULL if there is none of that label. One look takes at most half of the time that
 * is left, so that one that hangs is not the last. */
static problem_t *look(const json_t **linode, const ensure_t *ensure)
{
    const instance_wish_t *wish = ensure->wish;
    apr_time_t now = workers_now();
    json_t *filter = json_in_pool(json_pack("{ss}", "label", wish->label), ensure->pool);
    const apr_table_t *headers = NULL;
    const api_request_t request = {
        .method = "GET",
        .path = "/linode/instances",
        .token = ensure->access.token,
        .filter = filter,
        .idempotent = 1,
        .deadline = now + (ensure->access.deadline - now) / 2,
        .headers = &headers,
    };
    json_t *found;
    problem_t *problem =
        api_list(&found, ensure->access.api, ensure->access.http, &request, ensure->pool);
    apr_time_t since = wish->began - clock_ahead(headers) - CLOCK_TOLERANCE;
    int foreign = 0, alike = 0;
    size_t i;

    for (i = 0; !problem && i < json_array_size(found); i++) {
        const json_t *candidate = json_array_get(found, i);
        const char *label = json_member_string(candidate, "label");
        int is_alike = is_like_ours(candidate, wish);

        if (is_alike && created_since(candidate, since)) {
            *linode = candidate;
            return NULL;
        }
        alike |= is_alike;
        foreign |= label && !strcasecmp(label, wish->label);
    }
    return foreign ? label_taken(ensure, alike) : problem;
}

/* A look that failed so may succeed in a moment; any other failure stays. */
static int passing(const problem_t *problem)
{
    switch (problem->kind) {
    case PROBLEM_LINODE_UNREACHABLE:
    case PROBLEM_LINODE_TIMEOUT:
    case PROBLEM_LINODE_BUSY:
    case PROBLEM_LINODE_FAILED:
    case PROBLEM_LINODE_UNREADABLE:
        return 1;
    default:
        return 0;
    }
}

/* Looks a few times, a little longer apart each time. NULL and no Linode: the last look saw that
 * there is none. */
static problem_t *look_repeatedly(const json_t **linode, const ensure_t *ensure, int looks)
{
    retry_t retry = {.left = looks - 1, .made = 1, .deadline = ensure->access.deadline};
    problem_t *problem;

    do {
        problem = look(linode, ensure);
    } while (!*linode && (!problem || passing(problem)) &&
             retry_wait(&retry, problem ? problem->retry_after : 0));
    return problem;
}

/* ---------------------------------------------------------------- ensure */

static int says_label_taken(const problem_t *problem)
{
    int i;

    for (i = 0;
         problem->kind == PROBLEM_LINODE_REFUSED && problem->reasons && i < problem->reasons->nelts;
         i++) {
        const problem_reason_t *reason = &APR_ARRAY_IDX(problem->reasons, i, problem_reason_t);
        int about_label = reason->field ? !strcmp(reason->field, "label")
                                        : strncasecmp(reason->text, "label", 5) == 0;

        if (about_label && strstr(reason->text, "unique")) {
            return 1;
        }
    }
    return 0;
}

/* Neither seen nor ruled out: what went wrong, told as a Linode that may exist. */
static problem_t *in_doubt(problem_t *problem)
{
    problem->effect = PROBLEM_MAYBE_CREATED;
    return problem;
}

/* Finds out what an unclear create has left; *linode stays NULL if there is nothing. */
static problem_t *resolve(const json_t **linode, ensure_t *ensure, problem_t *created)
{
    int taken = says_label_taken(created);
    problem_t *problem;

    if (!taken) {
        ensure->doubt = created;
    }
    problem = look_repeatedly(linode, ensure, taken ? LOOKS_FOR_TAKEN : LOOKS);
    if (problem && problem->kind != PROBLEM_LABEL_TAKEN) {
        problem->detail = apr_psprintf(ensure->pool, "%s; looked up because %s", problem->detail,
                                       problem_line(created, ensure->pool));
        return in_doubt(problem);
    }
    if (!problem && !*linode && taken) {
        created->detail = apr_psprintf(ensure->pool, "%s; but no Linode of that label is listed",
                                       created->detail);
        return in_doubt(created);
    }
    return problem;
}

/* A refusal by which nothing was created is the answer, unless an earlier create was unclear: then
 * that one may have been carried out late, and be the reason of this refusal. */
static problem_t *settle(const json_t **linode, const ensure_t *ensure, problem_t *refused)
{
    problem_t *problem;

    if (!ensure->doubt) {
        return refused;
    }
    problem = look(linode, ensure);
    if (*linode || (problem && problem->kind == PROBLEM_LABEL_TAKEN)) {
        return problem;
    }
    return in_doubt(refused);
}

problem_t *instance_ensure(const json_t **linode, const api_access_t *access,
                           const instance_wish_t *wish, apr_pool_t *pool)
{
    ensure_t ensure = {.access = *access, .wish = wish, .pool = pool};
    retry_t retry = {.left = access->api->retries};
    problem_t *problem;

    if (!access->deadline) {
        ensure.access.deadline = workers_now() + access->api->total_timeout;
    }
    retry.deadline = ensure.access.deadline;
    *linode = NULL;
    for (;;) {
        problem_t *created = create(linode, &ensure);
        int again = 0;

        if (!created) {
            return NULL;
        }
        if (created->effect == PROBLEM_MAYBE_CREATED || says_label_taken(created)) {
            problem = resolve(linode, &ensure, created);
            again = !problem;
        }
        else {
            again = created->kind == PROBLEM_LINODE_BUSY;
            problem = NULL;
        }
        if (*linode || problem) {
            return problem;
        }
        if (!again || !retry_wait(&retry, created->retry_after)) {
            return settle(linode, &ensure, created);
        }
    }
}

/* ---------------------------------------------------------------- addresses */

/* RFC 1918. What is no address is left where it stands. */
static int is_private(const char *text)
{
    struct in_addr parsed;
    uint32_t address;

    if (!text || inet_pton(AF_INET, text, &parsed) != 1) {
        return 0;
    }
    address = ntohl(parsed.s_addr);
    return address >> 24 == 10 || address >> 20 == (172 << 4 | 1) ||
           address >> 16 == (192 << 8 | 168);
}

json_t *instance_addresses(const json_t *ipv4)
{
    json_t *sorted = json_is_array(ipv4) ? json_array() : NULL;
    int wanted;
    size_t i;

    for (wanted = 0; wanted <= 1; wanted++) {
        for (i = 0; i < json_array_size(ipv4); i++) {
            json_t *address = json_array_get(ipv4, i);

            if (is_private(json_string_value(address)) == wanted) {
                json_array_append(sorted, address);
            }
        }
    }
    return sorted;
}
