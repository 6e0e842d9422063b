# SPDX-License-Identifier: Apache-2.0
"""Choosing in Chromium: a region changes what can be had and what it costs."""
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from test_browser_questions import overflow, picture, show_as
from waiting import wait_for


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
    wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, "option[value=br-gru][selected]"))
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


def test_price_that_the_region_does_not_tell(browser, bench, linode):
    """Nothing is said in numbers of what is unknown there, and it comes back elsewhere."""
    unknown = {"monthly": None, "hourly": None}
    linode.control("POST", "data", json={"types": {
        "g6-nanode-1": {"region_prices": [{"id": "br-gru", **unknown}]},
        "g1-gpu-rtx6000-1": {"price": unknown,
                             "region_prices": [{"id": "us-iad", "monthly": 1, "hourly": 0.01}]}}})
    show_as(browser, 1280, "light", True)
    browser.get(bench.serve(Types="g6-nanode-1 g1-gpu-rtx6000-1")[1].url + "/")
    region = Select(browser.find_element(By.ID, "region"))

    def told(plan):
        row = row_of(browser, plan)[0].find_element(By.XPATH, "..")
        shown = [each for each in row.find_elements(By.CLASS_NAME, "hourly") if each.is_displayed()]
        start = row.find_element(By.XPATH, "ancestor::details").find_element(By.CLASS_NAME, "from")
        return (row.find_element(By.CLASS_NAME, "price").text, [each.text for each in shown],
                start.text if start.is_displayed() else None)

    nothing = ("price not known", [], None)
    region.select_by_value("us-iad")
    assert told("g6-nanode-1") == ("$5/month", ["$0.0075/hour"], "from $5")
    assert told("g1-gpu-rtx6000-1") == ("$1/month", ["$0.01/hour"], "from $1")
    region.select_by_value("br-gru")
    assert told("g6-nanode-1") == nothing and told("g1-gpu-rtx6000-1") == nothing
    region.select_by_value("us-iad")
    assert told("g6-nanode-1") == ("$5/month", ["$0.0075/hour"], "from $5")


def test_price_by_the_month_alone(browser, bench, linode):
    linode.control("POST", "data", json={"types": {"g6-nanode-1": {
        "price": {"monthly": 5, "hourly": None}, "region_prices": []}}})
    show_as(browser, 1280, "light", True)
    browser.get(bench.serve()[1].url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    row_of(browser, "g6-nanode-1")[0].click()
    slip = browser.find_element(By.CLASS_NAME, "slip").text
    assert "$5" in slip and "per hour, billed by Linode until" not in slip
