/* SPDX-License-Identifier: Apache-2.0 */
#include "web/visitor_rate.h"

#include <apr_network_io.h>
#include <string.h>

#include "support/workers.h"

/* What tells visitors apart; all of it is hashed, so nothing in it may be left to chance. */
typedef struct visitor_t {
    int mount;
    int family;
    unsigned char network[8];
} visitor_t;

static int is_mapped_ipv4(const unsigned char *ip)
{
    static const unsigned char prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return memcmp(ip, prefix, sizeof(prefix)) == 0;
}

static int is_loopback(const unsigned char *ip, int length)
{
    static const unsigned char localhost[16] = {[15] = 1};
    return length == 4 ? ip[0] == 127 : memcmp(ip, localhost, sizeof(localhost)) == 0;
}

/* The visitor's address; 0 when the limit does not concern him. */
static int identify(visitor_t *visitor, const visit_t *visit)
{
    const apr_sockaddr_t *address = visit->r->useragent_addr;
    const unsigned char *ip = address ? address->ipaddr_ptr : NULL;
    int length = address ? address->ipaddr_len : 0;
    if (!ip || (length != 4 && length != 16)) {
        return 0; /* a Unix socket */
    }
    if (length == 16 && is_mapped_ipv4(ip)) {
        ip += 12;
        length = 4;
    }
    if (visit->config->rate_spares_loopback && is_loopback(ip, length)) {
        return 0;
    }
    memset(visitor, 0, sizeof(*visitor));
    visitor->mount = visit->config->index;
    visitor->family = length;
    memcpy(visitor->network, ip, length == 4 ? 4 : sizeof(visitor->network));
    return 1;
}

problem_t *visitor_rate_check(const visit_t *visit)
{
    visitor_t visitor;
    const rate_limit_t *limit = &visit->config->rate;
    if (!limit->count || !visit->child->rate || !identify(&visitor, visit)) {
        return NULL;
    }
    apr_interval_time_t wait =
        rate_take(visit->child->rate, limit, &visitor, sizeof(visitor), workers_now());
    if (!wait) {
        return NULL;
    }
    problem_t *problem = problem_make(visit->pool, PROBLEM_TOO_MANY, "over LinodeOAuthVisitorRate");
    problem->retry_after = wait;
    return problem;
}
