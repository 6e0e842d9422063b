# SPDX-License-Identifier: Apache-2.0
"""/_sandbox/: what tests read and set.  JSON; for callers on this machine only.

    POST   clients    {"redirect_uri", "label"?, "id"?, "secret"?} -> the client, with its secret
    POST   reset      forgets everything but clients: state, settings, data, faults, journal
    GET    journal    ?operation=&since= -> {"entries": [{"n", "time", "connection", "operation",
                      "method", "path", "query", "headers", "body", "username", "status",
                      "outcome", "fault", "seconds", "warnings"}]}; header names are lower case
    DELETE journal
    GET    secrets    {"secrets": []}: every code and token issued, and whatever secret was sent,
                      since the last reset
    GET    state      {"tokens": [{"client_id", "username", "scopes", "age", "calls", "digest"}],
                      "refresh_tokens": n, "linodes": {user: [{"id", "label", "type", "region",
                      "image", "tags", "group", "status", "ipv4"}]}, "nodebalancers": {account:
                      []}, "domains": {account: []}, "connections": {"opened", "used"},
                      "calls": n, "faults": n}
    POST   linodes/{id}/check-password    {"password"} -> {"matches": true or false}
    POST   faults     a fault, or an array of them (faults.py) -> {"faults": those that wait}
    GET, DELETE faults
    POST   settings   {name: value, …} (settings.py) -> all settings; "data" as for data
    GET    settings
    POST   data       {"types": {id: merge patch, or null to remove it}, "regions": {}, "images":
                      {}, "stackscripts": {}, "nodebalancer_types": {}, "availability": {region:
                      {plan: true or false}}}; an id that is new begins as a copy of the first
    POST   tokens     {"username", "scopes"?, "client_id"?} -> a token answer, without a login
    POST   tokens/revoke    {"username"} -> ends that user's tokens, as the user may at Linode

`connections.opened` counts all since the last reset, `used` those that a call other than
these came over.  Errors are 400 {"error": text}.
"""
import ipaddress
import json
import re
import secrets
import urllib.parse

from . import scopes, tokens
from .errors import json_answer
from .instances import password_matches
from .journal import digest


class Unusable(Exception):
    """A control request that makes no sense."""


async def serve(world, request):
    """Finds the handler; answers errors as {"error": …}."""
    path, _, text = request.raw_path.partition("?")
    query = dict(urllib.parse.parse_qsl(text))
    if not is_local(request.remote):
        return failure(404, "not found")
    handler, args = find(request.method, path)
    if handler is None:
        return failure(404, "not found")
    try:
        text = await request.read()
        body = json.loads(text) if text else {}
        return json_answer(handler(world, body, query, *args))
    except (Unusable, ValueError, KeyError, TypeError, AttributeError) as error:
        return failure(400, f"{type(error).__name__}: {error}")


def failure(status, text):
    return json_answer({"error": text}, status)


def is_local(address):
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def find(method, path):
    for wanted, pattern, handler in TABLE:
        found = re.fullmatch(pattern, path)
        if found and wanted == method:
            return handler, found.groups()
    return None, ()


def clients(world, body, query):
    from .world import Client
    client = Client(body.get("id") or secrets.token_hex(10),
                    body.get("secret") or secrets.token_hex(32),
                    body["redirect_uri"], body.get("label", "Test client"))
    world.clients[client.id] = client
    return dict(client.as_dict(), secret=client.secret)


def reset(world, body, query):
    world.reset()
    return {}


def journal(world, body, query):
    entries = world.journal.select(query.get("operation"), int(query.get("since", 0)))
    return {"entries": entries}


def known_secrets(world, body, query):
    return {"secrets": sorted(world.tokens.issued | world.journal.secrets)}


def clear_journal(world, body, query):
    world.journal.clear()
    return {}


def state(world, body, query):
    now = world.now()
    return {"tokens": [token(pair, now) for pair in world.tokens.live(now)],
            "refresh_tokens": len(world.tokens.by_refresh),
            "linodes": {name: [linode_row(linode, now) for account in world.accounts.values()
                               for linode in account.linodes.values() if linode.owner == name]
                        for name in world.users},
            "nodebalancers": {name: [thing.facts for thing in account.nodebalancers.values()]
                              for name, account in world.accounts.items()},
            "domains": {name: [thing.facts for thing in account.domains.values()]
                        for name, account in world.accounts.items()},
            "connections": dict(world.connections), "calls": world.journal.count,
            "faults": len(world.faults.waiting)}


def token(pair, now):
    return {"client_id": pair.grant.client_id, "username": pair.grant.username,
            "scopes": pair.grant.scopes, "age": round(now - pair.at, 3), "calls": pair.calls,
            "digest": digest(pair.access)}


def linode_row(linode, now):
    return {name: linode.as_dict(now)[name] for name in
            ("id", "label", "type", "region", "image", "tags", "group", "status", "ipv4")}


def check_password(world, body, query, number):
    for account in world.accounts.values():
        if number in account.linodes:
            return {"matches": password_matches(account.linodes[number], body["password"])}
    raise Unusable("no such Linode")


def add_faults(world, body, query):
    for spec in body if isinstance(body, list) else [body]:
        world.faults.add(spec)
    return faults(world, body, query)


def faults(world, body, query):
    return {"faults": [fault.as_dict() for fault in world.faults.waiting]}


def clear_faults(world, body, query):
    world.faults.clear()
    return {}


def settings(world, body, query):
    data = body.pop("data", None)
    world.settings.check(body)
    world.catalog.patch(data or {})
    world.settings.update(body)
    return world.settings.as_dict()


def patch_data(world, body, query):
    world.catalog.patch(body)
    return {}


def issue(world, body, query):
    """What a login and a consent would have led to."""
    if body["username"] not in world.users:
        raise Unusable("no such user")
    client = body.get("client_id") or next(iter(world.clients))
    grant = tokens.Grant(client, body["username"], scopes.parse(body.get("scopes", "*")), "", None,
                         world.now())
    pair = world.tokens.issue(grant, world.now(), world.settings.token_lifetime)
    return tokens.described(pair, world.settings.separator)


def revoke(world, body, query):
    world.tokens.kill_user(body["username"])
    return {}


TABLE = [
    ("POST", "/_sandbox/clients", clients),
    ("POST", "/_sandbox/reset", reset),
    ("GET", "/_sandbox/journal", journal),
    ("DELETE", "/_sandbox/journal", clear_journal),
    ("GET", "/_sandbox/secrets", known_secrets),
    ("GET", "/_sandbox/state", state),
    ("POST", r"/_sandbox/linodes/(\d+)/check-password", check_password),
    ("POST", "/_sandbox/faults", add_faults),
    ("GET", "/_sandbox/faults", faults),
    ("DELETE", "/_sandbox/faults", clear_faults),
    ("POST", "/_sandbox/settings", settings),
    ("GET", "/_sandbox/settings", settings),
    ("POST", "/_sandbox/data", patch_data),
    ("POST", "/_sandbox/tokens", issue),
    ("POST", "/_sandbox/tokens/revoke", revoke),
]
