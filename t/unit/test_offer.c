/* SPDX-License-Identifier: Apache-2.0 */
/* What can be chosen together. */
#include "small_catalog.h"

static apr_array_header_t *wrongs(const char *type, const char *region, const char *image)
{
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));

    const offer_choice_t choice = {.type = type, .region = region, .image = image};

    offer_check(problems, small_catalog(), &choice, pool);
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

static const char *remedy(catalog_t *catalog, const char *type, const char *region,
                          const char *image)
{
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));
    const offer_choice_t choice = {.type = type, .region = region, .image = image};

    catalog_note_ids(catalog, pool);
    offer_check(problems, catalog, &choice, pool);
    ck_assert_int_eq(problems->nelts, 1);
    return APR_ARRAY_IDX(problems, 0, const problem_t *)->remedy;
}

START_TEST(remedies_can_be_followed)
{
    catalog_t *catalog = small_catalog();

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
    catalog = small_catalog();
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
    const char *gaps = json_text(json_in_pool(offer_gaps(small_catalog()), pool), NULL, pool);

    ck_assert_str_eq(gaps, "{\"tiny\":[\"br\"],\"gpu\":[\"br\"]}");
}
END_TEST

START_TEST(disks_may_be_too_small)
{
    catalog_t *catalog = small_catalog();
    const char *tight = json_text(json_in_pool(offer_tight(catalog), pool), NULL, pool);

    ck_assert_str_eq(tight, "{\"tiny\":[\"linode/debian\"]}");
    catalog->swap = 24500;
    tight = json_text(json_in_pool(offer_tight(catalog), pool), NULL, pool);
    ck_assert_str_eq(tight, "{\"small\":[\"linode/debian\"],"
                            "\"tiny\":[\"linode/debian\",\"linode/alpine\"]}");
}
END_TEST

/* Only plans, regions and images of these ids. */
static problem_t *possible_with(const char *type, const char *region, const char *image)
{
    catalog_t *catalog = (catalog_t *)small_catalog();
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
    ck_assert_fine(offer_check_possible(small_catalog(), pool));
    ck_assert_fine(possible_with("small", "us", "linode/debian"));
    ck_assert_fine(possible_with("gpu", "us", "linode/debian"));
    ck_assert_problem(possible_with("gpu", "br", "linode/debian"), STACKSCRIPT_UNUSABLE);
    ck_assert_problem(possible_with("small", "de", "linode/debian"), STACKSCRIPT_UNUSABLE);
    ck_assert_problem(possible_with("tiny", "br", "linode/alpine"), STACKSCRIPT_UNUSABLE);
    ck_assert_problem(possible_with("tiny", "us", "linode/debian"), STACKSCRIPT_UNUSABLE);
}
END_TEST

START_TEST(backups_have_to_be_had)
{
    offer_choice_t choice = {.type = "small", .region = "us", .image = "linode/debian"};
    apr_array_header_t *problems = apr_array_make(pool, 2, sizeof(problem_t *));

    choice.backups = 1;
    offer_check(problems, small_catalog(), &choice, pool);
    ck_assert_int_eq(problems->nelts, 0);
    choice.region = "br";
    offer_check(problems, small_catalog(), &choice, pool);
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
    catalog_t *catalog = small_catalog();

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

    offer_sift(&choice, notes, small_catalog(), pool);
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
    catalog_t catalog = *small_catalog();

    ck_assert_str_eq(offer_region(&catalog, "us-south"), "us-south");
    catalog.regions = parsed("[{'id':'us-central','label':'Dallas'}]");
    catalog_note_ids(&catalog, pool);
    ck_assert_str_eq(offer_region(&catalog, "us-south"), "us-central");
    ck_assert_str_eq(offer_region(&catalog, "us-east"), "us-east");
    ck_assert_ptr_null(offer_region(&catalog, NULL));
    catalog.regions = parsed("[{'id':'us-central'},{'id':'us-south'}]");
    catalog_note_ids(&catalog, pool);
    ck_assert_str_eq(offer_region(&catalog, "us-south"), "us-south");
}
END_TEST

TESTS("offer", something_has_to_be_possible, disks_may_be_too_small, a_link_keeps_what_can_be_had,
      an_old_name_of_a_region_is_known, backups_have_to_be_had, swap_needs_room_too,
      choices_are_checked, remedies_can_be_followed, a_long_choice_is_shown_short,
      gaps_are_where_a_plan_is_not)
