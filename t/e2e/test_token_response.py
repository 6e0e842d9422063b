# SPDX-License-Identifier: Apache-2.0
"""What the token endpoint answers is checked before it is believed (RFC 6749 section 5.1)."""
import pytest
from harness.visitor import Visitor

TOKEN = "a" * 64
GOOD = {"access_token": TOKEN, "token_type": "bearer", "expires_in": 7200,
        "refresh_token": "b" * 64, "scope": "linodes:read_write", "scopes": "linodes:read_write"}

WRONG = [
    {**GOOD, "access_token": None}, {**GOOD, "access_token": 5}, {**GOOD, "access_token": ""},
    {**GOOD, "access_token": "a b"}, {**GOOD, "access_token": "a\r\nX: y"},
    {**GOOD, "access_token": "a" * 5000}, {**GOOD, "access_token": "é"},
    {**GOOD, "token_type": "mac"}, {**GOOD, "token_type": None},
    {**GOOD, "expires_in": "soon"}, {**GOOD, "expires_in": -5},
    {**GOOD, "scopes": ["linodes:read_write"]}, {**GOOD, "refresh_token": 7},
    {**GOOD, "more": "x" * 70000},
    [], "token", {}, {"error": "invalid_request"},
]


@pytest.mark.parametrize("body", WRONG, ids=lambda body: str(body)[:40])
def test_answers_that_are_no_token(shop, linode, body):
    shop.server.expect_log("LO0309|LO0307|LO0405")
    linode.fault("oauth.token", "lie", body=body)
    answer = shop.get(shop.consent(shop.start()))
    assert answer.status_code in (502, 303)
    if answer.status_code == 303:
        assert answer.headers["Location"].startswith(linode.login), "refused: once more"
    assert not linode.journal("profile.get") and not linode.linodes()
    assert TOKEN not in shop.server.log() + answer.text


@pytest.mark.parametrize("fault, details", [
    ("not_json", {"text": "access_token=x"}), ("empty", {}), ("big", {"bytes": 200000}),
    ("gzip_bomb", {"bytes": 10000000}), ("redirect", {"location": "https://evil.example/token"})])
def test_answers_that_cannot_be_read(shop, linode, fault, details):
    """The code is sent once for the visitor, and once more to end what may have come of it."""
    shop.server.expect_log("LO0309|LO0405|LO0306")
    linode.fault("oauth.token", fault, **details)
    answer = shop.get(shop.consent(shop.start()))
    assert answer.status_code == 502
    linode.wait_for_call("oauth.token", 2)
    linode.wait_for_no_tokens()
    assert len(linode.journal("oauth.token")) == 2
    assert not linode.journal("profile.get") and not linode.linodes()


@pytest.mark.parametrize("granted, enough", [
    ("linodes:read_write", True), ("linodes:*", True), ("*", True), ("linodes", True),
    ("account:read_only linodes:read_write", True), ("account:read_only,linodes:read_write", True),
    ("linodes:read_only", False), ("account:read_write", False), ("", False),
    ("xlinodes:read_write", False), ("linodes:read_writex", False)])
def test_scopes_in_every_form(shop, linode, granted, enough):
    """With a token that lives, so that what follows can be seen."""
    shop.server.expect_log("LO0308|LO0407|LO0311")
    token = linode.control("POST", "tokens", json={
        "username": "visitor", "client_id": shop.site.directives["ClientID"]})
    linode.fault("oauth.token", "lie", body={**GOOD, "access_token": token["access_token"],
                                             "scope": granted, "scopes": granted})
    answer = shop.get(shop.consent(shop.start()))
    if enough:
        assert answer.status_code == 303 and len(linode.linodes()) == 1
    else:
        assert answer.status_code == 403 and not linode.linodes()
        assert "Insufficient scopes granted to deploy Hello page" in answer.text
    linode.wait_for_no_tokens()  # given back in any case


@pytest.mark.parametrize("wrong", [{"token_type": "mac"}, {"expires_in": "7200"},
                                   {"refresh_token": 7}, {"scopes": ["linodes:read_write"]}],
                         ids=lambda wrong: next(iter(wrong)))
def test_token_of_an_answer_that_is_not_believed_is_revoked(shop, linode, wrong):
    shop.server.expect_log("LO0309")
    token = linode.control("POST", "tokens", json={
        "username": "visitor", "client_id": shop.site.directives["ClientID"]})
    linode.fault("oauth.token", "lie", body={**GOOD, "access_token": token["access_token"], **wrong})
    answer = shop.get(shop.consent(shop.start()))
    assert answer.status_code == 502
    linode.wait_for_call("oauth.revoke")
    linode.wait_for_no_tokens()
    assert len(linode.journal("oauth.token")) == 1, "there is a token to revoke, and no doubt"
    assert not linode.journal("profile.get") and not linode.linodes()


@pytest.mark.parametrize("separator", ["space", "comma"])
def test_both_separators(bench, linode, separator):
    linode.settings(separator=separator)
    server, site = bench.serve(Scopes="linodes:read_write account:read_only")
    Visitor(site, server).deploy()
    assert len(linode.linodes()) == 1
