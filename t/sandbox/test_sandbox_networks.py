# SPDX-License-Identifier: Apache-2.0
"""NodeBalancers and domains, from create to delete, and what they refuse."""
import pytest

LINODE = {"type": "g6-nanode-1", "region": "eu-central", "image": "linode/debian12",
          "root_pass": "Correct-Horse-9", "private_ip": True}
PEM = {"ssl_cert": "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----",
       "ssl_key": "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----"}


class Caller:
    """Calls with one token."""

    def __init__(self, sandbox):
        self.sandbox, self.token = sandbox, sandbox.token()

    def __call__(self, method, path, body=None):
        return self.sandbox.call(method, path, self.token, body)

    def ok(self, method, path, body=None):
        answer = self(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def fields(self, method, path, body):
        answer = self(method, path, body)
        assert answer.status_code == 400, answer.text
        return {error.get("field") for error in answer.json()["errors"]}


@pytest.fixture
def caller(sandbox):
    return Caller(sandbox)


@pytest.fixture
def address(caller):
    return caller.ok("POST", "/linode/instances", LINODE)["ipv4"][1]


# ---------------------------------------------------------------- NodeBalancers

def test_whole_balancer_in_one_call(caller, address):
    node = {"address": address + ":80", "label": "one", "weight": 50}
    balancer = caller.ok("POST", "/nodebalancers", {
        "region": "eu-central", "label": "web-lb", "configs": [{"port": 80, "nodes": [node]}]})
    assert balancer["label"] == "web-lb" and balancer["type"] == "common"
    path = f"/nodebalancers/{balancer['id']}"
    (config,) = caller.ok("GET", path + "/configs")["data"]
    assert config["port"] == 80 and config["nodes_status"] == {"up": 1, "down": 0}
    (row,) = caller.ok("GET", f"{path}/configs/{config['id']}/nodes")["data"]
    assert row["address"] == address + ":80" and row["mode"] == "accept" and row["weight"] == 50
    assert caller.ok("GET", "/nodebalancers")["results"] == 1
    assert caller.ok("DELETE", path) == {}
    assert caller("GET", path).status_code == 404


def test_nodes_are_unknown_at_first(caller, address, sandbox):
    sandbox.settings(provision_seconds=1000)
    node = {"address": address + ":80", "label": "one"}
    balancer = caller.ok("POST", "/nodebalancers", {"region": "eu-central",
                                                    "configs": [{"nodes": [node]}]})
    config = caller.ok("GET", f"/nodebalancers/{balancer['id']}/configs")["data"][0]
    path = f"/nodebalancers/{balancer['id']}/configs/{config['id']}/nodes"
    assert caller.ok("GET", path)["data"][0]["status"] == "Unknown"
    sandbox.settings(clock_offset=300)
    assert caller.ok("GET", path)["data"][0]["status"] == "UP"


def test_three_levels_step_by_step(caller, address):
    balancer = caller.ok("POST", "/nodebalancers", {"region": "eu-central"})
    path = f"/nodebalancers/{balancer['id']}"
    changed = caller.ok("PUT", path, {"label": "renamed", "client_conn_throttle": 5})
    assert changed["label"] == "renamed" and changed["client_conn_throttle"] == 5
    config = caller.ok("POST", path + "/configs", {"port": 443, "protocol": "https", **PEM})
    assert config["ssl_key"] == "<REDACTED>" and config["ssl_fingerprint"]
    configs = f"{path}/configs/{config['id']}"
    assert caller.ok("PUT", configs, {"algorithm": "source"})["protocol"] == "https"
    node = caller.ok("POST", configs + "/nodes", {"address": address + ":80", "label": "one"})
    assert caller.ok("PUT", f"{configs}/nodes/{node['id']}", {"mode": "drain"})["mode"] == "drain"
    assert caller.ok("GET", f"{configs}/nodes/{node['id']}")["mode"] == "drain"
    rebuilt = caller.ok("POST", configs + "/rebuild",
                        {"port": 8080, "nodes": [{"address": address + ":81", "label": "two"}]})
    assert rebuilt["port"] == 8080 and rebuilt["protocol"] == "http"
    (node,) = caller.ok("GET", configs + "/nodes")["data"]
    assert node["label"] == "two"
    assert caller.ok("DELETE", f"{configs}/nodes/{node['id']}") == {}
    assert caller.ok("DELETE", configs) == {}
    assert caller.ok("GET", path + "/configs")["results"] == 0


@pytest.mark.parametrize("body, field", [
    ({}, "region"), ({"region": "us-den-1"}, "region"), ({"region": "mars"}, "region"),
    ({"region": "eu-central", "label": "ab"}, "label"),
    ({"region": "eu-central", "label": "x" * 33}, "label"),
    ({"region": "eu-central", "label": "a.b"}, "label"),
    ({"region": "eu-central", "client_conn_throttle": 21}, "client_conn_throttle"),
    ({"region": "eu-central", "type": "gold"}, "type"),
    ({"region": "eu-central", "configs": [{}]}, "configs[0].nodes"),
    ({"region": "eu-central", "configs": [1]}, "configs[0]"),
    ({"region": "eu-central", "configs": [{"nodes": [{"label": "abc", "address": "10.0.0.1:80"}]}]},
     "configs[0].nodes[0].address"),
])
def test_balancers_refused(caller, body, field):
    assert field in caller.fields("POST", "/nodebalancers", body)


@pytest.mark.parametrize("body, field", [
    ({"port": 0}, "port"), ({"port": 65536}, "port"), ({"port": "80"}, "port"),
    ({"protocol": "gopher"}, "protocol"), ({"protocol": "https"}, "ssl_cert"),
    ({"algorithm": "ring_hash"}, "algorithm"),
    ({"protocol": "udp", "algorithm": "source"}, "algorithm"),
    ({"stickiness": "session"}, "stickiness"), ({"check": "http_body"}, "check_body"),
    ({"check_interval": 10, "check_timeout": 10}, "check_interval"),
    ({"check_path": "/a b"}, "check_path"), ({"proxy_protocol": "v2"}, "proxy_protocol"),
    ({"check_attempts": 31}, "check_attempts"), ({"port": 81}, "port"),
])
def test_configs_refused(caller, body, field):
    balancer = caller.ok("POST", "/nodebalancers", {"region": "eu-central"})
    path = f"/nodebalancers/{balancer['id']}/configs"
    caller.ok("POST", path, {"port": 81})
    assert field in caller.fields("POST", path, body)


def test_nodes_refused(caller, address):
    balancer = caller.ok("POST", "/nodebalancers", {"region": "us-east"})
    config = caller.ok("POST", f"/nodebalancers/{balancer['id']}/configs", {})
    path = f"/nodebalancers/{balancer['id']}/configs/{config['id']}/nodes"
    assert caller.fields("POST", path, {}) == {"address", "label"}
    answer = caller("POST", path, {"address": "203.0.113.1:80", "label": "abc"})
    assert answer.json()["errors"] == [{"reason": "Must begin with 192.168", "field": "address"}]
    there = {"address": address + ":80", "label": "abc"}  # in another region
    assert caller.fields("POST", path, there) == {"address"}
    assert caller.fields("POST", path, {**there, "label": "ab", "weight": 256, "mode": "x"}) == {
        "address", "label", "weight", "mode"}


# ---------------------------------------------------------------- domains

MASTER = {"domain": "example.org", "type": "master", "soa_email": "admin@example.org"}


def test_domain_from_create_to_delete(caller):
    domain = caller.ok("POST", "/domains", {**MASTER, "ttl_sec": 31, "tags": ["Hello"]})
    assert domain["ttl_sec"] == 120 and domain["status"] == "active"
    path = f"/domains/{domain['id']}"
    assert caller.ok("PUT", path, {"description": "mine", "refresh_sec": 300})["refresh_sec"] == 300
    assert caller.fields("PUT", path, {"type": "slave"}) >= {"type"}
    caller.ok("POST", path + "/records", {"type": "A", "name": "www", "target": "203.0.113.7"})
    clone = caller.ok("POST", path + "/clone", {"domain": "example.net"})
    assert caller.ok("GET", f"/domains/{clone['id']}/records")["results"] == 1
    zone = caller.ok("GET", path + "/zone-file")["zone_file"]
    assert "www\tA 203.0.113.7" in zone
    assert caller.ok("GET", "/tags/Hello")["data"][0]["type"] == "domain"
    assert caller.ok("DELETE", path) == {}
    assert caller("GET", path).status_code == 404
    assert caller.ok("POST", "/domains/import", {"domain": "example.com",
                                                 "remote_nameserver": "ns.example.com"})["id"]


@pytest.mark.parametrize("body, field", [
    ({}, "domain"), ({**MASTER, "domain": "nodot"}, "domain"),
    ({**MASTER, "domain": "a b.org"}, "domain"),
    ({**MASTER, "soa_email": ""}, "soa_email"),
    ({"domain": "a.org", "type": "slave"}, "master_ips"),
    ({"domain": "a.org", "type": "slave", "master_ips": ["x"]}, "master_ips[0]"),
    ({**MASTER, "type": "x"}, "type"), ({**MASTER, "status": "x"}, "status"),
    ({**MASTER, "ttl_sec": -1}, "ttl_sec"), ({**MASTER, "description": "x" * 254}, "description"),
])
def test_domains_refused(caller, body, field):
    assert field in caller.fields("POST", "/domains", body)


def test_domain_is_unique_for_everybody(caller, sandbox):
    caller.ok("POST", "/domains", MASTER)
    answer = sandbox.call("POST", "/domains", sandbox.token("second"), MASTER)
    assert answer.json()["errors"] == [{"reason": "DNS zone already exists.", "field": "domain"}]


RECORDS = [
    ({"type": "A", "name": "www", "target": "203.0.113.7"}, {"name": "www"}),
    ({"type": "A", "name": "www.example.org", "target": "[remote_addr]"}, {"name": "www"}),
    ({"type": "A", "name": "", "target": "203.0.113.7", "ttl_sec": 31}, {"ttl_sec": 120}),
    ({"type": "AAAA", "name": "*", "target": "2001:db8::1"}, {"target": "2001:db8::1"}),
    ({"type": "NS", "target": "ns1.example.net"}, {}),
    ({"type": "MX", "target": "mail.example.org", "priority": 10}, {"priority": 10}),
    ({"type": "MX", "target": ""}, {"priority": 0}),
    ({"type": "CNAME", "name": "blog", "target": "www.example.org"}, {}),
    ({"type": "TXT", "name": "_dmarc", "target": "v=DMARC1"}, {}),
    ({"type": "SRV", "service": "sip", "protocol": "tcp", "priority": 1, "weight": 2, "port": 5060,
      "target": "sip.example.org"}, {"name": "_sip._tcp", "service": "_sip", "protocol": "_tcp"}),
    ({"type": "CAA", "tag": "issue", "target": "letsencrypt.org"}, {"tag": "issue"}),
]


@pytest.mark.parametrize("body, expected", RECORDS, ids=lambda value: value.get("type"))
def test_records(caller, body, expected):
    domain = caller.ok("POST", "/domains", MASTER)
    path = f"/domains/{domain['id']}/records"
    record = caller.ok("POST", path, body)
    assert {name: record[name] for name in expected} == expected
    item = f"{path}/{record['id']}"
    assert caller.ok("GET", item) == record
    changed = caller.ok("PUT", item, {"ttl_sec": 300})
    assert changed["ttl_sec"] == 300 and changed["name"] == record["name"]
    assert caller.ok("GET", path)["results"] == 1
    assert caller.ok("DELETE", item) == {}
    assert caller("GET", item).status_code == 404


@pytest.mark.parametrize("body, field", [
    ({}, "type"), ({"type": "LOC"}, "type"), ({"type": "A", "target": "x"}, "target"),
    ({"type": "A", "target": "2001:db8::1"}, "target"),
    ({"type": "AAAA", "target": "1.2.3.4"}, "target"),
    ({"type": "A", "name": "-bad", "target": "1.2.3.4"}, "name"),
    ({"type": "CNAME", "target": "a.b"}, "name"), ({"type": "CNAME", "name": "a"}, "target"),
    ({"type": "MX", "target": "m.x", "priority": 256}, "priority"), ({"type": "TXT"}, "target"),
    ({"type": "SRV", "target": "a.b"}, "service"), ({"type": "CAA", "target": "x"}, "tag"),
    ({"type": "A", "target": "1.2.3.4", "ttl_sec": "60"}, "ttl_sec"),
])
def test_records_refused(caller, body, field):
    domain = caller.ok("POST", "/domains", MASTER)
    assert field in caller.fields("POST", f"/domains/{domain['id']}/records", body)


def test_type_of_a_record_stays(caller):
    domain = caller.ok("POST", "/domains", MASTER)
    record = caller.ok("POST", f"/domains/{domain['id']}/records", RECORDS[0][0])
    path = f"/domains/{domain['id']}/records/{record['id']}"
    assert caller.fields("PUT", path, {"type": "AAAA"}) == {"type"}
