# SPDX-License-Identifier: Apache-2.0
"""X-Filter: a JSON object that selects and orders the rows of a collection.

A collection names its filterable fields with their type (str, int, bool, list); entity.id
is a path.  Any other field is refused, as is a value of another type.  A list field
matches by membership.
"""
import json
import operator

from .errors import bad

COMPARISONS = {"+gt": operator.gt, "+gte": operator.ge, "+lt": operator.lt, "+lte": operator.le}
NUMBER = (int, float)


def refuse(reason):
    return bad(reason, "X-Filter")


def select(text, rows, fields):
    """The rows that the filter text lets through, in its order."""
    try:
        wanted = json.loads(text)
    except ValueError:
        raise refuse("X-Filter must be valid JSON") from None
    if not isinstance(wanted, dict):
        raise refuse("X-Filter must be a JSON object")
    wanted = dict(wanted)
    order_by, order = wanted.pop("+order_by", None), wanted.pop("+order", "asc")
    matches = all_of(wanted, fields)
    return ordered([row for row in rows if matches(row)], order_by, order, fields)


def ordered(rows, order_by, order, fields):
    if order not in ("asc", "desc"):
        raise refuse("+order must be asc or desc")
    if order_by is None:
        return rows
    known(order_by, fields)

    def key(row):
        value = lookup(row, order_by)
        return (value is not None, value if value is not None else 0)
    return sorted(rows, key=key, reverse=order == "desc")


def lookup(row, path):
    for step in path.split("."):
        row = row.get(step) if isinstance(row, dict) else None
    return row


def known(field, fields):
    if not isinstance(field, str) or field not in fields:
        raise refuse(f"Cannot filter on {field}")
    return fields[field]


def all_of(wanted, fields):
    """A predicate for one object: its keys are joined by and."""
    tests = [one(key, value, fields) for key, value in wanted.items()]
    return lambda row: all(test(row) for test in tests)


def one(key, value, fields):
    if key in ("+and", "+or"):
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise refuse(f"{key} must be an array of filters")
        parts = [all_of(part, fields) for part in value]
        joined = all if key == "+and" else any
        return lambda row: joined(part(row) for part in parts)
    if key.startswith("+"):
        raise refuse(f"Unknown operator {key}")
    kind = known(key, fields)
    if isinstance(value, dict):
        tests = [comparison(key, kind, name, operand) for name, operand in value.items()]
        return lambda row: all(test(row) for test in tests)
    return equality(key, kind, value)


def checked(field, kind, value):
    """The operand, if it has the field's type."""
    fits = {str: isinstance(value, str),
            list: isinstance(value, str),
            bool: isinstance(value, bool),
            int: isinstance(value, NUMBER) and not isinstance(value, bool)}[kind]
    if not fits and value is not None:
        name = {str: "String", list: "String", bool: "Boolean", int: "Integer"}[kind]
        raise refuse(f"{field} must be of type {name}")
    return value


def equality(field, kind, value):
    checked(field, kind, value)
    if kind is list:
        return lambda row: value in (lookup(row, field) or ())
    return lambda row: lookup(row, field) == value


def comparison(field, kind, name, operand):
    if name == "+contains":
        if not isinstance(operand, str) or kind not in (str, list):
            raise refuse("+contains needs a String")
        return contains(field, kind, operand.lower())
    checked(field, kind, operand)
    if name == "+neq":
        equal = equality(field, kind, operand)
        return lambda row: not equal(row)
    if name not in COMPARISONS or kind in (list, bool):
        raise refuse(f"Unknown operator {name}" if name not in COMPARISONS
                     else f"Cannot compare {field}")
    compare = COMPARISONS[name]

    def test(row):
        value = lookup(row, field)
        return value is not None and operand is not None and compare(value, operand)
    return test


def contains(field, kind, operand):
    if kind is list:
        return lambda row: any(operand in item.lower() for item in lookup(row, field) or ())
    return lambda row: operand in (lookup(row, field) or "").lower()
