# SPDX-License-Identifier: Apache-2.0
"""Methods, headers, assets: every response of the module."""
import re

import pytest
from harness.visitor import Visitor

HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
           "Cross-Origin-Opener-Policy": "same-origin",
           "Cross-Origin-Resource-Policy": "same-origin",
           "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()"}
JSON = {"Accept": "application/json"}


def assert_headers(answer, login):
    # A page whose address held a code lets no Referer repeat it.
    secret = "/auth_callback" in answer.url
    assert answer.headers["Referrer-Policy"] == ("no-referrer" if secret else "same-origin")
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; form-action 'self' {login}; base-uri 'none'; frame-ancestors 'none'")


def test_headers_are_on_every_response(shop, linode):
    result = shop.deploy()
    form = shop.get("/")
    answers = [form, shop.get("/nothing"), shop.get("/auth_callback"), result,
               shop.post("/", {"type": "x"}), shop.post("/nothing"), shop.get("/deploys/x"),
               shop.post("/", {"type": "g6-nanode-1", "region": "eu-central",
                               "distribution": "linode/debian12"}),
               shop.session.options(shop.url("/"), timeout=10),
               shop.session.put(shop.url("/"), timeout=10),
               shop.session.head(shop.url("/nothing"), timeout=10),
               shop.post("/", headers={"Sec-Fetch-Site": "cross-site"}),
               shop.get("/", headers=JSON), shop.get("/nothing", headers=JSON),
               shop.get("/auth_callback", headers=JSON)]
    assert {answer.status_code for answer in answers} == {200, 303, 400, 403, 404, 405, 422}
    for answer in answers:
        assert_headers(answer, linode.login)
        assert answer.headers["Cache-Control"] == (
            "private, no-cache" if answer is form else "no-store")


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "json"])
def test_headers_while_there_is_nothing_to_offer(bench, linode, headers):
    server, site = bench.serve(APIURL="http://127.0.0.1:9")
    server.expect_log("LO0421|LO0412")
    answer = Visitor(site, server).get("/", headers=headers)
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert_headers(answer, linode.login)


@pytest.mark.parametrize("path", ["/", "/badge.svg", "style"])
def test_headers_where_a_condition_fails(shop, path):
    if path == "style":
        path = re.search(r'href="[^"]*(/assets/[^"]+\.css)"', shop.get("/").text)[1]
    answer = shop.get(path, headers={"If-Match": '"another"'})
    assert answer.status_code == 412
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers and "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path, method, allow", [
    ("/", "DELETE", "GET, HEAD, POST, OPTIONS"), ("/", "PUT", "GET, HEAD, POST, OPTIONS"),
    ("/auth_callback", "POST", "GET, HEAD, OPTIONS"),
    ("/deploys/x/forget", "GET", "POST, OPTIONS")])
def test_methods_that_are_not_taken(shop, path, method, allow):
    answer = shop.session.request(method, shop.url(path), timeout=10)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == allow


def test_trace_sends_no_cookie_back(shop, linode):
    """httpd's core would answer it before any handler."""
    shop.session.cookies.set("linode", "lo-x=secret", path="/", domain="localhost.local")
    answer = shop.session.request("TRACE", shop.url("/"), headers={"X-Mine": "echo"}, timeout=10)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert "secret" not in answer.text and "echo" not in answer.text
    assert_headers(answer, linode.login)


def test_options(shop):
    answer = shop.session.options(shop.url("/"), timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_head_has_no_body(shop):
    answer = shop.session.head(shop.url("/"), timeout=10)
    assert answer.status_code == 200 and answer.content == b""
    assert int(answer.headers["Content-Length"]) > 1000


@pytest.mark.parametrize("path", ["/nothing", "/deploys", "/deploys/", "/deploys/a/b",
                                  "/auth_callback/x", "/assets/", "/assets/none.css"])
def test_pages_that_are_not_there(shop, path):
    answer = shop.get(path)
    assert answer.status_code == 404
    assert "LO0201" in answer.text or "LO0208" in answer.text or "no such page" in answer.text


def test_assets_are_kept_for_ever(shop):
    page = shop.get("/").text
    assets = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', page))
    assert {path.rsplit(".", 1)[1] for path in assets} >= {"css", "js"}
    for path in assets:
        answer = shop.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        again = shop.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and again.content == b""


def test_form_sets_no_cookie(shop):
    assert "Set-Cookie" not in shop.get("/").headers


def test_pages_hold_no_inline_code(shop):
    page = shop.get("/").text + shop.get("/nothing").text + shop.deploy().text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    for script in re.findall(r"<script[^>]*>", page):
        assert "src=" in script or 'type="application/json"' in script
