# SPDX-License-Identifier: Apache-2.0
"""A real httpd with the module, in a directory of its own, on a free port.

Site describes one mount; Server takes several and whatever else a configuration needs. After a
test the error log is read: a line at level warn or above that the test did not announce with
expect_log is a failure, and so is any secret in any log. Where the module was built with
sanitizers (make test SAN=...), so is anything that they report.
"""
import fcntl
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
HTTPD = os.environ.get("HTTPD") or shutil.which("apache2") or "/usr/sbin/apache2"
MODULE = os.environ.get("MODULE") or str(TOP / "build/mod_linode_oauth.so")
MODULES = next((path for path in ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")
                if os.path.isdir(path)), "modules")

# The sanitizers' libraries, which httpd itself was not linked with.
PRELOAD = os.environ.get("HTTPD_PRELOAD")

BASE = """\
ServerRoot "{dir}"
ServerName http://localhost:{port}
Listen 127.0.0.1:{port}
PidFile "{dir}/httpd.pid"
DefaultRuntimeDir "{dir}"
ErrorLog "{dir}/error.log"
LogLevel {log_level}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule env_module {modules}/mod_env.so
{session_modules}
LoadModule linode_oauth_module {module}
LogFormat "%h %t \\"%r\\" %>s %b" plain
CustomLog "{dir}/access.log" plain
StartServers 1
ThreadsPerChild 16
MaxRequestWorkers 32
{user}
LinodeOAuthStateDirectory "{state}"
"""

SESSION = "Session On\nSessionCookieName linode path=/;HttpOnly;SameSite=Lax"
SESSION_MODULES = ("session", "session_cookie")


PORTS = Path(tempfile.gettempdir()) / f"linode-oauth-ports-{os.getuid()}"
taken = {}  # port to the open file whose lock keeps it for this process, also while nobody listens


