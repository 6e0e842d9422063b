# SPDX-License-Identifier: Apache-2.0
"""What is risky about a session, or will not work in a browser, is said by httpd -t with the place
and the line to write; it is no reason not to start."""
import re

import pytest
from harness.server import SESSION_MODULES, Server
from harness.visitor import Visitor

MODULES = (*SESSION_MODULES, "dbd", "session_dbd")
LINE = "SessionCookieName __Host-linode path=/;HttpOnly;Secure;SameSite=Lax"
PLAIN = "SessionCookieName linode path=/;HttpOnly;SameSite=Lax"


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()


def mount(session, path="/install", https=True):
    url = ("https://shop.example" if https else "http://localhost:5000") + path.rstrip("/")
    return (f"<Location {path}>\nSetHandler linode-oauth\nSession On\n{session}\n"
            f"LinodeOAuthCallbackURL {url}/auth_callback\nLinodeOAuthClientID abc\n"
            "LinodeOAuthClientSecret s3cret-s3cret-s3cret\nLinodeOAuthStackScriptID 320826\n"
            "LinodeOAuthApplicationName Hello\n</Location>\n")


def warnings(server, config):
    server.write(config, MODULES)
    status, said = server.configtest()
    assert status == 0, said
    return [line for line in said.splitlines() if line != "Syntax OK"]


def place(server, line):
    """file:line of a line that stands in the configuration once."""
    lines = server.conf.read_text().splitlines()
    [number] = [number for number, text in enumerate(lines, start=1) if text == line]
    return f"{server.conf}:{number}: "


@pytest.mark.parametrize("session", [
    LINE, LINE.replace(";", "; "), LINE.replace("SameSite", "samesite").replace("Secure", "secure"),
    LINE.replace("linode", "other"), LINE + "\nSessionMaxAge 900", LINE + "\nSessionEnv Off",
    LINE + "\nSessionExclude /install/assets/",
    LINE.replace("SessionCookieName", "SessionDBDCookieName")])
def test_good_session_warns_of_nothing(server, session):
    assert warnings(server, mount(session)) == []


@pytest.mark.parametrize("session", [PLAIN, PLAIN.replace("path=/", "path=/install"), LINE])
def test_plain_http_on_loopback_needs_neither_secure_nor_prefix(server, session):
    assert warnings(server, mount(session, https=False)) == []


COOKIES = [
    ("linode path=/;HttpOnly;Secure;SameSite=Lax", ["no name that begins with __Host-"], LINE),
    ("__Secure-linode path=/;HttpOnly;Secure;SameSite=Lax", ["begins with __Host-"], LINE),
    ("__Host-linode path=/;HttpOnly;SameSite=Lax", ["has no Secure"], LINE),
    ("__Host-linode path=/;Secure;SameSite=Lax", ["has no HttpOnly"], LINE),
    ("__Host-linode path=/;HttpOnly;Secure", ["has no SameSite"], LINE),
    ("__Host-linode path=/;HttpOnly;Secure;SameSite=Strict", ["SameSite=Strict", "withhold"], LINE),
    ("__Host-linode path=/;HttpOnly;Secure;SameSite=None", ["SameSite=None"], LINE),
    ("__Host-linode path=/;HttpOnly;Secure;SameSite=Off", ["do not know"], LINE),
    ("__Host-linode path=/install;HttpOnly;Secure;SameSite=Lax", ["another path than /"], LINE),
    ("__Host-linode HttpOnly;Secure;SameSite=Lax", ["has no path"], LINE),
    ("__Host-linode path=/;domain=example;HttpOnly;Secure;SameSite=Lax", ["has a domain"], LINE),
    ("linode", ["no SameSite", "no path", "__Host-"], LINE),
    ("linode path=/", ["no Secure", "no HttpOnly", "no SameSite", "__Host-"], LINE),
    ("shop path=/", ["no Secure"], LINE.replace("linode", "shop")),
]


@pytest.mark.parametrize("directive", ["SessionCookieName", "SessionDBDCookieName"])
@pytest.mark.parametrize("cookie, words, better", COOKIES, ids=[c for c, _, _ in COOKIES])
def test_cookie(server, directive, cookie, words, better):
    [line] = warnings(server, mount(f"{directive} {cookie}"))
    better = better.replace("SessionCookieName", directive)
    assert line.startswith("<Location /install>: LO0111: "
                           + place(server, f"{directive} {cookie}") + "the cookie ")
    for word in words:
        assert word in line
    assert line.endswith(f"; write `{better}`")
    assert warnings(server, mount(better)) == [], "the line to write is a good one"


@pytest.mark.parametrize("cookie, word", [
    ("linode path=/;SameSite=Lax", "HttpOnly"), ("linode path=/;HttpOnly", "SameSite"),
    ("linode path=/;HttpOnly;SameSite=Strict", "Strict"),
    ("linode path=/elsewhere;HttpOnly;SameSite=Lax", "another path"),
    ("linode HttpOnly;SameSite=Lax", "has no path")])
def test_cookie_on_loopback(server, cookie, word):
    [line] = warnings(server, mount(f"SessionCookieName {cookie}", https=False))
    assert word in line and "Secure" not in line and "__Host-" not in line
    assert line.endswith(f"; write `{PLAIN}`")


