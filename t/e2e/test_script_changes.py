# SPDX-License-Identifier: Apache-2.0
"""The script or its image changes at Linode while the visitor is at his login: nothing is created,
Linode's words are told, no token is left, and what was chosen is kept until it can be had again."""
import json
from pathlib import Path

import pytest
from harness.faults import Seen
from harness.linode import TOP
from harness.visitor import Visitor, password_in

SCRIPT, IMAGE = "320826", "linode/debian12"

# What changes, and what Linode says of it.
CHANGES = {
    "script gone": ({"stackscripts": {SCRIPT: None}}, "stackscript_id is not valid"),
    "script private": ({"stackscripts": {SCRIPT: {"is_public": False}}},
                       "stackscript_id is not valid"),
    "script asks more": ({"stackscripts": {SCRIPT: {"user_defined_fields": [
        {"name": "colour", "label": "Colour"}]}}}, "A value for the UDF &#39;colour&#39; is required"),
    "script without the image": ({"stackscripts": {SCRIPT: {"images": ["linode/debian13"]}}},
                                 "image is not valid for this StackScript"),
    "image gone": ({"images": {IMAGE: None}}, "image is not valid"),
    "image not ready": ({"images": {IMAGE: {"status": "creating"}}}, "image is not valid"),
    "plan gone": ({"types": {"g6-nanode-1": None}}, "A valid plan type"),
    "region without scripts": ({"regions": {"eu-central": {"capabilities": ["Linodes"]}}},
                               "StackScripts are not available in this region"),
}


def as_it_was():
    """The data that the sandbox begins with, of everything that changes here."""
    def row(name, key):
        rows = json.loads((Path(TOP) / f"t/sandbox/data/{name}.json").read_text())
        return {name: {key: next(one for one in rows if str(one["id"]) == key)}}
    return {**row("stackscripts", SCRIPT), **row("images", IMAGE), **row("types", "g6-nanode-1"),
            **row("regions", "eu-central")}


def test_operator_takes_another_script_during_the_login(shop, linode):
    """The Linode gets the script whose questions the visitor has answered."""
    callback = shop.consent(shop.start())
    before = shop.server.children()
    shop.site.directives["StackScriptID"] = "700002"
    shop.server.write(shop.site.section(), log_level="debug")
    shop.server.graceful()
    shop.server.wait_until(lambda: shop.server.children()
                           and not shop.server.children() & before)
    assert shop.get(callback).status_code == 303
    [create] = linode.journal("instances.create")
    assert create["body"]["stackscript_id"] == int(SCRIPT)


def look(linode, answer):
    return Seen(answer.status_code, answer.text, set(), len(linode.linodes()), 0, False, "")


@pytest.mark.parametrize("change", CHANGES)
def test_change_during_the_login(shop, linode, change):
    data, words = CHANGES[change]
    shop.server.expect_log("LO0406")
    callback = shop.consent(shop.start())
    linode.control("POST", "data", json=data)
    answer = shop.get(callback)
    seen = look(linode, answer)
    assert (seen.status, seen.created, seen.linodes) == (422, "nothing", 0)
    assert "LO0406" in shop.server.log() and words in answer.text
    assert len(linode.journal("instances.create")) == 1, "what is refused is not tried again"
    assert seen.link(r'[^"]*\?region=eu-central[^"]*'), "a way back to the form, with the choices"
    linode.wait_for_no_tokens()

    linode.control("POST", "data", json=as_it_was())
    login = shop.get(f"/deploys/{seen.flow}/login").headers["Location"]
    page = shop.result(shop.get(shop.consent(login)))
    [created] = linode.linodes()
    assert linode.has_password(created["id"], password_in(page.text))
    linode.wait_for_no_tokens()


def test_new_question_is_asked_when_the_visitor_comes_back(bench, linode):
    server, site = bench.serve(CatalogRefresh="10s")
    visitor = Visitor(site, server)
    server.expect_log("LO0406")
    callback = visitor.consent(visitor.start())
    linode.control("POST", "data", json=CHANGES["script asks more"][0])
    seen = look(linode, visitor.get(callback))
    form = seen.link(r'[^"]*\?region=[^"]*')
    server.wait_until(lambda: 'name="udf.colour"' in visitor.get(form).text)
    visitor.deploy(**{"udf.colour": "red"})
    [created] = linode.linodes()
    [*_, call] = linode.journal("instances.create")
    assert call["body"]["stackscript_data"] == {"colour": "red"}
    assert call["body"]["label"] == created["label"]


def test_script_that_stays_away(bench, linode):
    """The form serves on from its copy, the operator is told, and no login makes anything."""
    server, site = bench.serve(CatalogRefresh="10s")
    visitor = Visitor(site, server)
    server.expect_log("LO0421|LO0406")
    assert visitor.get("/").status_code == 200
    linode.control("POST", "data", json=CHANGES["script gone"][0])
    server.wait_until(lambda: "LO0421" in server.log())
    assert f"the StackScript {SCRIPT} does not exist or is not public" in server.log()
    seen = look(linode, visitor.get(visitor.consent(visitor.start())))
    assert (seen.status, seen.created, seen.linodes) == (422, "nothing", 0)
    linode.wait_for_no_tokens()
    linode.control("POST", "data", json=as_it_was())
    visitor.deploy()
    assert len(linode.linodes()) == 1
