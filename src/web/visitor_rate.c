/* SPDX-License-Identifier: Apache-2.0 */
#include "web/visitor_rate.h"

#include <apr_network_io.h>
#include <string.h>

#include "support/workers.h"

/* What tells visitors apart; all of it is hashed, so nothing in it may be left to chance. */
typedef struct visitor_t {
    int mount;
    int bits; /* of the network: 32 of an IPv4 address, else 64 or less */
    unsigned char network[8];
} visitor_t;

/* The networks that an IPv6 address is in, and how many times the limit each may do. Whoever has a
 * whole one of these uses up nothing of the next, so that he locks out nobody but himself. */
static const struct {
    int bits;
    int times;
} networks[] = {{64, 1}, {56, 8}, {48, 64}};

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
    visitor->bits = length == 4 ? 32 : networks[0].bits;
    memcpy(visitor->network, ip, (apr_size_t)visitor->bits / 8);
    return 1;
}

/* Makes it the visitor of the network around his, which is that wide. */
static void widen(visitor_t *visitor, int bits)
{
    apr_size_t length = (apr_size_t)bits / 8;
    visitor->bits = bits;
    memset(visitor->network + length, 0, sizeof(visitor->network) - length);
}

/* 0, or how long to wait: for his own network first, and of the wider ones only what that leaves.
 */
static apr_interval_time_t take(const visit_t *visit, visitor_t *visitor)
{
    rate_limit_t limit = visit->config->rate;
    apr_time_t now = workers_now();
    apr_interval_time_t wait =
        rate_take(visit->child->rate, &limit, visitor, sizeof(*visitor), now);
    int is_ipv6 = visitor->bits == networks[0].bits;
    for (unsigned i = 1; is_ipv6 && !wait && i < sizeof(networks) / sizeof(networks[0]); i++) {
        widen(visitor, networks[i].bits);
        limit.count = visit->config->rate.count * networks[i].times;
        wait = rate_take(visit->child->rate, &limit, visitor, sizeof(*visitor), now);
    }
    return wait;
}

problem_t *visitor_rate_check(const visit_t *visit)
{
    visitor_t visitor;
    if (!visit->config->rate.count || !visit->child->rate || !identify(&visitor, visit)) {
        return NULL;
    }
    apr_interval_time_t wait = take(visit, &visitor);
    if (!wait) {
        return NULL;
    }
    problem_t *problem = problem_make(visit->pool, PROBLEM_TOO_MANY, "over LinodeOAuthVisitorRate");
    problem->retry_after = wait;
    return problem;
}
