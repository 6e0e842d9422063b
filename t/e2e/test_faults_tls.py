# SPDX-License-Identifier: Apache-2.0
"""Linode's certificate is not what it was when the visitor came: at the token, at the create, at the
look-up, at the revocation. Nothing is sent to a server that cannot prove its name."""
import re
from urllib.parse import urljoin

import pytest
from harness.certificates import Authority
from harness.door import Door
from harness.faults import Seen
from harness.visitor import Visitor, password_in

WRONG = ("expired", "not yet", "other host", "self-made")
WHY = {"expired": "expired", "not yet": "not yet valid", "other host": "subject name",
       "self-made": "self-signed|unable to get local issuer"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    directory = tmp_path_factory.mktemp("certificates")
    authority = Authority(directory)
    return authority, {
        "good": authority.server(),
        "expired": authority.server(begins=-5, ends=-1),
        "not yet": authority.server(begins=2, ends=5),
        "other host": authority.server("login.linode.com"),
        "self-made": Authority(tmp_path_factory.mktemp("another"), "Another").server()}


class Shop:
    """A visitor before two doors to Linode, both under TLS."""

    def __init__(self, bench, linode, certificates):
        authority, self.certificates = certificates
        self.linode = linode
        self.login, self.api = (Door(url, self.certificates["good"])
                                for url in (linode.login, linode.api))
        self.server, site = bench.serve(CAFile=str(authority.file), LoginURL=self.login.url,
                                        APIURL=self.api.url, Timeout="2s 8s", Retries="1")
        self.visitor = Visitor(site, self.server)
        self.server.expect_log("LO0[46]")

    def mend(self):
        for door in (self.login, self.api):
            door.present(self.certificates["good"])
        self.linode.no_faults()

    def see(self, answer):
        codes = set(re.findall(r"\bLO0[0-9]{3}\b", self.server.log())) - {"LO0420"}
        return Seen(answer.status_code, answer.text, codes, len(self.linode.linodes()), 0, False, "")

    def calls(self, operation):
        return len(self.linode.journal(operation))

    def try_again(self, seen):
        """Once everything works: one Linode, and its password."""
        self.mend()
        self.linode.wait_for_no_tokens()
        login = self.visitor.get(f"/deploys/{seen.flow}/login").headers["Location"]
        page = self.visitor.result(self.visitor.get(self.visitor.consent(login)))
        [created] = self.linode.linodes()
        assert self.linode.has_password(created["id"], password_in(page.text))
        self.linode.wait_for_no_tokens()

    def assert_why(self, wrong):
        assert re.search(f"TLS failed.*({WHY[wrong]})", self.server.log())


@pytest.fixture
def shop(bench, linode, certificates):
    return Shop(bench, linode, certificates)


@pytest.mark.parametrize("wrong", WRONG)
def test_token(shop, wrong):
    """The code stays with us."""
    callback = shop.visitor.consent(shop.visitor.start())
    shop.login.present(shop.certificates[wrong])
    seen = shop.see(shop.visitor.get(callback))
    assert (seen.status, seen.created, seen.linodes) == (502, "nothing", 0)
    assert seen.codes == {"LO0401"} and shop.calls("oauth.token") == 0
    assert shop.linode.live_tokens() == 0
    shop.assert_why(wrong)
    shop.try_again(seen)


@pytest.mark.parametrize("wrong", WRONG)
def test_profile(shop, wrong):
    """The token stays with us, and is revoked."""
    callback = shop.visitor.consent(shop.visitor.start())
    shop.api.present(shop.certificates[wrong])
    seen = shop.see(shop.visitor.get(callback))
    assert (seen.status, seen.created, seen.linodes) == (502, "nothing", 0)
    assert seen.codes == {"LO0401"} and shop.calls("profile.get") == 0
    shop.linode.wait_for_no_tokens()
    shop.assert_why(wrong)
    shop.try_again(seen)


@pytest.mark.parametrize("wrong", WRONG)
def test_create(shop, wrong):
    """So do the root password and the answers to the script."""
    callback = shop.visitor.consent(shop.visitor.start())
    shop.api.present_after("GET /v4/profile", shop.certificates[wrong])
    seen = shop.see(shop.visitor.get(callback))
    assert (seen.status, seen.created, seen.linodes) == (502, "nothing", 0)
    assert seen.codes == {"LO0401"}
    assert (shop.calls("profile.get"), shop.calls("instances.create")) == (1, 0)
    shop.linode.wait_for_no_tokens()
    shop.assert_why(wrong)
    shop.try_again(seen)


@pytest.mark.parametrize("wrong", WRONG)
def test_look_up(shop, wrong):
    """Of a create whose answer was unclear: it may have been done, and was."""
    callback = shop.visitor.consent(shop.visitor.start())
    shop.linode.fault("instances.create", "status", code=500, effect=True)
    shop.api.present_after("POST /v4/linode/instances", shop.certificates[wrong])
    seen = shop.see(shop.visitor.get(callback))
    assert (seen.status, seen.created, seen.linodes) == (502, "maybe", 1)
    assert "LO0401" in seen.codes and shop.calls("instances.list") == 0
    shop.linode.wait_for_no_tokens()
    shop.assert_why(wrong)
    shop.try_again(seen)


@pytest.mark.parametrize("wrong", WRONG)
def test_revocation(shop, wrong):
    """The visitor notices nothing; the token ends when Linode is Linode again."""
    callback = shop.visitor.consent(shop.visitor.start())
    shop.login.present_after("POST /oauth/token", shop.certificates[wrong])
    answer = shop.visitor.get(callback)
    page = shop.visitor.get(urljoin(answer.url, answer.headers["Location"]))
    [created] = shop.linode.linodes()
    assert shop.linode.has_password(created["id"], password_in(page.text))
    shop.server.wait_until(lambda: "LO0601" in shop.server.log())
    assert shop.linode.live_tokens() == 1 and shop.calls("oauth.revoke") == 0
    shop.assert_why(wrong)
    shop.mend()
    shop.linode.wait_for_no_tokens()
