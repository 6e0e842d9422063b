/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator is told of a mount. */
#include "fixture.h"
#include "linode/preflight.h"
#include "support/json.h"

#define HOUR   apr_time_from_sec(3600)
#define NOW    (1000 * HOUR)
#define SECRET "not-to-be-shown"

static const char plans[] =
    "[{'id':'g6-nanode-1','label':'Nanode 1GB','class':'nanode','disk':25600},"
    "{'id':'g1-gpu-1','label':'Big GPU','class':'gpu','disk':90000}]";
static const char regions[] =
    "[{'id':'us-east','label':'Newark, NJ','status':'ok','capabilities':['GPU Linodes']},"
    "{'id':'br-gru','label':'Sao Paulo','status':'ok','capabilities':[]}]";
static const char images[] =
    "[{'id':'linode/debian12','label':'Debian 12','size':1500,'deprecated':false},"
    "{'id':'linode/debian11','label':'Debian 11','size':1500,'deprecated':true}]";

static api_t api;
static oauth_client_t oauth;
static catalog_choice_t choice;
static preflight_mount_t mount;
static catalog_copy_t copies[CATALOG_KINDS];
static const catalog_copy_t *parts[CATALOG_KINDS];

static json_t *parsed(const char *text)
{
    char *copy = apr_pstrdup(pool, text);
    char *quote;

    for (quote = copy; (quote = strchr(quote, '\'')) != NULL; quote++) {
        *quote = '"';
    }
    return json_parse(copy, strlen(copy), pool);
}

static void set_part(catalog_kind_t kind, const char *text)
{
    copies[kind] = (catalog_copy_t){.data = parsed(text), .read = NOW - HOUR / 2};
    ck_assert_ptr_nonnull(copies[kind].data);
    parts[kind] = &copies[kind];
}

static void set_script(const char *names, const char *fields)
{
    set_part(CATALOG_STACKSCRIPT,
             apr_psprintf(pool,
                          "{'id':7,'label':'Hello','is_public':true,'images':[%s],"
                          "'user_defined_fields':[%s]}",
                          names, fields));
}

/* A mount of which there is nothing to complain. */
static void make_mount(void)
{
    api = (api_t){.url = "https://api.linode.com/v4"};
    oauth = (oauth_client_t){.login_url = "https://login.linode.com",
                             .redirect_uri = "https://shop.example/install/auth_callback"};
    choice = (catalog_choice_t){.stackscript_id = 7};
    mount = (preflight_mount_t){&api, &oauth, &choice, "/install", "/install"};
    set_part(CATALOG_TYPES, plans);
    set_part(CATALOG_REGIONS, regions);
    set_part(CATALOG_IMAGES, images);
    set_part(CATALOG_UNAVAILABLE, "{}");
    set_script("'linode/debian12'", "");
}

/* All findings at or above a level, a line each. */
static const char *said(preflight_level_t level)
{
    const apr_array_header_t *findings = preflight_check(&mount, parts, NOW, pool);
    const char *text = "";
    int i;

    for (i = 0; i < findings->nelts; i++) {
        const preflight_finding_t *finding = &APR_ARRAY_IDX(findings, i, preflight_finding_t);

        ck_assert_ptr_nonnull(finding->topic);
        ck_assert_int_eq(finding->remedy == NULL, finding->level == PREFLIGHT_FINE);
        if (finding->level >= level) {
            text = apr_psprintf(pool, "%s%d %s %s\n", text, (int)finding->level, finding->text,
                                finding->remedy ? finding->remedy : "");
        }
    }
    ck_assert_ptr_null(strstr(text, SECRET));
    return text;
}

static void expect(preflight_level_t level, const char *words)
{
    const char *found = said(level);

    ck_assert_msg(strstr(found, words) && found[0] == '0' + (int)level, "%s is not in:\n%s", words,
                  found);
}

#define expect_nothing(level) ck_assert_str_eq(said(level), "")

