/* SPDX-License-Identifier: Apache-2.0 */
/* The questions of a StackScript, and the answers to them. */
#include "fixture.h"

#include "linode/answer.h"
#include "linode/stackscript.h"
#include "support/form.h"
#include "support/json.h"

static const char every_kind[] =
    "[{\"name\": \"email\", \"label\": \"E-mail\", \"example\": \"you@example.org\"},"
    " {\"name\": \"site\", \"label\": \"Site\", \"default\": \"My site\"},"
    " {\"name\": \"more\", \"label\": \"More\", \"header\": \"Yes\", \"default\": \"Yes\"},"
    " {\"name\": \"edition\", \"label\": \"Edition\", \"oneOf\": \"small, large,\","
    "  \"default\": \"large\"},"
    " {\"name\": \"addons\", \"label\": \"Add-ons\", \"manyof\": \"chat,forum,wiki\","
    "  \"default\": null},"
    " {\"name\": \"languages\", \"label\": \"Languages\", \"manyOf\": \"en,de,fr\","
    "  \"default\": \"en,de\"},"
    " {\"name\": \"db_Password\", \"label\": \"Password\"}]";

static const stackscript_t *read_ruled(const char *text, const apr_array_header_t *rules)
{
    json_t *fields = json_in_pool(json_loads(text, 0, NULL), pool);

    ck_assert_ptr_nonnull(fields);
    return stackscript_read(fields, rules, pool);
}

static const stackscript_t *read_fields(const char *text)
{
    return read_ruled(text, NULL);
}

static const question_t *question(const stackscript_t *script, const char *name)
{
    const question_t *found =
        stackscript_question(script, apr_pstrcat(pool, STACKSCRIPT_FIELD, name, NULL));

    ck_assert_msg(found != NULL, "no question %s", name);
    return found;
}

static apr_table_t *form_of(const char *text)
{
    apr_table_t *form;

    ck_assert_fine(form_parse_lists(&form, text, strlen(text), STACKSCRIPT_FIELD, pool));
    return form;
}

/* What the answers come to: "open JSON|secret JSON|field: message;..." */
static const char *answered(const stackscript_t *script, const char *text)
{
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));
    answers_t answers;
    apr_size_t length;
    const char *said;
    int i;

    answers_read(&answers, problems, script, form_of(text), pool);
    said = apr_pstrcat(pool, json_text(answers.open, &length, pool), "|",
                       json_text(answers.secret, &length, pool), "|", NULL);
    for (i = 0; i < problems->nelts; i++) {
        const problem_t *problem = APR_ARRAY_IDX(problems, i, const problem_t *);

        ck_assert_problem(problem, ANSWER_INVALID);
        said = apr_pstrcat(pool, said, problem->field, ": ", problem->message, ";", NULL);
    }
    return said;
}

/* ---------------------------------------------------------------- questions */

START_TEST(kinds_and_order)
{
    static const struct {
        const char *name;
        question_kind_t kind;
        int required, secret;
        const char *initial;
        int options;
        const char *section;
    } wanted[] = {
        {"email", QUESTION_TEXT, 1, 0, "", 0, NULL},
        {"site", QUESTION_TEXT, 0, 0, "My site", 0, NULL},
        {"edition", QUESTION_ONE, 0, 0, " large", 2, "More"},
        {"addons", QUESTION_MANY, 1, 0, "", 3, "More"},
        {"languages", QUESTION_MANY, 0, 0, "en,de", 3, "More"},
        {"db_Password", QUESTION_TEXT, 1, 1, "", 0, "More"},
    };
    const stackscript_t *script = read_fields(every_kind);
    size_t i;

    ck_assert_int_eq(script->questions->nelts, COUNT(wanted));
    for (i = 0; i < COUNT(wanted); i++) {
        const question_t *found = &APR_ARRAY_IDX(script->questions, (int)i, question_t);

        ck_assert_str_eq(found->name, wanted[i].name);
        ck_assert_int_eq(found->kind, wanted[i].kind);
        ck_assert_int_eq(found->required != 0, wanted[i].required);
        ck_assert_int_eq(found->secret, wanted[i].secret);
        ck_assert_str_eq(found->initial, wanted[i].initial);
        ck_assert_int_eq(found->options->nelts, wanted[i].options);
        ck_assert_pstr_eq(found->section, wanted[i].section);
    }
    ck_assert_str_eq(question(script, "email")->help, "you@example.org");
    ck_assert_ptr_null(question(script, "site")->help);
}
END_TEST

