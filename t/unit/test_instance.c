/* SPDX-License-Identifier: Apache-2.0 */
#include "linode/instance.h"
#include "scripted_http.h"
#include "support/json.h"
#include "support/workers.h"

static const api_t api = {
    .url = "https://api.example/v4",
    .retries = 2,
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 10 * APR_USEC_PER_SEC,
};

#define CREATE "POST https://api.example/v4/linode/instances"
#define LOOK   "GET https://api.example/v4/linode/instances?page=1&page_size=500"

#define TAKEN                                                                                      \
    "{\"errors\":[{\"reason\":\"Label must be unique among your linodes\",\"field\":\"label\"}]}"
#define LIMIT "{\"errors\":[{\"reason\":\"Account Limit reached. Please open a support ticket.\"}]}"
#define NONE  "{\"data\":[],\"page\":1,\"pages\":1}"

/* When the wish began. */
static const apr_time_t beginning = APR_TIME_C(1795428000) * APR_USEC_PER_SEC;

static instance_wish_t wish_make(void)
{
    instance_wish_t wish = {
        .label = "owncast-7f3k",
        .type = "g6-nanode-1",
        .region = "us-east",
        .image = "linode/debian12",
        .root_pass = "P4ss+word",
        .stackscript_id = 7,
        .group = "Owncast",
        .tags = strings("Owncast", NULL),
        .began = beginning,
    };

    return wish;
}

/* A Linode as the API shows it, created so many seconds after the wish began. */
static const char *linode(const char *label, const char *type, const char *region,
                          const char *image, const char *tags, int after)
{
    char created[20];
    apr_size_t length;
    apr_time_exp_t date;

    apr_time_exp_gmt(&date, beginning + apr_time_from_sec(after));
    apr_strftime(created, &length, sizeof(created), "%Y-%m-%dT%H:%M:%S", &date);
    return apr_psprintf(pool,
                        "{\"id\":123,\"label\":\"%s\",\"type\":\"%s\",\"region\":\"%s\","
                        "\"image\":\"%s\",\"tags\":[%s],\"created\":\"%s\"}",
                        label, type, region, image, tags, created);
}

static const char *ours(void)
{
    return linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Owncast\"", 1);
}

static const char *page_of(const char *element)
{
    return apr_psprintf(pool, "{\"data\":[%s],\"page\":1,\"pages\":1}", element);
}

static problem_t *ensure_until(const json_t **found, scripted_t *script,
                               const instance_wish_t *wish, apr_time_t deadline)
{
    const api_access_t access = {
        .api = &api, .http = &script->http, .token = "tok", .deadline = deadline};

    return instance_ensure(found, &access, wish, pool);
}

static problem_t *ensure_wish(const json_t **found, scripted_t *script, const instance_wish_t *wish)
{
    return ensure_until(found, script, wish, 0);
}

static problem_t *ensure(const json_t **found, scripted_t *script)
{
    instance_wish_t wish = wish_make();

    return ensure_wish(found, script, &wish);
}

#define ck_assert_found(found) ck_assert_int_eq((int)json_member_integer(found, "id", 0), 123)

/* ---------------------------------------------------------------- create */

/* Nobody was given longer to answer; what is asked later has no time at all. */
static void ck_assert_asked_until(const scripted_t *script, apr_time_t deadline)
{
    for (int i = 0; i < script->at; i++) {
        const asked_t *asked = &script->asked[i];
        ck_assert(asked->deadline <= deadline || asked->deadline <= asked->at);
    }
}

START_TEST(the_happy_path_is_one_call)
{
    const step_t steps[] = {{.request = CREATE, .status = 200, .body = ours()}};
    scripted_t *script = SCRIPT(steps);
    const json_t *found;
    apr_time_t before = workers_now();

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert_found(found);
    ck_assert_str_eq(script->asked[0].bearer, "tok");
    ck_assert_str_eq(
        script->asked[0].body,
        "{\"label\":\"owncast-7f3k\",\"type\":\"g6-nanode-1\",\"region\":\"us-east\","
        "\"image\":\"linode/debian12\",\"root_pass\":\"P4ss+word\",\"group\":\"Owncast\","
        "\"stackscript_id\":7,\"tags\":[\"Owncast\"]}");
    /* Two fifths of the time are left for finding out what became of it. */
    ck_assert(script->asked[0].deadline <= before + apr_time_from_msec(6100));
}
END_TEST

