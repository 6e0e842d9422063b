# SPDX-License-Identifier: Apache-2.0
"""httpd -t finds what is wrong: it names the directive, the value (never a secret) and the remedy."""
import re

import pytest
import requests
from harness.server import SESSION_MODULES, TOP, Server, Site, free_port
from harness.visitor import Visitor

GOOD = dict(ClientID="abc", ClientSecret="s3cret-s3cret-s3cret", StackScriptID="320826",
            ApplicationName="Hello", CallbackURL="http://localhost:5000/auth_callback")


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()


def section(path="/", session="Session On\nSessionCookieName s path=/", **directives):
    lines = [f"LinodeOAuth{name} {value}" for name, value in directives.items()
             if value is not None]
    return "\n".join([f"<Location {path}>", "SetHandler linode-oauth", session, *lines,
                      "</Location>\n"])


def check(server, config, modules=SESSION_MODULES):
    server.write(config, modules)
    return server.configtest()


def test_good_configuration(server):
    status, said = check(server, section(**GOOD))
    assert status == 0, said


WRONG = [
    ("ClientID", '""', '"": must have 1 to 128 characters'),
    ("ClientID", '" "', "must not be blank"),
    ("ClientID", '"a b"', "without spaces"),
    ("ClientID", "çé", "visible characters"),
    ("ClientID", 'abc ""', "takes 1 argument (id), not 2"),
    ("ClientID", "x" * 200, "1 to 128 characters"),
    ("ClientID", "a b", "takes 1 argument"),
    ("ClientSecret", "short", "16 to 512 characters"),
    ("ClientSecret", "file:/nonexistent", "cannot be read"),
    ("ClientSecret", '"has spaces in the secret"', "without spaces"),
    ("StackScriptID", "abc", "whole number"),
    ("StackScriptID", "0", "whole number"),
    ("StackScriptID", "99999999999999999999", "whole number"),
    ("ApplicationName", "x" * 51, "1 to 50 characters"),
    ("ApplicationName", '" "', "must not be blank"),
    ("ApplicationName", "é" * 51, "1 to 50 characters, not 51"),
    ("SecretKey", "too-short", "openssl rand"),
    ("CallbackURL", "http://example.org/auth_callback", "https"),
    ("CallbackURL", "https://example.org/elsewhere", "/auth_callback"),
    ("CallbackURL", "https://example.org/somewhere/else/entirely", "/auth_callback"),
    ("CallbackURL", "https://example.org/auth_callback?x=/auth_callback", "/auth_callback"),
    ("CallbackURL", "nonsense", "URL"),
    ("Types", "", "arguments"),
    ("Types", "a " * 201, "takes 1 to 200 arguments (pattern ...), not 201"),
    ("Types", 'a "" b', '"": must have 1 to 128 characters'),
    ("Regions", "x" * 129, "1 to 128 characters, not 129"),
    ("Images", '"a\tb"', "control characters"),
    ("Tags", '"a\x01b"', "control characters"),
    ("Tags", "ab", "3 to 50 characters"),
    ("Pages", "deploy linodes", "LinodeOAuthPages"),
    ("Pages", "domains", "not one of"),
    ("Pages", "deploy deploy", "takes 1 argument (deploy), not 2"),
    ("ContentSecurityPolicy", "\"default-src 'none'; scriptsrc *\"", 'know no "scriptsrc" there'),
    ("ContentSecurityPolicy", "\"img-src é\"", "ASCII alone"),
    ("Scopes", "nonsense:scope", "scope"),
    ("Scopes", "linodes:read_only", "linodes:read_write"),
    ("PKCE", "maybe", "neither on nor off"),
    ("TokenLifetime", "1h", "LinodeOAuthTokenLifetime"),
    ("ResultLifetime", "5", "not between"),
    ("TemplateDirectory", "/nonexistent", "cannot be read"),
    ("TemplateDirectory", "/etc/passwd", "not a directory"),
    ("Accent", "teal", "write #rrggbb"),
    ("Accent", "#0b5f5", "write #rrggbb"),
    ("Accent", "#58cfc0", "1.6:1 with the light page"),
    ("Accent", "#0b5f59 #fff", "takes 1 argument"),
    ("Logo", "/nonexistent.svg", "cannot be read"),
    ("Logo", "/etc", "not a file"),
    ("Logo", "/etc/hostname", "neither PNG nor SVG"),
    ("LoginURL", "http://login.example", "https"),
    ("LoginURL", "https://user:pw@login.example", "user"),
    ("APIURL", "ftp://api.example", "https"),
    ("CAFile", "/nonexistent.pem", "cannot be read"),
    ("CAFile", "/etc", "not a file"),
    ("CAFile", "/etc/hostname", "holds no certificate"),
    ("VisitorRate", "often", "60/1m"),
    ("VisitorRate", "5", "60/1m"),
    ("VisitorRate", "5/", "60/1m"),
    ("VisitorRate", "-5/1m", "60/1m"),
    ("VisitorRate", "5/0", "60/1m"),
    ("VisitorRate", "0/1m", "60/1m"),
    ("VisitorRate", "5/25h", "a day or less"),
    ("VisitorRate", "1/400000h", "60/1m"),
    ("APIURL", "https://api.linode.com/v4?key=1", "has a query"),
    ("LoginURL", "https://login.linode.com?", "has a query"),
    ("Proxy", "proxy.example.org:3128", "http://host:port"),
    ("Proxy", "socks5://proxy.example.org", "http://host:port"),
    ("Proxy", "http://user:pw@proxy.example.org", "without a user name"),
    ("Proxy", "http://proxy.example.org/path", "without a user name or a path"),
    ("LoginURL", "https://login.example/?x", "has a query"),
    ("Retries", "+1", "whole number"),
    ("Proxy", "http://proxy.example.org", "http://host:port"),
    ("Proxy", "http://proxy.example.org:", "http://host:port"),
    ("Proxy", "http://proxy.example.org:0", "http://host:port"),
    ("Proxy", "https://proxy.example.org:65536", "http://host:port"),
    ("Timeout", "5s", "takes 2 arguments"),
    ("Timeout", "30s 5s", "must not be longer"),
    ("Timeout", "soon later", "not a time"),
    ("Retries", "-1", "whole number"),
    ("Retries", "11", "whole number"),
    ("Field", "db_password", "name of a field and what"),
    ("Field", "db_password generate 7", "from 8 to 128"),
    ("Field", "db_password generate many", 'from 8 to 128, not "many"'),
    ("Field", "db_password generate", "number of values"),
    ("Field", "email type name", "email, url, hostname or port"),
    ("Field", "email pattern (", "regular expression"),
    ("Field", "email label Your mail", "number of values"),
    ("Field", "email shown", "none of generate"),
    ("Field", 'email label "a\x01b"', "email: label must not contain control characters"),
    ("Field", 'email label " "', "label must not be blank"),
    ("Field", "email label " + "é" * 201, "label must have 1 to 200 characters, not 201"),
    ("Field", "email help " + "x" * 1001, "help must have 0 to 1000 characters, not 1001"),
    ("Field", '"e\x01" secret', "the name must not contain control characters"),
    ("Field", '" " secret', "name of a field and what"),
    ("Field", 'email pattern ""', "regular expression"),
    ("Field", 'email hidden "a\x01"', "other than tabs"),
    ("Instance", "kernel grub2", 'kernel such as linode/grub2, not "grub2"'),
    ("Instance", 'kernel "linode/a\x01"', "kernel such as linode/grub2"),
    ("Instance", "kernel linode/" + "x" * 100, "kernel such as linode/grub2"),
    ("Field", 'email pattern .* "a\x01b"', "the pattern's message must not contain control characters"),
    ("Ask", "name", "not one of"),
    ("Ask", "", "arguments"),
    ("Ask", "none label", "none and for more"),
    ("Instance", "private_ip", "takes 2 arguments"),
    ("Instance", "private_ip maybe", 'private_ip takes true or false, not "maybe"'),
    ("Instance", "privateip true", 'does not know the field "privateip"'),
    ("Instance", "label box", "LinodeOAuthAsk label"),
    ("Instance", "tags box", "write LinodeOAuthTags"),
    ("Instance", "placement_group 7", "JSON object"),
    ("CatalogRefresh", "1s", "not between"),
    ("CatalogRefresh", "often", "not a time"),
    ("UpstreamLimit", "0", "whole number"),
]


