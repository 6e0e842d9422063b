# SPDX-License-Identifier: Apache-2.0
"""A callback that httpd refuses while it reads it: no log and no scoreboard has its code, which
nobody has used yet."""
import socket

import pytest
from harness.server import MODULES

STATUS = (f"LoadModule status_module {MODULES}/mod_status.so\nExtendedStatus On\n"
          f"LoadModule reqtimeout_module {MODULES}/mod_reqtimeout.so\nRequestReadTimeout header=1\n"
          "LogFormat \"%U%q %>s\" address\nCustomLog \"{dir}/address.log\" address\n"
          "<Location /server-status>\nSetHandler server-status\n</Location>\n")

LINE = "GET /install/auth_callback?code=c0dec0dec0de&state=5ecre75ecre7 HTTP/1.1\r\n"


def ask(server, text):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(text.encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer.decode()


def run(bench, extra="", around="{}"):
    server = bench.server()
    site = bench.site(server, path="/install")
    server.write(STATUS.format(dir=server.dir) + extra + around.format(site.section()))
    return server.start()


def assert_nothing_is_seen(server, answer):
    status = ask(server, "GET /server-status HTTP/1.0\r\n\r\n")
    server.wait_until(lambda: "server-status" in (server.dir / "access.log").read_text())
    logs = "".join(path.read_text() for path in server.dir.glob("*.log"))
    assert "GET /install/auth_callback?... HTTP/1.1" in logs
    for text in (answer, logs, status):
        assert "c0dec0de" not in text and "5ecre7" not in text


@pytest.mark.parametrize("headers, code", [
    ("Host: localhost\r\nCookie: a=" + "b" * 9000 + "\r\n\r\n", 400),
    ("Host: localhost\r\n" + "".join(f"X-{i}: 1\r\n" for i in range(120)) + "\r\n", 400),
    ("Host: localhost\r\nno header\r\n\r\n", 400),
    ("Host: local host\r\n\r\n", 400),
    ("\r\n", 400),
    ("Host: localhost\r\nContent-Length: x\r\n\r\n", 400),
    ("Host: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
    ("Host: localhost\r\nExpect: wonders\r\n\r\n", 417),
    ("Host: localhost\r\n", 408),
], ids=["cookies", "headers", "header", "host", "none", "length", "coding", "expect", "slow"])
@pytest.mark.parametrize("document", [False, True], ids=["httpd", "document"])
def test_code_of_a_refused_callback(bench, headers, code, document):
    """httpd's own answer, or a page of the server in its place."""
    server = run(bench, f"ErrorDocument {code} /install/nothing\n" if document else "")
    answer = ask(server, LINE + headers)
    assert answer.startswith(f"HTTP/1.1 {404 if document else code} ")
    assert_nothing_is_seen(server, answer)


def test_server_that_is_known_by_its_name_only(bench):
    """The name stands in what could not be read."""
    server = run(bench, around="<VirtualHost *:*>\nServerName http://first.example\n</VirtualHost>\n"
                               "<VirtualHost *:*>\nServerName http://localhost\n{}\n</VirtualHost>\n")
    answer = ask(server, LINE + "Host: localhost\r\nCookie: a=" + "b" * 9000 + "\r\n\r\n")
    assert answer.startswith("HTTP/1.1 400 ")
    assert_nothing_is_seen(server, answer)


def test_errors_of_others_keep_their_queries(bench):
    """The path of a callback on another server is no callback there."""
    server = run(bench, around="<VirtualHost *:*>\nServerName http://first.example\n</VirtualHost>\n"
                               "<VirtualHost *:*>\nServerName http://localhost\n{}\n</VirtualHost>\n")
    answer = ask(server, "GET /install/auth_callback?code=visible HTTP/1.1\r\n"
                         "Host: first.example\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 404 ")
    server.wait_until(lambda: "auth_callback?code=visible HTTP" in (
        server.dir / "access.log").read_text())
