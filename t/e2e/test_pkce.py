# SPDX-License-Identifier: Apache-2.0
"""PKCE (RFC 7636, RFC 9700 sections 4.5 and 4.8): an authorization code is of use only to the flow
that asked for it."""
import base64
import hashlib
from urllib.parse import parse_qs, parse_qsl, urlsplit

from harness.visitor import Visitor
from test_refusals import change


def challenge_of(url):
    return dict(parse_qsl(urlsplit(url).query))["code_challenge"]


def sha256_of(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def code_of(url):
    return parse_qs(urlsplit(url).query)["code"][0]


def test_every_flow_and_round_has_a_challenge_of_its_own(shop):
    first = shop.start()
    again = shop.get(change(shop.consent(first), code="0" * 20)).headers["Location"]
    urls = [first, again, shop.start(), Visitor(shop.site, shop.server).start()]
    assert len({challenge_of(url) for url in urls}) == 4
    assert all("code_challenge_method=S256" in url for url in urls)


def test_verifier_is_sent_and_checked(shop, linode):
    """The sandbox compares the verifier with the challenge; another challenge is refused."""
    url = shop.start()
    answer = shop.get(shop.consent(url.replace(challenge_of(url), sha256_of("x"))))
    assert answer.status_code == 303 and answer.headers["Location"].startswith(linode.login)
    assert not linode.linodes()


def test_verifier_is_not_in_the_address(shop, linode):
    """Who sees the address of the login, with its state, learns nothing of the verifier."""
    url = shop.start()
    shop.get(shop.consent(url))
    [verifier] = [sent for sent in linode.secrets() if sha256_of(sent) == challenge_of(url)]
    assert len(verifier) == 64
    state = parse_qs(urlsplit(url).query)["state"][0]
    assert verifier not in url and not verifier.startswith(state[:6])


def test_stolen_code_in_the_thiefs_own_flow(shop, linode):
    """Code injection: the victim's code with the thief's state, in the thief's browser."""
    thief = Visitor(shop.site, shop.server, "second")
    stolen = code_of(shop.consent(shop.start()))
    answer = thief.get(change(thief.consent(thief.start()), code=stolen))
    assert answer.status_code == 303 and answer.headers["Location"].startswith(linode.login)
    assert not linode.linodes() and not linode.linodes("second")
    linode.wait_for_no_tokens()


def test_code_of_one_tab_in_the_other(shop, linode):
    one, two = (shop.consent(shop.start(region=region)) for region in ("eu-central", "us-east"))
    shop.get(change(one, code=code_of(two)))
    assert not linode.linodes()


def test_can_be_switched_off(bench):
    server, site = bench.serve(PKCE="off")
    visitor = Visitor(site, server)
    url = visitor.start()
    assert "code_challenge" not in url
    assert visitor.get(visitor.consent(url)).status_code == 303
