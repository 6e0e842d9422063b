# SPDX-License-Identifier: Apache-2.0
"""Random schedules of visitors, faults, kills and clocks, and what holds in each of them.

  - an account has at most one Linode of a flow;
  - who is shown success has the right password of a Linode that exists, under his flow's label;
  - who is told that nothing was created is told the truth;
  - once the faults stop, no token stays alive, and whoever still waits gets his Linode;
  - no secret stands in any log, no child dies but by our hand, no answer is a 500.
"""
import contextlib
import functools
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from browsers import Browser
from stage import hold

# partner and helper are other users of visitor's account.
USERS = ("visitor", "visitor", "partner", "second")
ACCOUNTS = (("visitor", "partner", "helper"), ("second",))
browsers = st.integers(0, len(USERS) - 1)
places = st.integers(0, 7)
servers = st.integers(0, 1)
regions = st.sampled_from(["eu-central", "us-east"])
decisions = st.sampled_from([("approve", "all")] * 6 + [("deny", "all"), ("approve", "none")])

WRONG_ANSWERS = [{"fault": kind} for kind in ("not_json", "empty", "close", "truncate",
                                              "wrong_length")]
RESETS = [{"fault": "reset", "when": when} for when in ("reading", "before", "after")]
HANGS = [{"fault": "hang", "when": when} for when in ("before", "after")]
STATUSES = [{"fault": "status", "code": code, "effect": False}
            for code in (408, 429, 500, 502, 503, 504, 520)]
# Carried out all the same: these leave open whether they were.
UNCLEAR = [{"fault": "status", "code": code, "effect": True} for code in (408, 500, 502, 504, 520)]
SLOW = [{"fault": "delay", "seconds": 0.3, "when": "before"},
        {"fault": "delay", "seconds": 0.3, "when": "after"}]
WAIT = [{"fault": "status", "code": 429, "headers": {"Retry-After": "1"}}]
REFUSED = [{"fault": "error", "errors": [{"reason": "Something is wrong", "field": "type"}]}]
LIES = [{"fault": "lie", "body": {}}, {"fault": "lie", "body": []}]
PASSING = WRONG_ANSWERS + RESETS + STATUSES + SLOW
FAULTS = {
    "oauth.token": PASSING + UNCLEAR + HANGS + LIES,
    "profile.get": PASSING + HANGS[:1] + LIES + WAIT,
    "instances.create": PASSING * 2 + UNCLEAR * 2 + HANGS + LIES + WAIT + REFUSED +
                        [{"fault": "delay", "seconds": 1.6, "when": "before"}],
    "instances.list": PASSING + HANGS[:1] + LIES + WAIT +
                      [{"fault": "lie", "body": {"data": [], "page": 1, "pages": 1, "results": 0}}],
    "oauth.revoke": PASSING + UNCLEAR + HANGS[:1] + WAIT,
}
faults = st.one_of([st.tuples(st.just(operation), st.sampled_from(kinds))
                    for operation, kinds in FAULTS.items()])


def move(**strategies):
    """A rule; counted, and told when it ends badly: threads may not let the schedule fail again."""
    def wrap(function):
        @rule(**strategies)
        @functools.wraps(function)
        def played(self, **drawn):
            if self.stage.is_over():
                return
            self.stage.count("steps")
            self.moves.append(f"{function.__name__} {drawn}")
            with self.telling():
                function(self, **drawn)
        return played
    return wrap


