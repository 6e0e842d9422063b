# SPDX-License-Identifier: Apache-2.0
"""Label, SSH keys and backups in Chromium, and the slip that follows."""
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from test_browser_questions import overflow, picture, send, show_as
from waiting import wait_for

KEY = ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1KmBK03XdH1F5ssYswom+RcW9VdGDzg8h6xH9HO9Lk"
       " me@host")


@pytest.fixture
def site(bench):
    return bench.serve(Ask="label ssh_key backups")[1]


def said(browser, place):
    return browser.find_element(By.CSS_SELECTOR, f".slip dd[data-slip={place}]").text


def test_slip_follows_live(browser, site):
    show_as(browser, 1280, "light", True)
    browser.get(site.url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    assert (said(browser, "alone"), said(browser, "monthly")) == ("$5", "$5")
    saved = browser.find_element(By.CSS_SELECTOR, "[data-saved]")
    assert not saved.is_displayed()
    browser.find_element(By.ID, "backups").click()
    assert saved.is_displayed() and said(browser, "backups") == "$2"
    assert said(browser, "monthly") == "$7"
    Select(browser.find_element(By.ID, "region")).select_by_value("br-gru")
    assert [said(browser, place) for place in ("alone", "backups", "monthly")] == [
        "$7", "$2.80", "$9.80"]
    assert "$0.0145 per hour" in browser.find_element(By.CLASS_NAME, "slip").text
    assert "$9.80/month" in browser.find_element(By.CSS_SELECTOR, ".primary").text
    assert "for $2.80 a month" in browser.find_element(By.ID, "backups-hint").text
    browser.find_element(By.ID, "backups").click()
    assert not saved.is_displayed() and said(browser, "monthly") == "$7"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("width, scheme", [(360, "dark"), (1280, "light")])
def test_asked_and_returned(browser, site, linode, width, scheme, script):
    name = f"ask-{width}-{scheme}-{'script' if script else 'plain'}"
    show_as(browser, width, scheme, script)
    browser.get(site.url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("br-gru")
    browser.find_element(By.ID, "label").send_keys("my--box")
    browser.find_element(By.ID, "authorized_keys").send_keys(KEY)
    browser.find_element(By.ID, "backups").click()
    send(browser)
    wait_for(browser, lambda page: page.find_elements(By.ID, "label-error"))
    assert browser.find_element(By.ID, "authorized_keys").get_attribute("value") == KEY
    assert browser.find_element(By.ID, "backups").is_selected()
    assert said(browser, "monthly") == "$9.80"
    picture(browser, name, width)
    assert overflow(browser) <= 0
    show_as(browser, width, scheme, script)
    label = browser.find_element(By.ID, "label")
    label.clear()
    label.send_keys("my-box")
    send(browser)
    wait_for(browser, lambda page: "/oauth/authorize" in page.current_url)


def test_backups_without_a_plan(browser, site):
    """Nothing is said of the price while the region leaves no plan chosen."""
    show_as(browser, 1280, "light", True)
    browser.get(site.url + "/?region=us-iad&type=g7-premium-2")
    hint = browser.find_element(By.ID, "backups-hint")
    assert hint.text.endswith(", for $5 a month with the plan Premium 4 GB.")
    region = Select(browser.find_element(By.ID, "region"))
    region.select_by_value("us-central")
    assert hint.text.endswith("copies of the whole Linode.")
    region.select_by_value("us-iad")
    browser.find_element(By.CSS_SELECTOR, "[value=g7-premium-2]").click()
    assert hint.text.endswith("with the plan Premium 4 GB.")
