# SPDX-License-Identifier: Apache-2.0
"""httpd 2.4 loses what is written to a session that has expired or cannot be decoded, so that a
visitor with an old cookie could never log in again."""
import time

import pytest
from harness.session import cookie_of, set_cookie
from harness.visitor import CHOICE, Visitor

COOKIE = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax\n"
CRYPTO = ("session", "session_cookie", "session_crypto")
LIFETIMES = pytest.mark.parametrize("lifetime", ["", "SessionMaxAge 3600\n"],
                                    ids=["session", "lifetime"])


def assert_login_succeeds_at_once(visitor, linode):
    """Not only at the second try: the first form that is posted leads to a Linode."""
    before = len(linode.linodes())
    visitor.deploy()
    assert len(linode.linodes()) == before + 1
    visitor.deploy()
    assert len(linode.linodes()) == before + 2


@LIFETIMES
@pytest.mark.parametrize("expiry", ["1", "1000000000000000"])
def test_expired_session(bench, linode, lifetime, expiry):
    server, site = bench.serve(session=COOKIE + lifetime)
    server.expect_log("AH018")
    visitor = Visitor(site, server)
    visitor.start()
    set_cookie(visitor, cookie_of(visitor).split("&")[0] + f"&expiry={expiry}")
    assert visitor.get("/").status_code == 200
    set_cookie(visitor, f"lo-aaaaaaaa=x&expiry={expiry}")
    assert_login_succeeds_at_once(visitor, linode)


def test_form_left_open_past_the_lifetime(bench, linode):
    """A real clock: the session ends between the form and its answer. It has to last for the login."""
    server, site = bench.serve(session=COOKIE + "SessionMaxAge 3\n")
    server.expect_log("AH018")
    visitor = Visitor(site, server)
    visitor.get("/")
    value = cookie_of(visitor)
    time.sleep(3.2)
    # The header itself: a jar would have dropped the cookie by now.
    visitor.session.cookies.clear()
    answer = visitor.post("/", CHOICE, headers={"Cookie": f"linode={value}"})
    assert answer.status_code == 303
    callback = visitor.consent(answer.headers["Location"])
    assert visitor.get(callback).status_code == 303
    assert len(linode.linodes()) == 1


@LIFETIMES
def test_changed_passphrase(bench, linode, lifetime):
    server = bench.server()
    site = bench.site(server, session=COOKIE + lifetime + "SessionCryptoPassphrase one")
    server.expect_log("AH018")
    server.write(site.section(), CRYPTO)
    server.start()
    visitor = Visitor(site, server)
    visitor.deploy()
    server.stop()
    site.session = site.session.replace("one", "two")
    server.write(site.section(), CRYPTO)
    server.start()
    assert_login_succeeds_at_once(visitor, linode)


@LIFETIMES
@pytest.mark.parametrize("value", ["rubbish", "AAAA" * 40, "lo-aaaaaaaa=x", "x" * 3000])
def test_cookie_that_cannot_be_decrypted(bench, linode, lifetime, value):
    server, site = bench.serve(modules=CRYPTO,
                               session=COOKIE + lifetime + "SessionCryptoPassphrase one")
    server.expect_log("AH018")
    visitor = Visitor(site, server)
    set_cookie(visitor, value)
    assert_login_succeeds_at_once(visitor, linode)


@LIFETIMES
def test_encryption_taken_into_use_and_out_of_it(bench, linode, lifetime):
    server = bench.server()
    site = bench.site(server, session=COOKIE + lifetime)
    server.expect_log("AH018")
    visitor = Visitor(site, server)
    for passphrase in ("", "SessionCryptoPassphrase one\n", ""):
        site.session = COOKIE + lifetime + passphrase
        server.write(site.section(), CRYPTO)
        server.start()
        assert_login_succeeds_at_once(visitor, linode)
        server.stop()


def test_form_posted_to_an_address_that_is_rewritten(bench, linode):
    """The store keeps its record with the request that came, and not with what it became."""
    server = bench.server()
    site = bench.site(server, path="/install", session=COOKIE)
    server.expect_log("AH018")
    (server.dir / "htdocs").mkdir()
    server.write(f"DocumentRoot {server.dir}/htdocs\n<Directory {server.dir}/htdocs>\n"
                 "RewriteEngine On\nRewriteRule ^buy$ /install/ [L]\n</Directory>\n"
                 + site.section(), modules=("session", "session_cookie", "rewrite"))
    server.start()
    visitor = Visitor(site, server)
    set_cookie(visitor, "lo-aaaaaaaa=x&expiry=1")
    answer = visitor.post(f"http://localhost:{server.port}/buy", CHOICE)
    assert answer.status_code == 303
    visitor.result(visitor.get(visitor.consent(answer.headers["Location"])))
    assert len(linode.linodes()) == 1


def test_error_page_in_a_section_with_a_session_of_its_own(bench, linode):
    """Two cookies in one request: the broken one is mended, the other one left alone."""
    server = bench.server()
    site = bench.site(server, path="/install", session=COOKIE)
    server.expect_log("AH018")
    server.write("ErrorDocument 404 /install/\n<Location /other>\n"
                 "Session On\nSessionCookieName other path=/;HttpOnly;SameSite=Lax\n</Location>\n"
                 + site.section())
    server.start()
    visitor = Visitor(site, server)
    visitor.start()
    set_cookie(visitor, "lo-aaaaaaaa=x&expiry=1")
    set_cookie(visitor, "kept=yes", name="other")
    answer = visitor.get(f"http://localhost:{server.port}/other/nothing")
    assert "Hello page" in answer.text
    assert cookie_of(visitor, "other") == "kept=yes"
    assert_login_succeeds_at_once(visitor, linode)
