/* SPDX-License-Identifier: Apache-2.0 */
/* Accept and Accept-Encoding, whatever a client writes: a weight is one, and only of what is
 * listed; what stands before the rest is read all the same, and in any spelling. */
#include "fuzz.h"

#include <apr_lib.h>

#include "support/accept.h"

static const char *const html[] = {"text/html", "text/*", "*/*", NULL};

static void weigh(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    char *text = fuzz_text(data, size, pool);
    const char *longer = apr_pstrcat(pool, "text/html;Q=0.5, ", text, NULL);
    int rank, other_rank;
    int weight = accept_weight(text, html, &rank);

    PROMISE(weight >= ACCEPT_UNLISTED && weight <= ACCEPT_MOST);
    PROMISE(rank >= 0 && rank <= 3 && (rank == 3) == (weight == ACCEPT_UNLISTED));
    PROMISE(accept_weight(longer, html, &other_rank) >= 500 && other_rank == 0);
    for (char *c = text; *c; c++) {
        *c = (char)apr_toupper(*c);
    }
    PROMISE(accept_weight(text, html, &other_rank) == weight && other_rank == rank);
}

FUZZ_TARGET(weigh)
