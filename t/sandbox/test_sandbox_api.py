# SPDX-License-Identifier: Apache-2.0
"""Conventions of the API: tokens, scopes, grants, headers, pages, X-Filter, limits, errors."""
import http.client
import json
import re

import pytest
from linode_sandbox import operations

EVERY_SCOPE = "account:read_write domains:read_write events:read_write linodes:read_write"


def reasons(answer, status=400):
    assert answer.status_code == status, answer.text
    return [error["reason"] for error in answer.json()["errors"]]


def filtered(sandbox, path, wanted, token=None):
    return sandbox.call("GET", path, token, headers={"X-Filter": json.dumps(wanted)})


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


# ---------------------------------------------------------------- the table

def test_table_is_documented_whole():
    documented = set(re.findall(r"\b[a-z]+\.[a-z_]+\b", operations.__doc__))
    assert {row.id for row in operations.OPERATIONS} <= documented
    assert len({row.id for row in operations.OPERATIONS}) == len(operations.OPERATIONS)


def test_beta_is_an_alias(sandbox):
    for path in ("/regions", "/linode/types/g6-nanode-1"):
        beta = sandbox.http.get(sandbox.login + "/v4beta" + path)
        assert beta.content == sandbox.call("GET", path).content


def test_unknown_path_and_method(sandbox):
    assert reasons(sandbox.call("GET", "/nothing"), 404) == ["Not found"]
    answer = sandbox.call("DELETE", "/regions")
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert sandbox.call("OPTIONS", "/regions").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_is_get_without_the_body(sandbox):
    answer = sandbox.call("HEAD", "/regions")
    assert answer.status_code == 200 and answer.content == b""


# ---------------------------------------------------------------- who may

def test_no_token_and_unknown_token(sandbox):
    for token in (None, "0" * 64):
        answer = sandbox.call("GET", "/profile", token)
        assert reasons(answer, 401) == ["Invalid Token"]
        assert answer.headers["X-OAuth-Scopes"] == "unknown"
        assert answer.headers["X-Accepted-OAuth-Scopes"] == "*"


def test_unknown_token_on_public_data_works_and_is_noted(sandbox):
    assert sandbox.call("GET", "/regions", "no-token").ok
    assert sandbox.journal("regions.list")[0]["warnings"]
    sandbox.settings(bad_token_public="refuse")
    assert sandbox.call("GET", "/regions", "no-token").status_code == 401


def test_missing_scope_is_401_and_shows_in_the_headers(sandbox):
    answer = sandbox.call("POST", "/linode/instances", sandbox.token(scopes="linodes:read_only"),
                          {})
    assert reasons(answer, 401) == ["Your OAuth token is not authorized to use this endpoint."]
    assert answer.headers["X-OAuth-Scopes"] == "linodes:read_only"
    assert answer.headers["X-Accepted-OAuth-Scopes"] == "linodes:read_write"


@pytest.mark.parametrize("row", [row for row in operations.OPERATIONS
                                 if row.scope and ":" in row.scope], ids=lambda row: row.id)
def test_every_operation_keeps_its_scope(sandbox, row):
    path = re.sub(r"{\w+\+?}", "1", row.path.removeprefix("/v4"))
    family, _, level = row.scope.partition(":")
    others = " ".join(f"{name}:*" for name in ("volumes", "ips", "longview")) + (
        f" {family}:read_only" if level == "read_write" else "")
    assert sandbox.call(row.method, path, sandbox.token(scopes=others)).status_code == 401
    for enough in (row.scope, family, "*"):
        answer = sandbox.call(row.method, path, sandbox.token(scopes=enough))
        assert answer.status_code in (200, 400, 404)
        assert answer.headers["X-Accepted-OAuth-Scopes"] == row.scope


