# SPDX-License-Identifier: Apache-2.0
"""Every page in every state for everybody: axe-core finds nothing, and what it cannot see is looked
at here, by the success criteria of WCAG 2.2."""
import os
import subprocess
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from states import (QUESTIONS, STATES, busy, form, form_returned, form_returned_since_plan_is_gone,
                    form_that_asks_more, form_with_questions, result)
from test_browser_questions import overflow, picture, show_as
from waiting import wait_for

HERE = Path(__file__).parent
BUILD = Path(os.environ.get("BUILD", "build"))

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN_AXE = """
const [type, values, done] = arguments;
axe.run(document, {runOnly: {type, values}, resultTypes: ["violations"]}).then(
  result => done(result.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ") +
    " " + n.any.concat(n.all, n.none).map(c => c.message).join("; ")).join(" | "))));
"""

# What depends on the colours, and so has to be looked at in every one of them.
COLOURS = ["color-contrast", "link-in-text-block"]

# What every page has to have, or may have once.
PAGE = """
const all = selector => Array.from(document.querySelectorAll(selector));
const home = document.querySelector("header .brand");
return {lang: document.documentElement.lang, title: document.title,
        h1: document.querySelector("h1").textContent, headings: all("h1").length,
        mains: all("main").length, statuses: all("[role=status]").length,
        passwords: all("input[type=password]").map(field => field.autocomplete),
        handlers: all("[onpaste], [oncopy], [ondrop]").map(element => element.outerHTML),
        home: home && home.href, first: all("a[href]")[0].href};
"""

