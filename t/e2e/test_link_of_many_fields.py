# SPDX-License-Identifier: Apache-2.0
"""A link costs about what the form costs, whatever it repeats: no rate limit counts it."""
import os
from pathlib import Path

from harness.visitor import Visitor

TICKS = os.sysconf("SC_CLK_TCK")
ROUNDS = 25


def seconds_used(server):
    stats = (Path(f"/proc/{child}/stat").read_text() for child in server.children())
    fields = (stat.rsplit(")", 1)[1].split() for stat in stats)
    return sum(int(times[11]) + int(times[12]) for times in fields) / TICKS


def cost(visitor, query):
    assert visitor.get("/?" + query).status_code == 200
    before = seconds_used(visitor.server)
    for _ in range(ROUNDS):
        visitor.get("/?" + query)
    return seconds_used(visitor.server) - before


def test_field_that_comes_hundreds_of_times(bench):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    plain = cost(visitor, "udf.a=1")
    assert cost(visitor, "&".join(["udf.a=1"] * 900)) < 6 * plain + 0.1


def test_empty_fields_say_nothing(bench):
    server, site = bench.serve(StackScriptID="700001")
    visitor = Visitor(site, server)
    page = visitor.get("/?udf.addons=&udf.site_name=&udf.addons=stats&udf.addons=chat",
                       headers={"Accept": "application/json"}).json()
    assert page["notes"] == []
    assert {question["name"]: question["value"] for question in page["questions"]}[
        "addons"].strip(",") == "stats,chat"
