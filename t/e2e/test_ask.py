# SPDX-License-Identifier: Apache-2.0
"""LinodeOAuthAsk: a label, public SSH keys and backups, asked for, kept and given to Linode."""
import html
import re
from urllib.parse import urljoin

import pytest
from harness.visitor import CHOICE, Visitor

JSON = {"Accept": "application/json"}
KEY = ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk"
       " me@host")
PRIVATE = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW"
PEM = f"-----BEGIN OPENSSH PRIVATE KEY-----\r\n{PRIVATE}\r\n-----END OPENSSH PRIVATE KEY-----"


@pytest.fixture
def asking(bench):
    server, site = bench.serve(Ask="label ssh_key backups", log_level="debug")
    server.secrets.add(PRIVATE)
    return Visitor(site, server)


def created(linode):
    [call] = linode.journal("instances.create")
    return call["body"]


def error_at(page, field):
    """The message at the field, to which the field refers."""
    control = re.search(rf'<(?:input|textarea)[^>]* name="{field}"[^>]*>', page).group(0)
    assert 'aria-invalid="true"' in control and f'aria-describedby="{field}-error ' in control
    assert f'<a href="#{field}">' in page
    return html.unescape(re.search(rf'id="{field}-error">([^<]*)<', page).group(1))


def typed_keys(page):
    return html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S).group(1))


def test_nothing_more_is_asked_by_itself(shop):
    page = shop.get("/").text
    assert not re.search(r'name="(label|authorized_keys|backups)"', page)
    assert "<h2>Your Linode</h2>" not in page


@pytest.mark.parametrize("asked", ["label", "ssh_key", "backups"])
def test_each_alone(bench, asked):
    server, site = bench.serve(Ask=asked)
    page = Visitor(site, server).get("/")
    names = {"label": "label", "ssh_key": "authorized_keys", "backups": "backups"}
    assert re.findall(r'name="(label|authorized_keys|backups)"', page.text) == [names[asked]]
    told = Visitor(site, server).get("/", headers=JSON).json()["asks"]
    assert told == {name: name == asked for name in names}


def test_inner_section_asks_for_what_it_says_alone(bench):
    server = bench.server()
    sites = [bench.site(server, path=path, Ask=ask) for path, ask in (
        ("/a", None), ("/b", "backups"), ("/c", "none"))]
    server.write("LinodeOAuthAsk label ssh_key\n" + "\n".join(site.section() for site in sites))
    server.start()
    found = [re.findall(r'name="(label|authorized_keys|backups)"', Visitor(site).get("/").text)
             for site in sites]
    assert found == [["label", "authorized_keys"], ["backups"], []]


def test_all_of_it_reaches_linode(asking, linode):
    asking.deploy(label="my-own-box", authorized_keys=f"{KEY}\r\n", backups="on")
    body = created(linode)
    assert body["label"].startswith("my-own-box-")
    assert body["authorized_keys"] == [KEY] and body["backups_enabled"] is True


def test_none_of_it_is_sent_where_nothing_was_said(asking, linode):
    asking.deploy(label="", authorized_keys=" \r\n", backups="off")
    body = created(linode)
    assert body["label"].startswith("hello-page-")
    assert "authorized_keys" not in body and "backups_enabled" not in body


def test_a_request_may_bring_them_unasked(shop, linode):
    """Own forms and programs need no directive."""
    shop.deploy(label="my-own-box", authorized_keys=KEY, backups="1")
    body = created(linode)
    assert body["label"].startswith("my-own-box-")
    assert body["authorized_keys"] == [KEY] and body["backups_enabled"] is True


@pytest.mark.parametrize("label, words", [
    ("ab", "between 3 and 64"), ("x" * 65, "between 3 and 64"), ("a b c", "only letters"),
    ("7up", "begin with a letter"), ("a--b", "--"), ("box-", "end with"), ('"><b>', "only letters")])
def test_wrong_label_is_told_at_its_field(asking, linode, label, words):
    answer = asking.post("/", {**CHOICE, "label": label})
    assert answer.status_code == 422 and words in error_at(answer.text, "label")
    assert f'value="{html.escape(label).replace("&quot;", "&#34;")}"' in answer.text
    assert "<b>" not in re.search(r'<input id="label".*?>', answer.text).group(0)
    assert not linode.journal("oauth.authorize")


