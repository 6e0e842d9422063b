# SPDX-License-Identifier: Apache-2.0
"""How long the browser's session shows what: the root password for LinodeOAuthResultLifetime, the
result for a day; an order waits two hours for its login."""
import re
import time

import pytest
from harness.sealed import Sealer
from harness.session import cookie_of, ours, set_cookie
from harness.visitor import password_in
from test_clock import HOUR, shop_with_clock  # noqa: F401 # pylint: disable=unused-import
from test_session_size import flows_in

MINUTE = 60
DAY = 24 * HOUR


@pytest.mark.parametrize("directives, minutes", [({}, 15), ({"ResultLifetime": "5m"}, 5)],
                         ids=["default", "directive"])
def test_password_is_shown_so_long(shop_with_clock, directives, minutes):  # noqa: F811
    shop, clock = shop_with_clock(**directives)
    page = shop.deploy()
    kept = cookie_of(shop)
    password = password_in(page.text)
    assert f"for {minutes} more minutes" in page.text
    clock.set(minutes * MINUTE - 30)
    assert password_in(shop.get(page.url).text) == password
    clock.set(minutes * MINUTE + 30)
    later = shop.get(page.url)
    assert later.status_code == 200 and password_in(later.text) is None
    assert password not in later.text
    assert password not in shop.get(page.url, headers={"Accept": "application/json"}).text
    set_cookie(shop, kept)
    assert password_in(shop.get(page.url).text) is None, "an old cookie is no way around it"


def test_next_answer_keeps_nothing_that_the_password_comes_of(shop_with_clock):  # noqa: F811
    shop, clock = shop_with_clock()
    shop.deploy()
    clock.set(16 * MINUTE)
    shop.start()
    [finished] = [flow for flow in flows_in(shop) if "linode" in flow]
    assert not {"secret", "account", "made"} & set(finished)


def test_result_is_there_for_a_day(shop_with_clock):  # noqa: F811
    shop, clock = shop_with_clock()
    page = shop.deploy()
    clock.set(DAY - HOUR)
    assert shop.get(page.url).status_code == 200
    shop.start()  # the session begins anew; what is in it does not
    clock.set(DAY + MINUTE)
    assert shop.get(page.url).status_code == 404


def test_what_is_sealed_ends_after_a_day(shop):
    shop.start()
    sealed = ours(cookie_of(shop))[1]
    assert abs(Sealer.of(shop.site).expires(sealed) - time.time() - DAY) < 10


def test_order_waits_two_hours_for_its_login(shop_with_clock, linode):  # noqa: F811
    shop, clock = shop_with_clock()
    denied = shop.get(shop.consent(shop.start(), decision="deny"))
    login = re.search(r'href="([^"]*/login)"', denied.text)[1]
    clock.set(2 * HOUR + MINUTE)
    assert shop.get(login).status_code == 404
    clock.set(2 * HOUR - MINUTE)
    assert shop.get(login).headers["Location"].startswith(linode.login)
