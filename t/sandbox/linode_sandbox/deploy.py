# SPDX-License-Identifier: Apache-2.0
"""POST /linode/instances: the checks, and the Linode that comes of it.

All type errors are answered together, then all others: each check looks at the Draft and
adds what it finds.
"""
import base64
import binascii
import hashlib
import json
import re

from . import checks, events, instances
from .errors import Problems, bad, json_answer, unauthorized

FIELDS = {
    "type": "String", "region": "String", "image": "String?", "root_pass": "String",
    "authorized_keys": "Strings", "authorized_users": "Strings", "stackscript_id": "Integer?",
    "stackscript_data": "Object", "label": "String", "tags": "Strings", "group": "String",
    "booted": "Boolean", "backups_enabled": "Boolean", "private_ip": "Boolean",
    "swap_size": "Integer", "metadata": "Object", "firewall_id": "Integer?",
    "disk_encryption": "String", "interface_generation": "String", "interfaces": "Array",
    "network_helper": "Boolean", "placement_group": "Object?", "maintenance_policy": "String",
    "ipv4": "Strings", "backup_id": "Integer?", "kernel": "String", "boot_size": "Integer",
    "alerts": "Object",
}
PUBLIC_KEY = re.compile(r"(ssh-(rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-\S+) [A-Za-z0-9+/]+=*"
                        r"( .*)?")
NEEDED_CAPABILITY = {"gpu": "GPU Linodes", "premium": "Premium Plans",
                     "accelerated": "NETINT Quadra T1U"}
MOST_DATA = 65535
# Old names of regions: accepted, and answered with the new one.
ALIASES = {"us-south": "us-central"}


class Draft:
    """A create on its way through the checks."""

    def __init__(self, call, body):
        self.call = call
        self.body = body
        self.problems = Problems()
        catalog = call.world.catalog
        self.plan = catalog.types.get(body["type"])
        self.region = catalog.regions.get(ALIASES.get(body["region"], body["region"]))
        self.image = catalog.images.get(body.get("image"))
        self.script = catalog.stackscripts.get(str(body.get("stackscript_id")))

    def has(self, name):
        return self.body.get(name) is not None

    def refuse(self, reason, field=None):
        self.problems.add(reason, field)


def create(call):
    if not call.user.may("add_linodes"):
        raise unauthorized()
    draft = Draft(call, checks.body(call, FIELDS, required=("type", "region")))
    for check in CHECKS:
        check(draft)
    draft.problems.raise_if_any()
    check_limit(call)
    return json_answer(built(draft).as_dict(call.world.now()))


def check_limit(call):
    limits = [limit for limit in (call.account.linode_limit, call.world.settings.linode_limit)
              if limit is not None]
    if limits and len(call.account.linodes) >= min(limits):
        raise bad("Account Limit reached. Please open a support ticket.")


# ---------------------------------------------------------------- checks

def check_plan(draft):
    if draft.plan is None:
        draft.refuse("A valid plan type by that ID was not found", "type")


def check_region(draft):
    region, plan = draft.region, draft.plan
    if region is None or "Linodes" not in region["capabilities"]:
        draft.refuse("region is not valid", "region")
    elif region["status"] != "ok":
        draft.refuse("region is currently unavailable", "region")
    elif plan is not None and not offered(draft):
        draft.refuse("This plan is not available in the selected region", "type")


def offered(draft):
    """Whether the region has the plan: capability, kind of site, stock."""
    region, plan = draft.region, draft.plan
    needed = NEEDED_CAPABILITY.get(plan["class"])
    if needed and needed not in region["capabilities"] or region["site_type"] != "core":
        return False
    plans = draft.call.world.catalog.availability.get(region["id"], {})
    return plans.get(plan["id"], True) is not False


def check_label(draft):
    label = draft.body.get("label")
    if label is None:
        return
    checks.linode_label(label, draft.problems)
    if not instances.label_is_free(draft.call, label):
        draft.refuse("Label must be unique among your linodes", "label")


def check_image(draft):
    if draft.has("backup_id"):
        draft.refuse("Backup not found", "backup_id")
    if not draft.has("image"):
        return
    image = draft.image
    if image is None or image["status"] != "available" or not usable(draft.call, image):
        draft.refuse("image is not valid", "image")
    elif draft.plan is not None and \
            image["size"] + draft.body.get("swap_size", 512) > draft.plan["disk"]:
        draft.refuse("The image does not fit on the disk of this plan", "image")


def usable(call, image):
    return image["is_public"] or image.get("created_by") == call.username


