# SPDX-License-Identifier: Apache-2.0
"""Every kind of fault, seen from a socket; the journal and the other controls."""
import gzip
import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from linode_sandbox import faults
from sandbox_driver import CALLBACK, CLIENT_ID, until

GOOD = {"type": "g6-nanode-1", "region": "eu-central", "image": "linode/debian12",
        "root_pass": "Correct-Horse-9", "label": "hello-1"}
GET = b"GET /v4/linode/types HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\nAccept: */*\r\n\r\n"
LONG = 30


def created(sandbox):
    return len(sandbox.state()["linodes"]["visitor"])


def create(sandbox, **options):
    """On a connection of its own: the fault may end it."""
    headers = {"Authorization": "Bearer " + sandbox.token()}
    return requests.post(sandbox.api + "/linode/instances", json=GOOD, headers=headers, **options)


def connect(sandbox):
    connection = socket.create_connection(("127.0.0.1", sandbox.ready["port"]), timeout=LONG)
    return connection


def raw(sandbox):
    """All that comes for a GET until the connection ends: head, body."""
    with connect(sandbox) as connection:
        connection.sendall(GET)
        text = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = text.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n")
                  if line.lower().startswith(b"content-length"))
    return length, body


# ---------------------------------------------------------------- answers of another kind

@pytest.mark.parametrize("body, content_type", [
    ("json", "application/json"), ("html", "text/html"), ("empty", "application/octet-stream")])
def test_status(sandbox, body, content_type):
    sandbox.fault("types.list", "status", code=520, body=body, headers={"Retry-After": "7"})
    answer = sandbox.call("GET", "/linode/types")
    assert answer.status_code == 520 and answer.headers["Retry-After"] == "7"
    assert answer.headers.get("Content-Type") == content_type
    assert sandbox.call("GET", "/linode/types").ok


@pytest.mark.parametrize("effect", [True, False])
def test_status_with_and_without_effect(sandbox, effect):
    sandbox.fault("instances.create", "status", effect=effect)
    assert create(sandbox).status_code == 503
    assert created(sandbox) == effect
    assert sandbox.journal("instances.create")[0]["body"]["label"] == "hello-1"


def test_error(sandbox):
    wrong = [{"reason": "Account Limit reached. Please open a support ticket."}]
    sandbox.fault("instances.create", "error", errors=wrong)
    answer = create(sandbox)
    assert answer.status_code == 400 and answer.json() == {"errors": wrong}


@pytest.mark.parametrize("kind", ["lie", "duplicate"])
def test_lie(sandbox, kind):
    sandbox.fault("instances.create", kind, body={"id": 1}, effect=True)
    assert create(sandbox).json() == {"id": 1} and created(sandbox) == 1


def test_redirect(sandbox):
    sandbox.fault("types.list", "redirect", location="http://evil.example/", code=307)
    answer = sandbox.call("GET", "/linode/types", allow_redirects=False)
    assert answer.status_code == 307 and answer.headers["Location"] == "http://evil.example/"


def test_not_json_and_empty(sandbox):
    sandbox.fault("types.list", "not_json")
    answer = sandbox.call("GET", "/linode/types")
    assert answer.text == "<<this is not JSON>>"
    assert answer.headers["Content-Type"] == "application/json"
    sandbox.fault("types.list", "empty")
    assert sandbox.call("GET", "/linode/types").content == b""


def test_big(sandbox):
    sandbox.fault("types.list", "big")
    answer = sandbox.call("GET", "/linode/types")
    assert len(answer.content) > 10 << 20 and answer.json()["data"]


def test_gzip_bomb(sandbox):
    sandbox.fault("types.list", "gzip_bomb", bytes=1 << 20)
    answer = sandbox.call("GET", "/linode/types", headers={"Accept-Encoding": "identity"},
                          stream=True)
    packed = answer.raw.read(decode_content=False)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(packed) < 20000 and len(gzip.decompress(packed)) > 1 << 20


# ---------------------------------------------------------------- answers cut short

def test_truncate(sandbox):
    sandbox.fault("types.list", "truncate")
    length, body = raw(sandbox)
    assert len(body) == length // 2 > 1000
    sandbox.fault("types.list", "truncate", bytes=7)
    assert len(raw(sandbox)[1]) == 7


@pytest.mark.parametrize("extra", [10, -10])
def test_wrong_length(sandbox, extra):
    sandbox.fault("types.list", "wrong_length", extra=extra)
    length, body = raw(sandbox)
    assert length == len(body) + extra and json.loads(body)


def test_twice(sandbox):
    """And what is asked next is answered behind it, on the same connection."""
    sandbox.fault("types.list", "twice")
    text = b""
    with connect(sandbox) as connection:
        for answers in (2, 3):
            connection.sendall(GET)
            while text.count(b"HTTP/1.1 200 ") < answers:
                text += connection.recv(65536)


