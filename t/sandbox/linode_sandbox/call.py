# SPDX-License-Identifier: Apache-2.0
"""One request, as the handlers see it, and the decoding of what it carries."""
import email
import json
import urllib.parse

from . import admission, operations
from .errors import bad


class Call:
    """Filled in step by step: see server.py for the order."""
    __slots__ = ("world", "operation", "args", "method", "path", "query_text", "query", "headers",
                 "remote", "body", "form", "form_repeated", "json", "undecodable", "pair", "user",
                 "warnings", "limit_headers")

    def __init__(self, world, request):
        path, _, query = request.raw_path.partition("?")
        self.world = world
        self.operation, self.args = operations.find(request.method, path)
        self.method = request.method
        self.path = path
        self.query_text = query
        self.query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True)) if query else {}
        self.headers = request.headers
        self.remote = request.remote
        self.body = b""
        self.form = {}
        self.form_repeated = None
        self.json = None
        self.undecodable = None
        self.pair = None
        self.user = None
        self.warnings = []
        self.limit_headers = ()

    @property
    def username(self):
        return self.user.name if self.user else None

    @property
    def account(self):
        return self.user.account

    def caller(self):
        """Whom a rate limit counts: the token, or the address without one."""
        return self.pair.access if self.pair else self.remote

    def allows(self, scope):
        return admission.allows(self.pair, scope)

    def warn(self, text):
        """A remark for the journal: nothing Linode would say."""
        self.warnings.append(text)

    def decode_form(self):
        for name, value in form_fields(self.headers.get("Content-Type", ""), self.body):
            if name in self.form:
                self.form_repeated = name
            self.form.setdefault(name, value)

    def decode_json(self):
        """Strict: labelled JSON, no NaN; a name given twice is worth a warning."""
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            self.undecodable = bad("Content-Type must be application/json")
            return
        try:
            self.json = json.loads(self.body, object_pairs_hook=self.no_twins,
                                   parse_constant=no_constant)
        except (ValueError, RecursionError):
            self.undecodable = bad("Invalid JSON")

    def no_twins(self, pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            self.warn("a name is given twice in one object")
        return found


def no_constant(name):
    raise ValueError(f"{name} is no JSON")


def form_fields(content_type, body):
    """Name and value of each field of an urlencoded or multipart body."""
    if not content_type.startswith("multipart/form-data"):
        return urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    message = email.message_from_bytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    parts = message.get_payload() if message.is_multipart() else ()
    return [(part.get_param("name", header="Content-Disposition"),
             part.get_payload(decode=True).decode("utf-8", "replace")) for part in parts]
