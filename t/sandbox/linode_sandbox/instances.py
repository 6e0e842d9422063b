# SPDX-License-Identifier: Apache-2.0
"""Linodes: list, get, change, delete, power, addresses.  (deploy.py has the create.)

A Linode carries the statuses it will pass through, each with its time; which one holds
follows from the clock.  While one is still to come the Linode is busy.
"""
import hashlib
import hmac
import os

from . import checks, events
from .errors import Answer, Problems, bad, json_answer, not_found
from .paging import collection

FIELDS = {"id": int, "label": str, "region": str, "group": str, "tags": list, "ipv4": list}
UPDATES = {"label": "String", "tags": "Strings", "group": "String", "alerts": "Object",
           "backups": "Object", "watchdog_enabled": "Boolean", "maintenance_policy": "String"}
POLICIES = ("linode/migrate", "linode/power_off_on")

# Shares of the setting provision_seconds.
INSTALL, PAUSE, BOOT, REBOOT, SHUTDOWN = 0.6, 0.05, 0.35, 0.5, 0.2


class Linode:
    """One instance; `facts` is what the API prints, less the status."""

    def __init__(self, facts, owner, at, passwords):
        self.facts = facts
        self.owner = owner
        self.created = at
        self.passwords = passwords
        self.timeline = []

    @property
    def id(self):
        return self.facts["id"]

    def status(self, now):
        current = "provisioning"
        for at, status in self.timeline:
            if at <= now:
                current = status
        return current

    def busy(self, now):
        return any(at > now for at, _ in self.timeline)

    def as_dict(self, now):
        return {**self.facts, "status": self.status(now)}

    def entity(self):
        return events.entity("linode", self.id, self.facts["label"], "linode/instances")


def hashed(password):
    """Salt and digest: a root password is never kept itself."""
    salt = os.urandom(16)
    return salt, hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000)


def password_matches(linode, password):
    if linode.passwords is None:
        return False
    salt, digest = linode.passwords
    return hmac.compare_digest(
        digest, hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000))


def may_see(call, linode):
    return not call.user.restricted or linode.owner == call.username


def find(call):
    linode = call.account.linodes.get(call.args["id"])
    if linode is None or not may_see(call, linode):
        raise not_found()
    return linode


def list_all(call):
    now = call.world.now()
    born = now - call.world.settings.list_lag_seconds
    rows = [linode.as_dict(now) for linode in call.account.linodes.values()
            if linode.created <= born and may_see(call, linode)]
    return collection(call, rows, FIELDS)


def get(call):
    return json_answer(find(call).as_dict(call.world.now()))


def label_is_free(call, label, own=None):
    return all(linode is own or linode.facts["label"] != label
               for linode in call.account.linodes.values())


def update(call):
    linode = find(call)
    changes = checks.body(call, UPDATES)
    problems = Problems()
    if "label" in changes:
        checks.linode_label(changes["label"], problems)
        if not label_is_free(call, changes["label"], linode):
            problems.add("Label must be unique among your linodes", "label")
    checks.tags(call, changes.get("tags", ()), problems)
    if changes.get("maintenance_policy", POLICIES[0]) not in POLICIES:
        problems.add("Unsupported maintenance policy slug format.", "maintenance_policy")
    problems.raise_if_any()
    for name, value in changes.items():
        old = linode.facts[name]
        linode.facts[name] = {**old, **value} if isinstance(value, dict) else value
    remember_tags(call, changes.get("tags", ()))
    linode.facts["updated"] = call.world.stamp()
    events.add(call, "linode_update", linode.entity())
    return get(call)


def remember_tags(call, tags):
    for tag in tags:
        call.account.tags.setdefault(tag, call.world.stamp())


def delete(call):
    linode = idle(call)
    del call.account.linodes[str(linode.id)]
    now = call.world.now()
    call.account.events[:] = [event for event in call.account.events
                              if event.at <= now or event.entity != linode.entity()]
    events.add(call, "linode_delete", linode.entity(), seconds=0)
    return Answer(200, b"{}")


