# SPDX-License-Identifier: Apache-2.0
"""HTML: templates of the pages directory with $names, every value escaped.

Only what a template rendered (Html) goes into another one as it is.
"""
import functools
import html
import pathlib
import string

PAGES = pathlib.Path(__file__).resolve().parent.parent / "pages"


class Html(str):
    """Text that is HTML already."""


@functools.lru_cache(maxsize=None)
def template(name):
    return string.Template((PAGES / name).read_text(encoding="utf-8"))


def fill(pattern, values):
    safe = {name: value if isinstance(value, Html) else html.escape(str(value))
            for name, value in values.items()}
    return Html(pattern.substitute(safe))


def render(name, **values):
    """A file of the pages directory, filled in."""
    return fill(template(name), values)


def each(pattern, rows):
    """A fragment repeated: once for every dictionary of values."""
    pattern = string.Template(pattern)
    return Html("".join(fill(pattern, row) for row in rows))


def page(title, name, **values):
    """A whole page in the common frame."""
    return render("frame.html", title=title, main=render(name, **values))
