#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""soak.py SECONDS [--graceful SECONDS]: a mixed load on one server, for as long as asked.

Visitors look at the form, post it, deploy, reload, forget, come back with nonsense, the catalog is
read anew each minute, and Linode fails now and then. At each interval the children's memory (PSS of
what no file is behind: a shared page counts for its part), descriptors and threads are printed, and
after a warm-up of half of the time their slope by least squares. glibc gives each thread a heap of
its own, where holes take a long time to fill up; here all threads share one (GLIBC_TUNABLES, unless
that is set already), so that what grows is in use. Exits with 1 when memory grows by more than GROWTH kB a minute
and by more than STEP kB in all, or descriptors or threads by more than a fifth: up to a point the
connections that each thread keeps to Linode become more.
"""
import argparse
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import conftest  # noqa: F401
import requests
from harness.linode import Linode
from harness.server import Server, Site
from harness.visitor import Visitor
from schedules import FAULTS

VISITORS = 6
GROWTH, STEP = 100, 1000
ONE_HEAP = "glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1"
CONFIG = "StartServers 2\nServerLimit 2\nMinSpareThreads 16\nMaxSpareThreads 32\n"


class Load:
    def __init__(self, site, linode):
        self.site, self.linode = site, linode
        self.running = True
        self.counts = {"pages": 0, "deploys": 0, "failures": 0, "faults": 0}
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.visit, args=(number,))
                        for number in range(VISITORS)]
        self.threads.append(threading.Thread(target=self.trouble))
        for thread in self.threads:
            thread.start()

    def count(self, name):
        with self.lock:
            self.counts[name] += 1

    def stop(self):
        self.running = False
        for thread in self.threads:
            thread.join()

    def visit(self, number):
        """One visitor after the other."""
        chance = random.Random(number)
        while self.running:
            visitor = Visitor(self.site, user=chance.choice(["visitor", "second"]))
            try:
                self.one_visit(visitor, chance)
            except requests.RequestException:
                self.count("failures")  # a graceful restart may end a connection

    def one_visit(self, visitor, chance):
        for _ in range(3):
            visitor.get("/")
            visitor.post("/", {"type": "none", "region": chance.choice(["nowhere", "us-east"])})
            visitor.get("/auth_callback?code=x&state=" + "y" * chance.randrange(40))
            self.count("pages")
        login = visitor.start()
        decision = chance.choice(["approve"] * 5 + ["deny"])
        answer = visitor.get(visitor.consent(login, decision))
        if answer.status_code != 303 or "/deploys/" not in answer.headers["Location"]:
            self.count("failures")
            return
        page = visitor.result(answer)
        for _ in range(2):
            visitor.get(page.url)
        visitor.post(answer.headers["Location"] + "/forget", {})
        self.count("deploys")

    def trouble(self):
        """A fault every now and then; and Linode forgets, as the sandbox keeps it in memory."""
        chance = random.Random(0)
        while self.running:
            if self.counts["faults"] % 200 == 199:
                self.linode.reset()
            operation = chance.choice(sorted(FAULTS))
            self.linode.fault(operation, **chance.choice(FAULTS[operation]))
            self.count("faults")
            time.sleep(0.5)


def measure(server):
    """Memory in kB, descriptors and threads of all children together."""
    memory = descriptors = threads = 0
    for child in server.children():
        proc = Path(f"/proc/{child}")
        try:
            rollup = (proc / "smaps_rollup").read_text().split()
            memory += int(rollup[rollup.index("Pss_Anon:") + 1])
            descriptors += len(list((proc / "fd").iterdir()))
            threads += len(list((proc / "task").iterdir()))
        except (FileNotFoundError, ProcessLookupError, ValueError):
            pass  # it has just ended
    return memory, descriptors, threads


def slope(samples):
    """Least squares, per minute, of (minutes, value)."""
    middle = sum(x for x, _ in samples) / len(samples), sum(y for _, y in samples) / len(samples)
    square = sum((x - middle[0]) ** 2 for x, _ in samples)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in samples) / square if square else 0.0


def watch(server, load, seconds, graceful):
    """The samples: minutes, memory, descriptors, threads."""
    began = restarted = time.monotonic()
    interval = max(1.0, min(30.0, seconds / 30))
    samples = []
    while (passed := time.monotonic() - began) < seconds:
        time.sleep(interval)
        if graceful and time.monotonic() - restarted > graceful:
            server.graceful()
            restarted = time.monotonic()
        samples.append((passed / 60, *measure(server)))
        print(f"{passed:7.0f} s  {samples[-1][1]:8} kB  {samples[-1][2]:5} descriptors  "
              f"{samples[-1][3]:4} threads  {load.counts}", flush=True)
    return samples


def verdict(samples):
    """Prints the slopes; true when something grows."""
    steady = samples[len(samples) // 2:]
    minutes = steady[-1][0] - steady[0][0]
    grows = False
    units = [("memory", "kB"), ("descriptors", "descriptors"), ("threads", "threads")]
    for place, (name, unit) in enumerate(units, 1):
        rate = slope([(sample[0], sample[place]) for sample in steady])
        if place == 1:
            too_much = rate > GROWTH and rate * minutes > STEP
        else:
            too_much = rate * minutes > max(4, steady[0][place] / 5)
        grows |= too_much
        print(f"{name}: {rate:+.2f} {unit} a minute over {minutes:.1f} minutes"
              f"{'  GROWS' if too_much else ''}")
    return grows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", type=float)
    parser.add_argument("--graceful", type=float, default=0, help="restart every so many seconds")
    arguments = parser.parse_args()
    os.environ.setdefault("GLIBC_TUNABLES", ONE_HEAP)
    with tempfile.TemporaryDirectory() as directory:
        linode, server = Linode(directory), Server()
        site = Site(linode, server.port, Timeout="1s 2s", Retries="1", VisitorRate="0",
                    CatalogRefresh="1m")
        server.write(CONFIG + site.section())
        server.start()
        load = Load(site, linode)
        try:
            samples = watch(server, load, arguments.seconds, arguments.graceful)
        finally:
            load.stop()
            crashes = server.crashes()
            server.close()
            linode.stop()
    print("\n".join(crashes))
    return verdict(samples) or bool(crashes)


if __name__ == "__main__":
    sys.exit(main())
