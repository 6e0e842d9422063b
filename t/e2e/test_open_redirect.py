# SPDX-License-Identifier: Apache-2.0
"""No request makes us send a browser anywhere but to our own pages and Linode's login (RFC 9700
section 4.11)."""
import http.client
from urllib.parse import urlsplit

import pytest
from harness.visitor import CHOICE, Visitor

EVIL = ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example",
        "https:evil.example", "/%09/evil.example", "//evil.example@localhost/", "javascript:alert(1)",
        "%2f%2fevil.example", "%0d%0aLocation:%20https://evil.example", ".evil.example",
        "https://localhost.evil.example/", "data:text/html,x"]
NAMES = ["next", "url", "redirect", "redirect_uri", "return_to", "returnTo", "rd", "continue"]


def is_ours(visitor, linode, location):
    where = urlsplit(location)
    if not where.scheme and not where.netloc:
        return location.startswith("/") and not location.startswith(("//", "/\\"))
    return location.startswith((visitor.site.url + "/", linode.login + "/oauth/authorize?"))


def location_of(visitor, target):
    """Where a request for exactly that target is sent; client libraries would tidy it up."""
    connection = http.client.HTTPConnection(urlsplit(visitor.site.url).netloc, timeout=10)
    try:
        connection.putrequest("GET", target, skip_accept_encoding=True)
        connection.endheaders()
        return connection.getresponse().getheader("Location")
    finally:
        connection.close()


@pytest.fixture
def mounted(bench):
    server, site = bench.serve(path="/install")
    return Visitor(site, server)


@pytest.mark.parametrize("target", EVIL)
def test_in_paths_and_queries(mounted, linode, target):
    paths = [f"/install/{target}", f"//{target}", f"/install?{target}", f"/install//{target}",
             f"/install/deploys/{target}", f"/install/deploys/{target}/login", target]
    paths += [f"/install?{name}={target}" for name in NAMES]
    for path in paths:
        location = location_of(mounted, path)
        assert location is None or is_ours(mounted, linode, location), (path, location)


@pytest.mark.parametrize("target", EVIL[:4])
def test_in_forms(mounted, linode, target):
    answer = mounted.post("/", {**CHOICE, **dict.fromkeys(NAMES, target)})
    assert answer.status_code == 303
    assert is_ours(mounted, linode, answer.headers["Location"])
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("target", EVIL[:4])
def test_in_callbacks(mounted, linode, target):
    callback = mounted.consent(mounted.start())
    answer = mounted.get(callback + "".join(f"&{name}={target}" for name in NAMES))
    assert answer.status_code == 303
    assert is_ours(mounted, linode, answer.headers["Location"])
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL",
                                    "Forwarded", "Referer", "X-Forwarded-Prefix"])
def test_in_headers(mounted, linode, header):
    for path in ("", "/", "/deploys/x"):
        answer = mounted.get(path, headers={header: "evil.example"})
        assert "evil" not in str(answer.headers) + answer.text, (header, path)
    answer = mounted.post("/", CHOICE, headers={header: "evil.example"})
    assert "evil" not in answer.headers["Location"]
