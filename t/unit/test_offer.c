/* SPDX-License-Identifier: Apache-2.0 */
/* What can be chosen together, and what it costs. */
#include <locale.h>

#include <apr_thread_proc.h>

#include "linode/offer.h"
#include "linode/price.h"
#include "state_files.h"
#include "support/json.h"

static const char types[] =
    "[{'id':'small','label':'Small','class':'nanode','disk':25600,'price':{'monthly':5},"
    "'region_prices':[{'id':'br','monthly':7},{'id':'mars','monthly':99}],"
    "'addons':{'backups':{'price':{'monthly':2},'region_prices':[{'id':'br','monthly':2.8},"
    "{'id':'de','monthly':2.4},{'id':'mars','monthly':9}]}}},"
    "{'id':'tiny','label':'Tiny','class':'standard','disk':2000,'price':{'monthly':1.25},"
    "'region_prices':[]},"
    "{'id':'gpu','label':'Big GPU','class':'gpu','disk':90000,'price':{'monthly':12345.67}},"
    "{'id':'beta','label':'Beta','class':'new','disk':90000,'price':{'monthly':null}}]";
static const char regions[] =
    "[{'id':'us','label':'Newark','status':'ok','capabilities':['Linodes','GPU "
    "Linodes','Backups']},"
    "{'id':'br','label':'Sao Paulo','status':'ok','capabilities':['Linodes']},"
    "{'id':'de','label':'Frankfurt','status':'outage','capabilities':['GPU Linodes']}]";
static const char images[] = "[{'id':'linode/debian','label':'Debian','size':1500},"
                             "{'id':'linode/alpine','label':'Alpine','size':150}]";

static const json_t *parsed(const char *text)
{
    char *copy = apr_pstrdup(pool, text);
    char *quote;

    for (quote = copy; (quote = strchr(quote, '\'')) != NULL; quote++) {
        *quote = '"';
    }
    return json_parse(copy, strlen(copy), pool);
}

/* With Linode's own size of swap. */
static catalog_t *catalog_of(void)
{
    catalog_t *catalog = apr_pcalloc(pool, sizeof(*catalog));

    catalog->types = parsed(types);
    catalog->regions = parsed(regions);
    catalog->images = parsed(images);
    catalog->unavailable = parsed("{'br':['tiny']}");
    catalog->swap = 512;
    return catalog;
}

static apr_array_header_t *wrongs(const char *type, const char *region, const char *image)
{
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));

    const offer_choice_t choice = {.type = type, .region = region, .image = image};

    offer_check(problems, catalog_of(), &choice, pool);
    return problems;
}

static const struct {
    const char *type, *region, *image, *field, *message;
} cases[] = {
    {"small", "us", "linode/debian", NULL, NULL},
    {"gpu", "us", "linode/debian", NULL, NULL},
    {"beta", "us", "linode/debian", NULL, NULL},
    {"tiny", "us", "linode/alpine", NULL, NULL},
    {"huge", "us", "linode/debian", "type", "The plan \"huge\" is not on offer here."},
    {NULL, "us", "linode/debian", "type", "No plan was chosen."},
    {"", "us", "linode/debian", "type", "No plan was chosen."},
    {"small", "US", "linode/debian", "region", "The region \"US\" is not on offer here."},
    {"small", "us", "linode/gone", "distribution",
     "The distribution \"linode/gone\" is not on offer here."},
    {"small", "de", "linode/debian", "region",
     "Linode's region Frankfurt is out of order just now."},
    {"gpu", "br", "linode/debian", "type", "Linode does not have the plan Big GPU in Sao Paulo."},
    {"tiny", "br", "linode/alpine", "type", "Linode does not have the plan Tiny in Sao Paulo."},
    {"tiny", "us", "linode/debian", "type", "Debian does not fit on the disk of the plan Tiny."},
};