def check_swap(draft):
    if draft.body.get("swap_size", 0) < 0:
        draft.refuse("Must be 0 or more", "swap_size")


def check_access(draft):
    """With an image there must be a way to log in."""
    body = draft.body
    if draft.has("image") and not any(body.get(name) for name in
                                      ("root_pass", "authorized_keys", "authorized_users")):
        draft.refuse("Must provide valid root_pass, authorized_keys, or authorized_users")
    if "root_pass" in body:
        checks.password(body["root_pass"], draft.problems)
    for index, key in enumerate(body.get("authorized_keys", ())):
        if not PUBLIC_KEY.fullmatch(key.strip()):
            draft.refuse("Invalid SSH key format", f"authorized_keys[{index}]")
    for index, name in enumerate(body.get("authorized_users", ())):
        user = draft.call.world.users.get(name)
        if user is None or user.account is not draft.call.account or not user.sshkeys:
            draft.refuse("User must exist and have an SSH key", f"authorized_users[{index}]")


def check_stackscript(draft):
    if not draft.has("stackscript_id"):
        if "stackscript_data" in draft.body:
            draft.refuse("Requires stackscript_id for StackScripts", "stackscript_data")
        return
    script = draft.script
    if script is None or not script["is_public"] and script["username"] != draft.call.username:
        draft.refuse("stackscript_id is not valid", "stackscript_id")
        return
    if draft.region is not None and "StackScripts" not in draft.region["capabilities"]:
        draft.refuse("StackScripts are not available in this region", "region")
    if not draft.has("image"):
        draft.refuse("An image is required to deploy a StackScript", "image")
    elif not {"any/all", draft.body["image"]} & set(script["images"]):
        draft.refuse("image is not valid for this StackScript", "image")
    check_answers(draft, script)


def check_answers(draft, script):
    """The user defined fields: required, oneof, manyof; unknown keys are let pass."""
    fields, data = script["user_defined_fields"], draft.body.get("stackscript_data")
    if not fields and data == {}:
        draft.refuse("stackscript_data must not be empty", "stackscript_data")
    data = data or {}
    if len(json.dumps(data, ensure_ascii=False)) > MOST_DATA:
        draft.refuse(f"Must be {MOST_DATA} characters or fewer", "stackscript_data")
    for name in data.keys() - {field["name"] for field in fields}:
        draft.call.warn(f"unknown user defined field {name}")
    for field in fields:
        check_answer(draft, field, data.get(field["name"]))


def check_answer(draft, field, value):
    name = field["name"]
    if value is not None and not isinstance(value, str):
        draft.refuse("Must be of type String", name)
    elif not value:
        if field.get("default") is None:
            draft.refuse(f"A value for the UDF '{name}' is required.", name)
    elif "oneof" in field and value not in field["oneof"].split(","):
        draft.refuse(f"The value for the UDF '{name}' must be one of {field['oneof']}.", name)
    elif "manyof" in field and set(value.split(",")) - set(field["manyof"].split(",")):
        draft.refuse(f"The values for the UDF '{name}' must be from {field['manyof']}.", name)


def check_metadata(draft):
    if "metadata" not in draft.body:
        return
    field = "metadata.user_data"
    try:
        data = base64.b64decode(draft.body["metadata"].get("user_data") or "", validate=True)
    except (binascii.Error, TypeError, ValueError):
        draft.refuse("Must be base64", field)
        return
    if len(data) > MOST_DATA:
        draft.refuse(f"Must be {MOST_DATA} bytes or fewer", field)
    if draft.image is None or "cloud-init" not in draft.image["capabilities"]:
        draft.refuse("The image does not support cloud-init", field)
    if draft.region is not None and "Metadata" not in draft.region["capabilities"]:
        draft.refuse("The region does not support Metadata", field)


def check_options(draft):
    body, problems = draft.body, draft.problems
    for name, choices in (("disk_encryption", ("enabled", "disabled")),
                          ("interface_generation", ("legacy_config", "linode"))):
        if name in body:
            checks.choice(body[name], choices, name, problems)
    if body.get("maintenance_policy", instances.POLICIES[0]) not in instances.POLICIES:
        draft.refuse("Unsupported maintenance policy slug format.", "maintenance_policy")
    if body.get("backups_enabled") and draft.region is not None and \
            "Backups" not in draft.region["capabilities"]:
        draft.refuse("Backups are not available in this region", "backups_enabled")
    if draft.has("placement_group"):
        draft.refuse("placement_group is not valid", "placement_group.id")
    if body.get("ipv4"):
        draft.refuse("Address must be a reserved address of yours", "ipv4[0]")
    checks.tags(draft.call, body.get("tags", ()), problems)


