# SPDX-License-Identifier: Apache-2.0
"""What was called, for tests to read: every request to login or API, in order of arrival.

Secrets never get in: a bearer token or a one-time value is shown as "sha256:" and the
first twelve digits of its digest, so that a test that knows it can find it again;
passwords are shown as "<hidden>". What was hidden is kept apart from the entries, for tests that
look whether it stands where it must not.
"""
import collections
import hashlib
import re

KEPT = 10000
DIGESTED = frozenset("client_secret code code_verifier refresh_token token access_token".split())
HIDDEN = "<hidden>"
SECRET = re.compile(r"password|passwd|root_pass|secret|(^|_)token$|ssl_key", re.I)


def digest(value):
    return "sha256:" + hashlib.sha256(value.encode()).hexdigest()[:12]


def masked(value, secrets, name=""):
    """A body without its secrets, which go into that set."""
    if isinstance(value, dict):
        return {key: masked(part, secrets, key) for key, part in value.items()}
    if isinstance(value, list):
        return [masked(part, secrets, name) for part in value]
    if name not in DIGESTED and not SECRET.search(name):
        return value
    if isinstance(value, str):
        secrets.add(value)
    return digest(value) if name in DIGESTED and isinstance(value, str) else HIDDEN


def masked_headers(headers, secrets):
    shown = {}
    for name, value in headers.items():
        name = name.lower()
        if name == "authorization":
            kind, _, token = value.partition(" ")
            secrets.add(token.strip())
            value = kind + " " + digest(token.strip())
        elif name == "cookie":
            value = HIDDEN
        shown[name] = shown[name] + ", " + value if name in shown else value
    return shown


class Journal:
    """The latest entries, numbered from 1."""

    def __init__(self):
        self.entries = collections.deque(maxlen=KEPT)
        self.count = 0
        self.secrets = set()

    def open(self, call, connection):
        """Enters an arrival; the rest is filled in when it is answered."""
        self.count += 1
        entry = {"n": self.count, "time": call.world.now(), "connection": connection,
                 "operation": call.operation.id, "method": call.method, "path": call.path,
                 "query": masked(call.query, self.secrets),
                 "headers": masked_headers(call.headers, self.secrets),
                 "body": None, "username": None, "status": None, "outcome": "waiting",
                 "fault": None, "seconds": None, "warnings": call.warnings}
        self.entries.append(entry)
        return entry

    @staticmethod
    def close(entry, call, caller_is_gone):
        """Completes an entry; the status comes with the answer."""
        entry["outcome"] = "caller gone" if caller_is_gone else "answered"
        entry["username"] = call.username
        entry["seconds"] = round(call.world.now() - entry["time"], 6)

    def clear(self):
        self.entries.clear()

    def select(self, operation=None, since=0):
        return [entry for entry in self.entries
                if entry["n"] > since and operation in (None, entry["operation"])]
