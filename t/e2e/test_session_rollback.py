# SPDX-License-Identifier: Apache-2.0
"""The cookie belongs to the visitor, who can send an older one again: nothing is made twice, and
nothing is learnt that was not known then."""
from harness.session import cookie_of, set_cookie
from harness.visitor import Visitor, password_in


def test_cookie_from_before_the_callback(shop, linode):
    """The flow is pending again, the code used: the login is asked for once more, and finds the
    Linode that is there."""
    url = shop.start()
    before = cookie_of(shop)
    callback = shop.consent(url)
    page = shop.result(shop.get(callback))
    for _ in range(3):
        set_cookie(shop, before)
        answer = shop.get(callback)
        while answer.headers.get("Location", "").startswith(linode.login):
            answer = shop.get(shop.consent(answer.headers["Location"]))
        again = shop.result(answer)
        assert again.url == page.url
        assert password_in(again.text) == password_in(page.text)
    assert len(linode.linodes()) == 1


def test_login_once_more_with_the_cookie_from_before(shop, linode):
    """A fresh code for the same state makes nothing new either."""
    url = shop.start()
    before = cookie_of(shop)
    page = shop.result(shop.get(shop.consent(url)))
    set_cookie(shop, before)
    again = shop.result(shop.get(shop.consent(url)))
    assert again.url == page.url and len(linode.linodes()) == 1


def test_cookie_from_before_in_another_browser_with_another_account(shop, linode):
    """The old cookie of a finished deploy, planted: another account, another Linode, another
    password."""
    url = shop.start()
    before = cookie_of(shop)
    page = shop.result(shop.get(shop.consent(url)))
    other = Visitor(shop.site, shop.server, user="second")
    set_cookie(other, before)
    others = other.result(other.get(other.consent(url)))
    assert password_in(others.text) != password_in(page.text)
    [row] = linode.linodes("second")
    assert linode.has_password(row["id"], password_in(others.text))
    assert not linode.has_password(row["id"], password_in(page.text))
    assert len(linode.linodes()) == 1


def test_forgotten_password_is_there_for_who_kept_the_cookie(shop):
    """What cannot be prevented without a store: the seal ends it, and no later than its time. Who
    reads a backup of the browser reads this too; the threat model says so."""
    page = shop.deploy()
    before = cookie_of(shop)
    shop.post(page.url.replace(shop.site.url, "") + "/forget")
    after = cookie_of(shop)
    assert password_in(shop.get(page.url).text) is None
    set_cookie(shop, before)
    assert password_in(shop.get(page.url).text) == password_in(page.text)
    set_cookie(shop, after)
    assert password_in(shop.get(page.url).text) is None


def test_cookies_of_two_moments_make_one_linode_each_flow(shop, linode):
    """Going back and forth between two states of the session."""
    first = shop.start()
    one = cookie_of(shop)
    second = shop.start(region="us-east")
    both = cookie_of(shop)
    for cookie, url in ((both, second), (one, first), (both, first), (both, second)):
        set_cookie(shop, cookie)
        shop.result(shop.get(shop.consent(url)))
    assert len(linode.linodes()) == 2
