# SPDX-License-Identifier: Apache-2.0
"""OAuth scopes: `family:level`, `family` (everything of it), `*` (everything).

read_write implies read_only, `*` implies both.  Names of the levels before 2019 are
still understood.  A list is written with commas or spaces.
"""
import re

FAMILIES = frozenset(
    "account child_account databases domains events firewall images ips linodes lke longview "
    "monitor nodebalancers object_storage stackscripts volumes vpc".split())
LEVELS = {"read_only": 1, "read_write": 2, "*": 2}
OLD_LEVELS = {"view": "read_only", "create": "read_write", "modify": "read_write",
              "delete": "read_write"}


def parse(text):
    """The scopes of a list, in order, each once; ValueError names the first unknown one."""
    scopes = []
    for word in re.split(r"[, ]+", text.strip(", ")):
        if word and (scope := _normal(word)) not in scopes:
            scopes.append(scope)
    return scopes


def _normal(word):
    if word == "*":
        return word
    family, _, level = word.partition(":")
    level = OLD_LEVELS.get(level, level or "*")
    if family not in FAMILIES or level not in LEVELS:
        raise ValueError(word)
    return family + ":" + level


def covers(granted, needed):
    """Whether one of the granted scopes gives what an operation needs."""
    family, _, level = needed.partition(":")
    for scope in granted:
        if scope == "*":
            return True
        have, _, rank = scope.partition(":")
        if have == family and LEVELS[rank] >= LEVELS[level]:
            return True
    return False


def within(wanted, limit):
    """Whether every wanted scope is covered by the limit."""
    return all("*" in limit if scope == "*" else covers(limit, scope) for scope in wanted)


def reductions(scopes):
    """Smaller grants worth offering for what was asked: each one a list of scopes."""
    read_only = [s if s.endswith(":read_only") else s.partition(":")[0] + ":read_only"
                 for s in scopes if s != "*"]
    offers = []
    for offer in (read_only, ["account:read_only"] if "*" in scopes else None, []):
        if offer is not None and offer != scopes and offer not in offers:
            offers.append(offer)
    return offers
