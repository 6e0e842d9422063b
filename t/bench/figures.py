#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a page, a POST and a deploy cost, beside what httpd does by itself.

    make bench                    or, when everything is built,   BUILD=build t/bench/figures.py
    make bench BENCH=short        the same for a moment each

Each figure is of one run on one httpd: ours and what it is compared with take turns, on the same
connections, threads and log settings, and the median of the turns counts. Processor time of httpd
(user and system, all of its processes) for each request is what tells most, as it depends little
on what else the machine does; where both cores are busy with httpd and its load, requests a second
say the same less exactly. The last column says what is wanted. t/bench/README.md has more.
"""
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Optional

import requests

import instructions
from scene import (CHOICE, MODULES, WITH_TLS, Upstream, cpu, deploy_requests, end_load, load,
                   memory, request, start, seconds_of, start_load, threads, wait_for_revocations)

LINODE = {"token": 50, "profile": 30, "create": 150}
DELAY = sum(LINODE.values())


class Scale(NamedTuple):
    """How long everything takes."""
    seconds: float = 1.5
    turns: int = 5
    deploys: int = 2000
    visitors: int = 512
    in_flight: int = 2000


SHORT = Scale(seconds=0.2, turns=1, deploys=600, visitors=64, in_flight=100)


class Figure(NamedTuple):
    what: str
    text: str
    wanted: str = ""
    reached: Optional[bool] = None
    errors: int = 0


# ---------------------------------------------------------------- the stage of a measurement

@contextmanager
def directory():
    with tempfile.TemporaryDirectory() as path:
        Path(path).chmod(0o755)
        yield Path(path)


@contextmanager
def serving(config, tls=False, times=1, mounts=1, **directives):
    """A Linode, a httpd whose files are in the directory of that name, and that directory."""
    with directory() as data, directory() as documents:
        upstream = Upstream(data, tls=tls, times=times, scripts=mounts)
        server = start(upstream, f'{config}DocumentRoot "{documents}"\nEnableMMAP Off\n'
                       "<Directory />\nAllowOverride None\n</Directory>\n"
                       "Redirect 303 /redirect http://localhost/somewhere/else\n",
                       mounts=mounts, **directives)
        try:
            yield upstream, server, documents
        finally:
            server.close()
            upstream.stop()


def get(server, path, **headers):
    answer = requests.get(f"http://localhost:{server.port}{path}", timeout=60,
                          headers={"Accept": "text/html", "Accept-Encoding": None, **headers},
                          stream=True)
    return answer, answer.raw.read(decode_content=False)


# ---------------------------------------------------------------- pages beside files

def page_pairs(server, documents):
    """Name, goal, our request, theirs."""
    _, plain = get(server, "/0/")
    answer, zipped = get(server, "/0/", **{"Accept-Encoding": "gzip"})
    (documents / "form.html").write_bytes(plain)
    (documents / "zipped").write_bytes(zipped)
    tag = get(server, "/form.html")[0].headers["ETag"]
    form = f"form of {len(plain)} bytes"
    return [
        (f"{form}, beside a file", 1.0, request("GET", "/0/", 200),
         request("GET", "/form.html", 200)),
        (f"the same in {len(zipped)} bytes of gzip, beside a file", 1.0,
         request("GET", "/0/", 200, Accept_Encoding="gzip"), request("GET", "/zipped", 200)),
        ("form, 304, beside a file's", 1.0,
         request("GET", "/0/", 304, Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"]),
         request("GET", "/form.html", 304, If_None_Match=tag)),
        ("POST of the form, beside a Redirect", 0.5, request("POST", "/0/", 303, CHOICE),
         request("POST", "/redirect", 303, CHOICE)),
    ]


def compare(server, scale, ours, theirs):
    """The two in turns: their reports."""
    return [(load(server, ours, seconds=scale.seconds), load(server, theirs, seconds=scale.seconds))
            for _ in range(scale.turns)]


def median(values):
    return statistics.median(values)


def page_figures(scale):
    with serving(threads(64)) as (_, server, documents):
        for what, least, ours, theirs in page_pairs(server, documents):
            turns = compare(server, scale, ours, theirs)
            mine, other = (median(turn[i]["cpu"] for turn in turns) for i in (0, 1))
            costs = median(b["cpu"] / a["cpu"] if a["cpu"] else 0 for a, b in turns)
            rates = median(a["rate"] / b["rate"] for a, b in turns)
            yield Figure(what, f"{costs:.2f} by processor time ({mine:.4f} and {other:.4f} ms), "
                         f"{rates:.2f} by requests a second", f"at least {least}", costs >= least,
                         sum(a["errors"] + b["errors"] for a, b in turns))


# ---------------------------------------------------------------- deploys

def deploy(server, upstream, **arguments):
    """A load of deploys; with Linode's view of it, and with the revocations behind it."""
    upstream.stats()
    before, theirs = cpu(server), seconds_of(upstream.process.pid)
    report = load(server, deploy_requests(), how="deploy", **arguments)
    seen = upstream.stats()
    seen["revoke"] += wait_for_revocations(upstream, seen["create"] - seen["revoke"])
    each = 1000 / max(1, report["visits"])
    report["cpu"] = (cpu(server) - before) * each
    report["all"] = (report["cpu"] +
                     (report["own"] + seconds_of(upstream.process.pid) - theirs) * each)
    report["linode"] = seen
    report["errors"] += abs(seen["revoke"] - seen["create"]) + abs(seen["create"] - report["visits"])
    return report


