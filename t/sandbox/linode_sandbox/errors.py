# SPDX-License-Identifier: Apache-2.0
"""What an operation answers, and Linode's way to say no.

An error body is {"errors": [{"reason": …, "field": …}]}; `field` only if one is to blame.
"""
import json


class Answer:
    """Status, body and headers (a list of pairs: Linode repeats some)."""
    __slots__ = ("status", "body", "content_type", "headers")

    def __init__(self, status=200, body=b"", content_type="application/json", headers=()):
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = list(headers)


def encode(value):
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).encode()


def json_answer(value, status=200, headers=()):
    return Answer(status, encode(value), headers=headers)


class ApiError(Exception):
    """Ends an operation with Linode's error body."""

    def __init__(self, status, *errors, headers=()):
        super().__init__(errors)
        self.status = status
        self.errors = [{"reason": reason, "field": field} if field else {"reason": reason}
                       for reason, field in errors]
        self.headers = headers

    def answer(self):
        return json_answer({"errors": self.errors}, self.status, self.headers)


def bad(reason, field=None):
    return ApiError(400, (reason, field))


def not_found():
    return ApiError(404, ("Not found", None))


def unauthorized():
    """The user lacks a grant, whatever the token allows."""
    return ApiError(403, ("Unauthorized", None))


class Problems:
    """Collects errors, so that one answer names them all."""

    def __init__(self):
        self.found = []

    def add(self, reason, field=None):
        self.found.append((reason, field))

    def raise_if_any(self, status=400):
        if self.found:
            raise ApiError(status, *self.found)
