# SPDX-License-Identifier: Apache-2.0
"""A session fits a cookie: what is done goes first, what waits next, the flow at hand never."""
import re

import pytest
from harness.database import MODULES, SESSION
from harness.sealed import Sealer, decode
from harness.session import cookie_of, ours, set_cookie, written
from harness.visitor import CHOICE, Visitor, password_in

COOKIE = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax"
CRYPTO = ("session", "session_cookie", "session_crypto")


def path_of(page):
    return page.url.rsplit("/", 1)[1]


def flows_in(visitor, name="linode"):
    return Sealer.of(visitor.site).open(ours(cookie_of(visitor, name))[1])["flows"]


def set_cookies(answer):
    return [value for name, value in answer.raw.headers.items() if name.lower() == "set-cookie"]


def test_sealed_value_of_many_flows(shop):
    for number in range(30):
        if number % 3:
            shop.start()
        else:
            shop.deploy()
        assert len(ours(cookie_of(shop))[1]) <= 3072
    assert len(flows_in(shop)) <= 8


@pytest.mark.parametrize("modules, more", [
    (("session", "session_cookie"), ""),
    (("session", "session_cookie"), "\nSessionMaxAge 86400"),
    (CRYPTO, "\nSessionCryptoPassphrase one"),
    (CRYPTO, "\nSessionMaxAge 86400\nSessionCryptoPassphrase one")],
    ids=["session", "lifetime", "crypto", "crypto-lifetime"])
def test_whole_cookie_is_no_longer_than_a_browser_takes(bench, modules, more):
    """Name, value and attributes, as they are sent."""
    server, site = bench.serve(modules=modules, session=COOKIE + more)
    shop = Visitor(site, server)
    lengths = []
    for _ in range(12):
        shop.deploy()
        answer = shop.post("/", CHOICE)
        [cookie] = set_cookies(answer)
        lengths.append(len(cookie))
        shop.result(shop.get(shop.consent(answer.headers["Location"])))
    assert 2500 < max(lengths) <= 4096


def test_finished_flows_go_before_pending_ones(shop):
    pending = [shop.start() for _ in range(3)]
    pages = [shop.deploy() for _ in range(9)]
    waiting = [flow for flow in flows_in(shop) if "linode" not in flow]
    assert len(waiting) == 3, "whoever is at Linode's login just now is not forgotten"
    kept = [shop.get(page.url).status_code for page in pages]
    assert kept == sorted(kept, reverse=True), "the oldest are gone: 404 ... 200"
    assert kept[-1] == 200
    for url in pending:
        shop.result(shop.get(shop.consent(url)))


def test_flow_that_was_finished_last_stays_longest(shop):
    """However long ago it was begun."""
    url = shop.start()
    pages = [shop.deploy()]
    last = shop.result(shop.get(shop.consent(url)))
    while shop.get(pages[0].url).status_code == 200 == shop.get(last.url).status_code:
        pages.append(shop.deploy())
    assert shop.get(pages[0].url).status_code == 404
    assert shop.get(last.url).status_code == 200


def test_oldest_pending_flows_go_last(shop):
    urls = [shop.start() for _ in range(12)]
    left = len(flows_in(shop))
    answers = [shop.get(shop.consent(url)) for url in urls[-1:] + urls[:1]]
    assert left < 12
    assert [answer.status_code for answer in answers] == [303, 400]


