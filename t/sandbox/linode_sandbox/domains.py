# SPDX-License-Identifier: Apache-2.0
"""Domains and their records."""
import ipaddress
import re

from . import checks, events, instances
from .errors import Answer, Problems, bad, json_answer, not_found, unauthorized
from .paging import collection

FIELDS = {"domain": str, "group": str, "tags": list}
RECORD_FIELDS = {"type": str, "name": str, "target": str, "tag": str}
NAME = re.compile(r"(\*\.)?([a-zA-Z0-9\-_]{1,63}\.)+([a-zA-Z]{2,3}\.)?"
                  r"([a-zA-Z]{2,16}|xn--[a-zA-Z0-9]+)")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TIMES = (0, 30, 120, 300, 3600, 7200, 14400, 28800, 57600, 86400, 172800, 345600, 604800, 1209600,
         2419200)
TIME_FIELDS = ("ttl_sec", "refresh_sec", "retry_sec", "expire_sec")
BODY = {"domain": "String", "type": "String", "soa_email": "String", "master_ips": "Strings",
        "axfr_ips": "Strings", "status": "String", "description": "String", "tags": "Strings",
        "group": "String", **dict.fromkeys(TIME_FIELDS, "Integer")}
STATUSES = ("active", "disabled")

RECORD = {"type": "String", "name": "String", "target": "String", "priority": "Integer",
          "weight": "Integer", "port": "Integer", "service": "String?", "protocol": "String?",
          "ttl_sec": "Integer", "tag": "String?"}
RECORD_TYPES = ("A", "AAAA", "NS", "MX", "CNAME", "TXT", "SRV", "CAA", "PTR")
PROTOCOLS = ("tcp", "udp", "xmpp", "tls", "smtp")
CAA_TAGS = ("issue", "issuewild", "iodef")
HOST = re.compile(r"(\*|(\*\.)?[a-zA-Z0-9_]([a-zA-Z0-9\-_.]*[a-zA-Z0-9_])?)?")
MOST_RECORDS = 12000


class Domain:
    def __init__(self, facts, owner):
        self.facts = facts
        self.owner = owner
        self.records = {}

    def entity(self):
        return events.entity("domain", self.facts["id"], self.facts["domain"], "domains")


def rounded(seconds):
    """The next time the name servers know; 0 is their default."""
    return next((time for time in TIMES if time >= seconds), TIMES[-1])


# ---------------------------------------------------------------- domains

def find(call):
    domain = call.account.domains.get(call.args["id"])
    if domain is None or call.user.restricted and domain.owner != call.username:
        raise not_found()
    return domain


def list_all(call):
    return collection(call, [domain.facts for domain in call.account.domains.values()
                             if not call.user.restricted or domain.owner == call.username], FIELDS)


def get(call):
    return json_answer(find(call).facts)


def create(call):
    require_grant(call)
    body = checks.body(call, BODY, required=("domain", "type"))
    problems = Problems()
    checks.choice(body["type"], ("master", "slave"), "type", problems)
    check(call, body, problems)
    problems.raise_if_any()
    return json_answer(add(call, body).facts)


def require_grant(call):
    if not call.user.may("add_domains"):
        raise unauthorized()


def check(call, body, problems, own=None):
    """A whole domain, or with `own` its changed form."""
    if "domain" in body:
        check_name(call, body["domain"], problems, own)
    if body["type"] == "master" and not EMAIL.fullmatch(body.get("soa_email", "")):
        problems.add("soa_email is required for a master domain", "soa_email")
    if body["type"] == "slave" and not body.get("master_ips"):
        problems.add("master_ips are required for a slave domain", "master_ips")
    for field in ("master_ips", "axfr_ips"):
        for index, address in enumerate(body.get(field, ())):
            if not is_address(address):
                problems.add("Must be an IP address", f"{field}[{index}]")
    checks.choice(body.get("status", "active"), STATUSES, "status", problems)
    checks.within(len(body.get("description", "")), 0, 253, "description", problems)
    for field in TIME_FIELDS:
        checks.within(body.get(field, 0), 0, TIMES[-1], field, problems)
    checks.tags(call, body.get("tags", ()), problems)