def test_drip(sandbox):
    sandbox.fault("types.list", "drip", interval=0, bytes=500)
    length, body = raw(sandbox)
    assert len(body) == length and json.loads(body)


def test_close_comes_without_notice(sandbox):
    sandbox.fault("types.list", "close")
    with connect(sandbox) as connection:
        connection.sendall(GET)
        text = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b"connection: close" not in text.lower() and text.endswith(b"}")


# ---------------------------------------------------------------- no answer

@pytest.mark.parametrize("when, effect", [("reading", 0), ("before", 0), ("after", 1)])
def test_reset(sandbox, when, effect):
    sandbox.fault("instances.create", "reset", when=when)
    with pytest.raises(requests.ConnectionError):
        create(sandbox)
    entry = sandbox.journal("instances.create")[0]
    assert entry["outcome"] == "reset" and entry["status"] is None
    assert bool(entry["body"]) is (when != "reading")
    assert created(sandbox) == effect


def test_reset_of_a_connection(sandbox):
    sandbox.fault("connection", "reset")
    # The reset may come while the connection is being made, or with the first bytes.
    with pytest.raises(ConnectionError), connect(sandbox) as connection:
        connection.sendall(GET)
        connection.recv(1)
    assert sandbox.state()["faults"] == 0


@pytest.mark.parametrize("when, effect", [("before", 0), ("after", 1)])
def test_hang(sandbox, when, effect):
    sandbox.fault("instances.create", "hang", when=when)
    with pytest.raises(requests.ReadTimeout):
        create(sandbox, timeout=0.3)
    until(lambda: sandbox.journal("instances.create")[0]["outcome"] == "hung")
    [entry] = sandbox.journal("instances.create")
    assert entry["status"] is None and created(sandbox) == effect


@pytest.mark.parametrize("when", ["before", "after"])
def test_delay(sandbox, when):
    """The caller gives up; a delayed effect comes all the same."""
    sandbox.fault("instances.create", "delay", seconds=2, when=when)
    with pytest.raises(requests.ReadTimeout):
        create(sandbox, timeout=0.2)
    until(lambda: created(sandbox) == 1)
    until(lambda: sandbox.journal("instances.create")[0]["outcome"] == "caller gone")


def test_hold(sandbox):
    sandbox.fault("types.list", "status", code=500, hold=True)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(requests.get, sandbox.api + "/linode/types")
        until(lambda: sandbox.state()["faults"] == 0)
        assert sandbox.journal("types.list")[0]["status"] is None and not answer.done()
        sandbox.control("faults", method="DELETE")
        assert answer.result().status_code == 500
    assert sandbox.call("GET", "/linode/types").ok


# ---------------------------------------------------------------- which calls

def test_count_and_skip(sandbox):
    sandbox.fault("types.list", "status", count=2, skip=1)
    assert [sandbox.call("GET", "/linode/types").status_code for _ in range(4)] == [
        200, 503, 503, 200]


def test_fault_without_end(sandbox):
    sandbox.fault("types.*", "status", count=None)
    assert {sandbox.call("GET", "/linode/types").status_code for _ in range(5)} == {503}
    assert sandbox.call("GET", "/linode/types/g6-nanode-1").status_code == 503
    assert sandbox.control("faults")["faults"][0]["count"] is None
    sandbox.control("faults", method="DELETE")
    assert sandbox.call("GET", "/linode/types").ok


def test_everything_but_the_pages_of_the_login(sandbox):
    sandbox.fault("*", "status", count=None)
    assert sandbox.call("GET", "/regions").status_code == 503
    assert sandbox.exchange(code="x").status_code == 503
    assert requests.get(sandbox.login + "/").ok
    sandbox.fault("login.index", "status")
    sandbox.control("faults", method="DELETE")


def test_faults_wait_in_line(sandbox):
    sandbox.control("faults", [{"operation": "regions.list", "fault": "status", "code": code}
                               for code in (500, 502)])
    assert [sandbox.call("GET", "/regions").status_code for _ in range(3)] == [500, 502, 200]


@pytest.mark.parametrize("wrong", [
    {"fault": "mischief"}, {"fault": "status", "coed": 1}, {"fault": "status", "body": "xml"},
    {"fault": "status", "code": "503"}, {"fault": "hang", "when": "never"},
    {"fault": "redirect"}, {"fault": "status", "count": 0}, {"fault": "status", "skip": "x"},
    {"fault": "hang", "operation": "connection"}, {"fault": "status", "operation": "types.lsit"}])
def test_faults_that_make_no_sense(sandbox, wrong):
    answer = requests.post(sandbox.login + "/_sandbox/faults", json={"operation": "*", **wrong})
    assert answer.status_code == 400 and answer.json()["error"]
    assert sandbox.control("faults")["faults"] == []


def test_every_kind_is_described():
    for kind in faults.KINDS:
        assert kind in faults.__doc__


# ---------------------------------------------------------------- journal and state

