# SPDX-License-Identifier: Apache-2.0
"""What a visitor's browser has to fetch, in bytes: the first page with everything that Linode offers,
and the style and script that all pages share. A kB is 1000 bytes."""
import gzip
import re

import pytest
import requests

GZIP = {"Accept-Encoding": "gzip"}
EVERYTHING = {"Ask": "label ssh_key backups", "Accent": "#9e1b16"}


def fetch(url, headers=GZIP):
    """The answer, and its body as it came."""
    session = requests.Session()
    session.trust_env = False
    answer = session.get(url, headers=headers, stream=True, timeout=20)
    assert answer.status_code == 200
    return answer, answer.raw.read(decode_content=False)


def assets(page):
    return re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)


@pytest.mark.parametrize("script", ["320826", "700001"], ids=["asks nothing", "asks everything"])
def test_first_page(bench, script):
    site = bench.serve(StackScriptID=script, **EVERYTHING)[1]
    answer, body = fetch(site.url + "/")
    assert answer.headers["Content-Encoding"] == "gzip"
    page = gzip.decompress(body).decode()
    assert page.count('name="type"') > 30 and page.count("<option") > 30, "a full catalog"
    assert len(body) <= 12_000
    others = assets(page)
    assert len(others) == 2, "three requests with the page itself"
    sizes = {path.rsplit(".", 1)[1]: len(fetch(site.url + path)[1]) for path in others}
    assert sizes["css"] <= 4_000 and sizes["js"] <= 3_000
    assert len(body) + sum(sizes.values()) <= 20_000


def test_assets_are_the_same_compressed(bench):
    site = bench.serve(**EVERYTHING)[1]
    for path in assets(fetch(site.url + "/", {"Accept-Encoding": "identity"})[1].decode()):
        plain, text = fetch(site.url + path, {"Accept-Encoding": "identity"})
        short, body = fetch(site.url + path)
        assert short.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
        assert gzip.decompress(body) == text and int(short.headers["Content-Length"]) == len(body)
        assert short.headers["ETag"] != plain.headers["ETag"]
        assert "Accept-Encoding" in short.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
        again = requests.get(site.url + path, timeout=20, headers={
            **GZIP, "If-None-Match": short.headers["ETag"]})
        assert again.status_code == 304


def test_result(shop):
    """Sent as it is, since it holds a secret; it would be small all the same."""
    page = shop.deploy()
    assert "Content-Encoding" not in page.headers
    assert len(gzip.compress(page.content)) <= 6_000
