# SPDX-License-Identifier: Apache-2.0
"""A session planted in somebody else's browser tells its planter nothing, and him nothing of the
planter's: the password depends on the account that logs in."""
from urllib.parse import urlsplit

import pytest
from harness.session import COOKIE, cookie_of, set_cookie
from harness.visitor import Visitor, password_in


@pytest.fixture
def two(shop):
    """Attacker and victim hold the attacker's session, with a flow that waits for its login."""
    attacker, victim = shop, Visitor(shop.site, shop.server, user="visitor")
    attacker.user = "second"
    login = attacker.start()
    set_cookie(victim, cookie_of(attacker))
    return attacker, victim, login


@pytest.mark.parametrize("victim_first", [True, False])
def test_neither_sees_the_others_password(two, linode, victim_first):
    attacker, victim, login = two
    order = (victim, attacker) if victim_first else (attacker, victim)
    pages = {visitor: visitor.result(visitor.get(visitor.consent(login))) for visitor in order}
    [his] = linode.linodes("visitor")
    [hers] = linode.linodes("second")
    assert linode.has_password(his["id"], password_in(pages[victim].text))
    assert linode.has_password(hers["id"], password_in(pages[attacker].text))
    assert not linode.has_password(his["id"], password_in(pages[attacker].text))
    assert not linode.has_password(hers["id"], password_in(pages[victim].text))
    assert his["ipv4"][0] not in pages[attacker].text
    for visitor, page in pages.items():
        assert password_in(visitor.get(page.url).text) == password_in(page.text)


def test_planters_own_cookie_shows_no_result_of_the_victim(two, linode):
    attacker, victim, login = two
    page = victim.result(victim.get(victim.consent(login)))
    answer = attacker.get(page.url)
    assert password_in(page.text) not in answer.text
    assert linode.linodes("visitor")[0]["ipv4"][0] not in answer.text


def test_code_of_the_victim_is_worth_nothing_in_the_planters_browser(two, linode):
    """Even if it leaked: it gives a Linode on the victim's account, but its password only to who
    holds both the flow's secret and the page. So the code has to be a secret all the same."""
    attacker, victim, login = two
    callback = victim.consent(login)
    page = victim.result(victim.get(callback))
    answer = attacker.get(callback)
    assert password_in(page.text) not in answer.text
    assert len(linode.linodes("visitor")) == 1


def test_victims_form_posts_into_the_planted_session(two, linode):
    """What the victim begins himself stays with him: his answer sets a cookie of his own."""
    attacker, victim, _ = two
    before = cookie_of(attacker)
    page = victim.deploy()
    assert cookie_of(victim) != before
    path = urlsplit(page.url).path
    set_cookie(attacker, before)
    assert attacker.get(path).status_code == 404
    assert password_in(page.text) not in attacker.get("/").text


def test_victim_who_consents_gets_what_the_planter_ordered(shop, linode):
    """His keys too, which is why the cookie should have a name that cannot be planted."""
    attacker, victim = shop, Visitor(shop.site, shop.server)
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43
    login = attacker.start(authorized_keys=key)
    set_cookie(victim, cookie_of(attacker))
    victim.result(victim.get(victim.consent(login)))
    [call] = linode.journal("instances.create")
    assert call["body"]["authorized_keys"] == [key]


def test_planted_beside_the_victims_own_cookie(shop, linode):
    """A neighbouring host plants one under another path or domain; the browser sends both."""
    attacker = Visitor(shop.site, shop.server, user="second")
    attacker.start()
    callback = shop.consent(shop.start())
    own, planted = cookie_of(shop), cookie_of(attacker)
    shop.server.expect_log("AH00011")
    for cookies in (f"{COOKIE}={planted}; {COOKIE}={own}", f"{COOKIE}={own}; {COOKIE}={planted}"):
        shop.session.cookies.clear()
        assert shop.get("/", headers={"Cookie": cookies}).status_code == 200
        answer = shop.get(callback, headers={"Cookie": cookies})
        assert answer.status_code == 303
    assert len(linode.linodes()) == 1 and not linode.linodes("second")
