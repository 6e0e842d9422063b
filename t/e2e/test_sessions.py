# SPDX-License-Identifier: Apache-2.0
"""A mount without a store, and keys that are replaced."""
from harness.visitor import Visitor, password_in


def test_no_store_at_the_mount_is_told(bench):
    """A store elsewhere is none here: said at start, and again at the first request."""
    server = bench.server()
    site = bench.site(server, session="Session On")
    server.write(site.section() + "\n<Location /elsewhere>\nSessionCookieName x path=/\n</Location>")
    assert "LO0101: no session store is set up here; add `SessionCookieName" in server.configtest()[1]
    server.start()
    server.expect_log("LO0101|AH01815|AH01817")
    answer = Visitor(site, server).get("/")
    assert answer.status_code == 500
    assert "not set up" in answer.text
    assert "SessionCookieName" in server.log()


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


def test_key_that_is_gone_opens_nothing(bench, linode):
    server = bench.server()
    site = bench.site(server, SecretKey="o" * 40)
    server.write(site.section())
    server.start()
    visitor = Visitor(site, server)
    page = visitor.deploy()
    server.stop()
    site.directives["SecretKey"] = "n" * 40
    server.write(site.section())
    server.start()
    assert visitor.get(page.url).status_code == 404
    assert password_in(visitor.deploy().text)
    assert len(linode.linodes()) == 2


def test_next_answer_is_sealed_with_the_new_key(bench):
    """So the old key can go as soon as the sessions of its time have ended."""
    old, new = "o" * 40, "n" * 40
    server = bench.server()
    site = bench.site(server, SecretKey=old)
    visitor = Visitor(site, server)
    for keys in (old, f"{new} {old}", new):
        site.directives["SecretKey"] = keys
        server.write(site.section())
        server.start()
        if keys != new:
            page = visitor.deploy()
        assert password_in(visitor.get(page.url).text) == password_in(page.text)
        server.stop()