def check_name(call, name, problems, own=None):
    if len(name) > 253 or not NAME.fullmatch(name):
        problems.add("domain is not valid", "domain")
    elif any(domain is not own and domain.facts["domain"].lower() == name.lower()
             for account in call.world.accounts.values() for domain in account.domains.values()):
        problems.add("DNS zone already exists.", "domain")


def is_address(text, versions=(4, 6)):
    try:
        return ipaddress.ip_address(text).version in versions
    except ValueError:
        return False


def add(call, body):
    number, stamp = call.world.number("domain", 3041900), call.world.stamp()
    facts = {"id": number, "type": body["type"], "domain": body["domain"],
             "tags": sorted(set(body.get("tags", ()))), "group": body.get("group", ""),
             "status": body.get("status", "active"), "errors": "",
             "description": body.get("description", ""), "soa_email": body.get("soa_email", ""),
             "master_ips": body.get("master_ips", []), "axfr_ips": body.get("axfr_ips", []),
             **{field: rounded(body.get(field, 0)) for field in TIME_FIELDS},
             "created": stamp, "updated": stamp}
    domain = call.account.domains[str(number)] = Domain(facts, call.username)
    instances.remember_tags(call, facts["tags"])
    events.add(call, "dns_zone_create", domain.entity())
    return domain


def update(call):
    domain = find(call)
    body = checks.body(call, BODY)
    problems = Problems()
    if body.get("type", domain.facts["type"]) != domain.facts["type"]:
        problems.add("type cannot be changed", "type")
    check(call, {**domain.facts, **body}, problems, domain)
    problems.raise_if_any()
    body.update({field: rounded(body[field]) for field in TIME_FIELDS if field in body})
    domain.facts.update(body, updated=call.world.stamp())
    instances.remember_tags(call, body.get("tags", ()))
    events.add(call, "dns_zone_update", domain.entity())
    return json_answer(domain.facts)


def delete(call):
    domain = find(call)
    del call.account.domains[call.args["id"]]
    events.add(call, "dns_zone_delete", domain.entity())
    return Answer(200, b"{}")


def clone(call):
    require_grant(call)
    original = find(call)
    body = checks.body(call, {"domain": "String"}, required=("domain",))
    problems = Problems()
    check_name(call, body["domain"], problems)
    problems.raise_if_any()
    copy = add(call, {**original.facts, **body})
    for record in original.records.values():
        keep(call, copy, dict(record))
    return json_answer(copy.facts)


def import_zone(call):
    """No name server is asked: what comes is an empty zone."""
    require_grant(call)
    body = checks.body(call, {"domain": "String", "remote_nameserver": "String"},
                       required=("domain", "remote_nameserver"))
    problems = Problems()
    check_name(call, body["domain"], problems)
    problems.raise_if_any()
    return json_answer(add(call, {"type": "master", "domain": body["domain"],
                                  "soa_email": "admin@" + body["domain"]}).facts)


def zone_file(call):
    domain = find(call)
    facts = domain.facts
    lines = [f"; {facts['domain']} [{facts['id']}]", "$TTL 86400",
             f"@\tIN\tSOA\tns1.linode.com. {facts['soa_email'].replace('@', '.')}. "
             "2026010101 14400 14400 1209600 86400"]
    lines += [f"@\t\tNS\tns{number}.linode.com." for number in range(1, 6)]
    lines += [zone_line(record) for record in domain.records.values()]
    return json_answer({"zone_file": lines})


def zone_line(record):
    target = f'"{record["target"]}"' if record["type"] == "TXT" else record["target"]
    numbers = {"MX": ("priority",), "SRV": ("priority", "weight", "port")}.get(record["type"], ())
    fields = [str(record["ttl_sec"] or ""), record["type"],
              *(str(record[name]) for name in numbers), target]
    return f"{record['name'] or '@'}\t" + " ".join(filter(None, fields))


# ---------------------------------------------------------------- records

def find_record(call):
    domain = find(call)
    record = domain.records.get(call.args["record"])
    if record is None:
        raise not_found()
    return domain, record


def list_records(call):
    return collection(call, list(find(call).records.values()), RECORD_FIELDS)


def get_record(call):
    return json_answer(find_record(call)[1])


