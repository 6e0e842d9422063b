# SPDX-License-Identifier: Apache-2.0
"""Mounts that share a cookie, and servers that share a key."""
import pytest
from harness.database import MODULES, SESSION
from harness.session import cookie_of, entries_of, ours, set_cookie, written
from harness.visitor import Visitor, password_in

COOKIE = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax\n"


@pytest.fixture
def mounts(bench):
    """Two mounts, one key, one cookie, one browser."""
    server = bench.server()
    sites = [bench.site(server, path=path, SecretKey="k" * 40) for path in ("/one", "/two")]
    server.write("\n".join(site.section() for site in sites))
    server.start()
    one, two = (Visitor(site, server) for site in sites)
    two.session = one.session
    return one, two


def test_mounts_keep_each_others_flows(mounts, linode):
    one, two = mounts
    pages = [one.deploy(), two.deploy(), one.deploy()]
    for visitor, page in zip((one, two, one), pages):
        assert password_in(visitor.get(page.url).text) == password_in(page.text)
    assert len(linode.linodes()) == 3


def test_flow_of_one_mount_is_not_the_others(mounts, linode):
    """Neither by its address, nor by its login, nor under the other's name in the session."""
    one, two = mounts
    page = one.deploy()
    name, sealed = ours(cookie_of(one))
    assert two.get(page.url.replace("/one/", "/two/")).status_code == 404
    two.start()
    [other] = set(entries_of(cookie_of(two))) - {name}
    set_cookie(two, written({other: sealed}))
    assert two.get(page.url.replace("/one/", "/two/")).status_code == 404
    callback = one.consent(one.start())
    before = len(linode.journal("oauth.token"))
    assert two.get(callback.replace("/one/", "/two/")).status_code == 400
    assert len(linode.journal("oauth.token")) == before


def test_many_flows_in_both_mounts_fit_one_cookie(mounts):
    """Name, value and attributes: a browser drops what is longer, without a word."""
    one, two = mounts
    for number in range(10):
        for visitor in mounts:
            page = visitor.deploy() if number % 2 else None
            answer = visitor.post("/", {"type": "g6-nanode-1", "region": "eu-central",
                                        "distribution": "linode/debian12"})
            assert answer.status_code == 303
            [cookie] = {value for name, value in answer.raw.headers.items() if name == "Set-Cookie"}
            assert len(cookie) <= 4096
            visitor.result(visitor.get(visitor.consent(answer.headers["Location"])))
            if page:
                assert visitor.get(page.url).status_code in (200, 404)
    assert len([name for name in entries_of(cookie_of(one)) if name.startswith("lo-")]) == 2


def test_mount_that_is_gone_or_foreign_entries_lock_nobody_out(mounts, linode):
    """What else is in the session makes room for the flow at hand, the longest first."""
    one, _ = mounts
    set_cookie(one, written({"lo-gonegone": "x" * 2500, "user": "someone", "more": "y" * 1000}))
    page = one.deploy()
    assert password_in(one.get(page.url).text)
    kept = entries_of(cookie_of(one))
    assert kept["user"] == "someone" and "lo-gonegone" not in kept
    assert len(linode.linodes()) == 1


# The database before bench, so that the servers are stopped first.
@pytest.mark.parametrize("in_database", [False, True], ids=["cookie", "database"])
def test_flow_begun_on_one_server_ends_on_another(postgresql, bench, linode, in_database):
    """Two servers behind one name, with the same configuration and nothing else in common (but
    the database, where there is one). Both say the name in their callback URL."""
    modules, extra, session = ((MODULES, postgresql.config, SESSION) if in_database else
                               (("session", "session_cookie"), "", COOKIE))
    servers = [bench.server() for _ in range(2)]
    site = bench.site(servers[0], session=session)
    site.directives["CallbackURL"] = site.url + "/auth_callback"
    for server in servers:
        server.secrets.add(site.secret)
        server.write(extra + site.section(), modules=modules)
        server.start()
    first, second = (f"http://localhost:{server.port}" for server in servers)
    visitor = Visitor(site, servers[0])
    callback = visitor.consent(visitor.start())
    answer = visitor.get(callback.replace(first, second))
    assert answer.status_code == 303
    path = answer.headers["Location"]
    pages = [visitor.get(where + path) for where in (first, second)]
    passwords = {password_in(page.text) for page in pages}
    assert len(passwords) == 1 and None not in passwords
    visitor.note_secret(*passwords)
    assert linode.has_password(linode.linodes()[0]["id"], passwords.pop())
    again = visitor.get(callback)
    assert again.status_code == 303 and again.headers["Location"] == path
    assert len(linode.linodes()) == 1


def test_server_with_another_key_finds_nothing(bench, linode):
    servers = [bench.server() for _ in range(2)]
    site = bench.site(servers[0], SecretKey="a" * 40)
    site.directives["CallbackURL"] = site.url + "/auth_callback"
    servers[0].write(site.section())
    site.directives["SecretKey"] = "b" * 40
    servers[1].write(site.section())
    for server in servers:
        server.start()
    visitor = Visitor(site, servers[0])
    callback = visitor.consent(visitor.start())
    other = callback.replace(f":{servers[0].port}", f":{servers[1].port}")
    assert visitor.get(other).status_code == 400
    assert not linode.journal("oauth.token")
