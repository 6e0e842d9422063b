# SPDX-License-Identifier: Apache-2.0
"""trace8 for everything: neither the error log nor the access log nor the scoreboard shows a
code, a token, a password or the client secret."""
import re
import subprocess

import pytest
import requests
from harness.certificates import Authority
from harness.server import MODULES, SESSION_MODULES
from harness.visitor import Visitor

EXTRA = ("LoadModule status_module {modules}/mod_status.so\nExtendedStatus On\n"
         "<Location /server-status>\nSetHandler server-status\n</Location>\n").format(
             modules=MODULES)


@pytest.fixture
def traced(bench):
    server, site = bench.serve(log_level="trace8", extra=EXTRA, path="/install")
    server.expect_log("AH|LO0")  # all levels are there
    return Visitor(site, server)


def test_whole_deploy_at_trace8(traced, linode):
    traced.deploy()
    traced.get(traced.consent(traced.start(), grant="linodes:read_only"))
    traced.get(traced.consent(traced.start(), decision="deny"))
    tokens = linode.state()["tokens"]
    assert not tokens and len(traced.server.secrets) >= 4
    log = traced.server.log()
    assert "Request received from client: GET /install/auth_callback?... HTTP/1.1" in log
    assert "Request received from client: GET /install/deploys/" in log, "others are whole"
    assert not re.search(r"[?&]code=", log + (traced.server.dir / "access.log").read_text())


@pytest.mark.parametrize("level", ["debug", "trace4", "trace8"])
@pytest.mark.parametrize("where", ["server", "section"])
@pytest.mark.parametrize("lifetime", ["", "\nSessionMaxAge 86400"], ids=["session", "lifetime"])
def test_cookie_is_in_no_log(bench, level, where, lifetime):
    """Whoever has it sees the result, with the password."""
    server = bench.server()
    site = bench.site(server, path="/install")
    site.session += lifetime + (f"\nLogLevel {level}" if where == "section" else "")
    server.write(site.section(), log_level=level if where == "server" else "info")
    server.start()
    server.expect_log("AH|LO0")
    visitor = Visitor(site, server)
    visitor.deploy()
    visitor.get("/")
    requests.get(f"http://localhost:{server.port}/elsewhere", cookies=visitor.session.cookies,
                 timeout=10)
    [cookie] = visitor.session.cookies
    log = server.log()
    assert not re.search(r"lo-\w+=[\w-]{40}", log) and cookie.value[:60] not in log


def test_refused_before_the_handler(bench, linode):
    """A callback that another module turns away is logged without its code as well."""
    server = bench.server()
    site = bench.site(server)
    site.session += "\nRequire all denied"
    server.write(site.section(), log_level="trace8")
    server.start()
    server.expect_log("AH")
    visitor = Visitor(site, server)
    answer = visitor.get("/auth_callback?code=c0dec0dec0de&state=5ecre75ecre7")
    assert answer.status_code == 403
    logs = server.log() + (server.dir / "access.log").read_text()
    assert "c0dec0de" not in logs and "5ecre7" not in logs
    assert "/auth_callback?..." in logs


def test_module_that_writes_down_every_address(bench):
    """mod_lua shows a request to whoever logs it by a script of his own."""
    server = bench.server()
    site = bench.site(server)
    (server.dir / "log.lua").write_text(
        "function say(r)\n"
        "  r:notice('seen: ' .. r.unparsed_uri .. ' ' .. r.the_request .. ' ' .. (r.args or '-'))\n"
        "  return apache2.DECLINED\n"
        "end\n")
    server.write(f"LuaHookLog {server.dir}/log.lua say\n" + site.section(),
                 modules=(*SESSION_MODULES, "lua"))
    server.start()
    Visitor(site, server).get("/auth_callback?code=c0dec0dec0de&state=5ecre75ecre7")
    server.wait_until(lambda: "seen: /auth_callback GET /auth_callback?... HTTP/1.1 -"
                      in server.log(), 5)
    assert "c0dec0de" not in server.log() and "5ecre7" not in server.log()


@pytest.mark.parametrize("path", ["/install/auth_callback", "/install/auth%5fcallback",
                                  "/install/./auth_callback", "/install/x/../auth_callback"])
def test_other_spellings_of_the_path(traced, path):
    base = traced.site.url.removesuffix("/install")
    request = requests.Request("GET", base + "/?").prepare()
    request.url = base + path + "?code=c0dec0dec0de&state=x"
    with requests.Session() as session:
        session.send(request, allow_redirects=False, timeout=10)
    logs = traced.server.log() + (traced.server.dir / "access.log").read_text()
    assert "c0dec0de" not in logs


