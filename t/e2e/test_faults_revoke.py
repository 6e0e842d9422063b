# SPDX-License-Identifier: Apache-2.0
"""The revocation goes wrong: the visitor notices nothing, and the token ends all the same."""
import pytest

from harness.faults import FAULTS, check, told
from harness.visitor import Visitor

# After a Retry-After of a minute it takes that minute: test_revocation.py has a shorter one.
CASES = ["refused", *(name for name in FAULTS if name != "429 too late")]


def play(lane, fault):
    """Twice, so that trying again goes wrong too."""
    lane.begin()
    visitor = Visitor(lane.behind_doors if fault == "refused" else lane.site, lane.server)
    callback = visitor.consent(visitor.start())
    if fault == "refused":
        lane.doors["login"].shut_after("POST /oauth/token")
    else:
        lane.linode.fault("oauth.revoke", count=2, **FAULTS[fault])
    seen = lane.see(visitor, visitor.get(callback))
    if fault == "refused":
        lane.server.wait_until(lambda: "LO0601" in lane.server.log()[lane.begun:])
        lane.doors["login"].open()
    lane.settle()
    assert lane.server.leaks() == [], "a secret in a log"
    return seen


@pytest.fixture(scope="module")
def seen(lanes):
    return lanes.play(CASES, play)


@pytest.mark.parametrize("case", CASES)
def test_fault(seen, case):
    check(told(seen[case]), "ok", behind={"LO0601"})
