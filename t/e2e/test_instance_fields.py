# SPDX-License-Identifier: Apache-2.0
"""LinodeOAuthInstance: further fields of each new Linode, of the types that Linode wants."""
from harness.visitor import CHOICE, Visitor

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk"


def serve(bench, *lines, around=(), **directives):
    server = bench.server()
    site = bench.site(server, **directives)
    section = site.section().replace(
        "</Location>", "".join(f"    LinodeOAuthInstance {line}\n" for line in lines)
        + "</Location>")
    server.write("".join(f"LinodeOAuthInstance {line}\n" for line in around) + section)
    server.start()
    return Visitor(site, server)


def created(linode):
    [call] = linode.journal("instances.create")
    return call["body"]


def test_fields_have_their_types(bench, linode):
    visitor = serve(bench, "private_ip true", "booted off", "swap_size 1024",
                    "disk_encryption disabled", "alerts '{\"cpu\": 180}'",
                    f"authorized_keys '[\"{KEY}\"]'")
    visitor.deploy()
    body = created(linode)
    assert body["private_ip"] is True and body["booted"] is False
    assert body["swap_size"] == 1024 and body["disk_encryption"] == "disabled"
    assert body["alerts"] == {"cpu": 180} and body["authorized_keys"] == [KEY]
    assert body["label"].startswith("hello-page-") and body["group"] == "Hello page"


def test_nothing_more_is_sent_by_itself(shop, linode):
    shop.deploy()
    assert set(created(linode)) == {"label", "type", "region", "image", "root_pass", "group",
                                    "tags", "stackscript_id"}


def test_lines_add_up_and_inner_ones_count(bench, linode):
    serve(bench, "swap_size 256", around=("private_ip true", "swap_size 1024")).deploy()
    body = created(linode)
    assert body["private_ip"] is True and body["swap_size"] == 256


def test_swap_needs_room_on_the_disk(bench, linode):
    visitor = serve(bench, "swap_size 24000")
    answer = visitor.post("/", CHOICE)
    assert answer.status_code == 422 and "does not fit on the disk" in answer.text
    assert not linode.journal("oauth.authorize")


def test_swap_that_no_disk_has_room_for(bench, linode):
    """It counts too where the module finds out beforehand whether anything can be installed."""
    visitor = serve(bench, "swap_size 20000000")
    visitor.server.expect_log("LO0413|LO0430")
    assert visitor.get("/").status_code == 503
    visitor.server.wait_until(lambda: "LO0430" in visitor.server.log())


def test_what_costs_or_lets_others_in_is_told(bench, linode):
    visitor = serve(bench, "backups_enabled true", f"authorized_keys '[\"{KEY}\"]'")
    page = visitor.get("/").text
    assert 'name="backups"' not in page and "put SSH keys on the Linode" in page
    assert KEY not in page
    told = visitor.post("/", {**CHOICE, "show": "region"}).text
    assert "<dt>Backups</dt><dd data-slip=\"backups\" data-none=\"price not known\">$2<" in told
    assert 'data-slip="monthly" data-none="—">$7</dd>' in told
    visitor.deploy()
    assert created(linode)["backups_enabled"] is True


def test_answer_that_was_lost_is_still_found(bench, linode):
    visitor = serve(bench, "private_ip true", "backups_enabled true")
    linode.fault("instances.create", "reset", when="after")
    visitor.deploy()
    assert len(linode.linodes()) == 1


def test_values_are_not_for_visitors(bench):
    secret = "I2Nsb3VkLWNvbmZpZw=="
    visitor = serve(bench, f"metadata '{{\"user_data\": \"{secret}\"}}'")
    for headers in ({}, {"Accept": "application/json"}):
        assert secret not in visitor.get("/", headers=headers).text