def test_old_flow_that_is_continued_is_not_dropped(shop, linode):
    """It is the oldest, but at hand."""
    shop.start()
    oldest = flows_in(shop)[0]["id"]
    while len(flows_in(shop)) < 8:
        shop.start()
    flows = flows_in(shop)
    padding = [{**flow, "label": "x" * 64} for flow in flows[1:]]
    seal, name = Sealer.of(shop.site), ours(cookie_of(shop))[0]
    full = seal.close({"v": 1, "flows": [flows[0], *padding]})
    for flow in padding:
        flow["label"] += "y" * ((3072 - len(full)) // 4 * 3 // 7)
    set_cookie(shop, written({name: seal.close({"v": 1, "flows": [flows[0], *padding]})}))
    login = shop.get(f"/deploys/{oldest}/login")
    assert login.status_code == 303
    shop.result(shop.get(shop.consent(login.headers["Location"])))
    assert len(linode.linodes()) == 1


def narrow(room):
    """A cookie whose attributes leave hardly any room."""
    return f"{COOKIE};Comment={'x' * (4096 - room)}"


def test_flow_that_does_not_fit_alone(bench, linode):
    server, site = bench.serve(session=narrow(250))
    shop = Visitor(site, server)
    answer = shop.post("/", {**CHOICE, "label": "a-label-that-is-the-longest-answer"})
    assert answer.status_code == 413
    assert "&#34;label&#34;" in answer.text and "longest" in answer.text
    assert not set_cookies(answer)
    assert "LO0204" in server.log() and "mod_session_dbd" in server.log()
    told = shop.post("/", {**CHOICE, "label": "a-label-that-is-the-longest-answer"},
                     headers={"Accept": "application/json"}).json()
    assert told["code"] == "LO0204" and told["field"] == "label"
    assert not linode.journal("oauth.authorize")


def test_narrow_cookie_holds_one_flow_after_the_other(bench, linode):
    server, site = bench.serve(session=narrow(1100))
    shop = Visitor(site, server)
    for number in range(1, 4):
        assert password_in(shop.deploy().text)
        assert len(flows_in(shop)) == 1
        assert len(linode.linodes()) == number


def test_other_entries_stay_when_the_flow_does_not_fit_anyway(bench):
    server, site = bench.serve(session=narrow(300))
    shop = Visitor(site, server)
    set_cookie(shop, "user=someone")
    assert shop.post("/", CHOICE).status_code == 413
    assert cookie_of(shop) == "user=someone"


def test_other_modules_entries_stay_and_other_mounts_go(bench):
    """What is in the way of a flow that would fit alone."""
    server, site = bench.serve(session=narrow(1100))
    shop = Visitor(site, server)
    foreign = "user=" + "x" * 700
    set_cookie(shop, foreign)
    assert shop.post("/", CHOICE).status_code == 413
    assert cookie_of(shop) == foreign
    set_cookie(shop, "lo-abcdefgh=" + "x" * 700)
    shop.start()
    assert "lo-abcdefgh" not in cookie_of(shop)


def test_longer_entry_of_another_module_stays_and_the_shorter_of_a_mount_goes(bench):
    server, site = bench.serve(session=narrow(1100))
    shop = Visitor(site, server)
    shop.start()
    spare = 1100 - len(cookie_of(shop))
    assert spare > 200
    shop.session.cookies.clear()
    foreign = "user=" + "x" * (spare * 6 // 10)
    set_cookie(shop, foreign + "&lo-abcdefgh=" + "x" * (spare * 5 // 10))
    shop.start()
    assert foreign in cookie_of(shop) and "lo-abcdefgh" not in cookie_of(shop)


# The database before bench, so that the server is stopped first.
def test_database_lifts_the_limit(sqlite, bench):
    server, site = bench.serve(modules=MODULES, extra=sqlite.config, session=SESSION)
    shop = Visitor(site, server)
    pages = [shop.deploy() for _ in range(8)]
    for page in pages:
        assert password_in(shop.get(page.url).text) == password_in(page.text)
    [(longest,)] = sqlite.execute("SELECT max(length(value)) FROM session")
    assert longest > 3072


def test_seal_costs_little(shop):
    """What a flow takes of the room: nobody's third tab is forgotten."""
    shop.start()
    pending = len(decode(ours(cookie_of(shop))[1]))
    shop.deploy()
    assert pending < 450 and len(decode(ours(cookie_of(shop))[1])) < 1300
    assert re.fullmatch(r"[A-Za-z0-9_-]+", ours(cookie_of(shop))[1]), "nothing to be escaped"
