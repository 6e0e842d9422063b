# SPDX-License-Identifier: Apache-2.0
"""The program: its command line, its beginning and its end."""
import json
import os
import re
import signal
import socket
import subprocess
import sys

import pytest
import requests
import sandbox as program
import sandbox_driver
from sandbox_driver import PROGRAM, Sandbox, until


@pytest.fixture
def start():
    started = []

    def run(*arguments, **options):
        started.append(Sandbox(*arguments, **options))
        return started[-1]
    yield run
    for sandbox in started:
        sandbox.stop()


def gone(pid):
    """Ended, if perhaps not yet waited for."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_says_where_it_listens(start):
    sandbox = start()
    port = sandbox.ready["port"]
    assert sandbox.banner == (f"sandbox Linode: login http://127.0.0.1:{port}, "
                              f"API http://127.0.0.1:{port}/v4")
    assert sandbox.ready == {"login": f"http://127.0.0.1:{port}",
                             "api": f"http://127.0.0.1:{port}/v4",
                             "port": port, "pid": sandbox.process.pid}
    assert sandbox.call("GET", "/regions").ok


def test_driver_and_program_agree_on_the_client():
    assert program.CLIENT_ID == sandbox_driver.CLIENT_ID
    assert program.CLIENT_SECRET == sandbox_driver.CLIENT_SECRET
    assert program.REDIRECT_URI == sandbox_driver.CALLBACK
    for constant in (program.CLIENT_ID, program.CLIENT_SECRET, program.REDIRECT_URI, program.LABEL):
        assert constant in program.__doc__
    assert re.fullmatch("[0-9a-f]{20}", program.CLIENT_ID)
    assert re.fullmatch("[0-9a-f]{64}", program.CLIENT_SECRET)


def test_clients_and_settings_of_the_command_line(start):
    sandbox = start("--client", "a" * 20, "b" * 64, "https://one.example/cb", "One",
                    "--client", "c" * 20, "d" * 64, "https://two.example/cb", "Two",
                    "--set", "separator=\"comma\"", "--set", "provision_seconds=0.5")
    for name, home in (("a" * 20, "https://one.example/cb"), ("c" * 20, "https://two.example/cb")):
        location = sandbox.decide(client_id=name).headers["Location"]
        assert location.startswith(home + "?code=")
    assert sandbox.control("settings")["separator"] == "comma"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_cleanly_although_calls_hang(start, number):
    sandbox = start()
    sandbox.fault("regions.list", "hang")
    with socket.create_connection(("127.0.0.1", sandbox.ready["port"])) as hanging:
        hanging.sendall(b"GET /v4/regions HTTP/1.1\r\nHost: x\r\n\r\n")
        until(sandbox.journal)
        sandbox.process.send_signal(number)
        assert sandbox.process.wait(sandbox_driver.PATIENCE) == 0


def test_ends_with_its_parent(tmp_path):
    ready = tmp_path / "ready.json"
    script = ("import subprocess, sys, time\n"
              "subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
              "time.sleep(600)\n")
    with subprocess.Popen([sys.executable, "-c", script, sys.executable, "-B", PROGRAM,
                           "--ready-file", ready, "--exit-with-parent"]) as parent:
        pid = json.loads(until(lambda: ready.exists() and ready.read_text()))["pid"]
        assert not gone(pid)
        parent.kill()
    until(lambda: gone(pid))


def test_tls(start, tmp_path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec",
                    "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    sandbox = start("--tls", certificate, key, verify=str(certificate))
    assert sandbox.login.startswith("https://127.0.0.1:")
    answer = sandbox.decide()
    assert "; Secure" in answer.headers["Set-Cookie"] and answer.status_code == 302
    for when in ("before", "after"):
        sandbox.fault("regions.list", "reset", when=when)
        with pytest.raises(requests.ConnectionError):
            requests.get(sandbox.api + "/regions", verify=str(certificate))
    assert sandbox.call("GET", "/regions").ok


@pytest.mark.parametrize("arguments", [
    ["--set", "nonsense=1"], ["--set", "separator=comma"], ["--client", "x"], ["--port", "x"]])
def test_command_lines_refused(arguments):
    run = subprocess.run([sys.executable, "-B", PROGRAM, *arguments], capture_output=True,
                         text=True, timeout=sandbox_driver.PATIENCE)
    assert run.returncode == 2 and "error:" in run.stderr


def test_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = subprocess.run([sys.executable, "-B", PROGRAM, "--port", port], capture_output=True,
                             text=True, timeout=sandbox_driver.PATIENCE)
    assert run.returncode == 1 and run.stderr.startswith("sandbox Linode: ")


def test_control_is_for_this_machine_only():
    from linode_sandbox import control
    for address in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"):
        assert control.is_local(address)
    for address in ("192.0.2.1", "10.0.0.1", "::ffff:192.0.2.1", "", None, "localhost"):
        assert not control.is_local(address)


def test_control_from_another_address(start):
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but loopback")
    sandbox = start("--host", "0.0.0.0")
    port = sandbox.ready["port"]
    assert requests.get(f"http://{address}:{port}/v4/regions").ok
    assert requests.get(f"http://{address}:{port}/_sandbox/state").status_code == 404
    assert requests.get(f"http://127.0.0.1:{port}/_sandbox/state").ok


def own_address():
    """An address of this machine, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith("127.") else address


def test_no_html_is_made_of_input():
    """Templates escape; handlers hold no markup with values of their own in it."""
    rooms = os.path.join(os.path.dirname(PROGRAM), "linode_sandbox")
    for name in os.listdir(rooms):
        if name.endswith(".py"):
            with open(os.path.join(rooms, name), encoding="utf-8") as file:
                assert not re.search(r"f[\"'][^\"']*<[a-z]+[ >]", file.read()), name
