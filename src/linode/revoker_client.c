/* SPDX-License-Identifier: Apache-2.0 */
#include "linode/revoker_client.h"

#include <apr_strings.h>

#include "linode/retry.h"
#include "linode/revocable.h"
#include "support/workers.h"

#define FIRST_PAUSE   apr_time_from_sec(1)
#define LONGEST_PAUSE apr_time_from_sec(300)
#define LONGEST_ASKED apr_time_from_sec(1800)

problem_t *revoker_client_make(revoker_client_state_t *client, const revoker_client_t *given,
                               const atomic_int *abandon, apr_pool_t *pool)
{
    client->oauth = *given->oauth;
    client->oauth.retries = 0;
    client->oauth.abandon = abandon;
    client->context = apr_pstrcat(pool, "revocation|", given->oauth->login_url, "|",
                                  given->oauth->client_id, NULL);
    return seal_ring_derive(&client->ring, given->ring, "revocation", pool);
}

int revoker_client_of(apr_time_t *expires, const revoker_client_state_t *clients, int count,
                      const char *text, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < count; i++) {
        revocable_t revocable;

        if (revocable_open(&revocable, text, clients[i].ring, clients[i].context, pool)) {
            *expires = revocable.expires;
            revocable_wipe(&revocable);
            return i;
        }
    }
    return -1;
}

/* As long as Linode asked for, within reason: others' tokens will wait for it too. */
apr_interval_time_t revoker_client_pause(int failures, const problem_t *problem)
{
    apr_interval_time_t asked =
        problem->retry_after < LONGEST_ASKED ? problem->retry_after : LONGEST_ASKED;
    apr_interval_time_t pause = FIRST_PAUSE;
    int i;

    for (i = 1; i < failures && pause < LONGEST_PAUSE; i++) {
        pause *= 2;
    }
    pause = retry_spread(pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE, 2);
    return pause > asked ? pause : asked;
}

int revoker_client_failed(revoker_client_state_t *client, apr_time_t began,
                          const problem_t *problem)
{
    if (began < client->paused) {
        return 0;
    }
    client->failures++;
    client->paused = workers_now();
    client->resume = client->paused + revoker_client_pause(client->failures, problem);
    return 1;
}

int revoker_client_succeeded(revoker_client_state_t *client)
{
    int failures = client->failures;

    client->failures = 0;
    client->resume = 0;
    return failures > 0;
}
