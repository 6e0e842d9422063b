# SPDX-License-Identifier: Apache-2.0
"""The OAuth state (RFC 9700 section 4.7, RFC 6819 section 4.4.1.8): one flow, one browser, one use,
15 minutes."""
import base64
import re
from urllib.parse import parse_qs, urlsplit

from harness.sealed import Jar
from harness.visitor import Visitor
from test_refusals import assert_choices_kept, change


def state_of(url):
    return parse_qs(urlsplit(url).query)["state"][0]


def test_128_bits_for_each_login(shop):
    states = [state_of(shop.start()) for _ in range(20)]
    assert len(set(states)) == 20
    assert all(len(base64.urlsafe_b64decode(state + "==")) == 16 for state in states)


def test_no_session(shop, linode):
    callback = shop.consent(shop.start())
    shop.session.cookies.clear()
    answer = shop.get(callback)
    assert answer.status_code == 400
    assert "does not belong to this browser" in answer.text
    assert not linode.journal("oauth.token")


def test_state_of_another_browser(shop, linode):
    """Login CSRF: the attacker's answer in the victim's browser."""
    attacker, victim = Visitor(shop.site, shop.server, "second"), shop
    victim.start()
    answer = victim.get(attacker.consent(attacker.start()))
    assert answer.status_code == 400
    assert not linode.journal("oauth.token") and not linode.linodes("second")


def test_near_misses(shop, linode):
    url = shop.start()
    callback, state = shop.consent(url), state_of(url)
    flipped = state[:-1] + ("A" if state[-1] != "A" else "Q")
    other = ("A" if state[0] != "A" else "Q") + state[1:]
    for wrong in (flipped, state[:-1], state + "A", state.swapcase(), other):
        answer = shop.get(change(callback, state=wrong))
        assert answer.status_code == 400 and "does not belong" in answer.text, wrong
    assert not linode.journal("oauth.token")
    assert shop.get(callback).status_code == 303, "the right one still counts"


def test_counts_once_after_a_denial(shop, linode):
    url = shop.start()
    assert "did not allow" in shop.get(shop.consent(url, decision="deny")).text
    answer = shop.get(shop.consent(url))
    assert answer.status_code == 400
    assert "came back before" in answer.text
    assert_choices_kept(shop, answer)
    assert not linode.journal("oauth.token") and not linode.linodes()


def test_counts_once_after_a_failure(shop, linode):
    shop.server.expect_log("LO0404")
    url = shop.start()
    callback = shop.consent(url)
    linode.fault("oauth.token", "status", code=500)
    assert shop.get(callback).status_code == 502
    # The second call ends what may have come of the first.
    tries = len(linode.wait_for_call("oauth.token", 2))
    answer = shop.get(callback)
    assert answer.status_code == 400 and "came back before" in answer.text
    assert len(linode.journal("oauth.token")) == tries
    again = re.search(r'href="([^"]*/login)"', answer.text).group(1)
    shop.result(shop.get(shop.consent(shop.get(again).headers["Location"])))
    assert len(linode.linodes()) == 1


def test_earlier_rounds_are_known_and_used(shop, linode):
    first = shop.start()
    old = shop.consent(first)
    answer = shop.get(change(shop.consent(first), code="0" * 20))
    second = answer.headers["Location"]
    assert state_of(second) != state_of(first)
    calls = len(linode.journal("oauth.token"))
    answer = shop.get(old)
    assert answer.status_code == 400 and "came back before" in answer.text
    assert "may" in answer.text or "perhaps" in answer.text, "never that nothing was created"
    assert len(linode.journal("oauth.token")) == calls
    shop.result(shop.get(shop.consent(second)))
    assert len(linode.linodes()) == 1


def test_dies_after_15_minutes(shop, linode):
    callback = shop.consent(shop.start())
    Jar(shop).age(15 * 60 + 2)
    answer = shop.get(callback)
    assert answer.status_code == 400
    assert "longer than 15 minutes" in answer.text
    assert_choices_kept(shop, answer)
    assert not linode.journal("oauth.token")


def test_lives_for_nearly_15_minutes(shop, linode):
    callback = shop.consent(shop.start())
    Jar(shop).age(14 * 60)
    assert shop.get(callback).status_code == 303
    assert len(linode.linodes()) == 1


def test_two_tabs_each_end_in_their_own_result(shop, linode):
    callbacks = [shop.consent(shop.start(region=region)) for region in ("eu-central", "us-east")]
    pages = [shop.result(shop.get(callback)) for callback in reversed(callbacks)]
    assert len({page.url for page in pages}) == 2
    assert {row["region"] for row in linode.linodes()} == {"eu-central", "us-east"}


def test_two_callbacks_at_once(shop, linode):
    """The cookie of the later answer wins; the other tab's result comes by one more login."""
    callbacks = [shop.consent(shop.start(region=region)) for region in ("eu-central", "us-east")]
    before = Jar(shop).text
    first = shop.get(callbacks[0])
    Jar(shop).text = before  # the second request left before the first answer came
    second = shop.get(callbacks[1])
    shop.result(second)
    answer = shop.get(first.headers["Location"])
    assert answer.status_code == 303 and answer.headers["Location"].startswith(linode.login)
    shop.result(shop.get(shop.consent(answer.headers["Location"])))
    assert len(linode.linodes()) == 2
