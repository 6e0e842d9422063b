# SPDX-License-Identifier: Apache-2.0
"""Written cases: each construct of Jinja2's documentation, and what is odd about it.

corpus/*.lines has one template per line, corpus/*.cases has titled cases of several templates.
A new case is a line in one of them; Python's Jinja2 says what has to come out.
"""
import json

import oracle
import pytest

CORPUS = oracle.HERE / "corpus"
CONTEXT = json.loads((CORPUS / "context.json").read_text())


def lines():
    for path in sorted(CORPUS.glob("*.lines")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line:
                yield pytest.param(line, id=f"{path.stem}:{number}")


def parse(path):
    """(title, {name: text}) for each case; the newline before the next title is no text."""
    for case in path.read_text().split("=== ")[1:]:
        title, _, rest = case.partition("\n")
        templates = {}
        for part in ("\n" + rest).split("\n--- ")[1:]:
            name, _, text = part.partition("\n")
            templates[name] = text
        templates[name] = templates[name].removesuffix("\n")
        yield title, templates


def cases():
    for path in sorted(CORPUS.glob("*.cases")):
        for title, templates in parse(path):
            yield pytest.param(templates, id=title.replace(" ", "-"))


@pytest.mark.parametrize("line", lines())
def test_line(ours, line):
    assert not (shown := oracle.difference(ours, line, CONTEXT)), shown


@pytest.mark.parametrize("templates", cases())
def test_case(ours, templates):
    assert not (shown := oracle.difference(ours, templates, CONTEXT)), shown
