# SPDX-License-Identifier: Apache-2.0
"""NodeBalancers, their configs, their nodes.

Three levels, each with list, create, get, update, delete; a NodeBalancer may be created
with configs and nodes in one call, and a config rebuilt with its nodes.  A node is the
private address and port of a Linode of the account in the same region.
"""
import hashlib
import re

from . import checks, events, instances
from .errors import Answer, Problems, json_answer, not_found, unauthorized
from .paging import collection

FIELDS = {"label": str, "region": str, "tags": list, "ipv4": str, "hostname": str}
BODY = {"region": "String", "label": "String", "client_conn_throttle": "Integer", "tags": "Strings",
        "firewall_id": "Integer?", "configs": "Array", "type": "String", "vpcs": "Array",
        "ipv4": "String", "client_udp_sess_throttle": "Integer"}
UPDATES = {"label": "String", "client_conn_throttle": "Integer", "tags": "Strings",
           "client_udp_sess_throttle": "Integer"}
TYPES = ("common", "premium", "premium_40gb")
LABEL = re.compile(r"[a-zA-Z0-9\-_]{3,32}")
NODE_LABEL = re.compile(r"[a-zA-Z0-9\-_.]{3,32}")
PATH = re.compile(r"[a-zA-Z0-9/\-%?&=.]*")
ADDRESS = re.compile(r"(192\.168\.\d{1,3}\.\d{1,3}):(\d{1,5})")

# field: kind, default, what is allowed (choices or a range)
CONFIG = {
    "port": ("Integer", 80, range(1, 65536)),
    "protocol": ("String", "http", ("http", "https", "tcp", "udp")),
    "algorithm": ("String", "roundrobin", ("roundrobin", "leastconn", "source", "ring_hash")),
    "stickiness": ("String", "none", ("none", "table", "http_cookie", "session", "source_ip")),
    "check": ("String", "none", ("none", "connection", "http", "http_body")),
    "check_interval": ("Integer", 31, range(2, 3601)),
    "check_timeout": ("Integer", 30, range(1, 31)),
    "check_attempts": ("Integer", 3, range(1, 31)),
    "check_path": ("String", "", None),
    "check_body": ("String", "", None),
    "check_passive": ("Boolean", True, None),
    "proxy_protocol": ("String", "none", ("none", "v1", "v2")),
    "cipher_suite": ("String", "recommended", ("recommended", "legacy")),
    "udp_check_port": ("Integer", 80, range(1, 65536)),
}
SECRETS = {"ssl_cert": "String?", "ssl_key": "String?"}
UDP_ONLY = {"algorithm": ("ring_hash",), "stickiness": ("session", "source_ip")}
NOT_UDP = {"algorithm": ("source",), "stickiness": ("table", "http_cookie")}
NODE = {"address": "String", "label": "String", "weight": "Integer", "mode": "String",
        "subnet_id": "Integer?"}
MODES = ("accept", "reject", "drain", "backup")


class NodeBalancer:
    def __init__(self, facts, owner):
        self.facts = facts
        self.owner = owner
        self.configs = {}

    def entity(self):
        return events.entity("nodebalancer", self.facts["id"], self.facts["label"],
                             "nodebalancers")


class Config:
    def __init__(self, facts):
        self.facts = facts
        self.nodes = {}


class Node:
    def __init__(self, facts, linode, at):
        self.facts = facts
        self.linode = linode
        self.at = at


# ---------------------------------------------------------------- NodeBalancers

def find(call):
    balancer = call.account.nodebalancers.get(call.args["id"])
    if balancer is None or call.user.restricted and balancer.owner != call.username:
        raise not_found()
    return balancer


def list_all(call):
    return collection(call, [balancer.facts for balancer in call.account.nodebalancers.values()
                             if not call.user.restricted or balancer.owner == call.username],
                      FIELDS)


def get(call):
    return json_answer(find(call).facts)