def test_restricted_user(sandbox):
    token = sandbox.token("restricted")
    assert reasons(sandbox.call("POST", "/linode/instances", token, {}), 403) == ["Unauthorized"]
    assert reasons(sandbox.call("POST", "/nodebalancers", token, {}), 403) == ["Unauthorized"]
    assert reasons(sandbox.call("POST", "/domains", token, {}), 403) == ["Unauthorized"]
    assert reasons(sandbox.call("GET", "/tags", token), 403) == ["Unauthorized"]
    assert sandbox.call("GET", "/linode/instances", token).json()["results"] == 0
    grants = sandbox.call("GET", "/profile/grants", token).json()
    assert grants["global"]["add_linodes"] is False


def test_unrestricted_user_has_no_list_of_grants(sandbox):
    answer = sandbox.call("GET", "/profile/grants", sandbox.token())
    assert answer.status_code == 204 and answer.content == b""


def test_account_that_is_not_activated(sandbox):
    token = sandbox.token("inactive")
    assert sandbox.call("GET", "/profile", token).ok
    assert "activated" in reasons(sandbox.call("GET", "/linode/instances", token), 403)[0]


@pytest.mark.parametrize("missing", ["User-Agent", "Accept"])
def test_edge_filter_guards_the_api_too(sandbox, missing):
    headers = {"User-Agent": "test", "Accept": "application/json"}
    del headers[missing]
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.ready["port"])
    connection.request("GET", "/v4/regions", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 403 and answer.headers["Content-Type"] == "text/html"
    connection.close()


# ---------------------------------------------------------------- headers and bodies

def test_headers(sandbox):
    raw = sandbox.call("GET", "/regions", sandbox.token(scopes="linodes:read_only")).raw.headers
    assert raw.getlist("Vary") == ["Authorization, X-Filter"] * 2 + ["Accept-Encoding"]
    assert raw.getlist("Cache-Control") == ["private, max-age=900",
                                            "private, max-age=60, s-maxage=60"]
    assert raw["X-OAuth-Scopes"] == "linodes:read_only" and raw["X-Accepted-OAuth-Scopes"] == "*"
    assert raw["X-Customer-UUID"] and raw["X-Spec-Version"] and raw["X-RateLimit-Limit"] == "800"
    assert "ETag" not in raw and "Last-Modified" not in raw


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b'{"type": NaN}', b"\xff\xfe",
                                  b"[" * 100000])
def test_bodies_that_are_no_object(sandbox, body):
    answer = sandbox.call("POST", "/linode/instances", sandbox.token(), data=body,
                          headers={"Content-Type": "application/json"})
    assert reasons(answer)


def test_json_must_be_labelled(sandbox):
    answer = sandbox.call("POST", "/linode/instances", sandbox.token(), data=b"{}")
    assert reasons(answer) == ["Content-Type must be application/json"]


def test_body_beyond_a_megabyte_is_refused(sandbox):
    answer = sandbox.call("POST", "/linode/instances", sandbox.token(), {"label": "x" * (1 << 20)})
    assert answer.status_code == 413


# ---------------------------------------------------------------- the catalog

@pytest.mark.parametrize("path, count", [
    ("/linode/types", 38), ("/regions", 46), ("/regions/availability", 351), ("/images", 34),
    ("/nodebalancers/types", 2)])
def test_catalogs_are_of_full_size_and_public(sandbox, path, count):
    body = sandbox.call("GET", path, params={"page_size": 500}).json()
    assert len(body["data"]) == body["results"] == count and body["pages"] == 1


def test_pages(sandbox):
    rows = []
    for page in range(1, 5):
        body = sandbox.call("GET", "/regions/availability", params={"page": page}).json()
        assert body["page"] == page and body["pages"] == 4 and body["results"] == 351
        rows += body["data"]
    assert len({(row["region"], row["plan"]) for row in rows}) == 351


@pytest.mark.parametrize("query, status", [
    ({"page_size": 24}, 400), ({"page_size": 501}, 400), ({"page_size": "x"}, 400),
    ({"page": 0}, 400),
    ({"page": "-1"}, 400), ({"page": 3, "page_size": 25}, 404), ({"tag": "ignored"}, 200),
    ({"page": 2, "page_size": 25}, 200)])
