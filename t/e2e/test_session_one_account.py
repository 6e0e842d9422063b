# SPDX-License-Identifier: Apache-2.0
"""Two users of one account go through one flow: the label is the account's, so there is one Linode,
and nobody is shown a password that is not its own."""
import pytest
from harness.faults import FAULTS
from harness.session import cookie_of, set_cookie
from harness.visitor import Visitor, password_in

ACCOUNT = ("visitor", "partner", "helper")  # helper may not do everything there


@pytest.fixture
def begin(shop):
    """One flow in the browsers of two users."""
    def two(first, second):
        visitors = Visitor(shop.site, shop.server, first), Visitor(shop.site, shop.server, second)
        login = visitors[0].start()
        set_cookie(visitors[1], cookie_of(visitors[0]))
        return *visitors, login
    return two


def linodes_of_account(linode):
    return [row for user in ACCOUNT for row in linode.linodes(user)]


def assert_right(linode, page):
    [created] = linodes_of_account(linode)
    assert created["label"] in page.text
    assert linode.has_password(created["id"], password_in(page.text))


def deploy(visitor, login):
    return visitor.result(visitor.get(visitor.consent(login)))


@pytest.mark.parametrize("users", [("visitor", "partner"), ("partner", "visitor")])
def test_both_may_do_everything(begin, linode, users):
    first, second, login = begin(*users)
    pages = [deploy(visitor, login) for visitor in (first, second)]
    for page in pages:
        assert_right(linode, page)
    for visitor, page in zip((first, second), pages):
        assert_right(linode, visitor.get(page.url))


def test_one_continues_what_the_other_began(begin, linode):
    """The create was done, but neither its answer came nor did the look-up help."""
    first, second, login = begin("visitor", "partner")
    first.server.expect_log("LO0406")
    linode.fault("instances.create", **FAULTS["500 done"])
    linode.fault("instances.list", **FAULTS["400"])
    answer = first.get(first.consent(login))
    assert answer.status_code == 422 and "perhaps created" in answer.text
    for visitor in (second, first):
        assert_right(linode, deploy(visitor, login if visitor is second else again(visitor, answer)))


def again(visitor, answer):
    """The login that "Try the login again" of a page leads to."""
    where = next(part for part in answer.text.split('"') if part.endswith("/login"))
    return visitor.get(where).headers["Location"]


@pytest.mark.parametrize("users, code, status", [
    (("helper", "visitor"), "LO0411", 409),  # he sees it, and that it is not his
    (("visitor", "helper"), "LO0406", 422),  # he does not even see it
])
def test_one_has_restrictions(begin, linode, users, code, status):
    """He is an owner of his own: who comes second is shown no password, and makes no Linode."""
    first, second, login = begin(*users)
    page = deploy(first, login)
    assert_right(linode, page)
    first.server.expect_log(code)
    answer = second.get(second.consent(login))
    assert answer.status_code == status and code in first.server.log()
    assert password_in(answer.text) is None and password_in(page.text) not in answer.text
    assert 'action="' not in answer.text and "?region=" in answer.text, "the form, to choose again"
    assert_right(linode, first.get(page.url))
    linode.wait_for_no_tokens()