@pytest.mark.parametrize("name, value, remedy", WRONG, ids=[f"{n}-{v[:20]}" for n, v, _ in WRONG])
def test_wrong_value(server, name, value, remedy):
    status, said = check(server, section(**{**GOOD, name: value}))
    assert status != 0
    assert f"LinodeOAuth{name}" in said, said
    assert remedy in said, said


VALUES = {"empty": '""', "blank": '" "', "unknown": "nonsense", "negative": "-1", "huge": "9" * 30,
          "foreign": '"çé漢"', "control": '"a\x01b"', "long": "x" * 5000, "many": "a " * 300}
# Where such a value is as good as any other: names, patterns, paths.
FREE = {"ClientID": {"unknown", "negative", "huge"}, "ClientSecret": {"huge"},
        "ApplicationName": {"unknown", "huge", "foreign"},
        "Types": {"unknown", "negative", "huge", "foreign"},
        "Regions": {"unknown", "negative", "huge", "foreign"},
        "Images": {"unknown", "negative", "huge", "foreign"},
        "Tags": {"unknown", "huge", "foreign"},
        "StateDirectory": {"unknown", "negative", "huge", "foreign"}}


@pytest.mark.parametrize("name", re.findall(
    r'^DIRECTIVE\(\w+, "LinodeOAuth(\w+)"', (TOP / "src/directives.def").read_text(), re.M))
