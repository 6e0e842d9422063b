# SPDX-License-Identifier: Apache-2.0
"""Two tabs at once: both change the one cookie, and the last answer wins. What the other tab has
lost of it is found again by its login, never made a second time."""
import re
from concurrent.futures import ThreadPoolExecutor

from harness.session import cookie_of, set_cookie
from harness.visitor import CHOICE, password_in


def at_once(shop, callbacks):
    """Each tab sends the cookie as it is now; the answers, in the order of the callbacks."""
    def call(url):
        return shop.session.__class__().get(url, headers={"Cookie": f"linode={cookie}"},
                                            allow_redirects=False, timeout=40)
    cookie = cookie_of(shop)
    with ThreadPoolExecutor(len(callbacks)) as threads:
        return list(threads.map(call, callbacks))


def test_callbacks_at_once_make_one_linode_each(shop, linode):
    urls = [shop.start(), shop.start(region="us-east"), shop.start(type="g6-standard-1")]
    answers = at_once(shop, [shop.consent(url) for url in urls])
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer.headers["Location"] for answer in answers}) == 3
    assert {(row["region"], row["type"]) for row in linode.linodes()} == {
        (CHOICE["region"], CHOICE["type"]), ("us-east", CHOICE["type"]),
        (CHOICE["region"], "g6-standard-1")}
    for answer in answers:
        set_cookie(shop, answer.cookies["linode"])
        page = shop.get(answer.headers["Location"])
        [row] = [row for row in linode.linodes() if row["label"] in page.text]
        assert linode.has_password(row["id"], password_in(page.text))


def test_last_answer_wins_and_the_other_flow_still_waits(shop, linode):
    """The cookie that stays knows one result, and the other flow as it was before."""
    urls = [shop.start(), shop.start(region="us-east")]
    answers = at_once(shop, [shop.consent(url) for url in urls])
    set_cookie(shop, answers[1].cookies["linode"])
    assert password_in(shop.get(answers[1].headers["Location"]).text)
    again = shop.get(shop.consent(urls[0]))
    assert again.headers["Location"] == answers[0].headers["Location"]
    page = shop.result(again)
    assert len(linode.linodes()) == 2, "found, not made again"
    [row] = [row for row in linode.linodes() if row["label"] in page.text]
    assert linode.has_password(row["id"], password_in(page.text))


def test_result_that_is_not_there_leads_to_the_login_twice_and_no_more(shop, linode):
    """Else a page that reloads itself would go round for ever."""
    denied = shop.get(shop.consent(shop.start(), decision="deny"))
    result = re.search(r"/deploys/\w+", denied.text).group()
    for _ in range(2):
        assert shop.get(result).headers["Location"].startswith(linode.login)
    answer = shop.get(result)
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/?region=")


def test_same_callback_twice_at_once(shop, linode):
    """Linode takes a code once, and may end the token of a code that comes twice: then the login
    is gone through once more, for the same flow."""
    shop.server.expect_log("LO0407")
    callback = shop.consent(shop.start())
    results = []
    for answer in at_once(shop, [callback] * 2):
        while answer.headers["Location"].startswith(linode.login):
            set_cookie(shop, answer.cookies["linode"])
            answer = shop.get(shop.consent(answer.headers["Location"]))
        set_cookie(shop, answer.cookies["linode"])
        results.append(shop.get(answer.headers["Location"]))
    [created] = linode.linodes()
    for page in results:
        assert linode.has_password(created["id"], password_in(page.text))
