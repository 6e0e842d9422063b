# SPDX-License-Identifier: Apache-2.0
"""Too many starts or callbacks from one address: 429 before anything is asked of Linode."""
import http.client
import re

import pytest
from harness.server import free_port
from harness.visitor import CHOICE, Visitor

REMOTE = "RemoteIPHeader X-Client\nRemoteIPInternalProxy 127.0.0.1\n"
MODULES = ("session", "session_cookie", "remoteip")


@pytest.fixture
def limited(bench):
    def serve(rate):
        server = bench.server()
        site = bench.site(server, VisitorRate=rate)
        server.write(REMOTE + site.section(), MODULES)
        return Visitor(site, server.start())
    return serve


def test_starts_over_the_limit(limited, linode):
    visitor = limited("3/1h")
    visitor.get("/")
    calls = len(linode.journal())
    for _ in range(3):
        assert visitor.post("/", CHOICE).status_code == 303
    answer = visitor.post("/", CHOICE)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 1200
    assert "Set-Cookie" not in answer.headers
    assert len(linode.journal()) == calls
    assert visitor.get("/").status_code == 200, "looking is free"


def test_callbacks_count_too(limited, linode):
    visitor = limited("2/1h")
    callback = visitor.consent(visitor.start())
    assert visitor.get("/auth_callback?code=a&state=b").status_code == 400
    answer = visitor.get(callback)
    assert answer.status_code == 429
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not linode.journal("oauth.token")


def test_addresses_do_not_disturb_each_other(limited):
    visitor = limited("1/1h")

    def post(address):
        return visitor.post("/", CHOICE, headers={"X-Client": address}).status_code

    assert [post("198.51.100.1"), post("198.51.100.1"), post("198.51.100.2")] == [303, 429, 303]
    assert [post("2001:db8:1:2::1"), post("2001:db8:1:2:ffff::9"), post("2001:db8:1:3::1")] == [
        303, 429, 303], "an IPv6 network of 64 bits is one visitor"
    assert [post("::ffff:198.51.100.1"), post("::ffff:198.51.100.3")] == [
        429, 303], "an IPv4 address is one, however it is written"


@pytest.fixture
def dual(bench):
    """A mount at a socket of IPv6 that takes IPv4 as well, as `Listen 80` opens one; httpd sees
    ::ffff:127.0.0.2 there. Answers with the status of a callback from an address."""
    def serve(rate):
        server, port = bench.server(), free_port()
        server.write(f"Listen [::]:{port}\n" + bench.site(server, VisitorRate=rate).section())
        server.start()

        def ask(address):
            connection = http.client.HTTPConnection("127.0.0.1", port, 10, (address, 0))
            connection.request("GET", "/auth_callback?code=a&state=b")
            return connection.getresponse().status
        return ask
    return serve


def test_ipv4_is_no_network_of_ipv6(dual):
    ask = dual("1/1h")
    assert [ask("127.0.0.2"), ask("127.0.0.2"), ask("127.0.0.3")] == [400, 429, 400]


def test_default_spares_loopback_of_ipv4_at_ipv6(dual):
    ask = dual(None)
    assert {ask("127.0.0.1") for _ in range(70)} == {400}


def test_wide_networks_of_one_visitor(limited):
    """Whoever has a /56 or a /48 may do more, but not as much as all of its networks; and who has a
    /56 locks nobody out of the /48 that it is in."""
    visitor = limited("1/1h")

    def post(place, network):
        address = f"2001:db8:1:{place:02x}{network:02x}::1"
        return visitor.post("/", CHOICE, headers={"X-Client": address}).status_code

    answers = [post(1, network) for network in range(40)]
    assert answers == [303] * 8 + [429] * 32, "a /56"
    others = [post(2 + place, network) for place in range(8) for network in range(8)]
    assert others == [303] * 56 + [429] * 8, "a /48"
    elsewhere = visitor.post("/", CHOICE, headers={"X-Client": "2001:db8:2:100::1"})
    assert elsewhere.status_code == 303


def test_bucket_fills_up_again(limited):
    visitor = limited("100/1s")
    answers = {visitor.post("/", CHOICE).status_code for _ in range(30)}
    assert answers == {303}


def test_wait_is_never_told_as_none(limited):
    """Less than a second is one."""
    visitor = limited("1/1s")
    for _ in range(50):
        answer = visitor.get("/auth_callback?code=x&state=y")
        if answer.status_code == 429:
            break
    assert answer.headers["Retry-After"] == "1"


def test_off(limited):
    visitor = limited("0")
    assert {visitor.post("/", CHOICE).status_code for _ in range(80)} == {303}


def test_default_spares_loopback_alone(bench):
    server = bench.server()
    site = bench.site(server)
    server.write(REMOTE + site.section(), MODULES)
    visitor = Visitor(site, server.start())
    assert {visitor.post("/", CHOICE).status_code for _ in range(70)} == {303}
    answers = [visitor.post("/", CHOICE, headers={"X-Client": "198.51.100.1"}).status_code
               for _ in range(70)]
    assert answers.count(429) >= 5 and answers[:60] == [303] * 60


def test_mounts_are_counted_apart(bench):
    server = bench.server()
    sites = [bench.site(server, path=path, VisitorRate="1/1h") for path in ("/one", "/two")]
    server.write("\n".join(site.section() for site in sites))
    server.start()
    for site in sites:
        visitor = Visitor(site, server)
        assert [visitor.post("/", CHOICE).status_code for _ in range(2)] == [303, 429]


def test_result_that_leads_to_a_login_counts(limited):
    """An older session leads to one as often as it is sent; in a database each leaves a row."""
    visitor = limited("4/1h")
    visitor.start()
    page = visitor.get("/auth_callback?code=a&state=b")
    result = "/deploys/" + re.search(r"flow=(\w+)", page.text).group(1)
    cookies = dict(visitor.session.cookies)
    answers = [Visitor(visitor.site).get(result, cookies=cookies) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 429, 429]
    assert "Set-Cookie" not in answers[3].headers and "Retry-After" in answers[3].headers


def test_forgetting_counts(limited):
    """In a database each leaves a row, as often as an older session is sent."""
    visitor = limited("3/1h")
    page = visitor.deploy()
    cookies = dict(visitor.session.cookies)
    answers = [Visitor(visitor.site).post(page.url + "/forget", cookies=cookies).status_code
               for _ in range(2)]
    assert answers == [303, 429]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("destination", ["image", "iframe", "script", "empty", "object"])
def test_other_sites_do_not_use_it_up(limited, linode, site, destination):
    """A page full of such pictures would keep its readers, and all behind their address, out."""
    visitor = limited("2/1h")
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Dest": destination}
    for _ in range(3):
        for path in ("/auth_callback?code=a&state=b", "/deploys/abcdefgh/login"):
            assert visitor.get(path, headers=headers).status_code == 403
        assert visitor.post("/", CHOICE, headers=headers).status_code == 403
    callback = visitor.consent(visitor.start())
    answer = visitor.get(callback, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Dest": "document"})
    assert answer.status_code == 303 and len(linode.linodes()) == 1


def test_program_that_says_it_is_another_site_gets_nowhere(limited, linode):
    visitor = limited("1/1h")
    visitor.get("/auth_callback?code=a&state=b")
    for headers in ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
                    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, {}):
        answer = visitor.get("/auth_callback?code=a&state=b", headers=headers)
        assert answer.status_code in (403, 429)
    assert not linode.journal("oauth.token")