def test_bounds_of_pages(sandbox, query, status):
    assert sandbox.call("GET", "/linode/types", params=query).status_code == status


def test_one_of_each(sandbox):
    assert sandbox.call("GET", "/linode/types/g6-nanode-1").json()["label"] == "Nanode 1GB"
    assert sandbox.call("GET", "/regions/eu-central").json()["country"] == "de"
    assert sandbox.call("GET", "/regions/us-east/availability").json()[0]["region"] == "us-east"
    for name in ("linode/debian12", "linode%2Fdebian12"):
        assert sandbox.call("GET", "/images/" + name).json()["label"] == "Debian 12"
    for path in ("/linode/types/x", "/regions/x", "/images/linode/x", "/regions/x/availability"):
        assert sandbox.call("GET", path).status_code == 404


def test_stackscripts(sandbox):
    script = sandbox.call("GET", "/linode/stackscripts/700001").json()
    fields = {field["name"]: field for field in script["user_defined_fields"]}
    assert fields["addons"]["manyof"] and "default" not in fields["admin_email"]
    assert sandbox.call("GET", "/linode/stackscripts/320826").json()["user_defined_fields"] == []
    assert sandbox.call("GET", "/linode/stackscripts/1").status_code == 404


def test_private_stackscript_is_its_owners(sandbox):
    path = "/linode/stackscripts/700004"
    assert sandbox.call("GET", path).status_code == 404
    assert sandbox.call("GET", path, sandbox.token()).status_code == 404
    weak = sandbox.token("sandbox-vendor", "linodes:*")
    assert sandbox.call("GET", path, weak).status_code == 404
    token = sandbox.token("sandbox-vendor", "stackscripts:read_only")
    assert sandbox.call("GET", path, token).json()["mine"] is True
    assert ids(filtered(sandbox, "/linode/stackscripts", {"is_public": False}, token)) == [700004]


def test_list_of_stackscripts_wants_a_token(sandbox):
    assert "authenticated" in reasons(sandbox.call("GET", "/linode/stackscripts"), 401)[0]


# ---------------------------------------------------------------- X-Filter

@pytest.mark.parametrize("wanted, found", [
    ({"class": "nanode"}, ["g6-nanode-1"]),
    ({"label": {"+contains": "linode 2GB"}}, ["g6-standard-1"]),
    ({"class": "standard", "vcpus": {"+gt": 20}}, ["g6-standard-24", "g6-standard-32"]),
    ({"vcpus": {"+gte": 24, "+lt": 32}, "class": "standard"}, ["g6-standard-24"]),
    ({"+or": [{"class": "nanode"}, {"+and": [{"class": "highmem"}, {"memory": {"+lte": 24576}}]}]},
     ["g6-nanode-1", "g7-highmem-1"]),
    ({"class": "nanode", "label": {"+neq": "x"}}, ["g6-nanode-1"]),
    ({"class": {"+neq": "standard"}, "vcpus": 1}, ["g6-nanode-1"]),
    ({"label": "no such thing"}, []),
    ({}, None)])
def test_filters(sandbox, wanted, found):
    rows = ids(filtered(sandbox, "/linode/types", wanted))
    assert rows == found if found is not None else len(rows) == 38


def test_order(sandbox):
    wanted = {"class": "standard", "+order_by": "memory", "+order": "desc"}
    rows = filtered(sandbox, "/linode/types", wanted).json()["data"]
    memory = [row["memory"] for row in rows]
    assert memory == sorted(memory, reverse=True) and len(memory) > 3


