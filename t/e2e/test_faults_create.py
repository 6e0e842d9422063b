# SPDX-License-Identifier: Apache-2.0
"""The creating goes wrong at Linode: never two Linodes, never one whose password is lost.

The words of the table are those of test_faults_login.py.
"""
import threading
from urllib.parse import urljoin

import pytest

from harness.faults import FAULTS, check, name_of, read_table, told
from harness.sealed import Jar
from harness.visitor import Visitor

# fault        | create, once and lasting   | look-up after a create of which nothing is known
TABLE = read_table("""
refused        | LO0401     LO0401         | LO0401?    LO0401?
reset reading  | ok         LO0404?        | ok         LO0404?
reset before   | ok         LO0404?        | ok         LO0404?
reset done     | ok         ok             | ok         LO0404?
hang           | ok         LO0402?        | ok         LO0402?
hang done      | ok         ok             | ok         LO0402?
drip done      | ok         ok             | ok         LO0402?
truncated done | ok         ok             | ok         LO0404?
too short done | ok         ok             | ok         LO0404?
too long done  | ok         ok             | ok         LO0405?
not json done  | ok         ok             | ok         LO0405?
empty done     | ok         ok             | ok         LO0405?
10 MB done     | ok         ok             | ok         LO0405?
gzip bomb done | ok         ok             | ok         LO0405?
redirect       | ok         LO0405?        | ok         LO0405?
400            | LO0406     LO0406         | LO0406?    LO0406?
400 html       | ok         LO0404?        | ok         LO0404?
401            | LO0407>ok  LO0407         | LO0407>ok  LO0407?
403            | LO0408     LO0408         | LO0408?    LO0408?
403 html       | LO0409     LO0409         | LO0409?    LO0409?
404            | LO0410     LO0410         | LO0410?    LO0410?
408            | ok         LO0402?        | ok         LO0402?
408 done       | ok         ok             | ok         LO0402?
429            | ok         LO0403         | ok         LO0403?
429 later      | ok         LO0403         | ok         LO0403?
429 too late   | LO0403     LO0403         | LO0403?    LO0403?
500            | ok         LO0404?        | ok         LO0404?
500 done       | ok         ok             | ok         LO0404?
502 html       | ok         LO0404?        | ok         LO0404?
502 html done  | ok         ok             | ok         LO0404?
503            | ok         LO0404?        | ok         LO0404?
503 done       | ok         ok             | ok         LO0404?
504            | ok         LO0404?        | ok         LO0404?
504 done       | ok         ok             | ok         LO0404?
520 html       | ok         LO0404?        | ok         LO0404?
520 html done  | ok         ok             | ok         LO0404?
""")

OPERATIONS = ("instances.create", "instances.list")
CASES = [(operation, fault, lasting, words[lasting])
         for fault, *columns in TABLE
         for operation, words in zip(OPERATIONS, columns)
         for lasting in (0, 1)]


def spoiler(operation, fault, lasting):
    def spoil(lane):
        looks = operation == "instances.list"
        if looks:
            lane.linode.fault("instances.create", **FAULTS["500 done"])
        if fault == "refused":
            lane.doors["api"].shut_after("POST /v4/linode/instances" if looks
                                         else "GET /v4/profile")
        else:
            lane.linode.fault(operation, count=None if lasting else 1, **FAULTS[fault])
    return spoil


@pytest.fixture(scope="module")
def seen(lanes):
    return lanes.deploys(CASES, spoiler)


def test_table_has_every_fault():
    assert [row[0] for row in TABLE] == ["refused", *FAULTS]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_fault(seen, case):
    check(told(seen[case]), case[3])


# ---------------------------------------------------------------- late

@pytest.fixture
def lane(lanes):
    """One of them, for a case of its own."""
    lane = lanes.free.get()
    yield lane
    lanes.free.put(lane)


def test_list_lags_behind_the_create(lane):
    """Three looks see nothing; the second create learns that the label is taken, and looks longer."""
    def spoil(lane):
        lane.linode.settings(list_lag_seconds=1.5)
        lane.linode.fault("instances.create", **FAULTS["500 done"])
    check(lane.deploy(spoil), "ok")


