# SPDX-License-Identifier: Apache-2.0
"""The slip says what the order comes to, also without scripts, and the price that it shows holds."""
import html
import re

import pytest
from harness.visitor import CHOICE, Visitor


@pytest.fixture
def asking(bench):
    server, site = bench.serve(Ask="backups")
    return Visitor(site, server)


def slip(page):
    """The slip's places that are shown: what stands in them."""
    aside = page[page.index('<aside class="slip"'):page.index("</aside>")]
    assert re.search(r"<div data-before hidden>", aside), "the general words give way"
    assert re.search(r"<div data-after>", aside)
    return {name: html.unescape(text) for name, text in
            re.findall(r'data-slip="(\w+)"[^>]*>([^<]*)<', aside)}


def show(visitor, **choice):
    answer = visitor.post("/", {**CHOICE, **choice, "show": "region"})
    assert answer.status_code == 200
    return answer.text


def shown(page):
    return html.unescape(re.search(r'name="prices" value="([^"]+)"', page).group(1))


def test_general_before_anything_is_chosen(asking):
    page = asking.get("/").text
    assert "<div data-before>" in page and "<div data-after hidden>" in page


@pytest.mark.parametrize("choice, monthly, hourly", [
    ({}, "$5", "$0.0075"),
    ({"backups": "on"}, "$7", "$0.0105"),
    ({"region": "br-gru"}, "$7", "$0.0105"),
    ({"region": "br-gru", "backups": "on"}, "$9.80", "$0.0145"),
    ({"type": "g6-standard-1", "backups": "on"}, "$14.50", "$0.022"),
])
def test_sums_of_the_region(asking, choice, monthly, hourly):
    found = slip(show(asking, **choice))
    assert found["monthly"] == monthly
    assert found["hourly"] == hourly
    assert found["image"] == "Debian 12"
    assert found["region"] in ("Germany, Frankfurt", "Brazil, Sao Paulo")


def test_backups_stand_in_the_slip_when_they_are_wanted(asking):
    line = r"<div data-saved( hidden)?><dt>Backups</dt>"
    assert re.search(line, show(asking)).group(1)
    assert not re.search(line, show(asking, backups="on")).group(1)


def test_no_backups_where_nobody_speaks_of_them(shop):
    page = show(shop)
    assert "data-saved" not in page and "data-backups" not in page
    assert "+" not in shown(page)


def test_unknown_price_is_no_sum(bench, linode):
    prices = {"monthly": None, "hourly": None}
    linode.control("POST", "data", json={"types": {"g6-nanode-1": {
        "addons": {"backups": {"price": prices, "region_prices": []}}}}})
    server, site = bench.serve(Ask="backups")
    visitor = Visitor(site, server)
    found = slip(show(visitor, backups="on"))
    assert found["backups"] == "price not known" and found["alone"] == "$5"
    assert found["monthly"] in ("—", "price not known", "")
    assert visitor.post("/", {**CHOICE, "backups": "on",
                              "prices": shown(visitor.get("/").text)}).status_code == 303


@pytest.mark.parametrize("addons", [None, {"backups": None},
                                    {"backups": {"price": None, "region_prices": None}}])
def test_plan_without_backups(bench, linode, addons):
    linode.control("POST", "data", json={"types": {"g6-nanode-1": {"addons": addons}}})
    server, site = bench.serve(Ask="backups")
    visitor = Visitor(site, server)
    page = visitor.get("/")
    assert page.status_code == 200 and "g6-nanode-1=5+-1;" in shown(page.text), page.text
    found = slip(show(visitor, backups="on", region="br-gru"))
    assert found["alone"] == "$7" and found["backups"] == "price not known"


def test_plan_that_the_region_has_not_comes_to_nothing(asking):
    page = show(asking, region="us-central", type="g7-premium-2")
    assert "<div data-before>" in page


def test_price_of_backups_that_was_shown_holds(asking, linode):
    prices = shown(asking.get("/").text)
    assert "g6-nanode-1=5+2;" in prices
    order = {**CHOICE, "backups": "on"}
    assert asking.post("/", {**order, "prices": prices}).status_code == 303
    old = prices.replace("g6-nanode-1=5+2;", "g6-nanode-1=5+1.5;")
    assert asking.post("/", {**CHOICE, "prices": old}).status_code == 303, "not wanted, not told"
    answer = asking.post("/", {**order, "prices": old})
    assert answer.status_code == 422
    assert "Backups of the plan Nanode 1GB in Frankfurt, DE were shown with $1.50 a month; " \
        "Linode now asks $2.00." in html.unescape(answer.text)
    assert 'id="backups-error"' in answer.text
    assert asking.post("/", {**order, "prices": shown(answer.text)}).status_code == 303


def test_region_without_backups(bench, linode):
    linode.control("POST", "data", json={"regions": {"eu-central": {
        "capabilities": ["Linodes", "StackScripts"]}}})
    server, site = bench.serve(Ask="backups")
    visitor = Visitor(site, server)
    answer = visitor.post("/", {**CHOICE, "backups": "on"})
    assert answer.status_code == 422 and "makes no backups in Frankfurt" in answer.text
    assert visitor.post("/", CHOICE).status_code == 303


def test_login_and_its_reason_are_told(asking):
    page = asking.get("/").text
    assert "the least with which Linode lets a page create a Linode" in page
