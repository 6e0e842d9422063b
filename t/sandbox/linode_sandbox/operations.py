# SPDX-License-Identifier: Apache-2.0
"""The one table of operations.

A row: operation id, method, path, scope, handler.  The scope is "public" (a token is
welcome, not needed), "any" (any token will do), or a scope of OAuth; the login has none.
In a path {name} is one segment, {name+} one or more (an image's id has a slash).  Paths of
the API are below /v4; /v4beta is the same.

The ids, for faults and the journal ("unknown" is what no row fits, "connection" is for
faults alone):

    login.index login.authorize login.decide login.logout login.signup login.favicon
    oauth.token oauth.revoke oauth.expire
    types.list types.get regions.list regions.get availability.list availability.get
    images.list images.get stackscripts.list stackscripts.get
    instances.create instances.list instances.get instances.update instances.delete
    instances.boot instances.reboot instances.shutdown instances.ips instances.add_ip
    events.list events.get events.seen
    profile.get profile.grants sshkeys.list sshkeys.get account.get account.settings
    tags.list tags.create tags.get tags.delete firewalls.list
    nodebalancers.types nodebalancers.list nodebalancers.create nodebalancers.get
    nodebalancers.update nodebalancers.delete
    configs.list configs.create configs.get configs.update configs.delete configs.rebuild
    nodes.list nodes.create nodes.get nodes.update nodes.delete
    domains.list domains.create domains.get domains.update domains.delete domains.clone
    domains.import domains.zone_file
    records.list records.create records.get records.update records.delete
"""
import collections
import re
import urllib.parse

from . import account as acct
from . import (catalog, deploy, domains, events, instances, login, nodebalancers as nb, tokens)
from .errors import Answer, ApiError

Operation = collections.namedtuple("Operation", "id method path scope handler kind")

# What kind of client an operation serves: a browser, a token client, an API client.
PAGE, TOKEN, API = "page", "token", "api"

LOGIN_ROWS = [
    ("login.index", "GET", "/", login.index),
    ("login.authorize", "GET", "/oauth/authorize", login.authorize),
    ("login.decide", "POST", "/oauth/authorize", login.decide),
    ("login.logout", "GET", "/logout", login.logout),
    ("login.signup", "GET", "/signup", login.signup),
    ("login.favicon", "GET", "/favicon.ico", login.favicon),
]

TOKEN_ROWS = [
    ("oauth.token", "POST", "/oauth/token", tokens.token),
    ("oauth.revoke", "POST", "/oauth/revoke", tokens.revoke),
    ("oauth.expire", "POST", "/oauth/token/expire", tokens.revoke),
]

LINODES, LINODE = "/linode/instances", "/linode/instances/{id}"
BALANCERS, BALANCER = "/nodebalancers", "/nodebalancers/{id}"
CONFIGS, CONFIG = BALANCER + "/configs", BALANCER + "/configs/{config}"
NODES, NODE = CONFIG + "/nodes", CONFIG + "/nodes/{node}"
DOMAINS, DOMAIN = "/domains", "/domains/{id}"
RECORDS, RECORD = DOMAIN + "/records", DOMAIN + "/records/{record}"