START_TEST(choices_are_checked)
{
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        apr_array_header_t *problems = wrongs(cases[i].type, cases[i].region, cases[i].image);
        const problem_t *problem;

        ck_assert_int_eq(problems->nelts, cases[i].field != NULL);
        if (problems->nelts) {
            problem = APR_ARRAY_IDX(problems, 0, const problem_t *);
            ck_assert_problem(problem, CHOICE_INVALID);
            ck_assert_str_eq(problem->field, cases[i].field);
            ck_assert_str_eq(problem->message, cases[i].message);
        }
    }
    ck_assert_int_eq(wrongs(NULL, NULL, NULL)->nelts, 3);
}
END_TEST

static const char *remedy(const catalog_t *catalog, const char *type, const char *region,
                          const char *image)
{
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));
    const offer_choice_t choice = {.type = type, .region = region, .image = image};

    offer_check(problems, catalog, &choice, pool);
    ck_assert_int_eq(problems->nelts, 1);
    return APR_ARRAY_IDX(problems, 0, const problem_t *)->remedy;
}

START_TEST(remedies_can_be_followed)
{
    catalog_t *catalog = catalog_of();

    ck_assert_str_eq(remedy(catalog, "small", "br", "linode/gone"),
                     "Choose a distribution from the list.");
    ck_assert_str_eq(remedy(catalog, "tiny", "us", "linode/debian"),
                     "Choose a larger plan or another image.");
    ck_assert_str_eq(remedy(catalog, "gpu", "br", "linode/debian"),
                     "Choose another plan or another region.");
    catalog->images = parsed("[{'id':'linode/debian','label':'Debian','size':1500}]");
    ck_assert_str_eq(remedy(catalog, "small", "br", "linode/gone"),
                     "There is only Debian here: send the form again to take it.");
    ck_assert_str_eq(remedy(catalog, "tiny", "us", "linode/debian"), "Choose a larger plan.");
    catalog->regions = parsed("[{'id':'br','label':'B','status':'ok','capabilities':[]}]");
    ck_assert_str_eq(remedy(catalog, "gpu", "br", "linode/debian"), "Choose another plan.");
    catalog = catalog_of();
    catalog->types = parsed("[{'id':'gpu','label':'GPU','class':'gpu','price':{'monthly':9}}]");
    ck_assert_str_eq(remedy(catalog, "gpu", "br", "linode/debian"), "Choose another region.");
}
END_TEST

START_TEST(a_long_choice_is_shown_short)
{
    char *value = apr_pcalloc(pool, 10001);
    const problem_t *problem;

    memset(value, 'x', 10000);
    memcpy(value + 59, "\xe2\x82\xac", 3);
    problem = APR_ARRAY_IDX(wrongs(value, "us", "linode/debian"), 0, const problem_t *);
    ck_assert_uint_eq(strlen(problem->message), strlen("The plan \"\" is not on offer here.") + 59);
    ck_assert_ptr_null(strstr(problem->detail, "xx"));
}
END_TEST

START_TEST(gaps_are_where_a_plan_is_not)
{
    const char *gaps = json_text(json_in_pool(offer_gaps(catalog_of()), pool), NULL, pool);

    ck_assert_str_eq(gaps, "{\"tiny\":[\"br\"],\"gpu\":[\"br\"]}");
}
END_TEST

START_TEST(disks_may_be_too_small)
{
    catalog_t *catalog = catalog_of();
    const char *tight = json_text(json_in_pool(offer_tight(catalog), pool), NULL, pool);

    ck_assert_str_eq(tight, "{\"tiny\":[\"linode/debian\"]}");
    catalog->swap = 24500;
    tight = json_text(json_in_pool(offer_tight(catalog), pool), NULL, pool);
    ck_assert_str_eq(tight, "{\"small\":[\"linode/debian\"],"
                            "\"tiny\":[\"linode/debian\",\"linode/alpine\"]}");
}
END_TEST

START_TEST(prices_are_the_regions_own)
{
    const json_t *small = catalog_find(catalog_of()->types, "small");

    ck_assert_double_eq(price_monthly(small, "us"), 5);
    ck_assert_double_eq(price_monthly(small, "br"), 7);
    ck_assert_double_eq(price_monthly(catalog_find(catalog_of()->types, "beta"), "us"), -1);
    ck_assert_str_eq(price_list(catalog_of(), 0, pool),
                     "small=5;br=7 tiny=1.25 gpu=12345.67 beta=-1");
}
END_TEST

