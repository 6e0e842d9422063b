# SPDX-License-Identifier: Apache-2.0
"""Links that fill in the form; and no answer in an address that nobody asked for."""
import html
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from harness.visitor import CHOICE, Visitor

JSON = {"Accept": "application/json"}
SECRET = "c0rrect-h0rse-battery"
ANSWERS = {"udf.admin_email": "admin@example.org", "udf.admin_password": SECRET,
           "udf.edition": "school", "udf.addons": ["", "stats", "chat"],
           "udf.site_name": "Café & Söhne"}


@pytest.fixture
def asking(bench):
    server, site = bench.serve(StackScriptID="700001", Ask="label ssh_key backups")
    server.secrets.add(SECRET)
    return Visitor(site, server)


def notes(visitor, query):
    return visitor.get("/", params=query, headers=JSON).json()["notes"]


def note_of(page):
    return re.search(r'<div class="note" role="status">(.*?)</div>', page, re.S)


def link_of(page):
    return html.unescape(re.search(r'id="form-link">([^<]+)<', page).group(1))


def test_link_fills_in_the_form(asking):
    page = asking.get("/", params={
        "type": "g6-standard-2", "region": "eu-central", "image": "linode/ubuntu24.04",
        "label": "my-own-box", "backups": "on", "udf.site_name": "Other", "udf.edition": "team"})
    assert page.status_code == 200 and not note_of(page.text)
    assert re.search(r'value="g6-standard-2"[^>]* checked', page.text)
    assert re.search(r'value="eu-central" selected', page.text)
    assert re.search(r'value="linode/ubuntu24.04"[^>]* selected', page.text)
    assert re.search(r'id="label"[^>]* value="my-own-box"', page.text)
    assert re.search(r'id="backups"[^>]* checked', page.text)
    assert 'value="Other"' in page.text and re.search(r'value="team" selected', page.text)


def test_empty_values_say_nothing(asking):
    query = {"type": "", "region": "", "image": "", "label": "", "udf.site_name": "", "flow": ""}
    assert notes(asking, query) == []
    assert 'value="My site"' in asking.get("/", params=query).text


@pytest.mark.parametrize("query, words", [
    ({"type": "g6-huge"}, 'The plan "g6-huge" is not on offer'),
    ({"region": "mars-1"}, 'The region "mars-1" is not on offer'),
    ({"image": "linode/windows"}, 'The distribution "linode/windows" is not on offer'),
    ({"region": "us-central", "type": "g7-premium-2"}, "Linode does not have the plan Premium"),
    ({"label": "a--b"}, 'The label "a--b" may not hold'),
    ({"udf.edition": "enterprise"}, "Choose from what is on offer."),
    ({"udf.addons": ["chat", "mail"]}, "Choose from what is on offer."),
    ({"udf.unknown": "1"}, 'The script does not ask for "unknown".'),
    ({"udf.hd_extras": "1"}, 'The script does not ask for "hd_extras".'),
    ({"udf.api_token": "planted"}, "is secret: a link cannot fill it in."),
    ({"region": '"><b>x'}, 'The region ""><b>x" is not on offer here.'),
])
def test_what_cannot_be_taken_is_told(asking, query, words):
    [note] = notes(asking, query)
    assert words in note
    page = asking.get("/", params=query)
    assert page.status_code == 200, "a link is never an error"
    told = note_of(page.text).group(1)
    assert words in html.unescape(told) and "<b>" not in told
    assert "planted" not in page.text and 'value="a--b"' not in page.text


def test_notes_add_up_and_the_rest_is_kept(asking):
    page = asking.get("/", params={"region": "us-central", "type": "g7-premium-2",
                                   "image": "linode/gone", "udf.site_name": "Kept"})
    assert len(re.findall("<p>", note_of(page.text).group(1))) == 3
    assert 'value="us-central" selected' in page.text and 'value="Kept"' in page.text


def test_region_that_is_out_of_order(bench, linode):
    linode.control("POST", "data", json={"regions": {"eu-central": {"status": "outage"}}})
    server, site = bench.serve()
    [note] = notes(Visitor(site, server), {"region": "eu-central"})
    assert "Frankfurt" in note and "out of order" in note


def test_old_name_of_a_region(shop, linode):
    page = shop.get("/?region=us-south").text
    assert 'value="us-central" selected' in page and not note_of(page)
    shop.deploy(region="us-south")
    [created] = linode.linodes()
    assert created["region"] == "us-central"


# ---------------------------------------------------------------- the link to a form

