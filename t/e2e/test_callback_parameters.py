# SPDX-License-Identifier: Apache-2.0
"""The callback's query, as an attacker writes it (RFC 6749 section 4.1.2, RFC 9207): refused with a
page, and nothing is asked of Linode."""
import pytest
from test_refusals import assert_choices_kept, change

LONG = "a" * 600


@pytest.mark.parametrize("extra", [
    "&code=abc", "&state=abc", "&error=access_denied", "&iss=https://evil.example",
    "&iss=", "&code=", "&Code=abc", "&%63ode=abc", "&error_description=x&error_description=y"])
def test_repeated_or_contradicting(shop, linode, extra):
    callback = shop.consent(shop.start())
    answer = shop.get(callback + extra)
    if extra in ("&iss=",):
        assert answer.status_code == 303, "an empty value is no value"
        return
    assert answer.status_code == 400
    assert_choices_kept(shop, answer)
    assert not linode.journal("oauth.token") and not linode.linodes()


@pytest.mark.parametrize("changes", [
    {"code": LONG}, {"state": LONG}, {"code": "é"}, {"state": "\u202e"}, {"code": "a\u0000b"},
    {"code": "a\nb"}, {"code": "a\x7fb"}, {"code": None}, {"state": None},
    {"code": None, "error": LONG}, {"code": None, "error": "é"},
    {"iss": "https://login.linode.com"}, {"iss": "x"}])
def test_values_that_no_login_sends(shop, linode, changes):
    callback = change(shop.consent(shop.start()), **changes)
    answer = shop.get(callback)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")
    assert not linode.journal("oauth.token") and not linode.linodes()


@pytest.mark.parametrize("raw", ["code=%zz&state=a", "code=%&state=a", "%ff=1", "=1", "code&state"])
def test_queries_that_cannot_be_read(shop, linode, raw):
    shop.start()
    answer = shop.get("/auth_callback?" + raw)
    assert answer.status_code == 400
    assert not linode.journal("oauth.token")


@pytest.mark.parametrize("more", [".evil.example", "1", "/.", "//", "/?x", "@evil.example"])
def test_issuer_that_begins_as_ours_does(shop, linode, more):
    answer = shop.get(change(shop.consent(shop.start()), iss=linode.login + more))
    assert answer.status_code == 400
    assert not linode.journal("oauth.token") and not linode.linodes()


def test_our_own_issuer_is_fine(shop, linode):
    callback = change(shop.consent(shop.start()), iss=linode.login)
    assert shop.get(callback).status_code == 303


def test_words_of_the_login_are_text(shop, linode):
    shop.server.expect_log("LO0306")
    callback = change(shop.consent(shop.start()), code=None, error="server_error",
                      error_description="<script>alert(1)</script>" + "é" * 300)
    answer = shop.get(callback)
    assert answer.status_code == 502
    assert "<script>alert" not in answer.text and "&lt;script&gt;alert" in answer.text
    assert 50 < answer.text.count("é") < 150, "cut, and never within a character"
    assert_choices_kept(shop, answer)


def test_error_code_is_cut(shop):
    shop.server.expect_log("LO0306")
    answer = shop.get(change(shop.consent(shop.start()), code=None, error="q" * 500))
    assert answer.status_code == 502
    assert "q" * 64 in answer.text and "q" * 65 not in answer.text
    assert "q" * 65 not in shop.server.log()


def test_denial_is_no_error_of_ours(shop, linode):
    answer = shop.get(shop.consent(shop.start(), decision="deny"))
    assert answer.status_code == 403
    assert "You did not allow it at Linode" in answer.text
    assert 'class="note bad"' not in answer.text
    assert not [line for line in shop.server.log().splitlines()
                if "LO0301" in line and ":info]" not in line]