static const json_t *body_sent(const instance_wish_t *wish)
{
    const step_t steps[] = {{.request = CREATE, .status = 200, .body = ours()}};
    scripted_t *script = SCRIPT(steps);
    const json_t *found;

    ck_assert_fine(ensure_wish(&found, script, wish));
    return json_parse(script->asked[0].body, strlen(script->asked[0].body), pool);
}

START_TEST(empty_members_are_left_out)
{
    instance_wish_t wish = wish_make();
    const json_t *body;

    wish.group = NULL;
    wish.tags = NULL;
    wish.stackscript_data = json_in_pool(json_object(), pool);
    body = body_sent(&wish);
    ck_assert_ptr_null(json_object_get(body, "group"));
    ck_assert_ptr_null(json_object_get(body, "tags"));
    ck_assert_ptr_null(json_object_get(body, "stackscript_data"));
}
END_TEST

START_TEST(answers_and_extra_members_are_sent)
{
    instance_wish_t wish = wish_make();
    const json_t *body;

    wish.stackscript_data = json_in_pool(json_pack("{ss}", "edition", "team"), pool);
    wish.extra = json_in_pool(
        json_pack("{sbsbss}", "private_ip", 1, "booted", 0, "label", "overridden"), pool);
    body = body_sent(&wish);
    ck_assert_str_eq(json_member_string(json_member_object(body, "stackscript_data"), "edition"),
                     "team");
    ck_assert(json_member_is_true(body, "private_ip"));
    ck_assert(json_is_false(json_object_get(body, "booted")));
    ck_assert_str_eq(json_member_string(body, "label"), "owncast-7f3k");
    ck_assert_int_eq((int)json_object_size(wish.extra), 3);
}
END_TEST

/* ---------------------------------------------------------------- unclear answers */

static const step_t unclear_answers[] = {
    {.request = CREATE, .problem = PROBLEM_LINODE_FAILED, .maybe = 1},
    {.request = CREATE, .problem = PROBLEM_LINODE_TIMEOUT, .maybe = 1},
    {.request = CREATE, .problem = PROBLEM_LINODE_UNREADABLE, .maybe = 1},
    {.request = CREATE, .status = 500, .type = HTML_TYPE},
    {.request = CREATE, .status = 502, .type = HTML_TYPE},
    {.request = CREATE, .status = 503, .body = "{}"},
    {.request = CREATE, .status = 504, .type = HTML_TYPE},
    {.request = CREATE, .status = 520, .type = HTML_TYPE},
    {.request = CREATE, .status = 408, .body = "{}"},
    {.request = CREATE, .status = 200, .body = "{\"id\":"},
    {.request = CREATE, .status = 200, .type = HTML_TYPE, .body = "{}"},
    {.request = CREATE, .status = 200, .body = "{}"},
    {.request = CREATE, .status = 200, .body = "{\"id\":1,\"label\":\"other\"}"},
    {.request = CREATE, .status = 302, .type = HTML_TYPE},
    {.request = CREATE, .status = 400, .body = TAKEN},
};

START_TEST(an_unclear_create_is_looked_up)
{
    size_t i;

    for (i = 0; i < COUNT(unclear_answers); i++) {
        const step_t steps[] = {unclear_answers[i],
                                {.request = LOOK, .status = 200, .body = page_of(ours())}};
        scripted_t *script = SCRIPT(steps);
        const json_t *found;

        ck_assert_fine(ensure(&found, script));
        ck_assert_script_done(script);
        ck_assert_found(found);
        ck_assert_str_eq(script->asked[1].filter, "{\"label\":\"owncast-7f3k\"}");
        ck_assert_str_eq(script->asked[1].bearer, "tok");
    }
}
END_TEST

START_TEST(the_list_may_be_late)
{
    const step_t steps[] = {{.request = CREATE, .status = 502, .type = HTML_TYPE},
                            {.request = LOOK, .status = 200, .body = NONE},
                            {.request = LOOK, .status = 200, .body = NONE},
                            {.request = LOOK, .status = 200, .body = page_of(ours())}};
    scripted_t *script = SCRIPT(steps);
    const json_t *found;

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert_found(found);
}
END_TEST

