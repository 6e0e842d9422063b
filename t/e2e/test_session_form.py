# SPDX-License-Identifier: Apache-2.0
"""Whoever only looks leaves no trace: the form and the assets set no cookie, so that they can be
kept in caches."""
import re
import time

import pytest
from harness.session import COOKIE as COOKIE_NAME
from harness.session import cookie_of
from harness.visitor import Visitor

COOKIE = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax\n"
QUIET = "SessionMaxAge 86400\nSessionExpiryUpdateInterval 300\nSessionExclude /assets/"


@pytest.mark.parametrize("session", [COOKIE, COOKIE + QUIET], ids=["session", "lifetime"])
def test_looking_sets_no_cookie(bench, session):
    server, site = bench.serve(session=session)
    visitor = Visitor(site, server)
    form = visitor.get("/")
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', form.text)
    assert len(assets) >= 2
    answers = [form, visitor.session.head(visitor.url("/")), visitor.session.options(visitor.url("/")),
               visitor.get("/nothing"), visitor.get("/auth_callback"), visitor.get("/deploys/x"),
               visitor.post("/", {"type": "none"}), *(visitor.get(path) for path in assets)]
    for answer in answers:
        assert "Set-Cookie" not in answer.headers, answer.url


@pytest.mark.parametrize("session", [COOKIE, COOKIE + QUIET], ids=["session", "lifetime"])
def test_looking_again_changes_no_session(bench, session):
    server, site = bench.serve(session=session)
    visitor = Visitor(site, server)
    page = visitor.deploy()
    kept = cookie_of(visitor)
    for url in ("/", page.url, "/nothing", "/deploys/x"):
        assert "Set-Cookie" not in visitor.get(url).headers
    assert cookie_of(visitor) == kept


@pytest.mark.parametrize("lifetime", ["SessionMaxAge 86400",
                                      "SessionMaxAge 86400\nSessionExpiryUpdateInterval 1",
                                      "SessionMaxAge 1"])
def test_no_cookie_goes_with_what_caches_hand_to_others(bench, lifetime):
    """It would be somebody's session, with the password of his Linode in it."""
    server, site = bench.serve(session=COOKIE + lifetime)
    visitor = Visitor(site, server)
    if lifetime != "SessionMaxAge 1":
        visitor.deploy()
    server.expect_log("AH01")  # mod_session's words about a session that has expired
    kept = f"{COOKIE_NAME}={cookie_of(visitor) or 'expiry=1'}"
    time.sleep(2)
    form = visitor.get("/").text
    urls = ["/badge.svg", *re.findall(r'(?:href|src)="(/assets/[^"]+)"', form)]
    for url in urls:
        answer = visitor.get(url, headers={"Cookie": kept})
        again = visitor.get(url, headers={"Cookie": kept, "If-None-Match": answer.headers["ETag"]})
        assert (answer.status_code, again.status_code) == (200, 304)
        for one in (answer, again):
            assert "public" in one.headers["Cache-Control"]
            assert "Set-Cookie" not in one.headers, url


def test_lifetime_alone_writes_at_every_answer(bench):
    """What the README advises against: httpd does it, so it is nothing that we could leave out."""
    server, site = bench.serve(session=COOKIE + "SessionMaxAge 86400")
    assert "Set-Cookie" in Visitor(site, server).get("/").headers