static const apr_array_header_t *seen_all(const char *type, const char *region, int backups,
                                          const char *shown)
{
    const offer_choice_t choice = {.type = type, .region = region, .backups = backups};
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));

    price_check(problems, catalog_of(), &choice, shown, pool);
    return problems;
}

static const problem_t *seen(const char *type, const char *region, const char *shown)
{
    const apr_array_header_t *problems = seen_all(type, region, 0, shown);

    return problems->nelts ? APR_ARRAY_IDX(problems, 0, const problem_t *) : NULL;
}

START_TEST(the_price_that_was_shown_holds)
{
    const char *now = price_list(catalog_of(), 0, pool);
    static const char *const ids[] = {"small", "tiny", "gpu", "beta"};
    size_t i;

    for (i = 0; i < COUNT(ids); i++) {
        ck_assert_ptr_null(seen(ids[i], "us", now));
        ck_assert_ptr_null(seen(ids[i], "br", now));
    }
    ck_assert_ptr_null(seen("small", "us", NULL));
    ck_assert_ptr_null(seen("small", "us", ""));
    ck_assert_ptr_null(seen("small", "us", "other=3 smaller=4 small"));
    ck_assert_ptr_null(seen("small", "us", "small= small=x"));
    ck_assert_ptr_null(seen("none", "us", "none=3"));
    ck_assert_ptr_null(seen("small", "none", "small=3"));
}
END_TEST

START_TEST(another_price_is_told_with_the_old_one)
{
    const problem_t *problem = seen("small", "br", "tiny=1.25 small=5;us=1;br=6.5");

    ck_assert_problem(problem, PRICE_CHANGED);
    ck_assert_str_eq(problem->field, "type");
    ck_assert_str_eq(problem->message, "The plan Small in Sao Paulo was shown with $6.50 a month; "
                                       "Linode now asks $7.00.");
    ck_assert_problem(seen("small", "br", "small=5"), PRICE_CHANGED);
    ck_assert_problem(seen("beta", "us", "beta=5"), PRICE_CHANGED);
    ck_assert_problem(seen("small", "us", "small=-1"), PRICE_CHANGED);
}
END_TEST

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* Whether this machine could make a locale of that name in the directory, from its source. */
static int make_locale(const char *directory, const char *name, const char *source)
{
    const char *const command[] = {"localedef", "--quiet", "-c", "-i", source, name, NULL};
    apr_procattr_t *attributes;
    apr_exit_why_e why;
    apr_proc_t process;
    int status;

    apr_procattr_create(&attributes, pool);
    apr_procattr_cmdtype_set(attributes, APR_PROGRAM_PATH);
    apr_procattr_dir_set(attributes, directory);
    return apr_proc_create(&process, command[0], command, NULL, attributes, pool) == APR_SUCCESS &&
           apr_proc_wait(&process, &status, &why, APR_WAIT) == APR_CHILD_DONE;
}

/* Another module of the server may set a locale in which numbers have a comma. */
static int set_comma(const char *directory)
{
    write_text(apr_pstrcat(pool, directory, "/source", NULL),
               "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \"\"\ngrouping -1\n"
               "END LC_NUMERIC\n");
    return make_locale(directory, "./comma", "./source") && setenv("LOCPATH", directory, 1) == 0 &&
           setlocale(LC_NUMERIC, "comma") != NULL;
}

START_TEST(prices_do_not_follow_the_locale)
{
    const char *directory = make_directory();

    if (set_comma(directory)) {
        ck_assert_str_eq(localeconv()->decimal_point, ",");
        ck_assert_ptr_null(seen("tiny", "us", price_list(catalog_of(), 0, pool)));
        ck_assert_int_eq(seen_all("small", "br", 1, price_list(catalog_of(), 1, pool))->nelts, 0);
    }
    ck_assert_ptr_nonnull(setlocale(LC_NUMERIC, "C"));
    remove_directory(apr_pstrcat(pool, directory, "/comma/LC_MESSAGES", NULL));
    remove_directory(apr_pstrcat(pool, directory, "/comma", NULL));
}
END_TEST