#define NONE_THRICE                                                                                \
    {.request = LOOK, .status = 200, .body = NONE},                                                \
        {.request = LOOK, .status = 200, .body = NONE},                                            \
    {                                                                                              \
        .request = LOOK, .status = 200, .body = NONE                                               \
    }

START_TEST(it_is_created_again_only_if_there_is_none)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 502, .type = HTML_TYPE},
        NONE_THRICE,
        {.request = CREATE, .status = 200, .body = ours()},
    };
    scripted_t *script = SCRIPT(steps);
    const json_t *found;

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert_found(found);
    ck_assert_str_eq(script->asked[4].body, script->asked[0].body);
}
END_TEST

START_TEST(a_first_create_that_comes_late_is_found)
{
    const step_t steps[] = {
        {.request = CREATE, .problem = PROBLEM_LINODE_TIMEOUT, .maybe = 1},
        NONE_THRICE,
        {.request = CREATE, .status = 400, .body = TAKEN},
        {.request = LOOK, .status = 200, .body = NONE},
        {.request = LOOK, .status = 200, .body = page_of(ours())},
    };
    scripted_t *script = SCRIPT(steps);
    const json_t *found;

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert_found(found);
}
END_TEST

START_TEST(creating_again_has_an_end)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 500, .type = HTML_TYPE}, NONE_THRICE,
        {.request = CREATE, .status = 500, .type = HTML_TYPE}, NONE_THRICE,
        {.request = CREATE, .status = 500, .type = HTML_TYPE}, NONE_THRICE,
        {.request = LOOK, .status = 200, .body = NONE},
    };
    scripted_t *script = SCRIPT(steps);
    const json_t *found;
    const problem_t *problem = ensure(&found, script);

    ck_assert_problem(problem, LINODE_FAILED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
    ck_assert_script_done(script);
    ck_assert_ptr_null(found);
}
END_TEST

START_TEST(a_failing_look_up_is_repeated)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 502, .type = HTML_TYPE},
        {.request = LOOK, .status = 500, .body = "{}"},
        {.request = LOOK, .status = 200, .body = "{\"data\":"},
        {.request = LOOK, .status = 200, .body = page_of(ours())},
    };
    scripted_t *script = SCRIPT(steps);
    const json_t *found;
    apr_time_t before = workers_now();

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert_found(found);
    /* One that hangs would not have been the last. */
    ck_assert(script->asked[1].deadline <= before + apr_time_from_msec(5100));
}
END_TEST

START_TEST(look_ups_that_fail_leave_a_doubt)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 502, .type = HTML_TYPE},
        {.request = LOOK, .status = 200, .body = NONE},
        {.request = LOOK, .status = 500, .body = "{}"},
        {.request = LOOK, .status = 500, .body = "{}"},
    };
    const step_t dead[] = {
        {.request = CREATE, .status = 400, .body = TAKEN},
        {.request = LOOK, .status = 401, .body = "{\"errors\":[{\"reason\":\"Invalid Token\"}]}"},
    };
    scripted_t *script = SCRIPT(steps);
    const json_t *found;
    const problem_t *problem = ensure(&found, script);

    ck_assert_problem(problem, LINODE_FAILED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
    ck_assert_ptr_nonnull(strstr(problem->detail, "looked up because LO0404"));
    ck_assert_script_done(script);
    /* Told as it is, so that another login can go on from there. */
    problem = ensure(&found, SCRIPT(dead));
    ck_assert_problem(problem, LINODE_UNAUTHORIZED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
}
END_TEST

START_TEST(a_label_that_is_taken_but_not_listed_is_a_doubt)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 400, .body = TAKEN},
        NONE_THRICE,
        NONE_THRICE,
        NONE_THRICE,
    };
    scripted_t *script = SCRIPT(steps);
    instance_wish_t wish = wish_make();
    const json_t *found;
    apr_time_t deadline = workers_now() + apr_time_from_sec(2);
    const problem_t *problem = ensure_until(&found, script, &wish, deadline);

    ck_assert_problem(problem, LINODE_REFUSED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
    ck_assert(script->at >= 4);
    ck_assert_asked_until(script, deadline);
}
END_TEST

