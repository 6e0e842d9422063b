# SPDX-License-Identifier: Apache-2.0
"""Starts a sandbox Linode and talks to it, for tests in Python."""
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

import requests

PROGRAM = pathlib.Path(__file__).resolve().parent / "sandbox.py"
CLIENT_ID = "5a0d8b0c0ffee0000001"
CLIENT_SECRET = "5a0d8b0c0ffee000000000000000000000000000000000000000000005ec2e75"
CALLBACK = "http://localhost:5000/auth_callback"
PATIENCE = 20


class Sandbox:
    """A running sandbox; `verify` is a CA file when it speaks TLS."""

    def __init__(self, *arguments, verify=None):
        self.directory = tempfile.TemporaryDirectory()
        ready = pathlib.Path(self.directory.name) / "ready.json"
        self.process = subprocess.Popen(
            [sys.executable, "-B", PROGRAM, "--port", "0", "--ready-file", ready,
             "--exit-with-parent", *arguments], stdout=subprocess.PIPE, text=True)
        self.banner = self.process.stdout.readline().strip()
        self.ready = json.loads(until(lambda: ready.exists() and ready.read_text()))
        self.login, self.api = self.ready["login"], self.ready["api"]
        self.http = requests.Session()
        self.http.trust_env = False  # REQUESTS_CA_BUNDLE would win over verify
        self.http.verify = verify

    def stop(self):
        """Ends it as an operator would; returns its exit status."""
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.http.close()
        self.directory.cleanup()
        return status

    # ------------------------------------------------------------ control

    def control(self, path, body=None, method=None):
        method = method or ("GET" if body is None else "POST")
        answer = self.http.request(method, f"{self.login}/_sandbox/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def reset(self):
        self.control("reset", {})

    def settings(self, **changes):
        return self.control("settings", changes)

    def fault(self, operation, fault, **parameters):
        return self.control("faults", {"operation": operation, "fault": fault, **parameters})

    def journal(self, operation=None):
        return self.control("journal" + (f"?operation={operation}" if operation else ""))["entries"]

    def state(self):
        return self.control("state")

    # ------------------------------------------------------------ login

    def decide(self, decision="approve", session=None, username="visitor", **parameters):
        """Login and consent in one request; returns the answer, not followed."""
        form = {"client_id": CLIENT_ID, "response_type": "code", "decision": decision, **parameters}
        if username:
            form.update(username=username, password="any")
        return (session or requests).post(self.login + "/oauth/authorize", data=form,
                                          allow_redirects=False, verify=self.http.verify)

    def code(self, **parameters):
        return returned(self.decide(**parameters))["code"]

    def exchange(self, **form):
        form = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **form}
        return self.http.post(self.login + "/oauth/token", data=form)

    def revoke(self, token, path="/oauth/revoke", **form):
        form = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "token": token, **form}
        return self.http.post(self.login + path, data=form)

    def token(self, username="visitor", scopes="*"):
        """An access token, without a login."""
        return self.control("tokens", {"username": username, "scopes": scopes})["access_token"]

    # ------------------------------------------------------------ API

    def call(self, method, path, token=None, json=None, **options):
        headers = options.pop("headers", {})
        if token:
            headers = {"Authorization": "Bearer " + token, **headers}
        return self.http.request(method, self.api + path, json=json, headers=headers, **options)


def returned(answer):
    """The parameters that a redirect takes back to the client."""
    assert answer.status_code in (302, 303), answer.text
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["Location"]).query))


def until(condition):
    """Waits, within reason, for a condition to hold; returns what it returned."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")
