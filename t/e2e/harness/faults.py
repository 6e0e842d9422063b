# SPDX-License-Identifier: Apache-2.0
"""Faults of Linode by the names that the tables of the tests give them, and lanes to play them in.

A lane is a Linode and a server of its own, so that several cases are played at once: most of a case
is waiting. What is seen of a case is told to its test; the lane is as new before the next.
"""
import dataclasses
import html
import queue
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

from .door import Door
from .linode import Linode
from .server import Server, Site
from .visitor import Visitor, password_in

LANES = 8


def status(code, **more):
    return {"fault": "status", "code": code, **more}


# Where a name ends in "done", the request has had its effect all the same.
FAULTS = {
    "reset reading": {"fault": "reset", "when": "reading"},
    "reset before": {"fault": "reset", "when": "before"},
    "reset done": {"fault": "reset", "when": "after"},
    "hang": {"fault": "hang", "when": "before"},
    "hang done": {"fault": "hang", "when": "after"},
    "drip done": {"fault": "drip"},
    "truncated done": {"fault": "truncate"},
    "too short done": {"fault": "wrong_length", "extra": 10},
    "too long done": {"fault": "wrong_length", "extra": -10},
    "not json done": {"fault": "not_json"},
    "empty done": {"fault": "empty"},
    "10 MB done": {"fault": "big"},
    "gzip bomb done": {"fault": "gzip_bomb", "bytes": 20 << 20},
    "redirect": {"fault": "redirect", "location": "https://elsewhere.example/"},
    "400": status(400),
    "400 html": status(400, body="html"),
    "401": status(401),
    "403": status(403),
    "403 html": status(403, body="html"),
    "404": status(404),
    "408": status(408),
    "408 done": status(408, effect=True),
    "429": status(429),
    "429 later": status(429, headers={"Retry-After": "1"}),
    "429 too late": status(429, headers={"Retry-After": "60"}),
    "500": status(500),
    "500 done": status(500, effect=True),
    "502 html": status(502, body="html"),
    "502 html done": status(502, body="html", effect=True),
    "503": status(503),
    "503 done": status(503, effect=True),
    "504": status(504),
    "504 done": status(504, effect=True),
    "520 html": status(520, body="html"),
    "520 html done": status(520, body="html", effect=True),
}


