# SPDX-License-Identifier: Apache-2.0
"""The sandbox Linode as tests see it: a process, its journal, its faults, its state."""
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import requests

TOP = Path(__file__).resolve().parents[3]


class Linode:
    def __init__(self, directory, tls=None):
        ready = Path(directory) / "sandbox.json"
        command = [sys.executable, str(TOP / "t/sandbox/sandbox.py"), "--port", "0",
                   "--ready-file", str(ready), "--exit-with-parent"]
        if tls:
            command += ["--tls", *tls]
        self.log = open(Path(directory) / "sandbox.log", "wb")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)
        until = time.monotonic() + 60
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(Path(self.log.name).read_text())
            time.sleep(0.02)
        where = json.loads(ready.read_text())
        self.login, self.api = where["login"], where["api"]
        self.session = requests.Session()
        self.session.trust_env = False  # neither proxies nor certificates

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def control(self, method, path, **arguments):
        answer = self.session.request(method, f"{self.login}/_sandbox/{path}", timeout=40,
                                      **arguments)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def reset(self):
        self.control("POST", "reset")

    def register(self, redirect_uri, label="Hello page"):
        """A new client; its id and secret."""
        client_id, secret = secrets.token_hex(10), secrets.token_hex(32)
        self.control("POST", "clients", json={"id": client_id, "secret": secret,
                                              "redirect_uri": redirect_uri, "label": label})
        return client_id, secret

    def settings(self, **values):
        return self.control("POST", "settings", json=values)

    def fault(self, operation, fault, count=1, **details):
        return self.control("POST", "faults", json={"operation": operation, "fault": fault,
                                                    "count": count, **details})

    def journal(self, operation=None):
        return [call for call in self.control("GET", "journal")["entries"]
                if operation in (None, call["operation"])]

    def state(self):
        return self.control("GET", "state")

    def secrets(self):
        """All that nobody else may see: codes and tokens that it has given out, and what was sent to
        it under a secret's name. What is as short as a word may be one."""
        return {secret for secret in self.control("GET", "secrets")["secrets"] if len(secret) >= 12}

    def linodes(self, user="visitor"):
        return self.state()["linodes"].get(user, [])

    def no_faults(self):
        self.control("DELETE", "faults")

    def live_tokens(self):
        return len(self.state()["tokens"])

    def wait_for_no_tokens(self, patience=60):
        """Tokens are revoked behind the answer, soon after it."""
        until = time.monotonic() + patience
        while self.live_tokens():
            assert time.monotonic() < until, f"tokens alive: {self.state()['tokens']}"
            time.sleep(0.02)

    def wait_for_call(self, operation, count=1, patience=60):
        """The journal's entries of that operation, once there are so many."""
        until = time.monotonic() + patience
        while len(calls := self.journal(operation)) < count:
            assert time.monotonic() < until, f"{operation}: {len(calls)} calls of {count}"
            time.sleep(0.02)
        return calls

    def has_password(self, linode_id, password):
        return self.control("POST", f"linodes/{linode_id}/check-password",
                            json={"password": password})["matches"]
