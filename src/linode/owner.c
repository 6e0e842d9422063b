/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_strings.h>

#include "linode/owner.h"
#include "support/json.h"

#define UUID_LENGTH 36

static int is_uuid(const char *text)
{
    return text && strlen(text) == UUID_LENGTH &&
           strspn(text, "0123456789abcdefABCDEF-") == UUID_LENGTH;
}

problem_t *owner_read(owner_t *owner, const api_access_t *access, apr_pool_t *pool)
{
    const apr_table_t *headers = NULL;
    const api_request_t request = {.method = "GET",
                                   .path = "/profile",
                                   .token = access->token,
                                   .idempotent = 1,
                                   .deadline = access->deadline,
                                   .headers = &headers};
    const json_t *profile;
    problem_t *problem = api_call(&profile, access->api, access->http, &request, pool);
    json_int_t uid = problem ? 0 : json_member_integer(profile, "uid", 0);
    const char *account = problem ? NULL : apr_table_get(headers, "X-Customer-UUID");

    if (!problem && uid <= 0) {
        problem =
            problem_make(pool, PROBLEM_LINODE_UNREADABLE, "GET /profile answered without uid");
    }
    if (!problem) {
        owner->restricted = json_member_is_true(profile, "restricted");
        owner->account = is_uuid(account) && !owner->restricted
                             ? account
                             : apr_psprintf(pool, "%" APR_INT64_T_FMT, (apr_int64_t)uid);
    }
    return problem;
}
