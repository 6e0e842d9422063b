# SPDX-License-Identifier: Apache-2.0
"""HTTPS is required where the callback is https; TLS that ends elsewhere is the operator's word."""
import pytest
from harness.visitor import CHOICE, Visitor

CALLBACK = "https://shop.example/install/auth_callback"
PROXY = "SetEnvIf X-Forwarded-Proto ^https$ HTTPS=on\n"


@pytest.fixture
def behind(bench):
    """A mount whose public address is https, on a server that speaks plain HTTP."""
    def serve(extra="", modules=("session", "session_cookie", "setenvif")):
        server = bench.server()
        site = bench.site(server, path="/install", CallbackURL=CALLBACK)
        server.write(extra + site.section(), modules)
        return Visitor(site, server.start())
    return serve


def test_plain_get_is_sent_to_https(behind):
    visitor = behind()
    answer = visitor.get("/?type=g6-nanode-1", headers={"Host": "evil.example"})
    assert answer.status_code == 307
    assert answer.headers["Location"] == "https://shop.example/install/?type=g6-nanode-1"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_path_is_escaped_on_the_way(behind):
    answer = behind().get("/a%20b%0d%0aX:%20y")
    assert answer.status_code == 307
    assert answer.headers["Location"] == "https://shop.example/install/a%20b%0d%0aX:%20y"


def test_plain_post_is_refused(behind):
    visitor = behind()
    answer = visitor.post("/", CHOICE)
    assert answer.status_code == 403
    assert "https://" in answer.text and "Set-Cookie" not in answer.headers


def test_code_over_plain_http_goes_nowhere(behind, linode):
    visitor = behind()
    answer = visitor.get("/auth_callback?code=c0dec0dec0de&state=x")
    assert answer.status_code == 307
    assert "c0dec0de" not in answer.headers["Location"] + answer.text + visitor.server.log()
    assert not linode.journal("oauth.token")


def test_forwarded_headers_alone_are_not_believed(behind):
    visitor = behind()
    for name, value in (("X-Forwarded-Proto", "https"), ("X-Forwarded-Ssl", "on"),
                        ("Forwarded", "proto=https"), ("Front-End-Https", "on"), ("HTTPS", "on")):
        assert visitor.get("/", headers={name: value}).status_code == 307, name


def test_proxy_that_the_operator_trusts(behind, linode):
    visitor = behind(PROXY)
    visitor.session.headers["X-Forwarded-Proto"] = "https"
    answer = visitor.post("/", CHOICE)
    assert answer.status_code == 303
    assert visitor.get("/", headers={"X-Forwarded-Proto": "http"}).status_code == 307


@pytest.mark.parametrize("value", ["off", "", "1"])
def test_variable_that_says_something_else(behind, value):
    visitor = behind(f'SetEnvIf X-Forwarded-Proto . "HTTPS={value}"\n')
    assert visitor.get("/", headers={"X-Forwarded-Proto": "http"}).status_code == 307


def test_scheme_in_the_server_name(bench):
    server = bench.server()
    site = bench.site(server, path="/install", CallbackURL=CALLBACK)
    server.write(f"<VirtualHost *:{server.port}>\nServerName https://shop.example\n"
                 + site.section() + "\n</VirtualHost>\n")
    answer = Visitor(site, server.start()).get("/", headers={"Host": "shop.example"})
    assert answer.status_code == 200
