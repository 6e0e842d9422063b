/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"
#include "support/authorities.h"
#include "support/http_handles.h"

static const authorities_t ours, theirs;

START_TEST(the_one_used_last_is_used_next)
{
    http_handles_t *handles = http_handles_create(2, pool);
    CURL *first = http_handles_take(handles, &ours);
    CURL *second = http_handles_take(handles, &ours);

    http_handles_give_back(handles, first, &ours, 0);
    http_handles_give_back(handles, second, &ours, 0);
    ck_assert_ptr_eq(http_handles_take(handles, &ours), second);
    ck_assert_ptr_eq(http_handles_take(handles, &ours), first);
    curl_easy_cleanup(first);
    curl_easy_cleanup(second);
}
END_TEST

/* Its connection was verified by them and by nobody else. */
START_TEST(a_handle_stays_with_its_authorities)
{
    http_handles_t *handles = http_handles_create(3, pool);
    CURL *our = http_handles_take(handles, &ours);
    CURL *their = http_handles_take(handles, &theirs);
    CURL *other;

    http_handles_give_back(handles, our, &ours, 0);
    http_handles_give_back(handles, their, &theirs, 0);
    other = http_handles_take(handles, NULL);
    ck_assert(other != our && other != their);
    ck_assert_ptr_eq(http_handles_take(handles, &ours), our);
    ck_assert_ptr_eq(http_handles_take(handles, &theirs), their);
    curl_easy_cleanup(other);
    curl_easy_cleanup(our);
    curl_easy_cleanup(their);
}
END_TEST

START_TEST(the_newest_is_kept)
{
    http_handles_t *handles = http_handles_create(1, pool);
    CURL *our = http_handles_take(handles, &ours);
    CURL *their = http_handles_take(handles, &theirs);

    http_handles_give_back(handles, our, &ours, 0);
    http_handles_give_back(handles, their, &theirs, 0);
    ck_assert_ptr_eq(http_handles_take(handles, &theirs), their);
    curl_easy_cleanup(their);
}
END_TEST

START_TEST(none_is_kept_where_there_is_no_room)
{
    http_handles_t *handles = http_handles_create(0, pool);
    CURL *first = http_handles_take(handles, &ours);
    CURL *second;

    http_handles_give_back(handles, first, &ours, 0);
    second = http_handles_take(handles, &ours);
    ck_assert_ptr_nonnull(second);
    http_handles_give_back(handles, second, &ours, 0);
}
END_TEST

TESTS("http_handles", the_one_used_last_is_used_next, a_handle_stays_with_its_authorities,
      the_newest_is_kept, none_is_kept_where_there_is_no_room)
