#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""long.py FLOWS [SEED]: random schedules until so many flows were started.

Prints what there was of each, and exits with 1 at the first violation, which is shown as the
shortest schedule that leads to it. A seed repeats the schedules; what httpd's threads do meanwhile
is theirs.
"""
import collections
import multiprocessing
import os
import random
import sys
import time
import traceback

import conftest  # noqa: F401
import hypothesis.core
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from schedules import Schedules
from stage import Stage

AT_ONCE = 40  # schedules


class Share(Stage):
    """Counts towards what all processes have to do."""

    def __init__(self, flows, total, failed):
        super().__init__()
        self.flows, self.total, self.failed = flows, total, failed

    def count(self, name):
        super().count(name)
        if name == "flows":
            with self.total.get_lock():
                self.total.value += 1

    def flows_so_far(self):
        return self.total.value

    def is_over(self):
        return self.total.value >= self.flows or self.failed.is_set()


def play(flows, seed, total, failed, queue):
    """One process's share: a sandbox and two servers of its own. Most of the time they wait."""
    stage = Schedules.stage = Share(flows, total, failed)
    counts = collections.Counter()
    try:
        while not stage.is_over():
            hypothesis.core.global_force_seed = seed
            seed += 1
            stage.counts.clear()
            try:
                run_state_machine_as_test(Schedules, settings=settings(
                    max_examples=AT_ONCE, stateful_step_count=50, database=None, deadline=None,
                    suppress_health_check=list(HealthCheck), print_blob=False))
            except Exception:  # whatever it is, a run that ends so is no success
                traceback.print_exc()
                counts["violations"] += 1
                failed.set()
            counts.update(stage.counts)
            print(f"{total.value} flows, seed {seed - 1}", file=sys.stderr, flush=True)
    finally:
        stage.close()
        queue.put(counts)


def main(flows, seed):
    total, failed = multiprocessing.Value("i", 0), multiprocessing.Event()
    queue = multiprocessing.Queue()
    processes = [multiprocessing.Process(
                     target=play, args=(flows, seed + 1000000 * n, total, failed, queue))
                 for n in range(5 * (os.cpu_count() or 1))]
    began = time.monotonic()
    for process in processes:
        process.start()
    counts = collections.Counter()
    for _ in processes:
        counts.update(queue.get())
    for process in processes:
        process.join()
    print(f"seed {seed}, {time.monotonic() - began:.0f} seconds")
    for name in ("flows", "schedules", "steps", "results", "passwords", "faults",
                 "children killed", "servers killed", "graceful restarts", "violations"):
        print(f"{counts[name]:8} {name}")
    return counts["violations"] > 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else
                  random.SystemRandom().randrange(10 ** 6)))