def test_journal_keeps_order_and_no_secrets(sandbox):
    token = sandbox.exchange(code=sandbox.code(state="s")).json()
    sandbox.call("GET", "/profile", token["access_token"], params={"x": "1"})
    entries = sandbox.journal()
    assert [entry["operation"] for entry in entries] == ["login.decide", "oauth.token",
                                                         "profile.get"]
    assert [entry["n"] for entry in entries] == [1, 2, 3]
    assert entries[0]["body"]["password"] == "<hidden>" and entries[0]["body"]["state"] == "s"
    exchange, profile = entries[1:]
    for secret in ("client_secret", "code"):
        assert exchange["body"][secret].startswith("sha256:")
    assert exchange["body"]["client_id"] == CLIENT_ID
    digest = profile["headers"]["authorization"].removeprefix("Bearer ")
    assert digest == sandbox.state()["tokens"][0]["digest"]
    assert profile["query"] == {"x": "1"} and profile["status"] == 200
    assert profile["path"] == "/v4/profile" and profile["username"] == "visitor"
    everything = json.dumps([entries, sandbox.state()])
    assert token["access_token"] not in everything and token["refresh_token"] not in everything


def test_what_the_journal_hides_is_told_to_whoever_asks(sandbox):
    """For tests that look whether it stands in a log."""
    code = sandbox.code()
    token = sandbox.exchange(code=code).json()
    sandbox.call("POST", "/linode/instances", token["access_token"],
                 json={"root_pass": "Very-Secret-42-Words"})
    secrets = sandbox.control("secrets")["secrets"]
    for secret in (code, token["access_token"], token["refresh_token"], "Very-Secret-42-Words"):
        assert secret in secrets
    sandbox.control("reset", method="POST")
    assert sandbox.control("secrets")["secrets"] == []


def test_journal_selects_and_clears(sandbox):
    for path in ("/regions", "/images", "/regions"):
        sandbox.call("GET", path)
    assert len(sandbox.journal("regions.list")) == 2
    assert [entry["n"] for entry in sandbox.control("journal?since=2")["entries"]] == [3]
    sandbox.control("journal", method="DELETE")
    assert sandbox.journal() == [] and sandbox.state()["calls"] == 3


def test_connections_are_counted(sandbox):
    before = sandbox.state()["connections"]
    for _ in range(2):
        with requests.Session() as session:
            for _ in range(3):
                session.get(sandbox.api + "/regions")
    after = sandbox.state()["connections"]
    assert after["used"] - before["used"] == 2
    assert len({entry["connection"] for entry in sandbox.journal()}) == 2


def test_reset_forgets_all_but_clients(sandbox):
    client = sandbox.control("clients", {"redirect_uri": CALLBACK, "label": "Kept"})
    token = sandbox.token()
    create(sandbox)
    sandbox.settings(separator="comma", data={"types": {"g6-nanode-1": None}})
    sandbox.fault("*", "status")
    sandbox.reset()
    assert sandbox.call("GET", "/profile", token).status_code == 401
    assert sandbox.call("GET", "/linode/types/g6-nanode-1").ok
    state = sandbox.state()
    assert created(sandbox) == 0 and state["faults"] == 0 and state["tokens"] == []
    assert sandbox.control("settings")["separator"] == "space"
    assert sandbox.control("settings")["provision_seconds"] == 0  # as it was started
    assert sandbox.decide(client_id=client["id"]).status_code == 302


def test_visitor_revokes_by_himself(sandbox):
    token, other = sandbox.token(), sandbox.token("second")
    sandbox.control("tokens/revoke", {"username": "visitor"})
    assert sandbox.call("GET", "/profile", token).status_code == 401
    assert sandbox.call("GET", "/profile", other).ok


@pytest.mark.parametrize("path, body", [
    ("settings", {"separtor": "comma"}), ("settings", {"separator": "tab"}),
    ("settings", {"provision_seconds": -1}), ("settings", {"rate_limits": {"*": 5}}),
    ("settings", []), ("data", {"planets": {}}), ("data", {"types": []}),
    ("data", {"types": {"g6-nanode-1": 1}}), ("clients", {}), ("tokens", {"username": "nobody"}),
    ("tokens", {"username": "visitor", "scopes": "x:y"}),
    ("linodes/1/check-password", {"password": ""})])
def test_controls_that_make_no_sense(sandbox, path, body):
    answer = requests.post(f"{sandbox.login}/_sandbox/{path}", json=body)
    assert answer.status_code == 400 and answer.json()["error"]


def test_settings_are_taken_together_or_not_at_all(sandbox):
    wrong = {"separator": "comma", "error_shape": "poem"}
    assert requests.post(sandbox.login + "/_sandbox/settings", json=wrong).status_code == 400
    assert sandbox.control("settings")["separator"] == "space"


def test_unknown_control(sandbox):
    assert requests.get(sandbox.login + "/_sandbox/nothing").status_code == 404
    assert requests.put(sandbox.login + "/_sandbox/state").status_code == 404