@pytest.mark.parametrize("keys, words", [
    (KEY.replace("Lk ", " "), "damaged"), ("hello", "not a public key"),
    (f"{KEY}\r\nssh-rsa AAAA", "damaged"), ("ssh-dss AAAA", "any more")])
def test_wrong_key_is_told_at_its_field(asking, linode, keys, words):
    answer = asking.post("/", {**CHOICE, "authorized_keys": keys})
    assert answer.status_code == 422 and words in error_at(answer.text, "authorized_keys")
    assert not linode.journal("oauth.authorize")


def test_form_keeps_keys_that_are_public(asking):
    answer = asking.post("/", {**CHOICE, "region": "mars", "authorized_keys": KEY, "backups": "on"})
    assert typed_keys(answer.text) == KEY and re.search(r'id="backups"[^>]* checked', answer.text)
    assert typed_keys(asking.post("/", {**CHOICE, "show": "region",
                                        "authorized_keys": KEY}).text) == KEY
    unknown = asking.post("/", {**CHOICE, "authorized_keys": "MIIEpAIBAAKCAQEAsecretly"})
    assert typed_keys(unknown.text) == "" and "secretly" not in unknown.text


@pytest.mark.parametrize("pasted", [PEM, f"{KEY}\r\n{PEM}", PRIVATE])
@pytest.mark.parametrize("button", [{}, {"show": "region"}])
def test_private_key_is_refused_and_kept_nowhere(asking, linode, pasted, button):
    form = {**CHOICE, "authorized_keys": pasted, **button}
    answer = asking.post("/", form)
    assert answer.status_code == 422
    assert "private key, which nobody else may ever see" in error_at(answer.text, "authorized_keys")
    assert "That is a private key" in answer.text and typed_keys(answer.text) == ""
    told = asking.post("/", form, headers=JSON)
    assert told.json()["problem"]["code"] == "LO0214" and told.json()["chosen"]["ssh_keys"] is None
    for answered in (answer, told, asking.get("/")):
        assert PRIVATE[:30] not in answered.text + str(answered.headers)
    assert not asking.session.cookies and not linode.journal("oauth.authorize")


def test_private_key_is_told_first(asking):
    told = asking.post("/", {"region": "mars", "label": "a--b", "authorized_keys": PEM},
                       headers=JSON).json()
    assert told["problem"]["title"] == "That is a private key" and len(told["problems"]) == 5


def test_a_link_brings_no_keys(asking):
    page = asking.get("/", params={"authorized_keys": KEY, "label": "my-own-box", "backups": "on"})
    assert typed_keys(page.text) == "" and 'value="my-own-box"' in page.text
    assert re.search(r'id="backups"[^>]* checked', page.text)


def test_what_was_asked_survives_the_login(asking, linode):
    login = asking.start(label="my-own-box", authorized_keys=KEY, backups="on")
    page = asking.get(asking.consent(login, decision="deny"))
    link = html.unescape(re.search(r'href="([^"]*)">Back to the form', page.text).group(1))
    for form in (asking.get(urljoin(page.url, link)), asking.get("/")):
        assert typed_keys(form.text) == KEY and 'value="my-own-box"' in form.text
        assert re.search(r'id="backups"[^>]* checked', form.text)
    again = html.unescape(re.search(r'href="([^"]*/login)"', page.text).group(1))
    asking.result(asking.get(asking.consent(
        asking.get(urljoin(page.url, again)).headers["Location"])))
    body = created(linode)
    assert body["authorized_keys"] == [KEY] and body["backups_enabled"] is True


def test_lost_answer_is_still_one_linode(asking, linode):
    linode.fault("instances.create", "reset", when="after")
    asking.deploy(authorized_keys=KEY, backups="on")
    assert len(linode.linodes()) == 1


def test_keys_too_long_for_the_session(asking, linode):
    answer = asking.post("/", {**CHOICE, "authorized_keys": f"{KEY} {'x' * 6000}"})
    assert answer.status_code == 413
    assert 'longest is "Your public SSH key"' in error_at(answer.text, "authorized_keys")
    assert not linode.journal("oauth.authorize")


def test_linodes_refusal_of_a_key_is_shown(asking, linode):
    login = asking.start(authorized_keys=KEY)
    linode.fault("instances.create", "error", code=400, errors=[
        {"reason": "Invalid SSH key format", "field": "authorized_keys[0]"}])
    asking.server.expect_log("LO0406")
    answer = asking.get(asking.consent(login))
    assert answer.status_code == 422 and "Invalid SSH key format" in answer.text
    assert not linode.linodes()
