/* SPDX-License-Identifier: Apache-2.0 */
/* Pauses between tries. */
#include <apr_general.h>

#include "linode/retry.h"
#include "support/workers.h"

#define FIRST_PAUSE   150000
#define LONGEST_PAUSE 5000000

apr_interval_time_t retry_spread(apr_interval_time_t time, int parts)
{
    unsigned char byte = 0;

    /* Without a random byte the time is whole, which is no harm. */
    apr_generate_random_bytes(&byte, 1);
    return time - time / parts * byte / 255;
}

/* False at once where the pause would end at or past the deadline. */
static int sleep_before(apr_time_t deadline, apr_interval_time_t time)
{
    if (time >= deadline - workers_now()) {
        return 0;
    }
    apr_sleep(time);
    return 1;
}

int retry_wait(retry_t *retry, apr_interval_time_t asked)
{
    apr_interval_time_t pause = FIRST_PAUSE;
    int i;

    if (retry->left <= 0) {
        return 0;
    }
    for (i = 0; i < retry->made && pause < LONGEST_PAUSE; i++) {
        pause *= 2;
    }
    pause = retry_spread(pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE, 2);
    if (!sleep_before(retry->deadline, pause > asked ? pause : asked)) {
        return 0;
    }
    retry->left--;
    retry->made++;
    return 1;
}
