# SPDX-License-Identifier: Apache-2.0
"""Fixtures that end-to-end and browser tests share."""
import tempfile

import pytest

from .faults import Lanes
from .linode import Linode
from .server import Server, Site
from .visitor import Visitor


@pytest.fixture(scope="session")
def linode_process():
    with tempfile.TemporaryDirectory() as directory:
        linode = Linode(directory)
        yield linode
        linode.stop()


@pytest.fixture
def linode(linode_process):
    """The sandbox Linode, as new."""
    linode_process.reset()
    return linode_process


class Bench:
    """Makes servers for a test, and looks at their logs afterwards."""

    def __init__(self, linode):
        self.linode = linode
        self.servers = []

    def server(self, **arguments):
        server = Server(**arguments)
        self.servers.append(server)
        return server

    def site(self, server, **directives):
        site = Site(self.linode, server.port, **directives)
        server.secrets.add(site.secret)
        return site

    def serve(self, modules=("session", "session_cookie"), log_level="debug", extra="", **directives):
        """One mount on a running server."""
        server = self.server()
        site = self.site(server, **directives)
        server.write(extra + site.section(), modules=modules, log_level=log_level)
        server.start()
        return server, site

    def check_and_close(self):
        unexpected, leaks = [], []
        for server in self.servers:  # all of them first: some share a directory
            server.stop()
        secrets = self.linode.secrets()
        for server in self.servers:
            server.secrets |= secrets
            unexpected += server.unexpected()
            leaks += server.leaks()
            server.close()
        assert not leaks, f"secrets in a log: {len(leaks)}"
        assert not unexpected, "unexpected in the error log:\n" + "\n".join(unexpected)


@pytest.fixture
def bench(linode):
    bench = Bench(linode)
    yield bench
    bench.check_and_close()


@pytest.fixture
def shop(bench):
    """The usual case: one mount at the root, and a visitor."""
    server, site = bench.serve()
    return Visitor(site, server)


@pytest.fixture(scope="session")
def lanes(tmp_path_factory):
    """Several Linodes and servers, for cases that are played at once."""
    lanes = Lanes(tmp_path_factory.mktemp("lanes"))
    yield lanes
    unexpected = lanes.close()
    assert not unexpected, "unexpected in the error log:\n" + "\n".join(unexpected)