def deploy_cost_figures(scale):
    """Processor time, and connections once everything is warm."""
    with serving(threads(64), tls=True) as (upstream, server, _):
        reports = [deploy(server, upstream, visitors=16, seconds=600, visits=scale.deploys)
                   for _ in range(scale.turns + 1)][1:]
    cost = median(report["cpu"] for report in reports)
    opened = (sum(report["linode"]["connections"] for report in reports) /
              sum(report["visits"] for report in reports))
    errors = sum(report["errors"] for report in reports)
    yield Figure("processor time of a whole deploy, Linode over TLS", f"{cost:.2f} ms",
                 "at most 1.5 ms", cost <= 1.5, errors)
    yield Figure("connections opened to Linode for each deploy", f"{opened:.4f}", "under 0.05",
                 opened < 0.05, int(opened >= 0.05))


def deploy_rate_figures(scale):
    limit = {"UpstreamLimit": scale.visitors + 128}
    with serving(threads(scale.visitors + 192), tls=True, **limit) as (upstream, server, _):
        upstream.delay(**LINODE)
        deploy(server, upstream, visitors=scale.visitors, seconds=scale.seconds)
        report = deploy(server, upstream, visitors=scale.visitors, seconds=scale.seconds * 4)
        walls = [(visitors, deploy(server, upstream, visitors=visitors, seconds=scale.seconds * 2))
                 for visitors in (1, 128)]
    possible = scale.visitors * 1000 / DELAY
    yield Figure(f"deploys a second, {scale.visitors} visitors, Linode "
                 f"{' + '.join(map(str, LINODE.values()))} ms over TLS",
                 f"{report['rate']:.0f} of {possible:.0f}; each takes {report['all']:.2f} ms of "
                 f"processor time with load and Linode",
                 "at least 1500", report["rate"] >= 1500, report["errors"])
    for visitors, wall in walls:
        step = wall["steps"][2]
        over = step["p50"] / 1000 - DELAY
        yield Figure(f"callback, over Linode's own delays, {visitors} "
                     f"visitor{'s' if visitors > 1 else ''}",
                     f"{over:.1f} ms (99 of 100: {step['p99'] / 1000 - DELAY:.1f} ms)",
                     "at most 5 ms", over <= 5, wall["errors"])


def in_flight_figures(scale):
    """All of them wait for their create at once."""
    number = scale.in_flight
    with serving(threads(number + 100), tls=True, UpstreamLimit=number + 50) as run:
        upstream, server, _ = run
        upstream.delay(token=1000, profile=1000, create=8000 if number > 500 else 500)
        report = deploy(server, upstream, visitors=number, seconds=60, visits=number)
    done = report["visits"] - report["errors"]
    yield Figure(f"deploys in flight on one httpd: {report['linode']['most_waiting']} at once",
                 f"{done} finished, {report['errors']} errors", f"{number}, 0 errors",
                 done == number and report["errors"] == 0, report["errors"])


def hanging_figures(scale):
    """Twice as many come back from the login as may wait for Linode."""
    form = request("GET", "/0/", 200, Accept_Encoding="gzip")

    def slowest(server):
        reports = [load(server, form, visitors=8, seconds=scale.seconds)
                   for _ in range(scale.turns)]
        return median(report["steps"][0]["p99"] for report in reports), sum(
            report["errors"] for report in reports)

    with serving(threads(64), tls=True) as (upstream, server, _):
        deploy(server, upstream, visitors=16, seconds=scale.seconds)
        before, errors = slowest(server)
        upstream.order("hang")
        waiting = start_load(server, deploy_requests(), how="deploy", visitors=64, seconds=60,
                             visits=64, stderr=subprocess.DEVNULL)
        server.wait_until(lambda: upstream_waits(upstream))
        during, more = slowest(server)
        upstream.order("go")
        end_load(waiting)
    yield Figure("slowest of 100 forms while Linode hangs, beside before",
                 f"{during / max(1, before):.2f} ({during} and {before} µs)", "at most 1.5",
                 during <= 1.5 * before, errors + more)


