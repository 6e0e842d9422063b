# SPDX-License-Identifier: Apache-2.0
"""A visitor with a browser's habits: cookies, Sec-Fetch-Site, forms posted as they stand.

Redirects are not followed, so that a test sees each step.
"""
import html
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

CHOICE = {"type": "g6-nanode-1", "region": "eu-central", "distribution": "linode/debian12"}


class FormParser(HTMLParser):
    """The hidden inputs and the action of a page's first form."""

    def __init__(self):
        super().__init__()
        self.action, self.fields = None, {}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form" and self.action is None:
            self.action = attributes.get("action", "")
        if tag == "input" and attributes.get("type") == "hidden":
            self.fields[attributes["name"]] = attributes.get("value", "")


class Visitor:
    def __init__(self, site, server=None, user="visitor"):
        self.site, self.server, self.user = site, server, user
        self.session = requests.Session()
        self.session.headers["User-Agent"] = "Mozilla/5.0 (e2e)"
        self.session.headers["Accept"] = "text/html,application/xhtml+xml"

    def url(self, path):
        return path if path.startswith("http") else self.site.url + path

    def get(self, path="/", **arguments):
        return self.session.get(self.url(path), allow_redirects=False, timeout=40, **arguments)

    def post(self, path="/", data=None, headers=None, **arguments):
        headers = {"Sec-Fetch-Site": "same-origin", **(headers or {})}
        return self.session.post(self.url(path), data=data, headers=headers,
                                 allow_redirects=False, timeout=40, **arguments)

    def start(self, **choice):
        """Posts the form; the URL of Linode's login."""
        answer = self.post("/", {**CHOICE, **choice})
        assert answer.status_code == 303, (answer.status_code, answer.text)
        return answer.headers["Location"]

    def consent(self, login_url, decision="approve", grant="all"):
        """At Linode: logs in, allows or denies; the URL that Linode sends the browser to."""
        away = requests.Session()
        away.trust_env = False
        away.verify = self.site.directives.get("CAFile", True)
        page = away.get(login_url, timeout=10)
        assert page.status_code == 200, page.text
        form = FormParser()
        form.feed(page.text)
        answer = away.post(urljoin(login_url, form.action), timeout=10, allow_redirects=False,
                           data={**form.fields, "username": self.user, "password": "x",
                                 "decision": decision, "grant": grant})
        assert answer.status_code in (302, 303), (answer.status_code, answer.text)
        location = answer.headers["Location"]
        query = parse_qs(urlsplit(location).query)
        self.note_secret(*query.get("code", []), *query.get("state", []))
        return location

    def deploy(self, **choice):
        """The whole way; the result page."""
        callback = self.get(self.consent(self.start(**choice)))
        assert callback.status_code == 303, (callback.status_code, callback.text)
        return self.result(callback)

    def result(self, callback):
        page = self.get(urljoin(callback.url, callback.headers["Location"]))
        assert page.status_code == 200, page.text
        self.note_secret(password_in(page.text))
        return page

    def note_secret(self, *secrets):
        if self.server:
            self.server.secrets.update(secret for secret in secrets if secret)


def password_in(page):
    """The root password that a result page shows, or None."""
    found = re.search(r'id="password"[^>]*>([^<]+)<', page)
    return html.unescape(found.group(1)) if found else None