/* ---------------------------------------------------------------- whose */

START_TEST(a_foreign_linode_of_the_label_is_told)
{
    const char *const foreign[] = {
        linode("owncast-7f3k", "g6-nanode-2", "us-east", "linode/debian12", "\"Owncast\"", 1),
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian11", "\"Owncast\"", 1),
        linode("owncast-7f3k", "g6-nanode-1", "us-central", "linode/debian12", "\"Owncast\"", 1),
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Other\"", 1),
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "", 1),
        linode("Owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Owncast\"", 1),
        "{\"id\":1,\"label\":\"owncast-7f3k\"}",
    };
    size_t i;

    for (i = 0; i < COUNT(foreign); i++) {
        const step_t steps[] = {{.request = CREATE, .status = 400, .body = TAKEN},
                                {.request = LOOK, .status = 200, .body = page_of(foreign[i])}};
        scripted_t *script = SCRIPT(steps);
        const json_t *found;
        const problem_t *problem = ensure(&found, script);

        ck_assert_problem(problem, LABEL_TAKEN);
        ck_assert_str_eq(problem->field, "label");
        ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
        ck_assert_ptr_null(found);
        ck_assert_script_done(script);
    }
}
END_TEST

START_TEST(a_foreign_linode_after_an_unclear_create_is_a_doubt)
{
    const char *other = linode("owncast-7f3k", "g6-nanode-2", "us-east", "linode/debian12", "", 1);
    const step_t steps[] = {{.request = CREATE, .status = 502, .type = HTML_TYPE},
                            {.request = LOOK, .status = 200, .body = page_of(other)}};
    const json_t *found;
    const problem_t *problem = ensure(&found, SCRIPT(steps));

    ck_assert_problem(problem, LABEL_TAKEN);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
    ck_assert_ptr_null(found);
}
END_TEST

START_TEST(what_a_restricted_user_makes_has_no_tags)
{
    const char *const tagged =
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Owncast\"", 1);
    const char *const plain =
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"x\"", 1);
    const step_t his[] = {{.request = CREATE, .status = 400, .body = TAKEN},
                          {.request = LOOK, .status = 200, .body = page_of(plain)}};
    const step_t anothers[] = {{.request = CREATE, .status = 400, .body = TAKEN},
                               {.request = LOOK, .status = 200, .body = page_of(tagged)}};
    instance_wish_t wish = wish_make();
    const json_t *found;
    scripted_t *script = SCRIPT(his);

    wish.untagged = 1;
    ck_assert_fine(ensure_wish(&found, script, &wish));
    ck_assert_found(found);
    ck_assert_ptr_null(strstr(script->asked[0].body, "tags"));
    script = SCRIPT(anothers);
    ck_assert_problem(ensure_wish(&found, script, &wish), LABEL_TAKEN);
    ck_assert_ptr_null(found);
}
END_TEST

/* The Date line of an answer at a time that is so many seconds after now. */
static const char *date_line(int after)
{
    char *date = apr_pcalloc(pool, APR_RFC822_DATE_LEN);

    apr_rfc822_date(date, apr_time_now() + apr_time_from_sec(after));
    return apr_pstrcat(pool, "Date: ", date, NULL);
}

START_TEST(a_clock_that_is_ahead_of_linodes_is_seen_by_the_date)
{
    const char *an_hour_ago =
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Owncast\"", -3590);
    const char *header[] = {date_line(-3600), date_line(-3000), date_line(3600), "Date: soon",
                            NULL};
    size_t i;

    for (i = 0; i < COUNT(header); i++) {
        const step_t steps[] = {
            {.request = CREATE, .status = 400, .body = TAKEN},
            {.request = LOOK, .status = 200, .body = page_of(an_hour_ago), .header = header[i]}};
        const json_t *found;
        const problem_t *problem = ensure(&found, SCRIPT(steps));

        if (i == 0) {
            ck_assert_fine(problem);
            ck_assert_found(found);
            continue;
        }
        /* It is ours in everything but its time, so that this alone denies nothing. */
        ck_assert_problem(problem, LABEL_TAKEN);
        ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
        ck_assert_ptr_null(found);
    }
}
END_TEST

