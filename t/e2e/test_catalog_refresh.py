# SPDX-License-Identifier: Apache-2.0
"""The catalog is read behind the answers, once for all, kept on disk, and outlives Linode's bad days."""
import json
import os
import signal
from pathlib import Path

import pytest
from harness.server import Site
from harness.visitor import Visitor

READ = ("types.list", "regions.list", "images.list", "availability.list")
KINDS = ("types", "regions", "images", "stackscript", "availability")


def copies(server):
    return {path.name.split("-")[1]: path for path in server.state.glob("catalog-*.json")}


def wait_for_copies(server):
    """All five, so that nothing is on its way to Linode any more."""
    server.wait_until(lambda: set(copies(server)) == set(KINDS) and all(
        "data" in json.loads(path.read_text()) for path in copies(server).values()))


def make_older(server, seconds):
    """The copies of a server that does not run."""
    for path in copies(server).values():
        copy = json.loads(path.read_text())
        copy["read"] -= seconds * 1_000_000
        path.write_text(json.dumps(copy))


def down(linode):
    return linode.fault("*", "status", count=None, code=503)


def back(linode):
    linode.control("DELETE", "faults")


def form(visitor):
    page = visitor.get("/")
    return page if page.status_code == 200 else None


def lock_holders(server):
    """Process ids that hold a lock of the catalog."""
    inodes = {path.stat().st_ino for path in server.state.glob("catalog-*.lock")}
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return {int(line[4]) for line in lines
            if line[1] == "FLOCK" and int(line[5].rpartition(":")[2]) in inodes}


# ---------------------------------------------------------------- Linode down

def test_restart_while_linode_is_down(bench, linode):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    before = visitor.get("/")
    wait_for_copies(server)
    server.stop()
    down(linode)
    server.expect_log("LO0421")
    server.start()
    after = visitor.get("/")
    assert after.status_code == 200 and after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]
    server.wait_until(lambda: "LO0421" in server.log())
    assert visitor.get("/").content == before.content
    assert visitor.start().startswith(linode.login)


def test_first_start_while_linode_is_down(bench, linode):
    down(linode)
    server = bench.server()
    site = bench.site(server)
    server.write(site.section())
    server.expect_log("LO0421|LO0412")
    server.start()
    visitor = Visitor(site, server)
    page = visitor.get("/")
    assert page.status_code == 503 and "could not be read just now" in page.text
    assert int(page.headers["Retry-After"]) > 0
    assert visitor.get("/").status_code == 503
    back(linode)
    server.wait_until(lambda: form(visitor))
    assert "LO0423" in server.log()


def test_new_patterns_on_an_old_copy(bench, linode):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    assert "g6-nanode-1" in visitor.get("/").text
    wait_for_copies(server)
    server.stop()
    down(linode)
    server.expect_log("LO0421")
    site.directives["Types"] = "g6-standard-*"
    server.write(site.section())
    server.start()
    page = visitor.get("/").text
    assert "g6-nanode-1" not in page and "g6-standard-2" in page


def test_nobody_waits_while_linode_hangs(bench, linode):
    server, site = bench.serve(Timeout="2s 300s")
    visitor = Visitor(site, server)
    first = visitor.get("/")
    wait_for_copies(server)
    server.stop()
    linode.control("DELETE", "journal")
    linode.fault("*", "hang", count=None)
    server.start()
    server.wait_until(lambda: linode.journal("types.list"))
    page = visitor.get("/")
    assert page.content == first.content
    assert "LO0421" not in server.log(), "the question hangs all the while"


@pytest.mark.parametrize("spoil", ["empty", "html", "not_json", "objects"])
def test_rubbish_is_not_taken(bench, linode, spoil):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    before = visitor.get("/")
    wait_for_copies(server)
    server.stop()
    if spoil == "empty":
        linode.settings(empty_catalogs=["types", "regions", "images"])
    elif spoil == "html":
        linode.fault("*", "status", count=None, code=200, body="html")
    elif spoil == "not_json":
        linode.fault("*", "not_json", count=None)
    else:
        linode.fault("*", "lie", count=None,
                     body={"data": [{"name": "x"}], "page": 1, "pages": 1, "results": 1})
    server.expect_log("LO0421")
    server.start()
    server.wait_until(lambda: server.log().count("LO0421") >= 3)
    assert visitor.get("/").content == before.content


# ---------------------------------------------------------------- once for all

