# SPDX-License-Identifier: Apache-2.0
"""What takes a moment in a browser is asked for again soon, for as long as a slow machine may need."""
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.support.ui import WebDriverWait

# While the next page comes, what was just found of this one is gone.
NOT_YET = [NoSuchElementException, StaleElementReferenceException]


def wait_for(browser, condition, message=""):
    return WebDriverWait(browser, 60, 0.1, NOT_YET).until(condition, message)
