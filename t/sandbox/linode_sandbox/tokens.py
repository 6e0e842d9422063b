# SPDX-License-Identifier: Apache-2.0
"""Codes and tokens, and the endpoints that trade them: /oauth/token, /oauth/revoke.

One consent is one Grant; its code, access tokens and refresh tokens die together when the
code is used twice.  Refreshing rotates the refresh token; the old access token lives on
until it expires or is revoked.  Revoking one token of a pair ends both.
"""
import base64
import hashlib
import hmac
import re
import secrets

from . import edge
from .errors import Answer, json_answer

VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


class Grant:
    """What a visitor allowed a client."""

    def __init__(self, client_id, username, scopes, redirect_uri, challenge, at):
        self.client_id = client_id
        self.username = username
        self.scopes = scopes
        self.redirect_uri = redirect_uri
        self.challenge = challenge
        self.at = at
        self.code_used = False
        self.pairs = []


class Pair:
    """An access token and its refresh token."""

    def __init__(self, grant, at, lifetime):
        self.grant = grant
        self.access = secrets.token_hex(32)
        self.refresh = secrets.token_hex(32)
        self.at = at
        self.expires = at + lifetime
        self.lifetime = lifetime
        self.calls = 0
        grant.pairs.append(self)


class Tokens:
    """Every code and token alive."""

    def __init__(self):
        self.codes = {}
        self.by_access = {}
        self.by_refresh = {}
        self.issued = set()

    def issue_code(self, grant):
        code = secrets.token_hex(10)
        self.codes[code] = grant
        self.issued.add(code)
        return code

    def issue(self, grant, at, lifetime):
        pair = Pair(grant, at, lifetime)
        self.by_access[pair.access] = self.by_refresh[pair.refresh] = pair
        self.issued.update((pair.access, pair.refresh))
        return pair

    def find(self, access, at):
        """The pair of an access token that is alive."""
        pair = self.by_access.get(access)
        if pair is not None and pair.expires <= at:
            del self.by_access[access]
            pair = None
        return pair

    def live(self, at):
        return [pair for pair in self.by_access.values() if pair.expires > at]

    def kill(self, pair):
        self.by_access.pop(pair.access, None)
        self.by_refresh.pop(pair.refresh, None)

    def kill_grant(self, grant):
        for pair in grant.pairs:
            self.kill(pair)

    def kill_user(self, username):
        for pair in list(self.by_access.values()) + list(self.by_refresh.values()):
            if pair.grant.username == username:
                self.kill(pair)


class OAuthError(Exception):
    """A refusal of the token or revocation endpoint."""

    def __init__(self, status, code, reason):
        super().__init__(reason)
        self.status = status
        self.code = code
        self.reason = reason

    def answer(self, shape):
        if shape == "html":
            return edge.plain_error(self.status)
        if shape == "rfc6749":
            body = {"error": self.code, "error_description": self.reason}
        else:
            body = {"errors": [{"reason": self.reason}]}
        return json_answer(body, self.status)


def invalid_grant(reason):
    return OAuthError(400, "invalid_grant", reason)


def invalid_request(reason):
    return OAuthError(400, "invalid_request", reason)


def endpoint(handler):
    """A token endpoint: refusals take the shape the settings ask for."""
    def handle(call):
        try:
            return handler(call)
        except OAuthError as refusal:
            return refusal.answer(call.world.settings.error_shape)
    return handle


def authenticated_client(call):
    """The client of client_id and client_secret in the body; Basic is not for this house."""
    if call.form_repeated:
        raise invalid_request(f"{call.form_repeated} is given twice")
    client = call.world.clients.get(call.form.get("client_id", ""))
    secret = call.form.get("client_secret", "")
    if client is None or not hmac.compare_digest(client.secret.encode(), secret.encode()):
        raise OAuthError(401, "invalid_client", "Client authentication failed")
    return client


@endpoint
def token(call):
    client = authenticated_client(call)
    kind = call.form.get("grant_type") or ("authorization_code" if "code" in call.form else "")
    if kind == "authorization_code":
        grant = redeem(call, client)
    elif kind == "refresh_token":
        grant = rotate(call, client)
    elif not kind:
        raise invalid_request("code is required")
    else:
        raise OAuthError(400, "unsupported_grant_type", "grant_type is not valid")
    settings = call.world.settings
    pair = call.world.tokens.issue(grant, call.world.now(), settings.token_lifetime)
    return json_answer(described(pair, settings.separator),
                       headers=[("Cache-Control", "no-store"), ("Pragma", "no-cache")])


def described(pair, separator):
    scopes = ("," if separator == "comma" else " ").join(pair.grant.scopes)
    return {"access_token": pair.access, "token_type": "bearer", "expires_in": int(pair.lifetime),
            "refresh_token": pair.refresh, "scope": scopes, "scopes": scopes}


def redeem(call, client):
    """The grant of a code, which is thereby used up."""
    world, form = call.world, call.form
    grant = world.tokens.codes.get(form.get("code", ""))
    if grant is None or grant.client_id != client.id:
        raise invalid_grant("The authorization code is not valid")
    if grant.code_used:
        world.tokens.kill_grant(grant)
        raise invalid_grant("The authorization code was already used")
    if grant.at + world.settings.code_lifetime <= world.now():
        raise invalid_grant("The authorization code has expired")
    if form.get("redirect_uri", grant.redirect_uri) != grant.redirect_uri:
        raise invalid_grant("redirect_uri is not that of the authorization")
    verify_pkce(call, grant)
    grant.code_used = True
    return grant


def verify_pkce(call, grant):
    verifier = call.form.get("code_verifier")
    if call.world.settings.pkce == "ignore" or verifier is None and grant.challenge is None:
        return
    if verifier is None:
        raise invalid_grant("code_verifier is required")
    if grant.challenge is None:
        raise invalid_grant("code_verifier without a code_challenge")
    if not VERIFIER.fullmatch(verifier) or challenge_of(verifier) != grant.challenge:
        raise invalid_grant("code_verifier does not match")


def challenge_of(verifier):
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def rotate(call, client):
    """The grant of a refresh token, which is thereby used up."""
    world = call.world
    pair = world.tokens.by_refresh.get(call.form.get("refresh_token", ""))
    if pair is None or pair.grant.client_id != client.id:
        raise invalid_grant("The refresh token is not valid")
    del world.tokens.by_refresh[pair.refresh]
    return pair.grant


@endpoint
def revoke(call):
    """Ends the token and its partner; one that is unknown is as good as revoked."""
    client = authenticated_client(call)
    value = call.form.get("token", "")
    if not value:
        raise invalid_request("token is required")
    tokens = call.world.tokens
    pair = tokens.by_access.get(value) or tokens.by_refresh.get(value)
    if pair is not None and pair.grant.client_id != client.id:
        raise OAuthError(400, "unauthorized_client", "The token is another client's")
    if pair is not None:
        tokens.kill(pair)
    return Answer(200, b"{}")
