# SPDX-License-Identifier: Apache-2.0
"""From a connection to a Call and back.

Every request takes the same way: find the operation in the table, enter it in the
journal, let a waiting fault have it, read the body, ask the edge filter, check token and
limits (the API only), run the handler, send.
"""
import asyncio
import email
import json
import socket
import struct
import urllib.parse

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from multidict import CIMultiDict

from . import control, edge, operations
from .errors import Answer, ApiError, bad
from .faults import Broken

MOST_BODY = 1 << 20

# Linode's own, repeated lines and all.
COMMON_HEADERS = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Status"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Vary", "Authorization, X-Filter"),
    ("Vary", "Authorization, X-Filter"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Frame-Options", "DENY"),
    ("X-Spec-Version", "4.189.0"),
]
PRIVATE = [("Cache-Control", "max-age=0, no-cache, no-store"), ("Pragma", "no-cache")]
SHARED = [("Cache-Control", "private, max-age=900"),
          ("Cache-Control", "private, max-age=60, s-maxage=60")]


class Connection(RequestHandler):
    """Knows its number."""
    number = 0
    used = False

    def connection_made(self, transport):
        super().connection_made(transport)
        self.number = self._manager.opened(self)


class Listener(web.Server):
    """Counts connections for the world."""

    def __init__(self, world):
        super().__init__(lambda request: serve(world, request), access_log=None,
                         keepalive_timeout=world.settings.keepalive_seconds)
        self.world = world

    def __call__(self):
        return Connection(self, loop=self._loop,
                          **dict(self._kwargs,
                                 keepalive_timeout=self.world.settings.keepalive_seconds))

    def opened(self, _connection):
        self.world.connections["opened"] += 1
        return self.world.number("connection")


class Call:
    """One request, as the handlers see it."""
    __slots__ = ("world", "operation", "method", "path", "args", "query", "headers", "body",
                 "form", "form_repeated", "json", "pair", "user", "warnings", "remote", "limit_headers")

    def __init__(self, world, operation, args, request, path, query):
        self.world = world
        self.operation = operation
        self.args = args
        self.method = request.method
        self.path = path
        self.query = query
        self.headers = request.headers
        self.remote = request.remote
        self.body = b""
        self.form = {}
        self.form_repeated = None
        self.json = None
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
        return operations.allows(self.pair, scope)

    def warn(self, text):
        """A remark for the journal: nothing Linode would say."""
        self.warnings.append(text)


def parse_query(text):
    if not text:
        return {}
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))


async def serve(world, request):
    """Answers a request; the only place that sends."""
    path, _, query = request.raw_path.partition("?")
    if path.startswith("/_sandbox/"):
        return plain(await control.serve(world, request, path, parse_query(query)))
    operation, args = operations.find(request.method, path)
    call = Call(world, operation, args, request, path, parse_query(query))
    connection = request.protocol
    if not connection.used:
        connection.used = True
        world.connections["used"] += 1
    entry = world.journal.open(call, connection.number)
    answer = await answered(call, request, entry)
    entry["status"] = answer.status if isinstance(answer, Answer) else \
        answer.answer.status if answer.answer else None
    entry["outcome"] = "answered" if isinstance(answer, Answer) else answer.outcome
    entry["username"] = call.username
    entry["seconds"] = round(world.now() - entry["time"], 6)
    if isinstance(answer, Answer):
        return response(call, answer)
    return await send_broken(call, request, answer)


async def answered(call, request, entry):
    """The answer, or a fault's idea of one."""
    async def perform(effect=True):
        await read(call, request, entry)
        return run(call) if effect else None
    fault = call.world.faults.take(call.operation.id)
    if fault is None:
        return await perform()
    entry["fault"] = fault.kind
    return await fault.apply(perform)


async def read(call, request, entry):
    """Reads and decodes the body."""
    if not request.body_exists:
        return
    call.body = await request.read()
    if call.operation.exact_form or call.operation.form:
        for name, value in form_fields(call):
            if name in call.form:
                call.form_repeated = name
            call.form.setdefault(name, value)
        entry["body"] = operations.masked(call.form)
    elif call.body:
        try:
            call.json = json.loads(call.body)
        except ValueError:
            call.json = ValueError
        else:
            entry["body"] = operations.masked(call.json)


def form_fields(call):
    """Name and value of each field of an urlencoded or multipart body."""
    content_type = call.headers.get("Content-Type", "")
    if not content_type.startswith("multipart/form-data"):
        return urllib.parse.parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
    message = email.message_from_bytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + call.body)
    parts = message.get_payload() if message.is_multipart() else ()
    return [(part.get_param("name", header="Content-Disposition"),
             part.get_payload(decode=True).decode("utf-8", "replace")) for part in parts]


def run(call):
    """The operation itself."""
    try:
        refused = None if call.operation.page else edge.refusal(call)
        if refused:
            return refused
        operations.admit(call)
        if call.json is ValueError:
            raise bad("Invalid JSON")
        return call.operation.handler(call)
    except ApiError as refusal:
        return refusal.answer()


def head(call, answer):
    """All header lines of an answer."""
    headers = CIMultiDict()
    if not call.operation.page:
        headers.extend(COMMON_HEADERS)
        if call.operation.shared:
            headers.extend(SHARED)
        elif not any(name == "Cache-Control" for name, _ in answer.headers):
            headers.extend(PRIVATE)
        headers.extend(operations.scope_headers(call))
        headers.extend(call.limit_headers)
    if answer.status != 204 and (answer.body or "json" not in answer.content_type):
        headers["Content-Type"] = answer.content_type
    headers.extend(answer.headers)
    return headers


def response(call, answer):
    return web.Response(status=answer.status, body=answer.body or None,
                        headers=head(call, answer))


def plain(answer):
    return web.Response(status=answer.status, body=answer.body,
                        headers={"Content-Type": answer.content_type})


async def send_broken(call, request, broken):
    """Writes to the transport itself what aiohttp would not send."""
    transport = request.transport
    if broken.answer is not None and transport is not None:
        await write(call, transport, broken)
    if broken.ending == "hang":
        await gone(request)
    elif transport is not None and broken.ending == "reset":
        linger = transport.get_extra_info("socket")
        linger.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    elif transport is not None:
        transport.close()
    return web.Response(status=500)


async def write(call, transport, broken):
    answer, body = broken.answer, broken.answer.body
    headers = head(call, answer)
    length = len(body) if broken.declared is None else broken.declared
    lines = [f"HTTP/1.1 {answer.status} {web.Response(status=answer.status).reason}",
             *(f"{name}: {value}" for name, value in headers.items()),
             f"Content-Length: {length}", "", ""]
    transport.write("\r\n".join(lines).encode())
    body = body[:broken.sent] if broken.sent is not None else body
    if broken.interval is None:
        transport.write(body)
        return
    for start in range(0, len(body), broken.step):
        if transport.is_closing():
            return
        transport.write(body[start:start + broken.step])
        await asyncio.sleep(broken.interval)


async def gone(request):
    """Returns when the caller has hung up."""
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.05)