def test_no_directive_takes_anything(server, name):
    """Each says what is wrong, in a line that can be read, whatever is written."""
    for kind, value in VALUES.items():
        config = section(**GOOD) if name == "StateDirectory" else section(**{**GOOD, name: value})
        line = f"LinodeOAuthStateDirectory {value}\n" if name == "StateDirectory" else ""
        status, said = check(server, line + config)
        if kind in FREE.get(name, ()):
            assert status == 0, said
            continue
        told = [line for line in said.splitlines() if f"LinodeOAuth{name}" in line]
        assert status == 1 and told, f"{kind}: {said}"
        assert all(len(line) < 500 for line in told), said


def test_passwords_in_urls_are_not_repeated(server):
    for name in ("CallbackURL", "LoginURL", "APIURL", "Proxy"):
        status, said = check(server, section(**{**GOOD, name: "https://user:pa55@h.example/"}))
        assert status != 0 and f"LinodeOAuth{name}" in said and "pa55" not in said


def test_patterns_beyond_sixty_four(bench):
    """Where httpd's own splitting of a line ends, without a word."""
    server, site = bench.serve(Types="none " * 100 + "g6-nanode-1")
    server.expect_log("LO0431.*none")
    page = Visitor(site, server).get("/", headers={"Accept": "application/json"}).json()
    assert [row["id"] for row in page["types"]] == ["g6-nanode-1"]


def test_characters_are_counted_and_not_bytes(bench, linode):
    server, site = bench.serve(ApplicationName='"' + "Привет " * 7 + '!"')
    Visitor(site, server).deploy()
    assert linode.linodes()[0]["tags"] == ["Привет " * 7 + "!"]


@pytest.mark.parametrize("name, value, argument", [
    ("ApplicationName", '"Caf\xe9 page"', 1), ("Tags", '"Owncast" "Caf\xe9"', 2),
    ("Field", 'site_name label "Caf\xe9"', 3), ("Instance", 'metadata {"user_data":"\xe9"}', 2)])
def test_text_that_is_not_utf8(server, name, value, argument):
    server.write(section(**{**GOOD, name: value}))
    server.conf.write_bytes(server.conf.read_text().encode("latin-1"))
    status, said = server.configtest()
    assert status != 0 and f"LinodeOAuth{name} takes UTF-8, which argument {argument} is not" in said


@pytest.mark.parametrize("name", ["ClientID", "ClientSecret", "StackScriptID", "ApplicationName"])
def test_missing_directive(server, name):
    status, said = check(server, section(**{**GOOD, name: None}))
    assert status != 0
    assert f"LinodeOAuth{name} is missing" in said and f"add `LinodeOAuth{name} " in said


def test_all_faults_are_shown_at_once(server):
    status, said = check(server, section("/a", **{**GOOD, "ClientID": None, "StackScriptID": None})
                         + section("/b", **{**GOOD, "ApplicationName": None}))
    assert status != 0
    for name in ("ClientID", "StackScriptID", "ApplicationName"):
        assert f"LinodeOAuth{name} is missing" in said


