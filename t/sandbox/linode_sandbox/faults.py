# SPDX-License-Identifier: Apache-2.0
"""What goes wrong when a test asks for it.

A fault names an operation (a pattern: "types.*"; "*" is everything but the pages of the
login; "connection" is a new connection, reset before a word is read), how many calls it
spoils (`count`, 1, null for all), how many it lets pass first (`skip`, 0), whether it keeps
them until the faults are cleared (`hold`, false), its kind (`fault`) and that kind's parameters:

    status        code 503, body "json" | "html" | "empty", headers {}, reason, effect false
    error         errors [{"reason", "field"}], code 400, effect false
    lie           body (any JSON), code 200, effect false; `duplicate` is another name for it
    redirect      location, code 302, effect false
    delay         seconds 1, when "before" | "after" the effect
    hang          when "before" | "after": no answer until the caller gives up
    reset         when "reading" (the body is never read) | "before" | "after" the effect
    truncate      bytes null (half): the answer is cut there and the connection closed
    wrong_length  extra 10: Content-Length says so many bytes more (or fewer), then closed
    not_json      text: a body that is no JSON, labelled JSON
    empty         a 200 without a body
    big           bytes 10485760: a valid but huge answer
    gzip_bomb     bytes 104857600 after unpacking, nobody asked for gzip
    drip          interval 0.05, bytes 1: so many bytes of the body per interval
    twice         a good answer, and the same once more behind it; the connection stays
    close         a good answer, then the connection is closed without notice

Whatever has no `effect` parameter is done as usual; only its answer is spoiled.
"""
import asyncio
import fnmatch
import functools
import gzip

from . import edge, operations
from .errors import Answer, ApiError, json_answer
from .wire import Broken


class Fault:
    def __init__(self, operation, kind, count, skip, hold, parameters):
        self.operation = operation
        self.kind = kind
        self.count = count
        self.skip = skip
        self.hold = hold  # what it waits for, or None
        self.parameters = parameters

    def matches(self, operation):
        if self.operation == "*":
            return not operation.startswith("login.") and operation != "connection"
        return fnmatch.fnmatchcase(operation, self.operation)

    def reads_the_body(self):
        return self.parameters.get("when") != "reading"

    async def apply(self, perform):
        if self.hold:
            await self.hold.wait()
        return await KINDS[self.kind][0](perform, **self.parameters)

    def as_dict(self):
        return {"operation": self.operation, "fault": self.kind, "skip": self.skip,
                "count": self.count, "hold": bool(self.hold), **self.parameters}


class Faults:
    """Those that wait; the first that matches is taken."""

    def __init__(self):
        self.waiting = []
        self.cleared = asyncio.Event()

    def take(self, operation):
        for fault in self.waiting:
            if fault.matches(operation):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                self.use_up(fault)
                return fault
        return None

    def use_up(self, fault):
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                self.waiting.remove(fault)

    def add(self, spec):
        """Checks a description of a fault; ValueError says what is wrong with it."""
        spec = dict(spec)
        kind, operation = spec.pop("fault", None), spec.pop("operation", "*")
        count, skip = spec.pop("count", 1), spec.pop("skip", 0)
        hold = self.cleared if spec.pop("hold", False) else None
        if kind not in KINDS:
            raise ValueError(f"fault is one of {', '.join(KINDS)}")
        if not isinstance(operation, str) or not isinstance(skip, int):
            raise ValueError("operation is a String, skip a number")
        if operation != "*" and not fnmatch.filter(KNOWN, operation):
            raise ValueError(f"no operation is called {operation}")
        if count is not None and (not isinstance(count, int) or count < 1):
            raise ValueError("count is a positive number or null")
        if operation == "connection" and kind != "reset":
            raise ValueError("a connection can be reset, nothing else")
        parameters = dict(KINDS[kind][1])
        for name, value in spec.items():
            if name not in parameters:
                raise ValueError(f"{kind} takes {', '.join(parameters) or 'no parameters'}")
            parameters[name] = value
        check_parameters(kind, parameters)
        self.waiting.append(Fault(operation, kind, count, skip, hold, parameters))

    def clear(self):
        self.waiting.clear()
        self.cleared.set()
        self.cleared = asyncio.Event()