def check_network(draft):
    body = draft.body
    modern = body.get("interface_generation") == "linode"
    if modern and body.get("private_ip"):
        draft.refuse("Not with interfaces of the generation linode", "private_ip")
    if modern and draft.has("firewall_id"):
        draft.refuse("Not with interfaces of the generation linode", "firewall_id")
    elif draft.has("firewall_id") and body["firewall_id"] not in draft.call.account.firewalls:
        draft.refuse("firewall_id is not valid", "firewall_id")
    if "interfaces" in body and not 1 <= len(body["interfaces"]) <= 3:
        draft.refuse("Must be 1-3 interfaces", "interfaces")


CHECKS = (check_plan, check_region, check_label, check_image, check_swap, check_access,
          check_stackscript, check_metadata, check_options, check_network)


# ---------------------------------------------------------------- the Linode

def built(draft):
    """Creates it and sends it on its way."""
    call, body, world = draft.call, draft.body, draft.call.world
    password = body.get("root_pass") if draft.has("image") else None
    linode = instances.Linode(facts(draft), call.username, world.now(),
                              instances.hashed(password) if password else None)
    call.account.linodes[str(linode.id)] = linode
    instances.remember_tags(call, body.get("tags", ()))
    schedule(draft, linode)
    return linode


def schedule(draft, linode):
    """Provisioning, then (with an image, unless asked not to) booting."""
    call, at = draft.call, linode.created
    whole = call.world.settings.provision_seconds
    install = instances.INSTALL * whole
    image = draft.image and {"id": draft.image["id"], "type": "image",
                             "label": draft.image["label"],
                             "url": "/v4/images/" + draft.image["id"]}
    linode.timeline = [(at, "provisioning"), (at + install, "offline")]
    events.add(call, "linode_create", linode.entity(), seconds=install, secondary=image)
    if draft.image is None or not draft.body.get("booted", True):
        return
    begin = at + install + instances.PAUSE * whole
    linode.timeline += [(begin, "booting"), (at + whole, "running")]
    events.add(call, "linode_config_create", linode.entity(), at=at + install)
    events.add(call, "linode_boot", linode.entity(), at=at + install, start=begin,
               seconds=instances.BOOT * whole)


def facts(draft):
    """What the API prints of it."""
    call, body, plan, region = draft.call, draft.body, draft.plan, draft.region
    world, number = call.world, call.world.number("linode", 82379000)
    stamp = world.stamp()
    return {
        "id": number, "label": body.get("label") or f"linode{number}",
        "group": body.get("group", ""), "status": "provisioning", "created": stamp,
        "updated": stamp, "type": plan["id"], "region": region["id"],
        "site_type": region["site_type"], "ipv4": addresses(draft),
        "ipv6": f"2001:db8::f03c:95ff:fe{number >> 16 & 255:02x}:{number & 65535:x}/128",
        "image": body.get("image"), "specs": specs(plan), "alerts": alerts(draft),
        "backups": {"enabled": body.get("backups_enabled", False), "available": False,
                    "schedule": {"day": None, "window": None}, "last_successful": None},
        "hypervisor": "kvm", "watchdog_enabled": True,
        "tags": sorted(set(body.get("tags", ())), key=str.lower),
        "host_uuid": hashlib.sha1(str(number).encode()).hexdigest(),
        "has_user_data": "metadata" in body, "placement_group": None,
        "disk_encryption": body.get("disk_encryption") or encryption(region),
        "lke_cluster_id": None,
        "capabilities": ["Block Storage Encryption", "Maintenance Policy"],
        "interface_generation": body.get("interface_generation", "legacy_config"),
        "maintenance_policy": body.get("maintenance_policy", "linode/power_off_on"), "locks": [],
    }


def specs(plan):
    return {name: plan[name] for name in
            ("disk", "memory", "vcpus", "gpus", "transfer", "accelerated_devices")}


def alerts(draft):
    return {"cpu": 90 * draft.plan["vcpus"], "network_in": 10, "network_out": 10,
            "transfer_quota": 80, "io": 10000, **draft.body.get("alerts", {})}


def addresses(draft):
    world = draft.call.world
    found = [instances.public_address(world)]
    if draft.body.get("private_ip"):
        found.append(instances.private_address(world))
    return found


def encryption(region):
    return "enabled" if "Disk Encryption" in region["capabilities"] else "disabled"