# WCAG 1.4.12; a sheet that scripts make is not held up by the page's policy.
SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
document.adoptedStyleSheets = [sheet];
"""

CUT_OFF = """
return Array.from(document.querySelectorAll("main *:not(.vh)")).filter(e => e.clientWidth > 1 &&
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
    return Path(done.stdout.strip()).read_text(encoding="utf-8") if done.stdout else None


def looks_right(browser, axe, rules, known=()):
    if not axe:
        return
    if not browser.execute_script("return !!window.axe"):
        browser.execute_script(axe)
    kind = "rule" if rules is COLOURS else "tag"
    found = browser.execute_async_script(RUN_AXE, kind, rules)
    assert [line for line in found if line.partition(":")[0] not in known] == []


def say_what_was_left_out(axe):
    if not axe:
        pytest.skip("axe-core needs npm and a way to its packages; the rest is right")


def fits(browser, width):
    """1.4.10: nothing is cut off, and nobody has to move the page to the side."""
    show_as(browser, width, "light", True)
    assert overflow(browser) <= 0 and browser.execute_script(CUT_OFF) == [], width


def has_what_every_page_has(browser):
    """2.4.2, 3.1.1, 1.3.1, 4.1.3, 3.2.3; and 3.3.8: nothing keeps a password from being pasted, and
    a password manager may make one."""
    page = browser.execute_script(PAGE)
    assert page["lang"] == "en" and page["title"].strip() and page["title"] != page["h1"], page
    assert page["headings"] == 1 and page["mains"] == 1 and page["statuses"] <= 1, page
    assert page["handlers"] == [] and page["first"] == page["home"], page
    assert set(page["passwords"]) <= {"new-password"}, page


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_page_is_for_everybody(browser, bench, linode, axe, state):
    """With scripts: axe in both schemes, narrow and wide; every width; the spacing that somebody
    needs (1.4.12)."""
    show_as(browser, 1280, "light", True)
    state(browser, bench, linode)
    has_what_every_page_has(browser)
    for width, scheme, rules in ((1280, "light", RULES), (360, "dark", RULES),
                                 (1280, "dark", COLOURS), (360, "light", COLOURS)):
        show_as(browser, width, scheme, True)
        looks_right(browser, axe, rules)
        picture(browser, f"{state.__name__}-{width}-{scheme}", width)
    for width in (3840, 1920, 768, 320):
        fits(browser, width)
    browser.execute_script(SPACING)
    fits(browser, 320)
    say_what_was_left_out(axe)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_page_is_for_everybody_without_scripts(browser, bench, linode, axe, state):
    show_as(browser, 1280, "light", False)
    state(browser, bench, linode)
    assert not browser.execute_script("return document.documentElement.className")
    has_what_every_page_has(browser)
    # Who waits is let in by itself (2.2.1: essential), and nothing is lost.
    known = ["meta-refresh"] if state is busy else []
    for width, scheme, rules in ((360, "light", COLOURS), (1280, "dark", RULES)):
        picture(browser, f"{state.__name__}-{width}-{scheme}-plain", width)
        show_as(browser, width, scheme, True)
        looks_right(browser, axe, rules, known)
    fits(browser, 320)
    say_what_was_left_out(axe)


@pytest.mark.parametrize("state", [form, form_returned, result], ids=lambda state: state.__name__)
def test_letters_of_twice_the_size_fit(browser, bench, linode, state):
    """1.4.4, on a telephone: nothing is beside the page, and nothing lies over its end."""
    state(browser, bench, linode)
    show_as(browser, 360, "light", True)
    browser.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    try:
        assert browser.execute_script(
            "return getComputedStyle(document.documentElement).fontSize") == "32px"
        assert overflow(browser) <= 0
        assert browser.execute_script("""
            scrollTo(0, document.documentElement.scrollHeight);
            const box = document.querySelector("footer p").getBoundingClientRect();
            return !document.elementFromPoint(box.left + 4, box.bottom - 4).closest(".pay")""")
    finally:
        browser.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": {"standard": 16}})


def press(browser, *keys):
    if keys:
        browser.switch_to.active_element.send_keys(*keys)


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


# What is pressed where, by the field's name; the first of several that share one.
KEYS = {"region": ["Germany"], "type": [Keys.ARROW_DOWN], "udf.admin_email": ["admin@example.org"],
        "udf.admin_password": ["c0rrect-h0rse-battery"], "udf.edition": ["shop"],
        "udf.addons": [Keys.SPACE]}


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_whole_order_by_keyboard(browser, bench, linode, script):
    """With questions of every kind. Without scripts there is one more button, of the region."""
    show_as(browser, 1280, "light", script)
    server, site = bench.serve(StackScriptID=QUESTIONS)
    server.secrets.update(KEYS["udf.admin_password"])
    browser.get(site.url + "/")
    left = dict(KEYS)
    for at in walk(browser):
        press(browser, *left.pop(at["name"], []))
        if at["what"].startswith('<button class="primary"'):
            break
    assert left == {}
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


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("state", [form_returned, form_returned_since_plan_is_gone, form_that_asks_more],
                         ids=lambda state: state.__name__)
def test_each_mistake_leads_to_its_place(browser, bench, linode, state, script):
    """Also where it is a plan that cannot be chosen there, which takes no focus."""
    state(browser, bench, linode)
    show_as(browser, 1280, "light", script)
    links = browser.find_elements(By.CSS_SELECTOR, ".note.bad a[href^='#']")
    assert links
    for link in links:
        link.click()
        target = link.get_attribute("href").partition("#")[2]
        wait_for(browser, lambda page: page.switch_to.active_element.get_attribute("id") == target)


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


def test_print_is_the_slip_alone(browser, bench, linode):
    """Black on white, whatever the visitor's scheme, and nothing to press."""
    result(browser, bench, linode)
    show_as(browser, 794, "dark", True)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    picture(browser, "result-print", 794)
    shown = browser.execute_script(
        "return Array.from(document.querySelectorAll('body *')).filter(e => !e.children.length &&"
        " e.checkVisibility() && e.textContent.trim()).map(e => [!!e.closest('.slip'), e.tagName,"
        " getComputedStyle(e).color, e.className])")
    assert len(shown) > 5
    for in_slip, tag, colour, names in shown:
        assert in_slip and tag != "BUTTON" and colour == "rgb(0, 0, 0)", (tag, colour, names)
    assert browser.execute_script(
        "return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert browser.find_element(By.ID, "password").is_displayed()
