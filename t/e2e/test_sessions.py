# SPDX-License-Identifier: Apache-2.0
"""mod_session's stores and moods: a visitor is never locked out by an old session."""
import time

from harness.visitor import Visitor

COOKIE = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax\n"


def test_no_store_at_the_mount_is_told_at_the_first_request(bench):
    """httpd cannot say where a store applies; a store elsewhere satisfies the first look."""
    server = bench.server()
    site = bench.site(server, session="Session On")
    server.write(site.section() + "\n<Location /elsewhere>\nSessionCookieName x path=/\n</Location>")
    server.start()
    server.expect_log("LO0101|AH01815|AH01817")
    answer = Visitor(site, server).get("/")
    assert answer.status_code == 500
    assert "not set up" in answer.text
    assert "SessionCookieName" in server.log()


def test_expired_session_does_not_lock_out(bench, linode):
    server, site = bench.serve(session=COOKIE + "SessionMaxAge 1")
    server.expect_log("AH018")
    visitor = Visitor(site, server)
    visitor.start()
    time.sleep(1.5)
    for cookie in visitor.session.cookies:
        cookie.expires = None
    linode.settings(provision_seconds=0)
    page = visitor.get("/")
    assert page.status_code == 200
    url = visitor.start()
    answer = visitor.get(visitor.consent(url))
    assert answer.status_code == 303, answer.text


def test_changed_passphrase_does_not_lock_out(bench, linode):
    modules = ("session", "session_cookie", "session_crypto")
    server = bench.server()
    site = bench.site(server, session=COOKIE + "SessionCryptoPassphrase one")
    server.expect_log("AH018")
    server.write(site.section(), modules)
    server.start()
    visitor = Visitor(site, server)
    visitor.start()
    server.stop()
    site.session = COOKIE + "SessionCryptoPassphrase two"
    server.write(site.section(), modules)
    server.start()
    visitor.deploy()
    assert len(linode.linodes()) == 1


def test_undecodable_cookie_does_not_lock_out(bench, linode):
    modules = ("session", "session_cookie", "session_crypto")
    server, site = bench.serve(modules=modules, session=COOKIE + "SessionCryptoPassphrase one")
    server.expect_log("AH018")
    visitor = Visitor(site, server)
    visitor.session.cookies.set("linode", "rubbish", path="/", domain="localhost.local")
    visitor.deploy()
    assert len(linode.linodes()) == 1


def test_key_can_be_rotated(bench, linode):
    old, new = "o" * 40, "n" * 40
    server = bench.server()
    site = bench.site(server, SecretKey=old)
    server.write(site.section())
    server.start()
    visitor = Visitor(site, server)
    callback = visitor.consent(visitor.start())
    server.stop()
    site.directives["SecretKey"] = f"{new} {old}"
    server.write(site.section())
    server.start()
    assert visitor.get(callback).status_code == 303
    assert len(linode.linodes()) == 1