def test_secrets_are_never_repeated(server):
    for name, value in (("ClientSecret", "p4ss"), ("ClientSecret", '"my own p4ss word here"'),
                        ("SecretKey", "p4ss")):
        status, said = check(server, section(**{**GOOD, name: value}))
        assert status != 0 and "p4ss" not in said


def test_state_directory_is_for_the_whole_server(server):
    status, said = check(server, section(**GOOD, StateDirectory="/tmp/x"))
    assert status != 0 and "LinodeOAuthStateDirectory" in said


def test_template_error_has_file_line_and_column(server, tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "configure.html").write_text("fine\n{% for %}\n")
    status, said = check(server, section(**GOOD, TemplateDirectory=tmp_path))
    assert status != 0
    assert "configure.html:2:" in said


def test_mount_without_a_fixed_path(server):
    config = section(**GOOD).replace("<Location />", "<LocationMatch ^/x>").replace(
        "</Location>", "</LocationMatch>")
    status, said = check(server, config)
    assert status != 0 and "<Location /path>" in said


@pytest.mark.parametrize("around", ["", "Directory /srv", "Files x", "If true", "VirtualHost *:80"])
def test_mount_elsewhere_than_in_a_location(server, around):
    handler = "SetHandler linode-oauth\n"
    within = f"<{around}>\n{handler}</{around.split()[0]}>\n" if around else handler
    status, said = check(server, section(**GOOD) + within)
    assert status != 0 and "LO0102" in said and "move it there" in said


def test_directives_below_a_mount(server):
    config = section("/a", **GOOD) + "<Location /a/b>\nLinodeOAuthPKCE off\n</Location>\n"
    status, said = check(server, config)
    assert status != 0 and "LinodeOAuthPKCE in <Location /a/b>" in said


@pytest.mark.parametrize("around", ["If true", "Directory /srv", "Files index.html"])
def test_sections_that_depend_on_a_request(server, around):
    """They have no part in a mount, which is resolved at start."""
    within = f"<{around}>\nLinodeOAuthStackScriptID 7\n</{around.split()[0]}>\n"
    good = section(**GOOD)
    config = good.replace("</Location>", within + "</Location>") if "If" in around else good + within
    status, said = check(server, config)
    assert status != 0 and f"LinodeOAuthStackScriptID cannot occur within <{around.split()[0]}" in said


def test_directives_between_two_mounts(server):
    """What is below the one is around the other, which reads them."""
    between = "<Location /a/b>\nLinodeOAuthStackScriptID 7\n</Location>\n"
    inner = {**GOOD, "StackScriptID": None, "CallbackURL": "http://localhost:5000/a/b/c/auth_callback"}
    status, said = check(server, section("/a", **GOOD) + between + section("/a/b/c", **inner))
    assert status == 0, said


def test_callback_url_that_linode_would_not_take(server):
    """From a ServerName without https that is not loopback."""
    config = f"<VirtualHost *:{server.port}>\nServerName shop.example\n" + section(
        **{**GOOD, "CallbackURL": None}) + "</VirtualHost>\n"
    status, said = check(server, config)
    assert status != 0
    assert "http://shop.example" in said and "LinodeOAuthCallbackURL" in said


def host(server, inside, listen="", name="shop.example", **directives):
    port = free_port()
    return (f"Listen 127.0.0.1:{port} {listen}\n<VirtualHost *:{port}>\n{inside}\n"
            f"ServerName {name}\n" + section("/install", **{**GOOD, "CallbackURL": None, **directives})
            + "</VirtualHost>\n", port)


@pytest.mark.parametrize("listen, inside, is_https", [
    ("https", "", True), ("", "SSLEngine on", True), ("", "", False), ("http", "", False),
    ("https", "SSLEngine off", False), ("", "SSLEngine optional", False)])
def test_scheme_of_a_port_that_is_none_of_the_usual(server, listen, inside, is_https):
    """With a ServerName that says none: what the port speaks."""
    config, port = host(server, inside, listen)
    status, said = check(server, config, (*SESSION_MODULES, "socache_shmcb", "ssl"))
    assert (status == 0) == is_https, said
    assert is_https or f"would be http://shop.example:{port}/install/auth_callback" in said