static void set_rule(const stackscript_rule_t *rule)
{
    choice.rules = apr_array_make(pool, 1, sizeof(const stackscript_rule_t *));
    APR_ARRAY_PUSH(choice.rules, const stackscript_rule_t *) = rule;
}

/* ---------------------------------------------------------------- script and images */

START_TEST(good_mount_has_only_good_findings)
{
    make_mount();
    expect_nothing(PREFLIGHT_NOTE);
    expect(PREFLIGHT_FINE, "\"Hello\", exists and is public");
    expect(PREFLIGHT_FINE, "1 of 1 images of the script is on offer");
    expect(PREFLIGHT_FINE, "2 of 2 plans are on offer");
    expect(PREFLIGHT_FINE, "The script asks nothing");
    expect(PREFLIGHT_FINE, "https://shop.example/install/auth_callback");
    expect(PREFLIGHT_FINE, "real");
    expect(PREFLIGHT_FINE, "30 minutes ago");
}
END_TEST

START_TEST(script_has_to_be_there_and_public)
{
    make_mount();
    set_part(CATALOG_STACKSCRIPT, "{'id':7,'label':'Hello','is_public':false,"
                                  "'images':['any/all'],'user_defined_fields':[]}");
    expect(PREFLIGHT_FAULT, "is private");
    copies[CATALOG_STACKSCRIPT] = (catalog_copy_t){
        .problem = problem_make(pool, PROBLEM_STACKSCRIPT_UNUSABLE, "gone"), .read = NOW};
    expect(PREFLIGHT_FAULT, "Linode shows no StackScript 7 to the public");
}
END_TEST

START_TEST(what_is_not_read_is_said)
{
    int kind;

    for (kind = 0; kind < CATALOG_UNAVAILABLE; kind++) {
        make_mount();
        parts[kind] = NULL;
        expect(PREFLIGHT_NOTE, "has not been read yet");
        expect_nothing(PREFLIGHT_WARNING);
        make_mount();
        copies[kind] = (catalog_copy_t){
            .problem = problem_make(pool, PROBLEM_CATALOG_UNAVAILABLE, "the world is down")};
        expect(PREFLIGHT_FAULT, "cannot be read: the world is down");
    }
    make_mount();
    parts[CATALOG_TYPES] = parts[CATALOG_STACKSCRIPT] = NULL;
    expect(PREFLIGHT_NOTE, "about plans and the script has not been read yet");
    ck_assert_ptr_null(strstr(said(PREFLIGHT_FINE), "was read"));
    make_mount();
    parts[CATALOG_UNAVAILABLE] = NULL;
    expect_nothing(PREFLIGHT_NOTE);
}
END_TEST

START_TEST(images_have_to_be_there)
{
    make_mount();
    set_script("'linode/debian12','linode/debian8','linode/centos7'", "");
    expect(PREFLIGHT_NOTE, "no longer offers: linode/debian8 and linode/centos7.");
    expect_nothing(PREFLIGHT_WARNING);
    set_script("'linode/debian8'", "");
    expect(PREFLIGHT_FAULT, "none of the images that the script names");
    set_script("'any/all'", "");
    expect(PREFLIGHT_NOTE, "not have these images much longer: linode/debian11.");
    choice.images = strings("linode/ubuntu*", NULL);
    expect(PREFLIGHT_FAULT, "LinodeOAuthImages leaves no image");
    expect(PREFLIGHT_FAULT, "There are: linode/debian12 and linode/debian11.");
}
END_TEST

/* ---------------------------------------------------------------- patterns */

