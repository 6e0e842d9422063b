# SPDX-License-Identifier: Apache-2.0
"""Images by vendor, the newest first; those that nobody mends any more are marked, then left out."""
import html
import re
from datetime import datetime, timedelta, timezone

from harness.visitor import CHOICE, Visitor


def day(back):
    return (datetime.now(timezone.utc) - timedelta(days=back)).strftime("%Y-%m-%d")


def patch(linode, **images):
    linode.control("POST", "data", json={"images": {
        "linode/" + name.replace("_", "."): change for name, change in images.items()}})


def offered(page):
    """Groups and options of the image's list."""
    select = re.search(r'<select id="distribution".*?</select>', page, re.S).group(0)
    return [(html.unescape(label), [html.unescape(text) for text in
                                    re.findall(r"<option[^>]*>([^<]*)<", group)])
            for label, group in re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', select,
                                           re.S)]


def test_by_vendor_and_newest_first(bench):
    server, site = bench.serve(StackScriptID="700002")
    groups = offered(Visitor(site, server).get("/").text)
    vendors = [vendor for vendor, _ in groups]
    assert vendors == sorted(vendors, key=str.lower) and "Debian" in vendors
    debian = dict(groups)["Debian"]
    assert [text.split(" (")[0] for text in debian] == ["Debian 13", "Debian 12", "Debian 11"]


def test_newest_is_what_was_made_last(bench, linode):
    patch(linode, debian12={"created": "2026-01-01T00:00:00"})
    server, site = bench.serve()
    assert dict(offered(Visitor(site, server).get("/").text))["Debian"] == ["Debian 12", "Debian 13"]


def test_end_of_life_is_marked_and_later_left_out(bench, linode):
    patch(linode, debian12={"eol": day(30) + "T04:00:00", "deprecated": True},
          debian13={"eol": day(-30) + "T04:00:00"}, ubuntu24_04={"eol": day(200) + "T04:00:00"})
    server, site = bench.serve()
    visitor = Visitor(site, server)
    page = visitor.get("/").text
    assert offered(page) == [("Debian", [
        "Debian 13", f"Debian 12 (no longer gets updates since {day(30)})"])]
    told = visitor.get("/", headers={"Accept": "application/json"}).json()["image_groups"]
    assert [image["ended"] for image in told[0]["images"]] == [None, day(30)]
    assert visitor.post("/", CHOICE).status_code == 303, "marked is not refused"
    gone = visitor.post("/", {**CHOICE, "distribution": "linode/ubuntu24.04"})
    assert gone.status_code == 422 and "is not on offer here" in gone.text


def test_one_image_is_no_question(bench, linode):
    patch(linode, debian12={"eol": day(10) + "T04:00:00"})
    server, site = bench.serve(Images="linode/debian12")
    visitor = Visitor(site, server)
    page = visitor.get("/").text
    assert "<select id=\"distribution\"" not in page
    assert re.search(r'is installed on <b data-image>Debian 12</b> \(no longer gets updates since '
                     + day(10) + r'\)\.<input type="hidden" name="distribution" '
                     r'value="linode/debian12">', page)
    visitor.deploy(distribution=re.search(r'name="distribution" value="([^"]+)"', page).group(1))
    [created] = linode.linodes()
    assert created["image"] == "linode/debian12"
    gone = visitor.post("/", {**CHOICE, "distribution": "linode/ubuntu24.04"}).text
    assert "There is only Debian 12 here: send the form again" in gone and "the list" not in gone
    assert '<a href="#distribution">' in gone and gone.count(' id="distribution"') == 1


def test_plan_too_small_for_the_image_says_so(bench, linode):
    linode.control("POST", "data", json={"types": {"g6-nanode-1": {"disk": 2400}}})
    patch(linode, ubuntu24_04={"size": 2000}, debian12={"size": 1800})
    server, site = bench.serve()
    visitor = Visitor(site, server)

    def row(page):
        return re.search(r'<input[^>]* value="g6-nanode-1"[^>]*>.*?</label>', page, re.S).group(0)
    everywhere = row(visitor.get("/").text)
    assert 'data-tight="linode/ubuntu24.04"' in everywhere and " disabled" not in everywhere
    chosen = row(visitor.post("/", {**CHOICE, "distribution": "linode/ubuntu24.04",
                                    "show": "region"}).text)
    assert " disabled" in chosen and "does not fit on the disk of this plan" in chosen
    assert " disabled" not in row(visitor.get("/?image=linode/debian12").text)
