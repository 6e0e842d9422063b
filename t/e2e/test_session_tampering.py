# SPDX-License-Identifier: Apache-2.0
"""A sealed value that was changed, cut, made elsewhere or kept too long is an empty session, never an
error page, and the next login in the same browser succeeds."""
import hashlib
import time

import pytest
from harness.sealed import Sealer, decode, encode
from harness.session import cookie_of, entries_of, ours, set_cookie, written
from harness.visitor import Visitor, password_in


class Held:
    """A visitor with a deploy behind him, and what his browser keeps of it."""

    def __init__(self, shop):
        self.shop = shop
        self.page = shop.deploy()
        self.cookie = cookie_of(shop)
        self.name, self.sealed = ours(self.cookie)
        self.seal = Sealer.of(shop.site)

    def shows(self, cookie):
        """Whether that cookie still holds the deploy; an empty session is the one alternative."""
        set_cookie(self.shop, cookie)
        answer = self.shop.get(self.page.url)
        assert answer.status_code in (200, 404), answer.text
        assert "Set-Cookie" not in answer.headers
        return answer.status_code == 200 and password_in(answer.text) is not None

    def shows_sealed(self, sealed):
        return self.shows(written({self.name: sealed}))

    def assert_next_login_succeeds(self):
        assert self.shop.get("/").status_code == 200
        assert password_in(self.shop.deploy().text)
        assert len(self.seal.open(ours(cookie_of(self.shop))[1])["flows"]) == 1


@pytest.fixture
def held(shop):
    held = Held(shop)
    assert held.shows(held.cookie) and held.shows_sealed(held.sealed)
    return held


def test_flipped_bits(held):
    """One bit of every byte, so of version, nonce, expiry, text and tag."""
    whole = decode(held.sealed)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        assert not held.shows_sealed(encode(bytes(changed))), place
    held.assert_next_login_succeeds()


def test_every_bit_of_version_nonce_expiry_and_tag(held):
    whole = decode(held.sealed)
    for bit in [*range(21 * 8), *range((len(whole) - 16) * 8, len(whole) * 8)]:
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << (bit % 8)
        assert not held.shows_sealed(encode(bytes(changed))), bit


def test_every_truncation(held):
    for length in range(len(held.sealed)):
        assert not held.shows_sealed(held.sealed[:length]), length
    held.assert_next_login_succeeds()


OTHER_CHANGES = [
    lambda sealed: sealed + "A", lambda sealed: sealed + "AAAA", lambda sealed: "A" + sealed,
    lambda sealed: sealed * 2, lambda sealed: sealed[1:], lambda sealed: sealed[::-1],
    lambda sealed: sealed + "=", lambda sealed: " " + sealed, lambda sealed: sealed + "\x00",
    lambda sealed: "é" + sealed, lambda sealed: sealed.swapcase(), lambda sealed: "AQ" * 3000]


def test_other_changes(held):
    for number, change in enumerate(OTHER_CHANGES):
        assert not held.shows_sealed(change(held.sealed)), number
        held.assert_next_login_succeeds()


RUBBISH = ["", "=", "&", "&&&===", "%", "%zz", "%00", "lo-", "expiry=x", "expiry=-1", "expiry=1",
           "expiry=99999999999999999999999", "user=root&pw=x", '"quoted"', "a" * 6000]


def test_rubbish_for_a_session(held):
    held.shop.server.expect_log("AH018")
    for value in RUBBISH:
        set_cookie(held.shop, value)
        assert held.shop.get("/").status_code == 200, value
        assert held.shop.get(held.page.url).status_code == 404, value
        assert password_in(held.shop.deploy().text), value


def test_value_of_another_format(held):
    flows = held.seal.open(held.sealed)
    assert held.shows_sealed(held.seal.close(flows)), "what the test seals would open"
    for version in (0, 2, 255):
        assert not held.shows_sealed(held.seal.close(flows, version=version)), version
        held.assert_next_login_succeeds()


def test_flows_of_another_layout(held):
    flows = held.seal.open(held.sealed)
    for layout in (flows["v"] - 1, flows["v"] + 1, -1, None, str(flows["v"]), 2 ** 40):
        assert not held.shows_sealed(held.seal.close({**flows, "v": layout})), layout
        held.assert_next_login_succeeds()


