# SPDX-License-Identifier: Apache-2.0
"""A server with TLS, configured as the README says: the browser takes the __Host- cookie, brings it
back from the login, and shows it to no script."""
from selenium.webdriver.common.by import By

from harness.certificates import Authority
from test_browser_deploy import choose, console, log_in
from waiting import wait_for

SESSION = ("    Session On\n"
           "    SessionCookieName __Host-linode path=/;HttpOnly;Secure;SameSite=Lax")


def test_a_visitor_deploys_over_tls(browser, bench, linode, tmp_path):
    certificate, key = Authority(tmp_path).server()
    server = bench.server()
    site = bench.site(server, path="/install", session=SESSION, scheme="https")
    tls = (f"ServerName https://localhost:{server.port}\nSSLEngine on\n"
           f"SSLCertificateFile {certificate}\nSSLCertificateKeyFile {key}\n")
    server.write(tls + site.section(), ("ssl", "session", "session_cookie"))
    server.expect_log("AH01882|AH01873")  # mod_ssl of its OpenSSL's version, and of no session cache
    server.start()
    choose(browser, site.url + "/")
    log_in(browser)
    browser.find_element(By.ID, "approve").click()
    wait_for(browser, lambda page: "/install/deploys/" in page.current_url)
    [created] = linode.linodes()
    assert linode.has_password(created["id"], browser.find_element(By.ID, "password").text)
    [cookie] = browser.get_cookies()
    assert cookie["name"] == "__Host-linode" and cookie["path"] == "/"
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert browser.execute_script("return document.cookie") == ""
    assert console(browser) == []
