/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/price.h"
#include "support/json.h"

static double monthly_of(const json_t *price)
{
    const json_t *monthly = json_object_get(price, "monthly");

    return json_is_number(monthly) ? json_number_value(monthly) : -1;
}

double price_monthly(const json_t *type, const char *region)
{
    const json_t *own = catalog_find(json_member_array(type, "region_prices"), region);

    return monthly_of(own ? own : json_object_get(type, "price"));
}

double price_backups_monthly(const json_t *type, const char *region)
{
    const json_t *backups = json_member_object(json_member_object(type, "addons"), "backups");

    return price_monthly(backups, region);
}

static int has_own_price(const json_t *priced, const char *region)
{
    return catalog_find(json_member_array(priced, "region_prices"), region) != NULL;
}

/* One plan's part of the prices that are shown. */
static const char *plan_prices(const json_t *type, const catalog_t *catalog, int with_backups,
                               apr_pool_t *pool)
{
    const json_t *backups = json_member_object(json_member_object(type, "addons"), "backups");
    const char *text =
        apr_psprintf(pool, "%s=%.10g", json_member_string(type, "id"), price_monthly(type, NULL));
    size_t i;

    if (with_backups) {
        text = apr_psprintf(pool, "%s+%.10g", text, price_backups_monthly(type, NULL));
    }
    for (i = 0; i < json_array_size(catalog->regions); i++) {
        const char *region = json_member_string(json_array_get(catalog->regions, i), "id");

        if (!has_own_price(type, region) && !(with_backups && has_own_price(backups, region))) {
            continue;
        }
        text = apr_psprintf(pool, "%s;%s=%.10g", text, region, price_monthly(type, region));
        if (with_backups) {
            text = apr_psprintf(pool, "%s+%.10g", text, price_backups_monthly(type, region));
        }
    }
    return text;
}

const char *price_list(const catalog_t *catalog, int backups, apr_pool_t *pool)
{
    apr_array_header_t *parts = apr_array_make(pool, 64, sizeof(const char *));
    size_t i;

    for (i = 0; i < json_array_size(catalog->types); i++) {
        APR_ARRAY_PUSH(parts, const char *) =
            plan_prices(json_array_get(catalog->types, i), catalog, backups, pool);
    }
    return apr_array_pstrcat(pool, parts, ' ');
}

/* What a form said that something costs a month. */
typedef struct shown_t {
    double plan;
    double backups;
    int has_backups;
} shown_t;

/* A number as price_list writes it; *end is text when there is none. strtod would follow the
 * locale, which another module of the server may set. */
static double read_price(const char *text, const char **end)
{
    int is_negative = *text == '-';
    const char *at = text + is_negative;
    double number = 0;
    double place = 1;

    *end = text;
    if (!apr_isdigit(*at)) {
        return 0;
    }
    for (; apr_isdigit(*at); at++) {
        number = number * 10 + (*at - '0');
    }
    if (*at == '.') {
        for (at++; apr_isdigit(*at); at++) {
            place /= 10;
            number += (*at - '0') * place;
        }
    }
    *end = at;
    return is_negative ? -number : number;
}

/* The numbers behind "name=" at the beginning of text; 0 when there is none. */
static int prices_at(shown_t *shown, const char *text, const char *name)
{
    apr_size_t length = strlen(name);
    const char *number;
    const char *end;

    if (strncmp(text, name, length) != 0 || text[length] != '=') {
        return 0;
    }
    number = text + length + 1;
    shown->plan = read_price(number, &end);
    if (end == number) {
        return 0;
    }
    number = end + 1;
    shown->has_backups = *end == '+';
    if (shown->has_backups) {
        shown->backups = read_price(number, &end);
        shown->has_backups = end > number;
    }
    return 1;
}

/* What the form said that the plan costs there: the region's own price overrides the plan's. */
static int find_shown(shown_t *found, const char *shown, const char *type, const char *region,
                      apr_pool_t *pool)
{
    const char *part;
    char *last;

    for (part = apr_strtok(apr_pstrdup(pool, shown), " ", &last); part;
         part = apr_strtok(NULL, " ", &last)) {
        const char *own = part;

        if (prices_at(found, part, type)) {
            while ((own = strchr(own, ';')) != NULL && !prices_at(found, ++own, region)) {
            }
            return 1;
        }
    }
    return 0;
}

static const char *dollars(double amount, apr_pool_t *pool)
{
    return amount < 0 ? "an unknown price" : apr_psprintf(pool, "$%.2f", amount);
}

/* Adds a problem where the two are not the same. */
static void compare(apr_array_header_t *problems, const char *field, const char *thing,
                    double before, double now, apr_pool_t *pool)
{
    problem_t *problem;

    if (fabs(now - before) < 0.005) {
        return;
    }
    problem = problem_make(pool, PROBLEM_PRICE_CHANGED, "the form showed %g, the catalog has %g",
                           before, now);
    problem->field = field;
    problem->message = apr_psprintf(pool, "%s shown with %s a month; Linode now asks %s.", thing,
                                    dollars(before, pool), dollars(now, pool));
    APR_ARRAY_PUSH(problems, problem_t *) = problem;
}

void price_check(apr_array_header_t *problems, const catalog_t *catalog,
                 const offer_choice_t *choice, const char *shown, apr_pool_t *pool)
{
    const json_t *type, *region;
    shown_t found = {.has_backups = 0};
    const char *plan, *place;

    if (!shown || !choice->type || !choice->region ||
        !find_shown(&found, shown, choice->type, choice->region, pool)) {
        return;
    }
    type = catalog_type(catalog, choice->type);
    region = catalog_region(catalog, choice->region);
    if (!type || !region) {
        return;
    }
    plan = json_member_string(type, "label");
    place = json_member_string(region, "label");
    compare(problems, "type", apr_psprintf(pool, "The plan %s in %s was", plan, place), found.plan,
            price_monthly(type, choice->region), pool);
    if (choice->backups && found.has_backups) {
        compare(problems, "backups",
                apr_psprintf(pool, "Backups of the plan %s in %s were", plan, place), found.backups,
                price_backups_monthly(type, choice->region), pool);
    }
}