START_TEST(no_questions)
{
    ck_assert_int_eq(read_fields("[]")->questions->nelts, 0);
    ck_assert_int_eq(stackscript_read(NULL, NULL, pool)->questions->nelts, 0);
    ck_assert_str_eq(stackscript_read(NULL, NULL, pool)->signature, read_fields("[]")->signature);
    ck_assert_str_eq(answered(read_fields("[]"), "udf.other=1"), "{}|{}|");
}
END_TEST

START_TEST(odd_fields)
{
    const stackscript_t *script = read_fields(
        "[1, {\"label\": \"no name\"}, {\"name\": \"\"}, {\"name\": 5},"
        " {\"name\": \"a b<&\\\"'=%\", \"label\": \"\"}, {\"name\": \"A B<&\\\"'=%\"},"
        " {\"name\": \"e\", \"oneof\": \" , \", \"default\": \"x\", \"required\": \"yes\"},"
        " {\"name\": \"pick\", \"oneof\": \"a,b\", \"default\": \"gone\"}]");

    ck_assert_int_eq(script->questions->nelts, 3);
    ck_assert_str_eq(question(script, "a b<&\"'=%")->label, "a b<&\"'=%");
    ck_assert_int_eq(question(script, "e")->kind, QUESTION_TEXT);
    ck_assert_int_ne(question(script, "e")->required, 0);
    ck_assert_str_eq(question(script, "pick")->initial, "");
}
END_TEST

START_TEST(many_options)
{
    const char *options = "c0";
    int i;

    for (i = 1; i < 250; i++) {
        options = apr_psprintf(pool, "%s,c%d", options, i);
    }
    options = apr_psprintf(pool, "[{\"name\": \"country\", \"oneof\": \"%s\"}]", options);
    ck_assert_int_eq(question(read_fields(options), "country")->options->nelts, 250);
    ck_assert_str_eq(answered(read_fields(options), "udf.country=c249"),
                     "{\"country\":\"c249\"}|{}|");
}
END_TEST

START_TEST(signature_follows_the_fields)
{
    const char *signature = read_fields(every_kind)->signature;

    ck_assert_str_eq(read_fields(every_kind)->signature, signature);
    ck_assert_str_ne(read_fields("[{\"name\": \"email\"}]")->signature, signature);
    ck_assert_str_ne(read_fields("[]")->signature, signature);
}
END_TEST

/* ---------------------------------------------------------------- answers */

#define GOOD "udf.email=a%40b.org&udf.addons=&udf.addons=wiki&udf.db_Password=s3cret"

START_TEST(answers_as_linode_wants_them)
{
    const stackscript_t *script = read_fields(every_kind);

    ck_assert_str_eq(answered(script, GOOD), "{\"email\":\"a@b.org\",\"addons\":\"wiki\"}|"
                                             "{\"db_Password\":\"s3cret\"}|");
    ck_assert_str_eq(
        answered(script, GOOD "&udf.addons=chat&udf.site=&udf.edition=large&udf.languages="),
        "{\"email\":\"a@b.org\",\"site\":\"\",\"edition\":\" large\",\"addons\":\"chat,wiki\","
        "\"languages\":\"\"}|{\"db_Password\":\"s3cret\"}|");
    ck_assert_str_eq(answered(script, GOOD "&udf.languages=fr%2Cde&udf.unknown=1&udf.more=x"),
                     "{\"email\":\"a@b.org\",\"addons\":\"wiki\",\"languages\":\"de,fr\"}|"
                     "{\"db_Password\":\"s3cret\"}|");
}
END_TEST