@pytest.mark.parametrize("session, code, words", [
    ("SessionEnv On", "LO0113", ["write `SessionEnv Off`"]),
    ("SessionHeader X-Session", "LO0114", ["take the line `SessionHeader X-Session` out"]),
    ("SessionMaxAge 600", "LO0115", ["15 minutes", "write `SessionMaxAge 900`"]),
    ("SessionExclude /install/auth_callback", "LO0116",
     ["SessionExclude leaves /install/auth_callback", "write `SessionExclude /install/assets/`"]),
    ("SessionInclude /elsewhere", "LO0116", ["SessionInclude leaves /install/ "]),
    ("SessionCookieName2 linode path=/", "LO0112", ["Set-Cookie2", f"write `{LINE}`"]),
    ("SessionDBDCookieName2 linode path=/", "LO0112",
     ["Set-Cookie2", f"write `{LINE.replace('SessionC', 'SessionDBDC')}`"]),
])
def test_other_directives(server, session, code, words):
    [line] = warnings(server, mount(f"{LINE}\n{session}"))
    assert f": {code}: {place(server, session)}" in line
    for word in words:
        assert word in line


def host(server, content, name="https://shop.example"):
    return f"<VirtualHost *:{server.port}>\nServerName {name}\n{content}</VirtualHost>\n"


BAD = "SessionCookieName bad path=/"
ELSEWHERE = {
    "other-mount": lambda server: f"<Location /other>\n{BAD}\nSessionEnv On\n</Location>\n",
    "longer-path": lambda server: f"<Location /installer>\n{BAD}\n</Location>\n",
    "below": lambda server: f"<Location /install/deploys>\n{BAD}\n</Location>\n",
    "pattern": lambda server: f"<Location /other*>\n{BAD}\n</Location>\n",
    "regex": lambda server: f"<LocationMatch ^/other>\n{BAD}\n</LocationMatch>\n",
    "tilde": lambda server: f"<Location ~ ^/other>\n{BAD}\n</Location>\n",
    "server-overridden": lambda server: f"{BAD}\n",
    "around-overridden": lambda server: f"<Location />\n{BAD}\n</Location>\n",
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_what_does_not_apply_is_not_warned_of(server, where):
    assert warnings(server, ELSEWHERE[where](server) + mount(LINE)) == []


@pytest.mark.parametrize("content", [
    f"{BAD}\nSessionEnv On\nSessionMaxAge 1\n", f"<Location /install>\n{BAD}\n</Location>\n"])
def test_another_virtual_host_is_none_of_ours(server, content):
    other = host(server, content, "https://other.example")
    assert warnings(server, other + host(server, mount(LINE))) == []
    assert warnings(server, host(server, mount(LINE)) + other) == []


AROUND = {
    "server": f"{BAD}\n",
    "around": f"<Location />\n{BAD}\n</Location>\n",
    "quoted": f'<Location "/install">\n{BAD}\n</Location>\n',
    "pattern": f"<Location /inst*/>\n{BAD}\n</Location>\n",
    "regex": f"<LocationMatch ^/inst>\n{BAD}\n</LocationMatch>\n",
    "tilde": f'<Location ~ "^/inst">\n{BAD}\n</Location>\n',
    "condition": f"<IfModule session_module>\n{BAD}\n</IfModule>\n",
}


@pytest.mark.parametrize("where", AROUND)
def test_what_is_inherited_is_warned_of(server, where):
    [line] = warnings(server, AROUND[where] + mount(""))
    assert "LO0111: " + place(server, BAD) in line


def test_last_section_that_applies_counts(server):
    """httpd merges sections in their order."""
    later = f"<Location /install>\n{BAD}\n</Location>\n"
    assert warnings(server, later + mount(LINE)) == []
    [line] = warnings(server, mount(LINE) + later)
    assert place(server, BAD) in line


def test_virtual_host_inherits_and_overrides(server):
    [line] = warnings(server, f"{BAD}\n" + host(server, mount("")))
    assert place(server, BAD) in line
    assert warnings(server, f"{BAD}\n" + host(server, LINE + "\n" + mount(""))) == []
    [line] = warnings(server, f"{LINE}\n" + host(server, BAD + "\n" + mount("")))
    assert place(server, BAD) in line


def test_included_file_is_named(server):
    part = server.dir / "part.conf"
    part.write_text(f"# one\n{BAD}\n")
    [line] = warnings(server, mount(f"Include {part}"))
    assert f"LO0111: {part}:2: " in line


def test_store_that_does_not_apply(server):
    [line] = warnings(server, f"<Location /other>\n{LINE}\n</Location>\n" + mount(""))
    assert "LO0101: no session store is set up here; add `SessionCookieName" in line


def test_warned_server_starts_and_says_so_in_its_log(bench):
    server = bench.server()
    site = bench.site(server, session="Session On\nSessionCookieName linode path=/")
    server.write(site.section())
    server.start()
    assert Visitor(site, server).get("/").status_code == 200
    assert re.search(r"LO0111: .*httpd\.conf:\d+: the cookie linode has no HttpOnly", server.log())
