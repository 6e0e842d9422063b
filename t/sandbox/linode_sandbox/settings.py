# SPDX-License-Identifier: Apache-2.0
"""What a test may set: name, default, and the check of a new value.

    provision_seconds  how long a Linode takes from provisioning to running
    separator          "space" or "comma", in the token answer's scope lists
    error_shape        "linode", "rfc6749" or "html", of errors of the token endpoint
    skip_consent       no second consent for a client the visitor allowed the same scopes
    pkce               "verify", "ignore" or "refuse" a code_challenge
    code_lifetime, token_lifetime   seconds
    send_iss           adds iss= to the callback
    rate_limits        false, true (the documented ones) or {"operation" or "*": [calls, seconds]}
    list_lag_seconds   how long a new Linode is missing from the list
    linode_limit       Linodes per account, null for no limit
    edge_patterns      words that make the edge filter refuse a body
    bad_token_public   "ignore" or "refuse" an unknown bearer token on public operations
    empty_catalogs     collections that answer empty: types, regions, availability, images, …
    clock_offset       seconds by which the sandbox's clock is ahead: waiting made short;
                       below 0 it is behind
    keepalive_seconds  how long an idle connection is kept
"""
CATALOGS = ("types", "regions", "availability", "images", "stackscripts", "nodebalancer_types")


def seconds(value):
    return type(value) in (int, float) and 0 <= value < 1e9


def offset(value):
    return type(value) in (int, float) and abs(value) < 1e9


def boolean(value):
    return isinstance(value, bool)


def one_of(*choices):
    return lambda value: value in choices


def words(value):
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def catalogs(value):
    return words(value) and all(name in CATALOGS for name in value)


def limits(value):
    return isinstance(value, bool) or isinstance(value, dict) and all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], int)
        and seconds(pair[1]) and pair[1] > 0 for pair in value.values())


def count_or_none(value):
    return value is None or type(value) is int and value >= 0


SETTINGS = {
    "provision_seconds": (20, seconds),
    "separator": ("space", one_of("space", "comma")),
    "error_shape": ("linode", one_of("linode", "rfc6749", "html")),
    "skip_consent": (False, boolean),
    "pkce": ("verify", one_of("verify", "ignore", "refuse")),
    "code_lifetime": (600, seconds),
    "token_lifetime": (7200, seconds),
    "send_iss": (False, boolean),
    "rate_limits": (False, limits),
    "list_lag_seconds": (0, seconds),
    "linode_limit": (None, count_or_none),
    "edge_patterns": ([], words),
    "bad_token_public": ("ignore", one_of("ignore", "refuse")),
    "empty_catalogs": ([], catalogs),
    "clock_offset": (0, offset),
    "keepalive_seconds": (75, seconds),
}


class Settings:
    """The values in force, as attributes."""

    def __init__(self, changes=()):
        for name, (default, _) in SETTINGS.items():
            setattr(self, name, default)
        self.update(dict(changes))

    @staticmethod
    def check(changes):
        """A ValueError names the first change that makes no sense."""
        for name, value in changes.items():
            if name not in SETTINGS:
                raise ValueError(f"no setting is called {name}")
            if not SETTINGS[name][1](value):
                raise ValueError(f"not a value for {name}: {value!r}")

    def update(self, changes):
        """All changes or none."""
        self.check(changes)
        for name, value in changes.items():
            setattr(self, name, value)

    def as_dict(self):
        return {name: getattr(self, name) for name in SETTINGS}
