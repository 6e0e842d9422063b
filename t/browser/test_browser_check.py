# SPDX-License-Identifier: Apache-2.0
"""The operator's check page in Chromium, the accent and the logo, and the badge on other sites."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selenium.webdriver.common.by import By
from test_browser_deploy import console
from test_browser_questions import overflow, picture, show_as
from waiting import wait_for

LOGO = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40" width="160" height="40"><style>'
        'circle { fill: #9e1b16 } text { font: 700 22px sans-serif; fill: #10161c } '
        '@media (prefers-color-scheme: dark) { text { fill: #e7ecf1 } }</style>'
        '<circle cx="20" cy="20" r="18"/><text x="46" y="28">Owncast</text></svg>')
LOADED = "return arguments[0].complete && arguments[0].naturalWidth"


@pytest.fixture
def shops(bench, tmp_path):
    """Two mounts, one of which cannot work, and their check page."""
    tmp_path.chmod(0o755)
    logo = tmp_path / "logo.svg"
    logo.write_text(LOGO)
    server = bench.server()
    good = bench.site(server, path="/install", Accent="#9e1b16", Logo=logo, ApplicationName="Owncast",
                      Types='"Linode *" Nanode* g9-typo', StackScriptID="700001")
    bad = bench.site(server, path="/other", StackScriptID="700003", ApplicationName="Old")
    server.write(good.section() + "\n" + bad.section() + "\n<Location /install-check>\n"
                 "SetHandler linode-oauth-check\n</Location>\n")
    server.expect_log("LO0430|LO0431|LO0413|LO0201")
    server.start()
    server.wait_until(lambda: "LO0430" in server.log() and "LO0431" in server.log())
    return f"http://localhost:{server.port}"


@pytest.mark.parametrize("width, scheme, script", [(1280, "light", True), (360, "dark", False)])
def test_check_page(browser, shops, width, scheme, script):
    show_as(browser, width, scheme, script)
    browser.get(shops + "/install-check")
    assert browser.title.startswith("✗")
    text = browser.find_element(By.ID, "main").text
    assert "Something here\ndoes not work" in text or "Something here does not work" in text
    assert overflow(browser) <= 0
    for badge in browser.find_elements(By.CSS_SELECTOR, "img[src$='badge.svg']"):
        assert browser.execute_script(LOADED, badge) > 100
    buttons = browser.find_elements(By.CSS_SELECTOR, "[data-copy]")
    assert len(buttons) == 4 and all(button.is_displayed() == script for button in buttons)
    if script:
        buttons[0].click()
        wait_for(browser, lambda _: buttons[0].text.startswith("Copied"))
    assert console(browser) == []
    picture(browser, f"check-{width}-{scheme}-{'script' if script else 'plain'}", width)


@pytest.mark.parametrize("scheme, ground, text", [("light", "rgb(158, 27, 22)", "rgb(255, 255, 255)"),
                                                  ("dark", None, "rgb(16, 22, 28)")])
def test_accent_and_logo(browser, shops, scheme, ground, text):
    show_as(browser, 1280, scheme, True)
    browser.get(shops + "/install/")
    logo = browser.find_element(By.CSS_SELECTOR, "header img.logo")
    assert logo.get_attribute("alt") == "Owncast" and logo.size["height"] == 40
    assert browser.execute_script(LOADED, logo) == 160
    style = "return getComputedStyle(document.querySelector('.pay .primary'))"
    assert ground in (None, browser.execute_script(style + ".backgroundColor"))
    assert browser.execute_script(style + ".color") == text
    loaded = browser.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert sorted(name.rsplit(".", 1)[1] for name in loaded) == ["css", "js", "svg"], loaded
    assert console(browser) == []
    picture(browser, f"accent-{scheme}", 1280)


@pytest.fixture
def other_site():
    """Another site, whose pages show the image that their query names."""
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<img src='{self.path.partition('?')[2]}'>".encode())

        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_badge_stands_on_other_sites_and_nothing_else_does(browser, shops, other_site):
    browser.get(shops + "/install/")
    logo = browser.find_element(By.CSS_SELECTOR, "header img.logo").get_attribute("src")
    widths = {}
    for name, url in (("badge", shops + "/install/badge.svg"), ("logo", logo)):
        browser.get(f"{other_site}?{url}")
        widths[name] = browser.execute_script(LOADED, browser.find_element(By.TAG_NAME, "img"))
    assert widths["badge"] > 100 and widths["logo"] == 0
