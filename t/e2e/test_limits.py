# SPDX-License-Identifier: Apache-2.0
"""The machine runs out of something: a line in the log says of what, the visitor gets a page that is
true, and all is well when there is enough again."""
import os
import re
import resource
import subprocess
from urllib.parse import urljoin

import pytest

from harness.door import Door
from harness.visitor import Visitor, password_in

ONE_CHILD = "StartServers 1\nServerLimit 1\nThreadsPerChild 16\nMaxRequestWorkers 16\n"
# As distributions have it; without it httpd itself refuses what it has no descriptor to look up.
NO_HTACCESS = "<Directory />\n    AllowOverride None\n</Directory>\n"


@pytest.fixture
def served(bench):
    """A server of one child, whose catalog has been read."""
    server, site = bench.serve(extra=ONE_CHILD)
    server.wait_until(server.journals)
    server.wait_until(lambda: Visitor(site, server).get("/").status_code == 200)
    return server, site


def child_of(server):
    [child] = server.children()
    return child


def deploy_and_check(server, site, linode):
    """Exactly one more Linode, and its password."""
    before = {row["id"] for row in linode.linodes()}
    page = Visitor(site, server).deploy()
    [new] = [row["id"] for row in linode.linodes() if row["id"] not in before]
    assert linode.has_password(new, password_in(page.text))
    linode.wait_for_no_tokens()


def refused(visitor, linode, code):
    """The answer to a visitor who comes back from the login, when that cannot go on."""
    answer = visitor.get(visitor.consent(visitor.start()))
    assert answer.status_code >= 500, answer.text
    assert re.search(r"Created just now</dt><dd>nothing", answer.text)
    assert code in visitor.server.log()
    assert not linode.linodes()
    assert not linode.journal("profile.get"), "no token was used"
    return answer


def try_again(visitor, answer, linode):
    login = visitor.get(urljoin(answer.url, re.search(r'href="([^"]*/login)"', answer.text)[1]))
    page = visitor.result(visitor.get(visitor.consent(login.headers["Location"])))
    [linode_made] = linode.linodes()
    assert linode.has_password(linode_made["id"], password_in(page.text))
    linode.wait_for_no_tokens()


def limit(child, name, soft):
    """The child's own soft limit, set as its own user may."""
    command = ["prlimit", f"--pid={child}", f"--{name}={soft}:"]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "www-data", "--", *command]
    subprocess.run(command, check=True)


# ---------------------------------------------------------------- disk

def test_files_cannot_grow(served, linode):
    server, site = served
    server.expect_log("LO0503|LO0603|LO042")
    visitor = Visitor(site, server)
    callback = visitor.start()
    [journal] = server.journals()
    limit(child_of(server), "fsize", max(1, journal.stat().st_size))
    answer = visitor.get(visitor.consent(callback))
    assert answer.status_code == 503, answer.text
    assert re.search(r"Created just now</dt><dd>nothing", answer.text)
    # The limit holds for the error log of that child as well: what it says is not seen here.
    assert not linode.linodes() and not linode.journal("profile.get")
    limit(child_of(server), "fsize", "unlimited")
    try_again(visitor, answer, linode)


def test_token_that_does_not_fit_beside_its_code(served, linode):
    """The code could be written down, the token that came of it cannot: it is not used, and ends."""
    server, site = served
    server.expect_log("LO0503|LO0603|LO042")
    visitor = Visitor(site, server)
    callback = visitor.consent(visitor.start())
    [journal] = server.journals()
    limit(child_of(server), "fsize", journal.stat().st_size + 200)
    answer = visitor.get(callback)
    assert answer.status_code == 503, answer.text
    assert re.search(r"Created just now</dt><dd>nothing", answer.text)
    assert not linode.linodes() and not linode.journal("profile.get")
    assert len(linode.journal("oauth.token")) == 1
    linode.wait_for_no_tokens()
    limit(child_of(server), "fsize", "unlimited")
    try_again(visitor, answer, linode)