START_TEST(a_clock_that_is_behind_linodes_takes_nothing_away)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 400, .body = TAKEN},
        {.request = LOOK, .status = 200, .body = page_of(ours()), .header = date_line(3600)}};
    const json_t *found;

    ck_assert_fine(ensure(&found, SCRIPT(steps)));
    ck_assert_found(found);
}
END_TEST

START_TEST(a_linode_from_before_the_wish_is_not_ours)
{
    const char *const early[] = {
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Owncast\"", -302),
        ("{\"id\":1,\"label\":\"owncast-7f3k\",\"type\":\"g6-nanode-1\",\"region\":\"us-east\","
         "\"image\":\"linode/debian12\",\"tags\":[\"Owncast\"],\"created\":\"now\"}"),
    };
    size_t i;

    for (i = 0; i < COUNT(early); i++) {
        const step_t steps[] = {{.request = CREATE, .status = 400, .body = TAKEN},
                                {.request = LOOK, .status = 200, .body = page_of(early[i])}};
        const json_t *found;
        const problem_t *problem = ensure(&found, SCRIPT(steps));

        ck_assert_problem(problem, LABEL_TAKEN);
        ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
        ck_assert_ptr_null(found);
    }
}
END_TEST

START_TEST(ours_may_have_more_tags_and_an_earlier_clock)
{
    const char *const mine[] = {
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"Owncast\"", 1),
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"x\",\"Owncast\"",
               -290),
    };
    size_t i;

    for (i = 0; i < COUNT(mine); i++) {
        const step_t steps[] = {{.request = CREATE, .status = 400, .body = TAKEN},
                                {.request = LOOK, .status = 200, .body = page_of(mine[i])}};
        const json_t *found;

        ck_assert_fine(ensure(&found, SCRIPT(steps)));
        ck_assert_found(found);
    }
}
END_TEST

/* A tag that the account has already is the same in other letters, and keeps its own. */
START_TEST(a_tag_is_known_in_small_letters_and_capitals)
{
    const char *const lower =
        linode("owncast-7f3k", "g6-nanode-1", "us-east", "linode/debian12", "\"owncast\"", 1);
    const step_t steps[] = {{.request = CREATE, .status = 502, .type = HTML_TYPE},
                            {.request = LOOK, .status = 200, .body = page_of(lower)}};
    const step_t anothers[] = {{.request = CREATE, .status = 400, .body = TAKEN},
                               {.request = LOOK, .status = 200, .body = page_of(lower)}};
    instance_wish_t wish = wish_make();
    scripted_t *script = SCRIPT(anothers);
    const json_t *found;

    ck_assert_fine(ensure(&found, SCRIPT(steps)));
    ck_assert_found(found);
    wish.untagged = 1;
    ck_assert_problem(ensure_wish(&found, script, &wish), LABEL_TAKEN);
    ck_assert_ptr_null(found);
}
END_TEST

START_TEST(others_in_the_list_do_not_matter)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 502, .type = HTML_TYPE},
        {.request = LOOK,
         .status = 200,
         .body = page_of(apr_pstrcat(pool, "{\"id\":9,\"label\":\"other\"},7,", ours(), NULL))}};
    const json_t *found;

    ck_assert_fine(ensure(&found, SCRIPT(steps)));
    ck_assert_found(found);
}
END_TEST

/* ---------------------------------------------------------------- clear answers */