/* Only plans, regions and images of these ids. */
static problem_t *possible_with(const char *type, const char *region, const char *image)
{
    catalog_t *catalog = (catalog_t *)catalog_of();
    const json_t *all[] = {catalog->types, catalog->regions, catalog->images};
    const char *const ids[] = {type, region, image};
    json_t *kept[COUNT(all)];
    size_t i;

    for (i = 0; i < COUNT(all); i++) {
        kept[i] = json_in_pool(json_array(), pool);
        json_array_append(kept[i], (json_t *)catalog_find(all[i], ids[i]));
    }
    catalog->types = kept[0];
    catalog->regions = kept[1];
    catalog->images = kept[2];
    return offer_check_possible(catalog, pool);
}

START_TEST(something_has_to_be_possible)
{
    ck_assert_fine(offer_check_possible(catalog_of(), pool));
    ck_assert_fine(possible_with("small", "us", "linode/debian"));
    ck_assert_fine(possible_with("gpu", "us", "linode/debian"));
    ck_assert_problem(possible_with("gpu", "br", "linode/debian"), STACKSCRIPT_UNUSABLE);
    ck_assert_problem(possible_with("small", "de", "linode/debian"), STACKSCRIPT_UNUSABLE);
    ck_assert_problem(possible_with("tiny", "br", "linode/alpine"), STACKSCRIPT_UNUSABLE);
    ck_assert_problem(possible_with("tiny", "us", "linode/debian"), STACKSCRIPT_UNUSABLE);
}
END_TEST

START_TEST(backups_have_prices_of_their_own)
{
    const json_t *small = catalog_find(catalog_of()->types, "small");

    ck_assert_double_eq(price_backups_monthly(small, "us"), 2);
    ck_assert_double_eq(price_backups_monthly(small, "br"), 2.8);
    ck_assert_double_eq(price_backups_monthly(catalog_find(catalog_of()->types, "gpu"), "us"), -1);
    ck_assert_str_eq(price_list(catalog_of(), 1, pool),
                     "small=5+2;br=7+2.8;de=5+2.4 tiny=1.25+-1 gpu=12345.67+-1 beta=-1+-1");
}
END_TEST

START_TEST(backups_shown_with_their_price_hold)
{
    const char *now = price_list(catalog_of(), 1, pool);
    const problem_t *problem;

    ck_assert_int_eq(seen_all("small", "br", 1, now)->nelts, 0);
    ck_assert_int_eq(seen_all("small", "de", 1, now)->nelts, 0);
    ck_assert_int_eq(seen_all("gpu", "us", 1, now)->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 0, "small=7+1")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=7")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=7+")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=7+x")->nelts, 0);
    ck_assert_int_eq(seen_all("small", "br", 1, "small=6+1")->nelts, 2);
    problem = APR_ARRAY_IDX(seen_all("small", "br", 1, "small=5+2;br=7+2.5"), 0, problem_t *);
    ck_assert_problem(problem, PRICE_CHANGED);
    ck_assert_str_eq(problem->field, "backups");
    ck_assert_str_eq(problem->message, "Backups of the plan Small in Sao Paulo were shown with "
                                       "$2.50 a month; Linode now asks $2.80.");
}
END_TEST

START_TEST(backups_have_to_be_had)
{
    offer_choice_t choice = {.type = "small", .region = "us", .image = "linode/debian"};
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));

    choice.backups = 1;
    offer_check(problems, catalog_of(), &choice, pool);
    ck_assert_int_eq(problems->nelts, 0);
    choice.region = "br";
    offer_check(problems, catalog_of(), &choice, pool);
    ck_assert_int_eq(problems->nelts, 1);
    ck_assert_str_eq(APR_ARRAY_IDX(problems, 0, problem_t *)->field, "backups");
    ck_assert_str_eq(APR_ARRAY_IDX(problems, 0, problem_t *)->message,
                     "Linode makes no backups in Sao Paulo.");
}
END_TEST