class Schedules(RuleBasedStateMachine):
    stage = None  # set by whoever runs this

    def __init__(self):
        super().__init__()
        self.stage.reset()
        self.stage.count("schedules")
        self.browsers = [Browser(self.stage, user) for user in USERS]
        self.ahead = 0
        self.moves = []

    @contextlib.contextmanager
    def telling(self):
        """Prints the first schedule that failed, as it was before it is made shorter."""
        try:
            yield
        except Exception as error:
            if not self.stage.told:
                self.stage.told = True
                print("\n".join(self.moves), f"{type(error).__name__} after "
                      f"{self.stage.flows_so_far()} flows: {error}", sep="\n",
                      file=sys.stderr, flush=True)
            raise

    def flow(self, number, place):
        """A browser and one of its flows, the newest ones first; None if it has none."""
        browser = self.browsers[number]
        return browser, browser.flows[-1 - place % len(browser.flows)] if browser.flows else None

    # ------------------------------------------------------------ what visitors do

    @move(number=browsers, where=servers, region=regions, count=st.integers(1, 3))
    def deploy(self, number, where, region, count):
        """So many tabs, one after the other, from the form to the result."""
        self.play_deploy(number, where, region, count)

    def play_deploy(self, number, where, region, count):
        browser = self.browsers[number]
        flows = [browser.start(where, region=region) for _ in range(count)]
        for flow in filter(None, flows):
            browser.open(where, flow, browser.consent(flow))

    @move(count=st.integers(1, 3), where=st.tuples(*[servers] * len(USERS)), region=regions)
    def deploy_all(self, count, where, region):
        """All browsers at the same time."""
        with ThreadPoolExecutor(len(USERS)) as threads:
            list(threads.map(lambda number: self.play_deploy(number, where[number], region, count),
                             range(len(USERS))))

    @move(number=browsers, where=servers, region=regions,
          label=st.sampled_from([None, "my-own-box"]))
    def start(self, number, where, region, label):
        self.browsers[number].start(where, region=region, **({"label": label} if label else {}))

    @move(number=browsers, place=places, decision=decisions)
    def decide(self, number, place, decision):
        browser, flow = self.flow(number, place)
        if flow:
            browser.consent(flow, *decision)

    @move(number=browsers, place=places, which=places, where=servers)
    def open_callback(self, number, place, which, where):
        """In any order, and any of them again."""
        browser, flow = self.flow(number, place)
        if flow and flow.callbacks:
            browser.open(where, flow, flow.callbacks[-1 - which % len(flow.callbacks)])

    @move(number=browsers, place=places, other=st.integers(0, 2), where=servers, second=servers,
          winner=st.integers(0, 1))
    def open_two_at_once(self, number, place, other, where, second, winner):
        """A double click, or two tabs."""
        browser, flow = self.flow(number, place)
        if not flow:
            return
        neighbour = self.flow(number, place + other)[1]
        callbacks = [browser.consent(one) for one in dict.fromkeys([flow, neighbour])]
        browser.at_once([(where, callbacks[0]), (second, callbacks[-1])], winner)
        for one in (flow, neighbour):
            browser.follow(where, one, browser.result(where, one))

    @move(number=browsers, place=places, where=servers)
    def show_result(self, number, place, where):
        browser, flow = self.flow(number, place)
        if flow:
            browser.follow(where, flow, browser.result(where, flow))

    @move(number=browsers, place=places, where=servers)
    def try_again(self, number, place, where):
        browser, flow = self.flow(number, place)
        if flow:
            browser.again(where, flow)

    @move(number=browsers, place=places, where=servers)
    def forget(self, number, place, where):
        browser, flow = self.flow(number, place)
        if flow:
            browser.forget(where, flow)

    @move(number=browsers)
    def keep_cookie(self, number):
        browser = self.browsers[number]
        if browser.has_session():
            browser.older.append(browser.cookie())

    @move(number=browsers, place=places)
    def send_older_cookie(self, number, place):
        browser = self.browsers[number]
        if browser.older:
            browser.set_cookie(browser.older[place % len(browser.older)])
            for flow in browser.flows:
                flow.forked = True

    @move(number=browsers, other=browsers)
    def plant_session(self, number, other):
        """One browser's session gets into another one, with what waits in it."""
        planter, victim = self.browsers[number], self.browsers[other]
        if planter is not victim and planter.has_session():
            victim.take_over(planter)

    @move(number=browsers, other=browsers, where=servers, second=servers, region=regions)
    def share_flow(self, number, other, where, second, region):
        """Two browsers go through one flow, each with its own login."""
        first, later = self.browsers[number], self.browsers[other]
        if first is later or not (flow := first.start(where, region=region)):
            return
        later.take_over(first)
        shared = later.flows[-1]
        first.open(where, flow, first.consent(flow))
        later.open(second, shared, later.consent(shared))

    @move(number=browsers, user=st.sampled_from(["visitor", "partner", "second"]))
    def log_in_as(self, number, user):
        """Whoever sits there has two accounts at Linode, and two logins to one of them."""
        self.browsers[number].user = user

    # ------------------------------------------------------------ what goes wrong

    @move(several=st.lists(faults, min_size=1, max_size=4), count=st.integers(1, 3),
          skip=st.integers(0, 1))
    def fault(self, several, count, skip):
        for operation, details in several:
            self.stage.fault(operation, {**details, "count": count, "skip": skip})

    @move(number=browsers, where=servers, region=regions, fault=faults, count=st.integers(1, 3),
          again=st.booleans())
    def deploy_in_trouble(self, number, where, region, fault, count, again):
        """A deploy with a fault in its way, and perhaps another try at once."""
        operation, details = fault
        self.stage.fault(operation, {**details, "count": count})
        browser = self.browsers[number]
        if flow := browser.start(where, region=region):
            browser.open(where, flow, browser.consent(flow))
            if again:
                browser.follow(where, flow, browser.again(where, flow))

    @move(number=browsers, place=places)
    def make_foreign(self, number, place):
        """Somebody else of the account makes a Linode of the flow's label."""
        browser, flow = self.flow(number, place)
        if flow and browser.user in ACCOUNTS[0]:
            self.stage.make_foreign(flow.label)

    @move(lag=st.sampled_from([0, 0, 1]))
    def list_lags(self, lag):
        self.stage.linode.settings(list_lag_seconds=lag)

    @move(where=servers, number=st.integers(0, 3))
    def kill_child(self, where, number):
        self.stage.kill_child(where, number)

    @move(number=browsers, place=places, where=servers, child=st.integers(0, 1),
          whole=st.booleans(), operation=st.sampled_from(
              ["oauth.token", "profile.get", "instances.create"]),
          when=st.sampled_from(["before", "after"]))
    def kill_at_work(self, number, place, where, child, whole, operation, when):
        """Whoever asks Linode dies while the answer is on its way."""
        browser, flow = self.flow(number, place)
        if not flow or not self.stage.is_up(where):
            return
        callback = browser.consent(flow)
        self.stage.fault(operation, {"fault": "delay", "seconds": 0.3, "when": when})
        since = len(self.stage.linode.journal(operation))
        thread = threading.Thread(target=browser.ask, args=("GET", where, callback, flow))
        flow.forked = True
        thread.start()
        while thread.is_alive() and len(self.stage.linode.journal(operation)) == since:
            thread.join(0.02)
        if whole:
            self.stage.kill_server(where)
        else:
            for one in range(2):
                self.stage.kill_child(where, child + one)
        thread.join()

    @move(where=servers)
    def graceful_restart(self, where):
        self.stage.graceful(where)

    @move(where=servers)
    def kill_server(self, where):
        self.stage.kill_server(where)

    @precondition(lambda self: not all(map(self.stage.is_up, (0, 1))))
    @move()
    def start_server(self):
        for where in (0, 1):
            self.stage.start(where)

    # ------------------------------------------------------------ clocks

    @move(number=browsers, seconds=st.sampled_from([-3600, -200, 60, 16 * 60, 16 * 60, 3 * 3600]))
    def clock_of_the_site(self, number, seconds):
        """As if it were that much later, or had been set back."""
        browser = self.browsers[number]
        if browser.has_session():
            browser.jar().age(seconds)

    @move(seconds=st.sampled_from([100, 700]))
    def clock_of_linode(self, seconds):
        """700: codes on their way run out."""
        self.ahead += seconds
        self.stage.linode.settings(clock_offset=self.ahead)

    # ------------------------------------------------------------ what holds

    def check_linodes(self):
        linodes = self.stage.linode.state()["linodes"]
        for users in ACCOUNTS:
            strange = {row["label"] for user in users for row in linodes.get(user, [])} - \
                self.stage.labels
            hold(not strange, f"{users[0]}'s account has Linodes of no flow: {strange}")
            labels = Counter(row["label"] for user in users for row in linodes.get(user, []))
            twice = [label for label, count in labels.items() if count > 1]
            hold(not twice, f"{users[0]}'s account has two Linodes of one flow: {twice}")

    def finish(self, browser):
        """Whoever waits still gets what he wanted, or knows that the site has forgotten it."""
        waiting = [flow for flow in browser.flows if not flow.done]
        if not waiting:
            return
        flow = waiting[-1]
        answer = browser.again(0, flow)
        answer = browser.follow(0, flow, answer)
        known = answer is not None and (
            answer.status_code in (200, 404)
            or answer.status_code == 409 and flow.label in self.stage.foreign)
        hold(known, f"{flow.label} cannot be finished: "
                    f"{answer is not None and (answer.status_code, answer.text[:500])}")

    def teardown(self):
        with self.telling():
            self.come_to_rest()

    def come_to_rest(self):
        self.stage.linode.no_faults()
        self.stage.linode.settings(list_lag_seconds=0)
        self.stage.settle()
        for browser in self.browsers:
            self.finish(browser)
        self.stage.settle()
        self.check_linodes()
        self.stage.check_logs()
