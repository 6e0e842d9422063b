# SPDX-License-Identifier: Apache-2.0
"""Everything the sandbox remembers.

Clients outlive a reset; numbers go on rising across one, so that an id of before never
means something else after.  Time is read here alone.
"""
import collections
import itertools
import time

from . import catalog, faults, journal, limits, settings, tokens


class Client:
    """An OAuth application, registered with one redirect_uri."""

    def __init__(self, client_id, secret, redirect_uri, label):
        self.id = client_id
        self.secret = secret
        self.redirect_uri = redirect_uri
        self.label = label

    def as_dict(self):
        return {"id": self.id, "redirect_uri": self.redirect_uri, "label": self.label,
                "status": "active", "public": False, "thumbnail_url": None}


class User:
    """Somebody who can log in; `grants` is None for an unrestricted user."""

    def __init__(self, name, uid, account, about, restricted=False, grants=(), sshkeys=()):
        self.name = name
        self.uid = uid
        self.account = account
        self.about = about
        self.restricted = restricted
        self.grants = frozenset(grants)
        self.sshkeys = [dict(key) for key in sshkeys]

    def may(self, grant):
        return not self.restricted or grant in self.grants


class Account:
    """What belongs together: users share Linodes, events, tags, domains."""

    def __init__(self, name, facts):
        self.name = name
        self.facts = facts
        self.activated = facts.get("activated", True)
        self.linode_limit = facts.get("linode_limit")
        self.tags = {}
        self.events = []
        self.linodes = {}
        self.nodebalancers = {}
        self.domains = {}
        self.firewalls = {}


class World:
    """The state, and the parts that keep their own."""

    def __init__(self, startup_settings=(), clients=()):
        self.startup_settings = dict(startup_settings)
        self.clients = {client.id: client for client in clients}
        self.numbers = collections.defaultdict(lambda: itertools.count(1))
        self.origin = ""
        self.secure = False
        self.faults = faults.Faults()
        self.reset()

    def reset(self):
        """As it was at the start, but for clients and numbers."""
        people = catalog.load("people.json")
        self.settings = settings.Settings(self.startup_settings)
        self.catalog = catalog.Catalog(self.settings)
        self.accounts = {name: Account(name, facts) for name, facts in people["accounts"].items()}
        self.users = {}
        for name, facts in people["users"].items():
            facts = dict(facts, account=self.accounts[facts["account"]])
            self.users[name] = User(name, **facts)
        for user in self.users.values():
            for key in user.sshkeys:
                key.update(id=self.number("sshkey", 40), created=self.stamp())
        self.connections = {"opened": 0, "used": 0}
        self.logins = {}
        self.consents = set()
        self.tokens = tokens.Tokens()
        self.journal = journal.Journal()
        self.faults.clear()
        self.limits = limits.Limits()

    def number(self, kind, first=1):
        """The next number of its kind, never given twice."""
        return first + next(self.numbers[kind])

    def now(self):
        return time.time() + self.settings.clock_offset

    def stamp(self, at=None):
        """Linode's dates: UTC, no zone."""
        return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.now() if at is None else at))
