# SPDX-License-Identifier: Apache-2.0
"""From a connection to a Call and back.

Every request takes the same way: find the operation in the table, enter the call in the
journal, let a waiting fault have it, read the body, ask the edge filter, check token and
limits (the API only), run the handler, send.
"""
import sys
import traceback
from email.utils import formatdate

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from multidict import CIMultiDict

from . import admission, control, edge, wire
from .call import Call
from .errors import ApiError
from .journal import masked
from .operations import API, PAGE

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
SHARED_OPERATIONS = ("regions.list", "availability.list")


class Connection(RequestHandler):
    """Knows its number, and whether a call came over it since the last reset."""
    number = 0
    used_in = None

    def connection_made(self, transport):
        super().connection_made(transport)
        self.number = self._manager.opened(transport)


class Listener(web.Server):
    """Makes and counts connections."""

    def __init__(self, world):
        super().__init__(self.serve, access_log=None)
        self.world = world

    def __call__(self):
        return Connection(self, loop=self._loop, access_log=None,
                          keepalive_timeout=self.world.settings.keepalive_seconds)

    def opened(self, transport):
        self.world.connections["opened"] += 1
        if self.world.faults.take("connection"):
            wire.reset(transport)
        return self.world.number("connection")

    async def serve(self, request):
        """Answers a request; the only place that sends."""
        if request.raw_path.startswith("/_sandbox/"):
            answer = await control.serve(self.world, request)
            return web.Response(status=answer.status, body=answer.body,
                                headers={"Content-Type": answer.content_type})
        call = Call(self.world, request)
        entry = self.world.journal.open(call, self.count_use(request.protocol))
        try:
            answer = await answered(call, request, entry)
        finally:
            self.world.journal.close(entry, call, request.transport is None)
        if isinstance(answer, wire.Broken):
            entry.update(outcome=answer.outcome, status=answer.answer and answer.answer.status)
            return await wire.send(answer, request,
                                   answer.answer and headers_of(call, answer.answer))
        entry["status"] = answer.status
        return web.Response(status=answer.status, body=answer.body or None,
                            headers=headers_of(call, answer))

    def count_use(self, connection):
        """Counts a connection at its first call (those for control alone do not count)."""
        if connection.used_in is not self.world.connections:
            connection.used_in = self.world.connections
            self.world.connections["used"] += 1
        return connection.number


async def answered(call, request, entry):
    """The answer, or a fault's idea of one."""
    fault = call.world.faults.take(call.operation.id)
    if fault is None or fault.reads_the_body():
        await read(call, request)
        entry["body"] = masked(call.json if call.operation.kind is API else call.form,
                               call.world.journal.secrets)
    if fault is None:
        return run(call)
    entry["fault"] = fault.kind
    return await fault.apply(lambda: run(call))


async def read(call, request):
    if not request.body_exists:
        return
    if request.headers.get("Expect", "").lower() == "100-continue":
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    call.body = await request.read()
    if call.operation.kind is not API:
        call.decode_form()
    elif call.body:
        call.decode_json()


def run(call):
    """The operation itself."""
    try:
        if call.operation.kind is not PAGE and (refused := edge.refusal(call)):
            return refused
        if call.operation.kind is API:
            admission.admit(call)
        if call.undecodable:
            raise call.undecodable
        return call.operation.handler(call)
    except ApiError as refusal:
        return refusal.answer()
    except Exception:
        traceback.print_exc(file=sys.stderr)
        call.warn("the sandbox itself failed: " + traceback.format_exc(limit=-1))
        return ApiError(500, ("The sandbox itself failed", None)).answer()


def headers_of(call, answer):
    """All header lines of an answer."""
    headers = CIMultiDict(Date=formatdate(call.world.now(), usegmt=True))
    if call.operation.kind is API:
        headers.extend(COMMON_HEADERS)
        headers.extend(SHARED if call.operation.id in SHARED_OPERATIONS else PRIVATE)
        headers.extend(admission.scope_headers(call))
        headers.extend(call.limit_headers)
    if answer.body:
        headers["Content-Type"] = answer.content_type
    headers.extend(answer.headers)
    return headers
