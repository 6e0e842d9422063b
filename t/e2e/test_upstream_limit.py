# SPDX-License-Identifier: Apache-2.0
"""A Linode that hangs holds at most LinodeOAuthUpstreamLimit threads; the rest serve as ever."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.visitor import Visitor

# One child, so that its limit is the server's.
ONE_CHILD = "StartServers 1\nServerLimit 1\nThreadsPerChild 16\nMaxRequestWorkers 16\n"


def come_back(visitors, pool):
    return [pool.submit(visitor.get, callback) for visitor, callback in visitors]


@pytest.mark.parametrize("limit, held", [("1", 1), ("3", 3), (None, 8)])
def test_callbacks_over_the_limit(bench, linode, limit, held):
    server, site = bench.serve(extra=ONE_CHILD, UpstreamLimit=limit, Timeout="2s 10s")
    server.expect_log("LO0504|LO0402|LO0601")
    visitors = [Visitor(site, server) for _ in range(held + 3)]
    callbacks = [(visitor, visitor.consent(visitor.start())) for visitor in visitors]
    linode.fault("oauth.token", "hang", count=held)
    linode.fault("*", "status", count=None, hold=True)
    with ThreadPoolExecutor(held) as pool:
        waiting = come_back(callbacks[:held], pool)
        server.wait_until(lambda: not [fault for fault in linode.control("GET", "faults")["faults"]
                                       if fault["operation"] == "oauth.token"])
        for visitor, callback in callbacks[held:]:
            check_refusal(visitor.get(callback))
        fresh = Visitor(site, server)
        assert fresh.get("/").status_code == 200
        assert fresh.start().startswith(linode.login)
        assert not any(answer.done() for answer in waiting), "they wait for Linode all the while"
        assert {answer.result().status_code for answer in waiting} == {504}
    linode.no_faults()
    for visitor, callback in callbacks[held:]:
        page = visitor.result(visitor.get(callback))
        assert "root" in page.text
    assert len(linode.linodes()) == len(callbacks) - held


def check_refusal(page):
    assert page.status_code == 503 and "One moment, please" in page.text
    again = re.search(r'<meta http-equiv="refresh" content="(\d+)">', page.text).group(1)
    assert again == page.headers["Retry-After"] and 1 <= int(again) <= 10
    assert "Set-Cookie" not in page.headers, "neither flow nor state have changed"
    assert page.headers["Cache-Control"] == "no-store"


def test_place_is_given_back(bench, linode):
    server, site = bench.serve(extra=ONE_CHILD, UpstreamLimit="1")
    server.expect_log("LO0404")
    visitor = Visitor(site, server)
    callback = visitor.consent(visitor.start())
    linode.fault("oauth.token", "status", code=500)
    assert visitor.get(callback).status_code == 502
    for _ in range(3):
        assert "root" in Visitor(site, server).deploy().text


def test_refusal_as_json(bench, linode):
    server, site = bench.serve(extra=ONE_CHILD, UpstreamLimit="1", Timeout="2s 6s")
    server.expect_log("LO0504|LO0402")
    callbacks = [(visitor, visitor.consent(visitor.start()))
                 for visitor in (Visitor(site, server), Visitor(site, server))]
    linode.fault("oauth.token", "hang")
    with ThreadPoolExecutor(1) as pool:
        waiting = come_back(callbacks[:1], pool)
        server.wait_until(lambda: not linode.control("GET", "faults")["faults"])
        visitor, callback = callbacks[1]
        answer = visitor.get(callback, headers={"Accept": "application/json"})
        assert answer.status_code == 503 and answer.json()["code"] == "LO0504"
        assert answer.json()["again_in"] == int(answer.headers["Retry-After"])
        assert waiting[0].result().status_code == 504
