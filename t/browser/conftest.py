# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, and the servers of the end-to-end tests."""
import sys
import tempfile
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from harness.fixtures import *  # noqa: E402,F401,F403

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1280,1400"]


@pytest.fixture(scope="session")
def chromium():
    with tempfile.TemporaryDirectory() as profile:
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in [*FLAGS, f"--user-data-dir={profile}"]:
            options.add_argument(flag)
        options.accept_insecure_certs = True  # of a test's own authority
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        driver.set_page_load_timeout(30)
        yield driver
        driver.quit()


@pytest.fixture
def browser(chromium):
    """It comes as a new visitor's: a wide and light window, and nothing kept of anybody else."""
    chromium.get("about:blank")
    for command, arguments in (
            ("Network.clearBrowserCookies", {}), ("Network.clearBrowserCache", {}),
            ("Emulation.clearDeviceMetricsOverride", {}),
            ("Emulation.setEmulatedMedia", {"media": "", "features": []}),
            ("Emulation.setScriptExecutionDisabled", {"value": False})):
        chromium.execute_cdp_cmd(command, arguments)
    chromium.set_window_size(1280, 1400)
    chromium.get_log("browser")  # what was said before
    return chromium
