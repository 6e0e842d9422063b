# SPDX-License-Identifier: Apache-2.0
"""LinodeOAuthAccent: one colour, readable on light and on dark, in the style sheet of its mount."""
import re
from pathlib import Path

import pytest
from harness.server import Server
from harness.visitor import Visitor
from test_configuration import GOOD, check, section

TOP = Path(__file__).resolve().parents[2]
STYLE = TOP / "templates/assets/style.css"


def channel(value):
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour):
    red, green, blue = (channel(int(colour[i:i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted(luminance(colour) + 0.05 for colour in (one, other))
    return light / dark


def grounds(dark):
    """--bg, --surface and --sunken of the built-in style sheet."""
    part = STYLE.read_text().split("@media (prefers-color-scheme: dark)")[int(dark)]
    found = [re.search(rf"--{name}: (#\w+)", part)[1] for name in ("bg", "surface", "sunken")]
    return ["#ffffff" if colour == "#fff" else colour for colour in found]


def style_of(visitor):
    url = re.search(r'<link rel="stylesheet" href="([^"]+)"', visitor.get().text)[1]
    return url, visitor.get(visitor.site.url + "/assets/" + url.rsplit("/", 1)[1]).text


def tokens(rules):
    return dict(re.findall(r"--([\w-]+): (#\w{6})", rules))


@pytest.mark.parametrize("accent", ["#0b5f59", "#9E1B16", "#1746c9", "#000000", "#6b21a8"])
def test_accent_can_be_read_on_every_ground(bench, accent):
    server, site = bench.serve(Accent=accent)
    _, style = style_of(Visitor(site, server))
    light, dark = style[STYLE.stat().st_size:].split("@media (prefers-color-scheme: dark)")
    light, dark = tokens(light), tokens(dark)
    assert light["accent"] == light["action"] == accent.lower()
    for found, is_dark in ((light, False), (dark, True)):
        assert contrast(found["accent"], found["on-action"]) >= 4.5
        for ground in grounds(is_dark):
            assert contrast(found["accent"], ground) >= 4.5, (found, ground)


def test_style_sheet_has_another_name_with_each_accent(bench):
    sheets = {}
    for accent in (None, "#9e1b16", "#1746c9"):
        server, site = bench.serve(Accent=accent)
        url, text = style_of(Visitor(site, server))
        sheets[url.rsplit("/", 1)[1]] = text
    assert len(sheets) == len(set(sheets.values())) == 3
    assert STYLE.read_text() in sheets.values(), "without an accent it is as it was built in"


def test_accent_needs_no_further_request_and_nothing_inline(bench):
    server, site = bench.serve(Accent="#9e1b16")
    page = Visitor(site, server).get().text
    assert len(re.findall(r"(?:src|href)=\"[^\"]*/assets/", page)) == 2
    assert "#9e1b16" not in page and "<style" not in page and "style=" not in page


def test_own_style_sheet_gets_the_accent_too(bench, tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/style.css").write_text("body { color: var(--accent); }\n")
    server, site = bench.serve(Accent="#9e1b16", TemplateDirectory=tmp_path)
    _, style = style_of(Visitor(site, server))
    assert style.startswith("body {") and tokens(style)["accent"]


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()


@pytest.mark.parametrize("accent", ["#00b159", "#ffd400", "#ff0000", "#58cfc0", "#ffffff"])
def test_pale_accent_is_refused_with_one_that_passes(server, accent):
    status, said = check(server, section(**{**GOOD, "Accent": accent}))
    assert status != 0
    nearest = re.search(r"nearest of its hue that can is (#\w{6})", said)[1]
    worst = min(contrast(nearest, ground) for ground in grounds(False))
    assert 4.5 <= worst < 4.8, nearest
    status, said = check(server, section(**{**GOOD, "Accent": nearest}))
    assert status == 0, said
