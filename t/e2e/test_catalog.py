# SPDX-License-Identifier: Apache-2.0
"""What the form offers: plans, regions and the StackScript's images that can work."""
import re

import pytest
from harness.visitor import Visitor


def offered(visitor, name):
    page = visitor.get("/", headers={"Accept": "application/json"}).json()
    if name == "images":
        return {image["id"]["id"] for image in page["stackscript"]["images"]}
    return {row["id"] for row in page[name]}


def test_script_without_limits_offers_all_public_images(bench, linode):
    server, site = bench.serve(StackScriptID="700002")
    images = offered(Visitor(site, server), "images")
    assert {"linode/debian12", "linode/alpine3.22"} <= images
    assert not [image for image in images if "kube" in image]


def test_images_that_are_gone_are_left_out(bench, linode):
    """Script 700001 allows linode/ubuntu20.04 too."""
    linode.settings(data={"images": {"linode/ubuntu22.04": None}})
    server, site = bench.serve(StackScriptID="700001")
    assert "linode/ubuntu22.04" not in offered(Visitor(site, server), "images")


def test_script_with_dead_images_only(bench, linode):
    server, site = bench.serve(StackScriptID="700003")
    server.expect_log("LO0413|LO0430")
    answer = Visitor(site, server).get("/")
    assert answer.status_code == 503
    assert "script" in answer.text


def test_script_that_is_not_public(bench, linode):
    server, site = bench.serve(StackScriptID="700004")
    server.expect_log("LO0413.*700004|LO0430.*700004")
    assert Visitor(site, server).get("/").status_code == 503


def test_regions_where_scripts_do_not_run_are_left_out(shop):
    regions = offered(shop, "regions")
    assert "eu-central" in regions
    assert not regions & {"nz-akl-1", "us-den-1"}, "distributed regions have no StackScripts"


def test_patterns_choose(bench):
    server, site = bench.serve(Types='"Linode *" !g6-standard-1', Regions="eu-* us-east",
                               Images="linode/debian*")
    visitor = Visitor(site, server)
    types = offered(visitor, "types")
    assert "g6-standard-2" in types and "g6-standard-1" not in types
    assert "g6-nanode-1" not in types
    assert offered(visitor, "regions") == {"eu-central", "eu-west", "us-east"}
    assert all(image.startswith("linode/debian") for image in offered(visitor, "images"))


def test_catalog_is_read_once_and_kept(shop, linode):
    for _ in range(5):
        assert shop.get("/").status_code == 200
    assert len(linode.journal("types.list")) == 1


def test_values_are_escaped(bench, linode):
    linode.settings(data={"regions": {"eu-central": {"label": "<script>alert(1)</script>"}}})
    server, site = bench.serve()
    page = Visitor(site, server).get("/").text
    assert "<script>alert" not in page
    assert re.search(r"&lt;script&gt;alert\(1\)", page)


IMPOSSIBLE = {
    "no plan": dict(Types="g9-none"),
    "no region": dict(Regions="mars-*"),
    "no image": dict(Images="linode/plan9"),
    "no plan in any region": dict(Types="g1-gpu-*", Regions="br-gru"),
}


@pytest.mark.parametrize("directives", IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
def test_what_can_never_work_is_a_plain_page_and_no_form(bench, directives):
    server, site = bench.serve(**directives)
    server.expect_log("LO0413|LO0430")
    answer = Visitor(site, server).get("/")
    assert answer.status_code == 503
    assert "This script cannot be installed now" in answer.text and "<form" not in answer.text
    assert re.search(rf'href="{site.path}">Look again</a>', answer.text)
