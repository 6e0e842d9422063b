# SPDX-License-Identifier: Apache-2.0
"""Sends answers in ways no server should, past aiohttp and straight to the transport."""
import asyncio
import http
import socket
import struct

from aiohttp import web


class Broken:
    """An answer (or none) and how to spoil it: cut after `sent` bytes, announced with
    `declared`, `step` bytes per `interval`; and how the connection ends: "close", "reset"
    or "hang" (when the caller gives up), or that it does not: "twice", with the whole answer once more
    in the piece that its body comes in."""

    def __init__(self, outcome, answer=None, sent=None, declared=None, interval=None, step=1,
                 ending="close"):
        self.outcome = outcome
        self.answer = answer
        self.sent = sent
        self.declared = declared
        self.interval = interval
        self.step = step
        self.ending = ending


async def send(broken, request, headers):
    """Returns a response that nobody will get: the connection is over, or the answer was sent."""
    transport = request.transport
    if transport is not None and broken.ending == "twice":
        await write_twice(transport, broken, headers)
        return Sent()
    if transport is not None and broken.answer is not None:
        await write(transport, broken, headers)
    if transport is not None and broken.ending == "reset":
        reset(transport)
    elif transport is not None and broken.ending == "close":
        transport.close()
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.05)
    return web.Response(status=500)


class Sent(web.StreamResponse):
    """Nothing is left to be said; the connection stays."""

    def __init__(self):
        super().__init__()
        self._keep_alive = True

    async def prepare(self, request):
        return None

    async def write_eof(self, data=b""):
        return None


async def write_twice(transport, broken, headers):
    body = broken.answer.body
    start = head(broken.answer.status, headers, len(body))
    transport.write(start)
    await asyncio.sleep(0.05)
    transport.write(body + start + body)


def reset(transport):
    """Ends a connection with RST."""
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def write(transport, broken, headers):
    body = broken.answer.body
    transport.write(head(broken.answer.status, headers,
                         len(body) if broken.declared is None else broken.declared))
    body = body[:broken.sent]
    if broken.interval is None:
        transport.write(body)
        return
    for start in range(0, len(body), broken.step):
        if transport.is_closing():
            return
        transport.write(body[start:start + broken.step])
        await asyncio.sleep(broken.interval)


def head(status, headers, length):
    try:
        reason = http.HTTPStatus(status).phrase
    except ValueError:
        reason = ""
    lines = [f"HTTP/1.1 {status} {reason}",
             *(f"{name}: {value}" for name, value in headers.items()),
             f"Content-Length: {length}", "", ""]
    return "\r\n".join(lines).encode()