def test_callback_on_a_port_with_https(bench):
    server = bench.server()
    config, port = host(server, "", "https", "localhost", APIURL="http://127.0.0.1:1")
    server.write(config)
    server.start()
    answer = requests.get(f"http://localhost:{port}/install/", allow_redirects=False, timeout=10)
    assert answer.headers["Location"] == f"https://localhost:{port}/install/"
    server.expect_log("LO0111|LO0421|LO0412")


def test_virtual_host_is_named(server):
    """Several may have a <Location> of that path."""
    for directives, code in (({}, "LO0105"), ({"CallbackURL": GOOD["CallbackURL"], "Tags": "x"},
                                              "LO0106")):
        config, port = host(server, "", **directives)
        status, said = check(server, config)
        lines = server.conf.read_text().splitlines()
        line = 1 + lines.index(f"<VirtualHost *:{port}>")
        assert status != 0
        assert f"<Location /install> of shop.example:{port} ({server.conf}:{line}): {code}: " in said
        name = 1 + lines.index("ServerName shop.example")
        assert (f"{server.conf}:{name}: the callback URL would be" in said) == (code == "LO0105")


@pytest.mark.parametrize("url, better", [
    ("https://example.org/install/auth_callback/", "https://example.org/install/auth_callback"),
    ("https://example.org/install/auth_callback//", "https://example.org/install/auth_callback"),
    ("https://example.org//auth_callback", "https://example.org/auth_callback"),
    ("https://example.org/a/../auth_callback", "https://example.org/auth_callback"),
    ("HTTPS://Example.Org/Install/auth_callback", "https://Example.Org/Install/auth_callback")])
def test_callback_url_that_never_comes_back(server, url, better):
    status, said = check(server, section(**{**GOOD, "CallbackURL": url}))
    assert status != 0 and f'LinodeOAuthCallbackURL "{url}"' in said
    assert f"write `LinodeOAuthCallbackURL {better}`" in said
    status, said = check(server, section(**{**GOOD, "CallbackURL": better}))
    assert status == 0, said


@pytest.mark.parametrize("url", [
    "https://example.org/auth_callback?x=1", "https://example.org/auth_callback?",
    "https://example.org/auth_callback;x", "https://example.org/?/auth_callback",
    "https://example.org", "https://example.org/%zz/auth_callback"])
def test_callback_url_that_is_none(server, url):
    status, said = check(server, section(**{**GOOD, "CallbackURL": url}))
    assert status != 0 and f'LinodeOAuthCallbackURL "{url}" has' in said, said


def test_callback_of_a_path_with_spaces(server):
    config = section('"/my app"', **{**GOOD, "CallbackURL": None})
    status, said = check(server, config)
    assert status == 0, said


@pytest.mark.parametrize("modules, session, word", [
    ((), "", "mod_session is not loaded"),
    (("session",), "Session On", "no session store is loaded"),
    (("session", "session_cookie"), "SessionCookieName s path=/", "add `Session On`"),
    (("session", "session_cookie"), "Session On", "SessionCookieName"),
    (("session", "session_cookie"), "Session On\nSessionCookieName s path=/\nSessionCookieRemove On",
     "write `SessionCookieRemove Off`"),
])
def test_session_that_is_not_there(server, modules, session, word):
    status, said = check(server, section(session=session, **GOOD), modules)
    assert status != 0
    assert word in said, said


def test_common_directives_are_inherited(bench):
    """Written once for the server, and in an enclosing section."""
    server = bench.server()
    first = bench.site(server, path="/first")
    second = bench.site(server, path="/second/mount")
    common = "\n".join(f"LinodeOAuth{name} {first.directives[name]}"
                       for name in ("LoginURL", "APIURL", "Timeout", "StackScriptID"))
    for site in (first, second):
        for name in ("LoginURL", "APIURL", "Timeout", "StackScriptID"):
            site.directives[name] = None
    second.directives["ApplicationName"] = None
    config = (common + "\n" + first.section() + "\n<Location /second>\n"
              "LinodeOAuthApplicationName \"Second one\"\n</Location>\n" + second.section())
    server.write(config)
    server.start()
    assert "Hello page" in Visitor(first, server).get("/").text
    assert "Second one" in Visitor(second, server).get("/").text


