# SPDX-License-Identifier: Apache-2.0
"""The operator's numbers: Prometheus' text format, and a section of mod_status."""
import re
import threading

import pytest
import requests
from harness.visitor import Visitor, password_in

METRICS = """
<Location /metrics>
    SetHandler linode-oauth-metrics
</Location>
<Location /status>
    SetHandler server-status
</Location>
"""
MODULES = ("session", "session_cookie", "status")

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ([0-9]+(?:\.[0-9]+)?)")


class Metrics:
    """A scrape, read as strictly as the format (version 0.0.4) allows."""

    def __init__(self, text):
        self.types, self.values = {}, {}
        helped, family = set(), None
        assert text.endswith("\n")
        for line in text[:-1].split("\n"):
            if line.startswith("# HELP "):
                name, words = re.fullmatch(rf"# HELP ({NAME}) (\S.*)", line).groups()
                assert name not in helped and "\\" not in words
                helped.add(name)
            elif line.startswith("# TYPE "):
                family, kind = re.fullmatch(rf"# TYPE ({NAME}) (counter|gauge)", line).groups()
                assert family in helped and family not in self.types
                assert family.endswith("_total") == (kind == "counter")
                self.types[family] = kind
            else:
                name, labels, value = SAMPLE.fullmatch(line).groups()
                assert name == family, f"{name} within {family}"
                assert (name, labels) not in self.values
                self.values[name, labels] = float(value)
        assert helped == set(self.types)
        assert all(name.startswith("linode_oauth_") for name in self.types)

    def __call__(self, name, labels=None):
        return self.values[f"linode_oauth_{name}", labels]


@pytest.fixture
def watched(bench):
    return bench.serve(modules=MODULES, extra=METRICS, path="/install")


