# SPDX-License-Identifier: Apache-2.0
"""The script's own questions in Chromium: wide and narrow, light and dark, with and without script."""
import os
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from waiting import wait_for

PICTURES = Path(os.environ.get("BUILD", "build")) / "screenshots"
PASSWORD = "c0rrect-h0rse-battery"


@pytest.fixture
def site(bench):
    server, made = bench.serve(StackScriptID="700001")
    server.secrets.add(PASSWORD)
    return made


def show_as(browser, width, scheme, script):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": scheme}]})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})


def picture(browser, name, width):
    """The whole page, without scripts of its own."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    height = browser.execute_script("return document.documentElement.scrollHeight")
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    PICTURES.mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(PICTURES / f"{name}.png"))


def overflow(browser):
    return browser.execute_script("return document.documentElement.scrollWidth - "
                                  "document.documentElement.clientWidth")


def fill_in(browser):
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    browser.find_element(By.NAME, "udf.admin_email").send_keys("admin@example.org")
    browser.find_element(By.NAME, "udf.admin_password").send_keys(PASSWORD)
    Select(browser.find_element(By.NAME, "udf.edition")).select_by_value("shop")


def send(browser):
    button = browser.find_element(By.CSS_SELECTOR, "form button.primary")
    button.click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_questions_look_and_work(browser, site, linode, width, scheme, script):
    name = f"questions-{width}-{scheme}-{'script' if script else 'plain'}"
    show_as(browser, width, scheme, script)
    browser.get(site.url + "/")
    shows = browser.find_element(By.CSS_SELECTOR, "[data-show]")
    assert shows.is_displayed() == script
    fill_in(browser)
    picture(browser, name, width)
    assert overflow(browser) <= 0
    show_as(browser, width, scheme, script)
    send(browser)  # no add-on was chosen, which only the server can tell
    wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".question .field-error"))
    picture(browser, name + "-returned", width)
    assert overflow(browser) <= 0
    assert browser.find_element(By.NAME, "udf.admin_email").get_attribute(
        "value") == "admin@example.org"
    assert browser.find_element(By.NAME, "udf.admin_password").get_attribute("value") == ""
    assert PASSWORD not in browser.page_source
    browser.find_element(By.NAME, "udf.admin_password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "input[name='udf.addons'][value=wiki]").click()
    send(browser)
    wait_for(browser, lambda page: "/oauth/authorize" in page.current_url)


def test_password_can_be_shown(browser, site):
    browser.get(site.url + "/")
    field = browser.find_element(By.NAME, "udf.admin_password")
    button = browser.find_element(By.CSS_SELECTOR, f"[data-show='{field.get_attribute('id')}']")
    assert field.get_attribute("type") == "password"
    button.click()
    assert field.get_attribute("type") == "text"
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert field.get_attribute("type") == "password"


def test_question_that_is_folded_is_found(browser, site):
    browser.get(site.url + "/")
    target = browser.find_element(By.NAME, "udf.site_name").get_attribute("id")
    browser.get(f"{site.url}/#{target}")
    wait_for(browser, lambda page: page.switch_to.active_element.get_attribute("id") == target)
    assert browser.find_element(By.ID, target).is_displayed()


def test_mistake_that_is_folded_away_is_told(browser, bench, linode):
    """The browser checks an e-mail address, and has nowhere to say what is wrong with a folded one."""
    server, site = bench.serve(StackScriptID="700001", Field="site_name type email")
    server.expect_log("LO0431")
    server.secrets.add(PASSWORD)
    browser.get(site.url + "/")
    fill_in(browser)
    field = browser.find_element(By.NAME, "udf.site_name")
    fold = field.find_element(By.XPATH, "ancestor::details")
    assert not fold.get_attribute("open")
    send(browser)
    wait_for(browser, lambda page: page.switch_to.active_element == field)
    assert fold.get_attribute("open") and field.is_displayed()


def test_back_to_a_form_that_was_returned(browser, site, linode):
    """It was the answer to what was posted, and is not stored; it is there all the same."""
    browser.get(site.url + "/")
    fill_in(browser)
    send(browser)
    wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".question .field-error"))
    browser.find_element(By.NAME, "udf.admin_password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "input[name='udf.addons'][value=wiki]").click()
    send(browser)
    wait_for(browser, lambda page: "/oauth/authorize" in page.current_url)
    browser.back()
    wait_for(browser, lambda page: page.find_elements(By.NAME, "udf.admin_email"))
    assert browser.find_element(By.NAME, "udf.admin_email").get_attribute(
        "value") == "admin@example.org"
    assert browser.find_element(By.CSS_SELECTOR, "[value=wiki]").is_selected()
    assert Select(browser.find_element(By.ID, "region")).first_selected_option.get_attribute(
        "value") == "eu-central"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_long_name_of_the_application_fits(browser, bench, linode, script):
    show_as(browser, 320, "light", script)
    browser.get(bench.serve(ApplicationName="W" * 50)[1].url + "/")
    assert overflow(browser) <= 0