def test_callback_that_the_server_maps_itself(bench):
    """Browsers know the mount under another path."""
    server = bench.server()
    site = bench.site(server, path="/get")
    site.path = "/install"
    site.directives["CallbackURL"] = site.url + "/auth_callback"
    server.write(f"RewriteEngine On\nRewriteRule ^/get(.*)$ /install$1 [PT]\n{site.section()}",
                 modules=(*SESSION_MODULES, "rewrite"))
    server.start()
    Visitor(site, server).deploy()
    log = (server.dir / "access.log").read_text()
    assert "GET /get/auth_callback?... HTTP/1.1" in log and "code=" not in log


def test_others_keep_their_queries(traced):
    base = traced.site.url.removesuffix("/install")
    requests.get(base + "/elsewhere/auth_callback?code=visible", timeout=10)
    traced.server.wait_until(lambda: "auth_callback?code=visible" in (
        traced.server.dir / "access.log").read_text())


@pytest.mark.parametrize("level", ["trace1", "trace8", "info http2:trace2"])
def test_http2(bench, linode, level):
    """mod_http2 logs addresses and headers of its streams from trace1 on."""
    server = bench.server()
    site = bench.site(server)
    server.write("Protocols h2c http/1.1\n" + site.section(), modules=(*SESSION_MODULES, "http2"),
                 log_level=level)
    server.start()
    server.expect_log("AH|LO0117")
    visitor = Visitor(site, server)
    callback = visitor.consent(visitor.start())
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.session.cookies)
    done = subprocess.run(["curl", "-s", "--noproxy", "*", "--http2-prior-knowledge", "-H",
                           "Cookie: " + cookies, "-w", "%{http_version} %{http_code}", callback],
                          capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.endswith("2 303") and len(linode.linodes()) == 1
    assert "LO0117: at this LogLevel mod_http2.c would print" in (
        server.dir / "stdout.log").read_text() + server.log()
    assert not re.search(r"[?&]code=", server.log())


@pytest.mark.parametrize("level", ["trace8", "info dumpio:trace7"])
def test_dumped_connections(bench, level):
    """mod_dumpio logs what comes and goes, as it is, at trace7."""
    server = bench.server()
    site = bench.site(server)
    server.write("DumpIOInput On\nDumpIOOutput On\n" + site.section(),
                 modules=(*SESSION_MODULES, "dumpio"), log_level=level)
    server.start()
    server.expect_log("AH|LO0117")
    Visitor(site, server).deploy()
    assert "LO0117: at this LogLevel mod_dumpio.c would print" in (
        server.dir / "stdout.log").read_text() + server.log()
    assert not re.search(r"[?&]code=|lo-\w+=[\w-]{40}", server.log())


def test_dumped_tls(bench, tmp_path):
    """What mod_ssl dumps at trace7 is as it goes over the network, where all can see it."""
    certificate, key = Authority(tmp_path).server()
    server = bench.server()
    site = bench.site(server, scheme="https")
    server.write(f"ServerName https://localhost:{server.port}\nSSLEngine on\n"
                 f"SSLCertificateFile {certificate}\nSSLCertificateKeyFile {key}\n"
                 + site.section(), modules=(*SESSION_MODULES, "ssl"), log_level="trace8")
    server.start()
    server.expect_log("AH|LO0")
    visitor = Visitor(site, server)
    visitor.session.trust_env = False
    visitor.session.verify = str(tmp_path / "Test-authority.pem")
    visitor.deploy()
    rows = re.findall(r"\| [0-9a-f]{4}: ((?:[0-9a-f]{2}[ -])+)", server.log())
    dumped = bytes.fromhex("".join(rows).replace("-", " "))
    assert b"\x17\x03\x03" in dumped, "encrypted data"
    assert b"code=" not in dumped and b"lo-" not in dumped and b"HTTP/1.1" not in dumped


@pytest.mark.parametrize("first", [True, False], ids=["loaded-before", "loaded-after"])
def test_forensic_log(bench, linode, first):
    """In whichever order the modules are loaded."""
    server = bench.server()
    site = bench.site(server)
    late = "" if first else f"LoadModule log_forensic_module {MODULES}/mod_log_forensic.so\n"
    server.write(f'{late}ForensicLog "{server.dir}/forensic.log"\n{site.section()}',
                 modules=(*SESSION_MODULES, *(["log_forensic"] if first else [])))
    server.start()
    Visitor(site, server).deploy()
    log = (server.dir / "forensic.log").read_text()
    assert "GET /auth_callback?... HTTP/1.1" in log and "code=" not in log


def test_scoreboard(traced, linode):
    """mod_status shows request lines out of shared memory."""
    traced.deploy()
    base = traced.site.url.removesuffix("/install")
    status = requests.get(base + "/server-status", timeout=10).text
    assert "auth_callback" in status
    assert "code=" not in status and "state=" not in status
