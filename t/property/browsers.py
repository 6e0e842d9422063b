# SPDX-License-Identifier: Apache-2.0
"""Visitors of the schedules, who believe what pages say, and check it.

What a page says is compared with what Linode has, at once. A page that says "nothing was created"
speaks for the session that was sent: where another answer of the same flow got lost, or an older
cookie is sent, it can only speak for its own request.
"""
import copy
import re
import threading
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from harness.sealed import Jar
from harness.visitor import CHOICE, password_in
from stage import hold

# A page that is neither a redirect nor one of these would be a mistake of the module's own.
PROBLEM_PAGES = (400, 401, 403, 404, 409, 422, 502, 503, 504)


class Flow:
    def __init__(self, kept, login_url):
        self.id, self.label = kept["id"], kept["label"]
        self.login_url = login_url
        self.callbacks = []
        self.forked = False  # an answer was lost: the session may know less than there is
        self.done = False

    @property
    def reference(self):
        return f"{self.id[:4]}-{self.id[4:6]}".upper()

    @property
    def path(self):
        return f"/deploys/{self.id}"


class Browser:
    def __init__(self, stage, user):
        self.stage, self.site, self.user = stage, stage.site, user
        self.session = self.new_session()
        self.flows = []
        self.older = []

    def new_session(self):
        session = requests.Session()
        session.trust_env = False
        session.headers.update({"Accept": "application/json", "Sec-Fetch-Site": "same-origin"})
        return session

    # ------------------------------------------------------------ requests

    def send(self, session, method, where, path, **arguments):
        """The answer, or None if it never came."""
        try:
            return session.request(method, self.stage.address(where) + path, timeout=40,
                                   allow_redirects=False, **arguments)
        except requests.RequestException:
            return None

    def ask(self, method, where, path, flow=None, **arguments):
        answer = self.send(self.session, method, where, path, **arguments)
        self.judge(answer, flow)
        return answer

    def judge(self, answer, flow):
        if answer is None:
            if flow:
                flow.forked = True
            return
        known = answer.status_code in (200, 303, *PROBLEM_PAGES)
        hold(known, f"{answer.request.method} answered {answer.status_code}: {answer.text[:500]}")
        if answer.status_code >= 400 and answer.json().get("created") == "nothing":
            self.check_nothing(answer.json())

    def check_nothing(self, problem):
        """For the flow that the page's reference names, which may be another than was meant."""
        for flow in self.flows:
            speaks = not flow.forked and flow.label not in self.stage.foreign
            if problem.get("reference") == flow.reference and speaks:
                hold(not self.stage.rows(flow.label),
                     f"{problem['code']} says that nothing was created, but {flow.label} exists")

    def take_over(self, planter):
        """The session that another browser has, and its flows. From now on several sessions speak
        for each of them, and none for its account alone."""
        self.set_cookie(planter.cookie())
        planted = [copy.copy(flow) for flow in planter.flows]
        for flow in planted:
            flow.callbacks, flow.done = [], False
        self.flows += planted
        for flow in self.flows + planter.flows:
            flow.forked = True

    # ------------------------------------------------------------ the way of a flow

    def jar(self):
        return Jar(self)

    def has_session(self):
        return any(cookie.name == "linode" for cookie in self.session.cookies)

    def cookie(self):
        return self.jar().cookie().value if self.has_session() else None

    def set_cookie(self, value):
        self.session.cookies.set("linode", value, path="/", domain="localhost.local")

    def start(self, where, **choice):
        """Posts the form."""
        answer = self.ask("POST", where, "/", data={**CHOICE, **choice})
        if answer is not None and answer.status_code == 303:
            self.stage.count("flows")
            kept = self.jar().value["flows"][-1]
            self.flows.append(Flow(kept, answer.headers["Location"]))
            self.stage.labels.add(kept["label"])
            return self.flows[-1]
        return None

    def consent(self, flow, decision="approve", grant="all"):
        """At Linode: where it sends the browser."""
        url = urlsplit(flow.login_url)
        form = {name: values[0] for name, values in parse_qs(url.query).items()}
        answer = self.stage.linode.session.post(
            urljoin(flow.login_url, url.path), timeout=10, allow_redirects=False,
            data={**form, "username": self.user, "password": "x", "decision": decision,
                  "grant": grant})
        assert answer.status_code in (302, 303), answer.text
        back = urlsplit(answer.headers["Location"])
        self.stage.secrets.update(parse_qs(back.query).get("code", []))
        flow.callbacks.append(f"{back.path}?{back.query}")
        return flow.callbacks[-1]

    def follow(self, where, flow, answer):
        """Where an answer leads: to the result, or to Linode once more by itself."""
        for _ in range(8):
            if answer is None or answer.status_code != 303:
                return answer
            location = answer.headers["Location"]
            if location.startswith(self.stage.linode.login):
                flow.login_url = location
                answer = self.ask("GET", where, self.consent(flow), flow)
            elif urlsplit(location).path == flow.path:
                answer = self.result(where, flow)
                if answer is None or answer.status_code != 303:
                    return answer
            else:
                return answer  # the form, with what was chosen
        raise AssertionError(f"{flow.label} is sent around in circles")

    def open(self, where, flow, callback):
        return self.follow(where, flow, self.ask("GET", where, callback, flow))

    def result(self, where, flow):
        """The page of a flow; if it shows a Linode, that one is there, with that password."""
        answer = self.send(self.session, "GET", where, flow.path, headers={"Accept": "text/html"})
        if answer is None:
            flow.forked = True
        elif answer.status_code == 200:
            self.check_success(answer.text, flow)
        return answer

    def check_success(self, page, flow):
        number = int(re.search(r"cloud\.linode\.com/linodes/(\d+)", page)[1])
        rows = self.stage.rows(flow.label)
        known = number in [row["id"] for row in rows] and flow.label in page
        hold(known, f"{flow.label} is shown, but there is no such Linode")
        flow.done = True
        self.stage.count("results")
        if password := password_in(page):
            self.stage.secrets.add(password)
            self.stage.count("passwords")
            for row in rows:  # of a planted session, each account has one
                fits = self.stage.linode.has_password(row["id"], password)
                hold(fits or row["id"] != number, f"a wrong password is shown for {flow.label}")
                hold(not fits or row["id"] == number, f"{flow.label} has one password everywhere")

    def again(self, where, flow):
        """"Try the login again"."""
        answer = self.ask("GET", where, flow.path + "/login", flow)
        if answer is not None and answer.status_code == 303 and \
                answer.headers["Location"].startswith(self.stage.linode.login):
            flow.login_url = answer.headers["Location"]
        return answer

    def forget(self, where, flow):
        return self.ask("POST", where, flow.path + "/forget", flow, data={})

    # ------------------------------------------------------------ several at once

    def at_once(self, requests_, winner):
        """Each tab sends the cookie as it is now; the answer that comes last has the last word."""
        answers = [None] * len(requests_)
        cookie = self.cookie()

        def call(place, where, path):
            session = self.new_session()
            if cookie:
                session.cookies.set("linode", cookie, path="/", domain="localhost.local")
            answers[place] = self.send(session, "GET", where, path)

        threads = [threading.Thread(target=call, args=(place, where, path))
                   for place, (where, path) in enumerate(requests_)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for flow in self.flows:
            flow.forked = True
        for answer in answers[winner:] + answers[:winner]:
            if answer is not None and "linode" in answer.cookies:
                self.set_cookie(answer.cookies["linode"])
        return answers
