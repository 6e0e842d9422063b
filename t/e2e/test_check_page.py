# SPDX-License-Identifier: Apache-2.0
"""SetHandler linode-oauth-check and the log at start: what cannot work is told to the operator,
with what to do, before a visitor finds it out."""
import html
import re

import pytest
import requests

CHECK = "\n<Location /install-check>\nSetHandler linode-oauth-check\n{access}</Location>\n"
FIELD = "LinodeOAuthField {}\n"


def serve(bench, *mounts, access="", extra="", **arguments):
    """A server with these mounts (directives each), and where its check page is."""
    server = bench.server(**arguments)
    sites = [bench.site(server, **mount) for mount in mounts]
    server.write(extra + "\n".join(site.section() for site in sites) + CHECK.format(access=access),
                 log_level="info")
    server.start()
    return server, sites, f"http://localhost:{server.port}/install-check"


def look(url, accept="application/json", **arguments):
    session = requests.Session()
    session.trust_env = False
    return session.get(url, headers={"Accept": accept}, timeout=20, **arguments)


def findings(server, url, mount=0):
    """The findings of one mount, once Linode's answers are there."""
    def settled():
        found = look(url).json()["mounts"][mount]["findings"]
        return found if "reading" not in {f["topic"] for f in found} else None
    return server.wait_until(settled)


def of(found, *levels):
    return {f["topic"]: f"{f['text']} {f['remedy'] or ''}" for f in found if f["level"] in levels}


def lines(server, code):
    return [line.split(f"{code}: ")[1] for line in server.log().splitlines() if f"{code}: " in line]


# ---------------------------------------------------------------- what is found

def test_mount_of_which_there_is_nothing_to_complain(bench):
    server, [site], url = serve(bench, {"SecretKey": "k" * 40})
    found = findings(server, url)
    fine = of(found, "fine")
    assert "320826" in fine["stackscript"] and "public" in fine["stackscript"]
    assert site.url + "/auth_callback is what has to be registered" in fine["callback"]
    assert {"images", "plans", "regions", "questions", "age", "session", "key"} <= set(fine)
    assert set(of(found, "note")) == {"callback", "linode"}, "a sandbox on this machine"
    assert not of(found, "warning", "fault")
    assert look(url).json()["state"] == "note"


CASES = {
    "script is not public": (
        {"StackScriptID": "700004"}, "fault", "stackscript",
        "Linode shows no StackScript 700004 to the public"),
    "script is not there": (
        {"StackScriptID": "999999"}, "fault", "stackscript", "Check LinodeOAuthStackScriptID"),
    "images are all gone": (
        {"StackScriptID": "700003"}, "fault", "images", "give the script images"),
    "image patterns leave none": (
        {"Images": "linode/plan9"}, "fault", "images", "There are: linode/debian12"),
    "plan patterns leave none": ({"Types": "g9-*"}, "fault", "plans", "leaves no plan"),
    "region patterns leave none": ({"Regions": "mars-*"}, "fault", "regions", "leaves no region"),
    "no plan in any region": (
        {"Types": "g1-gpu-*", "Regions": "br-gru"}, "fault", "offer", "Nothing can be installed"),
    "a pattern matches nothing": (
        {"Types": "Nanode* g9-typo"}, "warning", "plans", '"g9-typo" matches no plan'),
    "hidden value is no option": (
        {"StackScriptID": "700001", "Field": "edition hidden palatial"}, "fault", "questions",
        "Its options are: community, team, school, shop and press."),
    "generated choice": (
        {"StackScriptID": "700001", "Field": "use_tls generate 24"}, "fault", "questions",
        "wants one of its options"),
    "check of a choice": (
        {"StackScriptID": "700001", "Field": "use_tls type port"}, "warning", "questions",
        "has no effect"),
    "field that the script does not have": (
        {"StackScriptID": "700001", "Field": "editon hidden school"}, "warning", "questions",
        "no field of that name, so that the line has no effect. Its fields are: admin_email,"),
    "default that comes back": (
        {"StackScriptID": "700001", "Field": "site_name type hostname"}, "warning", "questions",
        "a form left as it is comes back"),
}


@pytest.mark.parametrize("mount, level, topic, words", CASES.values(), ids=list(CASES))
def test_finding_is_on_the_page_and_once_in_the_log(bench, mount, level, topic, words):
    code = {"fault": "LO0430", "warning": "LO0431"}[level]
    server, [site], url = serve(bench, mount, extra="StartServers 2\n")
    server.expect_log(f"{code}|LO0421|LO0413")
    assert words in of(findings(server, url), level)[topic]
    assert look(url).json()["state"] == level
    [line] = server.wait_until(lambda: lines(server, code))
    assert line.startswith(site.url + "/: ") and words in line
    assert "palatial" not in server.log() + look(url).text


def test_default_that_is_no_option(bench, linode):
    linode.settings(data={"stackscripts": {"700001": {"user_defined_fields": [
        {"name": "edition", "label": "Edition", "oneof": "small,large", "default": "huge"}]}}})
    server, _, url = serve(bench, {"StackScriptID": "700001"})
    server.expect_log("LO0431.*default of the script's field edition is none of its options")
    assert "small and large" in of(findings(server, url), "warning")["questions"]


def test_what_is_risky_about_the_session_is_there_too(bench):
    server, _, url = serve(bench, {"session": "Session On\nSessionCookieName s path=/"})
    server.expect_log("LO0111")
    assert "SameSite" in of(findings(server, url), "warning")["session"]
    assert not lines(server, "LO0431"), "it is in the log already"


