# SPDX-License-Identifier: Apache-2.0
"""Nothing secret in a log at any level; the session is sealed."""
import base64

from harness.visitor import Visitor, password_in


def test_nothing_secret_in_the_logs(bench, linode):
    # At core:trace5 httpd prints the request line itself, before any module sees it.
    server, site = bench.serve(log_level="trace8 core:trace4")
    server.expect_log("AH")  # httpd's own chatter at that level
    visitor = Visitor(site, server)
    page = visitor.deploy()
    server.secrets.add(password_in(page.text))
    visitor.get(visitor.consent(visitor.start(), grant="linodes:read_only"))
    assert len(server.secrets) >= 4
    assert server.leaks() == []


def test_session_shows_nothing(shop):
    page = shop.deploy()
    password = password_in(page.text)
    [cookie] = shop.session.cookies
    value = cookie.value.split("=", 1)[1]
    raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    assert raw[0] == 1, "the layout's version"
    for secret in (password, "eu-central", "g6-nanode-1"):
        assert secret.encode() not in raw and secret not in cookie.value


def test_session_fits_a_cookie_however_many_flows(shop):
    for _ in range(12):
        shop.deploy()
    for _ in range(12):
        shop.start()
    [cookie] = shop.session.cookies
    assert len(cookie.value) <= 3072 + 32


def test_changed_session_is_an_empty_one(shop, linode):
    callback = shop.consent(shop.start())
    [cookie] = shop.session.cookies
    middle = len(cookie.value) // 2
    other = "A" if cookie.value[middle] != "A" else "B"
    cookie.value = cookie.value[:middle] + other + cookie.value[middle + 1:]
    shop.session.cookies.set_cookie(cookie)
    assert shop.get(callback).status_code == 400
    assert not linode.journal("oauth.token")
    shop.deploy()
    assert len(linode.linodes()) == 1, "the next login in that browser works"
