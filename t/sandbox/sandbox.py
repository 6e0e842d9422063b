#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A sandbox Linode: login and API on one port, for tests and demonstrations.

    sandbox.py --port 0 --ready-file /tmp/ready.json

When it listens it prints one line,

    sandbox Linode: login http://127.0.0.1:N, API http://127.0.0.1:N/v4

and writes {"login", "api", "port", "pid"} to the ready file.  SIGTERM and SIGINT end it.

One client is built in:

    client id      5a0d8b0c0ffee0000001
    client secret  5a0d8b0c0ffee000000000000000000000000000000000000000000005ec2e75
    redirect URI   http://localhost:5000/auth_callback
    label          Hello page

More come from --client or POST /_sandbox/clients.  Users (any password but an empty one):
visitor, partner, second, restricted, helper, atlimit, inactive, sandbox-vendor; data/people.json
says what each may do.  What tests can read and set: linode_sandbox/control.py.
"""
import argparse
import asyncio
import gc
import json
import os
import signal
import ssl
import sys

from linode_sandbox.server import Listener
from linode_sandbox.settings import Settings
from linode_sandbox.world import Client, World

CLIENT_ID = "5a0d8b0c0ffee0000001"
CLIENT_SECRET = "5a0d8b0c0ffee000000000000000000000000000000000000000000005ec2e75"
REDIRECT_URI = "http://localhost:5000/auth_callback"
LABEL = "Hello page"

# How often --exit-with-parent looks.
PARENT_INTERVAL = 0.5


def arguments():
    parser = argparse.ArgumentParser(description="A Linode to test against.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port, 0 for a free one")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"), help="PEM files; serve https")
    parser.add_argument("--ready-file", metavar="PATH", help="written when it listens")
    parser.add_argument("--client", nargs=4, action="append", default=[],
                        metavar=("ID", "SECRET", "REDIRECT", "LABEL"), help="one more client")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=JSON",
                        help="a setting for this start, as linode_sandbox/settings.py lists them")
    parser.add_argument("--exit-with-parent", action="store_true",
                        help="end when the process that started this one ends")
    args = parser.parse_args()
    try:
        args.settings = {name: json.loads(value) for name, _, value in
                         (setting.partition("=") for setting in args.set)}
        Settings(args.settings)
    except ValueError as error:
        parser.error(f"--set: {error}")
    return args


def tls_context(files):
    if not files:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


def announce(args, world, port):
    """Says where it listens, on stdout and in the ready file."""
    scheme = "https" if args.tls else "http"
    host = f"[{args.host}]" if ":" in args.host else args.host
    world.origin, world.secure = f"{scheme}://{host}:{port}", bool(args.tls)
    api = world.origin + "/v4"
    print(f"sandbox Linode: login {world.origin}, API {api}", flush=True)
    if args.ready_file:
        ready = {"login": world.origin, "api": api, "port": port, "pid": os.getpid()}
        temporary = f"{args.ready_file}.{os.getpid()}"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(ready, file)
        os.rename(temporary, args.ready_file)


async def watch_parent(parent, done):
    """PR_SET_PDEATHSIG would do without asking, but at the end of the thread that started us."""
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_INTERVAL)
    done.set()


async def run(args, parent):
    clients = [Client(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, LABEL)]
    world = World(args.settings, clients + [Client(*client) for client in args.client])
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, done.set)
    server = await loop.create_server(Listener(world), args.host, args.port, backlog=1024,
                                      ssl=tls_context(args.tls))
    announce(args, world, server.sockets[0].getsockname()[1])
    gc.freeze()
    watch = asyncio.ensure_future(watch_parent(parent, done)) if args.exit_with_parent else None
    await done.wait()
    if watch:
        watch.cancel()


def main():
    parent = os.getppid()
    args = arguments()
    try:
        asyncio.run(run(args, parent))
    except OSError as error:
        sys.exit(f"sandbox Linode: {error}")
    # Connections that still hang, on purpose or not, need no farewell.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
