# SPDX-License-Identifier: Apache-2.0
"""Every page of the module in every state that a visitor may see, by a name: a function that brings
the browser there."""
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait
from test_browser_deploy import choose, log_in, wait_for

QUESTIONS = "700001"  # a script with questions of every kind


def form(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/")


def form_with_questions(browser, bench, linode):
    browser.get(bench.serve(StackScriptID=QUESTIONS)[1].url + "/")
    browser.execute_script(
        "for (const folded of document.querySelectorAll('details')) folded.open = true")


def form_returned(browser, bench, linode):
    """With a mistake that only the server finds."""
    browser.get(bench.serve(StackScriptID=QUESTIONS)[1].url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    browser.find_element(By.NAME, "udf.admin_email").send_keys("admin@example.org")
    browser.find_element(By.NAME, "udf.admin_password").send_keys("c0rrect-h0rse-battery")
    Select(browser.find_element(By.NAME, "udf.edition")).select_by_value("shop")
    browser.find_element(By.CSS_SELECTOR, "form button.primary").click()
    WebDriverWait(browser, 20).until(
        lambda page: page.find_elements(By.CSS_SELECTOR, ".question .field-error"))


def form_with_a_plan_that_is_not_there(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/?region=us-central&type=g7-premium-2")


def form_that_asks_more(browser, bench, linode):
    """Returned, with a mistake in each of what LinodeOAuthAsk asks for."""
    linode.control("POST", "data", json={"regions": {"eu-central": {
        "capabilities": ["Linodes", "StackScripts"]}}})
    browser.get(bench.serve(Ask="label ssh_key backups")[1].url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    browser.find_element(By.ID, "label").send_keys("my--box")
    browser.find_element(By.ID, "authorized_keys").send_keys("-----BEGIN PRIVATE KEY-----")
    browser.execute_script("document.getElementById('backups').click()")
    browser.find_element(By.CSS_SELECTOR, "form button.primary").click()
    WebDriverWait(browser, 20).until(lambda page: page.find_elements(By.ID, "backups-error"))


def form_with_link(browser, bench, linode):
    browser.get(bench.serve(StackScriptID=QUESTIONS)[1].url + "/?region=eu-central")
    browser.execute_script("document.getElementsByName('link')[0].click()")
    WebDriverWait(browser, 20).until(lambda page: page.find_elements(By.ID, "form-link"))


def form_with_notes(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/?region=mars-1&type=g6-huge&label=a--b")


def come_back(browser, bench, decision):
    server, site = bench.serve()
    choose(browser, site.url + "/")
    log_in(browser)
    browser.find_element(By.ID, decision).click()
    wait_for(browser, lambda page: page.current_url.startswith(site.url))
    for password in browser.find_elements(By.ID, "password"):
        server.secrets.add(password.text)


def denied(browser, bench, linode):
    come_back(browser, bench, "deny")


def result(browser, bench, linode):
    come_back(browser, bench, "approve")


def result_without_password(browser, bench, linode):
    come_back(browser, bench, "approve")
    browser.find_element(By.CSS_SELECTOR, "form[action$=forget] button").click()
    wait_for(browser, lambda page: not page.find_elements(By.ID, "password"))


def refused_by_linode(browser, bench, linode):
    linode.fault("instances.create", "status", code=400)
    come_back(browser, bench, "approve")
    bench.servers[-1].expect_log("LO0406")


def perhaps_created(browser, bench, linode):
    linode.fault("instances.create", "status", count=50, code=502)
    linode.fault("instances.list", "status", count=50, code=502)
    come_back(browser, bench, "approve")
    bench.servers[-1].expect_log("LO0404")


def not_found(browser, bench, linode):
    server, site = bench.serve()
    browser.get(site.url + "/nothing")


def unknown_login(browser, bench, linode):
    server, site = bench.serve()
    server.expect_log("LO0303")
    browser.get(site.url + "/auth_callback?code=c0dec0de&state=nobody")


def first_start_without_linode(browser, bench, linode):
    linode.fault("*", "status", count=1000, code=503)
    server, site = bench.serve()
    server.expect_log("LO04")
    browser.get(site.url + "/")


def nothing_can_be_installed(browser, bench, linode):
    server, site = bench.serve(StackScriptID="700003")
    server.expect_log("LO0413|LO0430")
    browser.get(site.url + "/")


def form_with_accent(browser, bench, linode):
    browser.get(bench.serve(Accent="#9e1b16")[1].url + "/")


def check_page(browser, bench, linode):
    """For the operator, with findings of every level."""
    server = bench.server()
    good = bench.site(server, path="/install", StackScriptID=QUESTIONS, Types="Nanode* g9-typo")
    bad = bench.site(server, path="/old", StackScriptID="700003", ApplicationName="Old")
    server.write(f"{good.section()}\n{bad.section()}\n<Location /install-check>\n"
                 "SetHandler linode-oauth-check\n</Location>\n")
    server.expect_log("LO0430|LO0431|LO0413")
    server.start()
    server.wait_until(lambda: "LO0430" in server.log() and "LO0431" in server.log())
    browser.get(f"http://localhost:{server.port}/install-check")


STATES = [form, form_with_questions, form_returned, form_with_a_plan_that_is_not_there,
          form_that_asks_more, form_with_link, form_with_notes, denied, result,
          result_without_password, refused_by_linode, perhaps_created, not_found, unknown_login,
          first_start_without_linode, nothing_can_be_installed, form_with_accent, check_page]