def upstream_waits(upstream):
    return upstream.stats()["most_waiting"] >= 32


# ---------------------------------------------------------------- memory

def used(upstream_server, paths):
    for path in paths * 3:
        get(upstream_server, path)
        get(upstream_server, path, **{"Accept-Encoding": "gzip"})
    return memory(upstream_server)


def without_module(server):
    """The same configuration without us."""
    server.stop()
    lines = server.conf.read_text().split("<Location")[0].splitlines(keepends=True)
    server.conf.write_text("".join(line for line in lines if not line.startswith(
        ("LinodeOAuth", "LoadModule linode_oauth_module"))))
    return server.start()


def memory_of(mounts, modules):
    with serving(threads(25), mounts=mounts, modules=modules) as (_, server, documents):
        (documents / "file").write_bytes(b"x" * 40000)
        ours = used(server, [f"/{number}/" for number in range(mounts)])
        theirs = used(without_module(server), ["/file"])
        return [mine - other for mine, other in zip(ours, theirs)]


def memory_figures(scale):
    del scale
    for mounts, most in (1, 6), (100, 20):
        for modules, name in (WITH_TLS, "with mod_ssl"), (MODULES, "without mod_ssl"):
            more, own = memory_of(mounts, modules)
            yield Figure(f"memory over the same httpd without the module, {mounts} "
                         f"mount{'s' if mounts > 1 else ''}, {name}",
                         f"{more:.1f} MiB; {own:.1f} without the pages of libraries",
                         f"at most {most} MiB", more <= most)


# ---------------------------------------------------------------- growth

def costs(scale, visitors=64, deploying=16, **arguments):
    """What one form, one form for one visitor and one deploy take."""
    with serving(threads(128), **arguments) as (upstream, server, _):
        last = arguments.get("mounts", 1) - 1
        form = request("GET", f"/{last}/", 200, Accept_Encoding="gzip")
        own = request("GET", f"/{last}/?{CHOICE}", 200)
        load(server, form, seconds=0.1)
        shared = load(server, form, visitors=visitors, seconds=scale.seconds)
        rendered = load(server, own, visitors=4, seconds=scale.seconds)
        upstream.stats()
        deploys = deploy(server, upstream, visitors=deploying, seconds=scale.seconds)
        size = len(get(server, f"/{last}/")[1])
    return [shared["cpu"], rendered["cpu"], deploys["cpu"], size], sum(
        report["errors"] for report in (shared, rendered, deploys))


def growth_figures(scale):
    cases = [("as it is", {}), ("catalog x10", {"times": 10}), ("mounts x100", {"mounts": 100}),
             ("visitors x10", {"visitors": 640, "deploying": 60})]
    yield Figure("how cost grows, in processor time", "form     own form  deploy   bytes")
    for what, arguments in cases:
        (form, own, deployed, size), errors = costs(scale, **arguments)
        yield Figure(f"  {what}", f"{form:.4f}   {own:.3f}     {deployed:.3f} ms  {size}",
                     errors=errors)


# ---------------------------------------------------------------- instructions

def instruction_figures(scale):
    before = instructions.kept()
    with directory() as data:
        upstream = Upstream(data, tls=True)
        try:
            counted, errors = instructions.count(upstream, visits=3 if scale is SHORT else 12)
        finally:
            upstream.stop()
    for name, number in counted.items():
        grown = number / before[name] - 1
        yield Figure(f"instructions of the handler, {name}", f"{number} ({grown:+.1%})",
                     f"near {before[name]} (t/bench/BASELINE)", grown <= instructions.GROWTH,
                     errors)


# ---------------------------------------------------------------- all of them

FIGURES = {"pages": page_figures, "deploy cost": deploy_cost_figures,
           "deploy rate": deploy_rate_figures, "in flight": in_flight_figures,
           "hanging": hanging_figures, "memory": memory_figures, "growth": growth_figures,
           "instructions": instruction_figures}


def tell(figure):
    mark = {None: " ", True: "+", False: "-"}[figure.reached]
    errors = f"  {figure.errors} ERRORS" if figure.errors else ""
    print(f"{mark} {figure.what:68}  {figure.text}{errors}"
          f"{'   wanted: ' + figure.wanted if figure.wanted else ''}", flush=True)


def main():
    scale = SHORT if os.environ.get("BENCH") == "short" else Scale()
    errors = 0
    for name in sys.argv[1:] or FIGURES:
        for figure in FIGURES[name](scale):
            tell(figure)
            errors += figure.errors
    return errors > 0


if __name__ == "__main__":
    sys.exit(main())
