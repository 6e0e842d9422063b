# SPDX-License-Identifier: Apache-2.0
"""What cannot work cannot be chosen, and nobody goes to the login with a wrong price in mind."""
import html
import re

import pytest
import requests
from harness.visitor import CHOICE, Visitor

JSON = {"Accept": "application/json"}


def shown(page):
    """What the form posts back of its prices."""
    return html.unescape(re.search(r'name="prices" value="([^"]+)"', page).group(1))


@pytest.mark.parametrize("data, choice, field, words", [
    ({}, {"type": "g7-premium-2", "region": "us-central"}, "type", "does not have the plan"),
    ({}, {"type": "g1-gpu-rtx6000-1", "region": "eu-west"}, "type", "does not have the plan"),
    ({"availability": {"eu-central": {"g6-nanode-1": False}}}, {}, "type", "does not have the plan"),
    ({"regions": {"eu-central": {"status": "outage"}}}, {}, "region", "out of order"),
    ({"types": {"g6-nanode-1": {"disk": 1500}}}, {}, "type", "does not fit on the disk"),
])
def test_what_cannot_work_is_refused(bench, linode, data, choice, field, words):
    linode.control("POST", "data", json=data)
    server, site = bench.serve()
    visitor = Visitor(site, server)
    told = visitor.post("/", {**CHOICE, **choice}, headers=JSON)
    assert told.status_code == 422
    assert [problem["field"] for problem in told.json()["problems"]] == [field]
    page = visitor.post("/", {**CHOICE, **choice}).text
    assert words in page and 'aria-invalid="true"' in page
    assert not linode.journal("oauth.authorize")


def test_a_region_of_which_little_is_told_can_be_chosen(bench, linode):
    known = requests.get(linode.api + "/regions", timeout=10).json()
    for region in known["data"]:
        region.update(status=None, country=None)
    linode.fault("regions.list", "lie", count=None, body=known)
    server, site = bench.serve()
    visitor = Visitor(site, server)
    option = re.search(r'<option value="eu-central"[^>]*>[^<]*', visitor.get("/").text).group(0)
    assert "disabled" not in option and "unavailable" not in option and "NONE" not in option
    assert re.search(r'<option value="us-east"[^>]*>Newark, NJ \(us-east\)<', visitor.get("/").text)
    visitor.deploy()


def test_rows_that_a_region_has_not_say_why(shop):
    def row(page):
        return re.search(r'<input[^>]* value="g7-premium-2"[^>]*>.*?</label>', page, re.S).group(0)
    everywhere, there, elsewhere = (row(shop.get(path).text) for path in
                                    ("/", "/?region=us-central", "/?region=us-iad"))
    assert re.search(r'data-without="[^"]*us-central', everywhere)
    assert " disabled" not in everywhere and 'class="why" hidden' in everywhere
    assert " disabled" in there and '<small class="why">Linode does not have this plan' in there
    assert " disabled" not in elsewhere


@pytest.mark.parametrize("region, now", [("eu-central", "$5.00"), ("br-gru", "$7.00")])
def test_price_that_was_shown_holds(shop, region, now):
    prices = shown(shop.get("/").text)
    assert "g6-nanode-1=5;" in prices and "br-gru=7" in prices
    assert shop.post("/", {**CHOICE, "region": region, "prices": prices}).status_code == 303
    old = prices.replace("g6-nanode-1=5;", "g6-nanode-1=4.5;").replace("br-gru=7 ", "br-gru=4.5 ")
    answer = shop.post("/", {**CHOICE, "region": region, "prices": old})
    assert answer.status_code == 422
    assert "was shown with $4.50 a month" in answer.text and f"now asks {now}" in answer.text
    assert "Set-Cookie" not in answer.headers
    agreed = shop.post("/", {**CHOICE, "region": region, "prices": shown(answer.text)})
    assert agreed.status_code == 303


@pytest.mark.parametrize("prices", ["", "nonsense", "g6-nanode-1", "g6-nanode-1=", "x" * 16384,
                                    "g6-standard-1=1 g7=2"])
def test_form_that_says_nothing_of_the_price(shop, prices):
    """Linode's guide's form shows none."""
    assert shop.post("/", {**CHOICE, "prices": prices}).status_code == 303


def test_plans_and_prices_of_a_region_without_scripts(shop, linode):
    """Everything typed stays in the body: the answer is a page, not an address."""
    answer = shop.post("/", {**CHOICE, "region": "br-gru", "type": "g6-standard-1", "show": "region"})
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert 'value="br-gru" selected' in answer.text and "Prices for Brazil, Sao Paulo" in answer.text
    row = re.search(r'value="g6-standard-1"[^>]* checked.*?</label>', answer.text, re.S).group(0)
    assert "$16.80</span>/month" in row and "$0.025</span>/hour" in row
    assert 'from <span data-from>$7<' in answer.text, "the cheapest of its class there"
    assert 'role="alert"' not in answer.text and not linode.journal("oauth.authorize")


def test_amounts_in_words(bench, linode):
    """Thousands are set off whatever comes after the point."""
    amounts = {"g6-nanode-1": (1234.567, "$1,234.567"), "g6-standard-1": (12345.05, "$12,345.05"),
               "g6-standard-2": (1005, "$1,005"), "g6-standard-4": (999.125, "$999.125")}
    linode.control("POST", "data", json={"types": {
        plan: {"price": {"monthly": amount, "hourly": None}, "region_prices": []}
        for plan, (amount, words) in amounts.items()}})
    server, site = bench.serve(Types=" ".join(amounts))
    page = Visitor(site, server).get("/").text
    assert re.findall(r"<span data-m>([^<]*)</span>/month", page) == [
        words for amount, words in amounts.values()]


def test_form_is_small(shop):
    raw = shop.get("/", headers={"Accept-Encoding": "gzip"}, stream=True).raw
    assert len(raw.read(decode_content=False)) < 12000
