/* SPDX-License-Identifier: Apache-2.0 */
#include "linode/owner.h"
#include "scripted_http.h"

static const api_t api = {
    .url = "https://api.example/v4",
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 10 * APR_USEC_PER_SEC,
};

static problem_t *owner_with(owner_t *owner, const char *body, const char *header)
{
    const step_t steps[] = {{.request = "GET https://api.example/v4/profile",
                             .status = 200,
                             .body = body,
                             .header = header}};
    scripted_t *script = SCRIPT(steps);
    const api_access_t access = {.api = &api, .http = &script->http, .token = "tok"};

    return owner_read(owner, &access, pool);
}

static problem_t *owner_in(owner_t *owner, const char *body)
{
    return owner_with(owner, body, NULL);
}

#define UUID "6F2E8A10-0000-4000-8000-000000000001"

START_TEST(who_may_do_everything_is_his_account)
{
    owner_t owner = {.account = NULL};

    ck_assert_fine(owner_with(&owner, "{\"uid\":1234}", "X-Customer-UUID: " UUID));
    ck_assert_str_eq(owner.account, UUID);
    ck_assert_fine(
        owner_with(&owner, "{\"uid\":1234,\"restricted\":true}", "X-Customer-UUID: " UUID));
    ck_assert_str_eq(owner.account, "1234");
    ck_assert_fine(owner_with(&owner, "{\"uid\":1234}", "X-Customer-UUID: unknown"));
    ck_assert_str_eq(owner.account, "1234");
    ck_assert_problem(owner_with(&owner, "{}", "X-Customer-UUID: " UUID), LINODE_UNREADABLE);
}
END_TEST

START_TEST(an_owner_is_known_by_his_uid)
{
    owner_t owner = {.account = NULL};

    ck_assert_fine(owner_in(&owner, "{\"uid\":1234,\"username\":\"visitor\"}"));
    ck_assert_str_eq(owner.account, "1234");
    ck_assert_int_eq(owner.restricted, 0);
    ck_assert_fine(owner_in(&owner, "{\"uid\":9007199254740993,\"restricted\":true}"));
    ck_assert_str_eq(owner.account, "9007199254740993");
    ck_assert_int_eq(owner.restricted, 1);
    ck_assert_problem(owner_in(&owner, "{\"username\":\"visitor\"}"), LINODE_UNREADABLE);
    ck_assert_problem(owner_in(&owner, "{\"uid\":\"1234\"}"), LINODE_UNREADABLE);
    ck_assert_problem(owner_in(&owner, "{\"uid\":0}"), LINODE_UNREADABLE);
    ck_assert_problem(owner_in(&owner, "[]"), LINODE_UNREADABLE);
}
END_TEST

TESTS("owner", an_owner_is_known_by_his_uid, who_may_do_everything_is_his_account)
