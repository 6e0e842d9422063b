# SPDX-License-Identifier: Apache-2.0
"""A deploy from end to end: form, login, callback, result."""
import base64
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from harness.visitor import CHOICE, Visitor, password_in


def test_form_offers_what_linode_offers(shop, linode):
    page = shop.get("/")
    assert page.status_code == 200
    for value in ("g6-nanode-1", "eu-central", "linode/debian12", "linode/ubuntu24.04"):
        assert f'value="{value}"' in page.text
    assert "Hello page" in page.text
    for call in linode.journal():
        if not call["operation"].startswith("oauth"):
            assert "Authorization" not in call["headers"], "catalog calls carry no token"


def test_login_url_has_each_parameter_once(shop):
    url = shop.start()
    parameters = parse_qsl(urlsplit(url).query, strict_parsing=True)
    names = [name for name, _ in parameters]
    assert sorted(names) == ["client_id", "code_challenge", "code_challenge_method",
                             "redirect_uri", "response_type", "scopes", "state"]
    values = dict(parameters)
    assert values["client_id"] == shop.site.directives["ClientID"]
    assert values["response_type"] == "code"
    assert values["redirect_uri"] == shop.site.url + "/auth_callback"
    assert values["scopes"] == "linodes:read_write"
    assert values["code_challenge_method"] == "S256"
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", values["code_challenge"])
    assert len(base64.urlsafe_b64decode(values["state"] + "==")) == 16


def test_visitor_gets_the_linode(shop, linode):
    page = shop.deploy()
    [created] = linode.linodes()
    assert created["type"] == CHOICE["type"]
    assert created["region"] == CHOICE["region"]
    assert created["image"] == CHOICE["distribution"]
    assert created["group"] == "Hello page"
    assert created["tags"] == ["Hello page"]
    assert re.fullmatch(r"hello-page-[0-9a-z]{8}", created["label"])
    assert created["label"] in page.text
    assert "Hello page group" in page.text
    assert f"ssh root@{created['ipv4'][0]}" in page.text
    assert linode.has_password(created["id"], password_in(page.text))


def test_password_is_strong_and_legible(shop):
    password = password_in(shop.deploy().text)
    assert len(password) == 32
    for alphabet in (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]"):
        assert re.search(alphabet, password)
    assert not set(password) & set("0O1lI|5S2Z8B'\"`\\ $") - set("28"), password


def test_token_is_revoked(shop, linode):
    shop.deploy()
    linode.wait_for_no_tokens()
    assert len(linode.journal("oauth.revoke")) == 1


def test_linode_is_asked_for_no_more_than_needed(shop, linode):
    shop.get("/")
    before = len(linode.journal())
    shop.deploy()
    linode.wait_for_no_tokens()
    calls = [call["operation"] for call in linode.journal()[before:]]
    assert [name for name in calls if not name.startswith("login")
            and name != "oauth.authorize"] == ["oauth.token", "profile.get", "instances.create",
                                               "oauth.revoke"]


def test_result_survives_a_reload(shop, linode):
    page = shop.deploy()
    linode.wait_for_no_tokens()
    calls = len(linode.journal())
    again = shop.get(page.url)
    assert password_in(again.text) == password_in(page.text)
    assert len(linode.journal()) == calls, "answered from the session"
    assert again.headers["Cache-Control"] == "no-store"


def test_callback_again_leads_to_the_result(shop, linode):
    callback = shop.consent(shop.start())
    first, second = shop.get(callback), shop.get(callback)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert len(linode.linodes()) == 1


def test_forgotten_password_is_gone(shop):
    page = shop.deploy()
    answer = shop.post(urlsplit(page.url).path + "/forget")
    assert answer.status_code == 303
    again = shop.get(page.url)
    assert again.status_code == 200
    assert password_in(again.text) is None
    assert password_in(page.text) not in again.text


def test_callback_of_a_result_whose_password_is_forgotten(shop, linode):
    """Nothing is left that could tell whose it is."""
    callback = shop.consent(shop.start())
    page = shop.result(shop.get(callback))
    shop.post(urlsplit(page.url).path + "/forget")
    calls = len(linode.journal("oauth.token"))
    assert shop.get(callback).status_code == 400
    assert len(linode.journal("oauth.token")) == calls and len(linode.linodes()) == 1


