# SPDX-License-Identifier: Apache-2.0
"""Linodes: what a create refuses, what becomes of one, its events and addresses."""
import base64
import json
import re

import pytest
from sandbox_driver import until

PASSWORD = "Correct-Horse-9"
GOOD = {"type": "g6-nanode-1", "region": "eu-central", "image": "linode/debian12",
        "root_pass": PASSWORD}
SCRIPT = {**GOOD, "stackscript_id": 320826}
ANSWERS = {"admin_email": "a@example.org", "admin_password": "x", "edition": "team",
           "addons": "chat,wiki"}
UDF = {**GOOD, "stackscript_id": 700001, "stackscript_data": ANSWERS}


def create(sandbox, body, username="visitor"):
    return sandbox.call("POST", "/linode/instances", sandbox.token(username), body)


def made(sandbox, body=GOOD, **more):
    answer = create(sandbox, {**body, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def errors(answer):
    assert answer.status_code == 400, answer.text
    return {(error.get("field"), error["reason"]) for error in answer.json()["errors"]}


def fields(answer):
    return {field for field, _ in errors(answer)}


def without(body, *names):
    return {name: value for name, value in body.items() if name not in names}


# ---------------------------------------------------------------- a good create

def test_answer_of_a_create(sandbox):
    linode = made(sandbox, label="hello-1", tags=["Hello"], group="Hello", private_ip=True)
    assert linode["label"] == "hello-1" and linode["tags"] == ["Hello"]
    assert linode["group"] == "Hello" and linode["image"] == "linode/debian12"
    assert linode["specs"] == {"disk": 25600, "memory": 1024, "vcpus": 1, "gpus": 0,
                               "transfer": 1000, "accelerated_devices": 0}
    public, private = linode["ipv4"]
    assert private.startswith("192.168.") and not public.startswith("192.168.")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", linode["created"])
    assert "root_pass" not in json.dumps(linode)
    assert sandbox.call("GET", "/tags", sandbox.token()).json()["data"] == [{"label": "Hello"}]


def test_password_is_known_only_to_its_check(sandbox):
    number = made(sandbox)["id"]
    for word, matches in ((PASSWORD, True), (PASSWORD + "x", False)):
        path = f"linodes/{number}/check-password"
        assert sandbox.control(path, {"password": word}) == {"matches": matches}
    everything = json.dumps([sandbox.state(), sandbox.journal()])
    assert PASSWORD not in everything


def test_label_is_generated(sandbox):
    linode = made(sandbox)
    assert linode["label"] == f"linode{linode['id']}"


def test_keys_may_replace_the_password(sandbox):
    body = without(GOOD, "root_pass")
    assert (None, "Must provide valid root_pass, authorized_keys, or authorized_users") in \
        errors(create(sandbox, body))
    assert made(sandbox, body, authorized_users=["visitor"])
    key = sandbox.call("GET", "/profile/sshkeys", sandbox.token()).json()["data"][0]["ssh_key"]
    assert made(sandbox, body, authorized_keys=[key])
    assert fields(create(sandbox, {**body, "authorized_users": ["second"],
                                   "authorized_keys": ["nonsense"]})) == {
        "authorized_users[0]", "authorized_keys[0]"}


def test_old_region_alias_answers_with_the_new_id(sandbox):
    assert made(sandbox, region="us-south")["region"] == "us-central"


def test_empty_linode_stays_off(sandbox):
    linode = made(sandbox, without(GOOD, "image", "root_pass"))
    assert status(sandbox, linode) == "offline"


# ---------------------------------------------------------------- a bad one

@pytest.mark.parametrize("body, expected", [
    ({}, {("type", "type is required"), ("region", "region is required")}),
    ({"type": 1, "region": "us-east", "tags": "x", "booted": 1},
     {("type", "Must be of type String"), ("tags", "Must be of type Array of String"),
      ("booted", "Must be of type Boolean")}),
    ({**GOOD, "type": "g6-nonsense"}, {("type", "A valid plan type by that ID was not found")}),
    ({**GOOD, "region": "mars"}, {("region", "region is not valid")}),
    ({**GOOD, "image": "linode/debian9"}, {("image", "image is not valid")}),
    ({**GOOD, "root_pass": "Short-1"}, {("root_pass", "Length must be 11-128 characters")}),
    ({**GOOD, "root_pass": "aA1" * 43}, {("root_pass", "Length must be 11-128 characters")}),
    ({**GOOD, "root_pass": "onlysmallletters"},
     {("root_pass", "Password does not meet strength requirement")}),
    ({**GOOD, "root_pass": "aaaaaaaaaaaA1"},
     {("root_pass", "Password does not meet strength requirement")}),
    ({**GOOD, "stackscript_data": {}},
     {("stackscript_data", "Requires stackscript_id for StackScripts")}),
    ({**GOOD, "maintenance_policy": "x"},
     {("maintenance_policy", "Unsupported maintenance policy slug format.")}),
])
def test_refusals_with_known_words(sandbox, body, expected):
    assert errors(create(sandbox, body)) == expected


@pytest.mark.parametrize("more, field", [
    ({"label": "ab"}, "label"), ({"label": "x" * 65}, "label"), ({"label": "1abc"}, "label"),
    ({"label": "a--b"}, "label"), ({"label": "a__b"}, "label"), ({"label": "a..b"}, "label"),
    ({"label": "abc-"}, "label"), ({"label": "a b c"}, "label"), ({"label": "é-label"}, "label"),
    ({"tags": ["ab"]}, "tags[0]"), ({"tags": ["good", "x" * 51]}, "tags[1]"),
    ({"region": "us-den-1"}, "type"), ({"type": "g7-premium-2", "region": "us-east"}, "type"),
    ({"type": "g1-gpu-rtx6000-1", "region": "gb-lon"}, "type"),
    ({"type": "g7-highmem-1", "image": "linode/slackware15.0", "swap_size": 10000}, "image"),
    ({"swap_size": -1}, "swap_size"), ({"disk_encryption": "maybe"}, "disk_encryption"),
    ({"interface_generation": "x"}, "interface_generation"), ({"interfaces": []}, "interfaces"),
    ({"interface_generation": "linode", "private_ip": True}, "private_ip"),
    ({"firewall_id": 1}, "firewall_id"), ({"backup_id": 1}, "backup_id"),
    ({"placement_group": {"id": 1}}, "placement_group.id"), ({"ipv4": ["192.0.2.1"]}, "ipv4[0]"),
    ({"metadata": {"user_data": "%%"}}, "metadata.user_data"),
    ({"metadata": {"user_data": base64.b64encode(b"x" * 65536).decode()}}, "metadata.user_data"),
    ({"image": "linode/slackware15.0", "metadata": {"user_data": ""}}, "metadata.user_data"),
])
def test_refused_fields(sandbox, more, field):
    assert field in fields(create(sandbox, {**GOOD, **more}))


@pytest.mark.parametrize("label", ["abc", "a-b_c.d", "x" * 64, "A1-b2"])
def test_good_labels(sandbox, label):
    assert made(sandbox, label=label)["label"] == label


def test_label_is_unique_per_account(sandbox):
    made(sandbox, label="twice")
    assert errors(create(sandbox, {**GOOD, "label": "twice"})) == {
        ("label", "Label must be unique among your linodes")}
    assert create(sandbox, {**GOOD, "label": "twice"}, "second").ok
    assert not create(sandbox, {**GOOD, "label": "twice"}, "helper").ok


def test_unknown_fields_and_twins_are_noted_not_refused(sandbox):
    body = json.dumps({**GOOD, "nonsense": 1})[:-1] + ', "region": "us-east"}'
    answer = sandbox.call("POST", "/linode/instances", sandbox.token(), data=body,
                          headers={"Content-Type": "application/json"})
    assert answer.json()["region"] == "us-east"
    assert sandbox.journal("instances.create")[0]["warnings"] == [
        "a name is given twice in one object", "unknown field nonsense"]


def test_account_limits(sandbox):
    expected = {(None, "Account Limit reached. Please open a support ticket.")}
    assert errors(create(sandbox, GOOD, "atlimit")) == expected
    sandbox.settings(linode_limit=1)
    made(sandbox)
    assert errors(create(sandbox, GOOD)) == expected


def test_helper_may_add_linodes_but_no_tags(sandbox):
    assert create(sandbox, GOOD, "helper").ok
    assert create(sandbox, {**GOOD, "tags": ["Hello"]}, "helper").status_code == 403
    assert sandbox.call("GET", "/linode/instances", sandbox.token("helper")).json()["results"] == 1
    listed = sandbox.call("GET", "/linode/instances", sandbox.token("restricted")).json()
    assert listed["data"] == []


# ---------------------------------------------------------------- StackScripts

@pytest.mark.parametrize("body, field", [
    ({**SCRIPT, "stackscript_id": 1}, "stackscript_id"),
    ({**SCRIPT, "stackscript_id": 700004}, "stackscript_id"),
    ({**SCRIPT, "image": "linode/alpine3.22"}, "image"), (without(SCRIPT, "image"), "image"),
    ({**SCRIPT, "region": "us-den-1"}, "region"),
    ({**SCRIPT, "stackscript_data": {}}, "stackscript_data"),
    ({**UDF, "stackscript_data": {**ANSWERS, "site_name": "x" * 65536}}, "stackscript_data"),
])
def test_refused_scripts(sandbox, body, field):
    assert field in fields(create(sandbox, body))


def test_script_without_questions(sandbox):
    assert made(sandbox, SCRIPT)
    assert made(sandbox, SCRIPT, stackscript_id=700002, image="linode/kali", stackscript_data={})


def test_script_of_ones_own(sandbox):
    assert create(sandbox, {**SCRIPT, "stackscript_id": 700004}, "sandbox-vendor").ok


def test_required_answers(sandbox):
    body = {**UDF, "stackscript_data": {"admin_email": ""}}
    assert errors(create(sandbox, body)) == {
        (name, f"A value for the UDF '{name}' is required.")
        for name in ("admin_email", "admin_password", "edition", "addons")}


@pytest.mark.parametrize("answer", [
    {"edition": "other"}, {"addons": "chat,other"}, {"addons": "chat, wiki"}, {"use_tls": "maybe"},
    {"admin_email": 1}])
def test_answers_refused(sandbox, answer):
    body = {**UDF, "stackscript_data": {**ANSWERS, **answer}}
    assert fields(create(sandbox, body)) == set(answer)


def test_good_answers(sandbox):
    made(sandbox, UDF, stackscript_data={**ANSWERS, "use_tls": "", "languages": "pt-BR",
                                         "mystery": "x"})
    entry = sandbox.journal("instances.create")[0]
    assert entry["warnings"] == ["unknown user defined field mystery"]
    assert entry["body"]["stackscript_data"]["admin_password"] == "<hidden>"
    assert entry["body"]["stackscript_data"]["edition"] == "team"


# ---------------------------------------------------------------- when the data change

@pytest.mark.parametrize("data, body, field", [
    ({"regions": {"eu-central": {"status": "outage"}}}, GOOD, "region"),
    ({"availability": {"eu-central": {"g6-nanode-1": False}}}, GOOD, "type"),
    ({"types": {"g6-nanode-1": None}}, GOOD, "type"),
    ({"images": {"linode/debian12": None}}, GOOD, "image"),
    ({"images": {"linode/debian12": {"size": 25500}}}, GOOD, "image"),
    ({"stackscripts": {"320826": None}}, SCRIPT, "stackscript_id"),
    ({"stackscripts": {"320826": {"images": ["linode/debian13"]}}}, SCRIPT, "image"),
])
def test_data_changed_under_a_create(sandbox, data, body, field):
    sandbox.control("data", data)
    assert field in fields(create(sandbox, body))


def test_deprecated_image_still_deploys(sandbox):
    sandbox.settings(data={"images": {"linode/debian12": {"deprecated": True}}})
    assert made(sandbox)
    assert sandbox.call("GET", "/images/linode/debian12").json()["deprecated"] is True


def test_prices_change_and_may_be_null(sandbox):
    sandbox.call("GET", "/linode/types")
    sandbox.control("data", {"types": {"g6-nanode-1": {"price": {"monthly": 6.5, "hourly": None}}}})
    first = sandbox.call("GET", "/linode/types").json()["data"][0]
    assert first["price"] == {"hourly": None, "monthly": 6.5} and first["label"] == "Nanode 1GB"


def test_catalogs_can_be_empty(sandbox):
    sandbox.settings(empty_catalogs=["types", "images"])
    for path, count in (("/linode/types", 0), ("/images", 0), ("/regions", 46)):
        assert sandbox.call("GET", path).json()["results"] == count


def test_new_rows_can_be_added(sandbox):
    sandbox.control("data", {"images": {"linode/new": {"label": "New"}},
                             "stackscripts": {"9": {"label": "Nine"}}})
    assert sandbox.call("GET", "/images/linode/new").json()["id"] == "linode/new"
    assert sandbox.call("GET", "/linode/stackscripts/9").json()["id"] == 9


# ---------------------------------------------------------------- its life

def status(sandbox, linode):
    path = f"/linode/instances/{linode['id']}"
    return sandbox.call("GET", path, sandbox.token()).json()["status"]


def act(sandbox, linode, action, method="POST"):
    path = f"/linode/instances/{linode['id']}{action}"
    return sandbox.call(method, path, sandbox.token(), {} if method == "POST" else None)


def test_from_provisioning_to_running(sandbox):
    sandbox.settings(provision_seconds=100000)
    linode = made(sandbox)
    seen = [linode["status"]]
    for offset in (61000, 70000, 100001):
        sandbox.settings(clock_offset=offset)
        seen.append(status(sandbox, linode))
    assert seen == ["provisioning", "offline", "booting", "running"]


def test_it_comes_up_by_itself(sandbox):
    sandbox.settings(provision_seconds=0.2)
    linode = made(sandbox)
    until(lambda: status(sandbox, linode) == "running")


def test_busy_linode(sandbox):
    sandbox.settings(provision_seconds=100000)
    linode = made(sandbox)
    for action, method in (("/boot", "POST"), ("/reboot", "POST"), ("/shutdown", "POST"),
                           ("", "DELETE")):
        assert errors(act(sandbox, linode, action, method)) == {(None, "Linode busy.")}


def test_power(sandbox):
    linode = made(sandbox)
    for action, expected in (("/shutdown", "offline"), ("/boot", "running"),
                             ("/reboot", "running")):
        assert act(sandbox, linode, action).json() == {}
        assert status(sandbox, linode) == expected
    sandbox.settings(provision_seconds=100000)
    act(sandbox, linode, "/reboot")
    assert status(sandbox, linode) == "rebooting"


def test_list_get_delete(sandbox):
    token, other = sandbox.token(), sandbox.token("second")
    first, second = made(sandbox, label="first", tags=["one"]), made(sandbox, label="second")
    listed = sandbox.call("GET", "/linode/instances", token).json()
    assert [row["label"] for row in listed["data"]] == ["first", "second"]
    for wanted in ({"label": "second"}, {"id": second["id"]}, {"ipv4": second["ipv4"][0]}):
        rows = sandbox.call("GET", "/linode/instances", token,
                            headers={"X-Filter": json.dumps(wanted)}).json()["data"]
        assert [row["id"] for row in rows] == [second["id"]]
    rows = sandbox.call("GET", "/linode/instances", token,
                        headers={"X-Filter": '{"tags": {"+contains": "on"}}'}).json()["data"]
    assert [row["id"] for row in rows] == [first["id"]]
    path = f"/linode/instances/{first['id']}"
    assert sandbox.call("GET", path, other).status_code == 404
    assert sandbox.call("DELETE", path, other).status_code == 404
    assert sandbox.call("DELETE", path, token).json() == {}
    assert sandbox.call("GET", path, token).status_code == 404
    refused = sandbox.call("GET", "/linode/instances", token,
                           headers={"X-Filter": '{"status": "running"}'})
    assert errors(refused) == {("X-Filter", "Cannot filter on status")}


def test_list_may_lag(sandbox):
    sandbox.settings(list_lag_seconds=1000)
    linode = made(sandbox, label="late")
    assert status(sandbox, linode) == "running"
    listed = sandbox.call("GET", "/linode/instances", sandbox.token()).json()
    assert listed["results"] == 0
    assert errors(create(sandbox, {**GOOD, "label": "late"}))
    sandbox.settings(clock_offset=1001)
    assert sandbox.call("GET", "/linode/instances", sandbox.token()).json()["results"] == 1


def test_update(sandbox):
    linode, token = made(sandbox, label="before"), sandbox.token()
    made(sandbox, label="taken")
    path = f"/linode/instances/{linode['id']}"
    after = sandbox.call("PUT", path, token, {"label": "after", "tags": ["new"],
                                              "alerts": {"cpu": 50}}).json()
    assert after["label"] == "after" and after["tags"] == ["new"]
    assert after["alerts"]["cpu"] == 50 and after["alerts"]["io"] == 10000
    assert fields(sandbox.call("PUT", path, token, {"label": "taken"})) == {"label"}
    assert sandbox.call("GET", "/tags/new", token).json()["data"][0]["type"] == "linode"


def test_addresses(sandbox):
    linode, token = made(sandbox), sandbox.token()
    path = f"/linode/instances/{linode['id']}/ips"
    answer = sandbox.call("POST", path, token, {"type": "ipv4", "public": False}).json()
    assert answer["address"].startswith("192.168.") and answer["prefix"] == 17
    assert not sandbox.call("POST", path, token, {"type": "ipv4", "public": False}).ok
    assert "support ticket" in sandbox.call("POST", path, token,
                                            {"type": "ipv4", "public": True}).text
    assert fields(sandbox.call("POST", path, token, {})) == {"type", "public"}
    ips = sandbox.call("GET", path, token).json()
    assert [row["address"] for row in ips["ipv4"]["private"]] == [answer["address"]]
    assert len(ips["ipv4"]["public"]) == 1 and ips["ipv6"]["slaac"]["address"]


# ---------------------------------------------------------------- events

def event_list(sandbox, token, **wanted):
    return sandbox.call("GET", "/account/events", token,
                        headers={"X-Filter": json.dumps(wanted)}).json()["data"]


def test_events_of_a_create(sandbox):
    sandbox.settings(provision_seconds=100000, token_lifetime=1000000)
    linode, token = made(sandbox, label="hello-1"), sandbox.token()
    wanted = {"action": "linode_create", "entity.id": linode["id"], "entity.type": "linode",
              "+order_by": "created", "+order": "desc"}
    seen = []
    for offset in (0, 30000, 60001):
        sandbox.settings(clock_offset=offset)
        (event,) = event_list(sandbox, token, **wanted)
        seen.append((event["status"], event["percent_complete"]))
    assert seen == [("started", 0), ("started", 50), ("finished", 100)]
    assert event["entity"]["url"] == f"/v4/linode/instances/{linode['id']}"
    assert event["secondary_entity"]["id"] == "linode/debian12"
    sandbox.settings(clock_offset=100001)
    actions = [event["action"] for event in event_list(sandbox, token)]
    assert actions == ["linode_boot", "linode_config_create", "linode_create"]
    path = f"/account/events/{event['id']}"
    assert sandbox.call("GET", path, token).json()["id"] == event["id"]
    sandbox.call("POST", path + "/seen", token)
    assert [event["seen"] for event in event_list(sandbox, token)] == [False, False, True]


def test_events_filter_by_few_fields(sandbox):
    answer = sandbox.call("GET", "/account/events", sandbox.token(),
                          headers={"X-Filter": '{"status": "finished"}'})
    assert errors(answer) == {("X-Filter", "Cannot filter on status")}


def test_events_stay_in_the_account(sandbox):
    made(sandbox)
    assert event_list(sandbox, sandbox.token("second")) == []
    assert event_list(sandbox, sandbox.token("restricted")) == []