START_TEST(a_clear_refusal_is_the_answer)
{
    static const struct {
        int status;
        const char *type;
        const char *body;
        problem_kind_t kind;
    } cases[] = {
        {400, NULL, LIMIT, PROBLEM_LINODE_REFUSED},
        {400, NULL, "{\"errors\":[{\"reason\":\"region is not valid\",\"field\":\"region\"}]}",
         PROBLEM_LINODE_REFUSED},
        {400, NULL, "{\"errors\":[{\"reason\":\"must be unique\",\"field\":\"tags\"}]}",
         PROBLEM_LINODE_REFUSED},
        {401, NULL, "{\"errors\":[{\"reason\":\"Invalid Token\"}]}", PROBLEM_LINODE_UNAUTHORIZED},
        {403, NULL, "{\"errors\":[{\"reason\":\"Unauthorized\"}]}", PROBLEM_LINODE_FORBIDDEN},
        {403, HTML_TYPE, "<title>Access Denied</title>", PROBLEM_LINODE_FILTERED},
        {404, NULL, "{\"errors\":[{\"reason\":\"Not found\"}]}", PROBLEM_LINODE_NOT_FOUND},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const step_t steps[] = {{.request = CREATE,
                                 .status = cases[i].status,
                                 .type = cases[i].type,
                                 .body = cases[i].body}};
        scripted_t *script = SCRIPT(steps);
        const json_t *found;
        const problem_t *problem = ensure(&found, script);

        ck_assert_int_eq((int)problem->kind, (int)cases[i].kind);
        ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
        ck_assert_script_done(script);
    }
}
END_TEST

START_TEST(unread_requests_are_sent_again)
{
    const step_t steps[] = {{.request = CREATE, .problem = PROBLEM_LINODE_UNREACHABLE},
                            {.request = CREATE, .status = 200, .body = ours()}};
    const step_t never[] = {{.request = CREATE, .problem = PROBLEM_LINODE_UNREACHABLE},
                            {.request = CREATE, .problem = PROBLEM_LINODE_UNREACHABLE},
                            {.request = CREATE, .problem = PROBLEM_LINODE_UNREACHABLE}};
    const json_t *found;
    const problem_t *problem;

    ck_assert_fine(ensure(&found, SCRIPT(steps)));
    problem = ensure(&found, SCRIPT(never));
    ck_assert_problem(problem, LINODE_UNREACHABLE);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
}
END_TEST

START_TEST(a_busy_linode_is_asked_again_after_its_pause)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 429, .body = "{}", .header = "Retry-After: 1"},
        {.request = CREATE, .status = 400, .body = "{\"errors\":[{\"reason\":\"Linode busy.\"}]}"},
        {.request = CREATE, .status = 200, .body = ours()}};
    const step_t too_long[] = {
        {.request = CREATE, .status = 429, .body = "{}", .header = "Retry-After: 25"}};
    scripted_t *script = SCRIPT(steps);
    const json_t *found;
    const problem_t *problem;

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert(script->asked[1].at - script->asked[0].at >= APR_USEC_PER_SEC);
    problem = ensure(&found, SCRIPT(too_long));
    ck_assert_problem(problem, LINODE_BUSY);
    ck_assert_int_eq((int)problem->effect, PROBLEM_NOTHING_CREATED);
    ck_assert_int_eq((int)apr_time_sec(problem->retry_after), 25);
}
END_TEST

START_TEST(a_refusal_after_a_doubt_is_looked_into)
{
    const step_t found_steps[] = {
        {.request = CREATE, .status = 504, .type = HTML_TYPE},
        NONE_THRICE,
        {.request = CREATE, .status = 400, .body = LIMIT},
        {.request = LOOK, .status = 200, .body = page_of(ours())},
    };
    const step_t none_steps[] = {
        {.request = CREATE, .status = 504, .type = HTML_TYPE},
        NONE_THRICE,
        {.request = CREATE, .status = 400, .body = LIMIT},
        {.request = LOOK, .status = 200, .body = NONE},
    };
    scripted_t *script = SCRIPT(found_steps);
    const json_t *found;
    const problem_t *problem;

    ck_assert_fine(ensure(&found, script));
    ck_assert_script_done(script);
    ck_assert_found(found);
    problem = ensure(&found, SCRIPT(none_steps));
    ck_assert_problem(problem, LINODE_REFUSED);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
}
END_TEST

