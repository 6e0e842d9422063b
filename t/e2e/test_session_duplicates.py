# SPDX-License-Identifier: Apache-2.0
"""Two cookies of one name in one request: mod_session takes neither. No page fails, and a login
succeeds although the browser goes on sending both."""
import pytest
from harness.session import COOKIE, cookie_of, set_cookie
from harness.visitor import Visitor, password_in

PLANTED = ["rubbish", "x=y", "lo-aaaaaaaa=AAAA", "expiry=1", "user=root", "", "a" * 3000]


@pytest.mark.parametrize("modules, more", [
    (("session", "session_cookie"), ""),
    (("session", "session_cookie"), "SessionMaxAge 3600\n"),
    (("session", "session_cookie", "session_crypto"), "SessionCryptoPassphrase one\n")],
    ids=["session", "lifetime", "crypto"])
def test_login_with_a_planted_cookie_that_stays(bench, linode, modules, more):
    session = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax\n"
    server, site = bench.serve(modules=modules, session=session + more)
    server.expect_log("AH00011|AH018")
    for number, value in enumerate(PLANTED, start=1):
        visitor = Visitor(site, server)
        # Under a longer path, so that browsers send it first and our answers do not replace it.
        for path in ("/auth_callback", "/deploys"):
            set_cookie(visitor, value, path=path)
        page = visitor.deploy()
        assert password_in(visitor.get(page.url).text) == password_in(page.text)
        assert len(linode.linodes()) == number


def test_old_cookie_under_another_path(shop, linode):
    """Of one flow in two states the later one counts: what was forgotten stays so."""
    page = shop.deploy()
    path = page.url.rsplit("/", 1)[1]
    old = cookie_of(shop)
    shop.post(f"/deploys/{path}/forget")
    new = cookie_of(shop)
    shop.server.expect_log("AH00011")
    shop.session.cookies.clear()
    for cookies in (f"{COOKIE}={old}; {COOKIE}={new}", f"{COOKIE}={new}; {COOKIE}={old}"):
        answer = shop.get(page.url, headers={"Cookie": cookies})
        assert answer.status_code == 200 and password_in(answer.text) is None


def test_same_cookie_twice(shop):
    page = shop.deploy()
    value = cookie_of(shop)
    shop.session.cookies.clear()
    answer = shop.get(page.url, headers={"Cookie": f"{COOKIE}={value}; {COOKIE}={value}"})
    assert password_in(answer.text) == password_in(page.text)


def test_hundred_cookies(shop):
    """Only so many are looked at."""
    page = shop.deploy()
    value = cookie_of(shop)
    shop.server.expect_log("AH00011")
    shop.session.cookies.clear()
    many = "; ".join(f"{COOKIE}={number}" for number in range(100))
    assert shop.get("/", headers={"Cookie": many}).status_code == 200
    assert shop.get(page.url, headers={"Cookie": f"{many}; {COOKIE}={value}"}).status_code == 404
