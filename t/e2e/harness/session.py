# SPDX-License-Identifier: Apache-2.0
"""A visitor's session as an attacker handles it: its cookie, its entries, and, for whoever has the
key, the sealed value inside (the diagram in src/support/seal.h, written a second time)."""
import base64
import json
import os
import time
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

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


def raw(sealed):
    return base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))


def text(sealed):
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


class Seal:
    """What the module seals with for that mount."""

    def __init__(self, site, secret=None, client_id=None, path=None):
        derivation = HKDF(SHA256(), 32, None, b"mod_linode_oauth seal")
        self.cipher = AESGCM(derivation.derive((secret or site.secret).encode()))
        base = (path if path is not None else site.path).rstrip("/")
        self.context = f"session|{client_id or site.directives['ClientID']}|{base}"

    def open(self, sealed):
        """The flows inside."""
        data = raw(sealed)
        plain = self.cipher.decrypt(data[1:13], data[13:], data[:1] + self.context.encode())
        return json.loads(plain[8:])

    def close(self, value, expires=None, version=1, context=None):
        """value is an object, or the bytes themselves."""
        plain = value if isinstance(value, bytes) else json.dumps(value).encode()
        expires = int(time.time()) + 3600 if expires is None else expires
        nonce, head = os.urandom(12), bytes([version])
        data = head + (context or self.context).encode()
        sealed = self.cipher.encrypt(nonce, expires.to_bytes(8, "big") + plain, data)
        return text(head + nonce + sealed)
