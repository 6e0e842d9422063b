# SPDX-License-Identifier: Apache-2.0
"""Whatever becomes of the process that has a token, somebody revokes it."""
import threading

import pytest
import requests

from harness.visitor import Visitor


class Callback(threading.Thread):
    """A visitor on the way back from the login, whose answer may never come."""

    def __init__(self, visitor):
        super().__init__(daemon=True)
        self.visitor = visitor
        self.url = visitor.consent(visitor.start())
        self.answer = None

    def run(self):
        try:
            self.answer = self.visitor.get(self.url)
        except requests.RequestException:
            pass


@pytest.fixture
def shop_with_token(bench, linode):
    """A visitor whose Linode is being created, and will be for ever: the token is in use."""
    server, site = bench.serve(Timeout="2s 60s")
    visitor = Visitor(site, server)
    linode.fault("instances.create", "hang", when="after")
    callback = Callback(visitor)
    callback.start()
    linode.wait_for_call("profile.get")
    server.wait_until(linode.linodes)
    assert linode.live_tokens() == 1
    yield visitor
    callback.join(60)


def test_killed_child_with_a_token_in_use(shop_with_token, linode):
    server = shop_with_token.server
    server.expect_log("AH00052")
    server.kill_children()
    linode.wait_for_no_tokens()


def test_killed_child_that_had_no_answer_yet(bench, linode):
    """Linode has made a token, and the child that asked for it never knew."""
    server, site = bench.serve(Timeout="2s 60s")
    server.expect_log("AH00052")
    linode.fault("oauth.token", "hang", when="after")
    callback = Callback(Visitor(site, server))
    callback.start()
    server.wait_until(linode.live_tokens)
    server.kill_children()
    linode.wait_for_no_tokens()
    callback.join(60)


def test_killed_child_whose_revocation_hangs(bench, linode):
    server, site = bench.serve(Timeout="2s 60s")
    server.expect_log("AH00052|LO0601")
    linode.fault("oauth.revoke", "hang")
    Visitor(site, server).deploy()
    linode.wait_for_call("oauth.revoke")
    assert linode.live_tokens() == 1
    server.kill_children()
    linode.wait_for_no_tokens()


def test_killed_server_and_next_start(shop_with_token, linode):
    server = shop_with_token.server
    server.kill()
    assert linode.live_tokens() == 1
    server.start()
    linode.wait_for_no_tokens()
    server.wait_until(lambda: len(server.journals()) == len(server.children()))


def test_stopped_server_and_next_start(bench, linode):
    """A stop waits for no revocation; what it leaves is the next start's."""
    server, site = bench.serve(Timeout="2s 60s")
    server.expect_log("LO0601")
    linode.fault("oauth.revoke", "hang", count=None)
    Visitor(site, server).deploy()
    linode.wait_for_call("oauth.revoke")
    server.stop()
    assert "AH00046" not in server.log() and "AH00045" not in server.log(), "it had to be killed"
    assert linode.live_tokens() == 1 and len(server.journals()) == 1
    linode.no_faults()
    server.start()
    linode.wait_for_no_tokens()


def test_graceful_restart_while_revocation_hangs(bench, linode):
    server, site = bench.serve(Timeout="2s 60s")
    server.expect_log("LO0601")
    linode.fault("oauth.revoke", "hang")
    Visitor(site, server).deploy()
    linode.wait_for_call("oauth.revoke")
    server.graceful()
    linode.wait_for_no_tokens()
    assert Visitor(site, server).deploy().status_code == 200


def test_graceful_restart_with_a_token_in_use(bench, linode):
    server, site = bench.serve(Timeout="2s 60s")
    visitor = Visitor(site, server)
    linode.fault("instances.create", "delay", seconds=1)
    callback = Callback(visitor)
    callback.start()
    linode.wait_for_call("profile.get")
    server.graceful()
    callback.join(60)
    assert callback.answer.status_code == 303, callback.answer.text
    linode.wait_for_no_tokens()
    assert len(linode.linodes()) == 1


def test_nothing_is_left_after_a_quiet_stop(bench, linode):
    server, site = bench.serve()
    Visitor(site, server).deploy()
    linode.wait_for_no_tokens()
    server.wait_until(server.all_struck)
    server.stop()
    assert server.journals() == []


def test_two_servers_share_a_directory(bench, linode):
    """One dies with a token in use; the other, of the same configuration, revokes it."""
    first, site = bench.serve(Timeout="2s 60s")
    second = bench.server(state=first.state)
    second.secrets = first.secrets
    second.write(site.section().replace("    SetHandler", f"    LinodeOAuthCallbackURL "
                                        f"{site.url}/auth_callback\n    SetHandler"))
    second.start()
    linode.fault("instances.create", "hang", when="after")
    callback = Callback(Visitor(site, first))
    callback.start()
    first.wait_until(linode.linodes)
    assert linode.live_tokens() == 1
    first.kill()
    linode.wait_for_no_tokens()
    callback.join(60)


def test_servers_with_other_clients_share_a_directory(bench, linode):
    """A token stays for a server that has its client, and nobody else touches it."""
    first, site = bench.serve(Timeout="2s 60s")
    second = bench.server(state=first.state)
    second.expect_log("LO0604")
    second.write(bench.site(second).section())
    linode.fault("instances.create", "hang", when="after")
    callback = Callback(Visitor(site, first))
    callback.start()
    first.wait_until(linode.linodes)
    first.kill()
    second.start()
    second.wait_until(lambda: "LO0604" in second.log())
    assert linode.live_tokens() == 1
    first.start()
    linode.wait_for_no_tokens()
    callback.join(60)