def create_record(call):
    domain = find(call)
    if domain.facts["type"] != "master":
        raise bad("Records belong to master domains only")
    if len(domain.records) >= MOST_RECORDS:
        raise bad(f"A domain has at most {MOST_RECORDS} records")
    body = checks.body(call, RECORD, required=("type",))
    record = keep(call, domain, finished(call, domain, body))
    events.add(call, "dns_record_create", domain.entity())
    return json_answer(record)


def update_record(call):
    domain, record = find_record(call)
    body = checks.body(call, RECORD)
    if body.get("type", record["type"]) != record["type"]:
        raise bad("type cannot be changed", "type")
    old = {name: record[name] for name in RECORD}
    if record["type"] == "SRV":
        old.update(service=record["service"].lstrip("_"), protocol=record["protocol"].lstrip("_"))
    record.update(finished(call, domain, {**old, **body}), updated=call.world.stamp())
    events.add(call, "dns_record_update", domain.entity())
    return json_answer(record)


def delete_record(call):
    domain, record = find_record(call)
    del domain.records[str(record["id"])]
    events.add(call, "dns_record_delete", domain.entity())
    return Answer(200, b"{}")


def keep(call, domain, record):
    number, stamp = call.world.number("record", 36666800), call.world.stamp()
    record = {**record, "id": number, "created": stamp, "updated": stamp}
    domain.records[str(number)] = record
    return record


def finished(call, domain, body):
    """A record's facts, checked as its type demands."""
    problems = Problems()
    checks.choice(body["type"], RECORD_TYPES, "type", problems)
    problems.raise_if_any()
    record = {"type": body["type"], "name": relative(body.get("name", ""), domain),
              "target": target_of(call, body), "priority": body.get("priority", 0),
              "weight": body.get("weight", 0), "port": body.get("port", 0), "service": None,
              "protocol": None, "ttl_sec": rounded(body.get("ttl_sec", 0)), "tag": None}
    if not HOST.fullmatch(record["name"]):
        problems.add("name is not valid", "name")
    checks.within(record["priority"], 0, 255, "priority", problems)
    for field in ("weight", "port"):
        checks.within(record[field], 0, 65535, field, problems)
    TARGETS[body["type"]](record, body, problems)
    problems.raise_if_any()
    return record


def relative(name, domain):
    """Linode keeps names without the domain."""
    suffix = "." + domain.facts["domain"].lower()
    if name.lower() == suffix[1:]:
        return ""
    return name[:-len(suffix)] if name.lower().endswith(suffix) else name


def target_of(call, body):
    target = body.get("target", "")
    if target == "[remote_addr]":
        return "2001:db8::1" if body["type"] == "AAAA" else "203.0.113.1"
    return target


def address(version):
    def test(record, body, problems):
        if not is_address(record["target"], (version,)):
            problems.add(f"Must be an IPv{version} address", "target")
    return test


def host(record, body, problems):
    if not record["target"] or not HOST.fullmatch(record["target"].rstrip(".")):
        problems.add("target must be a host name", "target")


def mail(record, body, problems):
    if record["target"]:
        host(record, body, problems)


def cname(record, body, problems):
    if not record["name"]:
        problems.add("name is required", "name")
    host(record, body, problems)


def text(record, body, problems):
    checks.within(len(record["target"]), 1, 65535, "target", problems)


def service(record, body, problems):
    for field in ("service", "port", "priority", "weight"):
        if body.get(field) is None:
            problems.add(f"{field} is required", field)
    checks.choice(body.get("protocol"), PROTOCOLS, "protocol", problems)
    host(record, body, problems)
    record["service"] = f"_{(body.get('service') or '').lstrip('_')}"
    record["protocol"] = f"_{body.get('protocol')}"
    record["name"] = f"{record['service']}.{record['protocol']}"


def authority(record, body, problems):
    checks.choice(body.get("tag"), CAA_TAGS, "tag", problems)
    record["tag"] = body.get("tag")
    if not record["target"]:
        problems.add("target is required", "target")


TARGETS = {"A": address(4), "AAAA": address(6), "NS": host, "MX": mail, "CNAME": cname,
           "TXT": text, "SRV": service, "CAA": authority, "PTR": host}