START_TEST(every_pattern_has_to_match_something)
{
    make_mount();
    choice.types = strings("Nanode*", "Linode 4GB", "!g6-dedicated-*", NULL);
    choice.regions = strings("us-east", "!mars", NULL);
    choice.images = strings("linode/debian12", "linode/debian11", NULL);
    expect(PREFLIGHT_WARNING, "LinodeOAuthTypes: \"Linode 4GB\" matches no plan. Correct it or "
                              "take it out; a pattern matches the whole of an id or label, as in "
                              "g6-nanode-1 or \"Nanode 1GB\".");
    expect(PREFLIGHT_WARNING, "LinodeOAuthTypes: \"!g6-dedicated-*\" matches no plan");
    expect(PREFLIGHT_WARNING, "LinodeOAuthRegions: \"!mars\" matches no region");
    expect(PREFLIGHT_WARNING, "LinodeOAuthImages: \"linode/debian11\" matches no image of the");
    ck_assert_ptr_null(strstr(said(PREFLIGHT_WARNING), "Nanode*"));
    ck_assert_ptr_null(strstr(said(PREFLIGHT_WARNING), "\"us-east\""));
    expect(PREFLIGHT_FINE, "1 of 2 plans is on offer");
}
END_TEST

START_TEST(something_has_to_be_left)
{
    make_mount();
    choice.types = strings("!*", "g9", NULL);
    expect(PREFLIGHT_FAULT, "LinodeOAuthTypes leaves no plan");
    make_mount();
    choice.regions = strings("eu-*", NULL);
    expect(PREFLIGHT_FAULT, "LinodeOAuthRegions leaves no region to choose from. There are: "
                            "us-east and br-gru.");
}
END_TEST

START_TEST(something_has_to_go_together)
{
    make_mount();
    choice.regions = strings("br-gru", NULL);
    expect(PREFLIGHT_NOTE, "No region on offer has these plans: g1-gpu-1.");
    choice.types = strings("g1-gpu-1", NULL);
    expect(PREFLIGHT_FAULT, "Nothing can be installed");
}
END_TEST

/* ---------------------------------------------------------------- questions */

static const char edition[] = "{'name':'edition','label':'Edition','oneof':'small,large','default':"
                              "'large'}";

START_TEST(defaults_have_to_be_options)
{
    make_mount();
    set_script("'linode/debian12'", edition);
    expect(PREFLIGHT_FINE, "The script has 1 question; the form asks 1 of them.");
    set_script("'linode/debian12'",
               "{'name':'edition','label':'Edition','oneOf':'small,large','Default':'huge'}");
    expect(PREFLIGHT_WARNING, "The default of the script's field edition is none of its options");
    expect(PREFLIGHT_WARNING, "Its options are: small and large.");
    set_script(
        "'linode/debian12'",
        "{'name':'edition','label':'Edition','oneof':'small,large','default':'small,large'}");
    expect(PREFLIGHT_WARNING, "none of its options");
    set_script("'linode/debian12'",
               "{'name':'addons','label':'Addons','manyof':'a,b, c','default':'a,c'}");
    expect_nothing(PREFLIGHT_NOTE);
    set_script("'linode/debian12'",
               "{'name':'addons','label':'Addons','manyof':'a,b','default':'a,d'}");
    expect(PREFLIGHT_WARNING, "field addons is none of its options");
    set_script("'linode/debian12'", "{'name':'x','label':'X','oneof':'a,b','default':''}");
    expect_nothing(PREFLIGHT_NOTE);
}
END_TEST

START_TEST(lines_have_to_name_a_field)
{
    const stackscript_rule_t rule = {.name = "editon", .hidden = SECRET};

    make_mount();
    set_rule(&rule);
    expect(PREFLIGHT_WARNING, "editon: the script has no field of that name");
    expect(PREFLIGHT_WARNING, "It has no fields.");
    set_script("'linode/debian12'", edition);
    expect(PREFLIGHT_WARNING, "Its fields are: edition.");
}
END_TEST

START_TEST(hidden_values_have_to_be_taken)
{
    stackscript_rule_t rule = {.name = "edition", .hidden = SECRET};

    make_mount();
    set_rule(&rule);
    set_script("'linode/debian12'", edition);
    expect(PREFLIGHT_FAULT, "LinodeOAuthField edition hidden has a value that is none");
    rule.hidden = "small";
    expect_nothing(PREFLIGHT_NOTE);
    expect(PREFLIGHT_FINE, "The script has 1 question; the form asks 0 of them.");
    set_script("'linode/debian12'", "{'name':'edition','label':'Edition'}");
    rule.hidden = "";
    expect(PREFLIGHT_FAULT, "is empty, and the script requires a value");
    set_script("'linode/debian12'", "{'name':'edition','label':'Edition','default':''}");
    expect_nothing(PREFLIGHT_NOTE);
    rule.hidden = SECRET;
    rule.type = ANSWER_EMAIL;
    expect(PREFLIGHT_WARNING, "has a value that is not what its other lines ask");
}
END_TEST