START_TEST(wrong_answers_name_their_field)
{
    const stackscript_t *script = read_fields(every_kind);

    ck_assert_str_eq(answered(script, ""), "{}|{}|udf.email: Please fill this in.;"
                                           "udf.addons: Please choose.;"
                                           "udf.db_Password: Please fill this in.;");
    ck_assert_str_eq(answered(script, GOOD "&udf.edition=huge"),
                     "{\"email\":\"a@b.org\",\"addons\":\"wiki\"}|{\"db_Password\":\"s3cret\"}|"
                     "udf.edition: Choose from what is on offer.;");
    ck_assert_str_eq(answered(script, GOOD "&udf.edition=small&udf.edition=large"),
                     "{\"email\":\"a@b.org\",\"addons\":\"wiki\"}|{\"db_Password\":\"s3cret\"}|"
                     "udf.edition: Choose from what is on offer.;");
    ck_assert_str_eq(answered(script, GOOD "&udf.email=again"),
                     "{\"addons\":\"wiki\"}|{\"db_Password\":\"s3cret\"}|"
                     "udf.email: This was answered more than once.;");
}
END_TEST

START_TEST(empty_choice_keeps_the_default)
{
    const stackscript_t *script = read_fields(
        "[{\"name\": \"tls\", \"oneof\": \"yes,no\", \"default\": \"yes\"},"
        " {\"name\": \"size\", \"oneof\": \"1,2\", \"default\": \"1\", \"required\": \"y\"}]");

    ck_assert_str_eq(answered(script, "udf.tls="), "{}|{}|");
    ck_assert_str_eq(answered(script, "udf.size="), "{}|{}|udf.size: Please choose.;");
}
END_TEST

START_TEST(all_of_them_too_long)
{
    const stackscript_t *script =
        read_fields("[{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"},"
                    " {\"name\": \"d\"}, {\"name\": \"e\"}]");
    char text[FORM_MAX_VALUE];
    const char *said;

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    said = answered(script, apr_psprintf(pool,
                                         "udf.a=%.16000s&udf.b=%.16000s&udf.c=%s&"
                                         "udf.d=%.16000s&udf.e=%.16000s",
                                         text, text, text, text, text));
    ck_assert_ptr_nonnull(strstr(said, "|udf.c: Your answers together are too long"));
}
END_TEST

/* ---------------------------------------------------------------- the operator's rules */

static int ends_in_digit(const void *pattern, const char *answer)
{
    apr_size_t length = strlen(answer);

    (void)pattern;
    return length && answer[length - 1] >= '0' && answer[length - 1] <= '9';
}

START_TEST(rules)
{
    const stackscript_rule_t list[] = {
        {.name = "email", .label = "Your mail", .help = "For notices", .type = ANSWER_EMAIL},
        {.name = "site", .matches = ends_in_digit, .pattern_message = "End it in a digit."},
        {.name = "edition", .hidden = "small"},
        {.name = "languages", .secret = 1},
        {.name = "db_Password", .generate = 24},
        {.name = "elsewhere", .hidden = "x"},
    };
    apr_array_header_t *all = apr_array_make(pool, 6, sizeof(const stackscript_rule_t *));
    const stackscript_t *script;
    const stackscript_generated_t *made;
    size_t i;

    for (i = 0; i < COUNT(list); i++) {
        APR_ARRAY_PUSH(all, const stackscript_rule_t *) = &list[i];
    }
    script = read_ruled(every_kind, all);
    ck_assert_str_eq(question(script, "email")->label, "Your mail");
    ck_assert_str_eq(question(script, "email")->help, "For notices");
    ck_assert_int_eq(question(script, "languages")->secret, 1);
    ck_assert_ptr_null(stackscript_question(script, "udf.edition"));
    ck_assert_int_eq(script->generated->nelts, 1);
    made = &APR_ARRAY_IDX(script->generated, 0, stackscript_generated_t);
    ck_assert_str_eq(made->name, "db_Password");
    ck_assert_str_eq(made->label, "Password");
    ck_assert_int_eq(made->length, 24);
    ck_assert_str_eq(answered(script, "udf.email=a@b.org&udf.site=x1&udf.addons=chat"),
                     "{\"email\":\"a@b.org\",\"site\":\"x1\",\"addons\":\"chat\"}|"
                     "{\"edition\":\"small\"}|");
    ck_assert_str_eq(answered(script, "udf.email=nobody&udf.site=x&udf.addons=chat"),
                     "{\"addons\":\"chat\"}|{\"edition\":\"small\"}|"
                     "udf.email: Write an e-mail address, such as name@example.org.;"
                     "udf.site: End it in a digit.;");
}
END_TEST

