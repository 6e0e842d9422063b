# SPDX-License-Identifier: Apache-2.0
"""Whoever comes back while too many wait for Linode is let in by himself, with and without scripts."""
import pytest
from selenium.webdriver.common.by import By
from states import turned_away
from test_browser_questions import show_as
from waiting import wait_for


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_page_asks_again_by_itself(browser, bench, linode, script):
    show_as(browser, 1280, "light", script)
    waiting = turned_away(browser, bench, linode)
    assert "One moment" in browser.find_element(By.TAG_NAME, "h1").text
    log = bench.servers[-1].dir / "access.log"
    bench.servers[-1].wait_until(lambda: log.read_text().count('" 503 ') >= 2)  # in vain, so far
    linode.no_faults()
    waiting.join()
    wait_for(browser, lambda page: "/deploys/" in page.current_url)
    password = browser.find_element(By.ID, "password").text
    bench.servers[-1].secrets.add(password)
    assert linode.has_password(linode.linodes()[0]["id"], password)