def check_parameters(kind, parameters):
    for name, value in parameters.items():
        choices = CHOICES.get((kind, name)) or CHOICES.get(name)
        if choices and value not in choices:
            raise ValueError(f"{name} is one of {', '.join(map(str, choices))}")
        if name in ("seconds", "interval", "code", "extra") and type(value) not in (int, float):
            raise ValueError(f"{name} is a number")
    if kind == "redirect" and not isinstance(parameters["location"], str):
        raise ValueError("location is a String")


async def status(perform, code, body, headers, reason, effect):
    if effect:
        perform()
    extra = list(headers.items())
    if body == "html":
        answer = edge.plain_error(code)
    elif body == "empty":
        answer = Answer(code)
    else:
        answer = ApiError(code, (reason or "Something went wrong", None)).answer()
    named = {name.lower() for name in headers}
    answer.headers = [pair for pair in answer.headers if pair[0].lower() not in named] + extra
    return answer


async def error(perform, errors, code, effect):
    return await lie(perform, {"errors": errors}, code, effect)


async def lie(perform, body, code, effect):
    if effect:
        perform()
    return json_answer(body, code)


async def redirect(perform, location, code, effect):
    if effect:
        perform()
    return Answer(code, headers=[("Location", location)])


async def delay(perform, seconds, when):
    if when == "before":
        await asyncio.sleep(seconds)
        return perform()
    answer = perform()
    await asyncio.sleep(seconds)
    return answer


async def hang(perform, when):
    if when == "after":
        perform()
    return Broken("hung", ending="hang")


async def reset(perform, when):
    if when == "after":
        perform()
    return Broken("reset", ending="reset")


async def truncate(perform, bytes):
    answer = perform()
    return Broken("truncated", answer, sent=len(answer.body) // 2 if bytes is None else bytes)


async def wrong_length(perform, extra):
    answer = perform()
    return Broken("wrong length", answer, declared=max(0, len(answer.body) + extra))


async def twice(perform):
    return Broken("sent twice", perform(), ending="twice")


async def not_json(perform, text):
    answer = perform()
    return Answer(answer.status, text.encode(), headers=answer.headers)


async def empty(perform):
    answer = perform()
    return Answer(200, headers=answer.headers)


async def big(perform, bytes):
    perform()
    return Answer(200, b'{"data": "' + b"x" * bytes + b'"}')


async def gzip_bomb(perform, bytes):
    perform()
    return Answer(200, packed(bytes), headers=[("Content-Encoding", "gzip")])


@functools.lru_cache(maxsize=2)
def packed(size):
    return gzip.compress(b'{"data": "' + b"x" * size + b'"}', compresslevel=1)


async def drip(perform, interval, bytes):
    answer = perform()
    return Broken("dripped", answer, interval=interval, step=bytes)


async def close(perform):
    return Broken("closed", perform())


KNOWN = ["connection", "unknown", *(row.id for row in operations.OPERATIONS)]
EFFECT = {"effect": False}
KINDS = {
    "status": (status, {"code": 503, "body": "json", "headers": {}, "reason": None, **EFFECT}),
    "error": (error, {"errors": [], "code": 400, **EFFECT}),
    "lie": (lie, {"body": {}, "code": 200, **EFFECT}),
    "duplicate": (lie, {"body": {}, "code": 200, **EFFECT}),
    "redirect": (redirect, {"location": None, "code": 302, **EFFECT}),
    "delay": (delay, {"seconds": 1, "when": "before"}),
    "hang": (hang, {"when": "before"}),
    "reset": (reset, {"when": "before"}),
    "truncate": (truncate, {"bytes": None}),
    "wrong_length": (wrong_length, {"extra": 10}),
    "twice": (twice, {}),
    "not_json": (not_json, {"text": "<<this is not JSON>>"}),
    "empty": (empty, {}),
    "big": (big, {"bytes": 10 << 20}),
    "gzip_bomb": (gzip_bomb, {"bytes": 100 << 20}),
    "drip": (drip, {"interval": 0.05, "bytes": 1}),
    "close": (close, {}),
}
CHOICES = {
    ("status", "body"): ("json", "html", "empty"),
    ("reset", "when"): ("reading", "before", "after"),
    "when": ("before", "after"),
    "effect": (True, False),
}