START_TEST(swap_needs_room_too)
{
    offer_choice_t choice = {.type = "tiny", .region = "us", .image = "linode/debian"};
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));
    catalog_t *catalog = catalog_of();

    catalog->swap = 500;
    offer_check(problems, catalog, &choice, pool);
    ck_assert_int_eq(problems->nelts, 0);
    catalog->swap = 501;
    offer_check(problems, catalog, &choice, pool);
    ck_assert_int_eq(problems->nelts, 1);
    catalog->swap = 88501;
    ck_assert_fine(offer_check_possible(catalog, pool)); /* Alpine, on the largest */
    catalog->swap = 90000;
    ck_assert_problem(offer_check_possible(catalog, pool), STACKSCRIPT_UNUSABLE);
}
END_TEST

/* What is left of a choice, and the notes: "type|region|image|backups: note; note". */
static const char *sifted(const char *type, const char *region, const char *image, int backups)
{
    offer_choice_t choice = {.type = type, .region = region, .image = image, .backups = backups};
    apr_array_header_t *notes = apr_array_make(pool, 2, sizeof(const char *));

    offer_sift(&choice, notes, catalog_of(), pool);
    return apr_psprintf(pool, "%s|%s|%s|%d:%s", choice.type ? choice.type : "",
                        choice.region ? choice.region : "", choice.image ? choice.image : "",
                        choice.backups, apr_array_pstrcat(pool, notes, ';'));
}

START_TEST(a_link_keeps_what_can_be_had)
{
    ck_assert_str_eq(sifted("small", "us", "linode/debian", 1), "small|us|linode/debian|1:");
    ck_assert_str_eq(sifted(NULL, NULL, NULL, 0), "|||0:");
    ck_assert_str_eq(sifted("gpu", NULL, NULL, 0), "gpu|||0:");
    ck_assert_str_eq(sifted("huge", "us", NULL, 0),
                     "|us||0:The plan \"huge\" is not on offer here.");
    ck_assert_str_eq(sifted("gpu", "br", "linode/alpine", 0),
                     "|br|linode/alpine|0:Linode does not have the plan Big GPU in Sao Paulo.");
    ck_assert_str_eq(sifted("small", "de", NULL, 0),
                     "small|||0:Linode's region Frankfurt is out of order just now.");
    ck_assert_str_eq(sifted("tiny", "us", "linode/debian", 0),
                     "tiny|us||0:Debian does not fit on the disk of the plan Tiny.");
    ck_assert_str_eq(sifted("small", "br", NULL, 1),
                     "small|br||0:Linode makes no backups in Sao Paulo.");
    ck_assert_str_eq(sifted("huge", "mars", "linode/gone", 0),
                     "|||0:The region \"mars\" is not on offer here.;The plan \"huge\" is not on "
                     "offer here.;The distribution \"linode/gone\" is not on offer here.");
}
END_TEST

START_TEST(an_old_name_of_a_region_is_known)
{
    catalog_t catalog = *catalog_of();

    ck_assert_str_eq(offer_region(&catalog, "us-south"), "us-south");
    catalog.regions = parsed("[{'id':'us-central','label':'Dallas'}]");
    ck_assert_str_eq(offer_region(&catalog, "us-south"), "us-central");
    ck_assert_str_eq(offer_region(&catalog, "us-east"), "us-east");
    ck_assert_ptr_null(offer_region(&catalog, NULL));
    catalog.regions = parsed("[{'id':'us-central'},{'id':'us-south'}]");
    ck_assert_str_eq(offer_region(&catalog, "us-south"), "us-south");
}
END_TEST

TESTS("offer", something_has_to_be_possible, disks_may_be_too_small, a_link_keeps_what_can_be_had,
      an_old_name_of_a_region_is_known, backups_have_prices_of_their_own,
      backups_shown_with_their_price_hold, backups_have_to_be_had, swap_needs_room_too,
      choices_are_checked, remedies_can_be_followed, a_long_choice_is_shown_short,
      gaps_are_where_a_plan_is_not, prices_are_the_regions_own, the_price_that_was_shown_holds,
      prices_do_not_follow_the_locale, another_price_is_told_with_the_old_one)
