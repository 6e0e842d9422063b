# SPDX-License-Identifier: Apache-2.0
"""What may be posted: our own form, as a browser writes it, and nothing else."""
import pytest
from harness.visitor import password_in

GOOD = "type=g6-nanode-1&region=eu-central&distribution=linode%2Fdebian12"
URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("headers, status", [
    ({"Sec-Fetch-Site": "same-origin"}, 303),
    ({"Sec-Fetch-Site": "none"}, 303),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "OURS"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": None, "Origin": "https://evil.example"}, 403),
    ({"Sec-Fetch-Site": None, "Origin": "null"}, 403),
    ({"Sec-Fetch-Site": None, "Origin": "OURS.evil.example"}, 403),
    ({"Sec-Fetch-Site": None, "Origin": "OURS1"}, 403),
    ({"Sec-Fetch-Site": None, "Origin": None}, 403),
])
def test_where_a_form_comes_from(shop, linode, headers, status):
    headers = {name: value and value.replace("OURS", shop.site.url)
               for name, value in headers.items()}
    answer = shop.post("/", GOOD, headers={**URLENCODED, **headers})
    assert answer.status_code == status, answer.text
    if status == 403:
        assert "Set-Cookie" not in answer.headers


def test_own_origin_is_enough(shop):
    answer = shop.post("/", GOOD, headers={**URLENCODED, "Sec-Fetch-Site": None,
                                           "Origin": shop.site.url})
    assert answer.status_code == 303


@pytest.mark.parametrize("body, status", [
    (GOOD + "&type=g6-nanode-1", 400),
    (GOOD + "&Type=g6-nanode-1", 400),
    (GOOD + "&label=%zz", 400),
    (GOOD + "&label=%4", 400),
    (GOOD + "&label=a%00b", 400),
    (GOOD + "&label=%ff%fe", 400),
    (GOOD + "&label=%c0%af", 400),
    (GOOD + "&=x", 400),
    (GOOD + "&label=" + "a" * 20000, 413),
    (GOOD + "&x=" + "a" * 70000, 413),
    ("&".join(f"f{i}=1" for i in range(300)), 413),
    ("&".join(f"f{i}=" + "a" * 1000 for i in range(70)), 413),
    (GOOD + "&" + "a" * 400 + "=1", 413),
    (GOOD + "".join(f"&udf.x={i}" for i in range(1100)), 413),
    (GOOD + "&%ff=1", 400),
    (GOOD + "&label=a%7fb", 400),
    ("", 422),
])
def test_bodies_that_no_browser_writes(shop, body, status):
    answer = shop.post("/", body, headers=URLENCODED)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")


def test_body_whose_length_is_not_said(shop, linode):
    def pieces(count):
        yield GOOD.encode()
        for i in range(count):
            yield f"&f{i}={'a' * 1000}".encode()
    assert shop.post("/", pieces(60), headers=URLENCODED).status_code == 303
    answer = shop.post("/", pieces(200), headers=URLENCODED)
    assert answer.status_code == 413 and "LO0204" in shop.server.log()


def test_password_is_not_forgotten_for_another_site(shop):
    page = shop.deploy()
    path = page.url.removeprefix(shop.site.url)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": None}):
        assert shop.post(path + "/forget", headers=headers).status_code == 403
    assert password_in(shop.get(path).text) == password_in(page.text)


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "multipart/form-data",
                                        "application/x-www-form-urlencodedx", None])
def test_other_media_types(shop, media_type):
    answer = shop.post("/", GOOD, headers={"Content-Type": media_type})
    assert answer.status_code == 415


def test_charset_parameter_is_fine(shop):
    answer = shop.post("/", GOOD, headers={
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"})
    assert answer.status_code == 303