def create(call):
    if not call.user.may("add_nodebalancers"):
        raise unauthorized()
    body = checks.body(call, BODY, required=("region",))
    problems = Problems()
    check_balancer(call, body, problems)
    plans = [checked_config(call, config, body["region"], problems, f"configs[{index}].", True)
             for index, config in enumerate(body.get("configs", ()))]
    ports = [facts.get("port") for facts, _ in plans]
    if len(set(ports)) != len(ports):
        problems.add("Port must be unique", "configs")
    problems.raise_if_any()
    balancer = NodeBalancer(facts_of(call, body), call.username)
    call.account.nodebalancers[str(balancer.facts["id"])] = balancer
    instances.remember_tags(call, body.get("tags", ()))
    events.add(call, "nodebalancer_create", balancer.entity())
    for facts, nodes in plans:
        add_config(call, balancer, facts, nodes)
    return json_answer(balancer.facts)


def check_balancer(call, body, problems, own=None):
    if own is None:
        region = call.world.catalog.regions.get(body["region"])
        if region is None or "NodeBalancers" not in region["capabilities"]:
            problems.add("region is not valid", "region")
    if "label" in body:
        if not LABEL.fullmatch(body["label"]):
            problems.add("Must be 3-32 letters, numbers, - or _", "label")
        elif any(other is not own and other.facts["label"] == body["label"]
                 for other in call.account.nodebalancers.values()):
            problems.add("Label must be unique among your NodeBalancers", "label")
    for name in ("client_conn_throttle", "client_udp_sess_throttle"):
        checks.within(body.get(name, 0), 0, 20, name, problems)
    checks.choice(body.get("type", "common"), TYPES, "type", problems)
    checks.tags(call, body.get("tags", ()), problems)
    if body.get("firewall_id") is not None and \
            body["firewall_id"] not in call.account.firewalls:
        problems.add("firewall_id is not valid", "firewall_id")


def facts_of(call, body):
    world = call.world
    number, address, stamp = (world.number("nodebalancer", 1774400),
                              instances.public_address(world), world.stamp())
    return {"id": number, "label": body.get("label", f"balancer{number}"),
            "region": body["region"], "type": body.get("type", "common"),
            "hostname": instances.hostname(address), "ipv4": address,
            "ipv6": f"2001:db8:1::{number & 65535:x}", "created": stamp, "updated": stamp,
            "client_conn_throttle": body.get("client_conn_throttle", 0),
            "client_udp_sess_throttle": body.get("client_udp_sess_throttle", 0),
            "lke_cluster": None, "tags": sorted(set(body.get("tags", ()))),
            "transfer": {"in": None, "out": None, "total": None}}


def update(call):
    balancer = find(call)
    body = checks.body(call, UPDATES)
    problems = Problems()
    check_balancer(call, body, problems, balancer)
    problems.raise_if_any()
    balancer.facts.update(body, updated=call.world.stamp())
    instances.remember_tags(call, body.get("tags", ()))
    events.add(call, "nodebalancer_update", balancer.entity())
    return json_answer(balancer.facts)


def delete(call):
    balancer = find(call)
    del call.account.nodebalancers[call.args["id"]]
    events.add(call, "nodebalancer_delete", balancer.entity())
    return Answer(200, b"{}")


# ---------------------------------------------------------------- configs

def find_config(call):
    balancer = find(call)
    config = balancer.configs.get(call.args["config"])
    if config is None:
        raise not_found()
    return balancer, config


def checked_config(call, body, region, problems, path="", with_nodes=False, old=None):
    """A config's facts and its nodes, as far as the body is any good."""
    body = typed_config(call, body, problems, path)
    facts = {name: default for name, (_, default, _) in CONFIG.items()}
    facts.update({name: old[name] for name in facts if old and name in old})
    facts.update({name: value for name, value in body.items() if name in CONFIG})
    for name, (_, _, allowed) in CONFIG.items():
        if isinstance(allowed, range):
            checks.within(facts[name], allowed[0], allowed[-1], path + name, problems)
        elif allowed:
            checks.choice(facts[name], allowed, path + name, problems)
    check_together(facts, problems, path)
    facts.update(certificate(facts, body, problems, path, old))
    nodes = [checked_node(call, node, region, problems, f"{path}nodes[{index}].")
             for index, node in enumerate(body.get("nodes", ()))]
    if with_nodes and not nodes:
        problems.add("A config needs at least one node", path + "nodes")
    return facts, nodes


def typed_config(call, body, problems, path):
    kinds = {name: kind for name, (kind, _, _) in CONFIG.items()}
    kinds.update(SECRETS, nodes="Array")
    return typed(call, body, kinds, problems, path)


