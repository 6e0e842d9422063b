# SPDX-License-Identifier: Apache-2.0
"""The login goes wrong at Linode: the token, or whose account it is for.

    ok             the visitor has his Linode as if nothing had happened
    LO0404         he is told so, and that nothing was created
    LO0404?        he is told so, and that a Linode may have been created
    LO0307>ok      the log is told; he is sent through the login again, and has his Linode
    a/b            either: when a kept connection ends without a word, libcurl asks again by itself
"""
import pytest

from harness.faults import FAULTS, check, name_of, read_table, told

# fault        | token, once and lasting          | profile, once and lasting
TABLE = read_table("""
refused        | LO0401            LO0401         | LO0401     LO0401
reset reading  | LO0404/ok         LO0404         | ok         LO0404
reset before   | LO0404/ok         LO0404         | ok         LO0404
reset done     | LO0404/LO0307>ok  LO0404         | ok         LO0404
hang           | LO0402            LO0402         | LO0402     LO0402
hang done      | LO0402            LO0402         | LO0402     LO0402
drip done      | LO0402            LO0402         | LO0402     LO0402
truncated done | LO0404            LO0404         | ok         LO0404
too short done | LO0404            LO0404         | ok         LO0404
too long done  | LO0309            LO0309         | LO0405     LO0405
not json done  | LO0309            LO0309         | LO0405     LO0405
empty done     | LO0309            LO0309         | LO0405     LO0405
10 MB done     | LO0405            LO0405         | LO0405     LO0405
gzip bomb done | LO0405            LO0405         | LO0405     LO0405
redirect       | LO0306            LO0306         | LO0405     LO0405
400            | LO0307>ok         LO0307?        | LO0406     LO0406
400 html       | LO0306            LO0306         | ok         LO0404
401            | LO0310            LO0310         | LO0407>ok  LO0407
403            | LO0307>ok         LO0307?        | LO0408     LO0408
403 html       | LO0409            LO0409         | LO0409     LO0409
404            | LO0307>ok         LO0307?        | LO0410     LO0410
408            | LO0402            LO0402         | ok         LO0402
408 done       | LO0402            LO0402         | ok         LO0402
429            | LO0403            LO0403         | ok         LO0403
429 later      | LO0403            LO0403         | ok         LO0403
429 too late   | LO0403            LO0403         | LO0403     LO0403
500            | LO0404            LO0404         | LO0404     LO0404
500 done       | LO0404            LO0404         | LO0404     LO0404
502 html       | LO0404            LO0404         | ok         LO0404
502 html done  | LO0404            LO0404         | ok         LO0404
503            | LO0404            LO0404         | ok         LO0404
503 done       | LO0404            LO0404         | ok         LO0404
504            | LO0404            LO0404         | ok         LO0404
504 done       | LO0404            LO0404         | ok         LO0404
520 html       | LO0404            LO0404         | ok         LO0404
520 html done  | LO0404            LO0404         | ok         LO0404
""")

OPERATIONS = ("oauth.token", "profile.get")
CASES = [(operation, fault, lasting, words[lasting])
         for fault, *columns in TABLE
         for operation, words in zip(OPERATIONS, columns)
         for lasting in (0, 1)]


def spoiler(operation, fault, lasting):
    def spoil(lane):
        if fault == "refused":
            lane.doors["login" if operation == "oauth.token" else "api"].shut()
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
    operation, _, _, expected = case
    # What became of a code whose answer was lost is found out behind the visitor's answer.
    behind = {"LO0601"} if operation == "oauth.token" else set()
    check(told(seen[case]), expected, behind)
