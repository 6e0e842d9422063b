# SPDX-License-Identifier: Apache-2.0
"""The state directory: made for the children, refused when they cannot write, watched while it is
used, and tolerant of whatever lies in it."""
import contextlib
import os
import shutil

import pytest

from harness.visitor import Visitor

DAY = 86400
NAME = "tokens-{:016d}.journal"


def test_it_is_made_for_the_children(bench, linode):
    server = bench.server()
    server.state = server.dir / "new" / "directory"
    site = bench.site(server)
    server.write(site.section())
    server.start()
    server.wait_until(server.journals)
    assert server.state.stat().st_mode & 0o777 == 0o700
    owner = server.state.stat().st_uid
    server.wait_until(lambda: {os.stat(f"/proc/{child}").st_uid for child in server.children()}
                      == {owner})
    Visitor(site, server).deploy()
    linode.wait_for_no_tokens()


def test_it_may_be_named_with_a_slash_at_its_end(bench):
    server = bench.server()
    server.state = f"{server.dir}/with/slash//"
    server.write(bench.site(server).section())
    server.start()
    made = os.stat(server.state)
    assert made.st_mode & 0o777 == 0o700
    server.wait_until(lambda: {os.stat(f"/proc/{child}").st_uid for child in server.children()}
                      == {made.st_uid})


def unusable(server):
    """A directory that others made, in which children may not write."""
    server.state.mkdir()
    server.state.chmod(0o555)


@pytest.fixture
def server(bench):
    server = bench.server()
    server.site = bench.site(server)
    server.write(server.site.section())
    return server


def test_start_is_refused_when_children_cannot_write(server):
    unusable(server)
    status, said = server.configtest()
    assert status != 0
    assert "LO0110" in said and str(server.state) in said
    assert "install -d -m 700" in said and "LinodeOAuthStateDirectory" in said
    with pytest.raises(RuntimeError, match="LO0110"):
        server.start()


def test_start_is_refused_when_it_cannot_be_reached(server):
    """The directory would be made below one that children cannot pass."""
    server.expect_log("LO0110|AH00016|AH00020")
    closed = server.dir / "closed"
    closed.mkdir(mode=0o700)
    server.state = closed / "state"
    server.write(server.site.section())
    with contextlib.suppress(RuntimeError):
        server.start()
    assert server.process.wait(20) != 0
    assert "LO0110" in server.log()


@pytest.mark.parametrize("path", ["/dev/null", "/etc/passwd/state"])
def test_start_is_refused_where_there_is_a_file(server, path):
    server.state = path
    server.write(server.site.section())
    status, said = server.configtest()
    assert status != 0 and "LO0110" in said


def test_directory_is_not_needed_without_a_mount(server):
    unusable(server)
    server.write("")
    status, said = server.configtest()
    assert status == 0, said
    server.start()


def test_directory_that_others_made_stays_theirs(server):
    server.state.mkdir()
    server.state.chmod(0o777)
    before = server.state.stat()
    server.expect_log("LO0119")
    status, said = server.configtest()
    assert status == 0 and "LO0119" in said and "chmod 700" in said
    server.start()
    assert (server.state.stat().st_uid, server.state.stat().st_mode) == (before.st_uid,
                                                                         before.st_mode)


def start(server):
    """With a journal, and with a copy of all that Linode offers: the directory has had its use."""
    server.start()
    server.expect_log("LO042")  # the next reading may come while it cannot be written
    server.wait_until(server.journals)
    server.wait_until(lambda: len(list(server.state.glob("catalog-*.json"))) == 5)
    assert Visitor(server.site, server).get("/").status_code == 200


def test_graceful_restart_goes_on_with_a_warning(server, linode):
    """The server that runs would end if the restart failed."""
    start(server)
    server.expect_log("LO0110|LO0603|LO0503")
    server.wait_until(server.journals)
    server.state.chmod(0o500)
    before = server.children()
    server.graceful()
    server.wait_until(lambda: server.children() and not server.children() & before)
    answer = refused(server, linode)
    assert answer.status_code == 503
    server.state.chmod(0o700)
    Visitor(server.site, server).deploy()
    linode.wait_for_no_tokens()


def refused(server, linode):
    """The answer to a visitor whose token could not be written down."""
    visitor = Visitor(server.site, server)
    answer = visitor.get(visitor.consent(visitor.start()))
    assert "LO0503" in server.log()
    assert "Nothing was created" in answer.text
    linode.wait_for_no_tokens()
    assert not linode.linodes()
    assert not linode.journal("profile.get"), "the token was not used"
    return answer


