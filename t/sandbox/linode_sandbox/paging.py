# SPDX-License-Identifier: Apache-2.0
"""Collections: ?page=, ?page_size= and X-Filter over a list of rows.

The envelope is {"data": […], "page": n, "pages": n, "results": n}.  Unknown query
parameters are ignored.  A page beyond the end does not exist.
"""
from . import filter as xfilter
from .errors import Problems, json_answer, not_found

DEFAULT_SIZE, LEAST_SIZE, MOST_SIZE = 100, 25, 500


def collection(call, rows, fields=None):
    """Answers a page of the rows; `fields` are the filterable ones."""
    return json_answer(envelope(call, rows, fields))


def envelope(call, rows, fields=None):
    page, size = window(call.query)
    text = call.headers.get("X-Filter")
    if text:
        rows = xfilter.select(text, rows, fields or {})
    pages = max(1, -(-len(rows) // size))
    if page > pages:
        raise not_found()
    first = (page - 1) * size
    return {"data": rows[first:first + size], "page": page, "pages": pages, "results": len(rows)}


def window(query):
    problems = Problems()
    page = number(query.get("page", "1"))
    size = number(query.get("page_size", str(DEFAULT_SIZE)))
    if page is None or page < 1:
        problems.add("Must be a positive number", "page")
    if size is None or not LEAST_SIZE <= size <= MOST_SIZE:
        problems.add(f"Must be {LEAST_SIZE}-{MOST_SIZE}", "page_size")
    problems.raise_if_any()
    return page, size


def number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