def test_link_to_the_form(asking, linode):
    order = {**CHOICE, **ANSWERS, "label": "my-own-box", "backups": "on", "link": "form",
             "authorized_keys": "ssh-ed25519 AAAA", "udf.languages": ["", "en", "de"]}
    page = asking.post("/", order)
    assert page.status_code == 200 and "Location" not in page.headers
    link = link_of(page.text)
    assert link.startswith(asking.site.url + "/?")
    assert parse_qs(urlsplit(link).query) == {
        "region": ["eu-central"], "type": ["g6-nanode-1"], "image": ["linode/debian12"],
        "label": ["my-own-box"], "backups": ["on"], "udf.admin_email": ["admin@example.org"],
        "udf.edition": ["school"], "udf.addons": ["stats,chat"],
        "udf.site_name": ["Café & Söhne"]}, "no secret, and nothing that is so by itself"
    assert SECRET not in page.text and "Set-Cookie" not in page.headers
    assert asking.post("/", order, headers=JSON).json()["link"] == link
    other = Visitor(asking.site, asking.server).get(link)
    assert 'value="Caf\xe9 &amp; S\xf6hne"' in other.text
    assert not note_of(other.text) and re.search(r'value="stats" checked', other.text)
    assert not linode.journal("oauth.authorize")


def test_link_to_an_empty_form(shop):
    assert link_of(shop.post("/", {"link": "form"}).text) == shop.site.url + "/"


def test_link_of_another_host_is_not_made(shop):
    page = shop.post("/", {**CHOICE, "link": "form"}, headers={"Host": "evil.example",
                                                               "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in page.text
    assert link_of(page.text).startswith(shop.site.url)


def test_too_long_for_a_link(asking):
    page = asking.post("/", {**CHOICE, "udf.site_name": "x" * 5000, "link": "form"})
    assert page.status_code == 200 and 'id="form-link"' not in page.text
    assert "too long for a link" in note_of(page.text).group(1)
    assert "x" * 5000 in page.text


# ---------------------------------------------------------------- ways back

def back_from(page):
    return urljoin(page.url, html.unescape(
        re.search(r'href="([^"]*)">Back to the form', page.text).group(1)))


def test_way_back_names_choices_and_flow_alone(asking):
    denied = asking.get(asking.consent(asking.start(**ANSWERS, label="my-own-box"),
                                       decision="deny"))
    link = back_from(denied)
    query = parse_qs(urlsplit(link).query)
    flow = query.pop("flow")
    assert query == {"region": ["eu-central"], "type": ["g6-nanode-1"],
                     "image": ["linode/debian12"], "label": ["my-own-box"]}
    page = asking.get(link).text
    assert 'value="admin@example.org"' in page and re.search(r'value="school" selected', page)
    assert SECRET not in page and flow[0] not in page
    stranger = Visitor(asking.site, asking.server).get(link).text
    assert "admin@example.org" not in stranger and 'value="eu-central" selected' in stranger


def test_each_flow_has_its_own_answers(asking):
    links = []
    for mail in ("one@example.org", "two@example.org"):
        login = asking.start(**{**ANSWERS, "udf.admin_email": mail})
        links.append(back_from(asking.get(asking.consent(login, decision="deny"))))
    assert 'value="one@example.org"' in asking.get(links[0]).text
    assert 'value="two@example.org"' in asking.get(links[1]).text
    assert 'value="three@example.org"' in asking.get(
        links[0] + "&udf.admin_email=three@example.org").text, "what an address says counts more"


@pytest.mark.parametrize("flow", ["zzzzzzzz", "x", "' or 1", "a" * 300])
def test_unknown_flow_is_ignored(asking, flow):
    asking.start(**ANSWERS)
    page = asking.get("/", params={"flow": flow, "region": "us-east"})
    assert page.status_code == 200 and not note_of(page.text)
    assert "admin@example.org" not in page.text and 'value="us-east" selected' in page.text


def test_no_answer_in_any_address(asking, linode):
    linode.fault("instances.create", "error", code=400,
                 errors=[{"reason": "is not valid", "field": "admin_email"}])
    asking.server.expect_log("LO0406")
    login = asking.start(**ANSWERS)
    refused = asking.get(asking.consent(login))
    assert refused.status_code == 422
    for text in (login, *re.findall(r'(?:href|action)="([^"]*)"', refused.text)):
        assert "udf." not in text and "example.org" not in text
    assert "#udf-" in back_from(refused)
    assert 'value="admin@example.org"' in asking.get(back_from(refused)).text
