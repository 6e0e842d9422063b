# SPDX-License-Identifier: Apache-2.0
"""httpd -t finds a mount that no request would ever reach."""
import pytest
from harness.server import Server
from test_configuration import GOOD, check, section


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()


OTHER = {**GOOD, "CallbackURL": "http://localhost:5000/install/auth_callback"}


@pytest.mark.parametrize("path, better", [
    ("//install", "/install"), ("/install//", "/install/"), ("/a/../install", "/install"),
    ("/in%73tall", "/install"), ("/my%20app", "/my app"), ("install", "/path")])
def test_path_that_no_request_has(server, path, better):
    """httpd compares decoded paths."""
    status, said = check(server, section(path, **OTHER))
    assert status != 0 and "LO0102" in said and f'write <Location "{better}">' in said


@pytest.mark.parametrize("path", ["/install", "/install/", "/a%b", '"/my app"', '"/café"'])
def test_path_that_requests_have(server, path):
    status, said = check(server, section(path, **OTHER))
    assert status == 0, said


@pytest.mark.parametrize("later", [
    section("/", **GOOD), "<Location />\nSetHandler none\n</Location>\n",
    "<LocationMatch ^/inst>\nSetHandler server-status\n</LocationMatch>\n"])
def test_section_after_it_has_a_handler(server, later):
    """The last SetHandler counts: with a mount at / after it, one at /install was never found."""
    first = section("/install", **OTHER)
    status, said = check(server, first + later)
    assert status != 0 and "<Location /install>: LO0102: no request comes here" in said
    status, said = check(server, later + first)
    assert status == 0, said


def test_section_after_it_that_takes_nothing_from_it(server):
    first = section("/install", **OTHER)
    for later in (section("/other", **GOOD), section("/install", **OTHER),
                  "<Location />\nLinodeOAuthPKCE on\n</Location>\n",
                  "<Location /install/static>\nSetHandler none\n</Location>\n"):
        status, said = check(server, first + later)
        assert status == 0, said


def test_virtual_host_with_a_handler_of_its_own(server):
    """It may have something else where the main server has a mount."""
    host = f"<VirtualHost 127.0.0.1:{server.port}>\nServerName http://localhost:{server.port}\n"
    status, said = check(server, section("/install", **OTHER) + host
                         + "<Location />\nSetHandler none\n</Location>\n</VirtualHost>\n")
    assert status == 0, said


@pytest.mark.parametrize("handler", ["", "SetHandler linode_oauth"])
def test_section_without_our_handler(server, handler):
    """It was forgotten, or written as the module is called: the page was not there, and nothing said
    why."""
    config = section("/install", **OTHER).replace("SetHandler linode-oauth", handler)
    status, said = check(server, config)
    assert status != 0 and "<Location /install>: LO0102: LinodeOAuthClientID would have no" in said
    assert "add `SetHandler linode-oauth`" in said


@pytest.mark.parametrize("around", ["<Location />", "<LocationMatch ^/inst>"])
def test_section_around_a_mount(server, around):
    """Also where the mount is a virtual host's and the section the server's."""
    end = around.split()[0].replace("<", "</") + ">\n"
    outer = f"{around}\nLinodeOAuthPKCE on\n{end}"
    host = f"<VirtualHost 127.0.0.1:{server.port}>\nServerName http://localhost:{server.port}\n"
    mount = section("/install", **OTHER)
    for config in (outer + mount, mount + outer, outer + host + mount + "</VirtualHost>\n"):
        status, said = check(server, config)
        assert status == 0, said


def test_section_around_a_mount_that_is_switched_off(server):
    """As a2dissite does; the other sites have to start."""
    status, said = check(server, "<Location />\nLinodeOAuthPKCE on\n</Location>\n")
    assert status == 0 and "<Location />: LO0102: LinodeOAuthPKCE has no effect" in said


@pytest.mark.parametrize("path", ["/install/", "/install/*"])
def test_second_section_of_a_mount(server, path):
    """It has the form's own path, so that the mount reads it."""
    mount = {**OTHER, "StackScriptID": None}
    second = f"<Location {path}>\nLinodeOAuthStackScriptID 7\n</Location>\n"
    status, said = check(server, section("/install", **mount) + second)
    assert status == 0, said