@pytest.mark.parametrize("wanted, reason", [
    ({"price": 5}, "Cannot filter on price"), ({"+order_by": "price"}, "Cannot filter on price"),
    ({"+or": [{"foo": 1}]}, "Cannot filter on foo"),
    ({"vcpus": "2"}, "vcpus must be of type Integer"),
    ({"label": {"+like": "x"}}, "Unknown operator +like"), ({"+xor": []}, "Unknown operator +xor"),
    ({"+or": {}}, "+or must be an array of filters"), ({"vcpus": {"+contains": "2"}},
                                                       "+contains needs a String"),
    ([], "X-Filter must be a JSON object"), ({"+order_by": "label", "+order": "up"},
                                             "+order must be asc or desc")])
def test_filters_refused(sandbox, wanted, reason):
    answer = filtered(sandbox, "/linode/types", wanted)
    assert answer.status_code == 400
    assert answer.json() == {"errors": [{"reason": reason, "field": "X-Filter"}]}


def test_filter_that_is_no_json(sandbox):
    answer = sandbox.call("GET", "/linode/types", headers={"X-Filter": "{"})
    assert reasons(answer) == ["X-Filter must be valid JSON"]


def test_regions_cannot_be_filtered(sandbox):
    assert reasons(filtered(sandbox, "/regions", {"country": "de"})) == ["Cannot filter on country"]


# ---------------------------------------------------------------- rate limits

def test_limits_are_off_but_shown(sandbox):
    answer = sandbox.call("GET", "/images")
    assert answer.headers["X-RateLimit-Limit"] == "20"
    assert answer.headers["X-RateLimit-Remaining"] == "19"
    assert all(sandbox.call("GET", "/images").ok for _ in range(30))


def test_limits_when_set(sandbox):
    sandbox.settings(rate_limits={"types.list": [2, 60]})
    token = sandbox.token()
    remaining = [sandbox.call("GET", "/linode/types").headers["X-RateLimit-Remaining"]
                 for _ in range(2)]
    assert remaining == ["1", "0"]
    answer = sandbox.call("GET", "/linode/types")
    assert reasons(answer, 429) == ["Too many requests"]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert sandbox.call("GET", "/linode/types", token).ok  # another caller
    assert sandbox.call("GET", "/regions").ok
    sandbox.settings(clock_offset=61)
    assert sandbox.call("GET", "/linode/types").ok


# ---------------------------------------------------------------- who is calling

def test_profiles_differ(sandbox):
    profiles = {name: sandbox.call("GET", "/profile", sandbox.token(name, "")).json()
                for name in ("visitor", "second", "restricted")}
    assert len({profile["uid"] for profile in profiles.values()}) == 3
    assert [profiles[name]["restricted"] for name in profiles] == [False, False, True]


def test_account_and_keys(sandbox):
    token = sandbox.token(scopes="account:read_only")
    assert sandbox.call("GET", "/account", token).json()["euuid"]
    assert "network_helper" in sandbox.call("GET", "/account/settings", token).json()
    keys = sandbox.call("GET", "/profile/sshkeys", token).json()["data"]
    assert keys[0]["ssh_key"].startswith("ssh-ed25519 ")
    assert sandbox.call("GET", f"/profile/sshkeys/{keys[0]['id']}", token).json() == keys[0]


def test_firewalls(sandbox):
    assert sandbox.call("GET", "/networking/firewalls", sandbox.token()).json()["data"] == []


def test_tags(sandbox):
    token = sandbox.token()
    assert sandbox.call("POST", "/tags", token, {"label": "Hello"}).json() == {"label": "Hello"}
    answer = sandbox.call("POST", "/tags", token, {"label": "Hello"})
    assert reasons(answer) == ["Tag already exists"]
    assert reasons(sandbox.call("POST", "/tags", token, {"label": "x"}))
    assert sandbox.call("GET", "/tags", token).json()["data"] == [{"label": "Hello"}]
    assert sandbox.call("GET", "/tags/Hello", token).json()["results"] == 0
    assert sandbox.call("DELETE", "/tags/Hello", token).json() == {}
    assert sandbox.call("GET", "/tags/Hello", token).status_code == 404