def test_read_only_while_running(server, linode):
    """Files that are open can still be written: tokens are as safe as before."""
    start(server)
    server.wait_until(server.journals)
    server.state.chmod(0o500)
    Visitor(server.site, server).deploy()
    linode.wait_for_no_tokens()
    server.state.chmod(0o700)


def test_removed_and_read_only_while_running(server, linode):
    """The token is not used, and nothing is created; the flow goes on when the disk is back."""
    start(server)
    server.expect_log("LO0503|LO0603")
    for journal in server.wait_until(server.journals):
        journal.unlink()
    server.state.chmod(0o500)
    visitor = Visitor(server.site, server)
    answer = visitor.get(visitor.consent(visitor.start()))
    assert answer.status_code == 503
    assert "Nothing was created" in answer.text
    assert not linode.journal("profile.get"), "the token was not used"
    linode.wait_for_no_tokens()
    assert not linode.linodes()
    server.state.chmod(0o700)
    again = visitor.get(answer.text.split('/login"')[0].split('"')[-1] + "/login")
    assert again.status_code == 303
    visitor.result(visitor.get(visitor.consent(again.headers["Location"])))
    assert len(linode.linodes()) == 1
    linode.wait_for_no_tokens()


def test_directory_that_disappears_while_running(server, linode):
    start(server)
    server.expect_log("LO0503|LO0603")
    server.wait_until(server.journals)
    owner = server.state.stat()
    shutil.rmtree(server.state)
    refused(server, linode)
    server.state.mkdir(mode=0o700)
    os.chown(server.state, owner.st_uid, owner.st_gid)
    Visitor(server.site, server).deploy()
    linode.wait_for_no_tokens()


def test_directory_that_is_replaced_while_running(server, linode):
    """A token is written down where whoever comes after a killed child looks for it."""
    start(server)
    server.expect_log("AH00052|LO0601")
    owner = server.state.stat()
    server.state.rename(server.dir / "moved away")
    server.state.mkdir(mode=0o700)
    os.chown(server.state, owner.st_uid, owner.st_gid)
    linode.fault("oauth.revoke", "hang")
    Visitor(server.site, server).deploy()
    linode.wait_for_call("oauth.revoke")
    server.kill_children()
    linode.wait_for_no_tokens(patience=30)


def put(server, number, text, age=0):
    path = server.state / NAME.format(number)
    path.write_text(text)
    os.chown(path, server.state.stat().st_uid, server.state.stat().st_gid)
    os.utime(path, (path.stat().st_atime - age, path.stat().st_mtime - age))
    return path


def test_torn_and_foreign_files_are_skipped(server, linode):
    server.write(server.site.section() + "\nMaxRequestWorkers 16\n")  # one child
    server.start()
    server.expect_log("LO0604")
    torn = put(server, 1, "\n+AAAAAAAAAAAAAAAAtorn")
    foreign = put(server, 2, "\n+AAAAAAAAAAAAAAAAunopenable.")
    nonsense = put(server, 3, "\x00\xff nonsense" * 1000)
    empty = put(server, 4, "")
    ended = put(server, 5, "\n+AAAAAAAAAAAAAAAAunopenable.", age=DAY + 60)
    private = put(server, 6, "")
    os.chown(private, 0, 0)
    private.chmod(0o600)
    others = server.state / "catalog.json"
    others.write_text("{}")
    stay = (torn, foreign, nonsense, private)
    for path in stay:
        server.wait_until(lambda: f"LO0604: {path}" in server.log())
    server.wait_until(lambda: not empty.exists() and not ended.exists())
    assert f"LO0605: {ended}" in server.log()
    Visitor(server.site, server).deploy()
    linode.wait_for_no_tokens()
    marker = put(server, 7, "\n+AAAAAAAAAAAAAAAAunopenable.")
    server.wait_until(lambda: f"LO0604: {marker}" in server.log())
    assert others.exists() and all(path.exists() for path in stay)
    for path in stay:
        assert server.log().count(f"LO0604: {path}") == 1, "told once, not at each look"
    aged = torn.stat().st_mtime - DAY - 60
    os.utime(torn, (aged, aged))
    server.wait_until(lambda: not torn.exists())


def test_expired_entries_are_removed(bench, linode):
    """A token whose life ended while no server ran is not kept."""
    server, site = bench.serve(Timeout="1s 2s")
    server.expect_log("LO060[12]")
    linode.settings(token_lifetime=3)
    linode.fault("oauth.revoke", "hang", count=None)
    Visitor(site, server).deploy()
    server.kill()
    assert any(path.read_text().count("\n+") > path.read_text().count("\n-")
               for path in server.journals())
    linode.no_faults()
    server.start()
    server.wait_until(lambda: all("\n+" not in path.read_text() for path in server.journals()))