def test_several_mounts_read_what_they_share_once(bench, linode):
    server = bench.server()
    sites = [Site(linode, server.port, path=f"/{name}", StackScriptID=script)
             for name, script in (("a", "320826"), ("b", "700001"), ("c", "320826"))]
    server.secrets.update(site.secret for site in sites)
    server.write("\n".join(site.section() for site in sites))
    server.start()
    for site in sites:
        assert Visitor(site, server).get("/").status_code == 200
    server.wait_until(lambda: len(copies(server)) == len(KINDS))
    assert {name: len(linode.journal(name)) for name in READ} == dict.fromkeys(READ, 1)
    assert len(linode.journal("stackscripts.get")) == 2
    assert not [call for call in linode.journal() if "authorization" in call["headers"]]


def test_several_children_read_once(bench, linode):
    server, site = bench.serve(extra="StartServers 2\n")
    server.wait_until(lambda: len(server.children()) >= 2)
    for _ in range(8):
        assert Visitor(site, server).get("/").status_code == 200
    wait_for_copies(server)
    assert {name: len(linode.journal(name)) for name in READ} == dict.fromkeys(READ, 1)


def test_a_reader_that_is_killed_is_replaced(bench, linode):
    linode.fault("types.list", "hang")
    server, site = bench.serve(extra="StartServers 2\n", Timeout="2s 300s")
    server.wait_until(lambda: not linode.control("GET", "faults")["faults"])
    server.expect_log("exit signal Killed")
    first = lock_holders(server)
    for holder in first:
        os.kill(holder, signal.SIGKILL)
    assert server.wait_until(lambda: form(Visitor(site, server)))
    wait_for_copies(server)
    assert lock_holders(server) and not lock_holders(server) & first


def test_killed_reader_does_not_read_again(bench, linode):
    """What the dead one has read is fresh enough for whoever comes after it."""
    server, site = bench.serve(extra="StartServers 2\n")
    assert Visitor(site, server).get("/").status_code == 200
    wait_for_copies(server)
    server.expect_log("exit signal Killed")
    first = lock_holders(server)
    for holder in first:
        os.kill(holder, signal.SIGKILL)
    server.wait_until(lambda: lock_holders(server) - first)
    assert Visitor(site, server).get("/").status_code == 200
    assert len(linode.journal("types.list")) == 1


def test_graceful_restart_reads_anew(bench, linode):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    assert "Changed plan" not in visitor.get("/").text
    wait_for_copies(server)
    linode.control("POST", "data", json={"types": {"g6-nanode-1": {"label": "Changed plan"}}})
    server.graceful()
    server.wait_until(lambda: "Changed plan" in visitor.get("/").text)


def test_what_is_in_force_is_said(shop):
    assert "LO0420" in shop.server.log()


# ---------------------------------------------------------------- files

@pytest.mark.parametrize("damage", ["", "rubbish", "[]", '{"format": 0}', "half"])
def test_damaged_files_are_replaced(bench, linode, damage):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    before = visitor.get("/")
    wait_for_copies(server)
    server.stop()
    for path in copies(server).values():
        text = path.read_text()
        path.write_text(text[:len(text) // 2] if damage == "half" else damage)
    server.expect_log("LO0424")
    server.start()
    assert visitor.get("/").content == before.content
    wait_for_copies(server)
    assert server.log().count("LO0424") == len(KINDS)


def test_damaged_files_while_linode_is_down(bench, linode):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    assert visitor.get("/").status_code == 200
    wait_for_copies(server)
    server.stop()
    for path in copies(server).values():
        path.write_text("{}")
    down(linode)
    server.expect_log("LO0424|LO0421|LO0412")
    server.start()
    assert visitor.get("/").status_code == 503
    back(linode)
    server.wait_until(lambda: form(visitor))


# ---------------------------------------------------------------- age

def test_old_catalog_says_so(bench, linode):
    server, site = bench.serve()
    visitor = Visitor(site, server)
    fresh = visitor.get("/")
    assert "old, and Linode may charge" not in fresh.text
    wait_for_copies(server)
    server.stop()
    make_older(server, 3 * 3600 + 60)
    down(linode)
    server.expect_log("LO0422.*3 hours old")
    server.start()
    old = visitor.get("/")
    assert "What you see is 3 hours old" in old.text
    assert old.headers["ETag"] != fresh.headers["ETag"]
    assert visitor.get("/", headers={"Accept": "application/json"}).json()["catalog_age"] == "3 hours"
    server.wait_until(lambda: "LO0422" in server.log())
    server.stop()
    back(linode)
    server.start()
    again = server.wait_until(
        lambda: page if (page := visitor.get("/")).content != old.content else None)
    assert again.content == fresh.content and again.headers["ETag"] == fresh.headers["ETag"]