def test_list_lags_longer_than_a_visitor_waits(lane):
    """Linode says that the label is taken, and lists none: it is in doubt until it is listed."""
    lane.begin()
    lane.linode.settings(list_lag_seconds=1e6)
    lane.linode.fault("instances.create", **FAULTS["reset done"])
    visitor = Visitor(lane.site, lane.server)
    seen = lane.see(visitor, visitor.get(visitor.consent(visitor.start())))
    for _ in range(2):
        assert (seen.created, seen.codes, seen.linodes) == ("maybe", {"LO0406"}, 1), seen
        lane.settle()
        seen = lane.try_again(visitor, seen)
    lane.linode.settings(list_lag_seconds=0)
    lane.settle()
    check(lane.try_again(visitor, seen), "ok", login=1)
    lane.settle()


@pytest.mark.parametrize("ahead", [3600, -3600])
def test_clocks_differ(lane, ahead):
    """A Linode made an hour before the form was posted, as the clocks have it, is the visitor's."""
    lane.begin()
    lane.linode.settings(clock_offset=-ahead)
    lane.linode.fault("instances.create", **FAULTS["500 done"])
    visitor = Visitor(lane.site, lane.server)
    callback = visitor.consent(visitor.start())
    check(lane.see(visitor, visitor.get(callback)), "ok")
    lane.settle()


def test_clock_is_set_back_in_between(lane):
    """The flow began in the future then, and says nothing about when its Linode was made."""
    lane.begin()
    visitor = Visitor(lane.site, lane.server)
    callback = visitor.consent(visitor.start())
    Jar(visitor).age(-3600)
    lane.linode.fault("instances.create", **FAULTS["500 done"])
    check(lane.see(visitor, visitor.get(callback)), "ok")
    lane.settle()


def test_create_that_hangs_and_is_done_late(lane):
    """It is done while the visitor waits for another create of the same label, or after it."""
    check(lane.deploy(lambda lane: lane.linode.fault("instances.create", "delay", seconds=5.5)),
          "ok")


def test_create_that_is_done_after_the_answer(lane):
    """The page that was given up on did not deny it; the next try finds it."""
    lane.begin()
    lane.linode.fault("instances.create", "delay", count=None, seconds=11)
    lane.linode.fault("oauth.revoke", "status", count=None)
    visitor = Visitor(lane.site, lane.server)
    seen = lane.see(visitor, visitor.get(visitor.consent(visitor.start())))
    assert (seen.created, seen.codes - {"LO0601"}, seen.linodes) == ("maybe", {"LO0402"}, 0), seen
    lane.server.wait_until(lane.linode.linodes)
    lane.mend()
    check(lane.try_again(visitor, seen), "ok", behind={"LO0601"}, login=1)
    lane.settle()


def test_late_create_makes_a_later_one_fail(lane):
    """The account has room for one: what the first create makes late, the second is refused for."""
    def spoil(lane):
        lane.linode.settings(linode_limit=1)
        lane.linode.fault("instances.create", **FAULTS["500 done"])
        lane.linode.fault("instances.list", count=3, **FAULTS["empty done"])
    seen = lane.deploy(spoil)
    assert seen.linodes == 1 and seen.created in ("maybe", "result")
    if seen.again:
        check(seen.again, "ok", login=1)


def test_try_again_at_once_and_twice(lane):
    """Two tabs try again at the same time, while the first create is still under way."""
    lane.begin()
    lane.linode.fault("instances.create", "delay", count=2, seconds=6)
    lane.linode.fault("instances.list", "status", count=None, code=400)
    visitor = Visitor(lane.site, lane.server)
    first = lane.see(visitor, visitor.get(visitor.consent(visitor.start())))
    assert first.created == "maybe", first
    lane.mend()
    callbacks = []
    for _ in range(2):
        login = visitor.get(urljoin(visitor.site.url, first.link(r'[^"]*/login')))
        callbacks.append(visitor.consent(login.headers["Location"]))
    answers = []
    tabs = [threading.Thread(target=lambda url=url: answers.append(visitor.get(url)))
            for url in callbacks]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len(answers) == 2
    lane.settle()
    last = lane.see(visitor, visitor.get(f"/deploys/{first.flow}"))
    assert last.linodes == 1 and last.password_fits, last
    lane.settle()
