# SPDX-License-Identifier: Apache-2.0
"""Instructions of one request, as callgrind counts them.

Counted is all that happens between the entry of our handler and its return: ours, and what we call
(sessions, JSON, ciphers, libcurl, httpd's filters down to the write). callgrind writes a profile at
each return, so that a request has a number of its own; the median of some counts. The numbers
change with the compiler and the libraries, and hardly with anything else: t/bench/BASELINE keeps
those of Debian 12, and what has grown by more than a tenth is told.
"""
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from statistics import median

from scene import HTTPD, Server, deploy_requests, load, start, threads

BASELINE = Path(__file__).parent / "BASELINE"
HANDLER = "route_handle"
GROWTH = 0.1
NAMES = ["form", "POST", "callback", "result"]


class Counted(Server):
    """One process under callgrind."""
    patience = 120

    def start(self):
        profile = self.dir / "callgrind.out"
        drop = {}
        if os.geteuid() == 0:  # valgrind cannot change its user later
            drop = {"user": "www-data", "group": "www-data", "extra_groups": []}
            shutil.chown(self.dir, "www-data", "www-data")
        self.process = subprocess.Popen(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}",
             "--collect-atstart=no", f"--toggle-collect={HANDLER}", f"--dump-after={HANDLER}",
             HTTPD, "-X", "-f", self.conf],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **drop)
        until = time.monotonic() + self.patience
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if (self.dir / "httpd.pid").exists() and \
                        probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise RuntimeError("httpd did not start under callgrind:\n" + self.log())

    def profiles(self):
        """Of each call of the handler since the start: the file and its instructions, in order."""
        found = []
        for path in self.dir.glob("callgrind.out.*"):
            text = path.read_text(errors="replace")
            total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
            if total and int(total.group(1)) and f"--dump-after={HANDLER}" in text:
                found.append((int(path.suffix[1:]), path, int(total.group(1))))
        return [entry[1:] for entry in sorted(found)]


def kept():
    """What BASELINE says: request to instructions."""
    lines = (line.split() for line in BASELINE.read_text().splitlines() if line[:1] != "#")
    return {name: int(number) for name, number in lines}


def count(upstream, visits):
    """Instructions of each request of a deploy, and errors."""
    server = start(upstream, threads(4), server=Counted())
    try:
        report = load(server, deploy_requests(), how="deploy", visitors=1, seconds=600,
                      visits=visits)
        server.wait_until(lambda: len(server.profiles()) >= visits * len(NAMES))
        numbers = [number for _, number in server.profiles()]
    finally:
        server.close()
    # The first ones find nothing ready yet.
    return {name: int(median(numbers[len(NAMES):][place::len(NAMES)]))
            for place, name in enumerate(NAMES)}, report["errors"]