START_TEST(the_deadline_is_kept)
{
    const step_t steps[] = {
        {.request = CREATE, .status = 502, .type = HTML_TYPE, .takes = 300000},
        {.request = LOOK, .status = 200, .body = NONE, .takes = 200000},
        {.request = LOOK, .status = 200, .body = NONE, .takes = 200000},
        {.request = LOOK, .status = 200, .body = NONE, .takes = 200000},
    };
    scripted_t *script = SCRIPT(steps);
    instance_wish_t wish = wish_make();
    const json_t *found;
    apr_time_t deadline = workers_now() + apr_time_from_msec(500);
    const problem_t *problem = ensure_until(&found, script, &wish, deadline);

    ck_assert_ptr_nonnull(problem);
    ck_assert_int_eq((int)problem->effect, PROBLEM_MAYBE_CREATED);
    ck_assert_asked_until(script, deadline);
}
END_TEST

/* ---------------------------------------------------------------- secrets */

START_TEST(nothing_secret_is_told)
{
    const step_t steps[] = {
        {.request = CREATE,
         .status = 400,
         .body = "{\"errors\":[{\"reason\":\"P4ss+word is weak\",\"field\":\"root_pass\"},"
                 "{\"reason\":\"hunter22 is short\"},{\"reason\":\"team is no edition\"}]}"}};
    scripted_t *script = SCRIPT(steps);
    instance_wish_t wish = wish_make();
    const json_t *found;
    const char *line;

    wish.stackscript_data =
        json_in_pool(json_pack("{ssss}", "db_password", "hunter22", "edition", "team"), pool);
    line = problem_line(ensure_wish(&found, script, &wish), pool);
    ck_assert_ptr_null(strstr(line, "P4ss+word"));
    ck_assert_ptr_null(strstr(line, "hunter22"));
    ck_assert_ptr_nonnull(strstr(line, "team is no edition"));
}
END_TEST

/* ---------------------------------------------------------------- addresses */

START_TEST(public_addresses_come_first)
{
    static const struct {
        const char *given;
        const char *sorted;
    } cases[] = {
        {"[]", "[]"},
        {"[\"203.0.113.7\"]", "[\"203.0.113.7\"]"},
        {"[\"192.168.133.7\"]", "[\"192.168.133.7\"]"},
        {"[\"192.168.133.7\",\"203.0.113.9\",\"203.0.113.7\"]",
         "[\"203.0.113.9\",\"203.0.113.7\",\"192.168.133.7\"]"},
        {"[\"10.0.0.2\",\"172.16.0.1\",\"172.31.9.9\",\"172.32.0.1\",\"192.169.0.1\"]",
         "[\"172.32.0.1\",\"192.169.0.1\",\"10.0.0.2\",\"172.16.0.1\",\"172.31.9.9\"]"},
        {"[null,\"nonsense\",7]", "[null,\"nonsense\",7]"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        json_t *given = json_parse(cases[i].given, strlen(cases[i].given), pool);
        json_t *sorted = json_in_pool(instance_addresses(given), pool);

        ck_assert_str_eq(json_text(sorted, NULL, pool), cases[i].sorted);
    }
    ck_assert_ptr_null(instance_addresses(NULL));
    ck_assert_ptr_null(instance_addresses(json_null()));
}
END_TEST

TESTS("instance", the_happy_path_is_one_call, empty_members_are_left_out,
      answers_and_extra_members_are_sent, an_unclear_create_is_looked_up, the_list_may_be_late,
      it_is_created_again_only_if_there_is_none, a_first_create_that_comes_late_is_found,
      creating_again_has_an_end, a_failing_look_up_is_repeated, look_ups_that_fail_leave_a_doubt,
      a_label_that_is_taken_but_not_listed_is_a_doubt, a_foreign_linode_of_the_label_is_told,
      a_foreign_linode_after_an_unclear_create_is_a_doubt,
      a_linode_from_before_the_wish_is_not_ours, what_a_restricted_user_makes_has_no_tags,
      a_clock_that_is_ahead_of_linodes_is_seen_by_the_date,
      a_clock_that_is_behind_linodes_takes_nothing_away,
      ours_may_have_more_tags_and_an_earlier_clock, a_tag_is_known_in_small_letters_and_capitals,
      others_in_the_list_do_not_matter, a_clear_refusal_is_the_answer,
      unread_requests_are_sent_again, a_busy_linode_is_asked_again_after_its_pause,
      a_refusal_after_a_doubt_is_looked_into, the_deadline_is_kept, nothing_secret_is_told,
      public_addresses_come_first)