def test_linode_that_cannot_be_asked(bench, linode):
    linode.fault("images.list", "status", code=500, count=None)
    server, _, url = serve(bench, {"Retries": "0"})
    server.expect_log("LO0421")
    server.wait_until(lambda: "fault" in look(url).text)
    found = of(look(url).json()["mounts"][0]["findings"], "fault")
    assert "about images cannot be read" in found["reading"]
    assert not lines(server, "LO0430")


# ---------------------------------------------------------------- the log

def test_each_start_says_it_and_no_child_twice(bench):
    server, _, _ = serve(bench, {"Types": "Nanode* g9-typo"}, {"path": "/other", "Types": "Nanode*"})
    server.expect_log("LO0431")
    assert len(server.wait_until(lambda: lines(server, "LO0431"))) == 1
    server.kill_children()
    server.expect_log("AH00052|AH00546|AH02818")
    server.wait_until(lambda: len(server.children()) and look(
        f"http://localhost:{server.port}/other/").ok)
    server.graceful()
    server.wait_until(lambda: len(lines(server, "LO0431")) == 2)


def test_what_goes_wrong_later_is_said_then(bench, linode):
    server, _, url = serve(bench, {"CatalogRefresh": "10"})
    findings(server, url)
    assert not lines(server, "LO0431")
    linode.settings(data={"stackscripts": {"320826": {"user_defined_fields": [
        {"name": "edition", "label": "Edition", "oneof": "small,large", "default": "huge"}]}}})
    server.expect_log("LO0431")
    assert len(server.wait_until(lambda: lines(server, "LO0431"))) == 1


# ---------------------------------------------------------------- the page

def test_page_tells_the_same_and_has_the_badge_to_paste(bench):
    server, [one, two], url = serve(
        bench, {"path": "/one", "ApplicationName": '"A & <b>_B_</b>"', "Types": "Nano* g9-typo"},
        {"path": "/two"})
    server.expect_log("LO0431")
    found = findings(server, url) + findings(server, url, 1)
    answer = look(url, "text/html")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    text = html.unescape(answer.text)
    for finding in found:
        assert finding["topic"] == "age" or finding["text"] in text
    code = [html.unescape(code) for code in re.findall(r"<code id=\"\w+-1\">(.*?)</code>",
                                                       answer.text, re.S)]
    assert code == [
        rf"[![Install A \& \<b\>\_B\_\</b\> on Linode]({one.url}/badge.svg)]({one.url}/)",
        f'<a href="{one.url}/"><img src="{one.url}/badge.svg" alt="Install A &amp; &lt;b&gt;_B_&lt;'
        '/b&gt; on Linode" height="32"></a>']
    assert f'src="{two.url}/badge.svg"' in answer.text
    assert "<b>_B_" not in answer.text


def test_mounts_of_other_hosts_are_not_shown(bench):
    server = bench.server()
    here = bench.site(server, path="/here")
    there = bench.site(server, path="/there",
                       CallbackURL="https://other.example/there/auth_callback",
                       session="Session On\nSessionCookieName __Host-s "
                               "path=/;HttpOnly;Secure;SameSite=Lax")
    server.write(f"<VirtualHost *>\nServerName http://localhost:{server.port}\n{here.section()}"
                 f"{CHECK.format(access='')}</VirtualHost>\n<VirtualHost *>\n"
                 f"ServerName https://other.example\n{there.section()}\n"
                 "</VirtualHost>\n")
    server.expect_log("AH00558")
    server.start()
    answer = look(f"http://localhost:{server.port}/install-check").json()
    assert [mount["url"] for mount in answer["mounts"]] == [here.url + "/"]


def test_host_without_a_mount(bench):
    server = bench.server()
    server.write(CHECK.format(access=""), modules=())
    server.start()
    server.expect_log("LO0102.*move it")
    assert look(f"http://localhost:{server.port}/install-check").status_code == 404


def test_access_is_up_to_the_location(bench):
    server, _, url = serve(bench, {}, access="Require all denied\n")
    server.expect_log("AH01630")
    assert look(url).status_code == 403


def test_it_is_only_read(bench):
    _, _, url = serve(bench, {})
    session = requests.Session()
    session.trust_env = False
    answer = session.post(url, timeout=10)
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]
    assert session.head(url, timeout=10).status_code == 200


def test_page_works_with_templates_of_ones_own(bench, tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "base.html").write_text(
        "<title>{% block title %}{% endblock %}</title>OWN {% block content %}{% endblock %}")
    server, _, url = serve(bench, {"TemplateDirectory": tmp_path})
    findings(server, url)
    page = look(url, "text/html").text
    assert page.startswith("<title>○ Check") and "OWN" in page and "Worth knowing" in page


def test_template_that_fails(bench, tmp_path):
    """As on every other page: a sentence to the browser, the place in the log."""
    tmp_path.chmod(0o755)
    (tmp_path / "check.html").write_text("{{ 1 / 0 }}")
    server, _, url = serve(bench, {"TemplateDirectory": tmp_path})
    server.expect_log("LO0502 .*check.html:1:")
    answer = look(url, "text/html")
    assert answer.status_code == 500 and "This page cannot be shown" in answer.text
    assert "check.html:1:" in server.log() and not server.crashes()


def test_no_secret_is_shown(bench):
    secret = "very-secret-licence-0123456789"
    server, [site], url = serve(bench, {
        "StackScriptID": "700001", "Field": f"api_token hidden {secret}", "SecretKey": "k" * 40})
    server.secrets.add(secret)
    findings(server, url)
    for accept in ("application/json", "text/html"):
        text = look(url, accept).text
        assert secret not in text and site.secret not in text and "k" * 40 not in text
