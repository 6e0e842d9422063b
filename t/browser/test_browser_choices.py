# SPDX-License-Identifier: Apache-2.0
"""Choosing in Chromium: a region changes what can be had and what it costs."""
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait
from test_browser_questions import overflow, picture, show_as


def row_of(browser, plan):
    """The radio of a plan, its class unfolded, and the reason in its row."""
    radio = browser.find_element(By.CSS_SELECTOR, f"input[value={plan}]")
    folded = radio.find_element(By.XPATH, "ancestor::details")
    if not folded.get_attribute("open"):
        summary = folded.find_element(By.TAG_NAME, "summary")
        # In the middle of the window, clear of the bar at its lower edge.
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", summary)
        summary.click()
    why = radio.find_element(By.XPATH, "..").find_elements(By.CLASS_NAME, "why")
    return radio, why[0] if why else None


def test_plan_follows_the_region(browser, shop):
    show_as(browser, 1280, "light", True)
    browser.get(shop.site.url + "/")
    assert not browser.find_elements(By.NAME, "show"), "scripts show the prices at once"
    radio, why = row_of(browser, "g7-premium-2")
    region = Select(browser.find_element(By.ID, "region"))
    region.select_by_value("us-iad")
    radio.click()
    assert radio.is_selected() and not why.is_displayed()
    region.select_by_value("us-central")
    assert not radio.is_selected() and not radio.is_enabled() and why.is_displayed()
    assert browser.find_element(By.CSS_SELECTOR, "[data-slip=alone]").text == "not chosen yet"
    picture(browser, "plan-not-there-1280-light-script", 1280)
    region.select_by_value("us-iad")
    assert radio.is_enabled() and not why.is_displayed()


def test_region_without_scripts(browser, shop):
    show_as(browser, 360, "dark", False)
    browser.get(shop.site.url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("br-gru")
    browser.find_element(By.NAME, "show").click()
    WebDriverWait(browser, 20).until(
        lambda page: page.find_elements(By.CSS_SELECTOR, "option[value=br-gru][selected]"))
    assert "Prices for Brazil, Sao Paulo" in browser.find_element(By.TAG_NAME, "form").text
    radio, why = row_of(browser, "g1-gpu-rtx6000-1")
    assert not radio.is_enabled() and why.is_displayed()
    assert overflow(browser) <= 0
    picture(browser, "plan-not-there-360-dark-plain", 360)


def test_plan_follows_the_image(browser, bench, linode):
    linode.control("POST", "data", json={
        "types": {"g6-nanode-1": {"disk": 2400}},
        "images": {"linode/ubuntu24.04": {"size": 2000, "deprecated": True}}})
    show_as(browser, 1280, "dark", True)
    browser.get(bench.serve()[1].url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    radio, why = row_of(browser, "g6-nanode-1")
    radio.click()
    image = Select(browser.find_element(By.ID, "distribution"))
    slip = browser.find_element(By.CSS_SELECTOR, "[data-slip=image]")
    assert radio.is_selected() and slip.text == "Debian 13"
    image.select_by_value("linode/ubuntu24.04")
    assert not radio.is_selected() and not radio.is_enabled()
    reasons = [each.text for each in radio.find_elements(By.XPATH, "..//*[@class='why']")
               if each.is_displayed()]
    assert reasons == ["The chosen image does not fit on the disk of this plan."]
    assert slip.text == "Ubuntu 24.04 LTS", "without the mark behind it"
    image.select_by_value("linode/debian12")
    assert radio.is_enabled()
