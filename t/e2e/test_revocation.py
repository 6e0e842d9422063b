# SPDX-License-Identifier: Apache-2.0
"""Tokens are revoked behind the visitor's answer, and again until Linode takes it."""
import pytest

from harness.visitor import Visitor


def test_visitor_does_not_wait_for_it(bench, linode):
    """Linode says nothing to a revocation until the test lets it: the page is there all the same."""
    server, site = bench.serve(Timeout="1s 3s")
    server.expect_log("LO0601")
    linode.fault("oauth.revoke", "hang", count=None)
    page = Visitor(site, server).deploy()
    assert "ssh root@" in page.text
    assert linode.live_tokens() == 1, "the page came before the revocation"
    linode.no_faults()
    linode.wait_for_no_tokens()
    order = [call["operation"] for call in linode.journal()]
    assert order.index("instances.create") < order.index("oauth.revoke")


def test_token_is_revoked_with_its_own_client(bench, linode):
    server = bench.server()
    sites = [bench.site(server, path=path) for path in ("/first", "/second")]
    server.write("\n".join(site.section() for site in sites))
    server.start()
    for site in sites:
        Visitor(site, server).deploy()
    linode.wait_for_no_tokens()
    assert len(linode.journal("oauth.revoke")) == 2
    assert {call["status"] for call in linode.journal("oauth.revoke")} == {200}


@pytest.mark.parametrize("fault", [
    {"fault": "hang", "when": "before"},
    {"fault": "hang", "when": "after"},
    {"fault": "reset", "when": "before"},
    {"fault": "reset", "when": "after"},
    {"fault": "truncate"},
    {"fault": "wrong_length"},
    {"fault": "not_json"},
    {"fault": "empty"},
    {"fault": "big"},
    {"fault": "status", "code": 500, "effect": True},
    {"fault": "lie", "body": {"access_token": "x y"}, "effect": True},
], ids=lambda fault: "-".join(str(value) for value in fault.values() if type(value) in (str, int)))
def test_token_whose_answer_was_lost(bench, linode, fault):
    """Nobody here knows the token, but Linode does: it ends all the same."""
    server, site = bench.serve(Timeout="1s 2s")
    server.expect_log("LO0[34]0|LO0601")
    linode.fault("oauth.token", count=None, **fault)
    visitor = Visitor(site, server)
    answer = visitor.get(visitor.consent(visitor.start()))
    assert answer.status_code in (502, 504), answer.text
    linode.no_faults()
    linode.wait_for_no_tokens()
    server.wait_until(server.all_struck)
    assert not linode.linodes()


def test_tokens_of_a_busy_linode_wait_together(bench, linode):
    """One 429 holds back all of the client's tokens: Linode is not asked once for each."""
    server, site = bench.serve(Timeout="1s 2s")
    server.expect_log("LO0601")
    linode.fault("oauth.revoke", "status", count=1, code=429, headers={"Retry-After": "2"})
    for _ in range(5):
        Visitor(site, server).deploy()
    linode.wait_for_no_tokens()
    assert [call["status"] for call in linode.journal("oauth.revoke")] == [429] + 5 * [200]


def test_token_that_ended_by_itself_is_forgotten(bench, linode):
    server, site = bench.serve(Timeout="1s 2s")
    server.expect_log("LO060[12]")
    linode.settings(token_lifetime=2)
    linode.fault("oauth.revoke", "status", count=None, code=500)
    Visitor(site, server).deploy()
    server.wait_until(lambda: "LO0602" in server.log())
    server.wait_until(server.all_struck)


def test_disk_and_log_hold_no_secret(bench, linode):
    server, site = bench.serve(log_level="trace8 core:trace4", Timeout="1s 2s")
    server.expect_log("LO0601")
    linode.fault("oauth.revoke", "hang", count=None)
    visitor = Visitor(site, server)
    visitor.deploy()
    [journal] = server.wait_until(server.journals)
    text = journal.read_text()
    assert journal.stat().st_mode & 0o777 == 0o600
    assert server.state.stat().st_mode & 0o777 == 0o700
    assert text.count("\n+") == 2 and text.count("\n-") == 1, "code and token; the code is struck"
    tell_tales = [*server.secrets, site.directives["ClientID"], "login", "visitor", "bearer"]
    assert not [word for word in tell_tales if word in text]
    assert not any(set(text[at:at + 64]) <= set("0123456789abcdef")
                   for at in range(len(text) - 63)), "a token in clear"
    linode.no_faults()
    linode.wait_for_no_tokens()
