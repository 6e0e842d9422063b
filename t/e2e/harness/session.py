# SPDX-License-Identifier: Apache-2.0
"""A visitor's session as an attacker handles it: the cookie, and the entries in it."""
from urllib.parse import quote, unquote

COOKIE = "linode"


def cookie_of(visitor, name=COOKIE):
    """The cookie's value, or None."""
    values = [cookie.value for cookie in visitor.session.cookies if cookie.name == name]
    assert len(values) < 2
    return values[0] if values else None


def set_cookie(visitor, value, name=COOKIE, path="/"):
    visitor.session.cookies.set(name, value, path=path, domain="localhost.local")


def entries_of(value):
    """As mod_session reads a value."""
    pairs = (pair.split("=", 1) for pair in value.split("&"))
    return {unquote(pair[0]): unquote(pair[1]) for pair in pairs}


def written(entries):
    """As mod_session writes one."""
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}"
                    for name, value in entries.items())


def ours(value):
    """Name and text of our entry."""
    [entry] = [item for item in entries_of(value).items() if item[0].startswith("lo-")]
    return entry