def read_table(text):
    """Rows of a table of faults: its name and the words of each column."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [(row[0], *(cell.split() for cell in row[1:])) for row in rows]


# ---------------------------------------------------------------- what is seen

@dataclasses.dataclass
class Seen:
    """What came of a case for the visitor, for his account, and for the log."""
    status: int
    page: str = dataclasses.field(repr=False)
    codes: set            # in the log until then
    linodes: int
    logins: int           # beyond the first
    password_fits: bool   # the page's password is that of the one Linode
    log: str
    again: "Seen" = None  # after the faults have ended and the visitor has tried again

    @property
    def created(self):
        """What the page says: "nothing", "maybe", or the result."""
        if 'id="password"' in self.page:
            return "result"
        words = re.sub(r"<[^>]*>|\s+", " ", self.page)
        said = [word for word, phrase in (("nothing", r"Created just now\s+nothing"),
                                          ("maybe", r"Linode\s+perhaps created"))
                if re.search(phrase, words)]
        assert len(said) == 1, self.page
        return said[0]

    @property
    def flow(self):
        return re.search(r"/deploys/(\w+)", self.page).group(1)

    def link(self, pattern):
        found = re.search(f'href="({pattern})"', self.page)
        return found and html.unescape(found.group(1))


# ---------------------------------------------------------------- lanes

class Lane:
    def __init__(self, directory):
        directory.mkdir()
        self.linode = Linode(directory)
        self.doors = {"login": Door(self.linode.login), "api": Door(self.linode.api)}
        self.server = Server()
        self.server.expect_log("LO0[346]")  # every case looks at its codes itself
        # Retries are quick, and the total leaves time for them after a call that hangs.
        directives = {"Timeout": "2s 8s", "Retries": "2", "VisitorRate": "0"}
        self.site = Site(self.linode, self.server.port, path="/plain", **directives)
        self.behind_doors = Site(self.linode, self.server.port, path="/door", **{
            **directives, "LoginURL": self.doors["login"].url, "APIURL": self.doors["api"].url})
        self.server.secrets.update((self.site.secret, self.behind_doors.secret))
        self.server.write(self.site.section() + "\n" + self.behind_doors.section())
        self.server.start()
        for site in (self.site, self.behind_doors):
            self.server.wait_until(lambda site=site: Visitor(site).get("/").status_code == 200)
        self.begun = self.read = 0  # places in the log

    def close(self):
        self.server.stop()
        unexpected = self.server.unexpected()
        self.server.close()
        self.linode.stop()
        for door in self.doors.values():
            door.shut()
        return unexpected

    def begin(self):
        self.mend()
        self.settle()
        self.linode.reset()
        self.begun = self.read = len(self.server.log())

    def mend(self):
        self.linode.no_faults()
        for door in self.doors.values():
            door.open()

    def settle(self):
        """Until no token lives and nothing waits to be revoked."""
        self.linode.wait_for_no_tokens()
        self.server.wait_until(self.server.all_struck)

    def new_log(self):
        """Since the last time."""
        log = self.server.log()
        new, self.read = log[self.read:], len(log)
        return new

    # ------------------------------------------------------------ a visitor

    def see(self, visitor, answer):
        """Follows what a browser follows by itself, as far as a page."""
        logins = 0
        while answer.status_code == 303:
            where = urljoin(answer.url, answer.headers["Location"])
            if not where.startswith(visitor.site.url):
                logins += 1
                assert logins < 5, "sent to the login again and again"
                where = visitor.consent(where)
            answer = visitor.get(where)
        return self.look(visitor, answer, logins)

    def try_again(self, visitor, seen):
        return self.see(visitor, visitor.get(
            urljoin(visitor.site.url, seen.link(r'[^"]*/deploys/[^"]*/login'))))

    def look(self, visitor, answer, logins):
        linodes = self.linode.linodes()
        password = password_in(answer.text)
        visitor.note_secret(password)
        fits = bool(password and len(linodes) == 1
                    and self.linode.has_password(linodes[0]["id"], password))
        log = self.new_log()
        codes = set(re.findall(r"^\[.*?\b(LO0[0-9]{3})\b", log, re.MULTILINE))
        return Seen(answer.status_code, answer.text, codes, len(linodes), logins, fits, log)

    def deploy(self, spoil, refused=False):
        """A deploy of which `spoil` makes something fail; and, if that led to a problem page, what
        comes of "Try again" once nothing fails any more."""
        self.begin()
        visitor = Visitor(self.behind_doors if refused else self.site, self.server)
        callback = visitor.consent(visitor.start())
        spoil(self)
        seen = self.see(visitor, visitor.get(callback))
        self.mend()
        self.settle()
        self.new_log()
        if seen.created != "result":
            seen.again = self.try_again(visitor, seen)
            self.settle()
        self.server.secrets |= self.linode.secrets()
        assert self.server.leaks() == [], "a secret in a log"
        return seen


class Lanes:
    def __init__(self, directory, make=Lane):
        with ThreadPoolExecutor(LANES) as pool:
            self.all = list(pool.map(lambda number: make(directory / str(number)), range(LANES)))
        self.free = queue.Queue()
        for lane in self.all:
            self.free.put(lane)

    def play(self, cases, play):
        """What was seen of each case, or the error that it ended in."""
        def one(case):
            lane = self.free.get()
            try:
                return play(lane, case)
            except Exception as error:  # pylint: disable=broad-except
                return error  # raised again in the case's own test
            finally:
                self.free.put(lane)
        with ThreadPoolExecutor(LANES) as pool:
            return dict(zip(cases, pool.map(one, cases)))

    def deploys(self, cases, spoiler):
        """What was seen of a deploy in each case: an operation, the fault in it, whether it lasts, and
        what is expected."""
        return self.play(cases, lambda lane, case: lane.deploy(spoiler(*case[:3]),
                                                               refused=case[1] == "refused"))

    def close(self):
        return [line for lane in self.all for line in lane.close()]


def name_of(case):
    operation, fault, lasting, _ = case
    return "-".join((operation, fault, "lasting" if lasting else "once"))


def told(seen):
    """What was seen of a case, in its own test."""
    if isinstance(seen, Exception):
        raise seen
    return seen


def check(seen, expected, behind=frozenset(), login=0):
    """Whether a case came out as its table says; `behind` are codes of what happens behind the
    answers, which may or may not have happened yet; `login` logins were the visitor's own wish."""
    results = [one for one in expected.split("/") if one.endswith("ok")]
    if seen.created == "result" and results:
        code = results[0].rpartition(">")[0]
        assert (seen.status, seen.linodes) == (200, 1), seen
        assert seen.password_fits, "a password that is lost"
        assert seen.logins == login + bool(code), seen
        assert seen.codes - behind == ({code} if code else set()), seen
        return
    told_so = expected.partition("/")[0]
    assert not told_so.endswith("ok"), seen
    doubt = told_so.endswith("?")
    assert seen.codes - behind == {told_so.rstrip("?")}, seen
    assert seen.status >= 400
    assert seen.created == ("maybe" if doubt else "nothing"), seen
    assert doubt or seen.linodes == 0, "a Linode that the page denies"
    assert seen.linodes < 2
    assert seen.link(r'[^"]*\?region=[^"]*'), "a way back to the form, with the choices"
    check(seen.again, "ok", login=1)
