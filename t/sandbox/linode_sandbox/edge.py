# SPDX-License-Identifier: Apache-2.0
"""The network's edge in front of login and API: it answers some requests by itself.

A program that does not say who it is (User-Agent) and what it takes (Accept), or that
posts to the token endpoint without an exact Content-Type, gets 403 and a page of HTML; so
does a body with one of the words of the setting edge_patterns.
"""
from . import pages
from .errors import Answer

HTML = "text/html"


def refusal(call):
    """The edge's answer, or None when the request may pass."""
    headers = call.headers
    if "User-Agent" not in headers or "Accept" not in headers:
        return access_denied(call)
    if call.operation.kind == "token" and not exact_form(headers.get("Content-Type", "")):
        return access_denied(call)
    for pattern in call.world.settings.edge_patterns:
        if pattern.encode() in call.body:
            return access_denied(call)
    return None


def exact_form(content_type):
    return (content_type == "application/x-www-form-urlencoded"
            or content_type.startswith("multipart/form-data; boundary="))


def access_denied(call):
    number = call.world.number("edge", 0x1d2e0f17)
    body = pages.render("denied.html", url="http://" + call.headers.get("Host", "") + call.path,
                        reference=f"18.{number:x}.{int(call.world.now())}.{number:x}")
    return Answer(403, body.encode(), HTML, [("Server", "AkamaiGHost"), ("Expires", "0"),
                                             ("Cache-Control", "max-age=0")])


def plain_error(status):
    """An error page of a proxy that knows nothing about JSON."""
    body = pages.render("proxy.html", status=status)
    return Answer(status, body.encode(), HTML, [("Server", "nginx")])