@pytest.mark.parametrize("asked, field, words", [
    ("ssh_key", "authorized_keys '[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom"
     "+RcW9VdGDzg8h6xH9HO9Lk\"]'", "authorized_keys where the visitor is asked"),
    ("label backups", "backups_enabled true", "backups_enabled where the visitor is asked")])
def test_what_is_asked_cannot_be_set(server, asked, field, words):
    status, said = check(server, section(**GOOD, Ask=asked, Instance=field))
    assert status != 0 and words in said and "LinodeOAuthAsk" in said
    status, said = check(server, section(**GOOD, Ask="label", Instance=field))
    assert status == 0, said


def test_fields_of_enclosing_sections_add_up(server):
    """Together they cannot be, whichever section says which."""
    status, said = check(server, "LinodeOAuthInstance interface_generation linode\n"
                         + section(**GOOD, Instance="private_ip true"))
    assert status != 0 and "private_ip with interface_generation" in said
    status, said = check(server, "LinodeOAuthInstance private_ip true\n" + section(
        **GOOD, Instance="interface_generation linode\nLinodeOAuthInstance private_ip false"))
    assert status == 0, said


def test_open_files_of_secrets_are_named(server, tmp_path):
    files = []
    for number, mode in enumerate([0o644, 0o600, 0o604]):
        path = tmp_path / f"key-{number}"
        path.write_text("k" * 40 + str(number))
        path.chmod(mode)
        files.append(path)
    keys = " ".join(f"file:{path}" for path in files)
    status, said = check(server, section(**GOOD, SecretKey=keys))
    assert status == 0, said
    told = [line for line in said.splitlines() if "LO0104" in line]
    assert len(told) == 2
    for line, path in zip(told, (files[0], files[2])):
        assert f"LinodeOAuthSecretKey: every user may read {path}; run `chmod 600 {path}`" in line


SECRET = "s3cret-s3cret-of-a-program"


@pytest.mark.parametrize("script, why", [
    (f"echo {SECRET}; exit 3", "it failed, with the exit status 3"),
    ("echo short >&2; exit 1", "it failed, with the exit status 1"),
    (f"echo {SECRET}; kill -9 $$", "it was ended by signal 9"),
    ("exit 0", "its first line is empty"), ("echo; echo more", "its first line is empty"), (None, "No such file"), ("", "Permission denied")])
def test_program_that_fails_is_said_to(server, tmp_path, script, why):
    """And not that its secret is too short."""
    program = tmp_path / "secret"
    if script is not None:
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755 if script else 0o644)
    for name in ("ClientSecret", "SecretKey"):
        status, said = check(server, section(**{**GOOD, name: f'"exec:{program} argument"'}))
        assert status != 0 and "characters" not in said, said
        assert f"LinodeOAuth{name} gets no secret from {program}: {why}" in said, said
        assert SECRET not in said and "short" not in said and "argument" not in said


def test_file_without_a_secret(server, tmp_path):
    path = tmp_path / "secret"
    for text in ("", "\n" + SECRET):
        path.write_text(text)
        status, said = check(server, section(**{**GOOD, "ClientSecret": f"file:{path}"}))
        assert status != 0 and SECRET not in said, said
        assert f"gets no secret from {path}: its first line is empty" in said, said


def test_program_that_prints_more_than_a_secret(server, tmp_path):
    """Only the first line counts, and the rest may be as long as it likes; nobody types anything."""
    program = tmp_path / "secret"
    program.write_text(f"#!/bin/sh\nread nothing\necho {SECRET}$1\nseq 100000\nseq 100000 >&2\n")
    program.chmod(0o755)
    status, said = check(server, section(**{**GOOD, "ClientSecret": f'"exec:{program} x"'}))
    assert status == 0, said
    program.write_text(f"#!/bin/sh\nprintf %s \"{SECRET}$1\"")
    status, said = check(server, section(**{**GOOD, "ClientSecret": f'"exec:{program} x"'}))
    assert status == 0, said
    status, said = check(server, section(**{**GOOD, "ClientSecret": f'"exec:{program} \'a b\'"'}))
    assert status != 0 and "without spaces" in said, said
