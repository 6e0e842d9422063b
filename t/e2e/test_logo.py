# SPDX-License-Identifier: Apache-2.0
"""LinodeOAuthLogo: at the head of every page, from memory, and harmless whatever is in it."""
import re
import struct
import zlib

import pytest
from harness.server import Server
from harness.visitor import Visitor
from test_configuration import GOOD, check, section

SVG = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">'
       '<style>rect { fill: #9e1b16 }</style><rect width="120" height="40"/></svg>')


def png(width=2, height=2):
    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = zlib.compress(b"".join(b"\0" + b"\x9e\x1b\x16" * width for _ in range(height)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def logo_of(page):
    return re.search(r'<img class="logo" src="([^"]+)" alt="([^"]*)"', page)


@pytest.mark.parametrize("content, media_type, ending", [
    (SVG.encode(), "image/svg+xml", "svg"), (png(), "image/png", "png")])
def test_logo_is_an_asset_like_any_other(bench, tmp_path, content, media_type, ending):
    tmp_path.chmod(0o755)
    file = tmp_path / "logo.of.whatever.name"
    file.write_bytes(content)
    server, site = bench.serve(Logo=file, ApplicationName='"A & <b>B</b>"')
    visitor = Visitor(site, server)
    url, alt = logo_of(visitor.get().text).groups()
    assert re.fullmatch(rf"/assets/logo\.\w+\.{ending}", url)
    assert alt == "A &amp; &lt;b&gt;B&lt;/b&gt;"
    file.unlink()  # it was read at start
    answer = visitor.get(url)
    assert answer.status_code == 200 and answer.content == content
    assert answer.headers["Content-Type"] == media_type
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_drawing_that_is_opened_by_itself_runs_nothing(bench, tmp_path):
    tmp_path.chmod(0o755)
    file = tmp_path / "logo.svg"
    file.write_text(SVG)
    server, site = bench.serve(Logo=file)
    visitor = Visitor(site, server)
    policy = visitor.get(logo_of(visitor.get().text)[1]).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy


def test_logo_is_on_every_page(bench, tmp_path):
    tmp_path.chmod(0o755)
    file = tmp_path / "logo.svg"
    file.write_text(SVG)
    server, site = bench.serve(Logo=file)
    visitor = Visitor(site, server)
    pages = [visitor.get(), visitor.get("/nowhere"), visitor.get("/auth_callback?state=x&code=y"),
             visitor.post(data={"type": "none"})]
    assert [page.status_code for page in pages] == [200, 404, 400, 422]
    assert all(logo_of(page.text) for page in pages)
    assert logo_of(visitor.deploy().text)
    server.expect_log("LO02|LO03")


def test_without_one_the_name_stands_there(shop):
    page = shop.get().text
    assert not logo_of(page) and re.search(r'<svg class="mark"[^>]*>.*</svg>\s*Hello page</a>', page)


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()


REFUSED = [
    (SVG.replace("<rect", "<script>alert(1)</script><rect"), "script"),
    (SVG.replace("<rect", '<image href="https://www.example.org/x.png"/><rect'), "outside"),
    (SVG.replace("<svg", "<html"), "neither PNG nor SVG"),
    (SVG + "<!--" + "x" * 65536 + "-->", "larger than 64 kB"),
    ("GIF89a", "neither PNG nor SVG"),
]


@pytest.mark.parametrize("content, words", REFUSED, ids=[words for _, words in REFUSED])
def test_what_can_be_no_logo_is_refused(server, tmp_path, content, words):
    file = tmp_path / "logo.svg"
    file.write_text(content)
    status, said = check(server, section(**{**GOOD, "Logo": file}))
    assert status != 0 and "LO0109: LinodeOAuthLogo" in said and words in said, said
