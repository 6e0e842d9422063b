# SPDX-License-Identifier: Apache-2.0
"""Every page in every state for everybody: axe-core finds nothing, and what it cannot see is looked
at here, by the success criteria of WCAG 2.2."""
import os
import subprocess
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from states import STATES, form, form_returned, form_with_questions
from test_browser_deploy import wait_for
from test_browser_questions import overflow, picture, show_as

HERE = Path(__file__).parent
BUILD = Path(os.environ.get("BUILD", "build"))

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN_AXE = """
const [rules, done] = arguments;
axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(
  result => done(result.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ") +
    " " + n.any.concat(n.all, n.none).map(c => c.message).join("; ")).join(" | "))));
"""

# WCAG 1.4.12; a sheet that scripts make is not held up by the page's policy.
SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
document.adoptedStyleSheets = [sheet];
"""

CUT_OFF = """
return Array.from(document.querySelectorAll("main *")).filter(e => e.clientWidth > 1 &&
  ["hidden", "clip"].includes(getComputedStyle(e).overflowX) &&
  e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 200));
"""

# What has the focus, whether all of it is in the window, and whether it is what lies on top there.
FOCUSED = """
const e = document.activeElement;
if (!e || e === document.body) return null;
const shown = e.matches(".plan input, .option input") ? e.closest("label") : e;
const box = shown.getBoundingClientRect();
const at = [[box.left + box.width / 2, box.top + box.height / 2],
            [box.left + 4, box.top + 4], [box.right - 4, box.bottom - 4]];
return {what: e.outerHTML.slice(0, 120), id: e.id, name: e.name || "",
        size: [box.width, box.height],
        seen: at.some(([x, y]) => { const top = document.elementFromPoint(x, y);
                                    return top && (shown.contains(top) || top.contains(shown)); }),
        ring: getComputedStyle(e).outlineStyle !== "none" ||
              getComputedStyle(shown).outlineStyle !== "none"};
"""


@pytest.fixture(scope="module")
def axe():
    done = subprocess.run([HERE / "install-axe", BUILD / "axe"], capture_output=True, text=True,
                          check=True)
    if not done.stdout:
        pytest.skip("axe-core needs npm and a way to its packages")
    return Path(done.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(browser, bench, linode, axe, state):
    show_as(browser, 1280, "light", True)
    state(browser, bench, linode)
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            show_as(browser, width, scheme, True)
            browser.execute_script(axe)
            found = browser.execute_async_script(RUN_AXE, RULES)
            assert found == [], f"{width} {scheme}"
            picture(browser, f"{state.__name__}-{width}-{scheme}", width)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_narrow_and_widely_spaced(browser, bench, linode, state):
    """1.4.10 and 1.4.12: nothing is cut off at 320 px, nor with the spacing that somebody needs."""
    show_as(browser, 1280, "light", True)
    state(browser, bench, linode)
    show_as(browser, 320, "light", True)
    assert overflow(browser) <= 0
    assert browser.execute_script(CUT_OFF) == []
    browser.execute_script(SPACING)
    assert overflow(browser) <= 0
    assert browser.execute_script(CUT_OFF) == []


def press(browser, *keys):
    chain = browser.switch_to.active_element
    chain.send_keys(*keys)


def walk(browser, most=400):
    """What gets the focus, one after the other, until it leaves the page."""
    browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    for _ in range(most):
        at = browser.execute_script(FOCUSED)
        if not at:
            return
        yield at
        press(browser, Keys.TAB)
    raise AssertionError("no end of the page")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("state", [form, form_with_questions, form_returned],
                         ids=lambda state: state.__name__)
def test_focus_is_seen(browser, bench, linode, state, width):
    """2.4.7, 2.4.11, 2.5.8: on the way through the page by Tab, what has the focus shows it, nothing
    lies over it, and it is large enough to be hit."""
    show_as(browser, width, "light", True)
    state(browser, bench, linode)
    show_as(browser, width, "light", True)
    seen = list(walk(browser))
    assert len(seen) > 5
    for at in seen:
        assert at["seen"], at
        assert at["ring"], at
        assert min(at["size"]) >= 24 or at["what"].startswith("<a "), at


def test_whole_order_by_keyboard(browser, bench, linode):
    form(browser, bench, linode)
    for at in walk(browser):
        if at["id"] == "region":
            press(browser, "Germany")
        elif at["name"] == "type":
            press(browser, Keys.ARROW_DOWN)
        elif at["what"].startswith("<button"):
            break
    press(browser, Keys.ENTER)
    wait_for(browser, lambda page: "/oauth/authorize" in page.current_url)


def test_mistakes_are_told_first(browser, bench, linode):
    """3.3.1: the title says so, the summary has the focus, its links lead to what is wrong, and the
    field names its message."""
    form_returned(browser, bench, linode)
    assert browser.title.startswith("Please check")
    summary = browser.switch_to.active_element
    assert "note" in summary.get_attribute("class")
    link = summary.find_element(By.TAG_NAME, "a")
    target = browser.find_element(By.ID, link.get_attribute("href").partition("#")[2])
    described = target.find_element(By.XPATH, "ancestor-or-self::*[@aria-describedby][1]")
    messages = [browser.find_element(By.ID, name).text
                for name in described.get_attribute("aria-describedby").split()]
    assert any(text and text in summary.text for text in messages)
    link.click()
    wait_for(browser, lambda page: page.switch_to.active_element == target)


@pytest.mark.parametrize("features", [
    {"forced-colors": "active"}, {"prefers-reduced-motion": "reduce"}, {"prefers-contrast": "more"}],
    ids=lambda features: "-".join(features))
def test_what_the_visitor_prefers(browser, bench, linode, features):
    form_with_questions(browser, bench, linode)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": name, "value": value} for name, value in features.items()]})
    moving = browser.execute_script(
        "return Array.from(document.querySelectorAll('*')).filter(e =>"
        " parseFloat(getComputedStyle(e, '::before').transitionDuration) > 0.01"
        " || parseFloat(getComputedStyle(e).transitionDuration) > 0.01).length")
    if "prefers-reduced-motion" in features:
        assert moving == 0
    picture(browser, "-".join(["form", *features]), 1280)
    checked = browser.find_element(By.CSS_SELECTOR, "input[type=radio]:checked")
    assert checked.is_displayed()
