# SPDX-License-Identifier: Apache-2.0
"""Every page of the module in every state that a visitor may see, by a name: a function that brings
the browser there, whether scripts run or not."""
import threading

import requests
from harness.sealed import Sealer
from harness.visitor import Visitor
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from test_browser_deploy import choose, log_in
from waiting import wait_for

QUESTIONS = "700001"  # a script with questions of every kind
ONE_CHILD = "StartServers 1\nServerLimit 1\nThreadsPerChild 16\nMaxRequestWorkers 16\n"


def unfold(browser):
    browser.execute_script(
        "for (const folded of document.querySelectorAll('details')) folded.open = true")


def form(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/")


def form_with_questions(browser, bench, linode):
    browser.get(bench.serve(StackScriptID=QUESTIONS)[1].url + "/")
    unfold(browser)


def form_returned(browser, bench, linode):
    """With a mistake that only the server finds."""
    browser.get(bench.serve(StackScriptID=QUESTIONS)[1].url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    browser.find_element(By.NAME, "udf.admin_email").send_keys("admin@example.org")
    browser.find_element(By.NAME, "udf.admin_password").send_keys("c0rrect-h0rse-battery")
    Select(browser.find_element(By.NAME, "udf.edition")).select_by_value("shop")
    browser.find_element(By.CSS_SELECTOR, "form button.primary").click()
    wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".question .field-error"))


def form_with_one_image(browser, bench, linode):
    browser.get(bench.serve(Images="linode/debian12")[1].url + "/?region=eu-central")