START_TEST(lines_have_to_fit_the_field)
{
    stackscript_rule_t rule = {.name = "edition", .generate = 24};

    make_mount();
    set_rule(&rule);
    set_script("'linode/debian12'", edition);
    expect(PREFLIGHT_FAULT, "makes a secret for a field that wants one of its options");
    rule.generate = 0;
    rule.type = ANSWER_PORT;
    expect(PREFLIGHT_WARNING, "the line has no effect");
    set_script("'linode/debian12'", "{'name':'edition','label':'Edition','default':'large'}");
    expect(PREFLIGHT_WARNING, "The default of the script's field edition is not what");
    rule.secret = 1;
    expect_nothing(PREFLIGHT_NOTE);
    rule.secret = 0;
    set_script("'linode/debian12'", "{'name':'edition','label':'Edition','default':'8080'}");
    expect_nothing(PREFLIGHT_NOTE);
}
END_TEST

/* ---------------------------------------------------------------- addresses and age */

START_TEST(addresses)
{
    make_mount();
    oauth.redirect_uri = "http://localhost:5000/install/auth_callback";
    expect(PREFLIGHT_NOTE, "leads to localhost");
    oauth.redirect_uri = "https://[::1]/install/auth_callback";
    expect(PREFLIGHT_NOTE, "only browsers on this machine");
    oauth.redirect_uri = "https://127.0.0.1.example.org/install/auth_callback";
    expect_nothing(PREFLIGHT_NOTE);
    make_mount();
    mount.base = "/shop";
    expect(PREFLIGHT_NOTE, "Browsers have this mount at /shop/, the server has it at /install/.");
    make_mount();
    api.url = "http://127.0.0.1:1/v4";
    expect(PREFLIGHT_WARNING, "one is Linode's own and the other is not");
    oauth.login_url = "http://127.0.0.1:1";
    expect(PREFLIGHT_NOTE, "a sandbox or a stand-in");
    api.url = "https://api.linode.com.example/v4";
    expect(PREFLIGHT_NOTE, "a sandbox or a stand-in");
}
END_TEST

START_TEST(age)
{
    make_mount();
    copies[CATALOG_IMAGES].read = NOW - 3 * HOUR;
    expect(PREFLIGHT_WARNING, "was read 3 hours ago");
    copies[CATALOG_UNAVAILABLE].read = NOW - 9 * HOUR;
    expect(PREFLIGHT_WARNING, "was read 3 hours ago");
}
END_TEST

START_TEST(many_names_are_shown_short)
{
    ck_assert_str_eq(preflight_names(strings(NULL), pool), "");
    ck_assert_str_eq(preflight_names(strings("a", NULL), pool), "a");
    ck_assert_str_eq(preflight_names(strings("a", "b", "c", NULL), pool), "a, b and c");
    ck_assert_str_eq(
        preflight_names(strings("1", "2", "3", "4", "5", "6", "7", "8", "9", NULL), pool),
        "1, 2, 3, 4, 5, 6, 7, 8 and 9");
    ck_assert_str_eq(
        preflight_names(strings("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", NULL), pool),
        "1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
}
END_TEST

TESTS("preflight", good_mount_has_only_good_findings, script_has_to_be_there_and_public,
      what_is_not_read_is_said, images_have_to_be_there, every_pattern_has_to_match_something,
      something_has_to_be_left, something_has_to_go_together, defaults_have_to_be_options,
      lines_have_to_name_a_field, hidden_values_have_to_be_taken, lines_have_to_fit_the_field,
      addresses, age, many_names_are_shown_short)