@pytest.fixture
def small_disk(tmp_path):
    """A file system that is soon full, or None where none may be mounted."""
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m,mode=755", "none", tmp_path],
                          capture_output=True, check=False)
    yield tmp_path if done.returncode == 0 else None
    subprocess.run(["umount", "-l", tmp_path], capture_output=True, check=False)


def fill(directory):
    with open(directory / "ballast", "wb", buffering=0) as ballast:
        try:
            while ballast.write(bytes(4096)):
                pass
        except OSError:
            pass


def test_disk_is_full(bench, linode, small_disk):
    """Where nothing may be mounted, the limit of a file's size stands in for it alone."""
    if not small_disk:
        return
    server = bench.server(state=small_disk / "state")
    site = bench.site(server)
    server.write(ONE_CHILD + site.section())
    server.start()
    server.expect_log("LO0503|LO0603|LO042")
    server.wait_until(lambda: Visitor(site, server).get("/").status_code == 200)
    deploy_and_check(server, site, linode)
    linode.reset()
    held = []  # what is removed, but open, takes its room all the same
    for journal in server.wait_until(server.journals):
        held.append(open(journal, "rb"))
        journal.unlink()
    fill(small_disk)
    visitor = Visitor(site, server)
    answer = refused(visitor, linode, "LO0503")
    assert answer.status_code == 503
    assert "No space left on device" in server.log()
    (small_disk / "ballast").unlink()
    for journal in held:
        journal.close()
    try_again(visitor, answer, linode)


# ---------------------------------------------------------------- descriptors and memory

def lowest_free(child):
    """The number that its next descriptor would have."""
    used = {int(number) for number in os.listdir(f"/proc/{child}/fd")}
    return next(number for number in range(len(used) + 1) if number not in used)


def test_no_descriptor_is_left_to_ask_linode(bench, linode):
    """The visitor is connected already; the login server, at an address of its own, is not."""
    door = Door(linode.login)
    server, site = bench.serve(extra=ONE_CHILD + NO_HTACCESS, LoginURL=door.url)
    server.expect_log("LO0401|LO0503|LO0603|AH00")
    server.wait_until(lambda: Visitor(site, server).get("/").status_code == 200)
    visitor = Visitor(site, server)
    callback = visitor.consent(visitor.start())
    child = child_of(server)
    with open(f"/proc/{child}/limits", encoding="ascii") as limits:
        most = re.search(r"Max open files +(\d+)", limits.read())[1]
    limit(child, "nofile", lowest_free(child))
    answer = visitor.get(callback)
    limit(child, "nofile", most)
    assert answer.status_code >= 500, answer.text
    assert re.search(r"Created just now</dt><dd>nothing", answer.text)
    assert re.search("LO0401|LO0503", server.log())
    assert not linode.linodes()
    try_again(visitor, answer, linode)
    door.shut()


def test_child_runs_out_of_memory(served, linode):
    """It may end, and another takes its place; no Linode is made twice, and no token is lost."""
    server, site = served
    server.expect_log("AH|LO0[3-6]|Memory allocation failed")
    server.expect_report("AddressSanitizer failed to allocate|Failed to mmap|^=*$")
    deploy_and_check(server, site, linode)
    child = child_of(server)
    with open(f"/proc/{child}/statm", encoding="ascii") as statm:
        size = int(statm.read().split()[0]) * resource.getpagesize()
    linode.reset()
    visitor = Visitor(site, server)
    callback = visitor.consent(visitor.start())
    linode.fault("profile.get", "big", bytes=3 << 20)
    limit(child, "as", size)
    try:
        answer = visitor.get(callback)
    except OSError:
        answer = None  # the child has ended over it
    if child in server.children():
        limit(child, "as", "unlimited")
    assert answer is None or answer.status_code in (303, 500, 502, 503)
    assert len(linode.linodes()) < 2
    linode.no_faults()
    linode.wait_for_no_tokens()
    deploy_and_check(server, site, linode)
