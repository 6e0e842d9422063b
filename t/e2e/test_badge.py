# SPDX-License-Identifier: Apache-2.0
"""GET P/badge.svg: a button that any site may show."""
import re
from xml.etree import ElementTree

import pytest
from harness.visitor import Visitor

SVG = "{http://www.w3.org/2000/svg}"


def badge_of(visitor):
    answer = visitor.get("/badge.svg")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(answer.text)


@pytest.mark.parametrize("name", ["Hello", 'Tom & "Jerry"', "<script>alert(1)</script>", "Grüße",
                                  "漢字のサイト", "{{ 7 * 7 }}"])
def test_name_is_the_title_and_the_text(bench, name):
    server, site = bench.serve(ApplicationName='"' + name.replace('"', '\\"') + '"')
    badge = badge_of(Visitor(site, server))
    words = f"Install {name} on Linode"
    assert badge.find(f"{SVG}title").text == words
    assert badge.find(f"{SVG}text").text == words
    assert badge.attrib["aria-label"] == words and badge.attrib["role"] == "img"
    assert not list(badge.iter(f"{SVG}script"))


def test_width_follows_the_name(bench):
    widths = []
    for name in ("iii", "WWW", "W" * 50, "漢" * 16):
        server, site = bench.serve(ApplicationName=f'"{name}"')
        badge = badge_of(Visitor(site, server))
        length = int(badge.find(f"{SVG}text").attrib["textLength"])
        assert int(badge.attrib["width"]) > length + 40
        assert badge.attrib["viewBox"] == f"0 0 {badge.attrib['width']} 32"
        widths.append(length)
    assert widths[0] < widths[1] < widths[3] < widths[2]


def test_light_and_dark(shop):
    style = badge_of(shop).find(f"{SVG}style").text
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    assert "#10161c" in light and "#e7ecf1" in dark


def test_badge_has_the_accent(bench):
    server, site = bench.serve(Accent="#9e1b16")
    visitor = Visitor(site, server)
    style = badge_of(visitor).find(f"{SVG}style").text
    rules = visitor.get(re.search(r'href="([^"]+\.css)"', visitor.get().text)[1]).text
    for colour in re.findall(r"--accent: (#\w+);", rules)[-2:]:
        assert colour in style


def test_other_sites_may_show_it_and_keep_it(shop):
    answer = shop.get("/badge.svg", headers={"Sec-Fetch-Site": "cross-site",
                                             "Sec-Fetch-Dest": "image"})
    headers = answer.headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "public, max-age=14400"
    assert "Set-Cookie" not in headers
    again = shop.get("/badge.svg", headers={"If-None-Match": headers["ETag"]})
    assert again.status_code == 304 and not again.content
    assert again.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert shop.session.head(shop.url("/badge.svg"), timeout=10).headers["ETag"] == headers["ETag"]


def test_httpd_does_not_compress_it(bench):
    server, site = bench.serve(extra="AddOutputFilterByType DEFLATE image/svg+xml\n",
                               modules=("session", "session_cookie", "filter", "deflate"))
    shop = Visitor(site, server)
    answer = shop.get("/badge.svg", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    again = shop.get("/badge.svg", headers={"Accept-Encoding": "gzip",
                                            "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_nothing_runs_in_it(shop):
    policy = shop.get("/badge.svg").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy


def test_pages_stay_as_closed_as_they_were(shop):
    assert shop.get().headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "unsafe-inline" not in shop.get().headers["Content-Security-Policy"]


def test_it_is_only_read(shop):
    answer = shop.post("/badge.svg")
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_own_badge(bench, tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "badge.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><title>{{ application_name }}</title></svg>')
    server, site = bench.serve(TemplateDirectory=tmp_path)
    assert badge_of(Visitor(site, server)).find(f"{SVG}title").text == "Hello page"
