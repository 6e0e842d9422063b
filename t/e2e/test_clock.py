# SPDX-License-Identifier: Apache-2.0
"""The machine's clock is set while visitors are on their way: nothing waits for it."""
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.clock import Clock
from harness.visitor import Visitor, password_in

HOUR = 3600


@pytest.fixture
def shop_with_clock(bench, tmp_path):
    clock = Clock(tmp_path)

    def start(**directives):
        server = bench.server()
        site = bench.site(server, **directives)
        # httpd tells by the clock how long a connection was kept, and closes it while it is used.
        server.write("KeepAlive Off\n" + site.section())
        clock.give(server)
        server.start()
        return Visitor(site, server), clock
    return start


def finish(shop, linode, answer):
    assert answer.status_code == 303, answer.text
    page = shop.result(answer)
    [created] = linode.linodes()
    assert linode.has_password(created["id"], password_in(page.text))


def test_rate_is_no_longer_for_a_clock_that_was_set_back(shop_with_clock, linode):
    """Who came just before it is not locked out until it is as late again."""
    shop, clock = shop_with_clock(VisitorRate="4/1m")
    clock.set(HOUR)
    callback = shop.consent(shop.start())
    clock.set(0)
    finish(shop, linode, shop.get(callback))


def test_rate_holds_when_the_clock_is_set_to_before_the_start(shop_with_clock):
    shop, clock = shop_with_clock(VisitorRate="2/1m")
    clock.set(-HOUR)
    statuses = [shop.get("/auth_callback?code=x&state=y").status_code for _ in range(4)]
    assert statuses[:2] == [400, 400] and statuses[2:] == [429, 429]


@pytest.mark.parametrize("seconds", [-HOUR, 600])
def test_clock_is_set_while_linode_is_asked(shop_with_clock, linode, seconds):
    """The token comes under another clock than that by which it was asked for."""
    shop, clock = shop_with_clock()
    callback = shop.consent(shop.start())
    linode.fault("oauth.token", "delay", seconds=0, hold=True)
    with ThreadPoolExecutor() as browser:
        answer = browser.submit(shop.get, callback)
        linode.wait_for_call("oauth.token")
        clock.set(seconds)
        linode.no_faults()
        finish(shop, linode, answer.result())
    linode.wait_for_no_tokens()


def test_nobody_waits_longer_for_a_clock_that_was_set_back(shop_with_clock, linode):
    shop, clock = shop_with_clock(Timeout="1s 3s")
    shop.server.expect_log("LO0402")
    callback = shop.consent(shop.start())
    linode.fault("oauth.token", "delay", seconds=1)
    linode.fault("profile.get", "hang", count=None)
    with ThreadPoolExecutor() as browser:
        answer = browser.submit(shop.get, callback)
        linode.wait_for_call("oauth.token")
        clock.set(-HOUR)
        assert answer.result().status_code == 504
    linode.no_faults()
    linode.wait_for_no_tokens()


def test_token_is_revoked_under_a_clock_that_is_days_ahead(shop_with_clock, linode):
    """What a killed server left behind, although by this clock no token of it can be alive."""
    shop, clock = shop_with_clock(Timeout="2s 60s")
    linode.fault("oauth.revoke", "hang")
    finish(shop, linode, shop.get(shop.consent(shop.start())))
    linode.wait_for_call("oauth.revoke")
    shop.server.kill()
    linode.no_faults()
    assert linode.live_tokens() == 1
    clock.set(3 * 24 * HOUR)
    shop.server.start()
    linode.wait_for_no_tokens()
