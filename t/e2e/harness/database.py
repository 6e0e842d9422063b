# SPDX-License-Identifier: Apache-2.0
"""Databases for mod_session_dbd: one in a file, and a server of its own."""
import glob
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pytest

from .server import free_port

MODULES = ("session", "dbd", "session_dbd")
SESSION = "Session On\nSessionDBDCookieName linode path=/;HttpOnly;SameSite=Lax\n"

# As the README shows them.
STATEMENTS = """\
DBDPrepareSQL "SELECT value FROM session WHERE key = %s AND (expiry = 0 OR expiry > %lld)" selectsession
DBDPrepareSQL "INSERT INTO session (value, expiry, key) VALUES (%s, %lld, %s)" insertsession
DBDPrepareSQL "UPDATE session SET value = %s, expiry = %lld WHERE key = %s AND key = %s" updatesession
DBDPrepareSQL "DELETE FROM session WHERE key = %s" deletesession
"""
TABLE = "CREATE TABLE session (key CHAR(36) PRIMARY KEY, value TEXT NOT NULL, expiry BIGINT NOT NULL)"


class SQLite:
    """A file that children may write to."""
    now = "strftime('%s', 'now') * 1000000"

    def __init__(self):
        self.dir = Path(tempfile.mkdtemp(prefix="linode-oauth-db-"))
        self.path = self.dir / "sessions.db"
        # With a write-ahead log who reads does not wait for who writes.
        self.execute("PRAGMA journal_mode = WAL")
        self.execute(TABLE)
        self.dir.chmod(0o777)
        for path in self.dir.iterdir():
            path.chmod(0o666)
        # One child: the driver does not wait for another's lock while it prepares statements.
        self.config = (f'MinSpareThreads 1\nDBDriver sqlite3\nDBDParams "{self.path}"\n'
                       f'{STATEMENTS}')

    def execute(self, statement, *values):
        connection = sqlite3.connect(self.path, timeout=10)
        with connection:
            rows = connection.execute(statement, values).fetchall()
        connection.close()
        return rows

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class PostgreSQL:
    """A cluster in a directory of its own, on the loopback address."""
    now = "extract(epoch FROM now()) * 1000000"

    def __init__(self):
        self.dir = Path(tempfile.mkdtemp(prefix="linode-oauth-db-"))
        self.port = free_port()
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        if os.geteuid() == 0:
            shutil.chown(self.dir, "postgres")
        self.run("initdb", "--no-sync", "--auth=trust", "--username=linode", "-D", self.dir / "data")
        self.start()
        self.execute(TABLE)
        self.config = (f'DBDriver pgsql\nDBDParams "host=127.0.0.1 port={self.port} user=linode '
                       f'dbname=postgres"\n{STATEMENTS}')

    def run(self, program, *arguments):
        """Its programs do not run as root."""
        command = [f"{self.bin}/{program}", *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=open(self.dir / "out", "ab"),
                              stderr=subprocess.STDOUT, cwd="/", timeout=60, check=False)
        assert done.returncode == 0, (self.dir / "out").read_text()

    def execute(self, statement):
        done = subprocess.run(
            [f"{self.bin}/psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "linode", "-tA",
             "-d", "postgres", "-c", statement], capture_output=True, text=True, timeout=20,
            check=True)
        return [tuple(line.split("|")) for line in done.stdout.splitlines()]

    def start(self):
        self.run("pg_ctl", "start", "--wait", "-D", self.dir / "data", "-l", self.dir / "log",
                 "-o", f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off "
                       f"-c unix_socket_directories={self.dir}")

    def stop(self):
        self.run("pg_ctl", "stop", "--mode=fast", "-D", self.dir / "data")

    def close(self):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)


@pytest.fixture
def sqlite():
    database = SQLite()
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgresql_server():
    database = PostgreSQL()
    yield database
    database.close()


@pytest.fixture
def postgresql(postgresql_server):
    postgresql_server.execute("DELETE FROM session")
    return postgresql_server
