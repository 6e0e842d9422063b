# SPDX-License-Identifier: Apache-2.0
"""The code leaves the browser's address bar and tells nobody (RFC 9700 sections 4.2, 4.3, 4.12)."""
from urllib.parse import parse_qs, urlsplit

from test_refusals import change


def test_address_of_the_result_holds_neither_code_nor_state(shop):
    callback = shop.consent(shop.start())
    query = parse_qs(urlsplit(callback).query)
    answer = shop.get(callback)
    assert answer.status_code == 303, "a GET, whatever the browser had sent"
    page = shop.result(answer)
    for name in ("code", "state"):
        assert query[name][0] not in answer.headers["Location"] + answer.text + page.text


def test_no_referer_from_a_page_whose_address_holds_a_code(shop):
    callback = shop.consent(shop.start())
    for url in (change(callback, state="x" * 22), callback):
        answer = shop.get(url)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_login_redirect_after_a_post_is_303(shop):
    """A 307 would hand the form on to the login."""
    answer = shop.post("/", {"type": "g6-nanode-1", "region": "eu-central",
                             "distribution": "linode/debian12"})
    assert answer.status_code == 303
    assert "g6-nanode-1" not in answer.headers["Location"]


def test_pages_load_nothing_from_elsewhere(shop):
    """A third party would see addresses and could read pages."""
    page = shop.deploy()
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "http" not in policy.replace(
        policy.split("form-action ")[1].split(";")[0], "")