def test_result_is_never_compressed(bench):
    """The length of a compressed page tells what it holds (BREACH)."""
    server, site = bench.serve(
        extra="AddOutputFilterByType DEFLATE text/html\n",
        modules=("session", "session_cookie", "filter", "deflate"))
    visitor = Visitor(site, server)
    gzip = {"Accept-Encoding": "gzip"}
    form = visitor.get("/?type=g6-nanode-1", headers=gzip)
    assert form.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in visitor.get(visitor.deploy().url, headers=gzip).headers


def test_result_belongs_to_the_browser(shop, bench):
    page = shop.deploy()
    stranger = Visitor(shop.site, shop.server)
    answer = stranger.get(page.url)
    assert answer.status_code == 404
    assert password_in(page.text) not in answer.text


def test_two_flows_in_one_browser(shop, linode):
    first, second = shop.start(), shop.start(region="us-east")
    pages = [shop.result(shop.get(shop.consent(url))) for url in (second, first)]
    assert len({page.url for page in pages}) == 2
    assert {row["region"] for row in linode.linodes()} == {"us-east", CHOICE["region"]}
    for page in pages:
        [row] = [row for row in linode.linodes() if row["label"] in page.text]
        assert linode.has_password(row["id"], password_in(page.text))


def test_visitors_own_label(shop, linode):
    shop.deploy(label="my-own-box")
    [created] = linode.linodes()
    assert re.fullmatch(r"my-own-box-[0-9a-z]{8}", created["label"])


def test_restricted_user_who_may_add_linodes(shop, linode):
    """Only unrestricted users may tag; the group is there all the same, as in Linode's guide."""
    shop.user = "helper"
    page = shop.deploy()
    [created] = linode.linodes("helper")
    assert created["group"] == "Hello page" and created["tags"] == []
    assert linode.has_password(created["id"], password_in(page.text))


def test_own_label_is_kept_for_the_next_try(shop):
    answer = shop.get(shop.consent(shop.start(label="my-own-box"), decision="deny"))
    assert "label=my-own-box" in answer.text
    form = shop.get("/", headers={"Accept": "application/json"})
    assert form.json()["chosen"]["label"] == "my-own-box"


def test_same_label_twice_makes_two_linodes(shop, linode):
    pages = [shop.deploy(label="my-own-box") for _ in range(2)]
    assert len(linode.linodes()) == 2
    for page in pages:
        [row] = [row for row in linode.linodes() if row["label"] in page.text]
        assert linode.has_password(row["id"], password_in(page.text))


def test_every_page_is_an_api(shop, linode):
    form = shop.get("/", headers={"Accept": "application/json"})
    assert form.headers["Content-Type"] == "application/json"
    assert {row["id"] for row in form.json()["types"]} >= {"g6-nanode-1", "g6-standard-1"}
    page = shop.deploy()
    result = shop.get(page.url, headers={"Accept": "application/json"}).json()
    assert result["linode"]["label"] == linode.linodes()[0]["label"]
    missing = shop.get("/deploys/nothing", headers={"Accept": "application/json"})
    assert missing.headers["Content-Type"] == "application/problem+json"
    assert missing.json()["code"] == "LO0208"


@pytest.mark.parametrize("accept, is_json", [
    ("application/json", True), ("Application/JSON; charset=utf-8", True), ("application/*", True),
    ("application/json, text/plain, */*", True), ("text/html;q=0.5, application/json", True),
    ("text/html;q=0, */*", True), ("application/json;q=0", False), ("application/json;Q=0.0", False),
    ("application/json;q=0, text/html", False), ("application/json;q=0.5, */*", False),
    ("text/html, application/json", False), ("text/html, application/json;q=0.9", False),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False), ("*/*", False),
    ("application/jsonx", False), ("image/png", False), ("", False)])
def test_whether_a_program_or_a_person_asks(shop, accept, is_json):
    page, missing = (shop.get(path, headers={"Accept": accept}) for path in ("/", "/nothing"))
    assert page.status_code == 200 and missing.status_code == 404
    assert (page.headers["Content-Type"] == "application/json") == is_json
    assert (missing.headers["Content-Type"] == "application/problem+json") == is_json
    assert "Accept" in re.split(r",\s*", missing.headers.get("Vary", ""))


def test_guides_field_names_are_enough(shop, linode):
    """distribution is the guide's name; image is accepted for the same."""
    choice = {"type": "g6-standard-1", "region": "us-east", "image": "linode/ubuntu24.04"}
    answer = shop.post("/", choice)
    assert answer.status_code == 303
    shop.get(shop.consent(answer.headers["Location"]))
    assert linode.linodes()[0]["image"] == "linode/ubuntu24.04"
