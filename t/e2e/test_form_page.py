# SPDX-License-Identifier: Apache-2.0
"""The form is one page in memory for everybody; who has a flow at hand gets his own."""
import gzip
import re

import pytest
import requests
from harness.visitor import Visitor

PLAIN = {"Accept-Encoding": "identity"}


def test_same_bytes_for_everybody(shop, linode):
    first = shop.get("/", headers=PLAIN)
    calls = len(linode.journal())
    others = [Visitor(shop.site, shop.server).get("/", headers=PLAIN) for _ in range(3)]
    assert {page.content for page in others} == {first.content}
    assert {page.headers["ETag"] for page in others} == {first.headers["ETag"]}
    assert len(linode.journal()) == calls
    assert "Set-Cookie" not in first.headers


def test_not_modified(shop):
    page = shop.get("/")
    again = shop.get("/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert again.headers["ETag"] == page.headers["ETag"]
    assert again.headers["Vary"] == page.headers["Vary"]
    assert shop.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/?type=g6-nanode-1"])
@pytest.mark.parametrize("accept, media_type", [("text/html", "text/html; charset=utf-8"),
                                                ("application/json", "application/json")])
def test_caches_are_told_what_it_depends_on(shop, path, accept, media_type):
    answer = shop.get(path, headers={"Accept": accept})
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in re.split(r",\s*", answer.headers["Vary"])


def test_gzip_is_the_same_page(shop):
    plain = shop.get("/", headers=PLAIN)
    raw = shop.get("/", headers={"Accept-Encoding": "gzip"}, stream=True).raw
    assert raw.headers["Content-Encoding"] == "gzip"
    assert raw.headers["ETag"] != plain.headers["ETag"]
    body = raw.read(decode_content=False)
    assert int(raw.headers["Content-Length"]) == len(body) < len(plain.content) / 4
    assert gzip.decompress(body) == plain.content
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in raw.headers["Vary"]
    again = shop.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": raw.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("accept, encoded", [
    ("gzip", True), ("deflate, GZIP;q=0.5, br", True), ("gzip;q=1.0", True), ("br,gzip ; q=0.1", True),
    ("", False), ("identity", False), ("gzip;q=0", False), ("gzip; q=0.000", False),
    ("xgzip", False), ("gzipx", False), ("br", False), ("deflate;q=1, gzip;q=0", False),
    ("gzip;Q=0", False), ("gzip;Q=0.8", True), ("x-gzip", True), ("gzip;q=.5", True), ("*", True),
    ("*;q=0", False), ("*;q=0, gzip", True), ("gzip;q=0, *", False), ("identity;q=0", False),
    ("identity;q=0, gzip", True), ("identity;q=0, gzip;q=0", False), ("identity;q=1, *;q=0", False),
    ("gzip;q=0.2, identity;q=0.5", False), ("gzip;q=none", False)])
def test_what_a_browser_accepts(shop, accept, encoded):
    answer = shop.get("/", headers={"Accept-Encoding": accept})
    assert answer.status_code == 200
    assert (answer.headers.get("Content-Encoding") == "gzip") == encoded


def test_head(shop):
    page = shop.get("/", headers=PLAIN)
    head = shop.session.head(shop.url("/"), headers=PLAIN, timeout=10)
    assert head.headers["Content-Length"] == str(len(page.content)) and head.content == b""
    assert head.headers["ETag"] == page.headers["ETag"]


def test_pending_flow_gets_a_page_of_its_own(shop):
    everybody = shop.get("/", headers=PLAIN)
    shop.start(region="us-east")
    own = shop.get("/", headers={**PLAIN, "If-None-Match": everybody.headers["ETag"]})
    assert own.status_code == 200 and own.content != everybody.content
    assert "ETag" not in own.headers and own.headers["Cache-Control"] == "no-store"
    asked = shop.get("/?type=g6-standard-2")
    assert "ETag" not in asked.headers


def test_only_the_form_answers_304(shop):
    result = shop.deploy()
    for page in (result, shop.get("/nothing")):
        assert "ETag" not in page.headers and "Last-Modified" not in page.headers
        again = shop.get(page.url, headers={"If-None-Match": "*"})
        assert again.status_code == page.status_code


def test_new_catalog_makes_a_new_page(bench, linode):
    server, site = bench.serve(CatalogRefresh="10s")
    visitor = Visitor(site, server)
    first = visitor.get("/")
    assert "g6-nanode-1" in first.text
    linode.control("POST", "data", json={"types": {"g6-nanode-1": {"label": "Changed plan"}}})
    server.stop()
    server.start()
    again = server.wait_until(lambda: changed(visitor, first.headers["ETag"]))
    assert again.status_code == 200 and "Changed plan" in again.text


def changed(visitor, etag):
    """The form, once it is another one than that."""
    page = visitor.get("/", headers={"If-None-Match": etag})
    return page if page.status_code != 304 else None


def test_mod_deflate_leaves_it_alone(bench):
    server = bench.server()
    site = bench.site(server)
    site.session += "\nSetOutputFilter DEFLATE"
    server.write(site.section(), ("session", "session_cookie", "filter", "deflate"))
    server.start()
    for accept in ("gzip", "identity", "gzip;q=0"):
        answer = requests.get(site.url + "/", headers={"Accept-Encoding": accept}, timeout=10)
        again = requests.get(site.url + "/", timeout=10, headers={
            "Accept-Encoding": accept, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and "-gzip" not in answer.headers["ETag"]