def form_with_a_plan_that_is_not_there(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/?region=us-central&type=g7-premium-2")
    unfold(browser)


def form_with_a_region_out_of_order(browser, bench, linode):
    linode.control("POST", "data", json={"regions": {"eu-central": {"status": "outage"}}})
    browser.get(bench.serve()[1].url + "/?region=eu-central")


def send_changed(browser, change):
    """Posts the form after a change that only a form of long ago, or a program, would have."""
    Select(browser.find_element(By.ID, "region")).select_by_value("us-central")
    browser.execute_script(change)
    browser.find_element(By.CSS_SELECTOR, "form button.primary").click()
    wait_for(browser, lambda page: page.find_elements(By.CSS_SELECTOR, ".note.bad"))


def form_returned_since_plan_is_gone(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/")
    send_changed(browser, "const plan = document.querySelector('[value=g7-premium-2]');"
                          "plan.disabled = false; plan.checked = true")


def form_returned_since_price_has_changed(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/")
    send_changed(browser, "const shown = document.getElementsByName('prices')[0];"
                          "shown.value = shown.value.replace('nanode-1=5', 'nanode-1=4.5')")


def form_returned_since_questions_have_changed(browser, bench, linode):
    browser.get(bench.serve(StackScriptID="700002")[1].url + "/")
    send_changed(browser, "document.getElementsByName('questions')[0].value = 'other';"
                          "document.getElementsByName('udf.hostname')[0].value = 'www'")


def form_that_asks_more(browser, bench, linode):
    """Returned, with a mistake in each of what LinodeOAuthAsk asks for."""
    linode.control("POST", "data", json={"regions": {"eu-central": {
        "capabilities": ["Linodes", "StackScripts"]}}})
    browser.get(bench.serve(Ask="label ssh_key backups")[1].url + "/")
    Select(browser.find_element(By.ID, "region")).select_by_value("eu-central")
    browser.find_element(By.ID, "label").send_keys("my--box")
    browser.find_element(By.ID, "authorized_keys").send_keys("ssh-rsa AAAA")
    browser.execute_script("document.getElementById('backups').click()")
    browser.find_element(By.CSS_SELECTOR, "form button.primary").click()
    wait_for(browser, lambda page: page.find_elements(By.ID, "backups-error"))


def form_with_a_private_key(browser, bench, linode):
    browser.get(bench.serve(Ask="ssh_key")[1].url + "/")
    browser.find_element(By.ID, "authorized_keys").send_keys("-----BEGIN PRIVATE KEY-----")
    send_changed(browser, "")


def form_with_link(browser, bench, linode):
    browser.get(bench.serve(StackScriptID=QUESTIONS)[1].url + "/?region=eu-central")
    browser.execute_script("document.getElementsByName('link')[0].click()")
    wait_for(browser, lambda page: page.find_elements(By.ID, "form-link"))


def form_with_notes(browser, bench, linode):
    browser.get(bench.serve()[1].url + "/?region=mars-1&type=g6-huge&label=a--b")


def come_back(browser, bench, decision, **directives):
    server, site = bench.serve(**directives)
    choose(browser, site.url + "/")
    log_in(browser)
    browser.find_element(By.ID, decision).click()
    wait_for(browser, lambda page: page.current_url.startswith(site.url))
    server.secrets.update(secret.text for secret in
                          browser.find_elements(By.CSS_SELECTOR, "code.secret"))


def denied(browser, bench, linode):
    come_back(browser, bench, "deny")


def result(browser, bench, linode):
    come_back(browser, bench, "approve")


def result_with_generated_secrets(browser, bench, linode):
    come_back(browser, bench, "approve", StackScriptID="700002", Field="hostname generate 24")


def result_without_password(browser, bench, linode):
    come_back(browser, bench, "approve")
    browser.find_element(By.CSS_SELECTOR, "form[action$=forget] button").click()
    wait_for(browser, lambda page: not page.find_elements(By.ID, "password"))


def refused_by_linode(browser, bench, linode):
    linode.fault("instances.create", "error", errors=[
        {"reason": "Account Limit reached. Please open a support ticket."},
        {"reason": "A plan of that size is not allowed here.", "field": "type"}])
    come_back(browser, bench, "approve")
    bench.servers[-1].expect_log("LO0406")


def perhaps_created(browser, bench, linode):
    linode.fault("instances.create", "status", count=50, code=502)
    linode.fault("instances.list", "status", count=50, code=502)
    come_back(browser, bench, "approve")
    bench.servers[-1].expect_log("LO0404")


def login_that_has_expired(browser, bench, linode):
    server, site = bench.serve()
    server.expect_log("LO0304")
    choose(browser, site.url + "/")
    log_in(browser)
    age_session(browser, site, 15 * 60 + 2)
    browser.find_element(By.ID, "approve").click()
    wait_for(browser, lambda page: page.current_url.startswith(site.url))


def age_session(browser, site, seconds):
    sealer = Sealer.of(site)
    cookie = browser.execute_cdp_cmd("Network.getCookies", {"urls": [site.url + "/"]})["cookies"][0]
    key, _, sealed = cookie["value"].partition("=")
    value = sealer.open(sealed)
    for flow in value["flows"]:
        for moment in {"began", "login"} & set(flow):
            flow[moment] -= seconds
    browser.execute_cdp_cmd("Network.setCookie", {
        "name": cookie["name"], "url": site.url + "/", "path": cookie["path"],
        "value": f"{key}={sealer.close(value)}"})


def turned_away(browser, bench, linode):
    """Another visitor waits for Linode already, until the faults are cleared or for longer than any
    test; this page asks again by itself soon."""
    server, site = bench.serve(extra=ONE_CHILD, UpstreamLimit="1", Timeout="2s 60s")
    server.expect_log("LO0504|LO0404")
    other = Visitor(site, server)
    callback = other.consent(other.start())
    choose(browser, site.url + "/")
    log_in(browser)
    linode.fault("oauth.token", "status", code=500, hold=True)
    waiting = threading.Thread(target=other.get, args=(callback,))
    waiting.start()
    server.wait_until(lambda: not linode.control("GET", "faults")["faults"])
    browser.find_element(By.ID, "approve").click()
    wait_for(browser, lambda page: page.current_url.startswith(site.url))
    return waiting


def busy(browser, bench, linode):
    waiting = turned_away(browser, bench, linode)
    # It stays as it is: neither the tag nor the script asks again.
    browser.execute_script("stop(); for (let i = setTimeout(() => 0); i; i--) clearTimeout(i)")
    linode.no_faults()
    waiting.join()


def not_allowed(browser, bench, linode):
    server, site = bench.serve()
    browser.get(site.url + "/deploys/x/forget")


def unknown_deploy(browser, bench, linode):
    server, site = bench.serve()
    browser.get(site.url + "/deploys/x")


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


def check_page_of_what_works(browser, bench, linode):
    server = bench.server()
    site = bench.site(server, path="/install", StackScriptID=QUESTIONS, SecretKey="k" * 40)
    server.write(f"{site.section()}\n<Location /install-check>\n"
                 "SetHandler linode-oauth-check\n</Location>\n")
    server.start()
    requests.get(site.url + "/", timeout=20)
    browser.get(f"http://localhost:{server.port}/install-check")


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


STATES = [form, form_with_questions, form_returned, form_with_one_image,
          form_with_a_plan_that_is_not_there, form_with_a_region_out_of_order,
          form_returned_since_plan_is_gone, form_returned_since_price_has_changed,
          form_returned_since_questions_have_changed, form_that_asks_more, form_with_a_private_key,
          form_with_link, form_with_notes, form_with_accent, denied, login_that_has_expired, busy,
          unknown_login, refused_by_linode, perhaps_created, result, result_with_generated_secrets,
          result_without_password, unknown_deploy, not_found, not_allowed,
          first_start_without_linode, nothing_can_be_installed, check_page_of_what_works, check_page]