def free_port():
    """One below the range from which the system gives ports to whoever asks for any, and that no
    other run of tests on this machine has: a server that is killed wants it back."""
    PORTS.mkdir(mode=0o777, exist_ok=True)
    for port in random.SystemRandom().sample(range(20000, 32000), 100):
        lock = open(PORTS / str(port), "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as listener:
                listener.bind(("127.0.0.1", port))
        except OSError:
            lock.close()
            continue
        taken[port] = lock
        return port
    raise RuntimeError("no free port")


class Site:
    """One mount: the directives of a <Location>; None leaves one out."""

    def __init__(self, linode, port, path="/", session=SESSION, scheme="http", **directives):
        self.path = path
        self.session = session
        self.url = f"{scheme}://localhost:{port}{path.rstrip('/')}"
        client_id, self.secret = linode.register(self.url + "/auth_callback")
        self.directives = {
            "ClientID": client_id, "ClientSecret": self.secret, "StackScriptID": "320826",
            "ApplicationName": '"Hello page"', "LoginURL": linode.login, "APIURL": linode.api,
            "Timeout": "2s 8s", **directives}

    def section(self):
        lines = [f"    LinodeOAuth{name} {value}" for name, value in self.directives.items()
                 if value is not None]
        return "\n".join([f"<Location {self.path}>", "    SetHandler linode-oauth", self.session,
                          *lines, "</Location>"])


class Server:
    def __init__(self, config="", modules=SESSION_MODULES, port=None, log_level="debug",
                 state=None):
        self.port = port or free_port()
        self.dir = Path(tempfile.mkdtemp(prefix="linode-oauth-e2e-"))
        self.dir.chmod(0o755)
        self.environment = self.sanitized() if PRELOAD else None
        self.state = state or self.dir / "state"
        self.process = None
        self.runner = []  # a command that httpd's command is given to
        self.secrets = set()
        self.expected = []
        self.expected_reports = []
        self.crashed = []
        self.closing = []  # what its children said, while it stopped, of sockets closed twice
        self.write(config, modules, log_level)

    def write(self, config, modules=SESSION_MODULES, log_level="debug"):
        loads = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules)
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        self.conf = self.dir / "httpd.conf"
        self.conf.write_text(BASE.format(
            dir=self.dir, state=self.state, port=self.port, modules=MODULES, module=MODULE,
            user=user, session_modules=loads, log_level=log_level) + config)

    def sanitized(self):
        """An environment in which sanitizers watch httpd and its children."""
        reports = self.dir / "sanitizer"
        reports.mkdir()
        reports.chmod(0o777)
        # gcc's runtime misreads where glibc keeps the thread-local memory of what httpd loads, and
        # LeakSanitizer falls over it.
        options = (f"log_path={reports}/report:halt_on_error=1:print_stacktrace=1"
                   ":intercept_tls_get_addr=0")
        leaks = f"suppressions={TOP}/t/sanitizer/leaks.supp:print_suppressions=0"
        return {**os.environ, "LD_PRELOAD": PRELOAD, "ASAN_OPTIONS": options,
                "UBSAN_OPTIONS": options, "LSAN_OPTIONS": leaks}

    def reports(self):
        """What sanitizers found."""
        return [line for path in self.dir.glob("sanitizer/report*")
                for line in path.read_text(errors="replace").splitlines()]

    def configtest(self):
        """Exit status and what was said."""
        done = subprocess.run([HTTPD, "-t", "-f", str(self.conf)], capture_output=True, text=True,
                              timeout=30, check=False, env=self.environment)
        assert not self.reports(), "\n".join(self.reports())
        return done.returncode, done.stdout + done.stderr

    def start(self):
        output = open(self.dir / "stdout.log", "ab")
        (self.dir / "httpd.pid").unlink(missing_ok=True)  # of one that was killed
        self.process = subprocess.Popen([*self.runner, HTTPD, "-DFOREGROUND", "-f", str(self.conf)],
                                        stdout=output, stderr=output, start_new_session=True,
                                        env=self.environment)
        output.close()
        self.wait_until(lambda: self.is_up() or self.has_ended(), pause=0.005)
        if self.has_ended():
            raise RuntimeError("httpd did not start:\n" + (self.dir / "stdout.log").read_text() +
                               self.log())
        return self

    def is_up(self):
        # The port is open before the configuration has been read for the second time.
        with socket.socket() as probe:
            return ((self.dir / "httpd.pid").exists()
                    and probe.connect_ex(("127.0.0.1", self.port)) == 0)

    def has_ended(self):
        return self.process.poll() is not None

    def graceful(self):
        self.process.send_signal(signal.SIGUSR1)

    def children(self):
        """Process ids of those that serve."""
        pid = self.process.pid
        return {int(child) for child in
                Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}

    def kill_children(self):
        for child in self.children():
            os.kill(child, signal.SIGKILL)

    def is_port_free(self):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", self.port))
            except OSError:
                return False
        return True

    def kill(self):
        """The whole server, at once and without a word to anybody."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self.wait_until(self.is_port_free)  # children that are ending have it a moment longer

    def journals(self):
        return sorted(self.state.glob("tokens-*.journal"))

    def all_struck(self):
        """Every entry of the journals has its strike, or the files are empty."""
        texts = [path.read_text() for path in self.journals()]
        return all(text.count("\n+") == text.count("\n-") for text in texts)

    def wait_until(self, condition, patience=60, pause=0.02):
        until = time.monotonic() + patience
        while not (found := condition()):
            assert time.monotonic() < until, self.log()
            time.sleep(pause)
        return found

    def crashes(self):
        return [line for line in self.log().splitlines() if "exit signal" in line]

    def stop(self):
        if self.process and not self.has_ended():
            # Later ones are httpd's own: a child that is told to stop may close sockets twice.
            self.crashed += [line for line in self.crashes() if line not in self.crashed]
            before = len(self.log().splitlines())
            self.process.terminate()
            self.wait_until(self.has_ended, patience=20, pause=0.005)
            self.closing += [line for line in self.log().splitlines()[before:]
                             if "[mpm_event:error]" in line and "(9)Bad file descriptor" in line]

    def log(self):
        path = self.dir / "error.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def expect_log(self, pattern):
        """Announces a line that would otherwise be a failure."""
        self.expected.append(re.compile(pattern))

    def expect_report(self, pattern):
        """Likewise, of a sanitizer."""
        self.expected_reports.append(re.compile(pattern))

    def unexpected(self):
        # What the small number of threads makes the MPM say, and a connection that comes while it
        # stops, are no concern of these tests.
        # As slow as sanitizers make it, a child that httpd forked just before its stop now and then
        # goes on waiting for the MPM's word, and httpd kills it. Without them that is a failure.
        everywhere = re.compile("AH10159|AH03093" + ("|AH00045|AH00046" if PRELOAD else ""))
        alarming = re.compile(r"\[(?:\w+:)?(?:warn|error|crit|alert|emerg)\]")
        lines = [line for line in self.log().splitlines() if alarming.search(line)]
        reports = [line for line in self.reports()
                   if not any(pattern.search(line) for pattern in self.expected_reports)]
        return reports + [
            line for line in lines + self.crashed
            if line not in self.closing
            and not any(pattern.search(line) for pattern in [everywhere, *self.expected])]

    def leaks(self):
        """Secrets of this test that stand in one of the logs."""
        text = "".join(path.read_text(errors="replace") for path in self.dir.glob("*.log"))
        return [secret for secret in self.secrets if secret and secret in text]

    def close(self):
        self.stop()
        if self.port in taken:
            taken.pop(self.port).close()
        shutil.rmtree(self.dir, ignore_errors=True)
