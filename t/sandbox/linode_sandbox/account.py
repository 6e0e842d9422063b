# SPDX-License-Identifier: Apache-2.0
"""Who is calling: profile, grants, SSH keys; the account with its settings, tags, firewalls."""
from . import checks
from .errors import Answer, Problems, bad, json_answer, not_found, unauthorized
from .paging import collection

GLOBAL_GRANTS = ("add_linodes", "add_nodebalancers", "add_domains", "add_volumes", "add_images",
                 "add_stackscripts", "add_longview", "add_firewalls", "add_databases", "add_vpcs",
                 "account_access", "cancel_account", "longview_subscription",
                 "child_account_access")
ENTITIES = ("linode", "nodebalancer", "domain", "stackscript", "volume", "image", "longview",
            "firewall", "database", "vpc")


def profile(call):
    user = call.user
    return json_answer({
        "uid": user.uid, "username": user.name, "email": user.name + "@example.org",
        "timezone": "GMT", "restricted": user.restricted, "two_factor_auth": True,
        "authentication_type": "password", "user_type": "default", "email_notifications": True,
        "lish_auth_method": "password_keys",
        "authorized_keys": [key["ssh_key"] for key in user.sshkeys] or None,
        "ip_whitelist_enabled": False, "verified_phone_number": None,
        "referrals": {"code": "0" * 40, "url": "https://www.linode.com/?r=" + "0" * 40,
                      "total": 0, "completed": 0, "pending": 0, "credit": 0}})


def grants(call):
    """Nothing at all for somebody who may do everything."""
    user = call.user
    if not user.restricted:
        return Answer(204)
    body = {"global": {name: name in user.grants for name in GLOBAL_GRANTS}}
    body["global"].update(account_access=None, cancel_account=False)
    body.update({name: [] for name in ENTITIES})
    body["linode"] = [{"id": linode.id, "label": linode.facts["label"], "permissions": "read_write"}
                      for linode in user.account.linodes.values() if linode.owner == user.name]
    return json_answer(body)


def list_sshkeys(call):
    return collection(call, call.user.sshkeys, {"label": str})


def get_sshkey(call):
    for key in call.user.sshkeys:
        if str(key["id"]) == call.args["id"]:
            return json_answer(key)
    raise not_found()


def account(call):
    unrestricted(call)
    facts = call.account.facts
    return json_answer({
        "company": facts["company"], "email": facts["email"], "first_name": "Sand",
        "last_name": "Box", "address_1": "1 Example Street", "address_2": "", "city": "Exampleton",
        "state": "PA", "zip": "00000", "country": "US", "phone": "", "tax_id": "",
        "balance": facts["balance"], "balance_uninvoiced": 0.0,
        "active_since": "2020-01-02T03:04:05", "euuid": facts["euuid"],
        "capabilities": ["Linodes", "NodeBalancers", "Block Storage", "Object Storage",
                         "Cloud Firewall", "Vlans", "VPCs", "Linode Interfaces"],
        "credit_card": {"last_four": "1111", "expiry": "01/2030"}, "billing_source": "linode",
        "active_promotions": []})


def account_settings(call):
    unrestricted(call)
    return json_answer({"backups_enabled": False, "network_helper": True, "managed": None,
                        "longview_subscription": None, "object_storage": "disabled",
                        "interfaces_for_new_linodes": "legacy_config_default_but_linode_allowed",
                        "maintenance_policy": "linode/power_off_on"})


def unrestricted(call):
    if call.user.restricted:
        raise unauthorized()


# ---------------------------------------------------------------- tags

def tagged(call):
    """Everything that can carry a tag: kind, number as text, row."""
    account, now = call.account, call.world.now()
    for linode in account.linodes.values():
        yield "linode", linode.as_dict(now)
    for kind, table in (("nodebalancer", account.nodebalancers), ("domain", account.domains)):
        for thing in table.values():
            yield kind, thing.facts


def list_tags(call):
    unrestricted(call)
    return collection(call, [{"label": label} for label in sorted(call.account.tags)],
                      {"label": str})


def create_tag(call):
    unrestricted(call)
    kinds = {"linodes": "linode", "nodebalancers": "nodebalancer", "domains": "domain"}
    body = checks.body(call, {"label": "String", "volumes": "Array",
                              **dict.fromkeys(kinds, "Array")}, required=("label",))
    problems = Problems()
    checks.tags(call, [body["label"]], problems)
    problems.raise_if_any()
    if body["label"] in call.account.tags:
        raise bad("Tag already exists", "label")
    wanted = {(kind, number) for name, kind in kinds.items() for number in body.get(name, ())}
    rows = {(kind, row["id"]): row for kind, row in tagged(call)}
    if wanted - rows.keys():
        raise bad("An object to be tagged was not found")
    call.account.tags[body["label"]] = call.world.stamp()
    for key in wanted:
        add_tag(rows[key], body["label"])
    return json_answer({"label": body["label"]})


def add_tag(row, label):
    """The list is shared with the thing itself, so it is changed in place."""
    if label not in row["tags"]:
        row["tags"].append(label)


def get_tag(call):
    unrestricted(call)
    label = call.args["label"]
    if label not in call.account.tags:
        raise not_found()
    return collection(call, [{"type": kind, "data": row} for kind, row in tagged(call)
                             if label in row["tags"]])


def delete_tag(call):
    unrestricted(call)
    label = call.args["label"]
    if call.account.tags.pop(label, None) is None:
        raise not_found()
    for _, row in tagged(call):
        if label in row["tags"]:
            row["tags"].remove(label)
    return Answer(200, b"{}")


# ---------------------------------------------------------------- firewalls

def list_firewalls(call):
    return collection(call, list(call.account.firewalls.values()), {"label": str, "tags": list})
