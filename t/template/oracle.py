# SPDX-License-Identifier: Apache-2.0
"""Python's Jinja2 and ours, side by side.

Both get the same templates and the same JSON context. What Jinja2 renders, ours has to render
byte for byte, or to refuse with an error that a test expects; what Jinja2 refuses, ours may not
render.
"""
import json
import os
import pathlib
import re
import signal
import subprocess

import jinja2

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
EXTENSIONS = ["jinja2.ext.do", "jinja2.ext.loopcontrols"]


def build_dir():
    return pathlib.Path(os.environ.get("BUILD", TOP / "build"))


class Ours:
    """template-render --serve: one process for all cases."""

    def __init__(self):
        self.process = subprocess.Popen(
            [build_dir() / "template-render", "--serve"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )

    def __call__(self, templates, context, name="main"):
        case = {"templates": templates, "name": name, "context": context}
        self.process.stdin.write(json.dumps(case).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"template-render died, status {self.process.wait()}"
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(10) == 0


class TooSlow(Exception):
    pass


class Address(Exception):
    """The page tells where an object of Python's lies in memory."""


def theirs(templates, context, name="main"):
    """The page, or the exception. The context is a copy: templates can change it."""
    environment = jinja2.Environment(
        autoescape=True, extensions=EXTENSIONS, loader=jinja2.DictLoader(templates)
    )

    def give_up(*_):
        raise TooSlow

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        page = environment.get_template(name).render(json.loads(json.dumps(context)))
        page.encode()
        if re.search(r" at 0x[0-9a-f]{8,}(>|&gt;)", page):
            raise Address
        return page, None
    except Exception as error:  # whatever a template can make Python do
        return None, error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


# Phrases of refusals that are documented in README.md: Python would render these.
REFUSALS = (
    "64 bits", "cannot print", "not supported", "is not available", "of the context",
    "one object is not defined", "too big", "nested too deeply", "brackets within each other",
    "within each other", "complex numbers", "not understood", "limit of", "cannot be compared here",
    "too long", "format: ", "generator", "cannot be sliced", "is not a character",
    "more than", "the JSON of", "there is no template", "unexpected character",
)


def difference(ours, templates, context=None, name="main", may_refuse=False):
    """None if both agree, or a text that shows the case and the two answers."""
    context = {} if context is None else context
    if isinstance(templates, str):
        templates = {"main": templates}
    page, error = theirs(templates, context, name)
    answer = ours(templates, context, name)
    if isinstance(error, TooSlow):
        return None
    if error is not None and "error" in answer:
        return None
    if error is None and answer.get("page") == page:
        return None
    if error is None and may_refuse and "error" in answer and \
            any(phrase in answer["error"] for phrase in REFUSALS):
        return None
    shown = "\n".join(f"--- {key}\n{text}" for key, text in templates.items())
    expected = repr(page) if error is None else f"{type(error).__name__}: {error}"
    got = repr(answer["page"]) if "page" in answer else "error: " + answer["text"]
    return f"\n{shown}\ncontext: {json.dumps(context)[:200]}\njinja2:  {expected}\nours:    {got}"
