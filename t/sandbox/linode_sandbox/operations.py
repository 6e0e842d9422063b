# SPDX-License-Identifier: Apache-2.0
"""The one table of operations, and what it decides: who may call what.

A row: operation id, method, path, scope, handler.  The scope is "public" (a token is
welcome, not needed), "any" (any token will do), a scope, or "" for what is no part of the
API.  In a path, {name} is one segment, {name+} one or more (an image's id has a slash).
"""
import collections
import re
import urllib.parse

from . import account, catalog, deploy, instances, login, scopes, tokens
from .errors import ApiError, Answer
from .journal import masked  # noqa: F401 (the server masks bodies with it)

Operation = collections.namedtuple(
    "Operation", "id method path scope handler page exact_form form shared",
    defaults=(False, False, False, False))

PAGES = [
    ("login.index", "GET", "/", login.index),
    ("login.authorize", "GET", "/oauth/authorize", login.authorize),
    ("login.decide", "POST", "/oauth/authorize", login.decide),
    ("login.logout", "GET", "/logout", login.logout),
    ("login.signup", "GET", "/signup", login.signup),
]

TOKENS = [
    ("oauth.token", "POST", "/oauth/token", tokens.token),
    ("oauth.revoke", "POST", "/oauth/revoke", tokens.revoke),
    ("oauth.expire", "POST", "/oauth/token/expire", tokens.revoke),
]

API = [
    ("types.list", "GET", "/linode/types", "public", catalog.list_types),
    ("types.get", "GET", "/linode/types/{id}", "public", catalog.get_type),
    ("regions.list", "GET", "/regions", "public", catalog.list_regions),
    ("availability.list", "GET", "/regions/availability", "public", catalog.list_availability),
    ("regions.get", "GET", "/regions/{id}", "public", catalog.get_region),
    ("availability.get", "GET", "/regions/{id}/availability", "public", catalog.get_availability),
    ("images.list", "GET", "/images", "public", catalog.list_images),
    ("images.get", "GET", "/images/{id+}", "public", catalog.get_image),
    ("stackscripts.list", "GET", "/linode/stackscripts", "stackscripts:read_only",
     catalog.list_stackscripts),
    ("stackscripts.get", "GET", "/linode/stackscripts/{id}", "public", catalog.get_stackscript),

    ("instances.create", "POST", "/linode/instances", "linodes:read_write", deploy.create),
    ("instances.list", "GET", "/linode/instances", "linodes:read_only", instances.list_all),
    ("instances.get", "GET", "/linode/instances/{id}", "linodes:read_only", instances.get),

    ("profile.get", "GET", "/profile", "any", account.profile),
]

SHARED_CACHE = ("regions.list", "availability.list")
UNKNOWN = Operation("unknown", "*", "*", "public", None)


def not_there(call):
    raise ApiError(404, ("Not found", None))


def not_that_way(call):
    raise ApiError(405, ("Method Not Allowed", None), headers=[("Allow", call.args["allow"])])


def options(call):
    return Answer(200, headers=[("Allow", call.args["allow"]),
                                ("Access-Control-Allow-Methods", call.args["allow"])])


def build():
    rows = [Operation(id, method, path, "", handler, page=True, form=True)
            for id, method, path, handler in PAGES]
    rows += [Operation(id, method, path, "", handler, exact_form=True)
             for id, method, path, handler in TOKENS]
    rows += [Operation(id, method, version + path, scope, handler, shared=id in SHARED_CACHE)
             for version in ("/v4", "/v4beta") for id, method, path, scope, handler in API]
    return rows


def pattern(path):
    return re.compile(re.sub(r"{(\w+)(\+?)}",
                             lambda m: f"(?P<{m[1]}>{'.+' if m[2] else '[^/]+'})", path))


OPERATIONS = build()
EXACT = {}
PATTERNS = []
for _row in OPERATIONS:
    if "{" in _row.path:
        PATTERNS.append((pattern(_row.path), _row))
    else:
        EXACT.setdefault(_row.path, {})[_row.method] = _row


def find(method, path):
    """The operation of a request and the arguments of its path."""
    methods, args = EXACT.get(path), {}
    if methods is None:
        methods, args = match(path)
    wanted = "GET" if method == "HEAD" else method
    if wanted in methods:
        return methods[wanted], args
    if not methods:
        return UNKNOWN._replace(handler=not_there), {}
    allowed = ", ".join(sorted(methods) + ["HEAD"] * ("GET" in methods) + ["OPTIONS"])
    handler = options if method == "OPTIONS" else not_that_way
    return UNKNOWN._replace(handler=handler), {"allow": allowed}


def match(path):
    methods, args = {}, {}
    for regex, row in PATTERNS:
        found = regex.fullmatch(path)
        if found and row.method not in methods:
            methods[row.method] = row
            args = {name: urllib.parse.unquote(value) for name, value in found.groupdict().items()}
    return methods, args


# ---------------------------------------------------------------- admission

def admit(call):
    """Token, scope, limits; an ApiError for whom they keep out."""
    scope = call.operation.scope
    if not scope:
        return
    authenticate(call)
    if scope != "public":
        check_token(call, scope)
    call.limit_headers = call.world.limits.headers(call)


def authenticate(call):
    """Finds the token's user, if there is one."""
    header = call.headers.get("Authorization")
    if header is None:
        return
    kind, _, value = header.partition(" ")
    pair = call.world.tokens.find(value.strip(), call.world.now()) \
        if kind.lower() == "bearer" else None
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
        raise ApiError(401, ("Invalid Token", None))
    if not allows(call.pair, scope):
        raise ApiError(401, ("Your OAuth token is not authorized to use this endpoint.", None))
    if scope != "any" and not call.user.account.activated:
        raise ApiError(403, ("Your account must be activated before you can use this endpoint.",
                             None))


def allows(pair, scope):
    return pair is not None and (scope == "any" or scopes.covers(pair.grant.scopes, scope))


def scope_headers(call):
    """What the token has, what the operation wants."""
    if not call.operation.scope:
        return []
    accepted = call.operation.scope if ":" in call.operation.scope else "*"
    granted = " ".join(call.pair.grant.scopes) if call.pair else "unknown"
    headers = [("X-OAuth-Scopes", granted), ("X-Accepted-OAuth-Scopes", accepted)]
    if call.user:
        headers.append(("X-Customer-UUID", call.user.account.facts["euuid"]))
    return headers
