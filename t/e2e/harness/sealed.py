# SPDX-License-Identifier: Apache-2.0
"""The sealed session as somebody who has the key sees it: opened, changed, and closed again.

The layout is that of src/support/seal.h, written a second time on purpose.
"""
import base64
import json
import os
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Sealer:
    """Seals for one mount: its secret key, client ID and path."""

    def __init__(self, secret, client_id, base=""):
        self.key = HKDF(hashes.SHA256(), 32, salt=None,
                        info=b"mod_linode_oauth seal").derive(secret.encode())
        self.context = f"session|{client_id}|{base}".encode()

    @classmethod
    def of(cls, site):
        secret = site.directives.get("SecretKey", site.secret).split()[0]
        return cls(secret, site.directives["ClientID"], site.path.rstrip("/"))

    def close(self, value, expires=None, version=VERSION):
        """A sealed text of that JSON value, or of the bytes themselves."""
        nonce = os.urandom(12)
        until = int(expires if expires is not None else time.time() + 3600)
        text = value if isinstance(value, bytes) else json.dumps(value).encode()
        clear = until.to_bytes(8, "big") + text
        sealed = AESGCM(self.key).encrypt(nonce, clear, bytes([version]) + self.context)
        return encode(bytes([version]) + nonce + sealed)

    def open(self, text):
        return json.loads(self.decrypt(text)[8:])

    def expires(self, text):
        return int.from_bytes(self.decrypt(text)[:8], "big")

    def decrypt(self, text):
        raw = decode(text)
        return AESGCM(self.key).decrypt(raw[1:13], raw[13:], raw[:1] + self.context)


class Jar:
    """The session cookie of a visitor's browser."""

    def __init__(self, visitor, name="linode"):
        self.cookies, self.name = visitor.session.cookies, name
        self.sealer = Sealer.of(visitor.site)

    def cookie(self):
        [found] = [cookie for cookie in self.cookies if cookie.name == self.name]
        return found

    @property
    def text(self):
        """Our sealed entry."""
        return self.cookie().value.split("=", 1)[1]

    @text.setter
    def text(self, sealed):
        cookie = self.cookie()
        cookie.value = cookie.value.split("=", 1)[0] + "=" + sealed
        self.cookies.set_cookie(cookie)

    @property
    def value(self):
        return self.sealer.open(self.text)

    @value.setter
    def value(self, value):
        self.text = self.sealer.close(value)

    def age(self, seconds):
        """Makes all flows so much older."""
        value = self.value
        for flow in value["flows"]:
            for moment in ("began", "login", "finished"):
                if moment in flow:
                    flow[moment] -= seconds
        self.value = value
