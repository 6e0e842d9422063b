# SPDX-License-Identifier: Apache-2.0
"""Who may call an operation of the API: token, scope, account, rate limit.

A missing scope is 401, as an unknown token is; the two scope headers tell them apart.
"""
from . import scopes
from .errors import ApiError


def admit(call):
    """Lets the call pass, or raises what Linode answers."""
    authenticate(call)
    if call.operation.scope != "public":
        check_token(call, call.operation.scope)
    call.limit_headers = call.world.limits.headers(call)


def authenticate(call):
    """Finds the token's user, if there is one."""
    header = call.headers.get("Authorization")
    if header is None:
        return
    kind, _, value = header.partition(" ")
    pair = None
    if kind.lower() == "bearer":
        pair = call.world.tokens.find(value.strip(), call.world.now())
    if pair is not None:
        pair.calls += 1
        call.pair = pair
        call.user = call.world.users[pair.grant.username]
    elif call.operation.scope == "public":
        call.warn("an unknown bearer token on a public operation")
        if call.world.settings.bad_token_public == "refuse":
            raise ApiError(401, ("Invalid Token", None))


def check_token(call, scope):
    if call.pair is None:
        anonymous = "Authorization" not in call.headers
        raise ApiError(401, ("You must be authenticated to find your StackScripts."
                             if anonymous and call.operation.id == "stackscripts.list"
                             else "Invalid Token", None))
    if not allows(call.pair, scope):
        raise ApiError(401, ("Your OAuth token is not authorized to use this endpoint.", None))
    if scope != "any" and not call.user.account.activated:
        raise ApiError(403, ("Your account must be activated before you can use this endpoint.",
                             None))


def allows(pair, scope):
    return pair is not None and (scope == "any" or scopes.covers(pair.grant.scopes, scope))


def scope_headers(call):
    """What the token has, what the operation wants."""
    wanted = call.operation.scope
    headers = [("X-OAuth-Scopes", " ".join(call.pair.grant.scopes) if call.pair else "unknown"),
               ("X-Accepted-OAuth-Scopes", wanted if ":" in wanted else "*")]
    if call.user:
        headers.append(("X-Customer-UUID", call.user.account.facts["euuid"]))
    return headers
