# SPDX-License-Identifier: Apache-2.0
"""Checks of request bodies that several operations share.

A body is described by {field: kind}: "String", "Integer", "Boolean", "Array", "Strings"
(an array of them), "Object"; with a "?" where null will do.  All type errors are answered
together; a field that is not described is ignored, with a warning in the journal.
"""
import re

from .errors import Problems, bad, unauthorized

LABEL = re.compile(r"[a-zA-Z]((?!--|__|\.\.)[a-zA-Z0-9\-_.])+")
STRENGTH = "Password does not meet strength requirement"
CLASSES = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())

KINDS = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: type(value) is int,
    "Boolean": lambda value: isinstance(value, bool),
    "Array": lambda value: isinstance(value, list),
    "Strings": lambda value: isinstance(value, list) and all(isinstance(v, str) for v in value),
    "Object": lambda value: isinstance(value, dict),
}
NAMES = {"Strings": "Array of String"}


def body(call, fields, required=()):
    """The JSON object of the request, its known fields, with the right types."""
    value = {} if call.json is None else call.json
    if not isinstance(value, dict):
        raise bad("Must be a JSON object")
    problems = Problems()
    known = {}
    for name, part in value.items():
        if name not in fields:
            call.warn(f"unknown field {name}")
        elif fits(fields[name], part):
            known[name] = part
        else:
            kind = fields[name].rstrip("?")
            problems.add(f"Must be of type {NAMES.get(kind, kind)}", name)
    for name in required:
        if name not in value:
            problems.add(f"{name} is required", name)
    problems.raise_if_any()
    return known


def fits(kind, value):
    return kind.endswith("?") and value is None or KINDS[kind.rstrip("?")](value)


def linode_label(label, problems):
    if not 3 <= len(label) <= 64:
        problems.add("Length must be 3-64 characters", "label")
    elif not LABEL.fullmatch(label) or not label[-1].isalnum():
        problems.add("Label must begin with a letter, end with a letter or a number, and hold "
                     "only letters, numbers and single -, _ or .", "label")


def password(value, problems):
    """11 to 128 characters, three classes of them, and not the same few over and over."""
    if not 11 <= len(value) <= 128:
        problems.add("Length must be 11-128 characters", "root_pass")
    elif sum(any(map(test, value)) for test in CLASSES) < 3 or len(set(value)) < 6:
        problems.add(STRENGTH, "root_pass")


def tags(call, values, problems):
    """3 to 50 characters each, and an affair of unrestricted users."""
    if values and call.user.restricted:
        raise unauthorized()
    for index, tag in enumerate(values):
        if not 3 <= len(tag) <= 50:
            problems.add("Length must be 3-50 characters", f"tags[{index}]")


def choice(value, choices, field, problems):
    if value not in choices:
        problems.add(f"Must be one of {', '.join(choices)}", field)


def within(value, least, most, field, problems):
    if not least <= value <= most:
        problems.add(f"Must be {least}-{most}", field)
