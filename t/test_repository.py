# SPDX-License-Identifier: Apache-2.0
"""What the repository says of itself is so: layers, directives, documents."""
import os
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
BUILD = Path(os.environ.get("BUILD", TOP / "build"))
README = (TOP / "README.md").read_text()

# Which rooms a room may include; arrows point down.
ALLOWED = {
    "support": {"support"},
    "template": {"template"},
    "linode": {"linode", "support"},
    "web": {"web", "linode", "template", "support", ""},
    "": {"web", "linode", "template", "support", ""},
}


def sources():
    return [path for path in [TOP / "mod_linode_oauth.c", *TOP.glob("src/**/*.[ch]")]
            if path.parent.name != "tool"]


def room_of(path):
    return path.parent.name if path.parent != TOP and path.parent.name in ALLOWED else ""


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_includes_point_down(path):
    room = room_of(path)
    for name in re.findall(r'^#include "([^"]+)"', path.read_text(), re.M):
        target = name.split("/")[0] if "/" in name else (
            room if (path.parent / name).exists() else "")
        assert target in ALLOWED[room], f"{path.name} includes {name}"
    if room in ("support", "template", "linode"):
        assert not re.search(r"#include <(httpd|http_|mod_|util_|ap_)", path.read_text())


def directives():
    return re.findall(r'^DIRECTIVE\(\w+, "(\w+)"', (TOP / "src/directives.def").read_text(), re.M)


def test_readme_holds_the_table_of_directives():
    table = subprocess.run([BUILD / "directive-reference"], capture_output=True, text=True,
                           check=True).stdout
    assert table in README, "run build/directive-reference and put its table into README.md"


def test_configuration_file_shows_every_directive():
    text = (TOP / "conf/linode-oauth.conf").read_text()
    assert [name for name in directives() if name not in text] == []


def test_every_problem_code_is_unique_and_listed():
    codes = re.findall(r"^PROBLEM\(\w+, (\d+),", (TOP / "src/support/problem.def").read_text(),
                       re.M)
    assert len(codes) == len(set(codes))
    assert [code for code in codes if f"LO0{code}" not in README] == []


def test_every_code_of_the_log_is_listed():
    codes = {code for path in sources() if path.suffix == ".c"
             for code in re.findall(r'"[^"\n]*(LO0\d{3}):', path.read_text())}
    assert codes
    assert [code for code in sorted(codes) if f"| {code}" not in README
            and f", {code}" not in README] == []


def test_readme_names_targets_that_exist():
    makefile = (TOP / "Makefile").read_text()
    for target in set(re.findall(r"`make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_readme_tells_which_room_each_file_is_in():
    """A file of a room below src/ is told with its room."""
    assert [path.name for path in TOP.glob("src/*.c") if f"`src/{path.name}`" not in README] == []
    assert [path.name for path in TOP.glob("src/*/")
            if path.name != "tool" and f"`src/{path.name}/`" not in README] == []


def test_files_that_readme_names_exist():
    for path in re.findall(r"`((?:src|t|conf|templates)/[\w./-]+)`", README):
        assert (TOP / path).exists(), path