def typed(call, body, kinds, problems, path):
    """Like checks.body, for an object inside of a body."""
    if not isinstance(body, dict):
        problems.add("Must be of type Object", path.rstrip("."))
        return {}
    known = {}
    for name, value in body.items():
        if name not in kinds:
            call.warn(f"unknown field {path}{name}")
        elif checks.fits(kinds[name], value):
            known[name] = value
        else:
            problems.add(f"Must be of type {kinds[name].rstrip('?')}", path + name)
    return known


def check_together(facts, problems, path):
    udp = facts["protocol"] == "udp"
    for name, values in (NOT_UDP if udp else UDP_ONLY).items():
        if facts[name] in values:
            problems.add(f"{facts[name]} is not for {facts['protocol']}", path + name)
    if facts["proxy_protocol"] != "none" and facts["protocol"] != "tcp":
        problems.add("proxy_protocol is for tcp only", path + "proxy_protocol")
    if facts["check_timeout"] >= facts["check_interval"]:
        problems.add("Must be greater than check_timeout", path + "check_interval")
    if not PATH.fullmatch(facts["check_path"]):
        problems.add("check_path is not valid", path + "check_path")
    if facts["check"] == "http_body" and not facts["check_body"]:
        problems.add("check_body is required", path + "check_body")


def certificate(facts, body, problems, path, old):
    """What is shown of it; https needs certificate and key, both PEM."""
    if facts["protocol"] != "https":
        return {"ssl_commonname": "", "ssl_fingerprint": "", "ssl_cert": None, "ssl_key": None}
    if old and old.get("ssl_cert") and not body.get("ssl_cert"):
        return {name: old[name] for name in
                ("ssl_commonname", "ssl_fingerprint", "ssl_cert", "ssl_key")}
    for name, word in (("ssl_cert", "CERTIFICATE"), ("ssl_key", "PRIVATE KEY")):
        if word + "-----" not in (body.get(name) or ""):
            problems.add(f"{name} must be PEM", path + name)
    fingerprint = hashlib.sha1((body.get("ssl_cert") or "").encode()).hexdigest().upper()
    return {"ssl_commonname": "sandbox",
            "ssl_fingerprint": ":".join(re.findall("..", fingerprint)),
            "ssl_cert": "<REDACTED>", "ssl_key": "<REDACTED>"}


def port_is_free(balancer, port, own=None):
    return all(config is own or config.facts["port"] != port
               for config in balancer.configs.values())


def add_config(call, balancer, facts, nodes):
    number = call.world.number("nodebalancer config", 2706100)
    config = Config({"id": number, "nodebalancer_id": balancer.facts["id"], **facts,
                     "udp_session_timeout": 16})
    balancer.configs[str(number)] = config
    events.add(call, "nodebalancer_config_create", balancer.entity())
    for node, linode in nodes:
        add_node(call, balancer, config, node, linode)
    return config


def shown_config(call, config):
    status = {"up": 0, "down": 0}
    for node in config.nodes.values():
        state = node_status(call, node).lower()
        if state in status:
            status[state] += 1
    return {**config.facts, "nodes_status": status}


def list_configs(call):
    return collection(call, [shown_config(call, config) for config in find(call).configs.values()])


def get_config(call):
    return json_answer(shown_config(call, find_config(call)[1]))


def create_config(call):
    balancer = find(call)
    problems = Problems()
    facts, nodes = checked_config(call, json_object(call), balancer.facts["region"], problems)
    if not port_is_free(balancer, facts["port"]):
        problems.add("Port must be unique", "port")
    problems.raise_if_any()
    return json_answer(shown_config(call, add_config(call, balancer, facts, nodes)))


def json_object(call):
    return {} if call.json is None else call.json


def update_config(call, with_nodes=False):
    balancer, config = find_config(call)
    problems = Problems()
    body = json_object(call)
    facts, nodes = checked_config(call, body, balancer.facts["region"], problems,
                                  with_nodes=with_nodes, old=None if with_nodes else config.facts)
    if not port_is_free(balancer, facts["port"], config):
        problems.add("Port must be unique", "port")
    problems.raise_if_any()
    config.facts.update(facts)
    if with_nodes:
        config.nodes.clear()
        for node, linode in nodes:
            add_node(call, balancer, config, node, linode)
    events.add(call, "nodebalancer_config_update", balancer.entity())
    return json_answer(shown_config(call, config))