API_ROWS = [
    ("types.list", "GET", "/linode/types", "public", catalog.list_types),
    ("types.get", "GET", "/linode/types/{id}", "public", catalog.get_type),
    ("regions.list", "GET", "/regions", "public", catalog.list_regions),
    ("regions.get", "GET", "/regions/{id}", "public", catalog.get_region),
    ("availability.list", "GET", "/regions/availability", "public", catalog.list_availability),
    ("availability.get", "GET", "/regions/{id}/availability", "public", catalog.get_availability),
    ("images.list", "GET", "/images", "public", catalog.list_images),
    ("images.get", "GET", "/images/{id+}", "public", catalog.get_image),
    ("stackscripts.list", "GET", "/linode/stackscripts", "stackscripts:read_only",
     catalog.list_stackscripts),
    ("stackscripts.get", "GET", "/linode/stackscripts/{id}", "public", catalog.get_stackscript),

    ("instances.create", "POST", LINODES, "linodes:read_write", deploy.create),
    ("instances.list", "GET", LINODES, "linodes:read_only", instances.list_all),
    ("instances.get", "GET", LINODE, "linodes:read_only", instances.get),
    ("instances.update", "PUT", LINODE, "linodes:read_write", instances.update),
    ("instances.delete", "DELETE", LINODE, "linodes:read_write", instances.delete),
    ("instances.boot", "POST", LINODE + "/boot", "linodes:read_write", instances.boot),
    ("instances.reboot", "POST", LINODE + "/reboot", "linodes:read_write", instances.reboot),
    ("instances.shutdown", "POST", LINODE + "/shutdown", "linodes:read_write", instances.shutdown),
    ("instances.ips", "GET", LINODE + "/ips", "linodes:read_only", instances.list_ips),
    ("instances.add_ip", "POST", LINODE + "/ips", "linodes:read_write", instances.add_ip),

    ("events.list", "GET", "/account/events", "events:read_only", events.list_all),
    ("events.get", "GET", "/account/events/{id}", "events:read_only", events.get),
    ("events.seen", "POST", "/account/events/{id}/seen", "events:read_only", events.seen),

    ("profile.get", "GET", "/profile", "any", acct.profile),
    ("profile.grants", "GET", "/profile/grants", "any", acct.grants),
    ("sshkeys.list", "GET", "/profile/sshkeys", "account:read_only", acct.list_sshkeys),
    ("sshkeys.get", "GET", "/profile/sshkeys/{id}", "account:read_only", acct.get_sshkey),
    ("account.get", "GET", "/account", "account:read_only", acct.account),
    ("account.settings", "GET", "/account/settings", "account:read_only", acct.account_settings),
    ("tags.list", "GET", "/tags", "account:read_only", acct.list_tags),
    ("tags.create", "POST", "/tags", "account:read_write", acct.create_tag),
    ("tags.get", "GET", "/tags/{label}", "account:read_only", acct.get_tag),
    ("tags.delete", "DELETE", "/tags/{label}", "account:read_write", acct.delete_tag),
    ("firewalls.list", "GET", "/networking/firewalls", "firewall:read_only", acct.list_firewalls),

    ("nodebalancers.types", "GET", "/nodebalancers/types", "public",
     catalog.list_nodebalancer_types),
    ("nodebalancers.list", "GET", BALANCERS, "nodebalancers:read_only", nb.list_all),
    ("nodebalancers.create", "POST", BALANCERS, "nodebalancers:read_write", nb.create),
    ("nodebalancers.get", "GET", BALANCER, "nodebalancers:read_only", nb.get),
    ("nodebalancers.update", "PUT", BALANCER, "nodebalancers:read_write", nb.update),
    ("nodebalancers.delete", "DELETE", BALANCER, "nodebalancers:read_write", nb.delete),
    ("configs.list", "GET", CONFIGS, "nodebalancers:read_only", nb.list_configs),
    ("configs.create", "POST", CONFIGS, "nodebalancers:read_write", nb.create_config),
    ("configs.get", "GET", CONFIG, "nodebalancers:read_only", nb.get_config),
    ("configs.update", "PUT", CONFIG, "nodebalancers:read_write", nb.update_config),
    ("configs.delete", "DELETE", CONFIG, "nodebalancers:read_write", nb.delete_config),
    ("configs.rebuild", "POST", CONFIG + "/rebuild", "nodebalancers:read_write",
     nb.rebuild_config),
    ("nodes.list", "GET", NODES, "nodebalancers:read_only", nb.list_nodes),
    ("nodes.create", "POST", NODES, "nodebalancers:read_write", nb.create_node),
    ("nodes.get", "GET", NODE, "nodebalancers:read_only", nb.get_node),
    ("nodes.update", "PUT", NODE, "nodebalancers:read_write", nb.update_node),
    ("nodes.delete", "DELETE", NODE, "nodebalancers:read_write", nb.delete_node),

    ("domains.list", "GET", DOMAINS, "domains:read_only", domains.list_all),
    ("domains.create", "POST", DOMAINS, "domains:read_write", domains.create),
    ("domains.get", "GET", DOMAIN, "domains:read_only", domains.get),
    ("domains.update", "PUT", DOMAIN, "domains:read_write", domains.update),
    ("domains.delete", "DELETE", DOMAIN, "domains:read_write", domains.delete),
    ("domains.clone", "POST", DOMAIN + "/clone", "domains:read_write", domains.clone),
    ("domains.import", "POST", "/domains/import", "domains:read_write", domains.import_zone),
    ("domains.zone_file", "GET", DOMAIN + "/zone-file", "domains:read_only", domains.zone_file),
    ("records.list", "GET", RECORDS, "domains:read_only", domains.list_records),
    ("records.create", "POST", RECORDS, "domains:read_write", domains.create_record),
    ("records.get", "GET", RECORD, "domains:read_only", domains.get_record),
    ("records.update", "PUT", RECORD, "domains:read_write", domains.update_record),
    ("records.delete", "DELETE", RECORD, "domains:read_write", domains.delete_record),
]

OPERATIONS = (
    [Operation(*row[:3], None, row[3], PAGE) for row in LOGIN_ROWS]
    + [Operation(*row[:3], None, row[3], TOKEN) for row in TOKEN_ROWS]
    + [Operation(row[0], row[1], "/v4" + row[2], *row[3:], API) for row in API_ROWS])


# ---------------------------------------------------------------- finding one

def pattern(path):
    return re.compile(re.sub(r"{(\w+)(\+?)}",
                             lambda m: f"(?P<{m[1]}>{'.+' if m[2] else '[^/]+'})", path))


def by_path():
    """Whole paths, and patterns, each with its rows by method."""
    whole, patterns = {}, {}
    for row in OPERATIONS:
        table, key = (patterns, pattern(row.path)) if "{" in row.path else (whole, row.path)
        table.setdefault(key, {})[row.method] = row
    return whole, list(patterns.items())


WHOLE, PATTERNS = by_path()


def find(method, path):
    """The operation of a request and the arguments of its path."""
    if path.startswith("/v4beta/"):
        path = "/v4" + path[len("/v4beta"):]
    methods, args = WHOLE.get(path), {}
    if methods is None:
        methods, args = match(path)
    row = methods.get("GET" if method == "HEAD" else method)
    return (row, args) if row else missing(method, methods)


def match(path):
    for regex, methods in PATTERNS:
        found = regex.fullmatch(path)
        if found:
            return methods, {name: urllib.parse.unquote(value)
                             for name, value in found.groupdict().items()}
    return {}, {}


def missing(method, methods):
    """What stands in for a row: 404, 405, or the answer to OPTIONS."""
    if not methods:
        return Operation("unknown", method, "", "public", not_there, API), {}
    handler = options if method == "OPTIONS" else not_that_way
    allowed = ", ".join(sorted(methods) + ["HEAD"] * ("GET" in methods) + ["OPTIONS"])
    return Operation("unknown", method, "", "public", handler, API), {"allow": allowed}


def not_there(call):
    raise ApiError(404, ("Not found", None))


def not_that_way(call):
    raise ApiError(405, ("Method Not Allowed", None), headers=[("Allow", call.args["allow"])])


def options(call):
    return Answer(200, headers=[("Allow", call.args["allow"]),
                                ("Access-Control-Allow-Methods", call.args["allow"])])