NO_FLOWS = [b"", b"null", b"[]", b"{", b"\x00" * 40, b"\xff\xfe", b'{"v":%d}', b'{"v":%d,"flows":7}',
            b'{"v":%d,"flows":[1,null,{},[],"x"]}', b"[" * 2000]


def test_content_that_is_no_flows(held):
    layout = held.seal.open(held.sealed)["v"]
    for content in NO_FLOWS:
        content = content.replace(b"%d", b"%d" % layout)
        assert not held.shows_sealed(held.seal.close(content)), content
        held.assert_next_login_succeeds()


BROKEN = [{"state": 99}, {"state": -1}, {"id": "x"}, {"id": None}, {"secret": "short"}, {"secret": 5},
          {"account": None}, {"linode": None}, {"linode": []}, {"label": 7}, {"type": None}]


def test_flow_that_is_not_whole(held):
    for changes in BROKEN:
        flows = held.seal.open(held.sealed)
        flows["flows"][0].update(changes)
        assert not held.shows_sealed(held.seal.close(flows)), changes
        held.assert_next_login_succeeds()


def test_expired_seal(held):
    flows = held.seal.open(held.sealed)
    assert not held.shows_sealed(held.seal.close(flows, expires=int(time.time()) - 1))
    assert not held.shows_sealed(held.seal.close(flows, expires=0))
    held.assert_next_login_succeeds()


def test_expiry_of_the_visitors_own_making(held):
    """mod_session_cookie believes the expiry in the cookie; ours is inside the seal."""
    flows = held.seal.open(held.sealed)
    old = held.seal.close(flows, expires=int(time.time()) - 1)
    assert not held.shows(written({held.name: old, "expiry": "9999999999999999"}))


def test_value_of_another_key_client_or_mount(held):
    flows = held.seal.open(held.sealed)
    key, client = held.shop.site.secret, held.shop.site.directives["ClientID"]
    assert held.shows_sealed(Sealer(key, client).close(flows))
    for other in (Sealer("x" * 40, client), Sealer(key, "another"),
                  Sealer(key, client, "/elsewhere")):
        assert not held.shows_sealed(other.close(flows)), other.context
        held.assert_next_login_succeeds()


def test_value_for_another_purpose(held):
    flows = held.seal.open(held.sealed)
    held.seal.context = held.seal.context.replace(b"session|", b"journal|")
    assert not held.shows_sealed(held.seal.close(flows))


def test_value_of_a_neighbouring_mount_with_the_same_key(bench, linode):
    """Under its own name and under ours."""
    server = bench.server()
    key = "k" * 40
    sites = [bench.site(server, path=path, SecretKey=key) for path in ("/one", "/two")]
    server.write("\n".join(site.section() for site in sites))
    server.start()
    one, two = (Held(Visitor(site, server)) for site in sites)
    for cookie in (one.cookie, written({two.name: one.sealed}),
                   written({one.name: one.sealed, two.name: one.sealed})):
        assert not two.shows(cookie)
    assert two.shows(written({one.name: one.sealed, two.name: two.sealed}))
    set_cookie(two.shop, written({two.name: one.sealed}))
    assert password_in(two.shop.deploy().text)


def test_callback_with_a_changed_session_asks_nothing_of_linode(shop, linode):
    callback = shop.consent(shop.start())
    name, sealed = ours(cookie_of(shop))
    changed = bytearray(decode(sealed))
    changed[-1] ^= 1
    set_cookie(shop, written({name: encode(bytes(changed))}))
    answer = shop.get(callback)
    assert answer.status_code == 400
    assert not linode.journal("oauth.token") and not linode.linodes()
    shop.deploy()
    assert len(linode.linodes()) == 1


def test_name_of_the_entry_tells_nothing(held):
    """A digest of client and mount, so that mounts do not meet."""
    digest = hashlib.sha256(held.seal.context).digest()[:5]
    assert held.name.startswith("lo-") and len(held.name) == 3 + len(digest) * 8 // 5
    assert list(entries_of(held.cookie)) == [held.name]
