# SPDX-License-Identifier: Apache-2.0
"""A visitor in Chromium: deploys a Linode, denies another; pictures go to build/screenshots."""
import os
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from waiting import wait_for

PICTURES = Path(os.environ.get("BUILD", "build")) / "screenshots"


def picture(browser, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    height = browser.execute_script("return document.documentElement.scrollHeight")
    browser.set_window_size(1280, max(900, min(height + 150, 4000)))
    browser.save_screenshot(str(PICTURES / f"{name}.png"))


def choose(browser, url):
    """Fills in the form and sends it; ends at the sandbox's login."""
    browser.get(url)
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    plan = browser.find_element(By.CSS_SELECTOR, "input[name=type][value=g6-nanode-1]")
    browser.execute_script("arguments[0].closest('details')?.setAttribute('open', '')", plan)
    plan.click()
    Select(browser.find_element(By.ID, "distribution")).select_by_value("linode/debian12")
    picture(browser, "form")
    browser.find_element(By.CSS_SELECTOR, "form button.primary").click()
    wait_for(browser, lambda page: "/oauth/authorize" in page.current_url)


def log_in(browser):
    browser.find_element(By.ID, "login").click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "approve"))


def console(browser):
    return [line["message"] for line in browser.get_log("browser")
            if line["level"] in ("SEVERE", "WARNING") and "favicon" not in line["message"]
            and " 403 " not in line["message"]]


def test_a_visitor_deploys(browser, shop, linode):
    choose(browser, shop.site.url + "/")
    log_in(browser)
    browser.find_element(By.ID, "approve").click()
    wait_for(browser, lambda page: "/deploys/" in page.current_url)
    picture(browser, "result")
    [created] = linode.linodes()
    text = browser.find_element(By.TAG_NAME, "body").text
    assert created["label"] in text
    assert f"ssh root@{created['ipv4'][0]}" in text
    password = browser.find_element(By.ID, "password").text
    assert linode.has_password(created["id"], password)
    shop.note_secret(password)
    assert console(browser) == []


def test_a_visitor_denies_and_finds_the_choices_again(browser, shop, linode):
    choose(browser, shop.site.url + "/")
    log_in(browser)
    browser.find_element(By.ID, "deny").click()
    wait_for(browser, lambda page: "/auth_callback" in page.current_url)
    picture(browser, "denied")
    assert "did not allow it" in browser.find_element(By.TAG_NAME, "h1").text
    browser.find_element(By.LINK_TEXT, "Back to the form").click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "region"))
    assert Select(browser.find_element(By.ID, "region")).first_selected_option.get_attribute(
        "value") == "eu-central"
    assert browser.find_element(By.CSS_SELECTOR,
                                "input[value=g6-nanode-1]").is_selected()
    assert linode.linodes() == []
    assert console(browser) == []


def test_forgetting_in_a_browser(browser, shop, linode):
    """Our own form is posted with the Origin that the module expects."""
    choose(browser, shop.site.url + "/")
    log_in(browser)
    browser.find_element(By.ID, "approve").click()
    wait_for(browser, lambda page: "/deploys/" in page.current_url)
    shop.note_secret(browser.find_element(By.ID, "password").text)
    browser.find_element(By.CSS_SELECTOR, "form[action$=forget] button").click()
    wait_for(browser, lambda page: not page.find_elements(By.ID, "password"))
    assert "not shown any more" in browser.find_element(By.TAG_NAME, "body").text
