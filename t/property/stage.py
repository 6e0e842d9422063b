# SPDX-License-Identifier: Apache-2.0
"""What the schedules play on: a sandbox Linode, and two servers that share a site and nothing else.

The second has the configuration of the first, a port and a state directory of its own: another
machine behind the same name. Both live through all schedules of a run; what they log is read piece
by piece.
"""
import collections
import contextlib
import os
import re
import signal
import tempfile
import threading
import time

import requests
from harness.linode import Linode
from harness.server import Server, Site

DIRECTIVES = {"Timeout": "1s 2s", "Retries": "1", "VisitorRate": "0"}
# Two children, so that one is there when the other is killed. Requests bring new connections: what
# a kill ends is then the request at hand alone.
COMMON = "StartServers 2\nMinSpareThreads 20\nKeepAlive Off\n"
DIED = re.compile(r"child pid (\d+) exit signal.*")


class Violation(AssertionError):
    """Something that must not happen, whatever fails."""


def hold(condition, text):
    if not condition:
        raise Violation(text)


class Stage:
    def __init__(self):
        self.directory = tempfile.TemporaryDirectory()
        self.linode = Linode(self.directory.name)
        self.servers = [Server(), Server()]
        self.site = Site(self.linode, self.servers[0].port, **DIRECTIVES)
        callback = f"    LinodeOAuthCallbackURL {self.site.url}/auth_callback\n"
        section = self.site.section().replace("    SetHandler", callback + "    SetHandler")
        self.read = collections.Counter()
        self.secrets, self.killed = {self.site.secret}, set()
        self.labels, self.foreign = set(), set()  # of flows; of which somebody else made one
        self.counts = collections.Counter()
        self.lock = threading.Lock()
        self.told = False
        for server in self.servers:
            server.write(COMMON + section)
            server.start()

    def count(self, name):
        with self.lock:
            self.counts[name] += 1

    def flows_so_far(self):
        return self.counts["flows"]

    def is_over(self):
        """Whoever wants so many flows and no more overrides this."""
        return False

    def is_up(self, where):
        return self.servers[where].process.poll() is None

    def address(self, where):
        return f"http://localhost:{self.servers[where].port}"

    def start(self, where):
        if not self.is_up(where):
            self.servers[where].start()

    def graceful(self, where):
        if self.is_up(where):
            self.count("graceful restarts")
            self.servers[where].graceful()

    def kill_child(self, where, number):
        if self.is_up(where) and (children := sorted(self.servers[where].children())):
            victim = children[number % len(children)]
            self.count("children killed")
            self.killed.add(victim)
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                pass  # a graceful restart has let it go

    def kill_server(self, where):
        if self.is_up(where):
            self.count("servers killed")
            self.servers[where].kill()

    def fault(self, operation, fault):
        self.count("faults")
        self.linode.fault(operation, **fault)

    def rows(self, label):
        """Linodes of that label, on any account."""
        return [row for linodes in self.linode.state()["linodes"].values() for row in linodes
                if row["label"] == label]

    def make_foreign(self, label):
        """A third user of visitor's account makes a Linode of that label himself, if he can."""
        token = self.linode.control("POST", "tokens", json={"username": "helper"})["access_token"]
        self.foreign.add(label)
        with contextlib.suppress(requests.RequestException):  # a fault may wait for him
            self.linode.session.post(
                f"{self.linode.api}/linode/instances", timeout=3, headers={
                    "Authorization": f"Bearer {token}", "User-Agent": "schedule"},
                json={"label": label, "type": "g6-nanode-1", "region": "eu-central",
                      "image": "linode/debian12", "root_pass": "An0ther-one's-password!"})
        self.linode.control("POST", "tokens/revoke", json={"username": "helper"})

    def reset(self):
        """Before a schedule: everything works, and Linode has forgotten the one before."""
        for where in range(2):
            self.start(where)
        self.linode.reset()
        self.secrets = {self.site.secret}
        self.labels, self.foreign = set(), set()

    def restart(self):
        for where, server in enumerate(self.servers):
            self.check_logs()
            server.stop()
            self.new_text(server.dir / "error.log")  # what httpd's own stop trips
            self.start(where)

    def settle(self):
        """The faults have stopped: no token stays alive."""
        for where in range(2):
            self.start(where)
        until = time.monotonic() + 2
        while self.linode.live_tokens() and time.monotonic() < until:
            time.sleep(0.02)
        if self.linode.live_tokens():
            self.restart()
            self.linode.wait_for_no_tokens()

    def new_text(self, path):
        """What a log has got since it was last looked at."""
        if not path.exists():
            return ""
        with open(path, errors="replace") as log:
            log.seek(self.read[path])
            text = log.read()
            self.read[path] = log.tell()
        return text

    def check_logs(self):
        self.secrets |= self.linode.secrets()
        for server in self.servers:
            for path in server.dir.glob("*.log"):
                text = self.new_text(path)
                died = [found[0] for found in DIED.finditer(text)
                        if int(found[1]) not in self.killed]
                hold(not died, f"a child died: {died}")
                leaks = sum(secret in text for secret in self.secrets)
                hold(not leaks, f"secrets in {path.name}: {leaks}")
            hold(not server.reports(), f"sanitizer: {server.reports()}")

    def close(self):
        for server in self.servers:
            server.close()
        self.linode.stop()
        self.directory.cleanup()
