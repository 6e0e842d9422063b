# SPDX-License-Identifier: Apache-2.0
"""A vendor's own four templates, written the way Linode's guide teaches, carry a whole deploy."""
import html
import re

import pytest
from harness.visitor import CHOICE, Visitor

TEMPLATES = {
    "base.html": """<html><head><title>Own pages</title></head>
<body>{% block content %}
{% endblock %}</body>""",
    "configure.html": """{% extends 'base.html' %}
{% block content %}<form method="POST"><h1>{{application_name}}</h1>
<select name='type'>{% for plan in types %}<option value="{{plan.id}}">{{plan.label}}</option>
{% endfor %}</select>
<select name='region'>{% for place in regions %}<option value="{{place.id}}">{{place.id}}</option>
{% endfor %}</select>
<select name='distribution'>{% for d in stackscript.images %}
<option value="{{d.id.id}}">{{d.id.id}}</option>{% endfor %}</select>
<input type="submit"></form>{% endblock %}""",
    "error.html": "{% extends 'base.html' %}{% block content %}<p>{{error}}</p>{% endblock %}",
    "success.html": """{% extends 'base.html' %}
{% block content %}<p>{{application_name}} on <b>{{linode.label}}</b> in {{linode.group}}</p>
<code>ssh root@{{linode.ipv4[0]}}</code><code id="password">{{password}}</code>{% endblock %}""",
}


@pytest.fixture
def own(bench, tmp_path):
    tmp_path.chmod(0o755)
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    server, site = bench.serve(TemplateDirectory=f'"{tmp_path}"',
                               ApplicationName='"Tom & Jerry <3"', Tags="cartoon")
    return Visitor(site, server)


def test_own_pages_carry_a_deploy(own, linode):
    form = own.get("/").text
    assert "<title>Own pages</title>" in form and "Tom &amp; Jerry &lt;3" in form
    options = [re.findall(r'value="([^"]+)"', part) for part in form.split("<select")[1:]]
    choice = dict(zip(("type", "region", "distribution"), [values[0] for values in options]))
    page = own.deploy(**choice)
    [created] = linode.linodes()
    assert created["label"] in page.text and "cartoon" in page.text
    assert f"ssh root@{created['ipv4'][0]}" in page.text
    password = html.unescape(re.search(r'id="password">([^<]+)<', page.text).group(1))
    assert linode.has_password(created["id"], password)


def test_own_error_page(own):
    answer = own.get(own.consent(own.start(), grant="linodes:read_only"))
    assert answer.status_code == 403
    assert "<p>Insufficient scopes granted to deploy Tom &amp; Jerry &lt;3</p>" in answer.text


@pytest.mark.parametrize("script, choice, words", [
    ("320826", {"region": "mars-1"}, "The region &#34;mars-1&#34; is not on offer here."),
    ("320826", {"region": "us-central", "type": "g7-premium-2"}, "does not have the plan Premium"),
    ("700001", {}, "The script asks for &#34;E-mail of the administrator&#34;. Please fill")])
def test_own_form_that_cannot_say_what_is_wrong(bench, linode, tmp_path, script, choice, words):
    """The guide's form would come back without a word; its error page has one."""
    tmp_path.chmod(0o755)
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    server, site = bench.serve(TemplateDirectory=f'"{tmp_path}"', StackScriptID=script)
    answer = Visitor(site, server).post("/", {**CHOICE, **choice})
    assert answer.status_code == 422
    assert "<p>" in answer.text and "<form" not in answer.text and words in answer.text
    assert not linode.journal("oauth.authorize")


def test_own_form_that_says_what_is_wrong(bench, tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "configure.html").write_text("<i>{{ problems|map(attribute='field')|join }}</i>")
    server, site = bench.serve(TemplateDirectory=f'"{tmp_path}"')
    answer = Visitor(site, server).post("/", {**CHOICE, "region": "mars-1"})
    assert answer.status_code == 422 and answer.text == "<i>region</i>"


def test_one_own_file_replaces_one(bench, tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "base.html").write_text("<i>mine</i>{% block content %}{% endblock %}")
    server, site = bench.serve(TemplateDirectory=f'"{tmp_path}"')
    page = Visitor(site, server).get("/").text
    assert page.startswith("<i>mine</i>") and 'value="g6-nanode-1"' in page


def test_own_policy_for_own_pages(bench):
    policy = "default-src 'self' https://cdn.example"
    server, site = bench.serve(ContentSecurityPolicy=f'"{policy}"')
    assert Visitor(site, server).get("/").headers["Content-Security-Policy"] == policy


@pytest.mark.parametrize("name, path", [("configure.html", "/"), ("configure.html", "/?type=x"),
                                        ("badge.svg", "/badge.svg")])
def test_page_that_fails_has_the_headers_of_all(bench, tmp_path, name, path):
    tmp_path.chmod(0o755)
    (tmp_path / name).write_text("{{ 1 / 0 }}")
    server, site = bench.serve(TemplateDirectory=tmp_path)
    server.expect_log("LO0502")
    answer = Visitor(site, server).get(path)
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