def idle(call):
    linode = find(call)
    if linode.busy(call.world.now()):
        raise bad("Linode busy.")
    return linode


# ---------------------------------------------------------------- power

def boot(call):
    checks.body(call, {"config_id": "Integer?"})
    return power(call, "linode_boot", "booting", BOOT, "running")


def reboot(call):
    checks.body(call, {"config_id": "Integer?"})
    return power(call, "linode_reboot", "rebooting", REBOOT, "running")


def shutdown(call):
    return power(call, "linode_shutdown", "shutting_down", SHUTDOWN, "offline")


def power(call, action, meanwhile, share, afterwards):
    linode = idle(call)
    now, seconds = call.world.now(), share * call.world.settings.provision_seconds
    if afterwards == "running" and linode.facts["image"] is None:
        raise bad("This Linode has no image to boot")
    if action != "linode_boot" and linode.status(now) == "offline":
        raise bad("Linode is not running")
    linode.timeline = [(now, meanwhile), (now + seconds, afterwards)]
    events.add(call, action, linode.entity(), seconds=seconds)
    return Answer(200, b"{}")


# ---------------------------------------------------------------- addresses

def public_address(world):
    """The documentation networks first, then the benchmark network: nobody's addresses."""
    number = world.number("ipv4", 0)
    networks = ("203.0.113", "198.51.100", "192.0.2")
    if number < 254 * len(networks):
        return f"{networks[number // 254]}.{number % 254 + 1}"
    number -= 254 * len(networks)
    return f"198.{18 + number // 65536 % 2}.{number // 256 % 256}.{number % 256}"


def private_address(world):
    number = world.number("private", 0)
    return f"192.168.{128 + number // 254 % 128}.{number % 254 + 1}"


def private_of(linode):
    return [address for address in linode.facts["ipv4"] if address.startswith("192.168.")]


def add_ip(call):
    linode = find(call)
    body = checks.body(call, {"type": "String", "public": "Boolean", "address": "String"},
                       required=("type", "public"))
    problems = Problems()
    checks.choice(body["type"], ("ipv4",), "type", problems)
    if body["public"]:
        problems.add("Additional IPv4 addresses require technical justification. "
                     "Please open a support ticket.", "public")
    elif private_of(linode):
        problems.add("Linode already has a private IPv4 address")
    problems.raise_if_any()
    address = private_address(call.world)
    linode.facts["ipv4"] = [*linode.facts["ipv4"], address]
    events.add(call, "linode_addip", linode.entity())
    return json_answer(described(linode, address))


def described(linode, address):
    private = address.startswith("192.168.")
    network = address.rpartition(".")[0]
    return {"address": address, "gateway": None if private else network + ".254",
            "subnet_mask": "255.255.128.0" if private else "255.255.255.0",
            "prefix": 17 if private else 24, "type": "ipv4", "public": not private,
            "rdns": None if private else hostname(address), "linode_id": linode.id,
            "interface_id": None, "region": linode.facts["region"], "vpc_nat_1_1": None,
            "reserved": False, "assigned_entity": linode.entity()}


def hostname(address):
    return address.replace(".", "-") + ".ip.linodeusercontent.com"


def list_ips(call):
    linode = find(call)
    ipv4 = {"public": [], "private": [], "shared": [], "reserved": [], "vpc": []}
    for address in linode.facts["ipv4"]:
        row = described(linode, address)
        ipv4["public" if row["public"] else "private"].append(row)
    slaac = linode.facts["ipv6"].partition("/")[0]
    base = {"gateway": "fe80::1", "subnet_mask": "ffff:ffff:ffff:ffff::", "prefix": 64,
            "type": "ipv6", "rdns": None, "linode_id": linode.id, "interface_id": None,
            "region": linode.facts["region"]}
    return json_answer({"ipv4": ipv4, "ipv6": {
        "slaac": {"address": slaac, "public": True, **base},
        "link_local": {"address": "fe80::" + slaac.partition("::")[2], "public": False, **base},
        "global": []}})