def scrape(server):
    answer = requests.get(f"http://localhost:{server.port}/metrics", timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    return Metrics(answer.text)


def test_a_quiet_server_has_every_family(watched):
    server, _ = watched
    metrics = scrape(server)
    assert metrics("logins_total") == metrics("deploys_started_total") == 0
    assert metrics('deploys_failed_total', 'code="LO0301"') == 0
    assert metrics("upstream_waiting") == metrics("tokens_waiting") == 0
    assert metrics("upstream_limit") > 0
    assert metrics("upstream_calls_total", 'operation="token",result="busy"') == 0


def test_a_deploy_is_counted(watched, linode):
    server, site = watched
    visitor = Visitor(site, server)
    etag = visitor.get("/").headers["ETag"]
    visitor.get("/", headers={"If-None-Match": etag})
    visitor.get("/?type=g6-nanode-1")
    visitor.deploy()
    linode.wait_for_no_tokens()
    metrics = server.wait_until(lambda: (found := scrape(server))("tokens_waiting") == 0 and found)
    assert [metrics("forms_total", f'answer="{answer}"')
            for answer in ("shared", "not_modified", "rendered")] == [1, 1, 1]
    assert metrics("logins_total") == metrics("deploys_started_total") == 1
    assert metrics("deploys_finished_total") == 1
    for operation in ("token", "profile", "create", "revoke"):
        assert metrics("upstream_calls_total", f'operation="{operation}",result="ok"') == 1
        assert metrics("upstream_call_seconds_total", f'operation="{operation}"') > 0
    assert metrics("upstream_calls_total", 'operation="catalog",result="ok"') >= 5
    assert metrics("upstream_waiting") == 0


def test_ages_of_the_catalog_are_told_by_address(watched, linode):
    server, site = watched
    Visitor(site, server).get("/")
    metrics = scrape(server)
    ages = {labels: age for (name, labels), age in metrics.values.items()
            if name == "linode_oauth_catalog_age_seconds"}
    assert f'url="{linode.api}/linode/types"' in ages
    assert f'url="{linode.api}/linode/stackscripts/320826"' in ages
    assert len(ages) == 5


def test_problems_are_counted_by_code(watched):
    server, site = watched
    visitor = Visitor(site, server)
    denied = visitor.get(visitor.consent(visitor.start(), "deny"))
    assert denied.status_code == 403
    visitor.get("/nowhere")
    limited = Visitor(site, server, user="atlimit")
    server.expect_log("LO0406")
    limited.get(limited.consent(limited.start()))
    metrics = scrape(server)
    assert metrics("deploys_failed_total", 'code="LO0301"') == 1
    assert metrics("deploys_failed_total", 'code="LO0406"') == 1
    assert metrics("problems_total", 'code="LO0201"') == 1
    assert metrics("upstream_calls_total", 'operation="create",result="refused"') == 1
    assert metrics("deploys_started_total") == 2
    assert metrics("deploys_finished_total") == 0


def test_nothing_of_a_visitor_is_in_it(watched):
    server, site = watched
    visitor = Visitor(site, server)
    page = visitor.deploy(label="its-own-label")
    visitor.get("/?udf.secret=its-own-answer&state=its-own-state")
    visitor.get("/its-own-path")
    texts = [requests.get(f"http://localhost:{server.port}/{path}", timeout=10).text
             for path in ("metrics", "status?auto")]
    texts += [requests.get(f"http://localhost:{server.port}/status", timeout=10).text
              .split("mod_linode_oauth</h2>")[1]]
    secrets = server.secrets | {password_in(page.text), "its-own", "192.0.2.", page.url.split("/")[-1]}
    for text in texts:
        assert not [secret for secret in secrets if secret and secret in text]


def test_a_graceful_restart_goes_on_counting(watched):
    server, site = watched
    Visitor(site, server).start()
    before = server.children()
    server.graceful()
    server.wait_until(lambda: not before & server.children())
    Visitor(site, server).start()
    assert scrape(server)("deploys_started_total") == 2


def test_a_killed_child_counts_and_waits_for_nothing(bench):
    # Two children of 16 threads, so that one answers for the other.
    server, site = bench.serve(modules=MODULES, extra=METRICS + "StartServers 2\nServerLimit 2\n"
                               "MinSpareThreads 16\n", path="/install")

    def both():
        found = scrape(server)
        return found("upstream_limit") == 16 and found

    server.wait_until(both)
    Visitor(site, server).start()
    server.kill_children()
    server.expect_log("AH00052")
    server.wait_until(lambda: len(server.children()) == 2)
    assert server.wait_until(both)("deploys_started_total") == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_read(watched, method):
    server, _ = watched
    answer = requests.request(method, f"http://localhost:{server.port}/metrics", timeout=10)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"] and "POST" not in answer.headers["Allow"]


def test_access_is_the_operators(bench):
    closed = METRICS.split("<Location /status>")[0].replace("</Location>",
                                                            "    Require all denied\n</Location>")
    server, _ = bench.serve(extra=closed, path="/install")
    server.expect_log("AH01630")
    assert requests.get(f"http://localhost:{server.port}/metrics", timeout=10).status_code == 403


def test_a_server_without_a_mount_counts_nothing(bench):
    server = bench.server()
    server.write(METRICS.split("<Location /status>")[0])
    server.start()
    assert requests.get(f"http://localhost:{server.port}/metrics", timeout=10).status_code == 503


def test_mod_status_has_a_section(watched):
    server, site = watched
    Visitor(site, server).start()
    page = requests.get(f"http://localhost:{server.port}/status", timeout=10).text
    assert "<h2>mod_linode_oauth</h2>" in page
    assert '<td>linode_oauth_logins_total</td><td align="right">1</td>' in page
    assert '<td>linode_oauth_forms_total{answer=&quot;shared&quot;}</td>' in page
    lines = requests.get(f"http://localhost:{server.port}/status?auto", timeout=10).text
    assert "\nlinode_oauth_logins_total: 1\n" in lines
    assert "<" not in lines.split("linode_oauth_logins_total")[1]


def test_a_limit_that_is_reached_is_counted(bench, linode):
    server, site = bench.serve(modules=MODULES, extra=METRICS, path="/install",
                               UpstreamLimit="1", Timeout="2s 60s")
    linode.fault("oauth.token", "status", code=500, hold=True)
    server.expect_log("LO0504|LO0404")
    first, second = Visitor(site, server), Visitor(site, server)
    callbacks = [visitor.consent(visitor.start()) for visitor in (first, second)]
    waiting = threading.Thread(target=first.get, args=callbacks[:1])
    waiting.start()
    server.wait_until(lambda: scrape(server)("upstream_waiting") == 1)
    assert second.get(callbacks[1]).status_code == 503
    metrics = scrape(server)
    assert metrics("upstream_refused_total") == 1
    assert metrics("problems_total", 'code="LO0504"') == 1
    assert metrics("deploys_failed_total", 'code="LO0504"') == 0
    linode.no_faults()
    waiting.join()
    server.wait_until(lambda: scrape(server)("upstream_waiting") == 0)