START_TEST(types)
{
    static const struct {
        answer_type_t type;
        const char *answer;
        int good;
    } cases[] = {
        {ANSWER_EMAIL, "a.b+c@example.org", 1},
        {ANSWER_EMAIL, "a@localhost", 1},
        {ANSWER_EMAIL, "@example.org", 0},
        {ANSWER_EMAIL, "a b@example.org", 0},
        {ANSWER_EMAIL, "a@example..org", 0},
        {ANSWER_EMAIL, "a@b@c", 0},
        {ANSWER_URL, "https://example.org/a?b=c", 1},
        {ANSWER_URL, "HTTP://example.org", 1},
        {ANSWER_URL, "javascript:alert(1)", 0},
        {ANSWER_URL, "https://", 0},
        {ANSWER_URL, "https://a b", 0},
        {ANSWER_URL, "example.org", 0},
        {ANSWER_HOSTNAME, "www.example.org", 1},
        {ANSWER_HOSTNAME, "a", 1},
        {ANSWER_HOSTNAME, "-a.example", 0},
        {ANSWER_HOSTNAME, "a-.example", 0},
        {ANSWER_HOSTNAME, "a..b", 0},
        {ANSWER_HOSTNAME, "a_b", 0},
        {ANSWER_HOSTNAME, "a.", 0},
        {ANSWER_PORT, "1", 1},
        {ANSWER_PORT, "65535", 1},
        {ANSWER_PORT, "65536", 0},
        {ANSWER_PORT, "0", 0},
        {ANSWER_PORT, "080", 0},
        {ANSWER_PORT, "", 0},
        {ANSWER_PORT, "22 ", 0},
        {ANSWER_TEXT, "anything", 1},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const char *wrong = answer_type_check(cases[i].type, cases[i].answer, pool);

        ck_assert_msg((wrong == NULL) == cases[i].good, "\"%s\": %s", cases[i].answer,
                      wrong ? wrong : "taken");
    }
}
END_TEST

/* ---------------------------------------------------------------- refusals */

START_TEST(blamed_by_field_or_words)
{
    static const struct {
        const char *text, *field, *name;
    } cases[] = {
        {"is wrong", "email", "email"},
        {"is wrong", "stackscript_data.email", "email"},
        {"A value for the UDF 'email' is required.", NULL, "email"},
        {"A value for the UDF email is required.", "stackscript_data", "email"},
        {"the admin_email is wrong", NULL, NULL},
        {"email is wrong", "label", NULL},
        {"emails", NULL, NULL},
        {"Must be 65535 characters or fewer", "stackscript_data", NULL},
    };
    const stackscript_t *script = read_fields(every_kind);
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        problem_t *problem = problem_make(pool, PROBLEM_LINODE_REFUSED, "refused");
        const question_t *found;

        ck_assert_ptr_null(stackscript_blamed(script, problem));
        problem_add_reason(problem, pool, cases[i].text, cases[i].field);
        found = stackscript_blamed(script, problem);
        ck_assert_msg((found != NULL) == (cases[i].name != NULL), "%s", cases[i].text);
        ck_assert_pstr_eq(found ? found->name : NULL, cases[i].name);
    }
}
END_TEST

TESTS("stackscript", kinds_and_order, no_questions, odd_fields, many_options,
      signature_follows_the_fields, answers_as_linode_wants_them, wrong_answers_name_their_field,
      empty_choice_keeps_the_default, all_of_them_too_long, rules, types, blamed_by_field_or_words)