def rebuild_config(call):
    """Config and nodes at once, whatever they were."""
    return update_config(call, with_nodes=True)


def delete_config(call):
    balancer, _ = find_config(call)
    del balancer.configs[call.args["config"]]
    events.add(call, "nodebalancer_config_delete", balancer.entity())
    return Answer(200, b"{}")


# ---------------------------------------------------------------- nodes

def find_node(call):
    balancer, config = find_config(call)
    node = config.nodes.get(call.args["node"])
    if node is None:
        raise not_found()
    return balancer, config, node


def checked_node(call, body, region, problems, path="", old=None):
    """A node's facts and the Linode behind its address."""
    body = typed(call, body, NODE, problems, path)
    facts = {"address": "", "label": "", "weight": 100, "mode": "accept", **(old or {}), **body}
    facts.pop("subnet_id", None)
    for name in ("address", "label"):
        if not facts[name]:
            problems.add(f"{name} is required", path + name)
    if facts["label"] and not NODE_LABEL.fullmatch(facts["label"]):
        problems.add("Must be 3-32 letters, numbers, -, _ or .", path + "label")
    checks.within(facts["weight"], 1, 255, path + "weight", problems)
    checks.choice(facts["mode"], MODES, path + "mode", problems)
    return facts, linode_at(call, facts["address"], region, problems, path + "address")


def linode_at(call, address, region, problems, field):
    found = ADDRESS.fullmatch(address)
    if address and not found:
        problems.add("Must begin with 192.168", field)
    if not found:
        return None
    if not 1 <= int(found[2]) <= 65535:
        problems.add("Port must be 1-65535", field)
    for linode in call.account.linodes.values():
        if found[1] in linode.facts["ipv4"] and linode.facts["region"] == region:
            return linode
    problems.add("Must be the private address of a Linode of yours in this region", field)
    return None


def add_node(call, balancer, config, facts, linode):
    number = call.world.number("node", 2114163500)
    node = Node({"id": number, "config_id": config.facts["id"],
                 "nodebalancer_id": balancer.facts["id"], "vpc_config_id": None, **facts},
                linode, call.world.now())
    config.nodes[str(number)] = node
    events.add(call, "nodebalancer_node_create", balancer.entity())
    return node


def node_status(call, node):
    """Unknown at first; later, UP when the Linode runs."""
    now = call.world.now()
    if now < node.at + call.world.settings.provision_seconds / 4:
        return "Unknown"
    alive = str(node.linode.id) in call.account.linodes
    return "UP" if alive and node.linode.status(now) == "running" else "DOWN"


def shown_node(call, node):
    return {**node.facts, "status": node_status(call, node)}


def list_nodes(call):
    _, config = find_config(call)
    return collection(call, [shown_node(call, node) for node in config.nodes.values()])


def get_node(call):
    return json_answer(shown_node(call, find_node(call)[2]))


def create_node(call):
    balancer, config = find_config(call)
    problems = Problems()
    facts, linode = checked_node(call, json_object(call), balancer.facts["region"], problems)
    if any(node.facts["address"] == facts["address"] for node in config.nodes.values()):
        problems.add("Address must be unique in this config", "address")
    problems.raise_if_any()
    return json_answer(shown_node(call, add_node(call, balancer, config, facts, linode)))


def update_node(call):
    balancer, _, node = find_node(call)
    problems = Problems()
    old = {name: node.facts[name] for name in ("address", "label", "weight", "mode")}
    facts, linode = checked_node(call, json_object(call), balancer.facts["region"], problems,
                                 old=old)
    problems.raise_if_any()
    node.facts.update(facts)
    node.linode = linode
    events.add(call, "nodebalancer_node_update", balancer.entity())
    return json_answer(shown_node(call, node))


def delete_node(call):
    balancer, config, _ = find_node(call)
    del config.nodes[call.args["node"]]
    events.add(call, "nodebalancer_node_delete", balancer.entity())
    return Answer(200, b"{}")
