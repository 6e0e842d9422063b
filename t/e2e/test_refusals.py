# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in a login or at Linode: the page says what happened, what to do, and leads back
to a form that still has the choices."""
import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from harness.visitor import Visitor


def problem_of(visitor, answer):
    """The code in the page, and the address of the form that it offers."""
    assert answer.headers["Content-Type"].startswith("text/html")
    links = re.findall(r'href="([^"]*\?region=[^"]*)"', answer.text)
    return links[0].replace("&amp;", "&") if links else None


def assert_choices_kept(visitor, answer):
    form = problem_of(visitor, answer)
    assert form, "the page offers the form with the choices"
    page = visitor.get(urljoin(visitor.site.url + "/", form))
    assert page.status_code == 200
    assert re.search(r'value="g6-nanode-1"[^>]*checked', page.text)
    assert re.search(r'value="eu-central"[^>]*selected', page.text)
    assert re.search(r'value="linode/debian12"[^>]*selected', page.text)


def test_denial_is_calm_and_keeps_the_choices(shop, linode):
    answer = shop.get(shop.consent(shop.start(), decision="deny"))
    assert answer.status_code == 403
    assert "You did not allow it at Linode" in answer.text
    assert_choices_kept(shop, answer)
    assert not linode.journal("oauth.token") and not linode.linodes()


def test_denied_flow_can_still_be_allowed(shop, linode):
    answer = shop.get(shop.consent(shop.start(), decision="deny"))
    again = re.search(r'href="([^"]*/login)"', answer.text).group(1)
    login = shop.get(urljoin(shop.site.url + "/", again))
    assert login.status_code == 303
    shop.result(shop.get(shop.consent(login.headers["Location"])))
    assert len(linode.linodes()) == 1


def change(url, **changes):
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    query.update(changes)
    query = {name: value for name, value in query.items() if value is not None}
    return parts._replace(query=urlencode(query)).geturl()


@pytest.mark.parametrize("changes, status", [
    ({"state": None}, 400),
    ({"state": "A" * 22}, 400),
    ({"state": "é" * 22}, 400),
    ({"state": "A" * 5000}, 400),
    ({"code": None}, 400),
    ({"error": "access_denied"}, 400),
    ({"iss": "https://evil.example"}, 400),
])
def test_callback_that_is_not_ours(shop, linode, changes, status):
    callback = shop.consent(shop.start())
    answer = shop.get(change(callback, **changes))
    assert answer.status_code == status
    assert_choices_kept(shop, answer)
    assert not linode.journal("oauth.token") and not linode.linodes()


def test_repeated_parameter_is_refused(shop, linode):
    callback = shop.consent(shop.start())
    answer = shop.get(callback + "&state=" + parse_qs(urlsplit(callback).query)["state"][0])
    assert answer.status_code == 400
    assert not linode.journal("oauth.token")


def test_callback_in_another_browser(shop, linode):
    callback = shop.consent(shop.start())
    answer = Visitor(shop.site, shop.server).get(callback)
    assert answer.status_code == 400
    assert "does not belong to this browser" in answer.text
    assert not linode.journal("oauth.token") and not linode.linodes()


def test_insufficient_scopes(shop, linode):
    answer = shop.get(shop.consent(shop.start(), grant="linodes:read_only"))
    assert answer.status_code == 403
    assert "Insufficient scopes granted to deploy Hello page" in answer.text
    assert_choices_kept(shop, answer)
    assert not linode.linodes()
    linode.wait_for_no_tokens()  # the weak token is revoked all the same


def test_used_code_goes_through_login_twice_and_no_more(shop, linode):
    url = shop.start()
    for _ in range(2):
        callback = change(shop.consent(url), code="0" * 20)
        answer = shop.get(callback)
        assert answer.status_code == 303, answer.text
        url = answer.headers["Location"]
        assert url.startswith(linode.login)
    answer = shop.get(change(shop.consent(url), code="0" * 20))
    assert answer.status_code == 400
    assert_choices_kept(shop, answer)
    assert not linode.linodes()


def test_login_after_a_used_code_ends_in_the_linode(shop, linode):
    answer = shop.get(change(shop.consent(shop.start()), code="0" * 20))
    shop.result(shop.get(shop.consent(answer.headers["Location"])))
    assert len(linode.linodes()) == 1


def test_linodes_own_reasons_are_shown(shop, linode):
    shop.server.expect_log("LO0406")
    linode.fault("instances.create", "error", code=400, errors=[
        {"reason": "Account Limit reached. Please open a support ticket."},
        {"reason": "<b>region</b> is not valid", "field": "region"}])
    answer = shop.get(shop.consent(shop.start()))
    assert answer.status_code == 422
    assert "Account Limit reached. Please open a support ticket." in answer.text
    assert "&lt;b&gt;region&lt;/b&gt; is not valid" in answer.text
    assert_choices_kept(shop, answer)
    linode.wait_for_no_tokens()


@pytest.mark.parametrize("user, status", [("restricted", 403), ("inactive", 403)])
def test_account_that_may_not(shop, linode, user, status):
    shop.server.expect_log("LO040")
    shop.user = user
    answer = shop.get(shop.consent(shop.start()))
    assert answer.status_code == status, answer.text
    assert not linode.linodes(user)
    linode.wait_for_no_tokens()


@pytest.mark.parametrize("field, value", [
    ("type", "g6-none"), ("type", ""), ("region", "mars-1"), ("region", ""),
    ("distribution", "linode/arch"), ("distribution", ""),
    ("label", "9-begins-with-a-digit"), ("label", "x"), ("label", "two--dashes")])
def test_choice_that_is_not_on_offer(shop, linode, field, value):
    choice = {"type": "g6-nanode-1", "region": "eu-central", "distribution": "linode/debian12",
              field: value}
    answer = shop.post("/", choice)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text or 'role="alert"' in answer.text
    if field != "type":
        assert re.search(r'value="g6-nanode-1"[^>]*checked', answer.text), "nothing typed is lost"


