# SPDX-License-Identifier: Apache-2.0
"""A door before Linode: while it is shut, nobody listens at its port and a connection is refused."""
import socket
import threading


class Door:
    def __init__(self, url):
        scheme, _, rest = url.partition("://")
        where, slash, path = rest.partition("/")
        host, _, port = where.partition(":")
        self.inside = (host, int(port))
        self.listener = None
        self.lock = threading.Lock()
        self.guests = set()
        self.last = None
        self.port = 0
        self.open()
        self.url = f"{scheme}://127.0.0.1:{self.port}{slash}{path}"

    def open(self):
        self.last = None
        if not self.listener:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            self.port = self.listener.getsockname()[1]
            threading.Thread(target=self.serve, args=(self.listener,), daemon=True).start()

    def shut(self):
        """Nobody comes in, and whoever is in has to leave."""
        with self.lock:
            listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for guest in list(self.guests):
            end(guest)

    def shut_after(self, request):
        """The answer to a request that begins so is the last that goes out."""
        self.last = request.encode()

    def serve(self, listener):
        while True:
            try:
                guest, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.lead, args=(guest,), daemon=True).start()

    def lead(self, guest):
        host = socket.create_connection(self.inside)
        self.guests.add(guest)
        state = {}
        threading.Thread(target=self.copy, args=(host, guest, state), daemon=True).start()
        self.copy(guest, host, state, asks=True)
        self.guests.discard(guest)

    def copy(self, source, target, state, asks=False):
        try:
            while data := source.recv(1 << 20):
                if asks:
                    state["last"] = self.last and data.startswith(self.last)
                elif state.get("last"):
                    self.last_answer(data, target)
                    break
                target.sendall(data)
        except OSError:
            pass
        end(source)
        end(target)

    def last_answer(self, data, target):
        """Told to be the last of its connection, and the door is shut before it arrives."""
        with self.lock:
            listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        line, _, rest = data.partition(b"\r\n")
        target.sendall(line + b"\r\nConnection: close\r\n" + rest)


def end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
