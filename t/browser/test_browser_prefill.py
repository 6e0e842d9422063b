# SPDX-License-Identifier: Apache-2.0
"""In Chromium: a link to the filled form, and the notes on a link that asks for too much."""
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from test_browser_questions import fill_in, overflow, picture, show_as, site  # noqa: F401
from waiting import wait_for


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("width, scheme", [(360, "light"), (1280, "dark")])
def test_link_to_what_was_filled_in(browser, site, width, scheme, script):  # noqa: F811
    show_as(browser, width, scheme, script)
    browser.get(site.url + "/")
    fill_in(browser)
    button = browser.find_element(By.NAME, "link")
    # In the middle of the window, clear of the bar at its lower edge.
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    shown = wait_for(browser, lambda page: page.find_elements(By.ID, "form-link"))[0]
    link = shown.text
    copy = browser.find_element(By.CSS_SELECTOR, "[data-copy=form-link]")
    assert copy.is_displayed() == script
    picture(browser, f"link-{width}-{scheme}-{'script' if script else 'plain'}", width)
    assert overflow(browser) <= 0
    show_as(browser, width, scheme, script)
    browser.get(link)
    assert browser.find_element(By.NAME, "udf.admin_email").get_attribute(
        "value") == "admin@example.org"
    assert browser.find_element(By.NAME, "udf.admin_password").get_attribute("value") == ""
    assert Select(browser.find_element(By.NAME, "udf.edition")).first_selected_option.text == "shop"
    assert not browser.find_elements(By.CSS_SELECTOR, ".note")


def test_notes(browser, site):  # noqa: F811
    show_as(browser, 360, "dark", True)
    browser.get(site.url + "/?region=us-central&type=g7-premium-2&udf.api_token=x&image=linode/old")
    note = browser.find_element(By.CSS_SELECTOR, ".note[role=status]")
    assert note.is_displayed() and "Linode does not have the plan" in note.text
    picture(browser, "notes-360-dark-script", 360)
    assert overflow(browser) <= 0
