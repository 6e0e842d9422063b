# SPDX-License-Identifier: Apache-2.0
"""What the measurements stand on: a bare Linode, a httpd, visitors, and what they cost.

The httpd is the one of the end-to-end tests (t/e2e/harness), with as many threads as a measurement
wants. Linode is t/bench/upstream.c, the visitors are t/bench/load.c: both in C, with a thread each.
"""
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "t" / "e2e"))

from harness.certificates import Authority  # noqa: E402
from harness.server import HTTPD, Server, Site  # noqa: E402

BUILD = Path(os.environ.get("BUILD", TOP / "build"))
DATA = TOP / "t" / "sandbox" / "data"
SCRIPT = 320826
CHOICE = "type=g6-nanode-1&region=eu-central&distribution=linode%2Fdebian12"
MODULES = ("session", "session_cookie", "alias")
WITH_TLS = (*MODULES, "socache_shmcb", "ssl")
TICK = os.sysconf("SC_CLK_TCK")

# As much as this machine allows; children inherit it.
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)


# ---------------------------------------------------------------- Linode

def read(name):
    return json.loads((DATA / f"{name}.json").read_text())


def multiplied(items, times):
    """So many times as many: each once more under other names."""
    return [item if not copy else {**item, "id": f"{item['id']}-{copy}",
                                   "label": f"{item.get('label', item['id'])} {copy}"}
            for copy in range(times) for item in items]


def write_catalog(directory, times=1, scripts=1):
    """Every list as upstream serves it, on one page."""
    availability = [{"region": region, "plan": plan, "available": available}
                    for region, plans in read("availability").items()
                    for plan, available in plans.items()]
    images = [image for image in read("images") if image["is_public"] and image["vendor"]]
    for name, items in {"linode-types": multiplied(read("types"), times),
                        "regions": multiplied(read("regions"), times),
                        "images": multiplied(images, times),
                        "regions-availability": availability}.items():
        (directory / f"{name}.json").write_text(json.dumps(
            {"data": items, "page": 1, "pages": 1, "results": len(items)}))
    script = {**read("stackscripts")[0], "images": ["any/all"], "user_defined_fields": []}
    for number in range(scripts):
        (directory / f"linode-stackscripts-{SCRIPT + number}.json").write_text(
            json.dumps({**script, "id": SCRIPT + number}))


class Upstream:
    """t/bench/upstream.c; what a Site wants of a Linode."""

    def __init__(self, directory, tls=False, times=1, scripts=1):
        write_catalog(directory, times, scripts)
        files = Authority(directory).server() if tls else []
        self.process = subprocess.Popen([BUILD / "bench" / "upstream", directory, *files],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        origin = f"{'https' if tls else 'http'}://localhost:{self.process.stdout.readline().strip()}"
        self.login, self.api = origin, origin + "/v4"
        self.directives = {"CAFile": directory / "Test-authority.pem"} if tls else {}

    def register(self, redirect_uri):
        del redirect_uri
        return "bench", "0" * 64

    def order(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return self.process.stdout.readline()

    def delay(self, token=0, profile=0, create=0, revoke=0):
        self.order("delay", token, profile, create, revoke)

    def stats(self):
        return json.loads(self.order("stats"))

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


# ---------------------------------------------------------------- httpd

def threads(number, children=1):
    """Of the event MPM: so many children, all from the start, with so many threads each."""
    everybody = number * children
    return (f"ServerLimit {children}\nStartServers {children}\nThreadLimit {number}\n"
            f"ThreadsPerChild {number}\nMaxRequestWorkers {everybody}\n"
            f"MinSpareThreads 1\nMaxSpareThreads {everybody}\n"
            "AsyncRequestWorkerFactor 20\nMaxKeepAliveRequests 0\nKeepAliveTimeout 60\n")


def start(upstream, config, mounts=1, server=None, modules=MODULES, **directives):
    """A server with mounts at /0, /1, …, each of another script."""
    server = server or Server()
    sites = [Site(upstream, server.port, path=f"/{number}", **{
        **upstream.directives, "StackScriptID": SCRIPT + number, "Timeout": "5s 60s", **directives})
        for number in range(mounts)]
    server.write(config + "\n".join(site.section() for site in sites), modules=modules,
                 log_level="info")
    server.start()
    return server


def seconds_of(process):
    """Processor time of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cpu(server):
    """Processor time of the whole server so far, in seconds."""
    return sum(seconds_of(process) for process in {server.process.pid, *server.children()})


def memory(server):
    """Proportional set size of the whole server in MiB, and what of it is no file's."""
    total, own = 0, 0
    for process in {server.process.pid, *server.children()}:
        words = Path(f"/proc/{process}/smaps_rollup").read_text().split()
        total += int(words[words.index("Pss:") + 1])
        own += int(words[words.index("Pss_Anon:") + 1])
    return total / 1024, own / 1024


# ---------------------------------------------------------------- visitors

def request(method, path, status, body="", **headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "User-Agent: Mozilla/5.0 (bench)",
             "Accept: text/html", *(f"{name.replace('_', '-')}: {value}"
                                    for name, value in headers.items())]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded",
                  "Sec-Fetch-Site: same-origin", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines) + f"\r\n\r\n{body}{chr(10) if body else ''}--{status}\n"


def deploy_requests(mount="/0"):
    """What a visitor sends from the form to the result."""
    return (request("GET", f"{mount}/", 200, Accept_Encoding="gzip") +
            request("POST", f"{mount}/", 303, CHOICE) +
            request("GET", f"{mount}/auth_callback?code=0123456789abcdef0123&state={{state}}", 303,
                    Cookie="{cookie}") +
            request("GET", "{path}", 200, Cookie="{cookie}"))


def start_load(server, requests, visitors=64, seconds=2.0, visits=0, how="repeat", stderr=None):
    process = subprocess.Popen(
        [BUILD / "bench" / "load", str(server.port), how, str(visitors), str(seconds),
         str(visits)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
        text=True)
    process.stdin.write(requests)
    process.stdin.close()
    return process


def end_load(process):
    report = json.loads(process.stdout.read())
    _, _, usage = os.wait4(process.pid, 0)
    report["own"] = usage.ru_utime + usage.ru_stime
    return report


def load(server, requests, **arguments):
    """The report of load.c, with the processor time of httpd for each visit in milliseconds."""
    before = cpu(server)
    report = end_load(start_load(server, requests, **arguments))
    report["cpu"] = (cpu(server) - before) * 1000 / max(1, report["visits"])
    report["rate"] = report["visits"] / report["seconds"]
    return report


def wait_for_revocations(upstream, made):
    """Until as many tokens have been revoked as were made."""
    revoked, until = 0, time.monotonic() + 30
    while revoked < made and time.monotonic() < until:
        time.sleep(0.05)
        revoked += upstream.stats()["revoke"]
    return revoked
