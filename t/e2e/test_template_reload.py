# SPDX-License-Identifier: Apache-2.0
"""LinodeOAuthTemplateReload: a designer sees a changed file with the next request."""
import os
import re
import tempfile
from pathlib import Path

import pytest
from harness.visitor import Visitor

PAGE = "<i>{}</i>{{% block content %}}{{% endblock %}}"


@pytest.fixture
def directory():
    """One that the children's user may read, as each reload happens there."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        (path / "base.html").write_text(PAGE.format("first"))
        yield path


@pytest.fixture
def designing(bench, directory):
    server, site = bench.serve(TemplateDirectory=f'"{directory}"', TemplateReload="on")
    return server, Visitor(site, server)


def test_a_changed_file_is_seen_at_once(designing, directory):
    _, visitor = designing
    assert visitor.get("/").text.startswith("<i>first</i>")
    for word in ("second", "third!", "fourth"):
        (directory / "base.html").write_text(PAGE.format(word))
        assert visitor.get("/").text.startswith(f"<i>{word}</i>")


def test_a_change_of_the_same_size_and_time_is_seen(designing, directory):
    _, visitor = designing
    before = (directory / "base.html").stat()
    visitor.get("/")
    (directory / "base.html").write_text(PAGE.format("FIRST"))
    os.utime(directory / "base.html", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert visitor.get("/").text.startswith("<i>FIRST</i>")


def test_a_new_file_and_a_removed_one(designing, directory):
    _, visitor = designing
    (directory / "configure.html").write_text(
        "{% extends 'base.html' %}{% block content %}own{% endblock %}")
    assert visitor.get("/").text == "<i>first</i>own"
    (directory / "configure.html").unlink()
    assert 'value="g6-nanode-1"' in visitor.get("/").text


def test_a_mistake_is_told_with_its_place_and_mended(designing, directory):
    server, visitor = designing
    server.expect_log(r"LO0502.*base\.html:2:\d+: ")
    (directory / "base.html").write_text("one\n{% if %}")
    answer = visitor.get("/")
    assert answer.status_code == 500 and "cannot be shown" in answer.text
    assert "{%" not in answer.text and "base.html" not in answer.text
    (directory / "base.html").write_text(PAGE.format("mended"))
    assert visitor.get("/").text.startswith("<i>mended</i>")


def test_assets_follow_too(designing, directory):
    server, visitor = designing
    (directory / "assets").mkdir()
    (directory / "base.html").write_text("{{ assets.own }}")
    for color in ("red", "blue"):
        (directory / "assets/own.css").write_text(f"p {{ color: {color} }}")
        path = visitor.get("/").text
        assert re.fullmatch(r"/assets/own\.\w+\.css", path)
        assert color in visitor.get(path).text


def test_without_it_a_server_keeps_its_pages(bench, directory):
    server, site = bench.serve(TemplateDirectory=f'"{directory}"')
    (directory / "base.html").write_text("{% broken")
    assert Visitor(site, server).get("/").text.startswith("<i>first</i>")


def test_nothing_to_read_again_is_refused(bench):
    server = bench.server()
    server.write(bench.site(server, TemplateReload="on").section())
    status, said = server.configtest()
    assert status != 0
    assert "LinodeOAuthTemplateReload" in said and "LinodeOAuthTemplateDirectory" in said


@pytest.mark.parametrize("text,place,said", [
    ("a\n\n{{ lost() }}", 3, "lost"),
    ("{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}", 2, "m"),
    ("\n{% include ['gone.html'] %}", 2, "gone.html"),
    ("{% for i in range(100000000) %}{% endfor %}", 1, ""),
])
def test_an_error_while_rendering_has_its_place_in_the_log(bench, directory, text, place, said):
    (directory / "configure.html").write_text(text)
    server, site = bench.serve(TemplateDirectory=f'"{directory}"')
    server.expect_log(rf"LO0502.*configure\.html:{place}:\d+: .*{said}")
    answer = Visitor(site, server).get("/")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith("text/plain") and text not in answer.text
    assert re.search(rf"LO0502.*configure\.html:{place}:", server.log())
